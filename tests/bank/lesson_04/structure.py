"""Answers to exercise 4.1."""

from tests.bank.bank import Answers, Cell, Told

ANSWERS = {
    "4.1": Answers(
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
            """
            _, rows, columns = payoffs.shape[:3]
            if all(np.allclose(payoffs[:, a, b], payoffs[0, a, b]) for a in range(rows) for b in range(columns)):
                return "cooperative"
            if all(np.isclose(payoffs[:, a, b].sum(), 0) for a in range(rows) for b in range(columns)):
                return "competitive"
            return "mixed"
            """: 'it is "competitive" and should be "mixed"',
        },
    ),
}
