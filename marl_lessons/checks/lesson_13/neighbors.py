"""Exercise 13.4: the mean action of everybody's four neighbors on a board without edges."""

import numpy as np

from marl_lessons.checks.lesson_13.neighbors_ideas import NEIGHBOR_MISCONCEPTIONS, look_around
from marl_lessons.exercises.judging.cases import keep_cases
from marl_lessons.exercises.judging.domains import (
    Domain,
    Parameter,
    has_length,
    is_all_negative,
    is_array,
    is_longer_than,
    is_whole,
)
from marl_lessons.exercises.judging.expect import expect_agreement
from marl_lessons.exercises.judging.kinds import expect_array
from marl_lessons.exercises.specification import Check, Exercise

SHAPES = ((1, 3), (2, 3), (1, 4), (1, 5), (3, 3), (2, 4), (4, 4), (1, 3), (3, 4), (2, 5))  # runs and rows


def neighbor_means(actions):
    """Return the mean action of each agent's four neighbors: (R, L, L) -> (R, L, L)."""
    above_below = np.roll(actions, 1, axis=1) + np.roll(actions, -1, axis=1)
    left_right = np.roll(actions, 1, axis=2) + np.roll(actions, -1, axis=2)
    return (above_below + left_right) / 4


@keep_cases
def draw_boards(rng, kind):
    """The docstring's board in whole numbers and in decimals, then random ones.

    kind: "inside", where all agents in the first and last row and column do the same; "edges", where they do not.
    """
    example = np.array([[[1, 1, 1], [1, -1, 1], [1, 1, 1]]])
    cases = [(example,), (1.0 * example,)] if kind == "inside" else []
    for index in range(30):
        runs, side = SHAPES[index % 10]
        boards = rng.choice([1, -1], size=(runs, side, side), p=[0.6, 0.4])
        if kind == "inside":
            boards[:, [0, -1]] = boards[:, :, [0, -1]] = 1 if index % 5 else -1
        if index % 10 == 7:
            boards[:] = -1 if kind == "inside" else 1
        cases.append((1.0 * boards if index % 2 else boards,))
    return cases


def returns_a_mean_for_each_agent(answer, rng):
    boards = rng.choice([1, -1], size=(2, 4, 4))
    expect_array(answer(boards), (2, 4, 4), "a mean for each agent of 2 boards of 4 rows and 4 columns")


def looks_above_below_left_and_right(answer, rng):
    _expect_means(answer, draw_boards(rng, "inside"), rng)


def goes_on_beyond_the_edges(answer, rng):
    _expect_means(answer, draw_boards(rng, "edges"), rng)


def _expect_means(answer, cases, rng):
    expect_agreement(answer, cases, look_around, NEIGHBOR_MISCONCEPTIONS, evidence=lambda: draw_boards(rng, "edges"))


def are_boards(value):
    """Tell whether a value is a batch of square boards of 1 and -1."""
    is_batch = is_array(None, None, None)(value) and value.shape[1] == value.shape[2] >= 3
    return is_batch and bool((np.abs(value) == 1).all())


DOMAIN = Domain(
    parameters=(
        Parameter(
            "actions",
            are_boards,
            {
                "is an array of whole numbers": is_whole,
                "has only negative numbers": is_all_negative,
                "holds one board": has_length(0, 1),
                "holds several boards": is_longer_than(1),
                "holds more than two boards": is_longer_than(2),
                "has three rows": has_length(1, 3),
                "has more than three rows": is_longer_than(3, axis=1),
                "has more than four rows": is_longer_than(4, axis=1),
                "is the same everywhere": lambda value: np.ptp(value) == 0,
                "has as many boards as rows": lambda value: value.shape[0] == value.shape[1],
                "does the same all around the edge": lambda value: (
                    np.ptp(np.concatenate([value[:, [0, -1]].ravel(), value[:, :, [0, -1]].ravel()])) == 0
                ),
            },
        ),
    ),
)

EXERCISE = Exercise(
    id="13.4",
    title="Four neighbors",
    reference=neighbor_means,
    checks=(
        Check("returns a mean for each agent", returns_a_mean_for_each_agent),
        Check("looks above, below, left and right", looks_above_below_left_and_right),
        Check("goes on beyond the edges", goes_on_beyond_the_edges),
    ),
    hints=(
        "`np.roll(actions, 1, axis=1)` moves each row down by one. Whose action stands then in an agent's place?",
        "Axis 0 counts boards. Roll axis 1 (rows) by 1 and by −1, and axis 2 (columns) by 1 and by −1.",
        "Add the four rolled boards, and divide by 4.",
    ),
    explanation="Four copies of the board, each moved by one place, put an agent's neighbors on top of one another. "
    "`np.roll` brings what falls off at one edge in at the other: no agent is special, and no loop is needed.",
    domain=DOMAIN,
)
