"""Random inputs with few digits, so that a learner can paste and recompute them; a style for every corner of numbers.

Go through the styles in turn, `STYLES[index % len(STYLES)]`, so that every seed visits all of them.
"""

import numpy as np

NUMBER_STYLES = ("fractions", "whole", "negative", "with zeros", "large")
POLICY_STYLES = ("mixed", "with zeros", "certain", "uniform", "certain in whole numbers", "uneven")


def draw_numbers(rng, shape, style):
    """Draw an array of numbers of a shape in one of the `NUMBER_STYLES`; "whole" ones are integers by type too."""
    if style == "whole":
        return rng.integers(-9, 10, size=shape)
    if style == "with zeros":
        return rng.integers(0, 3, size=shape) * 1.5
    if style == "large":
        return rng.integers(-(10**6), 10**6, size=shape) / 10
    fractions = rng.normal(scale=3, size=shape).round(2)
    return fractions if style == "fractions" else (-np.abs(fractions) - 0.25).round(2)


def draw_policy(rng, size, style):
    """Draw probabilities of a number of actions in one of the `POLICY_STYLES`: hundredths that sum to 1."""
    certain = np.eye(size)[rng.integers(size)]
    if style == "certain in whole numbers":
        return certain.astype(int)
    if style == "certain":
        return certain
    if style == "uniform":
        return np.full(size, 1 / size)
    is_possible = np.ones(size, dtype=bool)
    if style == "with zeros":
        is_possible[rng.permutation(size)[: size // 2]] = False
    weights = is_possible * (rng.exponential(size=size) if style == "uneven" else 1)
    return (is_possible + rng.multinomial(100 - is_possible.sum(), weights / weights.sum())) / 100


def draw_shapes(rng, smallest, largest, times):
    """Draw lengths of axes, from the smallest to the largest of each, those corners first.

    smallest, largest: a length for each axis. Returns a list of that many tuples.
    """
    corners = [smallest, largest, *_mix(smallest, largest)]
    return [*corners, *(tuple(rng.integers(smallest, np.array(largest) + 1).tolist()) for _ in range(times))][:times]


def _mix(smallest, largest):
    """Return the shapes with one axis as short as can be and the others long, for each axis."""
    return [(*largest[:axis], smallest[axis], *largest[axis + 1 :]) for axis in range(len(smallest))]
