"""Answers to exercise 5.3."""

from tests.bank.bank import Answers, Cell, Told

ANSWERS = {
    "5.3": Answers(
        right=[
            "return (payoffs @ column_counts).argmax(), (row_counts @ payoffs).argmin()",
            """
            row_values = payoffs @ (column_counts / column_counts.sum())
            column_values = (row_counts / row_counts.sum()) @ payoffs
            return [int(np.argmax(row_values)), int(np.argmin(column_values))]
            """,
            """
            best_row, most = 0, -np.inf
            for a in range(payoffs.shape[0]):
                total = 0
                for b in range(payoffs.shape[1]):
                    total += column_counts[b] * payoffs[a, b]
                if total > most:
                    best_row, most = a, total
            best_column, least = 0, np.inf
            for b in range(payoffs.shape[1]):
                total = 0
                for a in range(payoffs.shape[0]):
                    total += row_counts[a] * payoffs[a, b]
                if total < least:
                    best_column, least = b, total
            return best_row, best_column
            """,
            """
            rows = [sum(column_counts * row) for row in payoffs]
            columns = [sum(row_counts * column) for column in payoffs.T]
            return rows.index(max(rows)), columns.index(min(columns))
            """,
            "return np.array([np.argmax(payoffs @ column_counts), np.argmax(-payoffs.T @ row_counts)])",
            """
            rows, columns = payoffs @ column_counts, row_counts @ payoffs
            return np.flatnonzero(rows == rows.max())[0], np.flatnonzero(columns == columns.min())[0]
            """,
            Cell("""
            def answer(table, counts):
                return max(range(len(table)), key=lambda action: table[action] @ counts)

            answer_the_past = lambda table, rows, columns: (answer(table, columns), answer(-table.T, rows))
            """),
            Cell("""
            class Answer:
                def __call__(self, payoffs, row_counts, column_counts):
                    row = (payoffs * column_counts).sum(axis=1).argmax()
                    column = (payoffs * row_counts[:, None]).sum(axis=0).argmin()
                    print(row, column)
                    return row, column

            answer_the_past = Answer()
            """),
        ],
        wrong={
            # The ideas that the lesson knows by name.
            "return (payoffs @ column_counts).argmax(), (row_counts @ payoffs).argmax()": (
                "You let the column agent look for a large payoff"
            ),
            "return (payoffs @ column_counts).argmin(), (row_counts @ payoffs).argmax()": "the two goals the wrong way",
            "return (payoffs @ column_counts).argmin(), (row_counts @ payoffs).argmin()": (
                "You let the row agent look for a small payoff"
            ),
            """
            row, column = (payoffs @ column_counts).argmax(), (row_counts @ payoffs).argmin()
            return column, row
            """: "You return the two actions in the other order",
            """
            row = (payoffs @ column_counts).argmax()
            row_counts = row_counts.copy()
            row_counts[row] += 1
            return row, (row_counts @ payoffs).argmin()
            """: Told("knows already what the row agent plays next", never=("changed its input",)),
            """
            row = (payoffs @ column_counts).argmax()
            return row, payoffs[row].argmin()
            """: Told("Both answer at the same time", never=("look for a large payoff",)),
            "return payoffs[:, column_counts.argmax()].argmax(), payoffs[row_counts.argmax()].argmin()": (
                "most frequent action only"
            ),
            """
            return (payoffs * column_counts).max(axis=1).argmax(), (payoffs.T * row_counts).min(axis=1).argmin()
            """: "You compare single weighted payoffs",
            """
            rows, columns = payoffs @ column_counts, row_counts @ payoffs
            return np.flatnonzero(rows == rows.max())[-1], np.flatnonzero(columns == columns.min())[-1]
            """: "Of several equally good ones you take the last",
            """
            row = most = column = least = 0
            for a, value in enumerate(payoffs @ column_counts):
                if value > most:
                    row, most = a, value
            for b, value in enumerate(row_counts @ payoffs):
                if value < least:
                    column, least = b, value
            return row, column
            """: "Does your search for the best begin at 0?",
            "return row_counts.argmax(), column_counts.argmax()": "Your agents repeat what they have played most",
            """
            rows, columns = payoffs @ column_counts, row_counts @ payoffs
            rows = np.where(row_counts > 0, rows, -np.inf)
            columns = np.where(column_counts > 0, columns, np.inf)
            return rows.argmax(), columns.argmin()
            """: "You try only the actions that an agent has played before",
            # Other numbers.
            "return payoffs.sum(axis=1).argmax(), payoffs.sum(axis=0).argmin()": "never reads its parameter `row_",
            "return 0, 1": "Your function never reads its parameter `payoffs`.",
            "return (payoffs * column_counts).argmax(), (payoffs.T * row_counts).argmin()": "the row is from 0 to 2",
            "return (payoffs @ column_counts).argmax() + 1, (row_counts @ payoffs).argmin() + 1": "row is from 0 to 2",
            """
            rng = np.random.default_rng(0)
            rows, columns = payoffs @ column_counts, row_counts @ payoffs
            return rng.choice(np.flatnonzero(rows == rows.max())), rng.choice(np.flatnonzero(columns == columns.min()))
            """: "equally good",
            # Results of another kind.
            "return payoffs @ column_counts, row_counts @ payoffs": "found an array among the two",
            "return (payoffs @ column_counts).max(), (row_counts @ payoffs).min()": "`argmax` gives a place",
            "return (payoffs @ column_counts).argmax()": "Expected two whole numbers, a row and a column",
            "(payoffs @ column_counts).argmax(), (row_counts @ payoffs).argmin()": "Did you forget `return`?",
            "return {'row': (payoffs @ column_counts).argmax(), 'column': 0}": "`return row, column`",
            "return '0', '1'": "Expected two whole numbers",
            """
            row_counts[(payoffs @ column_counts).argmax()] += 1
            column_counts[(row_counts @ payoffs).argmin()] += 1
            return row_counts, column_counts
            """: "changed its input `row_counts`",
            # Inputs that change, and code that does not run.
            """
            row, column = (payoffs @ column_counts).argmax(), (row_counts @ payoffs).argmin()
            row_counts[row] += 1
            return row, column
            """: "changed its input `row_counts`",
            "return (payoffs @ row_counts).argmax(), (column_counts @ payoffs).argmin()": (
                "`@` needs the last axis on its left"
            ),
            "return (row_counts @ payoffs).argmax(), (payoffs @ column_counts).argmin()": Told(
                "Each of your agents answers its own past", never=("in the other order",)
            ),
            "return (row_counts @ payoffs).argmin(), (payoffs @ column_counts).argmax()": Told(
                "You return the two actions in the other order", never=("answers its own past",)
            ),
            "return argmax(payoffs @ column_counts), argmin(row_counts @ payoffs)": "NameError",
            Cell("""
            def answer_the_past(payoffs, column_counts, row_counts):
                return (payoffs @ column_counts).argmax(), (row_counts @ payoffs).argmin()
            """): "Keep the order of the parameters, `answer_the_past(payoffs,",
        },
    ),
}
