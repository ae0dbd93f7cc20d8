"""What an exercise may be asked: what is legal for each parameter, and the corners that its checks have to visit.

A corner is a predicate with a name that completes a sentence: `partner_policy` + "contains a 0". The same names tell
a learner in which cases an answer is wrong, and tell the author, by a test, which corners no check visits.
"""

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np


@dataclass(frozen=True)
class Parameter:
    """One parameter of an exercise's function.

    name: as in the docstring. is_legal: tells whether the docstring allows a value. corners: the predicates, by the
    words that complete the sentence "`name` …". offers: the methods and attributes that an answer may use of a
    value that is an object; where an answer is judged in a process of its own, that has nothing else of it.
    """

    name: str
    is_legal: Callable[[Any], bool]
    corners: Mapping[str, Callable[[Any], bool]] = field(default_factory=dict)
    offers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Domain:
    """All that an exercise's function may be called with.

    fit: tells of arguments that are legal one by one whether they are so together. corners: predicates of all the
    arguments, by a sentence of their own ("the table is square").
    """

    parameters: tuple[Parameter, ...]
    fit: Callable[..., bool] = lambda *arguments: True
    corners: Mapping[str, Callable[..., bool]] = field(default_factory=dict)

    def find_illegal(self, case):
        """Name what the docstring does not allow in a case, or return an empty string."""
        for parameter, value in zip(self.parameters, case, strict=True):
            if not parameter.is_legal(value):
                return parameter.name
        return "" if self.fit(*case) else "together"

    @functools.cached_property
    def all_corners(self):
        """Every corner, as a sentence and a predicate of all the arguments: {sentence: predicate(*case)}."""
        corners = dict(self.corners)
        for index, parameter in enumerate(self.parameters):
            for words, test in parameter.corners.items():
                corners[f"`{parameter.name}` {words}"] = _of_one(index, test)
        return corners


def _of_one(index, test):
    return lambda *case: test(case[index])


def is_number(value):
    """Tell whether a value is one finite real number."""
    return isinstance(value, (int, float, np.integer, np.floating)) and not is_bool(value) and bool(np.isfinite(value))


def is_int(value):
    """Tell whether a number is whole by its type."""
    return isinstance(value, (int, np.integer)) and not is_bool(value)


def is_bool(value):
    """Tell whether a value is Python's or NumPy's True or False."""
    return isinstance(value, (bool, np.bool_))


def is_array(*lengths):
    """Return a test for finite real arrays with these axes: a length each, or None where any length from 1 will do."""

    def test(value):
        return (
            isinstance(value, np.ndarray)
            and value.ndim == len(lengths)
            and value.dtype.kind in "iuf"
            and all(size == (length or max(size, 1)) for size, length in zip(value.shape, lengths, strict=True))
            and bool(np.isfinite(value).all())
        )

    return test


def is_policy(value):
    """Tell whether the last axis of an array holds probabilities that sum to 1."""
    return isinstance(value, np.ndarray) and bool((value >= 0).all() and np.allclose(value.sum(axis=-1), 1))


def is_one_policy(value):
    """Tell whether a value is the probabilities (A,) of one agent."""
    return is_array(None)(value) and is_policy(value)


def is_discount(value):
    """Tell whether a value is a number from 0 to 1."""
    return is_number(value) and 0 <= value <= 1


def is_whole(value):
    """Tell whether an array is one of integers by its type, such as `np.array([1, 2])`."""
    return value.dtype.kind in "iu"


def has_fractions(value):
    """Tell whether an array holds a number that is not whole."""
    return bool((value % 1 != 0).any())


def has_negatives(value):
    """Tell whether an array holds a number below zero."""
    return bool((value < 0).any())


def is_all_negative(value):
    """Tell whether every number of an array is below zero."""
    return bool((value < 0).all())


def has_zeros(value):
    """Tell whether an array holds a zero."""
    return bool((value == 0).any())


def is_certain(value):
    """Tell whether a policy chooses one action with probability 1, in all its rows."""
    return bool((value.max(axis=-1) == 1).all())


def is_uniform(value):
    """Tell whether a policy gives more than one action, and all the same probability."""
    return value.shape[-1] > 1 and bool(np.ptp(value) == 0)


def has_length(axis, length):
    """Return a test whether an axis of an array has this length."""
    return lambda value: value.shape[axis] == length


def is_longer_than(length, axis=0):
    """Return a test whether an axis of an array is longer than this."""
    return lambda value: value.shape[axis] > length


def equals(number):
    """Return a test whether a value is this number."""
    return lambda value: value == number


NUMBERS = {
    "is an array of whole numbers": is_whole,
    "holds fractions": has_fractions,
    "holds negative numbers": has_negatives,
    "has only negative numbers": is_all_negative,
    "holds a 0": has_zeros,
}
TABLES = NUMBERS | {
    "has one row": has_length(0, 1),
    "has more than two rows": is_longer_than(2),
    "has one column": has_length(1, 1),
    "has more than two columns": is_longer_than(2, axis=1),
}
POLICIES = {
    "is an array of whole numbers": is_whole,
    "is certain of one action": is_certain,
    "holds a 0": has_zeros,
    "gives every action the same probability": is_uniform,
}
