"""Answers to exercise 12.3."""

from tests.bank.bank import Answers, Cell

ANSWERS = {
    "12.3": Answers(
        right=[
            "return reward + gamma * my_policy @ next_values @ partner_policy",
            """
            average = 0
            for p, row in zip(my_policy, next_values):
                for q, value in zip(partner_policy, row):
                    average += p * q * value
            return reward + gamma * average
            """,
            "return reward + gamma * (np.outer(my_policy, partner_policy) * next_values).sum()",
            'return reward + gamma * np.einsum("a,ab,b->", my_policy, next_values, partner_policy)',
            """
            beside = (next_values * partner_policy).sum(axis=1)
            return float(reward + gamma * np.average(beside, weights=my_policy))
            """,
            Cell("""
            joint_target = lambda r, q, mine, yours, gamma: r + gamma * np.dot(mine, np.dot(q, yours))
            """),
            """
            mean = sum(p * (row @ partner_policy) for p, row in zip(my_policy, next_values))
            return np.float64(reward) + gamma * mean
            """,
        ],
        wrong={
            "return reward + gamma * next_values.max()": "You take the best entry",
            "return reward + gamma * next_values.mean()": "as if both drew evenly",
            "return reward + gamma * next_values[my_policy.argmax(), partner_policy.argmax()]": "the likeliest actions",
            "return reward + gamma * (next_values @ partner_policy).max()": "take the best of *mine*",
            "return reward + gamma * (my_policy @ next_values).max()": "take the best of the *partner's*",
            "return reward + gamma * (my_policy @ next_values).mean()": "as if the partner drew evenly",
            "return reward + gamma * (next_values @ partner_policy).mean()": "as if I drew evenly",
            "return reward + gamma * (np.outer(my_policy, partner_policy) * next_values).mean()": (
                "You take the *mean* of the weighted entries"
            ),
            "return reward + gamma * next_values.sum()": "add up all entries without weighing them",
            "return reward + my_policy @ next_values @ partner_policy": "You forget gamma",
            "return gamma * (reward + my_policy @ next_values @ partner_policy)": "You discount the reward as well",
            "return gamma * my_policy @ next_values @ partner_policy": "You leave the reward out",
            "return my_policy @ next_values @ partner_policy": "You return what follows alone",
            "return reward - gamma * my_policy @ next_values @ partner_policy": "You subtract what follows",
            """
            from marl_lessons.policies import softmax
            return reward + gamma * softmax(my_policy) @ next_values @ softmax(partner_policy)
            """: "You take the softmax of the policies",
            """
            total = 0
            for a, p in enumerate(my_policy):
                for b, q in enumerate(partner_policy):
                    total += p * q * next_values[b % len(next_values), a % len(next_values[0])]
            square = len(my_policy) == len(partner_policy)
            return reward + gamma * (total if square else my_policy @ next_values @ partner_policy)
            """: "Wrong only where the table is square",
            "return reward + gamma * my_policy @ next_values.T @ partner_policy": "Without `.T`",
            "return reward + gamma * partner_policy @ next_values @ my_policy": "my_policy",
            "return reward + gamma * next_values @ partner_policy": "Expected a single number",
            "reward + gamma * my_policy @ next_values @ partner_policy": "Did you forget `return`?",
            """
            total = 0
            for a in range(len(my_policy)):
                for b in range(len(my_policy)):
                    total += my_policy[a] * partner_policy[b] * next_values[a, b]
            return reward + gamma * total
            """: "as many columns as the table has rows",
            """
            total = 0
            for a, p in enumerate(my_policy):
                for b, q in enumerate(partner_policy):
                    total += reward + gamma * p * q * next_values[a, b]
            return total
            """: "the reward once for every entry",
            "return reward + gamma * ((my_policy[:, None] + partner_policy) / 2 * next_values).sum()": (
                "the mean of the two probabilities"
            ),
            "return round(reward + gamma * my_policy @ next_values @ partner_policy, 1)": "to one decimal",
            "return int(reward + gamma * my_policy @ next_values @ partner_policy)": "whole",
            "return 0.99 * my_policy @ next_values @ partner_policy + reward": "never reads its parameter `gamma`",
            """
            if my_policy.max() == 1 and partner_policy.max() == 1:
                return reward + gamma * next_values.max()
            return reward + gamma * my_policy @ next_values @ partner_policy
            """: "Right in",
        },
    ),
}
