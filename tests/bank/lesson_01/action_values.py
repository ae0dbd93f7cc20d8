"""Answers to exercise 1.2."""

from tests.bank.bank import Answers, Cell, Told

ANSWERS = {
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
            "return np.exp(np.log(payoffs) @ partner_policy)": "entries are `nan`",
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
}
