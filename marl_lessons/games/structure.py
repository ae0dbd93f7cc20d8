"""Reward structures: what kind of game the payoffs make, and whether one function tells everybody's gains."""

import numpy as np

from marl_lessons.arrays import TOLERANCE


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
