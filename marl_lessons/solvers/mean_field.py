"""Games of very many agents, exactly: the order of the Ising game, and the best that a shared policy can do."""

import math

import numpy as np


def critical_temperature():
    """Name the temperature of the Ising game above which no order can last.

        τ_c = 1 / ln(1 + √2) = 1.1346

    Returns:
        Temperature of the softmax, in units of reward, for r_i = ½ a_i Σ_j a_j: half of that for energies Σ a_i a_j.
    Source: Onsager 1944.
    """
    return 1 / math.log(1 + math.sqrt(2))


def ising_order(temperature):
    """Compute how far the agents of an endless Ising game agree in the long run, if they start in order.

        m = (1 - sinh(1/τ)⁻⁴)^(1/8)   below the critical temperature,   and 0 above it

    Parameters:
        temperature: τ > 0 of everybody's softmax, a number or an array, in units of reward.
    Returns:
        Order m, |mean direction|, of the same shape, in 0 … 1.
    Raises:
        ValueError: if a temperature is not above 0.
    Source: Onsager 1949, proved by Yang 1952.

    >>> np.round(ising_order(np.array([0.6, 1.0, 1.1, 1.2])), 3)
    array([0.997, 0.911, 0.785, 0.   ])
    """
    temperature = _check(temperature)
    power = np.sinh(1 / np.maximum(temperature, 0.01)) ** -4  # colder still, it is 0 but would overflow
    return np.maximum(1 - power, 0) ** (1 / 8)


def mean_field_order(temperature):
    """Compute the order that agents reach who see the mean of everybody in place of their neighbors.

        m = tanh(2 m / τ),   the largest solution; above τ = 2 only m = 0 is left

    An agent beside four neighbors of mean direction m earns 2 m by pointing up and -2 m by pointing down.

    Parameters:
        temperature: τ > 0 of everybody's softmax, a number or an array, in units of reward.
    Returns:
        Order m of the same shape, in 0 … 1, by bisection.
    Raises:
        ValueError: if a temperature is not above 0.
    Source: Weiss 1907 (for magnets).

    >>> np.round(mean_field_order(np.array([1.0, 1.5, 1.9, 2.0, 2.5])), 3)
    array([0.958, 0.776, 0.379, 0.   , 0.   ])
    """
    temperature = _check(temperature)
    low, high = np.zeros_like(temperature), np.ones_like(temperature)
    for _ in range(60):
        middle = (low + high) / 2
        is_below = np.tanh(2 * middle / temperature) > middle
        low, high = np.where(is_below, middle, low), np.where(is_below, high, middle)
    return low


def best_shared_value(num_agents):
    """Compute the best that a shared policy without identity can earn where N agents must all differ.

        max_π P(all differ) = N! / N^N,   by the uniform policy

    Parameters:
        num_agents: N, agents with as many actions, as in `games.permutation`.
    Returns:
        Expected reward of the team; agents with policies of their own earn 1.
    Source: Fu et al. 2022.

    >>> [round(best_shared_value(num_agents), 3) for num_agents in (2, 3, 4, 5)]
    [0.5, 0.222, 0.094, 0.038]
    """
    return math.prod(place / num_agents for place in range(1, num_agents + 1))


def _check(temperature):
    temperature = np.asarray(temperature, dtype=float)
    if not (temperature > 0).all():
        raise ValueError(f"temperature must be above 0, got {temperature}; the limit 0 is perfect order, 1.")
    return temperature
