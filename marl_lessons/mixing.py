"""Mixing: how a team's value is put together from one utility per agent, and how it changes with each of its parts.

A monotone mix never falls when a utility rises. So everybody's own best action is the team's best joint action, and who
acts need not know the mix.
"""

import numpy as np

NUDGE = 1e-5  # of an argument, where no formula differentiates the mix


def sum_utilities(utilities):
    """Add up the agents' utilities.

        Q_tot = Σ_i Q_i

    Parameters:
        utilities: Q_i (…, N), in units of return.
    Returns:
        Q_tot (…).
    Source: Sunehag et al. 2018 (VDN).
    """
    return utilities.sum(axis=-1)


def elu(x):
    """Bend a straight line: x where x > 0, and exp(x) - 1 elsewhere, which rises everywhere and never jumps.

    >>> elu(np.array([2.0, 0.0, -1.0])).round(3)
    array([ 2.   ,  0.   , -0.632])
    """
    return np.where(x > 0, x, np.expm1(np.minimum(x, 0)))


def mix_monotonically(utilities, weights, biases, last_weights, last_bias):
    """Mix the agents' utilities so that the team's value rises with each of them.

        Q_tot = Σ_h |v_h| elu(Σ_i |w_ih| Q_i + b_h) + c   ⇒   ∂Q_tot / ∂Q_i ≥ 0

    Parameters:
        utilities: Q_i (…, N), in units of return.
        weights: w (…, N, H), of any sign; their absolute values count.
        biases: b (…, H).
        last_weights: v (…, H), of any sign like w.
        last_bias: c (…).
    Returns:
        Q_tot (…), in units of return.
    Source: Rashid et al. 2018 (QMIX), section 4.

    >>> one = np.ones(1)
    >>> float(mix_monotonically(np.array([1.0, 2.0]), np.array([[1.0], [-1.0]]), 0 * one, -2 * one, np.array(1.0)))
    7.0
    """
    hidden = elu((utilities[..., None] * np.abs(weights)).sum(axis=-2) + biases)  # (…, H)
    return (np.abs(last_weights) * hidden).sum(axis=-1) + last_bias


def differentiate_mix(utilities, weights, biases, last_weights, last_bias):
    """Differentiate `mix_monotonically` by each of its arguments.

    Parameters:
        utilities, weights, biases, last_weights, last_bias: as there.
    Returns:
        Q_tot (…), and a tuple of its five gradients, each of the shape of its argument. At 0 a weight's is 0.
    """
    before = (utilities[..., None] * np.abs(weights)).sum(axis=-2) + biases  # (…, H)
    hidden = elu(before)
    q_tot = (np.abs(last_weights) * hidden).sum(axis=-1) + last_bias
    by_biases = np.abs(last_weights) * np.where(before > 0, 1.0, hidden + 1)  # elu' = exp(x) = elu(x) + 1 below 0
    by_weights = utilities[..., None] * np.sign(weights) * by_biases[..., None, :]
    by_utilities = (np.abs(weights) * by_biases[..., None, :]).sum(axis=-1)
    gradients = by_utilities, by_weights, by_biases, np.sign(last_weights) * hidden, np.ones_like(q_tot)
    return q_tot, gradients


def differentiate_any_mix(mix, arguments):
    """Differentiate any mix by each number in its arguments: nudge it up and down, all of them in one call.

        ∂f / ∂x ≈ (f(x + h) - f(x - h)) / 2h,   h = 1e-5

    Parameters:
        mix: function of the arguments (K, …), for any number K of plays, that returns (K,).
        arguments: tuple of arrays (R, …).
    Returns:
        f (R,), and a tuple of its gradients, each of the shape of its argument.
    """
    runs = len(arguments[0])
    flat = np.concatenate([part.reshape(runs, -1) for part in arguments], axis=1)  # (R, P)
    ends = np.cumsum([part[0].size for part in arguments])
    nudges = np.eye(flat.shape[1]) * NUDGE
    points = np.concatenate([flat[None], flat + nudges[:, None], flat - nudges[:, None]])  # (1 + 2 P, R, P)

    def unpack(rows):
        parts = np.split(rows, ends[:-1], axis=1)
        return [part.reshape(-1, *like.shape[1:]) for part, like in zip(parts, arguments, strict=True)]

    values, up, down = np.split(mix(*unpack(points.reshape(-1, flat.shape[1]))).reshape(-1, runs), [1, 1 + len(nudges)])
    return values[0], tuple(unpack((up - down).T / (2 * NUDGE)))
