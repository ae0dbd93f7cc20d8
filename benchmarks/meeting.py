"""The small game of the second table: three agents on a ring of five cells want to meet."""

from itertools import product

import numpy as np

from marl_lessons.markov_games import TabularMarkovGame

NUM_AGENTS, CELLS, SLIP = 3, 5, 0.1
ALPHA, GAMMA, EPSILON = 0.1, 0.95, 0.1  # for every contestant


def build_meeting():
    """Build the game: each agent steps back, stays or steps ahead, and slips (stays) with probability .1.

    The team earns 1 in every step that ends with all agents in one cell. 125 states, 27 joint actions, shifts of
    25 steps.
    """
    cells = np.indices((CELLS,) * NUM_AGENTS).reshape(NUM_AGENTS, -1).T[:, None, None, None]  # (S, 1, 1, 1, N)
    moves = np.moveaxis(np.indices((3,) * NUM_AGENTS), 0, -1) - 1  # (A, A, A, N)
    transitions = np.zeros((CELLS**NUM_AGENTS, 3, 3, 3, CELLS**NUM_AGENTS))
    rewards = np.zeros(transitions.shape[:-1])
    for slips in product([False, True], repeat=NUM_AGENTS):
        chance = np.prod(np.where(slips, SLIP, 1 - SLIP))
        arrived = (cells + np.where(slips, 0, moves)) % CELLS  # (S, A, A, A, N)
        number = np.ravel_multi_index(tuple(np.moveaxis(arrived, -1, 0)), (CELLS,) * NUM_AGENTS)
        transitions += chance * np.eye(CELLS**NUM_AGENTS)[number]
        rewards += chance * (arrived == arrived[..., :1]).all(axis=-1)
    start = np.full(CELLS**NUM_AGENTS, CELLS**-NUM_AGENTS)
    return TabularMarkovGame(transitions, np.stack([rewards] * NUM_AGENTS), start, horizon=25)


def list_successors(game):
    """Write the game down for loops that play one run.

    Returns:
        Possible next states (cells, K), running sums of their probabilities (cells, K) and team rewards (cells,); the
        cell of state s and actions a, b, c is ((s·3 + a)·3 + b)·3 + c.
    """
    transitions = game.transitions.reshape(-1, game.num_states)  # (cells, S)
    num_successors = (transitions > 0).sum(axis=-1).max()
    successors = np.argsort(-transitions, axis=-1, kind="stable")[:, :num_successors]
    cumulative = np.cumsum(np.take_along_axis(transitions, successors, axis=-1), axis=-1)
    return successors, cumulative, game.rewards[0].ravel()
