"""Answers to exercise 10.4."""

from tests.bank.bank import Answers, Cell

ANSWERS = {
    "10.4": Answers(
        right=[
            """
            paid = would_pay[np.arange(len(actions)), actions]
            return paid - would_pay @ policy
            """,
            """
            advantages = []
            for row, action in zip(would_pay, actions):
                advantages.append(row[action] - sum(p * pays for p, pays in zip(policy, row)))
            return np.array(advantages)
            """,
            """
            from marl_lessons import policy_gradients
            return policy_gradients.counterfactual_advantages(would_pay, policy, actions)
            """,
            """
            one_hot = np.eye(len(policy))[actions]
            return ((one_hot - policy) * would_pay).sum(axis=1)
            """,
            """
            paid = np.take_along_axis(would_pay, actions[:, None], axis=1)[:, 0]
            return paid - np.average(would_pay, axis=1, weights=policy)
            """,
            """
            leads = would_pay - (would_pay * policy).sum(axis=1, keepdims=True)
            return leads[range(len(actions)), actions]
            """,
            Cell("""
            counterfactual_advantages = lambda q, pi, a: np.einsum("ka,ka->k", np.eye(len(pi))[a] - pi, q)
            """),
            """
            advantages = would_pay[np.arange(len(actions)), actions].astype(float)
            for action, chance in enumerate(policy):
                advantages -= chance * would_pay[:, action]
            return advantages
            """,
        ],
        wrong={
            "return would_pay[np.arange(len(actions)), actions]": "You return what the plays paid",
            "return would_pay @ policy": "You return the baseline",
            """
            paid = would_pay[np.arange(len(actions)), actions]
            return would_pay @ policy - paid
            """: "signs are the wrong way round",
            """
            paid = would_pay[np.arange(len(actions)), actions]
            return paid - would_pay.mean(axis=1)
            """: "as if you drew your actions evenly",
            """
            paid = would_pay[np.arange(len(actions)), actions]
            return paid - paid.mean()
            """: "one number for all, like N/2",
            """
            paid = would_pay[np.arange(len(actions)), actions]
            return paid - paid * policy[actions]
            """: "the part of the action played alone",
            """
            paid = would_pay[np.arange(len(actions)), actions]
            return paid - (would_pay @ policy).mean()
            """: "one number from all plays",
            """
            paid = would_pay[np.arange(len(actions)), actions]
            return paid - would_pay.max(axis=1)
            """: "You compare with the best action",
            """
            paid = would_pay[np.arange(len(actions)), actions]
            others = would_pay @ policy - policy[actions] * paid
            return paid - others
            """: "the action that was played out of the average",
            """
            paid = would_pay[np.arange(len(actions)), actions]
            return policy[actions] * (paid - would_pay @ policy)
            """: "multiply by the probability of the action played",
            """
            paid = would_pay[np.arange(len(actions)), actions]
            return policy[actions] * paid - would_pay @ policy
            """: "It was paid in full",
            """
            paid = would_pay[np.arange(len(actions)), actions]
            return paid - would_pay.sum(axis=1)
            """: "add up the row without weighing it",
            "return would_pay.max(axis=1) - would_pay @ policy": "the best entry of each row",
            """
            paid = would_pay[np.arange(len(actions)), actions]
            return paid - would_pay[:, policy.argmax()]
            """: "your likeliest action",
            """
            paid = would_pay[:, actions]
            return paid - would_pay @ policy
            """: "(3,)",
            """
            paid = would_pay[np.arange(len(actions)), actions]
            return paid - (would_pay @ policy)[:, None]
            """: "(3,)",
            """
            paid = would_pay[np.arange(len(actions)), actions]
            return 2 * (paid - would_pay @ policy)
            """: "always 2 times",
            """
            paid = would_pay[np.arange(len(actions)), actions]
            return (paid - would_pay @ policy).round(1)
            """: "to one decimal",
            """
            paid = would_pay[np.arange(len(actions)), actions]
            paid - would_pay @ policy
            """: "Did you forget `return`?",
            """
            paid = would_pay[np.arange(len(actions)), actions]
            if policy.max() == 1:
                return paid - would_pay.mean(axis=1)
            return paid - would_pay @ policy
            """: "Right in",
            """
            pairs = zip(would_pay, actions)
            return [row[action] - row @ policy for row, action in pairs]
            """: "Wrap it in `np.array(...)`",
            """
            paid = would_pay[np.arange(len(actions)), actions]
            return paid - policy * would_pay
            """: "add it up first, `.sum(axis=1)`",
            # More ideas that the lesson knows by name.
            """
            paid = would_pay[np.arange(len(actions)), actions]
            return paid - (would_pay * policy).sum()
            """: "one number from all plays",
            """
            paid = would_pay[np.arange(len(actions)), actions]
            others = policy * (1 - np.eye(len(policy))[actions])
            total = others.sum(axis=1)
            return paid - (would_pay * others).sum(axis=1) / np.where(total > 0, total, 1)
            """: "the action that was played out of the average",
            """
            paid = would_pay[np.arange(len(actions)), actions]
            return paid - (would_pay * policy).mean(axis=1)
            """: "You take the *mean* of the weighted entries",
            """
            paid = would_pay[np.arange(len(actions)), actions]
            return paid + would_pay @ policy
            """: "You add the average",
            """
            paid = would_pay[np.arange(len(actions)), actions]
            chances = np.bincount(actions, minlength=len(policy)) / len(actions)
            return paid - would_pay @ chances
            """: "how often they were played",
            """
            from marl_lessons.policies import softmax
            paid = would_pay[np.arange(len(actions)), actions]
            return paid - would_pay @ softmax(policy)
            """: "You take the softmax of `policy`",
        },
    ),
}
