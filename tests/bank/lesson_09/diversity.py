"""Answers to exercise 9.1."""

from tests.bank.bank import Answers, Cell, Told

ANSWERS = {
    "9.1": Answers(
        right=[
            """
            bonuses = []
            for row in actions:
                num_agents, unique = len(row), len(set(row))
                bonuses.append(0.2 * unique / num_agents - 0.1 * (num_agents - unique))
            return np.array(bonuses)
            """,
            """
            n = actions.shape[1]
            ordered = np.sort(actions, axis=1)
            u = 1 + (ordered[:, 1:] != ordered[:, :-1]).sum(axis=1)
            return 0.2 * u / n - 0.1 * (n - u)
            """,
            """
            from marl_lessons.shaping import diversity_bonus
            return diversity_bonus(actions)[:, 0]
            """,
            """
            unique = np.array([np.unique(row).size for row in actions])
            n = actions.shape[1]
            return 0.2 * (unique / n) + 0.1 * (unique - n)
            """,
            """
            bonus = np.zeros(len(actions))
            for r in range(len(actions)):
                seen = []
                for action in actions[r]:
                    if action not in seen:
                        seen.append(action)
                bonus[r] = 0.2 * len(seen) / len(actions[r])
                bonus[r] += -0.1 * (len(actions[r]) - len(seen))
            return bonus
            """,
            Cell("""
            diversity_bonus = lambda a: np.array([0.2 * len({*r}) / r.size - 0.1 * (r.size - len({*r})) for r in a])
            """),
            Cell("""
            class Bonus:
                def __call__(self, actions):
                    u = np.apply_along_axis(lambda row: len(np.unique(row)), 1, actions)
                    return (0.2 * u / actions.shape[1] - 0.1 * (actions.shape[1] - u)).astype(np.float32)

            diversity_bonus = Bonus()
            """),
            """
            def count(row):
                return len(row) - sum(action in row[:agent] for agent, action in enumerate(row))

            n = actions.shape[1]
            repeated = np.array([n - count(row) for row in actions.tolist()])
            return 0.2 - 0.2 * repeated / n - 0.1 * repeated
            """,
            """
            present = np.eye(actions.max() + 1)[actions].max(axis=1).sum(axis=1)
            n = actions.shape[1]
            return 0.2 * present / n - 0.1 * (n - present)
            """,
        ],
        wrong={
            # The ideas that the lesson knows by name.
            "return np.array([0.2 * len(set(row)) / len(row) for row in actions])": "lacks the second part",
            "return np.array([-0.1 * (len(row) - len(set(row))) for row in actions])": "lacks the first part",
            """
            return np.array([0.2 * len(set(row)) / len(row) + 0.1 * (len(row) - len(set(row))) for row in actions])
            """: "You *pay* 0.1",
            """
            return np.array([0.2 * len(set(row)) - 0.1 * (len(row) - len(set(row))) for row in actions])
            """: "It is their share",
            """
            return np.array([(0.2 * len(set(row)) - 0.1 * (len(row) - len(set(row)))) / len(row) for row in actions])
            """: "Only the first one is a share",
            """
            n = actions.shape[1]
            u = np.array([len(set(row)) for row in actions])
            return 0.2 * (u == n) - 0.1 * (n - u)
            """: "only where all the actions differ",
            """
            n = actions.shape[1]
            u = np.array([len(set(row)) for row in actions])
            return 0.2 * u / n - 0.1 * (u < n)
            """: "You take away 0.1 once",
            """
            n = actions.shape[1]
            u = np.array([len(set(row)) for row in actions])
            return 0.2 * n / u - 0.1 * (n - u)
            """: "upside down",
            """
            n, u = actions.shape[1], len(np.unique(actions))
            return np.full(len(actions), 0.2 * u / n - 0.1 * (n - u))
            """: "of all the teams together",
            """
            result = []
            for row in actions.tolist():
                sharing = len([a for a in row if row.count(a) > 1])
                result.append(0.2 * len(set(row)) / len(row) - 0.1 * sharing)
            return np.array(result)
            """: "everybody who shares an action",
            """
            n = actions.shape[1]
            u = 1 + (np.diff(actions, axis=1) != 0).sum(axis=1)
            return 0.2 * u / n - 0.1 * (n - u)
            """: "with its neighbor only",
            """
            n = actions.shape[1]
            u = actions.max(axis=1) + 1
            return 0.2 * u / n - 0.1 * (n - u)
            """: "the largest action",
            """
            n = actions.shape[1]
            u = np.array([sum(list(row).count(a) == 1 for a in row) for row in actions])
            return 0.2 * u / n - 0.1 * (n - u)
            """: "exactly one agent takes",
            # Other numbers.
            """
            return np.array([0.2 * len(set(row)) / 2 - 0.1 * (2 - len(set(row))) for row in actions])
            """: "You count two agents",
            """
            u = np.array([len(set(row)) for row in actions])
            n = actions.shape[1]
            return np.round(0.2 * u / n - 0.1 * (n - u), 1)
            """: "decimal",
            """
            u = np.array([len(set(row)) for row in actions])
            n = actions.shape[1]
            return 2 * (0.2 * u / n - 0.1 * (n - u))
            """: "always 2 times",
            # Results of another kind.
            """
            for row in actions:
                return 0.2 * len(set(row)) / len(row) - 0.1 * (len(row) - len(set(row)))
            """: "Expected a NumPy array",
            """
            return [0.2 * len(set(row)) / len(row) - 0.1 * (len(row) - len(set(row))) for row in actions]
            """: "np.array",
            """
            u = np.array([len(set(row)) for row in actions])
            n = actions.shape[1]
            0.2 * u / n - 0.1 * (n - u)
            """: "Did you forget `return`?",
            """
            from marl_lessons.shaping import diversity_bonus
            return diversity_bonus(actions)
            """: "Expected shape (3,)",
            """
            return np.array([0.2 * len(set(column)) / len(column) - 0.1 * (len(column) - len(set(column)))
                             for column in actions.T])
            """: "Expected shape (3,)",
            # Inputs that change, and code that does not run.
            """
            actions.sort(axis=1)
            u = 1 + (np.diff(actions, axis=1) > 0).sum(axis=1)
            n = actions.shape[1]
            return 0.2 * u / n - 0.1 * (n - u)
            """: "`actions`",
            "return 0.2 * len(set(actions)) / len(actions)": "members of a `set`",
            "return np.array([0.2 * u / n - 0.1 * (n - u) for row in actions])": "is not defined",
            # Only in some teams.
            """
            u = np.array([len(set(row)) for row in actions])
            n = actions.shape[1]
            return np.where(u == 1, 0.0, 0.2 * u / n - 0.1 * (n - u))
            """: Told("Right in", never=("lacks",)),
            # More ideas that the lesson knows by name.
            """
            n = actions.shape[1]
            u = 1 + (actions[:, 1:] != actions[:, :1]).sum(axis=1)
            return 0.2 * u / n - 0.1 * (n - u)
            """: "with agent 0 only",
            """
            n = actions.shape[1]
            u = np.count_nonzero(actions, axis=1)
            return 0.2 * u / n - 0.1 * (n - u)
            """: "the actions that are not 0",
            """
            n = actions.shape[1]
            u = (np.diff(np.sort(actions, axis=1), axis=1) != 0).sum(axis=1)
            return 0.2 * u / n - 0.1 * (n - u)
            """: "one different action too few",
            """
            n = actions.shape[1]
            u = np.array([len(set(row)) for row in actions])
            return 0.1 * u / n - 0.2 * (n - u)
            """: "0.1 and 0.2 exchanged",
            """
            bonuses = []
            for row in actions:
                n, u = len(row), len(set(row))
                bonuses.append(0.2 * u / n - 0.1 * n - u)
            return np.array(bonuses)
            """: Told("0.1 multiplies N alone", never=("too small",)),
            """
            n = len(actions)
            u = np.array([len(set(row)) for row in actions])
            return 0.2 * u / n - 0.1 * (n - u)
            """: "the number of teams for N",
            """
            n = actions.size
            u = np.array([len(set(row)) for row in actions])
            return 0.2 * u / n - 0.1 * (n - u)
            """: "the agents of all teams together",
            """
            n = actions.shape[1]
            u = np.array([len(set(row)) for row in actions])
            return np.maximum(0, 0.2 * u / n - 0.1 * (n - u))
            """: "`max(x, 0)`",
            """
            n = actions.shape[1]
            u = np.array([len(set(row)) for row in actions])
            return np.where(n == 1, 0.0, 0.2 * u / n - 0.1 * (n - u))
            """: "Wrong only where `actions` has one column",
        },
    ),
}
