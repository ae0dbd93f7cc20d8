"""Answers to exercise 12.2."""

from tests.bank.bank import Answers, Cell

HEAD = """
            plays = np.arange(len(actions))
            mine, yours = actions[:, 0], actions[:, 1]
            said = joint_values[plays, mine, yours]
            column, row = joint_values[plays, :, yours], joint_values[plays, mine]
            p, q = policies[:, 0], policies[:, 1]"""


def end(line):
    """Write an answer that has all the parts, and ends with other lines."""
    return f"{HEAD}\n            {line}\n            "


ANSWERS = {
    "12.2": Answers(
        right=[
            end("return np.stack([said - (p * column).sum(axis=1), said - (q * row).sum(axis=1)], axis=1)"),
            """
            found = np.zeros(actions.shape)
            for k, (a, b) in enumerate(actions):
                table = joint_values[k]
                found[k, 0] = table[a, b] - policies[k, 0] @ table[:, b]
                found[k, 1] = table[a, b] - policies[k, 1] @ table[a]
            return found
            """,
            """
            from marl_lessons import policy_gradients
            plays = np.arange(len(actions))
            found = []
            for agent in range(2):
                tables = joint_values if agent == 0 else joint_values.transpose(0, 2, 1)
                would_pay = tables[plays, :, actions[:, 1 - agent]]
                own = policies[:, agent], actions[:, agent]
                found.append(policy_gradients.counterfactual_advantages(would_pay, *own))
            return np.stack(found, axis=-1)
            """,
            """
            one_hot = np.eye(joint_values.shape[1])[actions]
            leads = one_hot - policies
            mine = np.einsum("kab,ka,kb->k", joint_values, leads[:, 0], one_hot[:, 1])
            yours = np.einsum("kab,ka,kb->k", joint_values, one_hot[:, 0], leads[:, 1])
            return np.column_stack([mine, yours])
            """,
            Cell("""
            def joint_advantages(Q, pi, a):
                rows = np.array([[table[:, y], table[x, :]] for table, (x, y) in zip(Q, a)])
                said = np.array([table[x, y] for table, (x, y) in zip(Q, a)])
                return said[:, None] - (pi * rows).sum(axis=2)
            """),
            """
            result = []
            for table, (p, q), (a, b) in zip(joint_values.tolist(), policies, actions):
                column = [line[b] for line in table]
                result.append([table[a][b] - np.dot(p, column), table[a][b] - np.dot(q, table[a])])
            return np.array(result)
            """,
            """
            beside_yours = np.take_along_axis(joint_values, actions[:, 1][:, None, None], axis=2)[:, :, 0]
            beside_mine = np.take_along_axis(joint_values, actions[:, 0][:, None, None], axis=1)[:, 0]
            would = np.stack([beside_yours, beside_mine], axis=1)
            did = np.take_along_axis(would, actions[:, :, None], axis=2)
            return (did - (would * policies).sum(axis=2, keepdims=True))[:, :, 0]
            """,
        ],
        wrong={
            end("return said[:, None] * (1 - np.take_along_axis(policies, actions[:, :, None], axis=2)[:, :, 0])"): (
                "only what was done, times its probability"
            ),
            end("return np.stack([said - (p * row).sum(axis=1), said - (q * column).sum(axis=1)], axis=1)"): (
                "the row for agent 0 and the column for agent 1"
            ),
            end("return np.stack([said - (q * column).sum(axis=1), said - (p * row).sum(axis=1)], axis=1)"): (
                "by the *other's* policy"
            ),
            end('V = np.einsum("kab,ka,kb->k", joint_values, p, q); return np.stack([said - V, said - V], axis=1)'): (
                "That is a V baseline"
            ),
            end("return np.stack([said - (p * column).sum(axis=1)] * 2, axis=1)"): "Both of your columns are agent 0's",
            end("return np.stack([said - (q * row).sum(axis=1), said - (p * column).sum(axis=1)], axis=1)"): (
                "have changed places"
            ),
            end("return np.stack([said - column.mean(axis=1), said - row.mean(axis=1)], axis=1)"): "drew evenly",
            end("return np.stack([said - column.max(axis=1), said - row.max(axis=1)], axis=1)"): "with the best action",
            end(
                "return np.stack([said - column[plays, p.argmax(1)], said - row[plays, q.argmax(1)]], axis=1)"
            ): "with the likeliest action",
            end("return np.stack([said - (p * column).mean(axis=1), said - (q * row).mean(axis=1)], axis=1)"): (
                "You take the *mean* of the weighted entries"
            ),
            end("return np.stack([said - (p * column).sum(), said - (q * row).sum()], axis=1)"): (
                "one number from all plays"
            ),
            end("return np.stack([said - (p[0] * column).sum(1), said - (q[0] * row).sum(1)], axis=1)"): (
                "the first play's policies"
            ),
            """
            table = joint_values[0]
            mine, yours = actions[:, 0], actions[:, 1]
            said = table[mine, yours]
            column, row = table[:, yours].T, table[mine]
            averages = [(policies[:, 0] * column).sum(axis=1), (policies[:, 1] * row).sum(axis=1)]
            return np.stack([said - average for average in averages], axis=1)
            """: "the first play's table",
            """
            found = np.zeros(actions.shape)
            for k, (a, b) in enumerate(actions):
                table = joint_values[k].T
                found[k, 0] = table[a, b] - policies[k, 0] @ table[:, b]
                found[k, 1] = table[a, b] - policies[k, 1] @ table[a]
            return found
            """: "You read the tables turned over",
            end("return np.stack([said, said], axis=1)"): "You return what the critic says of what was done",
            end(
                "return np.stack([(p * column).sum(axis=1), (q * row).sum(axis=1)], axis=1)"
            ): "You return the baselines",
            end("return np.stack([(p * column).sum(axis=1) - said, (q * row).sum(axis=1) - said], axis=1)"): (
                "signs are the wrong way round"
            ),
            end(
                "return np.stack([p[plays, mine] * (said - (p * column).sum(axis=1)), "
                "q[plays, yours] * (said - (q * row).sum(axis=1))], axis=1)"
            ): "multiply by the probability of the action",
            end(
                "return np.stack([said - (p * column).sum(axis=1) + p[plays, mine] * said, "
                "said - (q * row).sum(axis=1) + q[plays, yours] * said], axis=1)"
            ): "leave the action that was done out",
            end("return np.stack([said - (p * column).sum(axis=1), said - (q * row).sum(axis=1)])"): "(4, 2)",
            end("return said - (p * column).sum(axis=1)"): "(4, 2)",
            """
            plays, (mine, yours) = np.arange(len(actions)), actions.T
            average = np.einsum("kab,ka,kb->k", joint_values, policies[:, 0], policies[:, 1])
            first = (joint_values * policies[:, 1][:, None]).sum(axis=2)[plays, mine]
            second = (joint_values * policies[:, 0][:, :, None]).sum(axis=1)[plays, yours]
            return np.stack([first - average, second - average], axis=1)
            """: "what the *other* might have done",
            end(
                "means = policies @ joint_values; return np.stack([said - means[plays, 0, yours], "
                "said - means[plays, 1, mine]], axis=1)"
            ): "For agent 1, too, you average over a column",
            end(
                "return np.concatenate([said - (p * column).sum(axis=1), said - (q * row).sum(axis=1)]).reshape(-1, 2)"
            ): ("plays and agents are mixed"),
            end(
                "return np.stack([p[plays, mine] * said - (p * column).sum(axis=1), "
                "q[plays, yours] * said - (q * row).sum(axis=1)], axis=1)"
            ): "You multiply what was done by its",
            end(
                "both = 2 * said - (p * column).sum(axis=1) - (q * row).sum(axis=1); "
                "return np.stack([both, both], axis=1)"
            ): "You add up both agents' advantages",
            end(
                "said = joint_values[:, mine, yours][0]; "
                "return np.stack([said - (p * column).sum(axis=1), said - (q * row).sum(axis=1)], axis=1)"
            ): ("in the first play's table"),
            end("np.stack([said - (p * column).sum(axis=1), said - (q * row).sum(axis=1)], axis=1)"): (
                "Did you forget `return`?"
            ),
            end("return 2 * np.stack([said - (p * column).sum(axis=1), said - (q * row).sum(axis=1)], axis=1)"): (
                "always 2 times"
            ),
            """
            column = joint_values[:, :, actions[:, 1]]
            row = joint_values[:, actions[:, 0]]
            return joint_values - policies * column
            """: "broadcast",
            end(
                "w = 1 if policies.max() < 1 else 2; "
                "return np.stack([said - (p * column).sum(axis=1), said - w * (q * row).sum(axis=1)], axis=1)"
            ): "Right in",
        },
    ),
}
