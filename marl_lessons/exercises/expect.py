"""Sentences about answers: each function returns quietly or raises `Mistake` with what a learner can act on."""

import copy
import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

TOLERANCE = 1e-6
CHANGEABLE = (np.ndarray, list, tuple, dict, set)  # other inputs, such as a random generator, may change or never do


class Mistake(Exception):
    """What is wrong with an answer, in a sentence for the learner."""


@dataclass(frozen=True)
class Misconception:
    """A wrong idea: the function that somebody with this idea writes, and the sentence that helps them."""

    function: Callable
    message: str


class Submission:
    """A learner's function, called on copies of its inputs; changing an input is a `Mistake`."""

    def __init__(self, function, reference):
        self.function = function
        self.parameters = list(inspect.signature(reference).parameters)
        self.arguments = ()  # of the latest call

    def __call__(self, *arguments):
        self.arguments = arguments
        given = copy.deepcopy(arguments)
        result = self.function(*given)
        for name, before, after in zip(self.parameters, arguments, given, strict=False):
            if isinstance(before, CHANGEABLE) and not is_same(before, after, tolerance=0):
                raise Mistake(
                    f"Your function changed its input `{name}`. The caller still needs it: work on a copy "
                    f"(`{name}.copy()`) or build a new array."
                )
        return result

    def describe_call(self):
        """Say with what the function was called last: arrays by their shape, all else by its value."""
        parts = [
            f"`{name}` of shape {argument.shape}"
            if isinstance(argument, np.ndarray)
            else f"`{name}` = {show_value(argument)}"
            for name, argument in zip(self.parameters, self.arguments, strict=False)
        ]
        return f"The check called it with {', '.join(parts)}." if parts else ""


def is_same(first, second, tolerance=TOLERANCE):
    """Tell whether two values have the same shape and content: numbers up to rounding, all else exactly."""
    try:
        return _is_same(first, second, tolerance)
    except Exception:  # a learner's object may fail when it is compared
        return False


def _is_same(first, second, tolerance):
    if isinstance(first, dict):
        return first.keys() == second.keys() and all(_is_same(first[key], second[key], tolerance) for key in first)
    if _is_numeric(first) and _is_numeric(second):
        has_same_shape = np.shape(first) == np.shape(second)
        return has_same_shape and bool(np.allclose(first, second, tolerance, tolerance, equal_nan=True))
    if isinstance(first, (list, tuple)):
        return len(first) == len(second) and all(map(_is_same, first, second, [tolerance] * len(first)))
    return np.shape(first) == np.shape(second) and bool(np.all(first == second))


def _is_numeric(value):
    """Tell whether a value is a number or an array of numbers; ragged policies over 2 and 3 actions are not."""
    try:
        return np.asarray(value).dtype.kind in "biufc"
    except ValueError:
        return False


def expect_number(value):
    """Expect one finite real number: a Python or NumPy scalar."""
    _expect_something(value)
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, (int, float, np.number, np.ndarray)):
        raise Mistake(f"Expected a number, got {describe(value)}.")
    if np.ndim(value) != 0:
        raise Mistake(f"Expected a single number, got {describe(value)}.")
    _expect_real_and_finite(np.asarray(value))


def expect_array(value, shape, meaning):
    """Expect a finite real NumPy array of a given shape; `meaning` says what its axes are."""
    _expect_something(value)
    if not isinstance(value, np.ndarray):
        remedy = (
            " Wrap it in `np.array(...)`." if isinstance(value, (list, tuple)) and _find_shape(value) == shape else ""
        )
        raise Mistake(f"Expected a NumPy array of shape {shape} ({meaning}), got {describe(value)}.{remedy}")
    if value.shape != shape:
        raise Mistake(f"Expected shape {shape} ({meaning}), got shape {value.shape}.")
    _expect_real_and_finite(value)


def _find_shape(value):
    """Return the shape of a list, or None where it is ragged."""
    try:
        return np.shape(value)
    except ValueError:
        return None


def expect_bool(value):
    """Expect True or False (a Python or NumPy bool)."""
    _expect_something(value)
    if not isinstance(value, (bool, np.bool_)):
        raise Mistake(f"Expected `True` or `False`, got {describe(value)}.")


def expect_agreement(answer, cases, definition, misconceptions=(), tolerance=TOLERANCE):
    """Expect `answer(*case)` to equal `definition(*case)` on every case.

    Where the answers are those of a known misconception on all the cases, its message is given; otherwise the first
    case that differs is shown: put simple cases first.
    """
    results = [answer(*case) for case in cases]
    expected = [definition(*case) for case in cases]
    differing = [index for index in range(len(cases)) if not is_same(results[index], expected[index], tolerance)]
    if not differing:
        return
    for misconception in misconceptions:
        mistaken = (misconception.function(*case) for case in cases)
        if all(is_same(result, wrong, tolerance) for result, wrong in zip(results, mistaken, strict=True)):
            raise Mistake(misconception.message)
    first = differing[0]
    inputs = ", ".join(
        f"`{name}` = {show_value(part)}" for name, part in zip(answer.parameters, cases[first], strict=True)
    )
    shown, wanted = show_value(results[first]), show_value(expected[first])
    got = f"got {shown}" if shown != wanted else "and yours differs only in digits that are not shown here"
    raise Mistake(f"With {inputs} the result should be {wanted}, {got}.")


def describe(value):
    """Name a value for a sentence: its type, its shape if it has one, and what it is."""
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape}"
    if callable(value):
        return "a function (did you forget to call it with parentheses?)"
    article = "an" if type(value).__name__[0] in "aeiou" else "a"
    return f"{article} {type(value).__name__}: {show_value(value)}"


def show_value(value, limit=240):
    """Write a value briefly, numbers with three decimals."""
    try:
        if isinstance(value, np.ndarray):
            rounded = np.round(value, 3) + 0.0 if value.dtype.kind == "f" else value  # + 0.0 turns -0 into 0
            text = np.array2string(rounded, precision=3, suppress_small=True, separator=", ", threshold=40)
        elif isinstance(value, (float, np.floating)):
            text = f"{float(value):.4g}"
        else:
            text = (
                str(value)
                if isinstance(value, np.generic)
                else re.sub(r"(?: at )?0x[0-9a-fA-F]+|np\.\w+\(([^()]*)\)", r"\1", repr(value))
            )
    except Exception:  # a learner's object may fail in its own repr
        text = f"a {type(value).__name__}"
    return text if len(text) <= limit else text[:limit] + " …"


def _expect_something(value):
    if value is None:
        raise Mistake("The result is `None`. Did you forget `return`? Every path through the function needs one.")


def _expect_real_and_finite(array):
    if array.dtype.kind not in "iuf":
        raise Mistake(f"Expected real numbers, got dtype {array.dtype}.")
    if not np.all(np.isfinite(array)):
        kind = "`nan` (not a number: often 0/0 or inf − inf)" if np.isnan(array).any() else "infinite"
        raise Mistake(f"The result is {kind}: {show_value(array)}.")
