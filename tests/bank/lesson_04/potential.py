"""Answers to exercise 4.2."""

from tests.bank.bank import Answers, Cell, Told

ANSWERS = {
    "4.2": Answers(
        right=[
            "return team_reward + bonus_0[:, None] + bonus_1",
            "return team_reward + np.add.outer(bonus_0, bonus_1) - 7",
            "return (team_reward.T + bonus_0).T + bonus_1[None, :]",
            "return team_reward + bonus_0.reshape(-1, 1) + bonus_1.reshape(1, -1)",
            """
            table = np.zeros(team_reward.shape)
            for a in range(len(bonus_0)):
                for b in range(len(bonus_1)):
                    table[a, b] = team_reward[a, b] + bonus_0[a] + bonus_1[b]
            return table
            """,
            """
            table = np.array(team_reward, dtype=float)
            for a, bonus in enumerate(bonus_0):
                table[a] += bonus
            for b, bonus in enumerate(bonus_1):
                table[:, b] += bonus
            return table - table[0, 0]
            """,
            """
            rows, columns = np.meshgrid(bonus_0, bonus_1, indexing="ij")
            return team_reward + rows + columns
            """,
            """
            from marl_lessons import games
            payoffs = [team_reward + bonus_0[:, None], team_reward + bonus_1]
            return games.find_potential(games.MatrixGame(payoffs))
            """,
            """
            return np.array([[reward + bonus_0[a] + bonus_1[b] for b, reward in enumerate(row)]
                             for a, row in enumerate(team_reward)])
            """,
            Cell("""
            potential = lambda team, first, second: 0.1 + team + np.add.outer(first, second)
            """),
            Cell("""
            import functools

            def add_all(table, *bonuses):
                return functools.reduce(np.add, [np.reshape(bonuses[0], (-1, 1)), bonuses[1]], table)

            potential = functools.partial(add_all)
            """),
            Cell("""
            class Potential:
                def __call__(self, team_reward, bonus_0, bonus_1):
                    print("a table", team_reward.shape)
                    return np.float32(team_reward) + np.float32(bonus_0)[:, None] + np.float32(bonus_1)

            potential = Potential()
            """),
            Cell("""
            add = np.vectorize(lambda reward, first, second: reward + first + second, otypes=[float])

            def potential(team_reward, bonus_0, bonus_1):
                return add(team_reward, bonus_0[:, None], bonus_1)
            """),
            """
            own_0, own_1 = team_reward + bonus_0[:, None], team_reward + bonus_1
            along_first_column = own_0[:, :1] - own_0[0, 0]
            return along_first_column + own_1 - own_1[:, :1]
            """,
            "return team_reward + bonus_0[:, None] + bonus_1 + np.random.default_rng().normal()",
        ],
        wrong={
            "return -(team_reward + bonus_0[:, None] + bonus_1)": "turn the sign",
            "return team_reward - bonus_0[:, None] + bonus_1": "You take the bonus of agent 0 away",
            "return team_reward + bonus_0[:, None] * bonus_1[None, :]": "You multiply the two bonuses",
            """
            table = team_reward + bonus_0[:, None] + bonus_1
            return table - table.mean(axis=1, keepdims=True)
            """: "agent 0's own reward, team reward + bonus, changes by",
            """
            table = team_reward + bonus_0[:, None] + bonus_1
            return table / np.abs(table).max()
            """: Told("your table changes by", never=("times the right one",)),
            """
            own_0, own_1 = team_reward + bonus_0[:, None], team_reward + bonus_1
            return own_0[:, :1] + own_1[:1] - own_0[0, 0]
            """: "your table changes by",
            "return np.squeeze(team_reward + bonus_0[:, None] + bonus_1)": "`squeeze` takes it out",
            """
            table = np.zeros_like(team_reward)
            for a, b in np.ndindex(team_reward.shape):
                table[a, b] = team_reward[a, b] + bonus_0[a] + bonus_1[b]
            return table
            """: "Your answer is right if the numbers in `team_reward` are given as",
            """
            table = team_reward.copy()
            table += bonus_0[:, None] + bonus_1
            return table
            """: "make it with `dtype=float`",
            """
            table = team_reward
            for bonus in (bonus_0, bonus_1):
                table = table + (bonus if len(bonus) == table.shape[1] else bonus[:, None])
            return table
            """: "Wrong only where the table is square",
            "return team_reward + bonus_0[:, None] + bonus_1 + np.random.normal(size=team_reward.shape)": "random",
            "return np.diff(team_reward + bonus_0[:, None] + bonus_1, axis=0)": "This is a row less",
            "return (team_reward + bonus_0[:, None] + bonus_1).sum(axis=0)": "This is one number for each column.",
            "return (team_reward + bonus_0[:, None] + bonus_1).sum(axis=1)": "This is one number for each row.",
            Cell("""
            seen = {}

            def potential(team_reward, bonus_0, bonus_1):
                return seen.setdefault("table", team_reward + bonus_0[:, None] + bonus_1)
            """): "changes the notebook variable `seen`",
            # The ideas that the lesson knows by name.
            "return team_reward": "Your table changes as the team's reward alone does",
            "return team_reward.copy()": "its bonus changes too: add it",
            "return team_reward + bonus_0[:, None]": "The bonus of agent 1 makes no difference",
            "return team_reward + bonus_1": "The bonus of agent 0 makes no difference",
            "return (team_reward + bonus_0[:, None]) + (team_reward + bonus_1)": "holds the team's reward twice",
            "return (team_reward + bonus_0[:, None] + team_reward + bonus_1) / 2": "holds half of the bonuses",
            # Other tables.
            "return bonus_0[:, None] + bonus_1": "Your table changes as the bonuses alone do",
            "return team_reward - bonus_0[:, None] - bonus_1": "You take the bonuses away",
            "return team_reward + bonus_0[:, None] - bonus_1": "You take the bonus of agent 1 away",
            "return team_reward + bonus_0.sum() + bonus_1.sum()": "Your table changes as the team's reward alone does",
            "return team_reward + bonus_0[:, None] * bonus_1": "You multiply the two bonuses",
            "return team_reward * (bonus_0[:, None] + bonus_1)": "own reward, team reward + bonus, changes by",
            "return np.maximum(team_reward + bonus_0[:, None], team_reward + bonus_1)": "your table changes by",
            "return team_reward + np.maximum(bonus_0[:, None], bonus_1)": Told(
                "your table changes by", never=("is missing",)
            ),
            "return team_reward + bonus_0[0] + bonus_1[0]": "Your table changes as the team's reward alone does",
            "return (team_reward + bonus_0[:, None] + bonus_1).round()": "rounded or cut off to whole numbers",
            "return (team_reward + bonus_0[:, None] + bonus_1).astype(int)": "whole numbers",
            "return team_reward + abs(bonus_0[:, None]) + abs(bonus_1)": "Wrong only where a bonus is negative",
            "return team_reward + bonus_0[:, None] + bonus_1[::-1]": "From (0, 0) to (0, 1) agent 1's",
            "return (team_reward + bonus_0[:, None] + bonus_1).round(-1)": Told(
                "your table changes by", never=("rounded",)
            ),
            "return team_reward + bonus_0[:, None] + bonus_1 + np.arange(len(bonus_1))": "From (0, 0) to (0, 1)",
            """
            table = team_reward.copy()
            table[1] += bonus_0[1]
            table[:, 1] += bonus_1[1]
            return table
            """: "IndexError: index 1 is out of bounds",
            """
            table = team_reward.copy()
            for a in range(2):
                for b in range(2):
                    table[a, b] += bonus_0[a] + bonus_1[b]
            return table
            """: "IndexError: index 1 is out of bounds",
            """
            table = np.zeros(team_reward.shape)
            for a in range(len(bonus_0)):
                for b in range(len(bonus_1)):
                    table[a, b] = team_reward[a, b]
                    table[a, b] = bonus_0[a] + bonus_1[b]
            return table
            """: "Your table changes as the bonuses alone do",
            # Results of another kind.
            "team_reward + bonus_0[:, None] + bonus_1": "Did you forget `return`?",
            "print(team_reward + bonus_0[:, None] + bonus_1)": "Did you forget `return`?",
            "return team_reward + bonus_0[:, None], team_reward + bonus_1": "got a tuple",
            "return np.array([team_reward + bonus_0[:, None], team_reward + bonus_1])": "These are two tables",
            "return (team_reward + bonus_0[:, None] + bonus_1).max()": "got a float64",
            "return (team_reward + bonus_0[:, None] + bonus_1).T": "Rows and columns are swapped.",
            "return (team_reward + bonus_0[:, None] + bonus_1).tolist()": "Wrap it in `np.array(...)`",
            "return team_reward / 0 + bonus_0[:, None] + bonus_1": "entries are `nan`",
            # Inputs that change, and code that does not run.
            """
            team_reward += bonus_0[:, None]
            team_reward += bonus_1
            return team_reward
            """: "changed its input `team_reward`",
            """
            bonus_0.shape = (-1, 1)
            return team_reward + bonus_0 + bonus_1
            """: "changed its input `bonus_0`",
            "return team_reward + bonus_0 + bonus_1": "Your code raised `ValueError:",
            "return team_reward + bonus_0 + bonus_1[:, None]": "ValueError: operands could not be broadcast",
            "return team_reward + bonus_0[:, None] + bonus_1[:, None]": "ValueError: operands could not be broadcast",
            "return team_reward @ bonus_1 + bonus_0": "Expected shape (2, 3)",
            "return team_reward + [bonus_0, bonus_1]": "ValueError",
            "return team_reward + bonus[:, None]": "NameError",
            "return team_reward + bonus_0[:, none] + bonus_1": "NameError: name 'none' is not defined",
            Cell("""
            payoffs = np.array([[4.0, 0.0], [0.0, 1.0]]), np.array([0.0, 2.0]), np.array([0.0, 5.0])

            def potential(team_reward, bonus_0, bonus_1):
                return payoffs[0] + payoffs[1][:, None] + payoffs[2]
            """): "Expected shape (2, 3)",
            Cell("""
            def potential(team_reward, bonus_1, bonus_0):
                return team_reward + bonus_0[:, None] + bonus_1
            """): "Keep the order of the parameters, `potential(team_reward, bonus_0,",
        },
    ),
}
