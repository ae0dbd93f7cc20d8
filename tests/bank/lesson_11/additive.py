"""Answers to exercise 11.1."""

from tests.bank.bank import Answers, Cell

ANSWERS = {
    "11.1": Answers(
        right=[
            """
            rows = payoffs.mean(axis=1, keepdims=True)
            return rows + payoffs.mean(axis=0) - payoffs.mean()
            """,
            """
            from marl_lessons.solvers import factorization
            return factorization.additive_fit(payoffs)
            """,
            """
            fit = np.zeros(payoffs.shape)
            for a in range(payoffs.shape[0]):
                for b in range(payoffs.shape[1]):
                    fit[a, b] = payoffs[a].mean() + payoffs[:, b].mean() - payoffs.mean()
            return fit
            """,
            """
            return np.add.outer(payoffs.mean(1) - payoffs.mean(), payoffs.mean(0))
            """,
            """
            mean = np.average(payoffs)
            agent_0 = np.array([np.average(row) - mean for row in payoffs])
            agent_1 = np.array([np.average(column) - mean for column in payoffs.T])
            return mean + agent_0[:, None] + agent_1[None, :]
            """,
            Cell("""
            additive_fit = lambda q: q.mean(0)[None] + q.mean(1)[:, None] - q.mean()
            """),
            """
            mine, yours = np.zeros(payoffs.shape[0]), np.zeros(payoffs.shape[1])
            for _ in range(2):
                mine = (payoffs - yours).mean(axis=1)
                yours = (payoffs - mine[:, None]).mean(axis=0)
            return mine[:, None] + yours
            """,
        ],
        wrong={
            "return payoffs.mean(axis=1, keepdims=True) + payoffs.mean(axis=0)": "The mean of all is in both of them",
            """
            rows, columns = payoffs.mean(axis=1, keepdims=True), payoffs.mean(axis=0)
            return rows + columns + payoffs.mean()
            """: "You add the mean of all",
            "return (payoffs.mean(axis=1, keepdims=True) + payoffs.mean(axis=0)) / 2": "You take the mean of the two",
            """
            rows = payoffs.mean(axis=1, keepdims=True) - payoffs.mean()
            columns = payoffs.mean(axis=0) - payoffs.mean()
            return rows + columns
            """: "so that your table has mean 0",
            "return payoffs.mean(axis=1, keepdims=True) + np.zeros(payoffs.shape)": "what the rows are worth alone",
            "return payoffs.mean(axis=0) + np.zeros(payoffs.shape)": "what the columns are worth alone",
            """
            rows = payoffs.mean(axis=1, keepdims=True) - payoffs.mean()
            return rows + np.zeros(payoffs.shape)
            """: "The means of the columns are missing",
            """
            mean = payoffs.mean()
            product = payoffs.mean(axis=1, keepdims=True) * payoffs.mean(axis=0)
            return product / mean if mean else product
            """: "You multiply the means",
            "return np.full(payoffs.shape, payoffs.mean())": "the mean of all in every cell",
            """
            rows = payoffs.mean(axis=0)[:, None]
            return rows + payoffs.mean(axis=1) - payoffs.mean()
            """: "(2, 3)",
            """
            rows = payoffs.sum(axis=1, keepdims=True)
            return rows + payoffs.sum(axis=0) - payoffs.sum()
            """: "You add up rows and columns",
            """
            rows = payoffs.max(axis=1, keepdims=True)
            return rows + payoffs.max(axis=0) - payoffs.max()
            """: "the largest number of each row and column",
            """
            rows = np.median(payoffs, axis=1, keepdims=True)
            return rows + np.median(payoffs, axis=0) - np.median(payoffs)
            """: "You take medians",
            "return 1.0 * payoffs": "You return the payoffs themselves",
            """
            rows = payoffs.mean(axis=1, keepdims=True)
            return payoffs - (rows + payoffs.mean(axis=0) - payoffs.mean())
            """: "what the sum leaves over",
            """
            rows = payoffs.mean(axis=1, keepdims=True) - payoffs.mean()
            return payoffs - rows - (payoffs.mean(axis=0) - payoffs.mean())
            """: "You subtract the means from the payoffs",
            "return 1.0 * (payoffs[:, :1] + payoffs[:1] - payoffs[0, 0])": "the first row and the first column only",
            "return payoffs.mean(axis=1) + payoffs.mean(axis=0) - payoffs.mean()": "(2, 3)",
            "return payoffs.mean(axis=1)": "(2, 3)",
            """
            rows = payoffs.mean(axis=1, keepdims=True)
            return (rows + payoffs.mean(axis=0) - payoffs.mean()).round()
            """: "whole",
            """
            fit = np.zeros_like(payoffs)
            fit[:] = payoffs.mean(axis=1, keepdims=True) + payoffs.mean(axis=0) - payoffs.mean()
            return fit
            """: "whole",
            """
            rows = payoffs.mean(axis=1, keepdims=True)
            rows + payoffs.mean(axis=0) - payoffs.mean()
            """: "Did you forget `return`?",
            """
            rows, columns = payoffs.sum(axis=1, keepdims=True), payoffs.sum(axis=0)
            return (rows + columns) / len(payoffs) - payoffs.mean()
            """: "You divide both sums by the number of rows",
            """
            rows, columns = payoffs.sum(axis=1, keepdims=True), payoffs.sum(axis=0)
            return (rows + columns) / payoffs.shape[1] - payoffs.mean()
            """: "You divide both sums by the number of columns",
            """
            rows, columns = payoffs.sum(axis=1, keepdims=True), payoffs.sum(axis=0)
            return rows / payoffs.shape[0] + columns / payoffs.shape[1] - payoffs.mean()
            """: "It is the other way round",
            """
            rows, columns = payoffs.sum(axis=1, keepdims=True), payoffs.sum(axis=0)
            return rows / 2 + columns / 2 - payoffs.sum() / 4
            """: "You divide the sums by 2, 2 and 4",
            """
            rows, columns = payoffs.sum(axis=1, keepdims=True), payoffs.sum(axis=0)
            return 1.0 * (rows // payoffs.shape[1] + columns // payoffs.shape[0] - payoffs.sum() // payoffs.size)
            """: "You cut off the decimals of the means",
        },
    ),
}
