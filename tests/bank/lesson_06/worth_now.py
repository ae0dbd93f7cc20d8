"""Answers to exercise 6.4."""

from tests.bank.bank import Answers, Cell, Told

ANSWERS = {
    "6.4": Answers(
        right=[
            "return (1 - epsilon) * payoffs[:, favorite] + epsilon * payoffs.mean(axis=1)",
            """
            policy = np.full(payoffs.shape[1], epsilon / payoffs.shape[1])
            policy[favorite] += 1 - epsilon
            return payoffs @ policy
            """,
            """
            worth = np.zeros(len(payoffs))
            for row in range(len(payoffs)):
                for column in range(payoffs.shape[1]):
                    chance = epsilon / payoffs.shape[1]
                    if column == favorite:
                        chance += 1 - epsilon
                    worth[row] += chance * payoffs[row, column]
            return worth
            """,
            "return np.array([(1 - epsilon) * row[favorite] + epsilon * sum(row) / len(row) for row in payoffs])",
            "return np.average([payoffs[:, favorite], payoffs.mean(axis=1)], axis=0, weights=[1 - epsilon, epsilon])",
            """
            from marl_lessons.policies import epsilon_greedy
            return payoffs @ epsilon_greedy(np.eye(payoffs.shape[1])[favorite], epsilon)
            """,
            "return np.float32(payoffs[:, favorite] + epsilon * (payoffs.mean(1) - payoffs[:, favorite]))",
            Cell("worth_now = lambda table, best, e: e * table.mean(axis=1) + (1 - e) * table.T[best]"),
            Cell("""
            class Worth:
                def __call__(self, payoffs, favorite, epsilon):
                    print("favorite", favorite)
                    known, unknown = payoffs[:, favorite], payoffs.sum(axis=1) / payoffs.shape[1]
                    return known * (1 - epsilon) + unknown * epsilon

            worth_now = Worth()
            """),
        ],
        wrong={
            # The ideas that the lesson knows by name.
            """
            others = np.delete(payoffs, favorite, axis=1) if payoffs.shape[1] > 1 else payoffs
            return (1 - epsilon) * payoffs[:, favorite] + epsilon * others.mean(axis=1)
            """: Told("a partner that explores never takes its favorite", never=("the wrong way round",)),
            """
            policy = np.full(payoffs.shape[1], epsilon / payoffs.shape[1])
            policy[favorite] = 1 - epsilon
            return payoffs @ policy
            """: "Your probabilities do not add up to 1",
            """
            other = payoffs[:, 1 - favorite]
            return (1 - epsilon / 2) * payoffs[:, favorite] + epsilon / 2 * other
            """: "columns",
            "return epsilon * payoffs[:, favorite] + (1 - epsilon) * payoffs.mean(axis=1)": "the wrong way round",
            "return payoffs[:, favorite] * 1.0": "You leave out that the partner explores",
            "return payoffs.mean(axis=1)": "You leave out the favorite",
            "return (1 - epsilon) * payoffs[:, favorite]": "What I get while the partner explores is missing",
            "return payoffs[:, favorite] + epsilon * payoffs.mean(axis=1)": "You count the favorite fully",
            "return (1 - epsilon) * payoffs[:, favorite] + payoffs.mean(axis=1)": "the mean of each row fully",
            "return (1 - epsilon) * payoffs[:, favorite] + epsilon * payoffs.sum(axis=1)": "You added up each row",
            "return (1 - epsilon) * payoffs[:, favorite] + epsilon * payoffs.max(axis=1)": "the best of each row",
            "return (1 - epsilon) * payoffs[:, favorite] + epsilon * payoffs.mean()": "the mean of the whole table",
            "return (payoffs[:, favorite] + payoffs.mean(axis=1)) / 2": "right for epsilon 0.5 only",
            "return (1 - epsilon) * payoffs.max(axis=1) + epsilon * payoffs.mean(axis=1)": "the best column for me",
            # Axes.
            "return (1 - epsilon) * payoffs[favorite] + epsilon * payoffs.mean(axis=0)": "You swapped the agents",
            "return (1 - epsilon) * payoffs[favorite] + epsilon * payoffs.mean(axis=1)": "You took a row for the",
            "return (1 - epsilon) * payoffs[:, favorite] + epsilon * payoffs.mean(axis=0)": "You averaged over my",
            # Results of another kind.
            "(1 - epsilon) * payoffs[:, favorite] + epsilon * payoffs.mean(axis=1)": "Did you forget `return`?",
            "return ((1 - epsilon) * payoffs[:, favorite] + epsilon * payoffs.mean(axis=1)).tolist()": "Wrap it in",
            "return ((1 - epsilon) * payoffs[:, favorite] + epsilon * payoffs.mean(axis=1)).max()": "Expected a NumPy",
            "return (1 - epsilon) * payoffs[:, [favorite]] + epsilon * payoffs.mean(axis=1, keepdims=True)": "length 1",
            # Corners.
            "return (1 - epsilon) * payoffs[:, 0] + epsilon * payoffs.mean(axis=1)": "favorite",
            """
            epsilon = epsilon or 0.1
            return (1 - epsilon) * payoffs[:, favorite] + epsilon * payoffs.mean(axis=1)
            """: "Wrong only where `epsilon` is 0",
            """
            epsilon = min(epsilon, 0.95)
            return (1 - epsilon) * payoffs[:, favorite] + epsilon * payoffs.mean(axis=1)
            """: "Wrong only where `epsilon` is 1",
            "return np.round((1 - epsilon) * payoffs[:, favorite] + epsilon * payoffs.mean(axis=1), 1)": "rounded",
            """
            payoffs *= 1
            payoffs[:, favorite] = (1 - epsilon) * payoffs[:, favorite] + epsilon * payoffs.mean(axis=1)
            return payoffs[:, favorite]
            """: "changed its input `payoffs`",
        },
    ),
}
