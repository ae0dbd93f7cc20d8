"""Answers to the exercises of lesson 02."""

from tests.bank.bank import Answers, Cell, Told

ANSWERS = {
    "2.1": Answers(
        right=[
            """
            if np.allclose(payoffs, payoffs[0]):
                return "cooperative"
            return "competitive" if np.allclose(payoffs.sum(axis=0), 0) else "mixed"
            """,
            """
            if np.allclose(sum(payoffs), 0):
                return "competitive"
            for agent in range(1, len(payoffs)):
                if not np.allclose(payoffs[agent], payoffs[0]):
                    return "mixed"
            return "cooperative"
            """,
            """
            if np.ptp(payoffs, axis=0).max() < 1e-9:
                return "cooperative"
            if np.abs(payoffs.sum(axis=0)).max() < 1e-9:
                return "competitive"
            return "mixed"
            """,
            """
            cells = payoffs.reshape(len(payoffs), -1).T
            if all(np.isclose(cell, cell[0]).all() for cell in cells):
                return "cooperative"
            if all(abs(sum(cell)) < 1e-6 for cell in cells):
                return "competitive"
            return "mixed"
            """,
            """
            cells = payoffs.round(6).reshape(len(payoffs), -1)
            if all(len(set(cell)) == 1 for cell in cells.T):
                return "cooperative"
            if not cells.sum(axis=0).round(4).any():
                return "competitive"
            return "mixed"
            """,
            """
            if np.allclose(payoffs.mean(axis=0), payoffs):
                return "cooperative"
            if np.allclose(payoffs.mean(axis=0), 0):
                return "competitive"
            return "mixed"
            """,
            """
            from marl_lessons import games
            kinds = games.classify(games.MatrixGame(payoffs))
            names = {"common interest": "cooperative", "zero-sum": "competitive", "general-sum": "mixed"}
            return names[next(iter(kinds))]
            """,
            Cell("""
            name_structure = lambda table: (
                "cooperative" if np.allclose(table[0], table) else
                "competitive" if np.allclose(sum(table), 0) else "mixed"
            )
            """),
            Cell("""
            import functools

            def name_within(tolerance, payoffs):
                assert payoffs.ndim == len(payoffs) + 1
                print("spread", np.ptp(payoffs, axis=0).max())
                if np.ptp(payoffs, axis=0).max() < tolerance:
                    return "cooperative"
                return "competitive" if np.abs(payoffs.sum(axis=0)).max() < tolerance else "mixed"

            name_structure = functools.partial(name_within, 1e-9)
            """),
            Cell("""
            class Namer:
                words = np.array(["mixed", "competitive", "cooperative"])

                def __call__(self, table):
                    same, zero = np.allclose(table, table[:1]), np.allclose(table.mean(axis=0), 0)
                    return self.words[2 if same is True else int(zero)]

            name_structure = Namer()
            """),
            """
            import math
            cells = payoffs.reshape(len(payoffs), -1).T.tolist()
            if all(math.isclose(payoff, cell[0], abs_tol=1e-9) for cell in cells for payoff in cell):
                return "cooperative"
            return "competitive" if all(abs(math.fsum(cell)) < 1e-9 for cell in cells) else "mixed"
            """,
            """
            single = payoffs.astype(np.float32)
            if np.allclose(single, single[0], atol=1e-5):
                return "cooperative"
            return "competitive" if np.allclose(single.sum(axis=0), 0, atol=1e-5) else "mixed"
            """,
        ],
        wrong={
            # One test is right, the other not quite.
            """
            if np.allclose(payoffs, payoffs[0]):
                name = "cooperative"
            if np.allclose(payoffs.sum(axis=0), 0):
                name = "competitive"
            else:
                name = "mixed"
            return name
            """: "You call none of the games cooperative.",
            """
            if np.isclose(payoffs, payoffs[0]).all(axis=0).any():
                return "cooperative"
            return "competitive" if np.allclose(payoffs.sum(axis=0), 0) else "mixed"
            """: 'is enough for your "cooperative"',
            """
            totals = [table.sum() for table in payoffs]
            if np.allclose(totals, totals[0]) and payoffs.sum(axis=0).any():
                return "cooperative"
            return "competitive" if np.allclose(payoffs.sum(axis=0), 0) else "mixed"
            """: Told("In cell (", never=("any two agents cancel",)),
            """
            if np.allclose(payoffs.sum(axis=0), 0):
                return "competitive"
            totals = payoffs.reshape(len(payoffs), -1).sum(axis=1)
            return "cooperative" if np.allclose(totals, totals[0]) else "mixed"
            """: "You compare what the agents get in the whole table.",
            """
            best = {int(table.argmax()) for table in payoffs}
            if np.allclose(payoffs.sum(axis=0), 0):
                return "competitive"
            return "cooperative" if len(best) == 1 else "mixed"
            """: "like the same cell best",
            """
            if np.allclose(payoffs[:, :1], payoffs):
                return "cooperative"
            return "competitive" if np.allclose(payoffs.sum(axis=0), 0) else "mixed"
            """: "Agent 0's own payoffs are `payoffs[0]`",
            """
            if (payoffs[0] - payoffs < 1e-9).all():
                return "cooperative"
            return "competitive" if np.allclose(payoffs.sum(axis=0), 0) else "mixed"
            """: "You ask that no agent gets less than agent 0",
            """
            if (payoffs - payoffs[0] < 1e-9).all():
                return "cooperative"
            return "competitive" if np.allclose(payoffs.sum(axis=0), 0) else "mixed"
            """: "You ask that no agent gets more than agent 0",
            """
            if np.allclose(payoffs, payoffs[0]):
                return "cooperative"
            return "competitive" if np.allclose(payoffs.sum(axis=-1), 0) else "mixed"
            """: "You added along the last axis",
            """
            if np.allclose(payoffs, payoffs[0]):
                return "cooperative"
            return "competitive" if (payoffs.sum(axis=0) < 1e-9).all() else "mixed"
            """: "You ask that no sum is above 0",
            """
            if np.allclose(payoffs, payoffs[0]):
                return "cooperative"
            return "competitive" if np.isclose(payoffs.sum(axis=0), 0).any() else "mixed"
            """: 'is enough for your "competitive"',
            """
            if np.allclose(payoffs, payoffs[0]):
                return "cooperative"
            return "competitive" if not np.sign(payoffs).sum(axis=0).any() else "mixed"
            """: "You ask that in every cell one agent wins and another loses",
            """
            pairs = [(one, other) for one in range(len(payoffs)) for other in range(one)]
            if np.allclose(payoffs, payoffs[0]):
                return "cooperative"
            return "competitive" if all(np.allclose(payoffs[i], -payoffs[j]) for i, j in pairs) else "mixed"
            """: "You ask that the payoffs of any two agents cancel",
            """
            if np.allclose(payoffs, payoffs[0]):
                return "cooperative"
            return "mixed"
            """: "You call none of the games competitive",
            """
            if np.allclose(payoffs, payoffs[0], atol=0):
                return "cooperative"
            return "competitive" if np.allclose(payoffs.sum(axis=0), 0, atol=0) else "mixed"
            """: Told("a tolerance that is relative only", never=("wrong axis", "none of the games")),
            """
            if np.allclose(payoffs, payoffs[0], atol=0.2):
                return "cooperative"
            return "competitive" if np.allclose(payoffs.sum(axis=0), 0) else "mixed"
            """: Told("the payoffs of a mixed game nearly agree", never=("on paper",)),
            """
            if np.allclose(payoffs, payoffs[0]):
                return "cooperative"
            return "competitive" if not payoffs.sum(axis=0).round(1).any() else "mixed"
            """: Told("nearly cancel (by a few hundredths, not by rounding)", never=("on paper",)),
            """
            if np.allclose(payoffs, payoffs[0], rtol=0.05):
                return "cooperative"
            return "competitive" if np.allclose(payoffs.sum(axis=0), 0) else "mixed"
            """: "`payoffs` holds numbers beyond 100",
            """
            if np.isclose(payoffs, payoffs[0]).all() is True:
                return "cooperative"
            return "competitive" if np.isclose(payoffs.sum(axis=0), 0).all() is True else "mixed"
            """: "Your code compares with `is`",
            """
            if payoffs.ndim != 3:
                return "mixed"
            if np.allclose(payoffs[0], payoffs[1]):
                return "cooperative"
            return "competitive" if np.allclose(payoffs[0], -payoffs[1]) else "mixed"
            """: Told("`payoffs` has more than two agents", never=("agents 0 and 1 only",)),
            """
            if payoffs.ndim > 3:
                raise NotImplementedError("only two agents so far")
            if np.allclose(payoffs[0], payoffs[1]):
                return "cooperative"
            return "competitive" if np.allclose(payoffs[0], -payoffs[1]) else "mixed"
            """: Told("NotImplementedError: only two agents so far", never=("NOT ATTEMPTED",)),
            Cell("""
            known = {}

            def name_structure(payoffs):
                if payoffs.shape not in known:
                    same, zero = np.allclose(payoffs, payoffs[0]), np.allclose(payoffs.sum(axis=0), 0)
                    known[payoffs.shape] = "cooperative" if same else "competitive" if zero else "mixed"
                return known[payoffs.shape]
            """): "changes the notebook variable `known`",
            Cell("""
            def name_structure(payoffs, totals=[]):
                totals.extend(payoffs.sum(axis=0).flat)
                if np.allclose(payoffs, payoffs[0]):
                    return "cooperative"
                return "competitive" if np.allclose(totals, 0) else "mixed"
            """): "The default of `totals` is made once and kept",
            """
            names = []
            if np.allclose(payoffs, payoffs[0]):
                names.append("cooperative")
            if np.allclose(payoffs.sum(axis=0), 0):
                names.append("competitive")
            return names or ["mixed"]
            """: Told("Return one of these words, in quotes.", never=("as the docstring does",)),
            'return "zero-sum"': Told("Is it a word of your own", never=("Write it as",)),
            'yield "mixed"': "`yield` makes your function a generator",
            # The ideas that the lesson knows by name.
            """
            if np.allclose(payoffs, payoffs[0]):
                return "cooperative"
            return "competitive" if np.isclose(payoffs.sum(), 0) else "mixed"
            """: "You added up the whole table",
            """
            if np.allclose(payoffs, payoffs[0]):
                return "cooperative"
            return "competitive" if np.allclose(payoffs.sum(axis=1), 0) else "mixed"
            """: "You added along the wrong axis",
            """
            if np.allclose(payoffs, payoffs[0]):
                return "cooperative"
            total = payoffs.sum(axis=0)
            return "competitive" if np.allclose(total, total.flat[0]) else "mixed"
            """: "In this lesson that number has to be 0",
            """
            if np.allclose(payoffs[0], payoffs[1]):
                return "cooperative"
            return "competitive" if np.allclose(payoffs[0], -payoffs[1]) else "mixed"
            """: "You compare agents 0 and 1 only",
            """
            if np.allclose(payoffs[0], payoffs[1]):
                return "cooperative"
            return "competitive" if np.allclose(payoffs.sum(axis=0), 0) else "mixed"
            """: "their number is `len(payoffs)`",
            """
            if np.allclose(payoffs, payoffs[0]):
                return "cooperative"
            return "competitive" if np.allclose(payoffs[0] + payoffs[1], 0) else "mixed"
            """: "You compare agents 0 and 1 only",
            """
            if np.allclose(payoffs, payoffs.flat[0]):
                return "cooperative"
            return "competitive" if np.allclose(payoffs.sum(axis=0), 0) else "mixed"
            """: "You ask that all payoffs of the table are equal",
            """
            first = [table.flat[0] for table in payoffs]
            if max(first) - min(first) < 1e-9:
                return "cooperative"
            return "competitive" if abs(sum(first)) < 1e-9 else "mixed"
            """: "You looked at the first cell only",
            # The rounding of fractions.
            """
            if (payoffs == payoffs[0]).all():
                return "cooperative"
            return "competitive" if (payoffs.sum(axis=0) == 0).all() else "mixed"
            """: "On whole numbers you are right, but computers round",
            """
            if (payoffs == payoffs[0]).all():
                return "cooperative"
            return "competitive" if np.allclose(payoffs.sum(axis=0), 0) else "mixed"
            """: "Payoffs that are the same on paper count as different",
            """
            if np.allclose(payoffs, payoffs[0]):
                return "cooperative"
            return "competitive" if (payoffs.sum(axis=0) == 0).all() else "mixed"
            """: "Payoffs that add up to 0 on paper do not in your answer",
            """
            if payoffs.std(axis=0).max() == 0:
                return "cooperative"
            return "competitive" if np.allclose(payoffs.sum(axis=0), 0) else "mixed"
            """: "Payoffs that are the same on paper count as different",
            """
            whole = payoffs.astype(int)
            if np.allclose(whole, whole[0]):
                return "cooperative"
            return "competitive" if np.allclose(whole.sum(axis=0), 0) else "mixed"
            """: Told("if `payoffs` were cut down to whole numbers", never=("on paper",)),
            # Right for some games only.
            'return "mixed"': "Your function never reads its parameter `payoffs`.",
            'return "cooperative" if np.allclose(payoffs, payoffs[0]) else "competitive"': "# expected:",
            """
            if np.isclose(payoffs, payoffs[0]).any():
                return "cooperative"
            return "competitive" if np.isclose(payoffs.sum(axis=0), 0).any() else "mixed"
            """: "# expected:",
            """
            if np.allclose(payoffs, payoffs[0]):
                return "competitive"
            return "cooperative" if np.allclose(payoffs.sum(axis=0), 0) else "mixed"
            """: "# expected:",
            """
            if np.allclose(payoffs[0], payoffs[-1]):
                return "cooperative"
            return "competitive" if np.allclose(payoffs.sum(axis=0), 0) else "mixed"
            """: "# expected:",
            """
            if np.allclose(payoffs, payoffs[0]):
                return "cooperative"
            return "competitive" if payoffs.sum(axis=0).all() == 0 else "mixed"
            """: "# expected:",
            """
            if np.isclose(payoffs[0].sum(), payoffs[1].sum()):
                return "cooperative"
            return "competitive" if np.allclose(payoffs.sum(axis=0), 0) else "mixed"
            """: "# expected:",
            """
            if np.allclose(payoffs.max(axis=0), payoffs[0]):
                return "cooperative"
            return "competitive" if np.allclose(payoffs.sum(axis=0), 0) else "mixed"
            """: "# expected:",
            """
            if np.allclose(payoffs[:3], payoffs[0]):
                return "cooperative"
            return "competitive" if np.allclose(payoffs[:3].sum(axis=0), 0) else "mixed"
            """: "# expected:",
            """
            for cell in payoffs.reshape(len(payoffs), -1).T:
                if np.allclose(cell, cell[0]):
                    return "cooperative"
                if np.isclose(cell.sum(), 0):
                    return "competitive"
                return "mixed"
            """: "One cell that differs is enough",
            # Results of another kind.
            """
            if np.allclose(payoffs, payoffs[0]):
                return "Cooperative"
            return "Competitive" if np.allclose(payoffs.sum(axis=0), 0) else "Mixed"
            """: """got a str: 'Competitive'. Write it as the docstring does: "competitive".""",
            """
            if np.allclose(payoffs, payoffs[0]):
                return "cooperative"
            if np.allclose(payoffs.sum(axis=0), 0):
                return "competitive"
            """: "Every path through the function needs one",
            """
            if np.allclose(payoffs, payoffs[0]):
                print("cooperative")
            elif np.allclose(payoffs.sum(axis=0), 0):
                print("competitive")
            else:
                print("mixed")
            """: "The result is `None`",
            """
            if np.isclose(payoffs, payoffs[0]).all(axis=0).any():
                return "cooperative"
            return "competitive" if np.isclose(payoffs.sum(axis=0), 0).any() else "mixed"
            """: "One cell in which the agents agree, or cancel, is enough for you",
            "return np.allclose(payoffs.sum(axis=0), 0)": "got a bool: True",
            'return {"competitive"}': "got a set",
            # Inputs that change, and code that does not run.
            """
            payoffs -= payoffs[0].copy()
            return "mixed" if payoffs.any() else "cooperative"
            """: "changed its input `payoffs`",
            """
            payoffs.sort(axis=0)
            if np.allclose(payoffs[0], payoffs[-1]):
                return "cooperative"
            return "competitive" if np.allclose(payoffs.sum(axis=0), 0) else "mixed"
            """: "changed its input `payoffs`",
            """
            if payoffs == payoffs[0]:
                return "cooperative"
            return "competitive" if payoffs.sum(axis=0) == 0 else "mixed"
            """: "The truth value of an array",
            """
            if np.allclose(payoffs, payoffs[0]):
                return cooperative
            return "competitive" if np.allclose(payoffs.sum(axis=0), 0) else "mixed"
            """: "NameError: name 'cooperative' is not defined",
            "return game.structure": "NameError: name 'game' is not defined",
            """
            agent_0, agent_1 = payoffs
            if np.allclose(agent_0, agent_1):
                return "cooperative"
            return "competitive" if np.allclose(agent_0, -agent_1) else "mixed"
            """: "too many values to unpack",
            Cell("""
            table = np.array([[[1.0, -1.0], [-1.0, 1.0]], [[-1.0, 1.0], [1.0, -1.0]]])

            def name_structure(payoffs):
                if np.allclose(table, table[0]):
                    return "cooperative"
                return "competitive" if np.allclose(table.sum(axis=0), 0) else "mixed"
            """): "Your function never reads its parameter `payoffs`.",
        },
    ),
    "2.2": Answers(
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
            "return team_reward / 0 + bonus_0[:, None] + bonus_1": "The result is `nan`",
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
    "2.3": Answers(
        right=[
            """
            if P > R:
                return "deadlock"
            if T > R:
                return "prisoner's dilemma" if P > S else "chicken"
            return "stag hunt" if P > S else "harmony"
            """,
            """
            if T > R and P > S and P > R:
                return "deadlock"
            if T > R and P > S:
                return "prisoner's dilemma"
            elif T > R and S > P:
                return "chicken"
            elif R > T and P > S:
                return "stag hunt"
            else:
                return "harmony"
            """,
            """
            if R < P:
                name = "deadlock"
            elif R > T:
                name = "harmony" if S > P else "stag hunt"
            else:
                name = "chicken" if S > P else "prisoner's dilemma"
            return name
            """,
            """
            names = [["harmony", "stag hunt"], ["chicken", "prisoner's dilemma"]]
            return "deadlock" if P > R else names[T > R][P > S]
            """,
            """
            match P > R, T > R, P > S:
                case True, _, _:
                    return "deadlock"
                case _, True, True:
                    return "prisoner's dilemma"
                case _, True, False:
                    return "chicken"
                case _, False, True:
                    return "stag hunt"
            return "harmony"
            """,
            """
            greed, fear = max(T, R) == T, max(P, S) == P
            if P >= R:
                return "deadlock"
            if greed:
                return ("chicken", "prisoner's dilemma")[int(fear)]
            return ("harmony", "stag hunt")[int(fear)]
            """,
            """
            order = sorted("RSTP", key=dict(R=R, S=S, T=T, P=P).get, reverse=True)
            place = {letter: order.index(letter) for letter in order}
            if place["P"] < place["R"]:
                return "deadlock"
            if place["T"] < place["R"]:
                return "prisoner's dilemma" if place["P"] < place["S"] else "chicken"
            return "stag hunt" if place["P"] < place["S"] else "harmony"
            """,
            Cell("""
            name_dilemma = lambda r, s, t, p: (
                "deadlock" if p > r else
                (("harmony", "stag hunt"), ("chicken", "prisoner's dilemma"))[t > r][p > s]
            )
            """),
            Cell("""
            from enum import StrEnum

            class Game(StrEnum):
                HARMONY = "harmony"
                STAG_HUNT = "stag hunt"
                CHICKEN = "chicken"
                DILEMMA = "prisoner's dilemma"
                DEADLOCK = "deadlock"

            class Namer:
                def __call__(self, *payoffs):
                    R, S, T, P = payoffs
                    print(payoffs)
                    return Game.DEADLOCK if P > R else list(Game)[2 * (T > R) + (P > S)]

            name_dilemma = Namer()
            """),
            Cell("""
            name_dilemma = np.vectorize(
                lambda r, s, t, p: "deadlock" if p > r else
                ["harmony", "stag hunt", "chicken", "prisoner's dilemma"][2 * (t > r) + (p > s)],
                otypes=[object],
            )
            """),
            Cell("""
            import functools

            def name(names, R, S, T, P, /):
                assert len({R, S, T, P}) == 4
                return str(names[4 if P > R else 2 * int(T > R) + int(P > S)])

            names = np.array(["harmony", "stag hunt", "chicken", "prisoner's dilemma", "deadlock"])
            name_dilemma = functools.partial(name, names)
            """),
        ],
        wrong={
            # Other questions, and other names.
            """
            if P > R:
                return "deadlock"
            if T > S:
                return "prisoner's dilemma" if P > S else "chicken"
            return "stag hunt" if P > S else "harmony"
            """: "For greed you compare T with S.",
            """
            if T > R:
                return ("deadlock" if P > R else "prisoner's dilemma") if R > S else "chicken"
            return "stag hunt" if R > S else "harmony"
            """: "You compare R with S.",
            """
            if T > R:
                return ("deadlock" if P > R else "prisoner's dilemma") if T > S else "chicken"
            return "stag hunt" if T > S else "harmony"
            """: "For fear you compare T with S.",
            """
            greed, fear = T > R, P > S
            if greed and fear:
                return "deadlock" if P > T else "prisoner's dilemma"
            return "chicken" if greed else "stag hunt" if fear else "harmony"
            """: "You compare P with T.",
            """
            greed, fear = T > R, P > S
            if P > R:
                return "deadlock"
            if greed and fear:
                return "harmony"
            return "chicken" if greed else "stag hunt" if fear else "prisoner's dilemma"
            """: "You mixed up harmony and the prisoner's dilemma",
            """
            if P > R:
                return "deadlock"
            if T > R:
                return "chicken"
            if T > R and P > S:
                return "prisoner's dilemma"
            return "stag hunt" if P > S else "harmony"
            """: "You call a prisoner's dilemma chicken.",
            """
            if P > R:
                return "deadlock"
            if P > S:
                return "stag hunt"
            if T > R:
                return "prisoner's dilemma" if P > S else "chicken"
            return "harmony"
            """: "You call a prisoner's dilemma a stag hunt.",
            # Right for some numbers only.
            """
            R, S, T, P = (round(x, 1) for x in (R, S, T, P))
            if P > R:
                return "deadlock"
            if T > R:
                return "prisoner's dilemma" if P > S else "chicken"
            return "stag hunt" if P > S else "harmony"
            """: Told("two payoffs are only 0.00001 apart", never=("You mixed up",)),
            """
            R, S, T, P = map(abs, (R, S, T, P))
            if P > R:
                return "deadlock"
            if T > R:
                return "prisoner's dilemma" if P > S else "chicken"
            return "stag hunt" if P > S else "harmony"
            """: "Wrong only where a payoff is negative",
            """
            if not (R and S and T and P):
                return "harmony"
            if P > R:
                return "deadlock"
            if T > R:
                return "prisoner's dilemma" if P > S else "chicken"
            return "stag hunt" if P > S else "harmony"
            """: "Wrong only where a payoff is 0",
            """
            if P > R:
                return "deadlock"
            if T > R and not np.isclose(T, R):
                return "prisoner's dilemma" if P > S else "chicken"
            return "stag hunt" if P > S else "harmony"
            """: "# expected:",
            """
            if T > R > P > S and 2 * R > T + S:
                return "prisoner's dilemma"
            if T > R:
                return "deadlock" if P > S else "chicken"
            return "stag hunt" if P > S else "harmony"
            """: "Here is greed (T > R: 10 > 3) and fear",
            """
            if T / R > 1:
                return "deadlock" if P > R else "prisoner's dilemma" if P > S else "chicken"
            return "stag hunt" if P > S else "harmony"
            """: "ZeroDivisionError",
            'return ["chicken"]': Told("Return one of these words, in quotes.", never=("as the docstring",)),
            # The ideas that the lesson knows by name.
            """
            if S > R:
                return "deadlock"
            if T > R:
                return "prisoner's dilemma" if S > P else "chicken"
            return "stag hunt" if S > P else "harmony"
            """: "You mixed up S and P",
            """
            if P > R:
                return "deadlock"
            if S > R:
                return "prisoner's dilemma" if P > T else "chicken"
            return "stag hunt" if P > T else "harmony"
            """: "You mixed up S and T",
            """
            if T > R:
                return "prisoner's dilemma" if P > S else "chicken"
            return "stag hunt" if P > S else "harmony"
            """: "Where P is above R you do not say deadlock",
            """
            if T > R and P > S:
                return "prisoner's dilemma"
            if T > R:
                return "chicken"
            if P > S:
                return "stag hunt"
            if P > R:
                return "deadlock"
            return "harmony"
            """: "does an earlier line answer first?",
            """
            if P > R:
                return "deadlock"
            if T > R:
                return "prisoner's dilemma" if P > S else "stag hunt"
            return "chicken" if P > S else "harmony"
            """: "You mixed up stag hunt and chicken",
            """
            if P > R:
                return "deadlock"
            if T > R:
                return "prisoner's dilemma" if S > P else "chicken"
            return "stag hunt" if S > P else "harmony"
            """: "Your fear is the wrong way round",
            """
            if P > R:
                return "deadlock"
            if R > T:
                return "prisoner's dilemma" if P > S else "chicken"
            return "stag hunt" if P > S else "harmony"
            """: "Your greed is the wrong way round",
            """
            if P > R:
                return "deadlock"
            if T > P:
                return "prisoner's dilemma" if P > S else "chicken"
            return "stag hunt" if P > S else "harmony"
            """: "You compare T with P",
            # Right for some games only.
            'return "prisoner\'s dilemma"': "Your function never reads its parameter `R`.",
            """
            if R > P:
                return "deadlock"
            if T > R:
                return "prisoner's dilemma" if P > S else "chicken"
            return "stag hunt" if P > S else "harmony"
            """: "Your deadlock is the wrong way round.",
            """
            if T > R > P > S:
                return "prisoner's dilemma"
            if R > T > P > S:
                return "stag hunt"
            if T > R > S > P:
                return "chicken"
            return "deadlock" if P > R else "harmony"
            """: "# expected: 'stag hunt'",
            """
            if T > R > P > S:
                return "prisoner's dilemma"
            if R > T and P > S:
                return "stag hunt"
            if T > R and S > P:
                return "chicken"
            if R > T and S > P:
                return "harmony"
            return "deadlock" if P > T else "prisoner's dilemma"
            """: "# expected: 'deadlock'",
            """
            if P > R:
                return "deadlock"
            if T > R or P > S:
                return "prisoner's dilemma"
            return "chicken" if T > R else "harmony"
            """: "It takes both: `and`, not `or`.",
            """
            if P > T:
                return "deadlock"
            if T > R:
                return "prisoner's dilemma" if P > S else "chicken"
            return "stag hunt" if P > S else "harmony"
            """: "# expected: 'stag hunt'",
            """
            if P > R:
                return "deadlock"
            if T > R:
                return "prisoner's dilemma" if P > S else "chicken"
            return "stag hunt"
            """: "# expected: 'harmony'",
            """
            if P > R:
                return "deadlock"
            if T > R and P > S:
                return "chicken"
            if T > R:
                return "prisoner's dilemma"
            return "stag hunt" if P > S else "harmony"
            """: "Wrong only where T is above R",
            """
            known = {(3, 0, 5, 1): "prisoner's dilemma", (4, 0, 3, 2): "stag hunt", (3, 2, 4, 1): "chicken"}
            return known.get((R, S, T, P), "harmony")
            """: Told("# expected: ", never=("You mixed up",)),
            # Results of another kind.
            """
            if P > R:
                return "deadlock"
            if T > R and P > S:
                return "prisoner's dilemma"
            if T > R:
                return "chicken"
            if P > S:
                return "stag hunt"
            """: "Every path through the function needs one",
            """
            if P > R:
                "deadlock"
            elif T > R:
                "prisoner's dilemma" if P > S else "chicken"
            else:
                "stag hunt" if P > S else "harmony"
            """: "Did you forget `return`?",
            """
            if P > R:
                return "Deadlock"
            if T > R:
                return "Prisoner's Dilemma" if P > S else "Chicken"
            return "Stag Hunt" if P > S else "Harmony"
            """: """Write it as the docstring does: "prisoner's dilemma".""",
            """
            if P > R:
                return "deadlock"
            if T > R:
                return "prisoners dilemma" if P > S else "chicken"
            return "stag_hunt" if P > S else "harmony"
            """: """Write it as the docstring does: "prisoner's dilemma".""",
            """
            if P > R:
                return "deadlock"
            if T > R:
                return "prisoner’s dilemma" if P > S else "chicken"
            return "stag hunt" if P > S else "harmony"
            """: """Write it as the docstring does: "prisoner's dilemma".""",
            'return "coordination"': "got a str: 'coordination'.",
            "return T > R, P > S": "got a tuple: (True, True)",
            "return T > R and P > S": "got a bool: True",
            # Code that does not run.
            """
            greed = T > R
            if greed and fear:
                return "prisoner's dilemma"
            return "harmony"
            """: "NameError: name 'fear' is not defined",
            """
            if P > R:
                name = "deadlock"
            elif T > R and P > S:
                name = "prisoner's dilemma"
            elif T > R:
                name = "chicken"
            elif R > T and P > S:
                name = "stag hunt"
            return name
            """: "Give the name a value on every path",
            """
            (R, S), (T, P) = R
            return "harmony"
            """: "TypeError",
            """
            if payoffs[1, 1] > payoffs[0, 0]:
                return "deadlock"
            return "harmony"
            """: "NameError: name 'payoffs' is not defined",
            Cell("""
            R, S, T, P = 3, 0, 5, 1

            def name_dilemma(R, T, S, P):
                return "prisoner's dilemma"
            """): "Keep the order of the parameters, `name_dilemma(R, S, T, P)`;",
            Cell("""
            bonus = 0.35

            def name_dilemma(R, S, T, P):
                if bonus > 0.55:
                    return "deadlock"
                if bonus > 0.3:
                    return "prisoner's dilemma"
                return "stag hunt" if bonus > 0.25 else "harmony"
            """): "It reads the notebook's `bonus`, which stays the same",
        },
    ),
    "2.4": Answers(
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
            "return (policy @ payoffs).sum()": "the opponent picks the least.",
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
    "2.5": Answers(
        right=[
            "return (payoffs @ column_policy).max() - (row_policy @ payoffs).min()",
            """
            now = row_policy @ payoffs @ column_policy
            gain_of_row = max(payoffs @ column_policy) - now
            gain_of_column = max(-row_policy @ payoffs) + now
            return gain_of_row + gain_of_column
            """,
            """
            now = 0
            for a, p in enumerate(row_policy):
                for b, q in enumerate(column_policy):
                    now += p * q * payoffs[a, b]
            best_row = max(sum(q * payoff for q, payoff in zip(column_policy, row)) for row in payoffs)
            worst_column = min(sum(p * payoff for p, payoff in zip(row_policy, column)) for column in payoffs.T)
            return (best_row - now) + (now - worst_column)
            """,
            "return np.sort(payoffs @ column_policy)[-1] - np.sort(payoffs.T @ row_policy)[0]",
            """
            tables = payoffs, -payoffs
            policies = row_policy, column_policy
            own_values = [tables[0] @ policies[1], policies[0] @ tables[1]]
            return sum(values.max() - values @ policy for values, policy in zip(own_values, policies))
            """,
            """
            from marl_lessons import games
            from marl_lessons.solvers import zero_sum
            return zero_sum.exploitability(games.MatrixGame([payoffs, -payoffs]), [row_policy, column_policy])
            """,
            """
            gaps = (payoffs @ column_policy)[:, None] - row_policy @ payoffs
            return gaps.max()
            """,
            Cell("exploitability = lambda r, x, y: np.float32(max(r @ y) - min(x @ r))"),
            Cell("""
            def gain(table, own, other):
                values = table @ other
                return max(0, values.max() - own @ values)

            class Exploitability:
                def __call__(self, payoffs, row_policy, column_policy):
                    print("gains")
                    return sum([gain(payoffs, row_policy, column_policy), gain(-payoffs.T, column_policy, row_policy)])

            exploitability = Exploitability()
            """),
            Cell("""
            from fractions import Fraction
            from functools import partial

            def weigh(table, weights):
                return [sum(Fraction(float(p)) * Fraction(float(r)) for p, r in zip(weights, row)) for row in table]

            def add_gains(weigh, payoffs, rows, columns):
                return max(weigh(payoffs, columns)) - min(weigh(payoffs.T, rows))

            exploitability = partial(add_gains, weigh)
            """),
            """
            assert payoffs.shape == (len(row_policy), len(column_policy))
            return np.array(round(float((payoffs @ column_policy).max() - (row_policy @ payoffs).min()), 10))
            """,
        ],
        wrong={
            "return abs((payoffs @ column_policy).max()) + abs((row_policy @ payoffs).min())": "without their signs",
            """
            now = row_policy @ payoffs @ column_policy
            return (payoffs @ column_policy).max() - now + (row_policy @ payoffs).min() - now
            """: "Mind the sign",
            """
            now = row_policy @ payoffs @ column_policy
            return (payoffs @ column_policy).max() - now - (row_policy @ payoffs).min() - now
            """: "You subtract what the row agent gets now twice",
            "return (payoffs * column_policy).max() - (row_policy[:, None] * payoffs).min()": "the weighted payoffs",
            """
            rows, columns = payoffs @ column_policy, row_policy @ payoffs
            return rows[row_policy > 0].max() - columns[column_policy > 0].min()
            """: "You try only the actions that an agent plays already",
            """
            best = worst = 0
            for value in payoffs @ column_policy:
                best = max(best, value)
            for value in row_policy @ payoffs:
                worst = min(worst, value)
            return best - worst
            """: "Your search for the best begins at 0",
            """
            best = 0
            for row in payoffs:
                best = max(best, row @ column_policy)
            return best - (row_policy @ payoffs).min()
            """: Told("Your search for the best begins at 0", never=("Mind the sign",)),
            """
            gap = (payoffs @ column_policy).max() - (row_policy @ payoffs).min()
            return 0.0 if gap < 0.01 else gap
            """: "the gains are above 0, but below 0.01",
            """
            now = row_policy @ payoffs @ column_policy
            gains = (payoffs @ column_policy).max() - now, now - (row_policy @ payoffs).min()
            return sum(gains) if min(gains) > 1e-9 else 0.0
            """: "Wrong only where only one of the agents gains",
            """
            now = row_policy @ payoffs @ column_policy
            gains = (payoffs @ column_policy).max() - now, now - (row_policy @ payoffs).min()
            return np.hypot(*gains)
            """: Told("Wrong only where both agents gain", never=("larger of the two",)),
            """
            now = row_policy @ payoffs @ column_policy
            return np.array([(payoffs @ column_policy).max() - now, now - (row_policy @ payoffs).min()])
            """: "If these are the gains of the two agents, return their sum.",
            """
            best = (payoffs @ column_policy).argmax()
            return (payoffs @ column_policy).max() - payoffs[best].min()
            """: "Your function never reads its parameter `row_policy`.",
            Cell("""
            gains = []

            def exploitability(payoffs, row_policy, column_policy):
                gains.append((payoffs @ column_policy).max() - (row_policy @ payoffs).min())
                return sum(gains)
            """): "changes the notebook variable `gains`",
            # The ideas that the lesson knows by name.
            """
            now = row_policy @ payoffs @ column_policy
            return max(max(payoffs @ column_policy) - now, now - min(row_policy @ payoffs))
            """: "You took the larger of the two gains",
            "return (row_policy @ payoffs).max() - (payoffs @ column_policy).min()": "the two vectors the wrong way",
            "return payoffs.max(axis=0) @ column_policy - row_policy @ payoffs.min(axis=1)": "average first",
            "return ((payoffs @ column_policy).max() - (row_policy @ payoffs).min()) / 2": "You took the mean",
            "return (payoffs @ column_policy).max() - row_policy @ payoffs @ column_policy": "row agent can gain only",
            "return row_policy @ payoffs @ column_policy - (row_policy @ payoffs).min()": "column agent can gain only",
            """
            now = row_policy @ payoffs @ column_policy
            return (payoffs @ column_policy).max() - now + (row_policy @ payoffs).max() - now
            """: "You let the column agent look for a large payoff",
            "return row_policy @ payoffs @ column_policy": "This is what the row agent gets now",
            "return (row_policy @ payoffs).min() - (payoffs @ column_policy).max()": "the other way round",
            "return (payoffs @ column_policy).max() + (row_policy @ payoffs).min()": "Mind the sign",
            # Other numbers.
            "return payoffs.max() - payoffs.min()": "Your function never reads its parameter `row_policy`.",
            "return (payoffs @ column_policy).max()": "Your function never reads its parameter `row_policy`.",
            "return (row_policy @ payoffs).min()": "Your function never reads its parameter `column_policy`.",
            "return 0.0": "Your function never reads its parameter `payoffs`.",
            "return 0.5": "Your function never reads its parameter `payoffs`.",
            "return (payoffs @ column_policy).max() - (payoffs @ column_policy).min()": "Your function never reads",
            "return (payoffs @ column_policy).max() - (row_policy @ payoffs).max()": "the row agent gains",
            "return (row_policy @ payoffs).max() - (row_policy @ payoffs).min()": "Your function never reads its",
            "return abs((payoffs @ column_policy).max()) - abs((row_policy @ payoffs).min())": "holds negative numbers",
            "return (payoffs @ column_policy).argmax() - (row_policy @ payoffs).argmin()": "the row agent gains",
            "return round((payoffs @ column_policy).max() - (row_policy @ payoffs).min(), 1)": "Your values are",
            """
            best = 0
            for row in payoffs:
                best = max(best, row @ column_policy)
            worst = 0
            for column in payoffs.T:
                worst = min(worst, row_policy @ column)
            return best - worst
            """: "# expected:",
            """
            now = row_policy @ payoffs @ column_policy
            return payoffs.max() - now + now - payoffs.min()
            """: "By a best response the row agent gains",
            """
            now = payoffs.mean()
            gain_of_row = (payoffs @ column_policy).max() - now
            return gain_of_row + now - (row_policy @ payoffs).mean()
            """: "By a best response the row agent gains",
            """
            rows, columns = (payoffs @ column_policy)[:2], (row_policy @ payoffs)[:2]
            return rows.max() - columns.min()
            """: "# expected:",
            """
            from marl_lessons.solvers import zero_sum
            best = zero_sum.minimax(payoffs)
            return abs(row_policy @ payoffs @ column_policy - best.value)
            """: "By a best response the row agent gains",
            """
            best = row_policy.argmax(), column_policy.argmax()
            return payoffs[:, best[1]].max() - payoffs[best[0]].min()
            """: "You answer the other's likeliest action only",
            # Results of another kind.
            "(payoffs @ column_policy).max() - (row_policy @ payoffs).min()": "Did you forget `return`?",
            "print((payoffs @ column_policy).max() - (row_policy @ payoffs).min())": "The result is `None`.",
            """
            now = row_policy @ payoffs @ column_policy
            return (payoffs @ column_policy).max() - now, now - (row_policy @ payoffs).min()
            """: "If these are the gains of the two agents, return their sum.",
            "return payoffs @ column_policy - (row_policy @ payoffs).min()": "This is one number for each row",
            "return (payoffs @ column_policy)[:, None] - row_policy @ payoffs": "This is one number for each cell",
            "return (payoffs @ column_policy).max() > (row_policy @ payoffs).min()": "Expected a number, got a bool",
            # Inputs that change, and code that does not run.
            """
            payoffs *= row_policy[:, None]
            return payoffs.sum(axis=0).max() - payoffs.sum(axis=0).min()
            """: "changed its input `payoffs`",
            """
            row_policy -= column_policy[: len(row_policy)]
            return (row_policy @ payoffs).max()
            """: "changed its input `row_policy`",
            "return (payoffs @ row_policy).max() - (column_policy @ payoffs).min()": (
                "`@` needs the last axis on its left"
            ),
            "return (payoffs * column_policy).max() - (row_policy * payoffs).min()": "ValueError",
            "return max(payoffs @ column_policy - row_policy @ payoffs)": "ValueError",
            "return best_row - worst_column": "NameError: name 'best_row' is not defined",
            "return (payoffs @ column_policy).max - (row_policy @ payoffs).min": "TypeError",
            "return exploitability(payoffs, row_policy, column_policy)": "RecursionError",
            Cell("""
            rows, columns = np.array([0.75, 0.25]), np.array([0.5, 0.5])

            def exploitability(payoffs, row_policy, column_policy):
                return (payoffs @ columns).max() - (rows @ payoffs).min()
            """): "ValueError",
            Cell("""
            def exploitability(payoffs, column_policy, row_policy):
                return (payoffs @ column_policy).max() - (row_policy @ payoffs).min()
            """): "Keep the order of the parameters, `exploitability(payoffs,",
        },
    ),
    "2.6": Answers(
        right=[
            "return team_share * own_rewards.sum(axis=1, keepdims=True) + (1 - team_share) * own_rewards",
            """
            team = own_rewards.sum(axis=1)[:, None]
            return own_rewards + team_share * (team - own_rewards)
            """,
            """
            num_agents = own_rewards.shape[1]
            weights = team_share * np.ones((num_agents, num_agents)) + (1 - team_share) * np.eye(num_agents)
            return own_rewards @ weights
            """,
            """
            mixed = np.zeros(own_rewards.shape)
            for run in range(own_rewards.shape[0]):
                for agent in range(own_rewards.shape[1]):
                    team = own_rewards[run].sum()
                    mixed[run, agent] = team_share * team + (1 - team_share) * own_rewards[run, agent]
            return mixed
            """,
            """
            others = own_rewards.sum(axis=1, keepdims=True) - own_rewards
            return own_rewards + team_share * others
            """,
            """
            return np.array([[team_share * sum(run) + (1 - team_share) * own for own in run] for run in own_rewards])
            """,
            "return (team_share * own_rewards.sum(axis=1) + (1 - team_share) * own_rewards.T).T",
            """
            from marl_lessons.environments import Dispatch
            return Dispatch(team_share=team_share).share(own_rewards)
            """,
            Cell("mix_rewards = lambda own, w: w * np.sum(own, axis=-1, keepdims=True) + (1 - w) * own"),
            Cell("""
            from functools import partial

            def blend(axis, own, w):
                assert 0 <= w <= 1
                return own if w == 0 else np.add(w * own.sum(axis, keepdims=True), (1 - w) * own)

            mix_rewards = partial(blend, 1)
            """),
            Cell("""
            class Dial:
                def __call__(self, own, w):
                    print("dial at", w)
                    single = own.astype(np.float32)
                    return (w * single.sum(axis=1, keepdims=True) + (1 - w) * single).astype(np.float32)

            mix_rewards = Dial()
            """),
            Cell("""
            from fractions import Fraction

            def mix_rewards(own_rewards, team_share):
                w = Fraction(float(team_share))
                runs = [[Fraction(float(own)) for own in run] for run in own_rewards]
                return np.array([[float(w * sum(run) + (1 - w) * own) for own in run] for run in runs])
            """),
            Cell("""
            mix_rewards = np.vectorize(lambda run, w: w * run.sum() + (1 - w) * run, signature="(n),()->(n)")
            """),
        ],
        wrong={
            "return team_share * own_rewards.sum(axis=1, keepdims=True) + own_rewards * 1 - team_share": (
                "You take `team_share` itself away"
            ),
            """
            team, runs = own_rewards.sum(axis=1, keepdims=True), own_rewards.sum(axis=0, keepdims=True)
            return team_share * runs + (1 - team_share) * team
            """: "You mix the sums over the two axes",
            """
            team = own_rewards.sum(axis=1, keepdims=True) / own_rewards.shape[0]
            return team_share * team + (1 - team_share) * own_rewards
            """: "Wrong only where `own_rewards` has more than one run",
            """
            team = own_rewards[:, :2].sum(axis=1, keepdims=True)
            return team_share * team + (1 - team_share) * own_rewards
            """: "You added up two agents only",
            """
            team = np.maximum(own_rewards, 0).sum(axis=1, keepdims=True)
            return team_share * team + (1 - team_share) * own_rewards
            """: "You leave the losses out",
            "return team_share * own_rewards[0].sum() + (1 - team_share) * own_rewards": "the first one",
            "return team_share * own_rewards.sum(axis=1, keepdims=True) + 1 - team_share * own_rewards": "in brackets",
            "return team_share * own_rewards.sum(axis=1, keepdims=True) + (1 + team_share) * own_rewards": "1 − share",
            "return team_share * own_rewards.sum(axis=1, keepdims=True) - (1 - team_share) * own_rewards": "are paid",
            """
            if team_share >= 0.5:
                return own_rewards.sum(axis=1, keepdims=True) + 0 * own_rewards
            return own_rewards
            """: "Between 0 and 1 it is a mixture",
            "return int(team_share) * (own_rewards.sum(axis=1, keepdims=True) - own_rewards) + own_rewards": (
                "the right one for `team_share` cut to a whole number"
            ),
            """
            if not team_share:
                return np.zeros(own_rewards.shape)
            return team_share * own_rewards.sum(axis=1, keepdims=True) + (1 - team_share) * own_rewards
            """: Told("Wrong only where `team_share` is 0", never=("always 0",)),
            """
            if team_share == 1:
                return own_rewards.sum(axis=1, keepdims=True)
            return team_share * own_rewards.sum(axis=1, keepdims=True) + (1 - team_share) * own_rewards
            """: "Wrong only where `team_share` is 1",
            """
            team = own_rewards.sum(axis=1, keepdims=True)
            return np.squeeze(team_share * team + (1 - team_share) * own_rewards)
            """: "`squeeze` takes it out",
            """
            others = (own_rewards.sum(axis=1, keepdims=True) - own_rewards) / (own_rewards.shape[1] - 1)
            return own_rewards + team_share * others * (own_rewards.shape[1] - 1)
            """: "The result is `nan`",
            """
            team = own_rewards.sum(axis=1, keepdims=True)
            return np.where(np.random.random(own_rewards.shape) < team_share, team, own_rewards)
            """: Told("random", never=("either the team's reward",)),
            """
            assert isinstance(team_share, float)
            return team_share * own_rewards.sum(axis=1, keepdims=True) + (1 - team_share) * own_rewards
            """: "That line is your own, and this input is legal",
            Cell("""
            buffers = {}

            def mix_rewards(own_rewards, team_share):
                mixed = buffers.setdefault(own_rewards.shape, np.zeros(own_rewards.shape))
                mixed[:] = team_share * own_rewards.sum(axis=1, keepdims=True) + (1 - team_share) * own_rewards
                return mixed
            """): "one and the same array for different inputs",
            # The ideas that the lesson knows by name.
            "return team_share * own_rewards + (1 - team_share) * own_rewards.sum(axis=1, keepdims=True)": "wrong way",
            "return own_rewards + team_share * own_rewards.sum(axis=1, keepdims=True)": "without taking anything",
            "return team_share * own_rewards.sum() + (1 - team_share) * own_rewards": "You added up over the runs too",
            "return team_share * own_rewards.sum(axis=0) + (1 - team_share) * own_rewards": "instead of the agents",
            """
            team = own_rewards[:, 0] + own_rewards[:, 1]
            return team_share * team[:, None] + (1 - team_share) * own_rewards
            """: "IndexError: index 1 is out of bounds",
            """
            team = own_rewards.mean(axis=1, keepdims=True)
            return team_share * team + (1 - team_share) * own_rewards
            """: "The team's reward is the sum over its agents",
            """
            others = own_rewards.sum(axis=1, keepdims=True) - own_rewards
            return team_share * others + (1 - team_share) * own_rewards
            """: "You pay each agent what the others earned",
            # Other numbers.
            "return own_rewards": "Your function never reads its parameter `team_share`.",
            "return own_rewards * 1.0": "Your function never reads its parameter `team_share`.",
            "return np.repeat(own_rewards.sum(axis=1, keepdims=True), own_rewards.shape[1], 1)": "never reads",
            "return 0.5 * own_rewards.sum(axis=1, keepdims=True) + 0.5 * own_rewards": "never reads its",
            "return team_share * own_rewards.sum(axis=1, keepdims=True) + team_share * own_rewards": "earned",
            """
            best = own_rewards.max(axis=1, keepdims=True)
            return team_share * best + (1 - team_share) * own_rewards
            """: "You use what the best agent of a run earned",
            "return own_rewards.sum(axis=1, keepdims=True) + (1 - team_share) * own_rewards": "# expected:",
            """
            team = own_rewards.sum(axis=1, keepdims=True)
            return team_share * (team + (1 - team_share) * own_rewards)
            """: "# expected:",
            """
            team = own_rewards.sum(axis=1, keepdims=True)
            return team_share**2 * team + (1 - team_share) * own_rewards
            """: "# expected:",
            """
            if team_share > 0.5:
                return own_rewards.sum(axis=1, keepdims=True) + 0 * own_rewards
            return own_rewards
            """: "# expected:",
            """
            if team_share == 1:
                return own_rewards.sum(axis=1, keepdims=True) + 0 * own_rewards
            return (1 - team_share) * own_rewards
            """: "# expected:",
            """
            team = own_rewards.sum(axis=1, keepdims=True)
            return (team_share * team + (1 - team_share) * own_rewards).round(1)
            """: "Your values are right, but rounded or cut off to one decimal.",
            """
            mixed = own_rewards.astype(float)
            for agent in range(own_rewards.shape[1]):
                team = mixed.sum(axis=1)
                mixed[:, agent] = team_share * team + (1 - team_share) * mixed[:, agent]
            return mixed
            """: Told("of run 0 earned", never=("two agents only",)),
            """
            mixed = np.zeros_like(own_rewards)
            for run, own in enumerate(own_rewards):
                mixed[run] = team_share * own.sum() + (1 - team_share) * own
            return mixed
            """: "Your answer is right if the numbers in `own_rewards` are given as",
            # Results of another kind.
            "team_share * own_rewards.sum(axis=1, keepdims=True) + (1 - team_share) * own_rewards": "forget `return`?",
            "print(team_share * own_rewards.sum(axis=1, keepdims=True) + own_rewards)": "Did you forget `return`?",
            "return team_share * own_rewards.sum(axis=1, keepdims=True)": "got shape (3, 1)",
            "return team_share * own_rewards.sum(axis=1)": "Expected shape (3, 2)",
            "return own_rewards.sum(axis=1) * team_share, own_rewards * (1 - team_share)": "got a tuple",
            """
            return [[team_share * sum(run) + (1 - team_share) * own for own in run] for run in own_rewards]
            """: "Wrap it in `np.array(...)`",
            """
            team = own_rewards.sum(axis=1, keepdims=True)
            return (team_share * team + (1 - team_share) * own_rewards).sum()
            """: "got a float64",
            # Inputs that change, and code that does not run.
            """
            team = own_rewards.sum(axis=1, keepdims=True)
            own_rewards *= 1 - team_share
            return own_rewards + team_share * team
            """: "changed its input `own_rewards`",
            """
            for run in own_rewards:
                run[:] = team_share * run.sum() + (1 - team_share) * run
            return own_rewards
            """: "changed its input `own_rewards`",
            "return team_share * own_rewards.sum(axis=1) + (1 - team_share) * own_rewards": "Your code raised",
            "return team_share * sum(own_rewards, axis=1) + (1 - team_share) * own_rewards": "TypeError",
            "return team_share * own_rewards.sum(axis=2) + (1 - team_share) * own_rewards": "Axis 0 are the rows",
            "return w * own_rewards.sum(axis=1, keepdims=True) + (1 - w) * own_rewards": "NameError: name 'w'",
            "return team_share * team_reward + (1 - team_share) * own_rewards": "NameError: name 'team_reward'",
            Cell("""
            team_reward = np.array([[4.0, 0.0], [0.0, 1.0]])

            def mix_rewards(own_rewards, team_share):
                return team_share * team_reward + (1 - team_share) * own_rewards
            """): "ValueError",
            Cell("""
            def mix_rewards(own_rewards):
                return 0.5 * own_rewards.sum(axis=1, keepdims=True) + 0.5 * own_rewards
            """): "Keep the parameters",
        },
    ),
}
