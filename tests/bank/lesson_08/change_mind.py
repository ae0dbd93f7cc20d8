"""Answers to exercise 8.3."""

from tests.bank.bank import Answers, Cell, Told

ANSWERS = {
    "8.3": Answers(
        right=[
            """
            is_better = payoffs > q_values.max(axis=1)
            return np.where(is_better, actions, policy)
            """,
            """
            intended = policy.copy()
            better = payoffs > q_values.max(axis=1)
            intended[better] = actions[better]
            return intended
            """,
            """
            intended = []
            for run in range(len(policy)):
                intended.append(actions[run] if payoffs[run] > max(q_values[run]) else policy[run])
            return np.array(intended)
            """,
            "return np.where(np.amax(q_values, 1) >= payoffs, policy, actions)",
            "return np.where((payoffs[:, None] > q_values).all(axis=1), actions, policy)",
            """
            is_better = (payoffs > np.sort(q_values)[:, -1]).astype(int)
            return is_better * actions + (1 - is_better) * policy
            """,
            "return policy + (payoffs > q_values.max(axis=1)) * (actions - policy)",
            Cell("""
            change_mind = lambda old, q, a, y: np.choose(y > q.max(1), [old, a])
            """),
            Cell("""
            class Rule:
                def __call__(self, policy, q_values, actions, payoffs):
                    best = np.array([row.max() for row in q_values])
                    return np.where(best < payoffs, actions, policy).astype(float)

            change_mind = Rule()
            """),
        ],
        wrong={
            # The ideas that the lesson knows by name.
            "return np.where(payoffs >= q_values.max(axis=1), actions, policy)": "change your mind at a tie as well",
            """
            old = q_values[np.arange(len(actions)), actions]
            return np.where(payoffs > old, actions, policy)
            """: "the value of the action just taken",
            """
            old = q_values[np.arange(len(policy)), policy]
            return np.where(payoffs > old, actions, policy)
            """: "the value of the action in `policy`",
            "return np.where(payoffs > q_values.max(), actions, policy)": "the largest value of all runs",
            "return np.where(payoffs > q_values.min(axis=1), actions, policy)": "the smallest value of the run",
            "return np.where(payoffs > q_values.mean(axis=1), actions, policy)": "the mean of the run's values",
            "return np.where(payoffs < q_values.max(axis=1), actions, policy)": "where the payoff is *worse*",
            "return np.where(payoffs > q_values.max(axis=1), policy, actions)": "You have the two the wrong way round",
            "return np.where(payoffs > 0, actions, policy)": "whether the payoff is positive",
            "return np.where(payoffs > q_values.max(axis=1), q_values.argmax(axis=1), policy)": "action just played",
            "return actions": "You always switch",
            "return policy": "You never change your mind",
            "return q_values.argmax(axis=1)": "the new payoff changes nothing",
            """
            updated = q_values.astype(float)
            runs = np.arange(len(policy))
            updated[runs, actions] = np.maximum(updated[runs, actions], payoffs)
            return updated.argmax(axis=1)
            """: "after the play",
            """
            if (payoffs > q_values.max(axis=1)).any():
                return actions
            return policy
            """: "You decide once for all runs",
            """
            if (payoffs > q_values.max(axis=1)).all():
                return actions
            return policy
            """: "You decide once for all runs",
            # Other results.
            "return np.where(payoffs > q_values.max(axis=1) + 0.5, actions, policy)": "better by at most 0.5",
            "return np.where(payoffs > q_values[0].max(), actions, policy)": "# expected:",
            "return np.where(payoffs > q_values[:, :2].max(axis=1), actions, policy)": "more than two actions",
            "return np.where(payoffs > np.maximum(q_values.max(axis=1), 0), actions, policy)": "# expected:",
            # Results of another kind.
            "return np.where(payoffs > q_values.max(axis=1), payoffs, policy)": "Return actions, not payoffs",
            "return payoffs > q_values.max(axis=1)": Told(
                "That says where it paid more. What is asked for is an action for each run", never=("astype",)
            ),
            "return payoffs >= q_values.max(axis=1)": "got dtype bool. True and False say where something holds",
            "np.where(payoffs > q_values.max(axis=1), actions, policy)": "Did you forget `return`?",
            "return [a if y > max(q) else p for p, q, a, y in zip(policy, q_values, actions, payoffs)]": "Wrap it in",
            "return np.where(payoffs[:, None] > q_values, actions[:, None], policy[:, None])": "Expected shape (3,)",
            # Inputs that change, and code that does not run.
            """
            better = payoffs > q_values.max(axis=1)
            policy[better] = actions[better]
            return policy
            """: "changed its input `policy`",
            "return np.where(payoffs > q_values.max(axis=0), actions, policy)": "Your code raised `ValueError:",
            """
            if payoffs > q_values.max(axis=1):
                return actions
            return policy
            """: "The truth value of an array",
            "return actions if payoffs.max() > q_values.max() else policy": "# expected:",
        },
    ),
}
