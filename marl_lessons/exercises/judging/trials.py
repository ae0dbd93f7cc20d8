"""An answer tried on cases: what it gave, and what the definition gives."""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from marl_lessons.exercises.judging.comparison import SINGLE_ROUNDING, is_same
from marl_lessons.exercises.judging.kinds import expect_same_kind
from marl_lessons.exercises.judging.mistakes import Mistake
from marl_lessons.exercises.judging.showing import write_code


def take_expected(expected, result):
    """Stand in for `adapt` where one result is right."""
    return expected


@dataclass(frozen=True)
class Trial:
    """One case: its arguments, the answer's result and what it should be.

    adapt: where several results are right, `adapt(expected, result)` is the one of them nearest to a result.
    """

    case: tuple
    result: Any
    expected: Any
    tolerance: float
    adapt: Callable = take_expected
    misfit: str = ""  # what kind of thing the result is, where it is of another kind than expected

    @functools.cached_property
    def is_right(self):
        """Tell whether the result is what it should be."""
        return not self.misfit and self.accepts(self.result)

    def accepts(self, result):
        """Tell whether another result would be right here."""
        return self.are_same(result, self.adapt(self.expected, result))

    def are_same(self, first, second):
        """Tell whether two results are the same here: where large numbers cancel, few digits are left."""
        return is_same(first, second, self.tolerance, self._absolute_tolerance)

    @functools.cached_property
    def _absolute_tolerance(self):
        arrays = [part for part in self.case if isinstance(part, np.ndarray) and part.dtype.kind in "iuf"]
        largest = max((np.abs(part).max(initial=0) for part in arrays), default=0)
        return self.tolerance + bool(self.tolerance) * SINGLE_ROUNDING * float(largest)


def try_all(answer, cases, definition, tolerance, adapt=take_expected):
    """Return a `Trial` for every case, those with the smallest arguments first.

    An error ends the trials where an earlier one shows what is wrong, and is raised where all were right.
    """
    trials = []
    for case in sorted(cases, key=count_numbers):
        try:
            trials.append(_try(answer, case, definition, tolerance, adapt))
        except Exception:
            if all(trial.is_right for trial in trials):
                raise
            break
    return trials


def find_simplest(trials):
    """Return the trial with the fewest numbers in its arguments, and of these the one that is written shortest."""
    fewest = min(count_numbers(trial.case) for trial in trials)
    smallest = [trial for trial in trials if count_numbers(trial.case) == fewest]
    return min(smallest, key=lambda trial: sum(len(write_code(part)) for part in trial.case))


def _try(answer, case, definition, tolerance, adapt):
    result, expected = answer(*case), definition(*case)
    try:
        expect_same_kind(result, expected)
    except Mistake as mistake:
        return Trial(case, result, expected, tolerance, misfit=str(mistake))
    return Trial(case, result, adapt(expected, result), tolerance, adapt)


def count_numbers(case):
    """Count the numbers in the arguments of a case."""
    return sum(part.size if isinstance(part, np.ndarray) else _count(part) for part in case)


def _count(part):
    return sum(map(_count, part)) if isinstance(part, (list, tuple)) else np.size(part)
