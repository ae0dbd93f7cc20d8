"""Exercise 5.3: one step of fictitious play."""

import numpy as np

from marl_lessons.checks.lesson_05.fictitious_ideas import FICTITIOUS_MISCONCEPTIONS
from marl_lessons.exercises.judging.comparison import as_numbers
from marl_lessons.exercises.judging.domains import (
    NUMBERS,
    Domain,
    Parameter,
    has_length,
    has_zeros,
    is_array,
    is_longer_than,
    is_whole,
)
from marl_lessons.exercises.judging.drawing import NUMBER_STYLES, draw_numbers, draw_shapes
from marl_lessons.exercises.judging.expect import expect_agreement
from marl_lessons.exercises.judging.mistakes import Mistake
from marl_lessons.exercises.judging.showing import describe, show_value
from marl_lessons.exercises.specification import Check, Exercise

PENNIES = np.array([[1, -1], [-1, 1]])
CLEAR = 1e-3  # a lead that no rounding turns around


def answer_the_past(payoffs, row_counts, column_counts):
    """Return the next row and column, each a best answer to the other's past: (A, B), (A,), (B,) -> two integers."""
    row = (payoffs @ column_counts).argmax()
    column = (row_counts @ payoffs).argmin()
    return row, column


def weigh_every_action(payoffs, row_counts, column_counts):
    """The definition: add up each row and column with the other's counts, and take the first of the best."""
    rows = [sum(count * payoff for count, payoff in zip(column_counts, row, strict=True)) for row in payoffs]
    columns = [sum(count * payoff for count, payoff in zip(row_counts, column, strict=True)) for column in payoffs.T]
    return rows.index(max(rows)), columns.index(min(columns))


def list_values(payoffs, row_counts, column_counts):
    """Return what each row (A,) and each column (B,) pays the row agent on average over the other's past."""
    plays = row_counts.sum()
    return payoffs @ column_counts / plays, row_counts @ payoffs / plays


def is_fair(payoffs, row_counts, column_counts):
    """Tell whether no way of adding up changes the answer: a clear lead, or a tie in numbers without rounding."""
    rows, columns = list_values(payoffs, row_counts, column_counts)
    leads = [np.diff(np.sort(values)[-2:]).sum() for values in (rows, -columns) if len(values) > 1]
    is_exact = row_counts.sum() in (1, 2, 4, 8) and (payoffs * 2 % 1 == 0).all() and np.abs(payoffs).max() < 1_000
    return all(lead > CLEAR or (lead == 0 and is_exact) for lead in leads)


def draw_counts(rng, size, plays):
    """Draw how often each action has been played, whole numbers (A,) that add up to the number of plays."""
    return rng.multinomial(plays, rng.dirichlet(np.ones(size)))


def draw_pasts(rng):
    """Pennies to check by hand, then random games after few and many plays, with leads that are clear.

    Tables of one row or column come long: the smallest case, which a card shows, is worth a thought.
    """
    by_hand = [(PENNIES, np.array(own), np.array(other)) for own, other in [([1, 0], [1, 0]), ([2, 0], [1, 1])]]
    by_hand += [(table * 1.0, *counts) for table, *counts in by_hand]
    shapes = [(2, 2), (3, 3), *draw_shapes(rng, (2, 2), (4, 5), times=50), *[(1, 8), (8, 1)] * 4, (12, 15)]
    return by_hand + [_draw_fair(rng, shape, index) for index, shape in enumerate(shapes)]


