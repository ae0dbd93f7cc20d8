"""What every module asks of arrays of numbers and of probabilities, and how an index is drawn from them."""

import numpy as np

TOLERANCE = 1e-9


def check_shape(name, array, expected):
    """Raise a ValueError unless `array` has the expected shape."""
    if array.shape != tuple(expected):
        raise ValueError(f"{name} must have shape {tuple(expected)}, got {array.shape}; check its axes.")


def check_distribution(name, probabilities):
    """Raise a ValueError unless `probabilities` (…, K) are ≥ 0 and sum to 1 along the last axis."""
    if not np.isfinite(probabilities).all() or probabilities.min() < 0:
        raise ValueError(f"{name} must hold finite probabilities of at least 0; correct those entries.")
    sums = probabilities.sum(axis=-1)  # (…)
    worst = np.unravel_index(np.argmax(np.abs(sums - 1)), sums.shape)
    if abs(sums[worst] - 1) > TOLERANCE:
        index = "".join(f"[{position}]" for position in worst)
        raise ValueError(f"{name}{index} must sum to 1, got {sums[worst]:.6g}; divide it by its sum.")


def draw_index(cumulative, rng):
    """Draw one index for every row of cumulative probabilities (…, K), by inversion.

        index = smallest k with F(k) > u,   u uniform on [0, F(K))

    Parameters:
        cumulative: (…, K), the running sums of probabilities along the last axis.
        rng: numpy random Generator.
    Returns:
        Integers (…) in 0 … K - 1.
    """
    # Scaling by the last sum keeps the index in range where the probabilities are off by rounding.
    uniform = rng.random(cumulative.shape[:-1]) * cumulative[..., -1]  # (…)
    return (cumulative > uniform[..., None]).argmax(axis=-1)  # the first True, found faster than a sum
