"""Policies as arrays of probabilities whose last axis is the action."""

from functools import partial

import numpy as np

from marl_lessons.arrays import TOLERANCE, draw_index

CHUNK = 8_192  # rows of a table that are looked at together


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

    Ties (within 1e-9, which may be rounding) are shared equally: an argmax would favor low indices, and an untrained
    learner would look trained.

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
    is_best = q_values >= q_values.max(axis=-1, keepdims=True) - TOLERANCE  # (…, A)
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
    _check_temperature(temperature)
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


def choose_greedily(preferences, rng):
    """Take a best action, and a random one of them where several are (almost) equally good.

        a = argmax_b [h(b) + U_b],   U_b uniform on [0, 1e-9)

    Parameters:
        preferences: h (…, A), such as action values.
        rng: numpy random Generator.
    Returns:
        Integers (…) in 0 … A - 1.
    """
    rows = preferences.reshape(-1, preferences.shape[-1])  # (rows, A)
    best = np.empty(len(rows), dtype=np.int64)
    # A draw too small to change any order but that of ties costs less than finding the ties, and rows that fit into
    # the processor's cache less than all of a million at once.
    for start in range(0, len(rows), CHUNK):
        few = slice(start, start + CHUNK)
        noisy = rng.random(rows[few].shape)
        noisy *= TOLERANCE
        noisy += rows[few]
        best[few] = noisy.argmax(axis=-1)
    return best.reshape(preferences.shape[:-1])


def explore_uniformly(actions, epsilon, num_actions, rng):
    """Replace each action with probability epsilon by one drawn uniformly.

    With actions from `choose_greedily`, the result is a sample of `epsilon_greedy`.

    Parameters:
        actions: integers (…).
        epsilon: probability of exploring, a number or an array that broadcasts to (…).
        num_actions: A.
        rng: numpy random Generator.
    Returns:
        Integers (…) in 0 … A - 1.
    """
    explores = rng.random(actions.shape) < epsilon
    return np.where(explores, rng.integers(num_actions, size=actions.shape), actions)


def sample_softmax(preferences, temperature, rng):
    """Draw one action from the softmax of every row of preferences.

        a = argmax_b [h(b)/τ + G_b],   G_b standard Gumbel   ⇒   P(a) = softmax(h/τ)

    Parameters:
        preferences, temperature: as in `softmax`.
        rng: numpy random Generator.
    Returns:
        Integers (…) in 0 … A - 1.
    Raises:
        ValueError: if the temperature is not positive.
    Source: Gumbel 1954; the trick needs neither a sum nor a running sum.
    """
    _check_temperature(temperature)
    return (preferences / temperature + rng.gumbel(size=preferences.shape)).argmax(axis=-1)


def linear_schedule(start, end, steps):
    """Go from `start` to `end` in a straight line, and stay there.

        x(t) = start + (end - start) · min(t/steps, 1)

    Parameters:
        start, end: first and last value.
        steps: number of steps from one to the other.
    Returns:
        Function from the step t to the value; unlike a lambda, it can be saved together with its learner.
    Raises:
        ValueError: if `steps` is below 1.

    >>> epsilon = linear_schedule(1.0, 0.0, steps=100)
    >>> epsilon(0), epsilon(25), epsilon(1_000)
    (1.0, 0.75, 0.0)
    """
    if steps < 1:
        remedy = "for a constant give a plain number" if steps == 0 else "the order is start, end, steps"
        raise ValueError(f"steps must be at least 1, got {steps}; {remedy}.")
    return partial(_go_straight, start, end, steps)


def exponential_schedule(start, decay, floor=0.0):
    """Shrink by the same factor in every step, but not below a floor.

        x(t) = max(floor, start · decay^t)

    Parameters:
        start: value at step 0.
        decay: factor for each step, in 0 … 1.
        floor: smallest value.
    Returns:
        Function from the step t to the value, which can be saved like that of `linear_schedule`.

    >>> epsilon = exponential_schedule(1.0, 0.995)
    >>> round(epsilon(139), 3)
    0.498
    """
    return partial(_shrink, start, decay, floor)


def value_at(schedule, step):
    """Look up a schedule (a function of the step) at a step; a plain number holds for every step."""
    return schedule(step) if callable(schedule) else schedule


def joint_policy(policies):
    """Multiply independent policies into one distribution over joint actions.

        π(a | s) = π_1(a_1 | s) ⋯ π_N(a_N | s)

    Parameters:
        policies: probabilities (…, N, S, A).
    Returns:
        Probabilities (…, S, A, …, A) with N action axes.
    """
    policies = np.asarray(policies, dtype=float)
    num_agents = policies.shape[-3]
    joint = np.ones(policies.shape[:-3] + policies.shape[-2:-1])  # (…, S)
    for agent in range(num_agents):
        own = policies[..., agent, :, :]  # (…, S, A)
        joint = joint[..., None] * np.expand_dims(own, axis=tuple(range(-1 - agent, -1)))
    return joint


def deterministic_joint_policy(joint_actions, num_actions):
    """Turn one joint action for each state into a distribution that always takes it.

    Parameters:
        joint_actions: integers (…, S, N).
        num_actions: A.
    Returns:
        Probabilities 0 and 1, (…, S, A, …, A).
    """
    return joint_policy(np.moveaxis(np.eye(num_actions)[joint_actions], -2, -3))


def _go_straight(start, end, steps, step):
    return start + (end - start) * min(step / steps, 1.0)


def _shrink(start, decay, floor, step):
    return max(floor, start * decay**step)


def _check_temperature(temperature):
    if temperature <= 0:
        raise ValueError(f"temperature must be above 0, got {temperature}; for greedy use epsilon_greedy(…, 0).")
