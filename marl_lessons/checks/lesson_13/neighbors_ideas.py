"""The mean of four neighbors, by the definition, and the ideas that lead elsewhere: for exercise 13.4."""

import numpy as np

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


def pad(actions, fill):
    """Return boards with one more row and column at each edge."""
    return np.pad(1.0 * actions, ((0, 0), (1, 1), (1, 1)), constant_values=fill)


def add_within(boards):
    """Add the four neighbors of all but the outermost agents."""
    return boards[:, :-2, 1:-1] + boards[:, 2:, 1:-1] + boards[:, 1:-1, :-2] + boards[:, 1:-1, 2:]


def stop_at_the_edge(actions):
    """The idea that beyond the edge there is nothing, which counts as 0."""
    return add_within(pad(actions, 0)) / 4


def mean_of_those_there_are(actions):
    """The idea that an agent at the edge has fewer neighbors."""
    return add_within(pad(actions, 0)) / add_within(pad(np.ones(actions.shape), 0))


def mirror_at_the_edge(actions):
    """The idea that at the edge an agent is its own neighbor."""
    return add_within(np.pad(1.0 * actions, ((0, 0), (1, 1), (1, 1)), mode="edge")) / 4


def skip_the_edge(actions):
    """The idea of a loop over the inner agents alone."""
    means = np.zeros(actions.shape)
    means[:, 1:-1, 1:-1] = add_within(1.0 * actions) / 4
    return means


def mean_of_the_board(actions):
    """The idea of one mean for all."""
    return np.broadcast_to(actions.mean(axis=(1, 2), keepdims=True), actions.shape).copy()


def mean_of_the_line(actions):
    """The idea that a row and a column are all neighbors."""
    return (actions.mean(axis=1, keepdims=True) + actions.mean(axis=2, keepdims=True)) / 2


NEIGHBOR_MISCONCEPTIONS = (
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
        stop_at_the_edge,
        "Beyond the edge you count 0. The board has no edges: there comes the other side.",
    ),
    Misconception(
        mean_of_those_there_are,
        "At the edge you take the mean of fewer neighbors. The board has no edges: everybody has four.",
    ),
    Misconception(
        mirror_at_the_edge,
        "At the edge you count the agent itself as its neighbor. There comes the other side of the board.",
    ),
    Misconception(
        skip_the_edge,
        "The agents in the first and last row and column get 0 from you. They have four neighbors, too.",
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
        lambda actions: actions * look_around(actions),
        "You multiply by the agent's own action. The mean of its neighbors alone is asked for.",
    ),
)
