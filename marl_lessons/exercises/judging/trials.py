"""An answer tried on cases: what it gave, and what the definition gives."""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from marl_lessons.exercises.judging.cases import Case
from marl_lessons.exercises.judging.comparison import SINGLE_ROUNDING, is_same
from marl_lessons.exercises.judging.kinds import expect_same_kind
from marl_lessons.exercises.judging.mistakes import Mistake


def take_expected(expected, result):
    """Stand in for `adapt` where one result is right."""
    return expected


class Labels(tuple):
    """A right result whose numbers are names, such as a joint action: which of two is larger says nothing."""


@dataclass(frozen=True)
class Trial:
    """One case: its arguments, the answer's result and what it should be.

    adapt: where several results are right, `adapt(defined, result)` is the one of them nearest to a result.
    defined: what the definition gives, where `expected` is the one of several that is nearest to the result.
    """

    case: Case
    result: Any
    expected: Any
    tolerance: float
    adapt: Callable = take_expected
    misfit: str = ""  # what kind of thing the result is, where it is of another kind than expected
    defined: Any = None

    @functools.cached_property
    def is_right(self):
        """Tell whether the result is what it should be."""
        return not self.misfit and self.accepts(self.result)

    def accepts(self, result):
        """Tell whether another result would be right here."""
        defined = self.expected if self.defined is None else self.defined
        return self.are_same(result, self.adapt(defined, result))

    def are_same(self, first, second):
        """Tell whether two results are the same here: where large numbers cancel, few digits are left."""
        absolute = self.tolerance + bool(self.tolerance) * SINGLE_ROUNDING * self.case.largest
        return is_same(first, second, self.tolerance, absolute)


def order_cases(cases):
    """Return cases as `Case`s, those with the smallest arguments first."""
    questions = [case if isinstance(case, Case) else Case(case) for case in cases]
    return sorted(questions, key=lambda case: case.size)


def try_all(answer, cases, definition, tolerance, adapt=take_expected):
    """Return a `Trial` for every case, those with the smallest arguments first.

    An error ends the trials where an earlier one shows what is wrong, and is raised where all were right.
    """
    trials = []
    for case in order_cases(cases):
        try:
            trials.append(_try(answer, case, definition, tolerance, adapt))
        except Exception:
            if all(trial.is_right for trial in trials):
                raise
            break
    return trials


def find_simplest(trials):
    """Return the trial with the fewest numbers in its arguments, and of these the one that is written shortest."""
    fewest = min(trial.case.size for trial in trials)
    smallest = [trial for trial in trials if trial.case.size == fewest]
    return min(smallest, key=lambda trial: trial.case.written_length)


def _try(answer, case, definition, tolerance, adapt):
    result, expected = answer(*case), case.ask(definition)
    try:
        expect_same_kind(result, expected)
    except Mistake as mistake:
        return Trial(case, result, expected, tolerance, misfit=str(mistake))
    return Trial(case, result, adapt(expected, result), tolerance, adapt, defined=expected)


def are_numeric(trials):
    """Tell whether all trials are about numbers: no words, labels, True and False, and no result of another kind."""
    return not any(trial.misfit or _is_of_words_or_bools(trial.expected) for trial in trials)


def _is_of_words_or_bools(value):
    return isinstance(value, (bool, str, Labels)) or getattr(value, "dtype", np.dtype(float)).kind == "b"
