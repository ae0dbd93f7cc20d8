"""Answers to exercise 9.4."""

from tests.bank.bank import Answers, Cell, Told

ANSWERS = {
    "9.4": Answers(
        right=[
            """
            guests = np.bincount(nights)
            worth = guests * np.exp(-guests / capacity)
            one_less = (guests - 1) * np.exp(-(guests - 1) / capacity)
            return (worth - one_less)[nights]
            """,
            """
            def total(who):
                x = np.bincount(who)
                return (x * np.exp(-x / capacity)).sum()

            return np.array([total(nights) - total(np.delete(nights, i)) for i in range(len(nights))])
            """,
            """
            x = (nights[:, None] == nights).sum(axis=1)
            return x * np.exp(-x / capacity) - (x - 1) * np.exp((1 - x) / capacity)
            """,
            """
            _, where, counts = np.unique(nights, return_inverse=True, return_counts=True)
            x = counts[where]
            pleasure = np.exp(-x / capacity)
            return pleasure * (x - (x - 1) * np.exp(1 / capacity))
            """,
            """
            rewards = []
            for night in nights.tolist():
                x = nights.tolist().count(night)
                rewards.append(x * np.exp(-x / capacity) - (x - 1) * np.exp(-(x - 1) / capacity))
            return np.array(rewards)
            """,
            """
            from marl_lessons.environments import Crowd
            crowd = Crowd(len(nights), int(nights.max()) + 1, capacity, "difference")
            return crowd.pay(crowd.count_guests(nights[None]), nights[None])[0]
            """,
            Cell("""
            worth = lambda x, b: x * np.exp(-x / b)
            difference_rewards = lambda n, b: np.diff(worth(np.arange(len(n) + 1), b))[np.bincount(n)[n] - 1]
            """),
            """
            one_hot = np.eye(nights.max() + 1)[nights]
            guests = one_hot.sum(axis=0)
            worth = lambda x: x * np.exp(-x / capacity)
            return worth(guests).sum() - worth(guests - one_hot).sum(axis=1)
            """,
            """
            rewards = np.zeros(len(nights))
            for night in np.unique(nights):
                x = (nights == night).sum()
                rewards[nights == night] = x * np.exp(-x / capacity) - (x - 1) * np.exp(-(x - 1) / capacity)
            return rewards
            """,
        ],
        wrong={
            # The ideas that the lesson knows by name.
            """
            x = np.bincount(nights)
            return (x * np.exp(-x / capacity))[nights]
            """: "the local reward",
            """
            x = np.bincount(nights)
            return np.exp(-x / capacity)[nights]
            """: "less full too",
            """
            x = np.bincount(nights)
            return np.full(len(nights), (x * np.exp(-x / capacity)).sum())
            """: "the global reward",
            """
            x = np.bincount(nights)
            return ((x + 1) * np.exp(-(x + 1) / capacity) - x * np.exp(-x / capacity))[nights]
            """: "one guest *more*",
            """
            x = np.bincount(nights)
            return ((x - 1) * np.exp(-(x - 1) / capacity) - x * np.exp(-x / capacity))[nights]
            """: "wrong sign",
            """
            x = np.bincount(nights)
            return (x * np.exp(-x / capacity) - (x - 1) * np.exp(-x / capacity))[nights]
            """: "less full too",
            """
            x = np.bincount(nights)
            return (x * np.exp(-x / capacity) - x * np.exp(-(x - 1) / capacity))[nights]
            """: "x - 1 stands in both places",
            """
            x = np.bincount(nights)
            less = np.maximum(x - 1, 0)
            gap = (x * np.exp(-x / capacity)).sum() - (less * np.exp(-less / capacity)).sum()
            return np.full(len(nights), gap)
            """: "from *every* night",
            """
            x = np.bincount(nights)
            return (x * np.exp(-x / 5) - (x - 1) * np.exp(-(x - 1) / 5))[nights] + 0 * capacity
            """: "You divide by 5",
            """
            x = np.bincount(nights)
            return (x * np.exp(-x * capacity) - (x - 1) * np.exp(-(x - 1) * capacity))[nights]
            """: "You multiply by `capacity`",
            """
            x = np.bincount(nights)
            return (x * np.exp(x / capacity) - (x - 1) * np.exp((x - 1) / capacity))[nights]
            """: "lacks its minus",
            # Other numbers.
            """
            x = np.bincount(nights)
            return (x * np.exp(-x / 5) - (x - 1) * np.exp(-(x - 1) / 5))[nights]
            """: "You divide by 5",
            """
            x = np.bincount(nights)
            return np.round((x * np.exp(-x / capacity) - (x - 1) * np.exp(-(x - 1) / capacity))[nights], 2)
            """: "2 decimals",
            """
            x = np.bincount(nights)
            return 2 * (x * np.exp(-x / capacity) - (x - 1) * np.exp(-(x - 1) / capacity))[nights]
            """: "always 2 times",
            """
            x = np.bincount(nights)
            return (x * np.exp(-x // capacity) - (x - 1) * np.exp(-(x - 1) // capacity))[nights]
            """: "Right in",
            """
            x = len(nights)
            return np.full(x, x * np.exp(-x / capacity) - (x - 1) * np.exp(-(x - 1) / capacity))
            """: "as guests of one night",
            # Results of another kind.
            """
            x = np.bincount(nights)
            return x * np.exp(-x / capacity) - (x - 1) * np.exp(-(x - 1) / capacity)
            """: "Expected shape (5,)",
            """
            x = np.bincount(nights)
            return list((x * np.exp(-x / capacity) - (x - 1) * np.exp(-(x - 1) / capacity))[nights])
            """: "np.array",
            """
            x = np.bincount(nights)
            (x * np.exp(-x / capacity) - (x - 1) * np.exp(-(x - 1) / capacity))[nights]
            """: "Did you forget `return`?",
            """
            x = np.bincount(nights)
            return (x * np.exp(-x / capacity) - (x - 1) * np.exp(-(x - 1) / capacity)).sum()
            """: "Expected a NumPy array",
            # Inputs that change, and code that does not run.
            """
            nights -= nights.min()
            x = np.bincount(nights)
            return (x * np.exp(-x / capacity) - (x - 1) * np.exp(-(x - 1) / capacity))[nights]
            """: "`nights`",
            "return guests * np.exp(-guests / capacity)": "name 'guests' is not defined",
            """
            x = np.bincount(nights)
            return (x * math.exp(-x / capacity))[nights]
            """: "is not defined",
            # More ideas that the lesson knows by name.
            """
            x = np.bincount(nights)
            g = lambda x: x * np.exp(-x / capacity)
            return np.array([g(x).sum() - g(x - 1).sum() for _ in nights])
            """: "from *every* night",
            """
            x = np.bincount(nights)
            worth = lambda: (x * np.exp(-x / capacity)).sum()
            everybody, rewards = worth(), []
            for night in nights:
                x[night] -= 1
                rewards.append(everybody - worth())
            return np.array(rewards)
            """: "is missing for all later agents",
            """
            x = np.bincount(nights)
            worth = lambda: (x * np.exp(-x / capacity)).sum()
            rewards = []
            for night in nights:
                before = worth()
                x[night] -= 1
                rewards.append(before - worth())
            return np.array(rewards)
            """: "is missing for all later agents",
            """
            x = np.bincount(nights)[nights]
            return (x * np.exp(-x / capacity) - (x - 1) * np.exp(-(x - 1) / capacity)) / x
            """: "Each of them makes all of it",
            """
            x = np.bincount(nights)[nights]
            return (1 - x / capacity) * np.exp(-x / capacity)
            """: "the slope of the formula",
            """
            x = np.bincount(nights)[nights]
            return x * np.exp(-x / capacity) - x - 1 * np.exp(-(x - 1) / capacity)
            """: "lacks its brackets in your formula",
            """
            x = np.bincount(nights)[nights]
            return x * np.exp(-x / capacity) - x - 1 * np.exp(-x - 1 / capacity)
            """: Told("x - 1 lacks its brackets: `(x - 1) * np.exp(", never=("it is too small",)),
            """
            x = np.bincount(nights)[nights]
            return x * np.exp(-x / capacity) - (x - 1) * np.exp(-x - 1 / capacity)
            """: "is -x - 1/capacity",
            """
            x = np.bincount(nights)[nights]
            return x * np.exp(-x / capacity) - (x - 1) * np.exp(-(x - 1 / capacity))
            """: Told("is -x + 1/capacity", never=("names a night twice",)),
            """
            x = np.bincount(nights)[nights]
            return x * np.exp(-x / capacity) - (x - 1) * np.exp(-(x - 1) / 5)
            """: Told("One of your two exponents", never=("names a night twice",)),
            """
            x = np.bincount(nights)[nights]
            return x * np.exp(-x / 5) - (x - 1) * np.exp(-(x - 1) / capacity)
            """: "One of your two exponents",
            """
            x = np.bincount(nights)
            worth = x * np.exp(-x / capacity)
            return worth[nights] - worth[nights - 1]
            """: "the worth of the night before",
            """
            x = np.bincount(nights)[nights]
            return x * np.exp(-x / capacity) - (x - 1) * np.exp((-x - 1) / capacity)
            """: "as with a guest *more*",
            """
            return nights * np.exp(-nights / capacity) - (nights - 1) * np.exp(-(nights - 1) / capacity)
            """: "the *numbers* of the nights",
            """
            x = np.bincount(nights)
            worth = x * np.exp(-x / capacity)
            return worth.sum() - worth[nights]
            """: "all the *other* nights",
        },
    ),
}
