"""Answers to exercise 11.4."""

from tests.bank.bank import Answers, Cell, Told

ANSWERS = {
    "11.4": Answers(
        right=[
            """
            for rows in (payoffs, payoffs.T):
                for one in rows:
                    for other in rows:
                        if (one > other).any() and (one < other).any():
                            return False
            return True
            """,
            """
            def in_order(rows):
                return all((one >= other).all() or (one <= other).all() for one in rows for other in rows)
            return in_order(payoffs) and in_order(payoffs.T)
            """,
            """
            import itertools
            for table in (payoffs, payoffs.T):
                for one, other in itertools.combinations(table.tolist(), 2):
                    gaps = [a - b for a, b in zip(one, other)]
                    if min(gaps) < 0 < max(gaps):
                        return False
            return True
            """,
            """
            rows = payoffs[np.lexsort([payoffs.sum(axis=1)])]
            table = rows[:, np.argsort(rows.sum(axis=0))]
            return bool((np.diff(table, axis=0) >= 0).all() and (np.diff(table, axis=1) >= 0).all())
            """,
            """
            gaps_of_rows = payoffs[:, None] - payoffs[None]
            gaps_of_columns = payoffs.T[:, None] - payoffs.T[None]
            clashes = [((g > 0).any(-1) & (g < 0).any(-1)).any() for g in (gaps_of_rows, gaps_of_columns)]
            return not any(clashes)
            """,
            Cell("""
            def is_monotone(q):
                ok = lambda t: all(np.ptp(np.sign(r - s)) < 2 for r in t for s in t)
                return ok(q) and ok(q.T)
            """),
            """
            from itertools import permutations
            def rises(t):
                return any((np.diff(t[list(p)], axis=0) >= 0).all() for p in permutations(range(len(t))))
            return rises(payoffs) and rises(payoffs.T)
            """,
        ],
        wrong={
            """
            for one in payoffs:
                for other in payoffs:
                    if (one > other).any() and (one < other).any():
                        return False
            return True
            """: "You compare the rows only",
            """
            for one in payoffs.T:
                for other in payoffs.T:
                    if (one > other).any() and (one < other).any():
                        return False
            return True
            """: "You compare the columns only",
            """
            def in_order(rows):
                return all((one >= other).all() or (one <= other).all() for one in rows for other in rows)
            return in_order(payoffs) or in_order(payoffs.T)
            """: "the rows or the columns are in order",
            """
            return bool((np.diff(payoffs, axis=0) >= 0).all() and (np.diff(payoffs, axis=1) >= 0).all())
            """: "in the order in which rows and columns stand",
            """
            for rows in (payoffs, payoffs.T):
                for one, other in zip(rows, rows[1:]):
                    if (one > other).any() and (one < other).any():
                        return False
            return True
            """: "with the next one only",
            """
            for rows in (payoffs, payoffs.T):
                for other in rows:
                    if (rows[0] > other).any() and (rows[0] < other).any():
                        return False
            return True
            """: "with the first one only",
            """
            for rows in (payoffs, payoffs.T):
                for i, one in enumerate(rows):
                    for other in rows[:i]:
                        if not ((one > other).all() or (one < other).all()):
                            return False
            return True
            """: "nowhere below is enough",
            """
            fit = payoffs.mean(axis=1, keepdims=True) + payoffs.mean(axis=0) - payoffs.mean()
            return bool(np.allclose(fit, payoffs))
            """: "You ask whether the table is a sum",
            """
            row, column = payoffs.mean(axis=1).argmax(), payoffs.mean(axis=0).argmax()
            return bool(payoffs[row, column] == payoffs.max())
            """: "You look at the best cell only",
            """
            rows = (payoffs == payoffs.max(axis=0)).all(axis=1).any()
            columns = (payoffs.T == payoffs.T.max(axis=0)).all(axis=1).any()
            return bool(rows and columns)
            """: "one best row and one best column",
            """
            rows, columns = payoffs.argmax(axis=0), payoffs.argmax(axis=1)
            return bool((rows == rows[0]).all() and (columns == columns[0]).all())
            """: "the best action beside each action of the other",
            """
            for rows in (payoffs, payoffs.T):
                for one in rows:
                    for other in rows:
                        if (one > other).any() and (one < other).any():
                            return True
            return False
            """: "the opposite of the right one",
            """
            for rows in (payoffs, payoffs.T):
                for one in rows:
                    for other in rows:
                        if (one > other).any() and (one < other).any():
                            return False
                    return True
            """: "Does `return True` stand inside a loop?",
            "return True": "True",
            """
            for rows in (payoffs, payoffs.T):
                for one in rows:
                    for other in rows:
                        if (one > other) and (one < other):
                            return False
            return True
            """: "any",
            """
            for rows in (payoffs, payoffs.T):
                for one in rows:
                    for other in rows:
                        if (one > other).any() and (one < other).any():
                            return False
            """: "Did you forget `return`?",
            """
            for rows in (payoffs, payoffs.T):
                for one in rows:
                    for other in rows:
                        if (one > other).any() and (one < other).any():
                            return "False"
            return "True"
            """: "Leave out the quotes",
            """
            payoffs.sort(axis=0)
            payoffs.sort(axis=1)
            return True
            """: "changed its input",
            """
            for rows in (payoffs, payoffs.T):
                for one in rows:
                    for other in rows:
                        if (one > other).any():
                            return False
            return True
            """: "That alone is no clash",
            """
            for rows in (payoffs, payoffs.T):
                for i in range(len(rows)):
                    for j in range(i + 1, len(rows)):
                        if (rows[i] > rows[j]).any() and (rows[i] < rows[j]).any():
                            return False
                        else:
                            return True
            return True
            """: "compares two rows, or else two columns, and is done",
            """
            for rows in (payoffs, payoffs.T):
                for i in range(len(rows) - 1):
                    for j in range(i + 1, len(rows) - 1):
                        if (rows[i] > rows[j]).any() and (rows[i] < rows[j]).any():
                            return False
            return True
            """: "You never look at the last row and the last column",
            """
            row, column = np.unravel_index(payoffs.argmax(), payoffs.shape)
            return bool(payoffs.mean(axis=1).argmax() == row and payoffs.mean(axis=0).argmax() == column)
            """: "You look at the best cell only",
            """
            payoffs = payoffs.round()
            for rows in (payoffs, payoffs.T):
                for one in rows:
                    for other in rows:
                        if (one > other).any() and (one < other).any():
                            return False
            return True
            """: "if `payoffs` were rounded to whole numbers",
            """
            for rows in (payoffs, payoffs.T):
                for one in rows:
                    for other in rows:
                        if (one > other + 0.5).any() and (one < other - 0.5).any():
                            return False
            return True
            """: Told("Wrong only where `payoffs` holds fractions", never=("if `payoffs` were",)),
            """
            for rows in (payoffs, payoffs.T):
                for one in rows:
                    for other in rows:
                        gaps = np.sign(one - other)
                        if (gaps[1:] * gaps[:-1] < 0).any():
                            return False
            return True
            """: "which test is missing, or does not reach all",
            """
            for rows in (payoffs, payoffs.T):
                means = rows.mean(axis=1)
                for one in (rows[means.argmax()], rows[means.argmin()]):
                    for other in rows:
                        if (one > other).any() and (one < other).any():
                            return False
            return True
            """: "which test is missing, or does not reach all",
            """
            for rows in (payoffs[:3], payoffs.T[:3]):
                for one in rows:
                    for other in rows:
                        if (one > other).any() and (one < other).any():
                            return False
            return True
            """: "which test is missing, or does not reach all",
        },
    ),
}
