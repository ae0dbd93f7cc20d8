"""Reward structures: what kind of game the rewards make, and what happens when we add to them."""

import numpy as np

from marl_lessons.games import MatrixGame
from marl_lessons.markov_games import TOLERANCE, check_shape


def classify(game):
    """Name the kinds of game that a matrix game belongs to, each with the reason.

    Kinds: "common interest", "zero-sum" or "general-sum"; "potential" (Monderer & Shapley 1996); and for
    symmetric 2×2 games "harmony", "stag hunt", "prisoner's dilemma", "chicken" or "deadlock".

    Parameters:
        game: a MatrixGame; in a 2×2 game action 0 counts as cooperating and action 1 as defecting.
    Returns:
        Dictionary from each kind to one sentence.
    Source: Macy & Flache 2002 (dilemmas).

    >>> from marl_lessons import games
    >>> list(classify(games.chicken()))
    ['general-sum', 'potential', 'chicken']
    """
    if np.ptp(game.payoffs, axis=0).max() <= TOLERANCE:
        kinds = {"common interest": "Every joint action pays all agents the same."}
    elif np.abs(game.payoffs.sum(axis=0)).max() <= TOLERANCE:
        kinds = {"zero-sum": "The payoffs of every joint action add up to 0: what one wins, others lose."}
    else:
        kinds = {"general-sum": "The agents' interests are neither the same nor opposite."}
    if find_potential(game) is not None:
        kinds["potential"] = "One function Φ changes by as much as the payoff of whichever agent deviates."
    return kinds | _name_dilemma(game)


def _name_dilemma(game):
    """Name a symmetric 2×2 game by the order of R = u(C, C), S = u(C, D), T = u(D, C), P = u(D, D)."""
    if game.payoffs.shape != (2, 2, 2) or not np.allclose(game.payoffs[1], game.payoffs[0].T, atol=TOLERANCE):
        return {}
    # Rounding merges numbers that differ only by floating-point error, so that ties are ties.
    (R, S), (T, P) = np.round(game.payoffs[0], 9).tolist()
    orders = [
        ("harmony", R > T and S > P and R > P, "R > T, S > P, R > P: cooperating is best in any case"),
        ("stag hunt", R > T >= P > S, "R > T ≥ P > S: cooperating pays only beside a cooperator (fear)"),
        ("prisoner's dilemma", T > R > P > S, "T > R > P > S: defecting always pays, yet R beats P"),
        ("chicken", T > R > S > P, "T > R > S > P: it pays to do the opposite of the other (greed)"),
        ("deadlock", T > R and P > S and P > R, "T > R, P > S, P > R: defecting is best in any case"),
    ]
    numbers = f"R = {R:g}, S = {S:g}, T = {T:g}, P = {P:g}"
    return {name: f"{reason}; {numbers}." for name, holds, reason in orders if holds}


def find_potential(game):
    """Find an exact potential of a matrix game, if it has one.

        u_i(a_i', a_-i) - u_i(a) = Φ(a_i', a_-i) - Φ(a)   for every agent i, a and a_i'

    A candidate follows from walking from (0, …, 0) to a, one agent after the other, and adding up the gains
    of the agent that moves; it is the potential if the order of the walk does not matter.

    Parameters:
        game: a MatrixGame.
    Returns:
        Φ (A_1, …, A_N) with Φ(0, …, 0) = 0, or None if no potential exists.
    Source: Monderer & Shapley 1996, definition of an exact potential game and theorem 2.8.
    """
    potential = np.zeros(game.action_counts)
    for agent, payoff in enumerate(game.payoffs):
        still_at_zero = (slice(0, 1),) * (game.num_agents - agent - 1)
        walked = payoff[(..., *still_at_zero)]  # (A_1, …, A_i, 1, …, 1)
        potential += walked - walked.take([0], axis=agent)
    # What is left of u_i after Φ may depend on the others' actions only.
    leftovers = [np.ptp(payoff - potential, axis=agent).max() for agent, payoff in enumerate(game.payoffs)]
    return potential if max(leftovers) <= TOLERANCE else None


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


def add_bonus(game, bonus):
    """Build the same game with a bonus for joint actions added to the rewards.

        r_i'(s, a) = r_i(s, a) + b_i(a)

    Parameters:
        game: a MatrixGame or a TabularMarkovGame.
        bonus: function from joint actions, integers (…, N), to bonuses (…, N), such as `diversity_bonus`.
    Returns:
        A game of the same kind.
    """
    counts = game.action_counts if isinstance(game, MatrixGame) else (game.num_actions,) * game.num_agents
    joint_actions = np.moveaxis(np.indices(counts), 0, -1)  # (A_1, …, A_N, N)
    table = np.moveaxis(bonus(joint_actions), -1, 0)  # (N, A_1, …, A_N)
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
