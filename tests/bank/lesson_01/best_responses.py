"""Answers to exercise 1.4."""

from tests.bank.bank import Answers, Cell, Told

ANSWERS = {
    "1.4": Answers(
        right=[
            """
            values = payoffs @ partner_policy
            return values == values.max()
            """,
            """
            values = payoffs @ partner_policy
            return values >= values.max()
            """,
            """
            values = (payoffs * partner_policy).sum(axis=1)
            return np.isclose(values, np.max(values))
            """,
            """
            values = [sum(p * payoff for p, payoff in zip(partner_policy, row)) for row in payoffs]
            return np.array([value == max(values) for value in values])
            """,
            """
            values = payoffs @ partner_policy
            is_best = np.zeros(len(values), dtype=bool)
            is_best[np.flatnonzero(values == np.amax(values))] = True
            return is_best
            """,
            """
            values = payoffs @ partner_policy
            return ~(values < values.max())
            """,
            """
            values = payoffs.astype(np.float32) @ partner_policy.astype(np.float32)
            return np.array([not any(values > value) for value in values])
            """,
            Cell("""
            def action_values(payoffs, partner_policy):
                return payoffs @ partner_policy

            def best_responses(payoffs, partner_policy):
                values = action_values(payoffs, partner_policy)
                return values == values.max()
            """),
            Cell("best_responses = lambda table, policy: table @ policy == (table @ policy).max()"),
            Cell("""
            class Responder:
                def __call__(self, payoffs, partner_policy):
                    regrets = np.max(payoffs @ partner_policy) - payoffs @ partner_policy
                    return regrets == 0

            best_responses = Responder()
            """),
        ],
        wrong={
            """
            values = np.round(payoffs @ partner_policy, 1)
            return values == values.max()
            """: "[1.02, 2.  ]",
            # The ideas that the lesson knows by name.
            """
            values = payoffs @ partner_policy
            is_best = np.zeros(len(values), dtype=bool)
            is_best[values.argmax()] = True
            return is_best
            """: "Your answer names one action where several are best",
            """
            values = payoffs @ partner_policy
            is_best = values == values.max()
            return is_best if is_best.sum() == 1 else np.zeros(len(values), dtype=bool)
            """: "Each of them is a best response",
            "return payoffs.mean(axis=1) == payoffs.mean(axis=1).max()": "You gave every partner action the same",
            "return payoffs.sum(axis=1) == payoffs.sum(axis=1).max()": "You gave every partner action the same weight",
            "return payoffs.max(axis=1) == payoffs.max()": "You look for the highest payoff of the table",
            "return payoffs.min(axis=1) == payoffs.min(axis=1).max()": "You compare the worst case of each action",
            """
            column = payoffs[:, partner_policy.argmax()]
            return column == column.max()
            """: "You respond to the partner's likeliest action only",
            """
            is_best = payoffs == payoffs.max(axis=0)
            return is_best[:, partner_policy > 0].any(axis=1)
            """: "You accept an action that is best against one of the partner's actions",
            """
            values = payoffs @ partner_policy
            return values == values.min()
            """: "You look for the lowest value",
            """
            values = payoffs @ partner_policy
            return values >= values.mean()
            """: "You compare with the mean of the values",
            "return payoffs @ partner_policy > 0": "You accept every action with a value above 0",
            "return payoffs @ partner_policy >= 4": "You compare with 4, the number of the example",
            "return payoffs @ partner_policy >= 3": Told("# expected:", never=("You compare with 4",)),
            """
            values = payoffs @ partner_policy
            return values < values.max()
            """: "Your answer is the wrong way round",
            """
            values = payoffs @ partner_policy
            return values != values.max()
            """: "Your answer is the wrong way round",
            """
            values = payoffs @ partner_policy
            return values > values.max()
            """: "no value is above the highest one",
            """
            values = payoffs @ partner_policy
            return values >= values.min()
            """: Told("Your answer is True for every action.", never=("would be right if",)),
            """
            values = payoffs @ partner_policy
            return values <= values.max()
            """: Told("Your answer is True for every action.", never=("would be right if",)),
            # Others that look like them.
            """
            values = payoffs @ partner_policy
            return values >= payoffs.max()
            """: Told("it is False and should be True", never=("too small",)),
            """
            values = payoffs @ partner_policy
            is_best = np.zeros(len(values), dtype=bool)
            is_best[len(values) - 1 - values[::-1].argmax()] = True
            return is_best
            """: Told("# expected:", never=("as `argmax` does", "False for all of them")),
            """
            values = payoffs @ partner_policy
            return values >= np.median(values)
            """: Told("# expected:", never=("the mean of the values",)),
            """
            best = 0
            for value in payoffs @ partner_policy:
                if value > best:
                    best = value
            return payoffs @ partner_policy == best
            """: Told("# expected:", never=("the mean of the values",)),
            """
            is_best = payoffs == payoffs.max(axis=0)
            return is_best.any(axis=1)
            """: "# expected:",
            """
            values = payoffs @ partner_policy
            return np.isclose(values, values.max(), atol=0.3)
            """: Told("# expected:", never=("one action where several",)),
            """
            values = payoffs[:, :2] @ partner_policy[:2]
            return values == values.max()
            """: "# expected:",
            # Results of another kind.
            "return (payoffs @ partner_policy).argmax()": "This is one number. Several actions may be best",
            "return (payoffs @ partner_policy).max()": "This is one number. Several actions may be best",
            "return payoffs @ partner_policy": "These are the values. Compare them with the highest one",
            """
            values = payoffs @ partner_policy
            return np.flatnonzero(values == values.max())
            """: "These are the numbers of the best actions.",
            """
            values = payoffs @ partner_policy
            return [value == values.max() for value in values]
            """: "Wrap it in `np.array(...)`",
            """
            values = payoffs @ partner_policy
            return (values == values.max()).astype(int)
            """: "`.astype(bool)` makes them of 1 and 0",
            """
            values = payoffs @ partner_policy
            return values[values == values.max()]
            """: "Expected an array of True and False of shape (3,)",
            "return payoffs == payoffs.max(axis=0)": "Expected an array of True and False of shape (3,)",
            """
            values = payoffs @ partner_policy
            values == values.max()
            """: "Did you forget `return`?",
            # Code that does not run, and inputs that change.
            """
            values = payoffs @ partner_policy
            if values == values.max():
                return True
            """: "The truth value of an array",
            """
            values = partner_policy @ payoffs
            return values == values.max()
            """: "Your code raised `ValueError:",
            """
            payoffs *= partner_policy
            values = payoffs.sum(axis=1)
            return values == values.max()
            """: "payoffs",
            Cell("""
            def best_responses(payoffs):
                return payoffs.mean(axis=1) == payoffs.mean(axis=1).max()
            """): "Keep the parameters",
            Cell("""
            my_table = np.array([[4, 0], [3, 3], [0, 1]])

            def best_responses(payoffs, partner_policy):
                values = my_table @ partner_policy
                return values == values.max()
            """): "Your function never reads its parameter `payoffs`",
        },
    ),
}
