"""Answers to exercise 5.1."""

from tests.bank.bank import Answers, Cell, Told

ANSWERS = {
    "5.1": Answers(
        right=[
            "return (policy @ payoffs).min()",
            "return min(payoffs.T @ policy)",
            "return np.min((payoffs * policy[:, None]).sum(axis=0))",
            'return np.einsum("a,ab->b", policy, payoffs).min()',
            "return np.average(payoffs, axis=0, weights=policy).min()",
            """
            worst = np.inf
            for b in range(payoffs.shape[1]):
                expected = 0
                for a in range(payoffs.shape[0]):
                    expected += policy[a] * payoffs[a, b]
                worst = min(worst, expected)
            return worst
            """,
            """
            values = [np.dot(policy, column) for column in payoffs.T]
            return sorted(values)[0]
            """,
            "return -((-payoffs).T @ policy).max()",
            """
            values = policy @ payoffs
            return values[np.argmin(values)]
            """,
            Cell("guaranteed_payoff = lambda table, x: np.float32(min(x @ table))"),
            Cell("""
            from fractions import Fraction

            def guaranteed_payoff(payoffs, policy):
                weights = [Fraction(float(p)) for p in policy]
                return min(sum(p * Fraction(float(r)) for p, r in zip(weights, column)) for column in payoffs.T)
            """),
            Cell("""
            import functools

            class Guarantee:
                def __init__(self, worst):
                    self.worst = worst

                def __call__(self, payoffs, policy):
                    print(policy)
                    return self.worst((payoffs * policy[:, None]).sum(axis=0))

            guaranteed_payoff = Guarantee(np.min)
            """),
            """
            assert np.isclose(policy.sum(), 1)
            return np.array(np.dot(payoffs.T, policy / policy.sum()).min())
            """,
        ],
        wrong={
            "return payoffs[policy.argmax(), (policy @ payoffs).argmin()]": "return what your likeliest row pays there",
            "return np.median(policy @ payoffs)": "You took the middle one of the columns",
            "return min(policy @ payoffs[:, b] for b in range(len(policy)))": Told(
                "IndexError: index", never=("first two columns only", "in the first column")
            ),
            "return (policy @ payoffs)[payoffs[policy.argmax()].argmin()]": "worst against your likeliest row",
            "return policy @ payoffs[:, payoffs.sum(axis=0).argmin()]": "You chose the column with the least sum",
            "return (payoffs * policy[:, None]).sum(axis=1).min()": "You added up along your rows",
            """
            worst, total = np.inf, 0
            for column in payoffs.T:
                total += policy @ column
                worst = min(worst, total)
            return worst
            """: "Each column's sum begins where the last one ended",
            """
            p, q = policy[0], 1 - policy[0]
            return min(p * payoffs[0] + q * payoffs[-1])
            """: "`payoffs` has more than two rows",
            "return ((policy * (policy >= 0.1)) @ payoffs).min()": "a row is played with less than 10 %",
            "return ((policy / policy) @ (payoffs * policy[:, None])).min()": "`policy` holds a 0",
            "return min(policy @ payoffs, key=abs)": "Wrong only where the guarantee is below 0",
            "return min(value for value in policy @ payoffs if value < 0)": "There is nothing to choose from",
            "return max([value for value in policy @ payoffs if value > 0], default=0)": "Column by column you expect",
            """
            from fractions import Fraction
            weights = [Fraction(float(p)).limit_denominator(10) for p in policy]
            return min(sum(p * Fraction(float(r)) for p, r in zip(weights, column)) for column in payoffs.T)
            """: Told("Column by column you expect", never=("could not be judged",)),
            Cell("""
            def guaranteed_payoff(payoffs, policy, seen=[]):
                seen.extend(policy @ payoffs)
                return min(seen)
            """): "The default of `seen` is made once",
            "return (payoffs * policy[:, None]).round(12)": "This is one number for each cell",
            # The ideas that the lesson knows by name.
            "return (policy @ payoffs).max()": "You let the opponent choose what is best for you",
            "return (policy @ payoffs).mean()": "You let the opponent choose at random",
            "return policy @ payoffs.min(axis=1)": "You took the worst column of each row on its own",
            "return payoffs.min()": "You took the worst cell of the table",
            "return payoffs[np.argmax(policy)].min()": "You used your likeliest action only",
            "return np.argmin(policy @ payoffs)": "This is the number of the worst column",
            "return policy @ payoffs[:, payoffs.min(axis=0).argmin()]": "You chose the column with the worst cell",
            "return min(policy @ payoffs[:, 0], policy @ payoffs[:, 1])": "the opponent's first two columns only",
            "return (policy[0] * payoffs[0] + policy[1] * payoffs[1]).min()": "You used your first two rows only",
            """
            p, q = policy[0], policy[1]
            against_heads = p * payoffs[0, 0] + q * payoffs[1, 0]
            against_tails = p * payoffs[0, 1] + q * payoffs[1, 1]
            return min(against_heads, against_tails)
            """: "a corner of two rows and two columns only",
            """
            worst = 0
            for column in payoffs.T:
                worst = min(worst, policy @ column)
            return worst
            """: "Your search for the least begins at 0",
            # Other numbers.
            """
            worst = 100
            for column in payoffs.T:
                worst = min(worst, policy @ column)
            return worst
            """: "# got:      100",
            "return -(policy @ payoffs).min()": "Your answer is always the right one with the other sign.",
            "return (policy @ payoffs).sum()": "and the opponent picks the least:",
            "return np.abs(policy @ payoffs).min()": "Wrong only where the guarantee is below 0",
            "return round((policy @ payoffs).min(), 1)": "rounded or cut off to one decimal.",
            "return (policy @ payoffs)[-1]": "# expected:",
            "return (policy @ payoffs)[0]": "This is what you expect in the first column",
            "return (policy**2 @ payoffs).min()": "# expected:",
            "return payoffs.min(axis=1).max()": "Your function never reads its parameter `policy`.",
            "return payoffs.max(axis=0).min()": "Your function never reads its parameter `policy`.",
            "return payoffs.mean(axis=0).min()": "Your function never reads its parameter `policy`.",
            "return payoffs.sum(axis=0).min()": "Your function never reads its parameter `policy`.",
            "return (payoffs * policy[:, None]).min()": "You took the least of the weighted payoffs",
            "return (payoffs * policy[:, None]).min(axis=0).sum()": Told(
                "Column by column you expect", never=("added up along your rows",)
            ),
            "return 1 - 2 * max(policy)": "Your function never reads its parameter `payoffs`.",
            "return 0": "Your function never reads its parameter `payoffs`.",
            "return -1.0": "Your function never reads its parameter `payoffs`.",
            "return -abs(policy[0] - policy[1])": "Your function never reads its parameter `payoffs`.",
            """
            policy = np.ones(len(policy)) / len(policy)
            return (policy @ payoffs).min()
            """: Told("Column by column you expect", never=("never reads",)),
            """
            from marl_lessons.solvers import zero_sum
            return zero_sum.minimax(payoffs).value
            """: "Your function never reads its parameter `policy`.",
            # Results of another kind.
            "(policy @ payoffs).min()": "Did you forget `return`?",
            "print((policy @ payoffs).min())": "The result is `None`.",
            "return policy @ payoffs": "Expected a single number, got an array of shape (3,)",
            "return (policy * payoffs.T).min(axis=0)": "Expected a single number, got an array of shape (2,)",
            "return [(policy @ payoffs).min()]": "Expected a number, got a list",
            "return (policy @ payoffs).min(keepdims=True)": "got an array of shape (1,)",
            "return policy @ payoffs < 0": "Expected a single number",
            "return policy @ payoffs.min": "ValueError: matmul",
            # Inputs that change, and code that does not run.
            """
            payoffs *= policy[:, None]
            return payoffs.sum(axis=0).min()
            """: "changed its input `payoffs`",
            """
            policy[:] = policy * 2
            return (policy @ payoffs).min() / 2
            """: "changed its input `policy`",
            "return (payoffs @ policy).min()": "`@` needs the last axis on its left",
            "return (payoffs * policy).sum(axis=1).min()": "ValueError: operands could not be broadcast",
            """
            p, q = policy
            return min(p * payoffs[0] + q * payoffs[1])
            """: "too many values to unpack",
            "return (policy @ payoffs).minimum()": "AttributeError",
            "return (policy @ lopsided).min()": "NameError: name 'lopsided' is not defined",
            Cell("""
            pennies = np.array([[1.0, -1.0], [-1.0, 1.0]])

            def guaranteed_payoff(payoffs, policy):
                return (policy @ pennies).min()
            """): "Your function never reads its parameter `payoffs`.",
            Cell("""
            def guaranteed_payoff(policy, payoffs):
                return (policy @ payoffs).min()
            """): "Keep the order of the parameters, `guaranteed_payoff(payoffs,",
        },
    ),
}
