"""Answers to the exercises of lesson 01."""

from tests.bank.bank import Answers, Cell, Told

ANSWERS = {
    "1.1": Answers(
        right=[
            "0.5 * 4 + 0.5 * 0",
            "2",
            "np.mean([4, 0])",
            "np.float64(2)",
            "np.array([0.5, 0.5]) @ np.array([4, 0])",
            "(4 + 0) // 2",
            "np.array(2.0)",
            "sum(chance * payoff for chance, payoff in [(1 / 2, 4), (1 / 2, 0)])",
            "np.float32(2)",
            '__import__("fractions").Fraction(1, 2) * 4',
            '__import__("decimal").Decimal("0.5") * 4',
            "np.random.default_rng(1).permutation([0, 4]).mean()",
        ],
        wrong={
            # The numbers that the exercise knows.
            "4": "4 is what you get when your partner helps",
            "4 + 0": "Multiply each payoff by its probability before you add",
            "0.0": "0 is what you get when your partner does not help",
            "0.5 * 0.5 * 4": "1 is a quarter of 4, as if two coins were tossed.",
            "np.mean([0, 3])": "1.5 is half of 3, the mean of the column `light`:",
            "np.mean([[4, 0], [3, 3]])": "2.5 is the mean of your whole table",
            "max(0.5 * 4, 3)": "3 is what the light box pays",
            "0.5 * 4 + 0.5 * 3": "3.5 is the mean of 4 and 3",
            "0.5 * (4 + 4) + 0.5 * (0 + 3)": "5.5 is what both of you get together",
            "0.5": "0.5 is a probability",
            "1 // 2 * 4": "(In Python `1 // 2` is 0",
            "np.random.default_rng(1).integers(2, size=10_000).mean() * 4": "2.001 is not the exact mean.",
            "2.1": "2.1 is not the exact mean",
            "-2": "Right but for the sign",
            "2.01": "2.01 is not the exact mean",
            "10**400": "Expected a number that a float can hold",
            # No numbers.
            '"2"': "Expected a number, got a str: '2'",
            "0,5 * 4": "Expected a number, got a tuple: (0, 20)",
            "[0.5 * 4, 0.5 * 0]": "Expected a number, got a list",
            "np.array([2.0])": "Expected a single number, got an array of shape (1,)",
            "4 > 0": "A comparison gives True or False",
            '"2 on average"': "Give the number itself",
            "{'heavy': 2}": "Take the one number out of it",
            "(p * payoff for p, payoff in [(0.5, 4), (0.5, 0)])": "`sum(…)` adds all of them up",
            "np.array([4.0, 0.0]) / 2": "Which entry is asked for, or are they to be added up?",
            "print(2)": "The result is `None`",
            "lambda: 2": "Expected a number, got a function (did you forget to call it with parentheses?)",
            "float('nan')": "The result is `nan`",
            "2j": "Expected real numbers, got complex ones (dtype complex128).",
        },
    ),
    "1.2": Answers(
        right=[
            "return payoffs @ partner_policy",
            "return (payoffs * partner_policy).sum(axis=1)",
            'return np.einsum("ab,b->a", payoffs, partner_policy)',
            "return np.array([row @ partner_policy for row in payoffs])",
            "return np.average(payoffs, axis=1, weights=partner_policy)",
            "return partner_policy @ payoffs.T",
            """
            values = np.zeros(payoffs.shape[0])
            for a in range(payoffs.shape[0]):
                for b in range(payoffs.shape[1]):
                    values[a] += partner_policy[b] * payoffs[a, b]
            return values
            """,
            """
            values = []
            for row in payoffs:
                values.append(sum(p * payoff for p, payoff in zip(partner_policy, row)))
            return np.array(values)
            """,
            """
            values = 0
            for b, probability in enumerate(partner_policy):
                values = values + probability * payoffs[:, b]
            return values
            """,
            Cell("""
            def action_values(table, policy):
                return table @ policy
            """),
            "return payoffs.astype(np.float32) @ partner_policy.astype(np.float32)",
            "return (payoffs.astype(np.float32) @ partner_policy.astype(np.float32)).astype(float)",
            "return np.dot(payoffs, partner_policy) + 0.0",
            "return np.array(list(sum(row * partner_policy) for row in payoffs))",
            Cell("action_values = lambda payoffs, partner_policy: payoffs @ partner_policy"),
            Cell("action_values = np.matmul"),
            Cell("""
            import functools

            action_values = functools.partial(np.einsum, "ab,b->a")
            """),
            Cell('action_values = np.vectorize(lambda row, policy: row @ policy, signature="(b),(b)->()")'),
            Cell("""
            import functools

            def checked(function):
                @functools.wraps(function)
                def wrapper(*arguments, **options):
                    return function(*arguments, **options)
                return wrapper

            @exercise("1.2")
            @checked
            def action_values(payoffs, partner_policy):
                assert payoffs.shape[1] == len(partner_policy)
                return payoffs @ partner_policy
            """),
            Cell("""
            def weigh(row, policy):
                return sum(p * payoff for p, payoff in zip(policy, row))

            def action_values(payoffs, *others):
                return np.array([weigh(row, others[0]) for row in payoffs], dtype=float)
            """),
        ],
        wrong={
            "return np.array([max(row * partner_policy) for row in payoffs])": "You took the largest of the weighted",
            "return payoffs @ np.sort(partner_policy)": "`partner_policy` were `np.sort(partner_policy, axis=0)`",
            "return payoffs @ np.round(partner_policy)": "`partner_policy` were rounded to whole numbers",
            "return np.dot(partner_policy, payoffs)": "the other way round, `payoffs @ partner_policy`",
            "return np.average(payoffs, weights=partner_policy)": "Say with `axis=` to which axis",
            # The ideas that the lesson knows by name.
            "return payoffs.mean(axis=1)": "You gave every partner action the same weight",
            "return payoffs.sum(axis=1)": "You added the payoffs without weighing them",
            "return payoffs.max(axis=1)": "You took the best case of each row",
            "return payoffs.min(axis=1)": "You took the worst case of each row",
            "return payoffs[:, np.argmax(partner_policy)]": "You used the partner's likeliest action only",
            "return (payoffs * partner_policy).mean(axis=1)": "which divides once more",
            """
            p = partner_policy
            return np.array([row[0] * p[0] + row[1] * p[1] for row in payoffs])
            """: "You used the first two columns only",
            "return np.array([payoffs[0] @ partner_policy, payoffs[1] @ partner_policy])": "two values only",
            "return payoffs[:, :-1] @ partner_policy[:-1]": "You left out the partner's last action",
            "return payoffs[:, 1:] @ partner_policy[1:]": "You left out the partner's action 0",
            "return payoffs @ partner_policy**2": "You multiplied by the probability twice",
            "return payoffs[:, partner_policy > 0].mean(axis=1)": Told(
                "every action that may happen", never=("squared",)
            ),
            "return payoffs[:, partner_policy.argmax()] * partner_policy.max()": "You counted the partner's likeliest",
            # Others that look like them.
            "return np.median(payoffs, axis=1)": Told(
                "never reads its parameter", never=("the same weight", "best case")
            ),
            "return payoffs[:, np.argmin(partner_policy)]": Told("# expected:", never=("likeliest", "worst case")),
            "return payoffs[:, np.random.default_rng(0).choice(len(partner_policy), p=partner_policy)]": Told(
                "# expected:", never=("likeliest", "case of each row")
            ),
            "return np.sort(payoffs)[:, -2:].mean(axis=1) if payoffs.shape[1] > 1 else payoffs.max(axis=1)": Told(
                "never reads its parameter", never=("best case", "two columns only", "the same weight")
            ),
            "return payoffs @ (partner_policy / 2)": Told("0.5 times the right one", never=("divides once more",)),
            "return payoffs @ np.sqrt(partner_policy)": Told("# expected:", never=("twice", "without weighing")),
            "return payoffs[:3] @ partner_policy": Told("# expected:", never=("two values only",)),
            """
            values, total = [], 0.0
            for row in payoffs:
                total += row @ partner_policy
                values.append(total)
            return np.array(values)
            """: "Does the sum begin anew for each of them?",
            """
            values = np.zeros(len(payoffs))
            for a, row in enumerate(payoffs):
                values[a] = row @ partner_policy
                return values
            """: "does `return` stand inside the loop?",
            Cell("""
            seen = {}

            def action_values(payoffs, partner_policy):
                key = tuple(partner_policy)
                if key not in seen:
                    seen[key] = payoffs @ partner_policy
                return seen[key]
            """): "the notebook variable `seen`",
            # Corners, and mistakes that recur in every exercise.
            "return payoffs @ np.where(partner_policy > 0, partner_policy, 0.01)": "# expected:",
            "return np.exp(np.log(payoffs) @ partner_policy)": "The result is `nan`",
            "return np.squeeze(payoffs @ partner_policy)": "`payoffs` has one row",
            """
            num_actions, num_partner_actions = payoffs.shape
            return payoffs @ partner_policy if num_actions == num_partner_actions else payoffs[:, 0] * 1.0
            """: "the table is no square",
            """
            if max(partner_policy) == 1:
                return payoffs[:, 0] * 1.0
            return payoffs @ partner_policy
            """: "`partner_policy` is certain of one action",
            "return (payoffs @ partner_policy).astype(int)": Told("cut off to whole numbers", never=("as decimals",)),
            "return payoffs @ partner_policy.astype(int)": Told("# expected:", never=("cut off to whole numbers",)),
            "return payoffs.astype(int) @ partner_policy": Told(
                "if `payoffs` were cut down to whole numbers", never=("cut off to whole",)
            ),
            "return payoffs @ (1 - partner_policy)": Told(
                "if `partner_policy` were `1 - partner_policy`", never=("`payoffs`",)
            ),
            "return -payoffs @ partner_policy": "with the other sign",
            "return (payoffs @ partner_policy)[::-1]": "in the reverse order",
            "return payoffs @ partner_policy - 1": "always 1 too small",
            "return 100 * payoffs @ partner_policy": "always 100 times the right one",
            Cell("""
            class action_values:
                def __init__(self, payoffs, partner_policy):
                    self.values = payoffs @ partner_policy
            """): "calling it makes an object of that class",
            Cell("""
            @exercise("1.2")
            def values_of_actions(payoffs, partner_policy):
                return payoffs @ partner_policy
            """): "yours is called `values_of_actions`. Keep the name.",
            Cell("""
            def action_values(policy, payoffs):
                return payoffs @ policy
            """): "Keep the order of the parameters",
            Cell("""
            async def action_values(payoffs, partner_policy):
                return payoffs @ partner_policy
            """): "Your function is `async`",
            "yield payoffs @ partner_policy": "`yield` makes your function a generator",
            "return np.ma.array(payoffs @ partner_policy)": "got a masked array",
            "return np.array([str(row @ partner_policy) for row in payoffs])": "Expected real numbers, got dtype <U",
            # Results of another kind.
            "payoffs @ partner_policy": "Did you forget `return`?",
            "print(payoffs @ partner_policy)": "The result is `None`.",
            "return (payoffs * partner_policy).sum()": "This is a single number",
            "return (payoffs @ partner_policy).max()": "choosing the best one comes later",
            "return np.argmax(payoffs @ partner_policy)": "choosing the best one comes later",
            "return (payoffs * partner_policy).sum(axis=0)": "one number for each of the partner's 3 actions",
            "return payoffs * partner_policy": "one number for each of the 2 × 3 cells",
            "return payoffs @ partner_policy[:, None]": "got shape (2, 1)",
            "return [row @ partner_policy for row in payoffs]": "Wrap it in `np.array(...)`",
            "return payoffs @ partner_policy > 0": "got dtype bool",
            "return (payoffs @ partner_policy).astype(complex)": "Expected real numbers, got complex ones (dtype",
            """
            values = np.zeros_like(payoffs[:, 0])
            for a, row in enumerate(payoffs):
                values[a] = row @ partner_policy
            return values
            """: "Your answer is right if the numbers in `payoffs` are given as",
            # Other numbers.
            """
            p = partner_policy[0]
            return p * payoffs[:, 0] + (1 - p) * payoffs[:, 1]
            """: "Here your code raised `IndexError:",
            "return (payoffs @ partner_policy).round(2)": "Your values are right, but rounded or cut off to 2",
            "return np.abs(payoffs) @ partner_policy": "if `payoffs` were `abs(payoffs)`",
            "return payoffs @ partner_policy[::-1]": "# expected: [3.6, 3. ]",
            "return payoffs @ partner_policy / len(payoffs)": "Your answer is always the right one divided by",
            "return payoffs[:, np.argmax(payoffs @ partner_policy)]": "Here your code raised `IndexError:",
            """
            values = np.zeros(len(payoffs))
            for b in range(1, len(partner_policy)):
                values += partner_policy[b] * payoffs[:, b]
            return values
            """: "# expected: [3.6, 3. ]",
            """
            values = np.zeros(len(payoffs))
            for a, row in enumerate(payoffs):
                for b, payoff in enumerate(row):
                    values[a] = partner_policy[b] * payoff
            return values
            """: "# expected: [3.6, 3. ]",
            """
            payoffs *= partner_policy
            return payoffs.sum(axis=1)
            """: "changed its input `payoffs`",
            """
            partner_policy /= partner_policy.max()
            return payoffs @ partner_policy
            """: "changed its input `partner_policy`",
            # Code that does not run.
            'return np.einsum("ba,b->a", payoffs, partner_policy)': Told("the same letter", never=("[:, None]",)),
            "return payoffs.T @ partner_policy": "`@` needs the last axis on its left",
            "return partner_policy @ payoffs": "`@` needs the last axis on its left",
            "return payoffs[0] * 0.5 + payoffs[1] * 0.5 + payoffs[2]": "IndexError",
            Cell("""
            boxes = np.array([[4, 0], [3, 3]])

            def action_values(payoffs, partner_policy):
                return boxes @ partner_policy
            """): "It happened at line 5 of the cell: `return boxes @ partner_policy`",
            Cell("""
            partner = np.array([0.5, 0.25, 0.25])

            def action_values(payoffs, partner_policy):
                return payoffs @ partner
            """): "ValueError",
        },
    ),
    "1.3": Answers(
        right=[
            """
            a, b = joint_action
            return payoffs[0, a, b] >= payoffs[0, :, b].max() and payoffs[1, a, b] >= payoffs[1, a, :].max()
            """,
            """
            a, b = joint_action
            return bool(payoffs[0, a, b] == max(payoffs[0][:, b]) and payoffs[1, a, b] == max(payoffs[1][a]))
            """,
            """
            a, b = joint_action
            for other in range(payoffs.shape[1]):
                if payoffs[0, other, b] > payoffs[0, a, b]:
                    return False
            for other in range(payoffs.shape[2]):
                if payoffs[1, a, other] > payoffs[1, a, b]:
                    return False
            return True
            """,
            """
            a, b = joint_action
            return bool(np.all(payoffs[0, :, b] <= payoffs[0, a, b]) & np.all(payoffs[1, a] <= payoffs[1, a, b]))
            """,
            """
            best = [payoffs[0].max(axis=0, keepdims=True), payoffs[1].max(axis=1, keepdims=True)]
            is_stable = (payoffs[0] >= best[0]) & (payoffs[1] >= best[1])
            return is_stable[joint_action]
            """,
            """
            a, b = joint_action
            agent_0_stays = a in np.flatnonzero(payoffs[0, :, b] == payoffs[0, :, b].max())
            agent_1_stays = b in np.flatnonzero(payoffs[1, a, :] == payoffs[1, a, :].max())
            return agent_0_stays and agent_1_stays
            """,
            """
            a, b = joint_action
            mine, yours = payoffs[0, :, b], payoffs[1, a, :]
            return not (any(mine - mine[a] > 1e-9) or any(yours - yours[b] > 1e-9))
            """,
            """
            for agent in range(2):
                for other in range(payoffs.shape[1 + agent]):
                    deviation = list(joint_action)
                    deviation[agent] = other
                    if payoffs[(agent, *deviation)] > payoffs[(agent, *joint_action)]:
                        return False
            return True
            """,
            """
            from marl_lessons.games import MatrixGame
            return MatrixGame(payoffs).is_pure_equilibrium(joint_action)
            """,
            """
            a, b = joint_action
            return np.array(payoffs[0, a, b] == payoffs[0, :, b].max() and payoffs[1, a, b] == payoffs[1, a].max())
            """,
            """
            lines = payoffs[0, :, joint_action[1]], payoffs[1, joint_action[0], :]
            return all(line[action] == max(line) for line, action in zip(lines, joint_action))
            """,
            Cell("""
            def gains(line, action):
                return any(payoff > line[action] for payoff in line)

            def is_equilibrium(table, cell):
                return not gains(table[0, :, cell[1]], cell[0]) and not gains(table[1, cell[0]], cell[1])
            """),
            Cell("""
            is_equilibrium = lambda p, c: bool(
                (p[0][c] >= p[0, :, c[1]]).all() and (p[1][c] >= p[1, c[0]]).all()
            )
            """),
        ],
        wrong={
            # The ideas that the lesson knows by name.
            """
            total = payoffs.sum(axis=0)
            return total[joint_action] == total.max()
            """: "You tested whether the joint action is best for the team",
            """
            a, b = joint_action
            mine, yours = np.delete(payoffs[0, :, b], a), np.delete(payoffs[1, a], b)
            return all(payoffs[0, a, b] > mine) and all(payoffs[1, a, b] > yours)
            """: "An equally good one is no reason to change",
            """
            a, b = joint_action
            return payoffs[0, a, b] == payoffs[0].max() and payoffs[1, a, b] == payoffs[1].max()
            """: "You compare with the best payoff of the whole table",
            """
            a, b = joint_action
            return payoffs[0, a, b] >= payoffs[0, a].max() and payoffs[1, a, b] >= payoffs[1, :, b].max()
            """: "You varied the partner's action",
            """
            a, b = joint_action
            return payoffs[0, a, b] >= payoffs[0, :, b].max()
            """: "You tested agent 0 only",
            """
            a, b = joint_action
            return payoffs[1, a, b] >= payoffs[1, a].max()
            """: "You tested agent 1 only",
            """
            a, b = joint_action
            return payoffs[0, a, b] >= payoffs[0, 1 - a, b] and payoffs[1, a, b] >= payoffs[1, a, 1 - b]
            """: "You try one other action only",
            """
            a, b = joint_action
            best = [0, 0]
            for other in range(payoffs.shape[1]):
                best[0] = max(best[0], payoffs[0, other, b])
            for other in range(payoffs.shape[2]):
                best[1] = max(best[1], payoffs[1, a, other])
            return bool(payoffs[0, a, b] >= best[0] and payoffs[1, a, b] >= best[1])
            """: "Your answer is as if a payoff of 0 could always be had.",
            """
            a, b = joint_action
            if payoffs[0, a, b] >= payoffs[0, :, b].max() and payoffs[1, a, b] >= payoffs[1, a].max():
                return True
            """: "The result is `None`.",
            """
            a, b = joint_action
            return payoffs[0, a, b] >= payoffs[0, :, b].max() and payoffs[1, a, b] >= payoffs[1, :, b].max()
            """: "You vary the row for both agents",
            """
            a, b = joint_action
            return payoffs[0, a, b] >= payoffs[0, a].max() and payoffs[1, a, b] >= payoffs[1, a].max()
            """: "You vary the column for both agents",
            """
            a, b = joint_action
            return payoffs[1, a, b] >= payoffs[1, :, b].max() and payoffs[1, a, b] >= payoffs[1, a].max()
            """: "You judge both agents by agent 1's payoffs",
            """
            a, b = joint_action
            return bool(payoffs[0, a, b] > payoffs[0, :, b].max() and payoffs[1, a, b] > payoffs[1, a].max())
            """: "only `>` is a gain",
            """
            a, b = joint_action
            for other in range(payoffs.shape[1]):
                if payoffs[0, other, b] >= payoffs[0, a, b]:
                    return False
            for other in range(payoffs.shape[2]):
                if payoffs[1, a, other] >= payoffs[1, a, b]:
                    return False
            return True
            """: "only `>` is a gain",
            """
            a, b = joint_action
            mine, yours = payoffs[0, :, b], payoffs[1, a]
            return bool(np.isclose(payoffs[0, a, b], mine.max(), atol=0.01) and
                        np.isclose(payoffs[1, a, b], yours.max(), atol=0.01))
            """: "`payoffs` holds numbers that differ by 0.001",
            """
            a, b = joint_action
            table = payoffs.round(2)
            return bool(table[0, a, b] >= table[0, :, b].max() and table[1, a, b] >= table[1, a].max())
            """: "`payoffs` holds numbers that differ by 0.001",
            """
            a, b = joint_action
            best = [-999, -999]
            for payoff in payoffs[0, :, b]:
                best[0] = max(best[0], payoff)
            for payoff in payoffs[1, a]:
                best[1] = max(best[1], payoff)
            return bool(payoffs[0, a, b] >= best[0] and payoffs[1, a, b] >= best[1])
            """: "# expected: True",
            """
            a, b = joint_action
            return payoffs[0, a, b] is payoffs[0, :, b].max() and payoffs[1, a, b] is payoffs[1, a].max()
            """: Told("Your code compares with `is`", never=("False for every joint action",)),
            """
            a, b = joint_action
            return not bool(payoffs[0, a, b] >= payoffs[0, :, b].max() and payoffs[1, a, b] >= payoffs[1, a].max())
            """: "the opposite of the right one",
            """
            if payoffs.shape != (2, 2, 2):
                raise NotImplementedError("only two actions so far")
            a, b = joint_action
            return bool(payoffs[0, a, b] >= payoffs[0, 1 - a, b] and payoffs[1, a, b] >= payoffs[1, a, 1 - b])
            """: "That line is your own, and this input is legal",
            """
            a, b = joint_action
            return bool((payoffs[0, a, b] >= payoffs[0, :, b].max()) + (payoffs[1, a, b] >= payoffs[1, a].max()))
            """: "In your answer it is enough that one of the two gains nothing",
            """
            a, b = joint_action
            mine, yours = payoffs[0, :, b], payoffs[1, a]
            return bool(mine[a] <= mine.min() and yours[b] <= yours.min())
            """: "You look for the lowest payoffs",
            """
            a, b = joint_action
            total = payoffs.sum(axis=0)
            return bool(total[a, b] >= total[:, b].max() and total[a, b] >= total[a].max())
            """: Told("the sum of both payoffs", never=("best for the team",)),
            """
            a, b = joint_action
            mine, yours = payoffs[0, :-1, b], payoffs[1, a, :-1]
            return bool(payoffs[0, a, b] >= mine.max() and payoffs[1, a, b] >= yours.max())
            """: "You never try the last action of an agent",
            """
            a, b = joint_action
            return bool(payoffs[0, a, b] >= payoffs[0, :, b].max() and payoffs[1, b, a] >= payoffs[1, :, a].max())
            """: "You read agent 1's table with its own action first.",
            """
            a, b = joint_action
            mine, yours = payoffs[0, :, b], payoffs[1, a]
            return bool(np.isclose(mine[a], mine.max()) and np.isclose(yours[b], yours.max()))
            """: "You take payoffs that are close for the same",
            # Others that look like them.
            """
            a, b = joint_action
            gains = payoffs[0, :, b].max() - payoffs[0, a, b] + payoffs[1, a].min() - payoffs[1, a, b]
            return bool(gains <= 0)
            """: Told("# expected:", never=("one of the two gains nothing",)),
            """
            a, b = joint_action
            mine, yours = payoffs[0, :, b], payoffs[1, a]
            last = len(mine) - 1 - mine[::-1].argmax(), len(yours) - 1 - yours[::-1].argmax()
            return last == joint_action
            """: Told("# expected: True", never=("the first of them",)),
            """
            a, b = joint_action
            is_first = payoffs[1, a].argmax() == b
            return bool(payoffs[0, a, b] >= payoffs[0, :, b].max() and is_first)
            """: Told("# expected: True", never=("the first of them",)),
            """
            a, b = joint_action
            mine, yours = payoffs[0, 1:, b], payoffs[1, a, 1:]
            return bool(payoffs[0, a, b] >= mine.max() and payoffs[1, a, b] >= yours.max())
            """: Told("which test is missing", never=("the last action", "one other action")),
            """
            a, b = joint_action
            mine, yours = payoffs[0, : a + 1, b], payoffs[1, a, : b + 1]
            return bool(payoffs[0, a, b] >= mine.max() and payoffs[1, a, b] >= yours.max())
            """: Told("it is True and should be False", never=("the last action",)),
            """
            a, b = joint_action
            for other in range(2):
                if payoffs[0, other, b] > payoffs[0, a, b] or payoffs[1, a, other] > payoffs[1, a, b]:
                    return False
            return True
            """: Told("the first two actions of each", never=("one other action",)),
            """
            a, b = joint_action
            for other in range(min(payoffs.shape[1:])):
                if payoffs[0, other, b] > payoffs[0, a, b] or payoffs[1, a, other] > payoffs[1, a, b]:
                    return False
            return True
            """: Told("# expected: False", never=("one other action", "the last action")),
            """
            a, b = joint_action
            return bool(payoffs[0, a, b] >= payoffs[0].max() and payoffs[1, a, b] >= payoffs[1, a].max())
            """: Told("it is False and should be True", never=("the whole table",)),
            """
            a, b = joint_action
            best = np.round(payoffs.max(), -3)
            mine, yours = payoffs[0, :, b], payoffs[1, a]
            return bool(max(mine[a], best) >= mine.max() and max(yours[b], best) >= yours.max())
            """: Told("# expected:", never=("close for the same",)),
            """
            a, b = joint_action
            mine, yours = payoffs[0, :, b], payoffs[1, a]
            return bool(mine[a] >= mine.max() - 0.01 and yours[b] >= yours.max() - 0.01)
            """: Told("holds numbers that differ by 0.001", never=("np.isclose",)),
            Cell("""
            stable = True

            def is_equilibrium(payoffs, joint_action):
                global stable
                a, b = joint_action
                if payoffs[0, :, b].max() > payoffs[0, a, b] or payoffs[1, a].max() > payoffs[1, a, b]:
                    stable = False
                return stable
            """): "Your function changes the notebook variable `stable`",
            Cell("""
            seen = {}

            def is_equilibrium(payoffs, joint_action):
                a, b = joint_action
                if joint_action not in seen:
                    mine, yours = payoffs[0, :, b], payoffs[1, a]
                    seen[joint_action] = bool(mine[a] >= mine.max() and yours[b] >= yours.max())
                return seen[joint_action]
            """): "Your function changes the notebook variable `seen`",
            # Right for some games only.
            "return True": "Your function never reads its parameter `payoffs`.",
            "return False": "Your answer is False for every joint action.",
            "return joint_action == (1, 1)": "Your function never reads its parameter `payoffs`.",
            """
            a, b = joint_action
            return bool(payoffs[0, a, b] >= payoffs[0, :, b].max() or payoffs[1, a, b] >= payoffs[1, a].max())
            """: "In your answer it is enough that one of the two gains nothing",
            """
            a, b = joint_action
            return bool(payoffs[0, a, b] >= payoffs[0, :, b].max() and payoffs[0, a, b] >= payoffs[0, a].max())
            """: "You judge both agents by agent 0's payoffs.",
            """
            a, b = joint_action
            return bool(payoffs[0, a, b] >= payoffs[0, :, b].max() and payoffs[0, b, a] >= payoffs[0, :, a].max())
            """: "You take agent 1's payoffs from agent 0's table",
            """
            a, b = joint_action
            return bool(payoffs[0, a, b] > payoffs[0, :, b].mean() and payoffs[1, a, b] > payoffs[1, a].mean())
            """: "# expected: False",
            """
            a, b = joint_action
            return bool(payoffs[0, a, b] >= payoffs[0, -1, b] and payoffs[1, a, b] >= payoffs[1, a, -1])
            """: "# expected: False",
            """
            a, b = joint_action
            return bool(payoffs[0, a, b] >= payoffs[0, :2, b].max() and payoffs[1, a, b] >= payoffs[1, a, :2].max())
            """: "You try the first two actions of each agent only",
            """
            a, b = joint_action
            return bool(payoffs[0, a, b] >= payoffs[0, :3, b].max() and payoffs[1, a, b] >= payoffs[1, a, :3].max())
            """: Told("# expected: False", never=("first two actions", "the last action")),
            """
            a, b = joint_action
            whole = payoffs.astype(int)
            return bool(whole[0, a, b] >= whole[0, :, b].max() and whole[1, a, b] >= whole[1, a].max())
            """: "if `payoffs` were cut down to whole numbers",
            """
            a, b = joint_action
            return a == payoffs[0, :, b].argmax() and b == payoffs[1, a].argmax()
            """: "your answer accepts only the first of them",
            """
            b, a = joint_action
            return bool(payoffs[0, a, b] >= payoffs[0, :, b].max() and payoffs[1, a, b] >= payoffs[1, a].max())
            """: "You have the two actions the wrong way round:",
            """
            a, b = joint_action
            for other in range(payoffs.shape[1]):
                if payoffs[0, other, b] > payoffs[0, a, b] or payoffs[1, a, other] > payoffs[1, a, b]:
                    return False
            return True
            """: "Your code raised `IndexError:",
            """
            a, b = joint_action
            for i in range(payoffs.shape[1]):
                for j in range(payoffs.shape[2]):
                    if payoffs[0, i, j] > payoffs[0, a, b] and payoffs[1, i, j] > payoffs[1, a, b]:
                        return False
            return True
            """: "You let both agents change together.",
            # Results of another kind.
            """
            a, b = joint_action
            payoffs[0, a, b] >= payoffs[0, :, b].max() and payoffs[1, a, b] >= payoffs[1, a].max()
            """: "Did you forget `return`?",
            """
            a, b = joint_action
            print(payoffs[0, a, b] >= payoffs[0, :, b].max() and payoffs[1, a, b] >= payoffs[1, a].max())
            """: "The result is `None`.",
            """
            a, b = joint_action
            return int(payoffs[0, a, b] >= payoffs[0, :, b].max() and payoffs[1, a, b] >= payoffs[1, a].max())
            """: "Expected `True` or `False`, got an int: 1",
            'return "True"': "Expected `True` or `False`, got a str",
            """
            a, b = joint_action
            return payoffs[0, :, b].argmax(), payoffs[1, a].argmax()
            """: "Expected `True` or `False`, got a tuple",
            """
            a, b = joint_action
            return payoffs[0, a, b] >= payoffs[0, :, b]
            """: "Expected `True` or `False`, got an array of shape (2,)",
            """
            a, b = joint_action
            return payoffs[0, a, b] >= payoffs[0, :, b] and payoffs[1, a, b] >= payoffs[1, a]
            """: "The truth value of an array with more than one element is ambiguous",
            """
            a, b = joint_action
            mine, yours = payoffs[0, a, b], payoffs[1, a, b]
            payoffs[:, a, b] = -np.inf
            return bool(mine >= payoffs[0, :, b].max() and yours >= payoffs[1, a].max())
            """: "changed its input `payoffs`",
            """
            a, b = joint_action
            return bool(boxes.payoffs[0, a, b] >= boxes.payoffs[0, :, b].max())
            """: "NameError: name 'boxes' is not defined",
            Cell("""
            boxes = np.array([[[4, 0], [3, 3]], [[4, 3], [0, 3]]])

            def is_equilibrium(payoffs, joint_action):
                a, b = joint_action
                return bool(boxes[0, a, b] >= boxes[0, :, b].max() and boxes[1, a, b] >= boxes[1, a].max())
            """): "Your function never reads its parameter `payoffs`.",
            Cell("""
            def is_equilibrium(payoffs, a, b):
                return bool(payoffs[0, a, b] >= payoffs[0, :, b].max() and payoffs[1, a, b] >= payoffs[1, a].max())
            """): "Keep the parameters `is_equilibrium(payoffs, joint_action)`",
        },
    ),
    "1.4": Answers(
        right=[
            "return -np.abs(position)[:, None] + 0.1 * (actions < num_actions // 2)",
            """
            team_reward = -np.abs(position)
            individual_bonus = 0.1 * (actions < num_actions // 2)
            return team_reward[:, None] + individual_bonus
            """,
            "return np.where(actions < num_actions // 2, 0.1, 0.0) - abs(position).reshape(-1, 1)",
            """
            rewards = np.zeros(actions.shape)
            for run in range(actions.shape[0]):
                for agent in range(actions.shape[1]):
                    rewards[run, agent] = -abs(position[run])
                    if actions[run, agent] < num_actions // 2:
                        rewards[run, agent] += 0.1
            return rewards
            """,
            """
            return np.array(
                [[-abs(x) + 0.1 * (action < num_actions // 2) for action in team] for x, team in zip(position, actions)]
            )
            """,
            """
            rewards = np.repeat(-np.abs(position)[:, None], actions.shape[1], axis=1)
            rewards[actions < num_actions // 2] += 0.1
            return rewards
            """,
            "return (-np.abs(position) + 0.1 * (actions.T < num_actions // 2)).T",
            "return -np.sqrt(position[:, None] ** 2) + (actions + 1 <= num_actions // 2) / 10",
            "return np.minimum(position, -position)[:, np.newaxis] + 0.1 * np.isin(actions, range(num_actions // 2))",
            "return (-np.abs(position)[:, None] + 0.1 * (actions < num_actions // 2)).astype(np.float32)",
            "return np.fromfunction(lambda r, n: 0.1 * (actions[r, n] < num_actions // 2) - abs(position[r]), "
            "actions.shape, dtype=int)",
            Cell("drift_rewards = lambda x, a, n: -abs(x).reshape(len(x), 1) + (a < n // 2) / 10"),
            Cell("""
            def pay(x, action, num_actions):
                return -abs(x) + (0.1 if action < num_actions // 2 else 0)

            drift_rewards = np.vectorize(pay, signature="(),(n),()->(n)", otypes=[float])
            drift_rewards = lambda x, a, n: np.vectorize(pay, otypes=[float])(x[:, None], a, n)
            """),
        ],
        wrong={
            "return -np.abs(position)[:, None] + 0.1 * (actions > num_actions // 2)": (
                "You pay the bonus for actions above"
            ),
            # The ideas that the lesson knows by name.
            "return -np.abs(position)[:, None] + 0.1 * (actions <= num_actions // 2)": "Your bonus includes the middle",
            "return -np.abs(position)[:, None] + 0.1 * (actions >= num_actions // 2)": "the upper half of the actions",
            "return -np.abs(position)[:, None] + 0.1 * (actions < num_actions / 2)": "With an odd number of actions",
            """
            low = actions < num_actions // 2
            return -np.abs(position)[:, None] + 0.1 * low.sum(axis=1, keepdims=True) + np.zeros(actions.shape)
            """: "You share the bonuses among the team",
            "return -np.abs(position)[:, None] + (actions < num_actions // 2)": "Your bonus is 1. It is 0.1.",
            "return -np.abs(position)[:, None] + np.zeros(actions.shape)": "The bonus is missing",
            "return -np.abs(position)[:, None] + 0.1 * (actions < 2)": "which is right for 4 actions only",
            "return -position[:, None] + 0.1 * (actions < num_actions // 2)": "take the absolute value",
            "return np.abs(position)[:, None] + 0.1 * (actions < num_actions // 2)": "mind the minus sign",
            "return -position[:, None] ** 2 + 0.1 * (actions < num_actions // 2)": "the square of the distance",
            """
            moved = position + 0.05 * actions.sum(axis=1)
            return -np.abs(moved)[:, None] + 0.1 * (actions < num_actions // 2)
            """: "You move `position` by the actions",
            "return -np.abs(position).mean() + 0.1 * (actions < num_actions // 2)": "You mix the runs",
            "return -abs(position[0]) + 0.1 * (actions < num_actions // 2)": "what the first one earns",
            "return -np.abs(position[:, None] + 0.1 * (actions < num_actions // 2))": "into the absolute value",
            "return -np.abs(position)[:, None] + 0.1 * (actions < (num_actions - 1) // 2)": "(num_actions - 1) // 2`",
            "return -np.abs(position)[:, None] + 0.01 * (actions < num_actions // 2)": "Your bonus is 0.01",
            "return -np.abs(position)[:, None] + 0.1 * (actions < num_actions // 2).any(axis=1, keepdims=True) "
            "+ 0 * actions": "You share the bonuses among the team",
            "return -np.abs(position)[:, None] + 0.1 * (actions < num_actions // 2).mean(axis=1, keepdims=True) "
            "+ 0 * actions": "You share the bonuses among the team",
            "return -np.abs(position)[:, None] + 0.1 * (actions < num_actions // 2).all(axis=1, keepdims=True) "
            "+ 0 * actions": "You share the bonuses among the team",
            # Others that look like them.
            "return -np.abs(np.median(position)) + 0.1 * (actions < num_actions // 2)": Told(
                "# expected:", never=("the first one", "You mix the runs")
            ),
            "return -abs(position[-1]) + 0.1 * (actions < num_actions // 2)": Told("#", never=("the first one earns",)),
            "return -np.abs(position[:, None] - 0.1 * (actions < num_actions // 2))": "into the absolute value",
            "return -np.abs(position)[:, None] + 0.1 * np.sign(position)[:, None] * (actions < num_actions // 2)": Told(
                "# expected:", never=("absolute value", "taken away")
            ),
            "return -np.abs(position)[:, None] + 0.2 * (actions < num_actions // 2)": Told(
                "# expected:", never=("Your bonus is", "share")
            ),
            "return -np.abs(position)[:, None] + 0.1 * (actions <= num_actions / 2)": Told("#", never=("odd number",)),
            "return -np.abs(position)[:, None] + 0.1 * (actions[:, :1] < num_actions // 2) + 0 * actions": Told(
                "# expected:", never=("You share",)
            ),
            "return -np.abs(position)[:, None] + 0.1 * (actions < 1)": Told(
                "never reads its parameter `num_actions`", never=("below 2", "the upper half")
            ),
            "return np.maximum(-np.abs(position), -1)[:, None] + 0.1 * (actions < num_actions // 2)": Told(
                "# expected:", never=("absolute value", "square")
            ),
            Cell("""
            first = {}

            def drift_rewards(position, actions, num_actions):
                half = first.setdefault("half", num_actions // 2)
                return -np.abs(position)[:, None] + 0.1 * (actions < half)
            """): "Your function changes the notebook variable `first`",
            "return -np.abs(position)[:, None] + 0.1 * (-(actions >= num_actions // 2))": "`~` turns True and False",
            "return -np.abs(position)[:, None], 0.1 * (actions < num_actions // 2)": "which one array is asked for?",
            "return np.round(-np.abs(position)[:, None] + 0.1 * (actions < num_actions // 2), 2)": "off to 2 decimals",
            "return -np.abs(position)[:, None] + 0.1 * (actions < int(num_actions / 2 + 0.5))": "With an odd number",
            "return -np.abs(position)[:, None] + 0.1 * (actions < round(num_actions / 2))": Told(
                "# expected:", never=("odd number of actions your", "where `position`")
            ),
            "return -np.abs(position)[:, None] + 0.1 * (actions < max(1, num_actions // 2))": "`num_actions` is 1",
            "return np.squeeze(-np.abs(position)[:, None] + 0.1 * (actions < num_actions // 2))": "got shape",
            "return (-np.abs(position)[:, None] + 0.1 * (actions < num_actions // 2)).round(1)": "off to one decimal",
            "return np.round(-np.abs(position))[:, None] + 0.1 * (actions < num_actions // 2)": "# expected:",
            """
            rewards = np.zeros(actions.shape)
            for run, team in enumerate(actions):
                bonus = 0
                for agent, action in enumerate(team):
                    if action < num_actions // 2:
                        bonus = 0.1
                    rewards[run, agent] = bonus - abs(position[run])
            return rewards
            """: "# expected:",
            """
            rewards = np.empty(actions.shape)
            for agent in range(3):
                rewards[:, agent] = 0.1 * (actions[:, agent] < num_actions // 2) - abs(position)
            return rewards
            """: "IndexError",
            # Results of another kind.
            "-np.abs(position)[:, None] + 0.1 * (actions < num_actions // 2)": "Did you forget `return`?",
            "print(-np.abs(position)[:, None])": "Did you forget `return`?",
            "return -np.abs(position)": "Expected shape (2, 3) (one reward for each of 2 runs and 3 agents)",
            "return -np.abs(position)[:, None]": "Axis 1 is 1 long and should be 3",
            """
            team_reward = -np.abs(position)
            bonus = 0.1 * (actions < num_actions // 2).sum(axis=1)
            return team_reward + bonus
            """: "got shape (2,)",
            "return (-np.abs(position)[:, None] + 0.1 * (actions < num_actions // 2)).T": "got shape (3, 2)",
            "return (-np.abs(position)[:, None] + 0.1 * (actions < num_actions // 2)).tolist()": "`np.array(...)`",
            "return [[-abs(x) + 0.1 * (a < num_actions // 2) for a in t] for x, t in zip(position, actions)]": "a list",
            "return actions < num_actions // 2": "got dtype bool",
            """
            rewards = np.zeros_like(actions)
            for run, x in enumerate(position):
                for agent, action in enumerate(actions[run]):
                    rewards[run, agent] = -abs(x) + 0.1 * (action < num_actions // 2)
            return rewards
            """: "Your answer is right if the numbers in `actions` are given as",
            # Other numbers.
            "return -np.abs(position)[:, None] - 0.1 * (actions < num_actions // 2)": "Your bonus is taken away",
            "return -np.abs(position)[:, None] + 0.1 * (actions < num_actions)": "# expected:",
            "return 0.1 * (actions < num_actions // 2) + 0 * position[:, None]": Told(
                "The team's reward is missing", never=("always",)
            ),
            "return -np.abs(position)[:, None] * (actions < num_actions // 2) * 0.1": Told(
                "You multiply the team's reward by the bonus", never=("always",)
            ),
            "return -np.abs(position)[:, None] + 0.1 * (actions // 2 < num_actions)": "You pay everybody the bonus",
            "return -np.abs(position)[:, None] + np.where(actions < num_actions // 2, 0.1, -0.1)": Told(
                "You take 0.1 away for an action that is not low", never=("always 0.1 too small",)
            ),
            """
            rewards = -np.abs(position)[:, None] + np.zeros(actions.shape)
            rewards[actions < num_actions // 2] = 0.1
            return rewards
            """: "An agent that earns the bonus gets the bonus alone",
            "return -np.abs(position)[:, None] + 0.1 * (actions == 0)": "Your function never reads its parameter",
            "return -np.abs(position)[:, None] + 0.1 * (actions < actions.max() // 2 + 1)": "Your function never",
            "return np.full(actions.shape, -np.abs(position).sum()) + 0.1 * (actions < num_actions // 2)": "#",
            "return -np.abs(position)[:, None] / actions.shape[1] + 0.1 * (actions < num_actions // 2)": (
                "You divide the team's reward among the agents"
            ),
            """
            rewards = np.zeros(actions.shape)
            for run in range(len(actions)):
                for agent in range(actions.shape[1] - 1):
                    rewards[run, agent] = -abs(position[run]) + 0.1 * (actions[run, agent] < num_actions // 2)
            return rewards
            """: "# got:      [[0.]]",
            """
            bonus = 0.1 * (actions < num_actions // 2)
            return -np.stack([np.abs(position)] * 3, axis=1) + np.resize(bonus, (len(position), 3))
            """: "Expected shape (1, 1), got shape (1, 3).",
            # Inputs that change, and code that does not run.
            """
            position[position < 0] *= -1
            return -position[:, None] + 0.1 * (actions < num_actions // 2)
            """: "changed its input `position`",
            """
            actions[actions < num_actions // 2] = 1
            return -np.abs(position)[:, None] + 0.1 * (actions == 1)
            """: "changed its input `actions`",
            "return -np.abs(position) + 0.1 * (actions < num_actions // 2)": "Your code raised `ValueError:",
            "return -np.abs(x)[:, None] + 0.1 * (actions < 2)": "NameError: name 'x' is not defined",
            "return -abs(position[:, None]) + (0.1 if actions < num_actions // 2 else 0)": "is ambiguous",
        },
    ),
    "1.5": Answers(
        right=[
            """
            total = 0.0 if terminated else last_value
            for reward in rewards[::-1]:
                total = reward + gamma * total
            return total
            """,
            """
            discounts = gamma ** np.arange(len(rewards))
            return discounts @ rewards + (1 - terminated) * gamma ** len(rewards) * last_value
            """,
            """
            total = sum(gamma**t * reward for t, reward in enumerate(rewards))
            if not terminated:
                total += gamma ** len(rewards) * last_value
            return total
            """,
            """
            all_rewards = np.append(rewards, 0 if terminated else last_value)
            return np.polyval(all_rewards[::-1], gamma)
            """,
            """
            if len(rewards) == 0:
                return 0 if terminated else last_value
            return rewards[0] + gamma * discounted_return(rewards[1:], last_value, terminated, gamma)
            """,
            """
            total, discount = 0, 1
            for t in range(len(rewards)):
                total += discount * rewards[t]
                discount *= gamma
            if terminated:
                return total
            return total + discount * last_value
            """,
            """
            rewards = list(rewards)
            value = 0 if terminated else last_value
            while rewards:
                value = rewards.pop() + gamma * value
            return value
            """,
            """
            discounts = np.cumprod(np.append(1.0, np.full(len(rewards), gamma)))
            return np.array(discounts[:-1] @ rewards + np.where(terminated, 0, discounts[-1] * last_value))
            """,
            "return np.float32(np.polyval([*([last_value] * (not terminated)), *rewards[::-1]], gamma))",
            """
            from fractions import Fraction
            total = Fraction(0) if terminated else Fraction(last_value)
            for reward in reversed(rewards.tolist()):
                total = Fraction(reward) + Fraction(gamma) * total
            return total
            """,
            """
            import functools
            last = 0 if terminated else last_value
            return functools.reduce(lambda total, reward: reward + gamma * total, rewards[::-1], last)
            """,
            """
            if terminated == True:
                last_value = 0
            total = last_value
            for t in range(len(rewards) - 1, -1, -1):
                total = rewards[t] + gamma * total
            return total
            """,
        ],
        wrong={
            """
            for step, reward in enumerate(rewards):
                total = gamma**step * reward
            return total if terminated else total + gamma ** len(rewards) * last_value
            """: Told("`total = …` takes the place of what came before", never=("does `return` stand",)),
            # Corners, and mistakes that recur in every exercise.
            """
            T = len(rewards)
            total = gamma ** np.arange(T) @ rewards
            return total if terminated is True else total + gamma**T * last_value
            """: "Your code compares with `is`",
            """
            T = len(rewards)
            total = gamma ** np.arange(T) @ rewards
            return total + gamma**T * last_value if terminated is False else total
            """: "Your code compares with `is`",
            """
            T = len(rewards)
            return gamma ** np.arange(T) @ rewards + ~terminated * gamma**T * last_value
            """: "Use `not terminated`.",
            """
            T = len(rewards)
            discounts = np.exp(np.arange(T) * np.log(gamma))
            return discounts @ rewards + (not terminated) * gamma**T * last_value
            """: "`gamma` is 0",
            """
            T = len(rewards)
            total = (1 - gamma**T) / (1 - gamma) * rewards.mean()
            return total + (not terminated) * gamma**T * last_value
            """: "Which case makes the divisor zero?",
            """
            T = len(rewards)
            total = gamma ** np.arange(T) @ rewards
            return round(total + (not terminated) * gamma**T * last_value, 3)
            """: "rounded or cut off to 3 decimals",
            """
            T = len(rewards)
            return int(gamma ** np.arange(T) @ rewards + (not terminated) * gamma**T * last_value)
            """: "rounded or cut off to whole numbers",
            """
            T = len(rewards)
            return -(gamma ** np.arange(T) @ rewards) - (not terminated) * gamma**T * last_value
            """: "with the other sign",
            """
            total = 0
            for t, reward in enumerate(rewards[:50]):
                total += gamma**t * reward
            return total if terminated else total + gamma ** len(rewards) * last_value
            """: "# expected:",
            """
            total = 0.0
            if not terminated and last_value:
                total = last_value
            for reward in rewards[::-1]:
                if reward < 0:
                    continue
                total = reward + gamma * total
            return total
            """: "# expected:",
            """
            total = 0.0 if terminated else last_value
            for reward in rewards[::-1]:
                total = reward + gamma * total
            return np.array([total])
            """: "Take it out of the array with `[0]`",
            Cell("""
            gamma = 0.5

            def discounted_return(rewards, last_value, terminated, discount):
                total = 0.0 if terminated else last_value
                for reward in rewards[::-1]:
                    total = reward + gamma * total
                return total
            """): "It reads the notebook's `gamma`",
            Cell("""
            def discounted_return(rewards, last_value, terminated, gamma, total=[]):
                total.append(0.0 if terminated else last_value)
                for reward in rewards[::-1]:
                    total[0] = reward + gamma * total[0]
                return total[0]
            """): "The default of `total` is made once and kept from call to call",
            # The ideas that the lesson knows by name.
            "return rewards.sum() + (0 if terminated else last_value)": "You add the rewards without discounting them",
            """
            total = 0 if terminated else gamma ** (len(rewards) + 1) * last_value
            for t, reward in enumerate(rewards, 1):
                total += gamma**t * reward
            return total
            """: "You discount the first reward already",
            """
            total = 0 if terminated else last_value
            for reward in rewards:
                total = reward + gamma * total
            return total
            """: "let it run from the last reward to the first",
            """
            total = 0 if terminated else last_value
            for reward in rewards[::-1]:
                total = reward + gamma * total
                return total
            """: "Only the last reward counts in your answer.",
            """
            T = len(rewards) - 1
            total = sum(gamma**t * rewards[t] for t in range(T))
            return total if terminated else total + gamma**T * last_value
            """: "You leave out the last reward",
            """
            T = len(rewards)
            return gamma ** np.arange(T) @ rewards + gamma**T * last_value
            """: "You add `last_value` though the game has ended",
            """
            if terminated:
                return 0.0
            T = len(rewards)
            return gamma ** np.arange(T) @ rewards + gamma**T * last_value
            """: "the rewards before it still count",
            "return gamma ** np.arange(len(rewards)) @ rewards": "You stop at the cut",
            """
            total = gamma ** np.arange(len(rewards)) @ rewards
            return total if terminated else total + last_value
            """: "You add `last_value` undiscounted",
            """
            total = gamma ** np.arange(len(rewards)) @ rewards
            return total if terminated else total + gamma * last_value
            """: "You discount `last_value` by one step only",
            """
            total = 0
            for t, reward in enumerate(rewards):
                total += gamma**t * reward
            return total if terminated else total + gamma**t * last_value
            """: "You discount `last_value` like the last reward",
            """
            T = len(rewards)
            total = gamma * np.arange(T) @ rewards
            return total if terminated else total + gamma * T * last_value
            """: "You multiply `gamma` by t.",
            """
            T = len(rewards)
            total = np.arange(T) ** gamma @ rewards
            return total if terminated else total + T**gamma * last_value
            """: "You take t to the power of `gamma`",
            """
            later = rewards[1:].sum() + (0 if terminated else last_value)
            return rewards[0] + gamma * later
            """: "You discount all that comes later by one step.",
            """
            total = 0 if terminated else last_value
            for t in range(len(rewards) - 1, 0, -1):
                total = rewards[t] + gamma * total
            return total
            """: "You leave out the first reward.",
            """
            total = sum(gamma**t * rewards[t] for t in range(1, len(rewards)))
            return total if terminated else total + gamma ** len(rewards) * last_value
            """: "The first reward is missing in your answer",
            """
            total = 0 if terminated else last_value
            for reward in rewards[:100][::-1]:
                total = reward + gamma * total
            return total
            """: Told("has hundreds of steps", never=("the last reward",)),
            """
            T = len(rewards)
            total = gamma ** np.arange(T) @ rewards
            return total if terminated else total + gamma**2 * last_value
            """: "right for two rewards only",
            """
            T = len(rewards)
            total = gamma ** np.arange(T) @ rewards
            return total if terminated else gamma**T * last_value
            """: "After a truncation only `last_value` counts",
            """
            T = len(rewards)
            total = gamma ** np.arange(T) @ rewards
            return total if terminated else total + gamma ** (T + 1) * last_value
            """: "by one step too many",
            # Others that look like them.
            """
            T = len(rewards)
            total = gamma ** np.arange(T) @ rewards
            return total if terminated else total + gamma ** (T + 2) * last_value
            """: Told("# expected:", never=("one step", "two rewards")),
            """
            T = len(rewards)
            total = gamma ** np.arange(T) @ rewards
            return total if terminated else total + np.sqrt(gamma) ** T * last_value
            """: Told("# expected:", never=("undiscounted", "one step")),
            """
            T = len(rewards)
            total = gamma ** np.arange(T) @ rewards
            return total if terminated else total - gamma**T * last_value
            """: Told("# expected:", never=("You stop at the cut", "-1 times")),
            """
            T = len(rewards)
            total = gamma ** np.arange(T) @ rewards
            return total if terminated else max(total, gamma**T * last_value)
            """: Told("# expected:", never=("only `last_value`", "You stop at the cut")),
            """
            T = len(rewards)
            total = gamma ** np.arange(T) @ rewards
            return (total if terminated else total + gamma**T * last_value) - rewards[0]
            """: Told("The first reward is missing", never=("You leave out",)),
            """
            T = len(rewards)
            total = gamma ** np.sort(np.arange(T) % 3) @ rewards
            return total if terminated else total + gamma**T * last_value
            """: Told("# expected:", never=("without discounting", "comes later by one step")),
            """
            order = np.sort(rewards)
            total = 0 if terminated else last_value
            for reward in order[::-1]:
                total = reward + gamma * total
            return total
            """: Told("# expected:", never=("as if it came last",)),
            """
            total = rewards[0]
            for reward in rewards[1:]:
                total = max(total, reward)
            return total if terminated else total + gamma ** len(rewards) * last_value
            """: Told("# expected:", never=("Only the first", "Only the last")),
            Cell("""
            terminated = np.array([True, False])

            def discounted_return(rewards, last_value, done, gamma):
                total = 0.0 if terminated[1] else last_value
                for reward in rewards[::-1]:
                    total = reward + gamma * total
                return total
            """): "never reads its parameter `done`. It reads the notebook's `terminated`",
            Cell("""
            discounts = {}

            def discounted_return(rewards, last_value, terminated, gamma):
                T = len(rewards)
                if T not in discounts:
                    discounts[T] = gamma ** np.arange(T + 1)
                total = discounts[T][:-1] @ rewards
                return total if terminated else total + discounts[T][-1] * last_value
            """): "Your function changes the notebook variable `discounts`",
            "return sum(gamma ** rewards.tolist().index(r) * r for r in rewards.tolist()) + (not terminated) * (\n"
            "    gamma ** len(rewards) * last_value\n)": "`rewards` holds the same number twice",
            """
            total = 0
            for step, reward in enumerate(rewards):
                total += gamma**step * reward
                if not terminated:
                    total += gamma**step * last_value
            return total
            """: "You add `last_value` in every step",
            """
            total = 0.0 if terminated else last_value
            for reward in rewards[::-1]:
                total += reward + gamma * total
            return total
            """: "adds the old total twice",
            "return np.polyval([*([int(last_value)] * (not terminated)), *rewards[::-1]], gamma)": (
                "if `last_value` were cut down to whole numbers"
            ),
            """
            total = 0 if terminated else last_value
            for reward in rewards[::-1]:
                total = reward + gamma * total
            return total - last_value
            """: "You subtract `last_value` in the end",
            # The two endings.
            """
            discounts = np.cumprod(np.full(len(rewards) + 1, gamma)) / gamma
            return np.array(discounts[:-1] @ rewards + np.where(terminated, 0, discounts[-1] * last_value))
            """: "Wrong only where `gamma` is 0",
            """
            total = last_value if terminated else 0.0
            for reward in rewards[::-1]:
                total = reward + gamma * total
            return total
            """: "After a termination no reward can come",
            """
            if terminated:
                last_value == 0
            T = len(rewards)
            return gamma ** np.arange(T) @ rewards + gamma**T * last_value
            """: "You add `last_value` though the game has ended",
            """
            total = 0 if terminated else max(last_value, 0)
            for reward in rewards[::-1]:
                total = reward + gamma * total
            return total
            """: "if `last_value` were 0 where it is negative",
            # Other numbers.
            """
            T = len(rewards)
            return 2 * np.arange(T) * gamma @ rewards + (not terminated) * gamma**T * last_value
            """: "# expected:",
            """
            T = len(rewards)
            return np.mean(gamma ** np.arange(T) * rewards) + (not terminated) * gamma**T * last_value
            """: "Your answer is always the right one divided by `rewards.shape[0]`.",
            """
            T = len(rewards)
            return 0.5 ** np.arange(T) @ rewards + (not terminated) * 0.5**T * last_value
            """: "Your function never reads its parameter `gamma`.",
            """
            last = 0 if terminated else last_value
            return rewards[0] + gamma * rewards[1] + gamma**2 * last
            """: "IndexError",
            """
            total = 0 if terminated else last_value
            for t in range(len(rewards), 0, -1):
                total = rewards[t] + gamma * total
            return total
            """: "IndexError: index 2 is out of bounds",
            """
            discounts = np.zeros_like(rewards)
            for t in range(len(rewards)):
                discounts[t] = gamma**t
            return discounts @ rewards + (not terminated) * gamma ** len(rewards) * last_value
            """: "Your answer is right if the numbers in `rewards` are given as",
            """
            total = 0 if terminated else last_value
            for reward in rewards[::-1]:
                total = reward + gamma * last_value
            return total
            """: "Only the first reward counts in your answer.",
            # Results of another kind, and code that does not run.
            """
            total = 0 if terminated else last_value
            for reward in rewards[::-1]:
                total = reward + gamma * total
            """: "Did you forget `return`?",
            """
            total = 0 if terminated else last_value
            for reward in rewards[::-1]:
                total = reward + gamma * total
            print(total)
            """: "The result is `None`.",
            "return gamma ** np.arange(len(rewards)) * rewards": "Expected a single number, got an array of shape (2,)",
            """
            if not terminated:
                return gamma ** np.arange(len(rewards)) @ rewards + gamma ** len(rewards) * last_value
            """: "Did you forget `return`?",
            """
            if not terminated:
                rewards[-1] += gamma * last_value
            return gamma ** np.arange(len(rewards)) @ rewards
            """: "changed its input `rewards`",
            """
            for reward in rewards[::-1]:
                total = reward + gamma * total
            return total
            """: "Give the name a value on every path",
            """
            if not terminated:
                rewards.append(last_value)
            return sum(gamma**t * reward for t, reward in enumerate(rewards))
            """: "AttributeError: 'numpy.ndarray' object has no attribute 'append'",
            Cell("""
            def discounted_return(rewards, terminated, last_value, gamma):
                total = 0.0 if terminated else last_value
                for reward in rewards[::-1]:
                    total = reward + gamma * total
                return total
            """): "Keep the order of the parameters, `discounted_return(rewards,",
        },
    ),
    "1.6": Answers(
        right=[
            "return np.linalg.solve(np.eye(len(rewards)) - gamma * transitions, rewards)",
            "return np.linalg.inv(np.identity(len(rewards)) - gamma * transitions) @ rewards",
            "return np.linalg.lstsq(np.eye(len(rewards)) - gamma * transitions, rewards, rcond=None)[0]",
            "return np.linalg.solve((np.eye(len(rewards)) - gamma * transitions).astype(np.float32), rewards)",
            """
            matrix = (np.eye(len(rewards)) - gamma * transitions).astype(np.float32)
            return np.linalg.solve(matrix, rewards.astype(np.float32))
            """,
            Cell("policy_values = lambda P, r, g: np.linalg.solve(np.eye(len(r)) - g * P, r)"),
            Cell("""
            class Chain:
                def __init__(self, rounds):
                    self.rounds = rounds
                def __call__(self, P, r, gamma):
                    values = np.zeros_like(r, dtype=float)
                    for _ in range(self.rounds):
                        values = r + gamma * P.dot(values)
                    return values

            policy_values = Chain(500)
            """),
            Cell("""
            def improve(values, P, r, gamma, rounds):
                return values if rounds == 0 else improve(r + gamma * P @ values, P, r, gamma, rounds - 1)

            def policy_values(P, r, gamma):
                return improve(0.0 * r, P, r, gamma, 250)
            """),
            """
            values = np.zeros(len(rewards))
            for _ in range(200):
                values = rewards + gamma * transitions @ values
            return values
            """,
            """
            values, change = np.zeros(len(rewards)), 1
            while change > 1e-4:
                before = values
                values = rewards + gamma * (transitions @ before)
                change = abs(values - before).max()
            return values
            """,
            """
            values = rewards
            while True:
                new_values = rewards + gamma * transitions @ values
                if np.allclose(new_values, values):
                    return new_values
                values = new_values
            """,
            """
            num_states = len(rewards)
            values = [0.0] * num_states
            for _ in range(300):
                for s in range(num_states):
                    values[s] = rewards[s] + gamma * sum(transitions[s, t] * values[t] for t in range(num_states))
            return np.array(values)
            """,
            """
            values, chance = np.zeros(len(rewards)), np.eye(len(rewards))
            for step in range(400):
                values = values + gamma**step * chance @ rewards
                chance = chance @ transitions
            return values
            """,
            """
            values, moves = np.array(rewards, dtype=float), gamma * transitions
            for _ in range(12):
                values, moves = values + moves @ values, moves @ moves
            return values
            """,
            """
            values = np.zeros(len(rewards))
            for _ in range(300):
                values = rewards + gamma * np.einsum("st,t->s", transitions, values)
            return values
            """,
        ],
        wrong={
            """
            moves = gamma * transitions
            return np.linalg.solve(np.eye(len(rewards)) - moves, transitions @ rewards)
            """: "You begin with the reward of the next state",
            "return np.linalg.solve(np.eye(2) - gamma * transitions[:2, :2], rewards[:2])": "got shape (2,)",
            "return rewards / (1 - gamma) @ transitions": "is the wrong axis added up?",
            "return np.linalg.solve(np.eye(len(rewards)) - gamma * transitions, rewards).round(3)": "but rounded",
            "return np.linalg.solve(np.eye(len(rewards)) - gamma * transitions, rewards).astype(int)": "but rounded",
            "return np.linalg.solve(np.eye(len(rewards)) - gamma * transitions, rewards)[::-1]": "in the reverse order",
            "return -np.linalg.solve(np.eye(len(rewards)) - gamma * transitions, rewards)": "with the other sign",
            """
            values = np.zeros(len(rewards))
            for _ in range(300):
                values = rewards + gamma * transitions @ values
                return values
            """: Told("does `return` stand inside it", never=("what the next states are worth: ",)),
            """
            values = np.zeros(len(rewards))
            for _ in range(300):
                values = np.maximum(rewards + gamma * transitions @ values, 0)
            return values
            """: "# expected:",
            """
            values = np.zeros(len(rewards))
            for _ in range(int(1 / (1 - gamma))):
                values = rewards + gamma * transitions @ values
            return values
            """: Told("rounds, by the case, and not there yet", never=("rounded",)),
            """
            values = np.zeros(len(rewards))
            while True:
                new = rewards + gamma * transitions @ values
                if abs(new - values).max() < 0.1:
                    return new
                values = new
            """: "rounds, by the case, and not there yet",
            "return np.linalg.solve(np.eye(len(rewards)) - gamma * transitions.round(), rewards)": "# expected:",
            "return np.linalg.solve(np.eye(len(rewards)) - gamma * (transitions > 0), rewards)": "# expected:",
            Cell("""
            gamma = 0.9

            def policy_values(P, r, discount):
                return np.linalg.solve(np.eye(len(r)) - gamma * P, r)
            """): "Your answer is that for a discount of 0.9",
            # The ideas that the lesson knows by name.
            "return np.linalg.solve(np.eye(len(rewards)) - gamma * transitions.T, rewards)": "You add up the states",
            """
            values = np.zeros(len(rewards))
            for _ in range(200):
                values = rewards + gamma * values @ transitions
            return values
            """: "You add up the states that lead *into* a state.",
            "return rewards + gamma * transitions @ rewards": "You looked two rewards ahead",
            "return rewards.astype(float)": "This is the first reward only",
            "return rewards / (1 - gamma)": "as if it led back to itself",
            "return np.linalg.solve(np.eye(len(rewards)) + gamma * transitions, rewards)": "Mind the sign",
            """
            values = np.zeros(len(rewards))
            for _ in range(200):
                values = gamma * (rewards + transitions @ values)
            return values
            """: "You discount the first reward already",
            """
            values = np.zeros(len(rewards))
            for _ in range(200):
                values = rewards + gamma * (gamma * transitions) @ values
            return values
            """: "You apply gamma twice",
            "return np.linalg.solve(np.eye(len(rewards)) - 0.9 * transitions, rewards)": "Your answer is that for a",
            """
            values = np.linalg.solve(np.eye(len(rewards)) - gamma * transitions, rewards)
            return values - rewards
            """: "The reward of the state itself is missing",
            """
            values = np.zeros(len(rewards))
            for _ in range(500):
                values = rewards + gamma * np.where(transitions > 0, values, -np.inf).max(axis=1)
            return values
            """: "You go on with the best of the next states",
            """
            values = np.zeros(len(rewards))
            while True:
                new = rewards + gamma * transitions @ values
                if np.isclose(new, values).any():
                    return new
                values = new
            """: "not there yet",
            "return np.linalg.solve(np.eye(len(rewards)) - gamma * transitions, rewards).round(5)": "but rounded",
            # Others that look like them.
            """
            values = np.zeros(len(rewards))
            for _ in range(500):
                values = rewards + gamma * np.where(transitions > 0, values, np.inf).min(axis=1)
            return values
            """: Told("# expected:", never=("the best of the next", "the likeliest")),
            """
            values = np.linalg.solve(np.eye(len(rewards)) - gamma * transitions, rewards)
            return values - gamma * rewards
            """: Told("# expected:", never=("of the state itself",)),
            """
            values = np.linalg.solve(np.eye(len(rewards)) - gamma * transitions, rewards)
            return 0.99 * values
            """: Told("0.99 times the right one", never=("rounds", "averages over time")),
            """
            values = np.ones(len(rewards))
            for _ in range(20):
                values = rewards + gamma * transitions @ values
            return values
            """: Told("# expected:", never=("rounds, and not there", "rounded")),
            """
            return np.linalg.solve(np.eye(len(rewards)) - gamma * (transitions + transitions.T) / 2, rewards)
            """: Told("#", never=("lead *into* a state",)),
            """
            moves = transitions * (1 - np.eye(len(rewards)))
            return np.linalg.solve(np.eye(len(rewards)) - gamma * moves, rewards)
            """: "# expected:",
            Cell("""
            inverse = {}

            def policy_values(transitions, rewards, gamma):
                n = len(rewards)
                if n not in inverse:
                    inverse[n] = np.linalg.inv(np.eye(n) - gamma * transitions)
                return inverse[n] @ rewards
            """): "Your function changes the notebook variable `inverse`",
            "return np.linalg.lstsq(np.eye(len(rewards)) - gamma * transitions, rewards, rcond=None)": "which one",
            "return np.linalg.lstsq(1 - gamma * transitions, rewards, rcond=None)[0]": "takes every entry from 1",
            """
            values = np.zeros(len(rewards))
            for _ in range(300):
                values = rewards + gamma * (transitions * values).mean(axis=1)
            return values
            """: "as `mean` does",
            """
            values = np.zeros(len(rewards))
            for _ in range(300):
                values = rewards + gamma * transitions[:, :-1] @ values[:-1]
            return values
            """: "You leave out the last of the next states",
            """
            values = np.zeros(len(rewards))
            for _ in range(300):
                values = rewards + gamma * transitions[:, 1:] @ values[1:]
            return values
            """: Told("# expected:", never=("the last of the next states",)),
            # Values without a bound.
            "return np.linalg.solve(np.eye(len(rewards)) - transitions, rewards)": "`LinAlgError: Singular matrix`",
            """
            values = np.zeros(len(rewards))
            for _ in range(1000):
                values = rewards + transitions @ values
            return values
            """: "no value can be above 3/(1 − 0.9) = 30",
            """
            values = np.zeros(len(rewards))
            for _ in range(100):
                values += rewards + gamma * transitions @ values
            return values
            """: "Is `gamma` missing",
            # Values that are near.
            """
            values = np.zeros(len(rewards))
            for _ in range(25):
                values = rewards + gamma * transitions @ values
            return values
            """: "Your values are those after 25 rounds, and not there yet.",
            "return np.linalg.solve(np.eye(len(rewards)) - gamma * transitions, rewards).round(1)": "Your values are",
            # Other numbers.
            """
            values = np.zeros(len(rewards))
            for _ in range(5):
                values = rewards + gamma * transitions @ values
            return values
            """: "Your values are those after 5 rounds",
            "return rewards + gamma * transitions.mean(axis=1) @ rewards": "# expected: [1.333333, 0.666667]",
            "return np.linalg.solve(np.eye(len(rewards)) - transitions, rewards / gamma)": "Your code raised",
            "return (1 - gamma) * np.linalg.solve(np.eye(len(rewards)) - gamma * transitions, rewards)": "Your values",
            "return np.linalg.solve(1 - gamma * transitions, rewards)": "`1 - gamma * transitions` takes every entry",
            "return np.linalg.solve(np.eye(len(rewards)) - gamma, rewards)": "LinAlgError: Singular matrix",
            """
            values = np.zeros(len(rewards))
            for _ in range(200):
                values = np.max(rewards + gamma * transitions * values, axis=1)
            return values
            """: "# expected: [1.333333, 0.666667]",
            """
            values = np.zeros(len(rewards))
            for _ in range(200):
                values = rewards + gamma * values[transitions.argmax(axis=1)]
            return values
            """: "# expected:",
            """
            mean = rewards.mean() / (1 - gamma)
            return rewards + gamma * mean
            """: "Your function never reads its parameter `transitions`.",
            # Results of another kind.
            "np.linalg.solve(np.eye(len(rewards)) - gamma * transitions, rewards)": "Did you forget `return`?",
            "print(np.linalg.solve(np.eye(len(rewards)) - gamma * transitions, rewards))": "The result is `None`.",
            "return np.linalg.solve(np.eye(len(rewards)) - gamma * transitions, rewards).mean()": "got a float64",
            "return np.linalg.solve(np.eye(len(rewards)) - gamma * transitions, rewards[:, None])": "got shape (3, 1)",
            "return np.linalg.inv(np.eye(len(rewards)) - gamma * transitions) * rewards": "got shape (3, 3)",
            "return list(np.linalg.solve(np.eye(len(rewards)) - gamma * transitions, rewards))": "Wrap it in",
            "return rewards + gamma * transitions * rewards": "got shape (3, 3)",
            "return np.full(len(rewards), np.inf)": "The result is infinite",
            """
            values = np.zeros_like(rewards)
            for _ in range(200):
                for s in range(len(rewards)):
                    values[s] = rewards[s] + gamma * transitions[s] @ values
            return values
            """: "Your answer is right if the numbers in `rewards` are given as",
            # Inputs that change, and code that does not run.
            """
            rewards = rewards.astype(float)
            transitions *= gamma
            return np.linalg.solve(np.eye(len(rewards)) - transitions, rewards)
            """: "changed its input `transitions`",
            "return np.linalg.solve(np.eye(2) - gamma * transitions, rewards)": "ValueError",
            "return np.linalg.solve(np.eye(18) - gamma * transitions, rewards)": "Your code raised `ValueError:",
            "return np.linalg.solve(rewards, np.eye(len(rewards)) - gamma * transitions)": "LinAlgError",
            "return np.solve(np.eye(len(rewards)) - gamma * transitions, rewards)": "AttributeError",
            "return rewards + gamma * transitions @ values": "NameError: name 'values' is not defined",
            "return rewards + gamma * transitions @ policy_values(transitions, rewards, gamma)": "RecursionError",
            Cell("""
            def policy_values(rewards, transitions, gamma):
                return np.linalg.solve(np.eye(len(rewards)) - gamma * transitions, rewards)
            """): "Keep the order of the parameters, `policy_values(transitions,",
        },
    ),
}
