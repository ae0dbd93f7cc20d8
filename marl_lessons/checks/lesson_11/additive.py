"""Exercise 11.1: the table of sums that comes closest to a payoff table."""

import numpy as np

from marl_lessons.checks.lesson_11.additive_ideas import ADDITIVE_MISCONCEPTIONS, solve_least_squares
from marl_lessons.exercises.judging.cases import keep_cases
from marl_lessons.exercises.judging.domains import (
    TABLES,
    Domain,
    Parameter,
    is_array,
)
from marl_lessons.exercises.judging.drawing import NUMBER_STYLES, draw_numbers, draw_shapes
from marl_lessons.exercises.judging.expect import expect_agreement
from marl_lessons.exercises.judging.kinds import expect_array
from marl_lessons.exercises.specification import Check, Exercise


def additive_fit(payoffs):
    """Return the table of sums that comes closest to the payoffs: (A, B) -> (A, B)."""
    rows = payoffs.mean(axis=1, keepdims=True)  # (A, 1)
    columns = payoffs.mean(axis=0)  # (B,)
    return rows + columns - payoffs.mean()


@keep_cases
def draw_tables(rng):
    """The docstring's case in whole numbers and in decimals, then random tables."""
    example = np.array([[0, 0], [0, 4]])
    shapes = [(1, 1), (1, 2), (2, 1), (2, 2), (2, 3), (3, 2), (3, 3), *draw_shapes(rng, (1, 1), (5, 4), times=33)]
    tables = [draw_numbers(rng, shape, NUMBER_STYLES[index % 5]) for index, shape in enumerate(shapes)]
    return [(table,) for table in (example, 1.0 * example, *tables)]


@keep_cases
def draw_sums(rng):
    """Tables that are sums of a number for the row and one for the column."""
    cases = []
    for index, (rows, columns) in enumerate([(2, 2), (1, 3), (3, 2), (2, 4), (3, 3)] * 3):
        parts = [draw_numbers(rng, shape, NUMBER_STYLES[index % 4]) for shape in ((rows, 1), (1, columns))]
        cases.append(((parts[0] + parts[1]).round(2),))
    return cases


def returns_a_table_of_the_same_shape(answer, rng):
    result = answer(draw_numbers(rng, (2, 3), "fractions"))
    expect_array(result, (2, 3), "a row for each action of agent 0, a column for each one of agent 1")


def comes_closest(answer, rng):
    expect_agreement(answer, draw_tables(rng), solve_least_squares, ADDITIVE_MISCONCEPTIONS)


def leaves_sums_as_they_are(answer, rng):
    cases = draw_sums(rng)
    expect_agreement(answer, cases, solve_least_squares, ADDITIVE_MISCONCEPTIONS, evidence=lambda: draw_tables(rng))


DOMAIN = Domain(
    parameters=(
        Parameter(
            "payoffs",
            is_array(None, None),
            TABLES,
        ),
    ),
    corners={"the table is square": lambda payoffs: payoffs.shape[0] == payoffs.shape[1]},
)

EXERCISE = Exercise(
    id="11.1",
    title="The sum that comes closest",
    reference=additive_fit,
    checks=(
        Check("returns a table of the same shape", returns_a_table_of_the_same_shape),
        Check("comes closer to the payoffs than any other table of sums", comes_closest),
        Check("leaves a table as it is that is a sum already", leaves_sums_as_they_are),
    ),
    hints=(
        "Three means are needed: of each row, of each column, and of all cells.",
        "`payoffs.mean(axis=1, keepdims=True)` has the means of the rows below each other, (A, 1), and "
        "`payoffs.mean(axis=0)` those of the columns side by side, (B,). Added up, they make a table (A, B).",
        "Subtract `payoffs.mean()` from that table.",
    ),
    explanation="The check looked for the best numbers of rows and columns by least squares: no formula. With two "
    "means added up, the mean of all would count twice.",
    domain=DOMAIN,
)
