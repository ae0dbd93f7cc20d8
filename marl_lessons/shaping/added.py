"""Bonuses and potentials, and the same game with one of them added to its tables."""

import numpy as np

from marl_lessons.arrays import check_shape
from marl_lessons.games import MatrixGame


def diversity_bonus(actions):
    """Reward a team for choosing different actions, as the article does.

        b(a) = 0.2 · unique(a)/N - 0.1 · (N - unique(a))

    It depends on actions alone, so it is no potential-based shaping and may change the optimum.

    Parameters:
        actions: integers (…, N).
    Returns:
        The same bonus for every agent, (…, N), in units of reward.
    Source: the article's `shaped_reward`.

    >>> diversity_bonus(np.array([[0, 1], [2, 2]]))
    array([[0.2, 0.2],
           [0. , 0. ]])
    """
    actions = np.asarray(actions)
    num_agents = actions.shape[-1]
    unique = 1 + (np.diff(np.sort(actions, axis=-1), axis=-1) > 0).sum(axis=-1, keepdims=True)  # (…, 1)
    bonus = 0.2 * unique / num_agents - 0.1 * (num_agents - unique)
    return np.broadcast_to(bonus, actions.shape).copy()


def add_bonus(game, bonus, strength=1.0):
    """Build the same game with a bonus for joint actions added to the rewards.

        r_i'(s, a) = r_i(s, a) + strength · b_i(a)

    Parameters:
        game: a MatrixGame or a TabularMarkovGame.
        bonus: function from joint actions, integers (…, N), to bonuses (…, N), such as `diversity_bonus`.
        strength: factor of the bonus.
    Returns:
        A game of the same kind.
    """
    counts = game.action_counts if isinstance(game, MatrixGame) else (game.num_actions,) * game.num_agents
    joint_actions = np.moveaxis(np.indices(counts), 0, -1)  # (A_1, …, A_N, N)
    table = strength * np.moveaxis(bonus(joint_actions), -1, 0)  # (N, A_1, …, A_N)
    if isinstance(game, MatrixGame):
        return MatrixGame(game.payoffs + table, game.name, game.action_names)
    return game.with_rewards(game.rewards + table[:, None])


def potential_shaping(potential, next_potential, terminated, gamma):
    """Compute the shaping reward that leaves the optimal policies as they are.

        F(s, s') = γ Φ(s') - Φ(s),   with Φ(s') = 0 if s' is terminal

    Parameters:
        potential, next_potential: Φ(s) and Φ(s'), any shapes that broadcast together.
        terminated: booleans, True where s' ends the episode; passing False throughout keeps the potential of
            terminal states, the mistake that Grześ 2017 warns of.
        gamma: the discount factor with which the agents learn.
    Returns:
        F, in units of reward.
    Source: Ng, Harada & Russell 1999; for several agents Devlin & Kudenko 2011; the terminal Grześ 2017.
    """
    return gamma * np.where(terminated, 0.0, next_potential) - potential


def add_potential(game, potential, gamma, zero_at_end=True):
    """Build the same tabular game with potential shaping added to every agent's expected reward.

        r_i'(s, a) = r_i(s, a) + Σ_s' P(s' | s, a) F(s, s')

    Parameters:
        game: a TabularMarkovGame.
        potential: Φ (S,), in units of reward.
        gamma: the discount factor with which the game will be solved or learned.
        zero_at_end: count the potential of terminal states as 0. False shows what goes wrong otherwise.
    Returns:
        A TabularMarkovGame.
    Source: see `potential_shaping`.
    """
    potential = np.asarray(potential, dtype=float)
    check_shape("potential", potential, (game.num_states,))
    ended = game.terminal & zero_at_end
    shaping = potential_shaping(potential[:, None], potential, ended, gamma)  # (S, S)
    return game.with_rewards(game.rewards + np.einsum("s...t,st->s...", game.transitions, shaping))
