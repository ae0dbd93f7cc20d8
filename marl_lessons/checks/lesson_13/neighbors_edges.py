"""Ideas of what lies beyond the edge of a board that has none: for exercise 13.4."""

import numpy as np

from marl_lessons.exercises.judging.mistakes import Misconception


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


def turn_back_at_the_edge(actions):
    """The idea that at the edge the neighbor inside counts twice."""
    return add_within(np.pad(1.0 * actions, ((0, 0), (1, 1), (1, 1)), mode="reflect")) / 4


def leave_the_edge(actions):
    """The idea of a loop over the inner agents alone, in a copy of the board."""
    means = 1.0 * actions
    means[:, 1:-1, 1:-1] = add_within(1.0 * actions) / 4
    return means


def skip_the_edge(actions):
    """The idea of a loop over the inner agents alone."""
    means = np.zeros(actions.shape)
    means[:, 1:-1, 1:-1] = add_within(1.0 * actions) / 4
    return means


def skip_index_errors(actions):
    """The idea of leaving out neighbors whose index is too large; an index of -1 is none."""
    after, others = ((0, 0), (0, 1), (0, 1)), ((0, 0), (1, 0), (1, 0))
    boards, ones = 1.0 * actions, np.ones(actions.shape)
    sums, counts = (add_within(np.pad(np.pad(board, others, mode="wrap"), after)) for board in (boards, ones))
    return sums / counts


EDGE_MISCONCEPTIONS = (
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
        turn_back_at_the_edge,
        "At the edge you count the neighbor inside twice. Beyond it comes the other side of the board.",
    ),
    Misconception(
        leave_the_edge,
        "The agents in the first and last row and column keep their own action. They have four neighbors, too.",
    ),
    Misconception(
        skip_the_edge,
        "The agents in the first and last row and column get 0 from you. They have four neighbors, too.",
    ),
    Misconception(
        skip_index_errors,
        "You leave out the neighbors below the last row and right of the last column. The board has no edges: there "
        "comes row or column 0.",
    ),
)
