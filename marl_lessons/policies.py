"""Policies as arrays of probabilities whose last axis is the action."""

import numpy as np

from marl_lessons.markov_games import draw_index


def uniform_policy(*shape):
    """Give every action the same probability.

        π(a | o) = 1/A

    Parameters:
        shape: the shape of the result, whose last axis is A; (N, O, A) for N agents with O observations.
    Returns:
        Probabilities of that shape.

    >>> uniform_policy(2, 4)
    array([[0.25, 0.25, 0.25, 0.25],
           [0.25, 0.25, 0.25, 0.25]])
    """
    return np.full(shape, 1 / shape[-1])


def epsilon_greedy(q_values, epsilon):
    """Explore with probability epsilon, and otherwise take a best action.

        π(a | o) = ε/A + (1 - ε) · [a is best] / (number of best actions)

    Ties are shared equally: an argmax would favor low indices, and an untrained learner would look trained.

    Parameters:
        q_values: (…, A), in units of return.
        epsilon: probability of exploring, a number or an array (…), in 0 … 1.
    Returns:
        Probabilities (…, A).
    Raises:
        ValueError: if epsilon is not a probability.
    Source: Sutton & Barto 2018, section 2.2.
    """
    epsilon = np.asarray(epsilon, dtype=float)[..., None]
    if not ((epsilon >= 0) & (epsilon <= 1)).all():
        raise ValueError(f"epsilon must lie in 0 … 1, got {epsilon[..., 0]}; clip the schedule.")
    is_best = q_values == q_values.max(axis=-1, keepdims=True)  # (…, A)
    greedy = is_best / is_best.sum(axis=-1, keepdims=True)
    return epsilon / q_values.shape[-1] + (1 - epsilon) * greedy


def softmax(preferences, temperature=1.0):
    """Prefer actions in proportion to the exponential of their preference.

        π(a) = exp(h(a)/τ) / Σ_b exp(h(b)/τ)

    Parameters:
        preferences: h (…, A), logits or values.
        temperature: τ > 0, in units of the preferences.
    Returns:
        Probabilities (…, A).
    Raises:
        ValueError: if the temperature is not positive.
    Source: Sutton & Barto 2018, section 13.1 (τ = 1).
    """
    if temperature <= 0:
        raise ValueError(f"temperature must be above 0, got {temperature}; for greedy use epsilon_greedy(…, 0).")
    # Subtracting the largest preference changes nothing but keeps exp from overflowing.
    weights = np.exp((preferences - preferences.max(axis=-1, keepdims=True)) / temperature)  # (…, A)
    return weights / weights.sum(axis=-1, keepdims=True)


def sample_actions(policies, rng):
    """Draw one action from every distribution.

    Parameters:
        policies: probabilities (…, A), for example (R, N, A).
        rng: numpy random Generator.
    Returns:
        Integers (…) in 0 … A - 1.
    """
    return draw_index(np.cumsum(policies, axis=-1), rng)
