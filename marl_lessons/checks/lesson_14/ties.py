"""Right results beside which others are as good: for the exercises of lesson 14 in which numbers tie."""

import itertools

import numpy as np

from marl_lessons.exercises.judging.comparison import is_same


class OneOfSeveral(np.ndarray):
    """A right array that knows all that are right, itself included: `equally_good`."""

    def __array_finalize__(self, source):
        self.equally_good = getattr(source, "equally_good", ())


def choose_one(results):
    """Return the first of several right arrays, which knows the others."""
    chosen = np.array(results[0]).view(OneOfSeveral)
    chosen.equally_good = tuple(map(np.asarray, results))
    return chosen


def accept_ties(expected, result):
    """Return the right result that a result is, or the first one where it is none of them."""
    return next((other for other in getattr(expected, "equally_good", ()) if is_same(result, other)), expected)


def list_largest(numbers, count):
    """List every way to choose the `count` largest of numbers (K,): several where they tie, up to rounding."""
    border = sorted(numbers, reverse=True)[count - 1] if count else np.inf
    larger = [index for index, number in enumerate(numbers) if number > border + 1e-9]
    tied = [index for index, number in enumerate(numbers) if abs(number - border) <= 1e-9]
    return [[*larger, *chosen] for chosen in itertools.combinations(tied, count - len(larger))]
