"""The sums that come closest to a table, by least squares, and the ideas that lead elsewhere: for exercise 11.1."""

import numpy as np

from marl_lessons.exercises.judging.mistakes import Misconception


def solve_least_squares(payoffs):
    """The definition, without a formula: the numbers of rows and columns whose sums miss the payoffs least."""
    rows, columns = np.indices(payoffs.shape).reshape(2, -1)
    design = np.hstack([np.eye(payoffs.shape[0])[rows], np.eye(payoffs.shape[1])[columns]])
    numbers = np.linalg.lstsq(design, payoffs.ravel().astype(float), rcond=None)[0]
    return (design @ numbers).reshape(payoffs.shape)


def of_means(rule):
    """Return the function that makes a table of the means rule(rows (A, 1), columns (1, B), all)."""
    return lambda payoffs: rule(payoffs.mean(axis=1)[:, None], payoffs.mean(axis=0)[None], payoffs.mean())


def of_parts(rule, take):
    """Return the function that makes a table of other parts of the payoffs than means, such as take=np.max."""
    return lambda payoffs: rule(take(payoffs, axis=1)[:, None], take(payoffs, axis=0)[None], take(payoffs))


def divide_sums(payoffs, of_row, of_column, of_all=None, divide=np.divide):
    """Make the table of the sums of rows, columns and all cells, each divided by a number."""
    parts = divide(payoffs.sum(axis=1, keepdims=True), of_row), divide(payoffs.sum(axis=0), of_column)
    return sum(parts) - divide(payoffs.sum(), of_all or payoffs.size) + 0.0


def is_sum(rows, columns, total):
    return rows + columns - total


ADDITIVE_MISCONCEPTIONS = (
    Misconception(
        of_means(lambda rows, columns, total: rows + columns),
        "You add the two means. The mean of all is in both of them: subtract it once.",
    ),
    Misconception(
        of_means(lambda rows, columns, total: rows + columns + total),
        "You add the mean of all. It is in both other means already: subtract it.",
    ),
    Misconception(
        of_means(lambda rows, columns, total: (rows + columns) / 2),
        "You take the mean of the two means. Add them, and subtract the mean of all.",
    ),
    Misconception(
        of_means(lambda rows, columns, total: rows + columns - 2 * total),
        "You subtract the mean of all twice, so that your table has mean 0. Once is enough.",
    ),
    Misconception(
        of_means(lambda rows, columns, total: rows + 0 * columns),
        "Your table says what the rows are worth alone. The columns count too: add their means, and subtract the mean "
        "of all.",
    ),
    Misconception(
        of_means(lambda rows, columns, total: columns + 0 * rows),
        "Your table says what the columns are worth alone. The rows count too: add their means, and subtract the mean "
        "of all.",
    ),
    Misconception(
        of_means(lambda rows, columns, total: rows - total + 0 * columns),
        "Your table says how much better the rows are than the mean. The means of the columns are missing: add them.",
    ),
    Misconception(
        of_means(lambda rows, columns, total: rows * columns / total if total else rows * columns),
        "You multiply the means. Add them: a *sum* of one number for the row and one for the column is asked for.",
    ),
    Misconception(
        of_means(lambda rows, columns, total: total + 0 * (rows + columns)),
        "Your table has the mean of all in every cell. Each row and each column has a mean of its own.",
    ),
    Misconception(
        of_parts(is_sum, np.sum),
        "You add up rows and columns. Take their means: `.mean(…)` in place of `.sum(…)`.",
    ),
    Misconception(
        of_parts(is_sum, np.max),
        "You take the largest number of each row and column. Take their means.",
    ),
    Misconception(
        of_parts(is_sum, np.median),
        "You take medians. Take means.",
    ),
    Misconception(
        lambda payoffs: 1.0 * payoffs,
        "You return the payoffs themselves. Asked for is the sum that comes closest to them.",
    ),
    Misconception(
        lambda payoffs: payoffs - of_means(is_sum)(payoffs),
        "You return what the sum leaves over. Return the sum itself.",
    ),
    Misconception(
        lambda payoffs: payoffs - of_means(lambda rows, columns, total: rows + columns - 2 * total)(payoffs),
        "You subtract the means from the payoffs. What is left is not a sum: return the means of row and column, minus "
        "the mean of all.",
    ),
    Misconception(
        lambda payoffs: payoffs[:, :1] + payoffs[:1] - payoffs[0, 0] + 0.0,
        "You take the first row and the first column only. Every cell counts: take the means of rows and columns.",
    ),
    Misconception(
        lambda payoffs: divide_sums(payoffs, len(payoffs), len(payoffs)),
        "You divide both sums by the number of rows. A row has as many numbers as there are columns: "
        "`payoffs.mean(axis=1)` divides by that.",
    ),
    Misconception(
        lambda payoffs: divide_sums(payoffs, payoffs.shape[1], payoffs.shape[1]),
        "You divide both sums by the number of columns. A column has as many numbers as there are rows: "
        "`payoffs.mean(axis=0)` divides by that.",
    ),
    Misconception(
        lambda payoffs: divide_sums(payoffs, *payoffs.shape),
        "You divide the sum of a row by the number of rows, and that of a column by the number of columns. It is the "
        "other way round: a row has as many numbers as there are columns.",
    ),
    Misconception(
        lambda payoffs: divide_sums(payoffs, 2, 2, 4),
        "You divide the sums by 2, 2 and 4. So many numbers they have in a table with two rows and two columns only: "
        "`.mean(…)` counts them.",
    ),
    Misconception(
        lambda payoffs: divide_sums(payoffs, *payoffs.shape[::-1], divide=np.floor_divide),
        "You cut off the decimals of the means. `/` keeps them, `//` does not.",
    ),
)
