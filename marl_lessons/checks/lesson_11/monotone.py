"""Exercise 11.4: whether a mix that only rises could give a table exactly."""

import numpy as np

from marl_lessons.checks.lesson_11.monotone_ideas import MONOTONE_MISCONCEPTIONS, try_all_orders
from marl_lessons.exercises.judging.cases import keep_cases
from marl_lessons.exercises.judging.domains import (
    TABLES,
    Domain,
    Parameter,
    is_array,
)
from marl_lessons.exercises.judging.drawing import NUMBER_STYLES, draw_numbers
from marl_lessons.exercises.judging.expect import expect_agreement
from marl_lessons.exercises.judging.kinds import expect_bool
from marl_lessons.exercises.specification import Check, Exercise

SHAPES = ((2, 2), (3, 2), (2, 3), (3, 3), (4, 2), (2, 4), (4, 4), (1, 3), (3, 1))


def is_monotone(payoffs):
    """Say whether a mix that only rises could give exactly this table: (A, B) -> True or False."""
    for rows in (payoffs, payoffs.T):
        for one in rows:
            for other in rows:
                if (one > other).any() and (one < other).any():
                    return False
    return True


def draw_rising(rng, shape, style):
    """Draw a table that rises along rows and columns, with equal numbers here and there."""
    numbers = draw_numbers(rng, shape, style)
    return np.sort(np.sort(numbers, axis=0), axis=1)


def shuffle(rng, table):
    """Put the rows and the columns in another order."""
    rows, columns = map(rng.permutation, table.shape)
    return table[rows][:, columns]


def clash(rng, table):
    """Exchange two numbers of a table that rises."""
    spoiled = table.copy()
    first, second = rng.integers(table.size, size=2)
    spoiled.flat[[first, second]] = spoiled.flat[[second, first]]
    return spoiled


@keep_cases
def draw_tables(rng):
    """The docstring's cases, then tables that rise, in any order, and such of which two numbers are exchanged."""
    tables = [np.array([[0, 1], [1, 8]]), np.array([[1, 0], [0, 1]]), np.array([[0.0, 1.0], [1.0, 8.0]])]
    for index, shape in enumerate(SHAPES * 4):
        rising = draw_rising(rng, shape, NUMBER_STYLES[index % 5])
        tables += [shuffle(rng, rising), shuffle(rng, clash(rng, rising))]
    return [(table,) for table in tables]


@keep_cases
def draw_hidden_clashes(rng):
    """Tables in which only rows, only columns, or only two rows that are not neighbors clash, and ties.

    Each one as it is, with its signs changed, and so small that rounding makes all of it 0.
    """
    a, b, c, d = np.sort(rng.choice(np.arange(1, 30), size=4, replace=False))
    tables = [
        [[a, d], [b, c]],  # the rows clash
        [[a, b], [d, c]],  # the columns clash
        [[a, c], [d, d], [b, b]],  # rows 0 and 2 clash, on both sides of a better one
        [[a, d, b], [c, d, b]],
        [[a, a], [a, b]],
        [[a, a], [a, a]],
        [[a, b], [a, b]],
        [[a, b, a], [b, c, b]],
        [[b, a], [a, b]],
        [[d, a, a], [a, b, b], [a, b, b]],
        [[a, b, d], [b, b, c]],  # a tie parts the two numbers that clash
        [[d, d], [b, c], [a, d], [a, a]],  # neither the best nor the worst row clashes
        [[b, d], [b, d], [b, d], [c, c]],  # the fourth row clashes
        [[0.6, 1.4], [1.4, 0.6]],  # equal if rounded
        [[1.1, 1.9], [1.9, 1.1]],  # equal if cut off
        [[d, c, c], [c, a, b], [c, b, a]],  # the best row and column are in order, the others clash
    ]
    return [
        ((turned * factor).round(3),)
        for table in tables
        for turned in (np.array(table), np.array(table).T)
        for factor in (1, -1, 0.01)
    ]


def returns_true_or_false(answer, rng):
    for (table,) in draw_tables(rng)[:6]:
        expect_bool(answer(table))


def finds_clashes(answer, rng):
    _expect_verdicts(answer, draw_tables(rng), evidence=lambda: draw_hidden_clashes(rng))


def looks_at_every_pair(answer, rng):
    _expect_verdicts(answer, draw_hidden_clashes(rng), evidence=lambda: draw_tables(rng))


def _expect_verdicts(answer, cases, evidence):
    expect_agreement(
        answer, cases, try_all_orders, MONOTONE_MISCONCEPTIONS, explain=_explain_verdict, evidence=evidence
    )


def _explain_verdict(trial):
    """Name two rows or columns that clash, or say that there are none."""
    (payoffs,) = trial.case
    for name, rows in (("rows", payoffs), ("columns", payoffs.T)):
        for first, one in enumerate(rows):
            for second, other in enumerate(rows[:first]):
                if (one > other).any() and (one < other).any():
                    return f"Of {name} {second} and {first}, each one is larger somewhere."
    return "Of any two rows one is nowhere below the other, and of any two columns as well."


DOMAIN = Domain(
    parameters=(
        Parameter(
            "payoffs",
            is_array(None, None),
            TABLES,
        ),
    ),
    corners={
        "the table is square": lambda payoffs: payoffs.shape[0] == payoffs.shape[1],
        "two rows are equal": lambda payoffs: len(np.unique(payoffs, axis=0)) < len(payoffs),
        "the best number stands in more than one cell": lambda payoffs: (payoffs == payoffs.max()).sum() > 1,
        "such a mix could give the table": try_all_orders,
    },
)

EXERCISE = Exercise(
    id="11.4",
    title="Could a mix that rises say this?",
    reference=is_monotone,
    checks=(
        Check("returns True or False", returns_true_or_false),
        Check("finds rows or columns that clash", finds_clashes),
        Check("looks at every pair, and lets ties be", looks_at_every_pair),
    ),
    hints=(
        "When do two rows clash? If each of them is larger than the other one somewhere.",
        "For two rows `one` and `other`: `(one > other).any() and (one < other).any()`. The columns are the rows of "
        "`payoffs.T`.",
        "Go through `for rows in (payoffs, payoffs.T)`, and in it through all pairs, `for one in rows` and `for other "
        "in rows`. Return False at the first clash, and True after all the loops.",
    ),
    explanation="An agent's utilities put its actions in one order, whatever the others do, and a mix that only rises "
    "keeps it. If two rows clash, no order is right beside both columns.",
    domain=DOMAIN,
)