def _draw_fair(rng, shape, index):
    while True:
        payoffs = draw_numbers(rng, shape, NUMBER_STYLES[index % 5]).round(2)
        plays = (1, 2, 3, 8, 20, 100)[index // 5 % 6]
        case = payoffs, *(draw_counts(rng, size, plays) for size in shape)
        if is_fair(*case):
            return case


def draw_ties(rng):
    """Small whole payoffs after 2, 4 or 8 plays, in which several rows or several columns are equally good."""
    cases = []
    while len(cases) < 24:
        shape = tuple(rng.integers(2, 5, size=2))
        plays = (2, 4, 8)[len(cases) % 3]
        case = rng.integers(-2, 3, size=shape), *(draw_counts(rng, size, plays) for size in shape)
        if is_fair(*case) and count_best(*case)[len(cases) % 2] > 1:
            cases.append(case)
    return cases


def count_best(*case):
    """Count the rows, and the columns, that are equally good."""
    rows, columns = list_values(*case)
    return [(rows == rows.max()).sum(), (columns == columns.min()).sum()]


def returns_a_row_and_a_column(answer, rng):
    payoffs = np.array([[0.0, 4.0, -1.0, 2.0], [1.0, 0.5, -2.0, 3.0], [3.0, -2.0, 1.0, 0.5]])
    result = answer(payoffs, np.array([0, 1, 2]), np.array([1, 0, 1, 1]))
    if result is None:
        raise Mistake("The result is `None`. Did you forget `return`?")
    if isinstance(result, (tuple, list)) and len(result) == 2 and any(np.ndim(part) for part in result):
        raise Mistake(
            "Expected two whole numbers, and found an array among the two. Of all that the rows, or the columns, are "
            "worth, which place holds the best?"
        )
    if not isinstance(result, (tuple, list, np.ndarray)) or np.shape(result) != (2,):
        raise Mistake(f"Expected two whole numbers, a row and a column, got {describe(result)}. `return row, column`.")
    if as_numbers(result) is None or as_numbers(result).dtype.kind not in "iu":
        raise Mistake(
            f"Expected two whole numbers, got {show_value(result)}. An action is a place in the table: `argmax` gives "
            "a place, `max` gives the number that stands there."
        )
    if not (0 <= result[0] < 3 and 0 <= result[1] < 4):
        raise Mistake(
            f"With 3 rows and 4 columns the row is from 0 to 2 and the column from 0 to 3, got {show_value(result)}. "
            "Both count from 0. Is yours a place among all the cells of the table?"
        )


def answers_the_past(answer, rng):
    _expect_answers(answer, draw_pasts(rng))


def takes_the_first_of_equals(answer, rng):
    _expect_answers(answer, draw_pasts(rng) + draw_ties(rng))


def _expect_answers(answer, cases):
    expect_agreement(answer, cases, weigh_every_action, FICTITIOUS_MISCONCEPTIONS, explain=_explain_values)


def _explain_values(trial):
    rows, columns = map(show_value, list_values(*trial.case))
    return f"On average over the past the rows pay {rows}, the columns {columns} (all as the row agent's payoff)."


def is_unplayed(case, agent):
    """Tell whether an agent's answer is an action that it has never played."""
    return case[1 + agent][weigh_every_action(*case)[agent]] == 0


COUNTS = {
    "holds one play only": lambda counts: counts.sum() == 1,
    "holds more than ten plays": lambda counts: counts.sum() > 10,
    "holds a 0": has_zeros,
}
DOMAIN = Domain(
    parameters=(
        Parameter(
            "payoffs",
            is_array(None, None),
            NUMBERS
            | {
                "has one row": has_length(0, 1),
                "has one column": has_length(1, 1),
                "has more than two rows": is_longer_than(2),
                "has more than two columns": is_longer_than(2, axis=1),
                "has more than ten rows": is_longer_than(10),
            },
        ),
        *(
            Parameter(
                name,
                lambda counts: is_array(None)(counts) and is_whole(counts) and counts.min() >= 0 and counts.sum() >= 1,
                COUNTS,
            )
            for name in ("row_counts", "column_counts")
        ),
    ),
    fit=lambda payoffs, rows, columns: payoffs.shape == (len(rows), len(columns)) and rows.sum() == columns.sum(),
    corners={
        "the table is square": lambda payoffs, *counts: payoffs.shape[0] == payoffs.shape[1],
        "the table is no square": lambda payoffs, *counts: payoffs.shape[0] != payoffs.shape[1],
        "several rows are equally good": lambda *case: count_best(*case)[0] > 1,
        "several columns are equally good": lambda *case: count_best(*case)[1] > 1,
        "the best row has never been played": lambda *case: is_unplayed(case, 0),
        "the best column has never been played": lambda *case: is_unplayed(case, 1),
        "the best row is the first": lambda *case: weigh_every_action(*case)[0] == 0,
        "the best column is the first": lambda *case: weigh_every_action(*case)[1] == 0,
    },
)

EXERCISE = Exercise(
    id="5.3",
    title="One step of fictitious play",
    reference=answer_the_past,
    checks=(
        Check("returns a row and a column", returns_a_row_and_a_column),
        Check("answers the other's past", answers_the_past),
        Check("takes the first of several equally good ones", takes_the_first_of_equals),
    ),
    hints=(
        "The past of the column agent is a policy in all but name: counts instead of probabilities. What is each row "
        "worth against it?",
        "`payoffs @ column_counts` weighs the columns and leaves a number for each row: what it would have won in all "
        "the plays so far. Which expression leaves one for each column?",
        "The row agent takes the place of the largest of its numbers, `.argmax()`. The column agent pays what stands "
        "in the table: which place does it take of `row_counts @ payoffs`?",
    ),
    explanation="Counts are frequencies times the number of plays, and a common factor changes no argmax: there is no "
    "need to divide. The row agent takes the largest entry, the column agent, who pays, the smallest.",
    domain=DOMAIN,
)
