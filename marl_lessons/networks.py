"""Small networks for R runs at once, differentiated by autograd: forward passes in NumPy, no loop over runs.

A network is a list of layers (weights (R, in, out), bias (R, 1, out)); run r uses the r-th of each. A loss adds up what
each run loses; its gradient then holds every run's own gradient, since no run's parameters enter another's loss:

>>> from autograd import grad
>>> rng = np.random.default_rng(0)
>>> layers, adam = init_layers(runs=3, sizes=[2, 8, 1], rng=rng), Adam(learning_rate=0.01)
>>> inputs = rng.normal(size=(3, 5, 2))  # (R, B, in): a batch of five for each run
>>> loss = lambda layers: ((apply_layers(layers, inputs) - 1) ** 2).sum()
>>> before = loss(layers)
>>> for _ in range(300):
...     layers = adam.step(layers, grad(loss)(layers))
>>> bool(loss(layers) < 0.01 * before)
True

Whoever imports this file loads autograd, so learners that need it are loaded when they are first asked for.
"""

import autograd.numpy as np

from marl_lessons.policies import value_at


def init_layers(runs, sizes, rng, *, last_scale=1.0, dtype=float):
    """Draw the first weights of R networks.

        w ~ N(0, 2/in),   b = 0

    Parameters:
        runs: R.
        sizes: numbers of units, inputs first and outputs last: [in, hidden, …, out].
        rng: numpy random Generator.
        last_scale: factor of the last layer's weights; a small one lets a policy begin near even chances.
        dtype: of the arrays; np.float32 takes about half the time.
    Returns:
        List of layers (weights (R, in, out), bias (R, 1, out)).
    Source: He et al. 2015.
    """
    scales = [1.0] * (len(sizes) - 2) + [last_scale]
    return [
        (
            (scale * rng.normal(scale=np.sqrt(2 / ins), size=(runs, ins, outs))).astype(dtype),
            np.zeros((runs, 1, outs), dtype),
        )
        for ins, outs, scale in zip(sizes[:-1], sizes[1:], scales, strict=True)
    ]


def apply_layers(layers, inputs):
    """Send inputs through the networks.

        h ← max(0, h w + b)   in each layer but the last, which leaves out the maximum

    Parameters:
        layers: as `init_layers` made them.
        inputs: (R, B, in), a batch for each run; (B, in) for a batch that all runs share.
    Returns:
        Outputs (R, B, out).
    """
    *hidden, (last_weights, last_bias) = layers
    for weights, bias in hidden:
        sums = np.matmul(inputs, weights) + bias
        inputs = sums * (sums > 0)  # autograd differentiates this several times faster than a maximum
    return np.matmul(inputs, last_weights) + last_bias


class Adam:
    """Gradient steps whose length adapts to each parameter; it works on arrays in lists and tuples of any nesting.

        m ← β₁ m + (1 - β₁) g,   v ← β₂ v + (1 - β₂) g²,   θ ← θ - α m̂ / (√v̂ + 1e-8)

    where m̂ = m / (1 - β₁^t) and v̂ = v / (1 - β₂^t), with β₁ = 0.9 and β₂ = 0.999. Every number has its own m and v,
    so runs stay independent.

    Parameters:
        learning_rate: α, a number or a schedule (a function of the number of steps so far).
        max_norm: longest gradient that a run may have over all arrays; a longer one is shortened. None: any.
    Attributes:
        count: number of steps so far.
    Source: Kingma & Ba 2015.
    """

    def __init__(self, learning_rate, *, max_norm=None):
        self.learning_rate, self.max_norm = learning_rate, max_norm
        self.count, self._means, self._squares = 0, None, None

    def step(self, parameters, gradients):
        """Go one step downhill.

        Parameters:
            parameters: arrays (R, …) in lists and tuples of any nesting.
            gradients: of the loss, in the same nesting.
        Returns:
            New parameters, in the same nesting; the old ones stay as they are.
        """
        if self.max_norm is not None:
            gradients = shorten(gradients, self.max_norm)
        if self._means is None:
            self._means = self._squares = map_arrays(np.zeros_like, gradients)
        learning_rate = value_at(self.learning_rate, self.count)
        self.count += 1
        slow, slower = 0.9, 0.999
        self._means = map_arrays(lambda m, g: slow * m + (1 - slow) * g, self._means, gradients)
        self._squares = map_arrays(lambda v, g: slower * v + (1 - slower) * g * g, self._squares, gradients)
        first, second = 1 - slow**self.count, 1 - slower**self.count

        def move(parameter, mean, square):
            return parameter - learning_rate * (mean / first) / (np.sqrt(square / second) + 1e-8)

        return map_arrays(move, parameters, self._means, self._squares)


def map_arrays(function, first, *others):
    """Call a function with each array of one or more equal nestings, and return the results in the same nesting."""
    if isinstance(first, (list, tuple)):
        return type(first)(map_arrays(function, *parts) for parts in zip(first, *others, strict=True))
    return function(first, *others)


def shorten(gradients, max_norm):
    """Shorten each run's gradient to `max_norm` where it is longer.

        g ← g · min(1, max_norm / |g|),   |g| over all arrays of one run

    Parameters:
        gradients: arrays (R, …) in lists and tuples of any nesting.
        max_norm: greatest length.
    Returns:
        Gradients in the same nesting.
    Source: Pascanu et al. 2013.
    """
    squares = []
    map_arrays(lambda g: squares.append((g.reshape(len(g), -1) ** 2).sum(axis=1)), gradients)
    factors = np.minimum(1, max_norm / np.maximum(np.sqrt(sum(squares)), 1e-12))  # (R,)
    return map_arrays(lambda g: g * factors.reshape(-1, *[1] * (g.ndim - 1)).astype(g.dtype), gradients)
