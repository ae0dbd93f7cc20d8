"""Right results beside which others are as good, as where optima tie: any of them is accepted.

The definition lists them all, `return choose_one(results)`, and `expect_agreement(…, adapt=accept_ties)` lets each of
them pass. Where infinitely many are right (a table up to a constant), write an `adapt` of your own.
"""

import itertools

import numpy as np

from marl_lessons.exercises.judging.comparison import is_same
from marl_lessons.exercises.judging.trials import Labels

ROUNDING = 1e-9  # numbers no further apart tie


class TiedArray(np.ndarray):
    """A right array that knows all that are right, itself included: `equally_good`."""

    def __array_finalize__(self, source):
        self.equally_good = getattr(source, "equally_good", ())


class TiedLabels(Labels):
    """A right tuple of names, such as a joint action, that knows all that are right: `equally_good`."""


def choose_one(results):
    """Return the first of several right results, which knows the others; a card shows the first.

    results: tuples of names (then the first comes back as `Labels`), or arrays, lists and numbers.
    """
    first = results[0]
    chosen = TiedLabels(first) if isinstance(first, tuple) else np.array(first).view(TiedArray)
    chosen.equally_good = tuple(results) if isinstance(first, tuple) else tuple(map(np.asarray, results))
    return chosen


def accept_ties(expected, result):
    """Return the right result that a result is, or the first one where it is none of them."""
    return next((other for other in getattr(expected, "equally_good", ()) if is_same(result, other)), expected)


def list_largest(numbers, count):
    """List every way to choose the `count` largest of numbers (K,): several where they tie, up to rounding."""
    border = sorted(numbers, reverse=True)[count - 1] if count else np.inf
    larger = [index for index, number in enumerate(numbers) if number > border + ROUNDING]
    tied = [index for index, number in enumerate(numbers) if abs(number - border) <= ROUNDING]
    return [[*larger, *chosen] for chosen in itertools.combinations(tied, count - len(larger))]
