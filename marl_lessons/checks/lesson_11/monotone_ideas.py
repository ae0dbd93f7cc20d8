"""Whether a table can be put in rising order, by trying all orders, and other ideas: for exercise 11.4."""

import itertools

import numpy as np

from marl_lessons.exercises.judging.mistakes import Misconception


def try_all_orders(payoffs):
    """The definition: in some order of the rows no column ever falls, and in some order of the columns no row does."""
    return all(map(_rises_in_some_order, (payoffs.tolist(), payoffs.T.tolist())))


def _rises_in_some_order(rows):
    orders = itertools.permutations(rows)
    return any(
        all(a <= b for low, high in itertools.pairwise(order) for a, b in zip(low, high, strict=True))
        for order in orders
    )


def clash(one, other):
    return bool((one > other).any() and (one < other).any())


def compare_rows(payoffs, clash=clash, pairs=itertools.permutations):
    """Tell whether no two rows clash. pairs(rows, 2): which of them are compared."""
    return not any(clash(one, other) for one, other in pairs(payoffs, 2))


def on_both_sides(**changes):
    """Return the function that compares rows and columns in another way."""
    return lambda payoffs: compare_rows(payoffs, **changes) and compare_rows(payoffs.T, **changes)


def compare_neighbors(rows, length):
    return itertools.pairwise(rows)


def compare_with_first(rows, length):
    return ((rows[0], other) for other in rows[1:])


def leave_out_last(rows, length):
    return itertools.combinations(rows[:-1], length)


def compare_first_pair(payoffs):
    """Compare the first two rows; where there is one row only, the first two columns."""
    pairs = (rows[:2] for rows in (payoffs, payoffs.T) if len(rows) > 1)
    return next((not clash(*pair) for pair in pairs), True)


def rises_as_it_stands(payoffs):
    return bool((np.diff(payoffs, axis=0) >= 0).all() and (np.diff(payoffs, axis=1) >= 0).all())


def is_sum(payoffs):
    fit = payoffs.mean(axis=1, keepdims=True) + payoffs.mean(axis=0) - payoffs.mean()
    return bool(np.allclose(fit, payoffs))


def holds_best_where_means_are_best(payoffs):
    """Tell whether the best cell lies in the best row and the best column on average."""
    return bool(payoffs[payoffs.mean(axis=1).argmax(), payoffs.mean(axis=0).argmax()] == payoffs.max())


def holds_best_where_means_are_first(payoffs):
    """Tell the same by the place of the best cell: where it stands more than once, by the first place."""
    place = np.unravel_index(payoffs.argmax(), payoffs.shape)
    return place == (payoffs.mean(axis=1).argmax(), payoffs.mean(axis=0).argmax())


def has_best_row_and_column(payoffs):
    """Tell whether some row is nowhere below another one, and some column as well."""
    return all(bool((rows == rows.max(axis=0)).all(axis=1).any()) for rows in (payoffs, payoffs.T))


def has_same_best(payoffs):
    """Tell whether the best action of each agent is the same, whatever the other one does."""
    return bool(np.ptp(payoffs.argmax(axis=0)) == 0 and np.ptp(payoffs.argmax(axis=1)) == 0)


def is_strictly_below(one, other):
    return not ((one < other).all() or (one > other).all())


MONOTONE_MISCONCEPTIONS = (
    Misconception(
        compare_rows, "You compare the rows only. The columns must not clash either: `payoffs.T` has them as rows."
    ),
    Misconception(
        lambda payoffs: compare_rows(payoffs.T), "You compare the columns only. The rows must not clash either."
    ),
    Misconception(
        lambda payoffs: compare_rows(payoffs) or compare_rows(payoffs.T),
        "You are content if the rows or the columns are in order. Both have to be: `and`.",
    ),
    Misconception(
        rises_as_it_stands,
        "You ask whether the numbers rise in the order in which rows and columns stand. Any order will do: an agent's "
        "utilities need not follow the numbers of its actions.",
    ),
    Misconception(
        on_both_sides(pairs=compare_neighbors),
        "You compare each row with the next one only. Two rows that do not stand side by side may clash, too.",
    ),
    Misconception(
        on_both_sides(pairs=compare_with_first),
        "You compare all rows with the first one only. Any two of them may clash.",
    ),
    Misconception(
        lambda payoffs: compare_rows(payoffs, pairs=compare_with_first),
        "Your code compares the first row with the others, and nothing else. Does `return True` stand inside a loop?",
    ),
    Misconception(
        on_both_sides(clash=is_strictly_below),
        "You ask that one row be *above* the other everywhere. Where they are equal nothing is wrong: nowhere below is "
        "enough.",
    ),
    Misconception(is_sum, "You ask whether the table is a sum. A mix that rises can bend: 0, 1, 1, 8 is fine."),
    Misconception(
        holds_best_where_means_are_best,
        "You look at the best cell only. The whole table has to rise in one order, not its best cell alone.",
    ),
    Misconception(
        has_best_row_and_column,
        "You look for one best row and one best column. The other rows and columns have to be in order, too.",
    ),
    Misconception(
        has_same_best,
        "You look at the best action beside each action of the other. The other actions have to be in order, too.",
    ),
    Misconception(
        lambda payoffs: (
            not any(
                (one > other).any() for rows in (payoffs, payoffs.T) for one, other in itertools.permutations(rows, 2)
            )
        ),
        "You return False where one row is larger than another one anywhere. That alone is no clash: two rows clash if "
        "*each* is larger somewhere, `(one > other).any() and (one < other).any()`.",
    ),
    Misconception(
        compare_first_pair,
        "Your code compares two rows, or else two columns, and is done. Does `return True` stand inside a loop?",
    ),
    Misconception(
        on_both_sides(pairs=leave_out_last),
        "You never look at the last row and the last column. Does a `range` end too early?",
    ),
    Misconception(
        holds_best_where_means_are_first,
        "You look at the best cell only. The whole table has to rise in one order, not its best cell alone.",
    ),
)
