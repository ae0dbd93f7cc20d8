"""The mean of four neighbors, by the definition, and the ideas that lead elsewhere: for exercise 13.4."""

import numpy as np

from marl_lessons.checks.lesson_13.neighbors_edges import EDGE_MISCONCEPTIONS
from marl_lessons.exercises.judging.mistakes import Misconception

AROUND = ((1, 0), (-1, 0), (0, 1), (0, -1))
DIAGONAL = ((1, 1), (1, -1), (-1, 1), (-1, -1))


def look_around(actions):
    """The definition, agent by agent."""
    runs, side, _ = actions.shape
    means = np.zeros(actions.shape)
    for run, row, column in np.ndindex(runs, side, side):
        around = [actions[run, (row + down) % side, (column + right) % side] for down, right in AROUND]
        means[run, row, column] = sum(map(float, around)) / 4
    return means


def add_moved(moves, divisor, axes=(1, 2)):
    """Return the function that adds boards moved by each of the moves, and divides."""
    return lambda actions: sum(1.0 * np.roll(actions, move, axis=axes) for move in moves) / divisor


def roll_everything(actions):
    """The idea that `np.roll` without an axis moves columns."""
    moved = [np.roll(actions, 1), np.roll(actions, -1), np.roll(actions, 1, axis=1), np.roll(actions, -1, axis=1)]
    return sum(moved) / 4


def roll_the_long_row(actions):
    """The same idea, with a row's length for the rows above and below."""
    side = actions.shape[1]
    return sum(1.0 * np.roll(actions, places) for places in (1, -1, side, -side)) / 4


def divide_the_last(moves):
    """Return the function that adds moved boards, and divides the last of them alone, for want of brackets."""
    *first, last = moves
    return lambda actions: add_moved(first, 1)(actions) + add_moved([last], 4)(actions)


def write_over(actions):
    """The idea of a loop that writes means where it still has to read actions."""
    means, side = 1.0 * actions, actions.shape[1]
    for row, column in np.ndindex(side, side):
        around = [means[:, (row + down) % side, (column + right) % side] for down, right in AROUND]
        means[:, row, column] = sum(around) / 4
    return means


def mean_of_the_board(actions):
    """The idea of one mean for all."""
    return np.broadcast_to(actions.mean(axis=(1, 2), keepdims=True), actions.shape).copy()


def mean_of_the_line(actions):
    """The idea that a row and a column are all neighbors."""
    return (actions.mean(axis=1, keepdims=True) + actions.mean(axis=2, keepdims=True)) / 2


def mean_of_the_rest_of_the_line(actions):
    """The same without the agent itself."""
    sums = actions.sum(axis=1, keepdims=True) + actions.sum(axis=2, keepdims=True) - 2.0 * actions
    return sums / (2 * (actions.shape[1] - 1))


NEIGHBOR_MISCONCEPTIONS = (
    *EDGE_MISCONCEPTIONS,
    Misconception(
        add_moved(AROUND, 4, axes=(0, 1)),
        "You move along axes 0 and 1. Axis 0 counts boards: rows are axis 1, columns axis 2.",
    ),
    Misconception(
        add_moved(AROUND, 4, axes=(0, 2)),
        "You move along axes 0 and 2. Axis 0 counts boards: rows are axis 1, columns axis 2.",
    ),
    Misconception(
        roll_everything,
        "Without `axis`, `np.roll` moves everything along as one long row, so that columns and boards run into one "
        "another.",
    ),
    Misconception(
        roll_the_long_row,
        "Without `axis`, `np.roll` moves everything along as one long row, so that columns and boards run into one "
        "another.",
    ),
    Misconception(
        add_moved(((0, 0), *AROUND), 5),
        "You count the agent itself as well. Its four neighbors are asked for.",
    ),
    Misconception(
        add_moved(((0, 0), *AROUND), 4),
        "Your sum holds the agent itself as well. Its four neighbors are asked for.",
    ),
    Misconception(
        add_moved(AROUND + DIAGONAL, 8),
        "You count eight neighbors. Those at the corners are none: above, below, left and right.",
    ),
    Misconception(
        add_moved(DIAGONAL, 4),
        "You take the four at the corners. Move one axis at a time: above, below, left and right.",
    ),
    Misconception(
        add_moved(AROUND[:2], 2),
        "You look above and below only.",
    ),
    Misconception(
        add_moved(AROUND[2:], 2),
        "You look left and right only.",
    ),
    Misconception(
        add_moved((AROUND[0], AROUND[2]), 2),
        "You look in two directions only, above and left. Move by −1 as well.",
    ),
    Misconception(
        add_moved((AROUND[1], AROUND[3]), 2),
        "You look in two directions only, below and right. Move by 1 as well.",
    ),
    Misconception(
        add_moved((AROUND[0], AROUND[2]), 4),
        "You look in two directions only, above and left. Move by −1 as well.",
    ),
    Misconception(
        add_moved((AROUND[1], AROUND[3]), 4),
        "You look in two directions only, below and right. Move by 1 as well.",
    ),
    *(
        Misconception(
            add_moved([move for move in AROUND if move != missing], divisor),
            "You look in three of the four directions. Move each of the two axes by 1 and by −1.",
        )
        for missing in AROUND
        for divisor in (3, 4)
    ),
    *(
        Misconception(
            add_moved([twice if move == missing else move for move in AROUND], 4),
            "One side counts twice in your mean, and its opposite never. Move each of the two axes by 1 and by −1.",
        )
        for twice, missing in ((AROUND[i], AROUND[i ^ 1]) for i in range(4))
    ),
    *(
        Misconception(
            divide_the_last([*(move for move in AROUND if move != last), last]),
            "You divide the last of the four alone: `a + b / 4` is `a + (b / 4)`. Put the sum in brackets.",
        )
        for last in AROUND
    ),
    Misconception(
        add_moved([(2 * down, 2 * right) for down, right in AROUND], 4),
        "You look two places away. Move by 1 and by −1.",
    ),
    *(
        Misconception(
            add_moved(moves, 2),
            "With two axes, `np.roll` moves along both at once, and so to the corners. Move one axis at a time.",
        )
        for moves in (DIAGONAL[::3], DIAGONAL[1:3])
    ),
    Misconception(
        write_over,
        "You write means where you still read actions: the next agents take them for what their neighbors do. Write "
        "into a new array.",
    ),
    Misconception(
        mean_of_the_board,
        "You return the mean of the whole board. That is the crowd's; an agent's own four neighbors are asked for.",
    ),
    Misconception(
        mean_of_the_line,
        "You average whole rows and columns. Only the next one in each direction is a neighbor.",
    ),
    Misconception(
        mean_of_the_rest_of_the_line,
        "You average whole rows and columns. Only the next one in each direction is a neighbor.",
    ),
    Misconception(
        lambda actions: np.sign(look_around(actions)),
        "You return what *most* neighbors do. Their mean is asked for.",
    ),
    Misconception(
        lambda actions: actions * look_around(actions),
        "You multiply by the agent's own action. The mean of its neighbors alone is asked for.",
    ),
)
