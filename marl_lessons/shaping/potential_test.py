"""The potential test: is an added reward the gain of some potential? Linear algebra answers, and proves a no."""

from dataclasses import dataclass

import numpy as np

from marl_lessons.arrays import TOLERANCE, check_shape


@dataclass(frozen=True)
class Transitions:
    """T transitions of a game, one below the other.

    Attributes:
        states, next_states: s and s', integers (T,).
        actions: the joint actions between them, integers (T, N).
        terminated: booleans (T,), True where s' ends the game.
    """

    states: np.ndarray
    actions: np.ndarray
    next_states: np.ndarray
    terminated: np.ndarray


@dataclass(frozen=True)
class PotentialTest:
    """What the potential test finds; one of the two is None.

    Attributes:
        potential: Φ (S,), the smallest one that fits; None if none does.
        weights: the proof that none does, (T,), the largest of them 1 or -1 and most of them 0; None if one does.
            See `find_shaping_potential`.
    """

    potential: np.ndarray | None
    weights: np.ndarray | None


def list_transitions(game):
    """List every transition that can happen in a game.

    Parameters:
        game: a TabularMarkovGame.
    Returns:
        Transitions, by state, joint action and next state; none leaves a terminal state.
    """
    is_possible = (game.transitions > 0) & ~game.terminal.reshape(-1, *[1] * (game.num_agents + 1))  # (S, A, …, A, S)
    states, *actions, next_states = np.nonzero(is_possible)
    return Transitions(states, np.stack(actions, axis=-1), next_states, game.terminal[next_states])


def find_shaping_potential(states, next_states, terminated, shaping, num_states, gamma):
    """Find a potential whose gain is the added reward on every transition, or the proof that there is none.

        γ Φ(s') - Φ(s) = F   on each of T transitions, with Φ(s') = 0 where s' ends the game;   in short A Φ = F

    These are T linear equations for S unknowns. If no Φ solves them, there are weights y of the transitions with

        Aᵀ y = 0   and   y · F ≠ 0

    Any potential pays 0 in that mixture of transitions, and F does not. For γ = 1 it is made of cycles; below 1 of ways
    to the same place, with steps that count less the later they come. Returned is the mixture with the largest y · F
    for its sum of |y|, which consists of few transitions.
    This is no relation of `games.find_potential`, which asks for one function of the joint actions.

    Parameters:
        states, next_states, terminated: (T,), as in `Transitions`.
        shaping: F (T,), in units of reward.
        num_states: S.
        gamma: discount factor in 0 … 1.
    Returns:
        PotentialTest.
    Raises:
        ValueError: where shapes disagree.
    Source: Ng, Harada & Russell 1999 (the form); Fredholm's alternative (the proof).
    """
    shaping = np.asarray(shaping, dtype=float)
    for name, array in (("next_states", next_states), ("terminated", terminated), ("shaping", shaping)):
        check_shape(name, np.asarray(array), np.shape(states))
    equations = _write_equations(states, next_states, terminated, num_states, gamma)  # (T, S)
    potential = np.linalg.lstsq(equations, shaping, rcond=None)[0]  # (S,)
    misfit = np.abs(equations @ potential - shaping).max(initial=0.0)
    if misfit <= TOLERANCE * max(1.0, np.abs(shaping).max(initial=0.0)):
        return PotentialTest(potential, None)
    return PotentialTest(None, _find_proof(equations, shaping))


def _write_equations(states, next_states, terminated, num_states, gamma):
    rows = np.arange(len(states))
    equations = np.zeros((len(states), num_states))
    equations[rows, states] -= 1
    equations[rows, next_states] += gamma * np.logical_not(terminated)  # where s' = s, both land in one entry
    return equations


def _find_proof(equations, shaping):
    """Find y with Aᵀ y = 0 and y · F = 1 and the smallest sum of |y|, which leaves few of them above 0."""
    from scipy.optimize import linprog  # imported here, because scipy takes long to load

    conditions = np.vstack([equations.T, shaping])  # (S + 1, T)
    wanted = np.append(np.zeros(equations.shape[1]), 1.0)
    both_signs = np.hstack([conditions, -conditions])  # y = u - v with u, v ≥ 0
    solution = linprog(np.ones(both_signs.shape[1]), A_eq=both_signs, b_eq=wanted, method="highs-ds").x
    positive, negative = np.split(solution, 2)
    weights = positive - negative
    return weights / np.abs(weights).max()
