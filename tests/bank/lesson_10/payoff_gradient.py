"""Answers to exercise 10.2."""

from tests.bank.bank import Answers, Cell, Told

ANSWERS = {
    "10.2": Answers(
        right=[
            """
            values = payoffs @ partner_policy
            return policy * (values - policy @ values)
            """,
            """
            q = [sum(p * r for p, r in zip(partner_policy, row)) for row in payoffs]
            average = sum(p * value for p, value in zip(policy, q))
            return np.array([p * (value - average) for p, value in zip(policy, q)])
            """,
            """
            values = payoffs.dot(partner_policy)
            return policy * values - policy * np.sum(policy * values)
            """,
            """
            jacobian = np.diag(policy) - np.outer(policy, policy)
            return jacobian @ payoffs @ partner_policy
            """,
            """
            from marl_lessons.policy_gradients import softmax_gradient
            return softmax_gradient(policy, payoffs @ partner_policy)
            """,
            """
            values = (payoffs * partner_policy).sum(axis=1)
            leads = values[:, None] - values
            return policy * (leads @ policy)
            """,
            Cell("""
            payoff_gradient = lambda r, x, y: np.einsum("a,a->a", x, r @ y - x @ r @ y)
            """),
            """
            slopes = np.zeros(len(policy))
            for action, value in enumerate(payoffs @ partner_policy):
                slopes += policy[action] * value * (np.eye(len(policy))[action] - policy)
            return slopes
            """,
        ],
        wrong={
            "return policy * (payoffs @ partner_policy)": "compare them with nothing",
            """
            values = payoffs @ partner_policy
            return policy * values - policy @ values
            """: "Brackets are missing",
            """
            values = payoffs @ partner_policy
            return policy + policy * (values - policy @ values)
            """: "the policy after a step",
            """
            values = payoffs @ partner_policy
            return values - policy @ values
            """: "Multiply it by the action's own probability",
            "return payoffs @ partner_policy": "You return what the actions are worth",
            """
            values = payoffs @ partner_policy
            return policy * (values - values.mean())
            """: "the plain mean of the values",
            """
            values = payoffs @ partner_policy
            return policy * (policy @ values - values)
            """: "signs are the wrong way round",
            """
            values = payoffs @ partner_policy
            return policy * (values - values.max())
            """: "the value of your best action",
            """
            values = payoffs @ partner_policy
            return policy * (1 - policy) * values
            """: "the other actions lose",
            """
            values = payoffs @ partner_policy
            return (values - policy @ values) / len(values)
            """: "divide by the number of actions",
            """
            values = payoffs.mean(axis=1)
            return policy * (values - policy @ values)
            """: "as if the partner drew evenly",
            """
            values = payoffs.sum(axis=1)
            return policy * (values - policy @ values)
            """: "You add up the payoffs of each row",
            """
            values = payoffs.T @ partner_policy
            return policy * (values - policy @ values)
            """: "Without `.T` they would fit: `payoffs @ partner_policy`, with an entry for each row",
            """
            values = payoffs @ policy
            return policy * (values - policy @ values)
            """: Told("`payoffs @ partner_policy` would fit", never=("the other way round",)),
            """
            values = payoffs @ partner_policy
            return policy @ (values - policy @ values)
            """: "got",
            """
            values = payoffs @ partner_policy
            return 2 * policy * (values - policy @ values)
            """: "always 2 times",
            """
            values = payoffs @ partner_policy
            return (policy * (values - policy @ values)).round(1)
            """: "to one decimal",
            """
            values = payoffs @ partner_policy
            return list(policy * (values - policy @ values))
            """: "Wrap it in `np.array(...)`",
            """
            values = payoffs @ partner_policy
            policy * (values - policy @ values)
            """: "Did you forget `return`?",
            """
            values = payoffs @ partner_policy
            values -= policy @ values
            policy *= values
            return policy
            """: "`policy`",
            """
            values = payoffs @ partner_policy
            if policy.max() == 1:
                return values - policy @ values
            return policy * (values - policy @ values)
            """: "Right in",
            # More ideas that the lesson knows by name.
            """
            values = payoffs @ partner_policy
            return policy * (values - values.sum())
            """: "the plain sum of the values",
            """
            values = payoffs @ partner_policy
            return policy * (values - (policy * values).mean())
            """: "You take the *mean* of the weighted values",
            """
            values = payoffs @ partner_policy
            slopes = policy * values
            return slopes - slopes.mean()
            """: "the same number from all the slopes",
            """
            values = payoffs @ partner_policy
            return np.eye(len(policy))[values.argmax()] - policy
            """: "You move toward your best action",
            """
            from marl_lessons.policies import softmax
            policy = softmax(policy)
            values = payoffs @ partner_policy
            return policy * (values - policy @ values)
            """: "You take the softmax of `policy`",
        },
    ),
}
