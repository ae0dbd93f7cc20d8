"""Whether two values are the same: numbers up to rounding, all else exactly."""

import numbers

import numpy as np

TOLERANCE = 2e-6  # the order of additions, and float32 on the way to a Python float, change no more than that
SINGLE_TOLERANCE = 2e-5  # of float32, which keeps 7 digits
SINGLE_ROUNDING = 3e-7  # times the largest number in a sum: what float32 on the way loses for good where they cancel

SIMPLE = (bool, int, float)  # numbers that need no NumPy


def is_same(first, second, tolerance=TOLERANCE, absolute=None):
    """Tell whether two values have the same shape and content: numbers up to rounding, all else exactly.

    tolerance: of each number, absolute and relative; 0 asks for the same numbers exactly. absolute: where it is another
    one. Where one side is float32 both are at least `SINGLE_TOLERANCE`, measured by the largest number beside it.
    """
    try:
        return _is_same(first, second, tolerance, tolerance if absolute is None else absolute)
    except Exception:  # a learner's object may fail when it is compared
        return False


def as_numbers(value):
    """Return a number, or an array-like of numbers, as an array of a NumPy type; None where it is something else."""
    try:
        array = np.asarray(value)
        if array.dtype.kind == "O" and all(isinstance(part, numbers.Number) for part in array.flat):
            return array.astype(float)  # fractions, decimals, very large integers
    except (ValueError, OverflowError):  # ragged, such as policies over 2 and over 3 actions
        return None
    return array if array.dtype.kind in "biufc" else None


def are_identical(first, second):
    """Tell quickly whether two things are arrays of NumPy's own types with the same bytes; others may be equal too."""
    return (
        type(first) is type(second) is np.ndarray
        and first.dtype == second.dtype
        and first.shape == second.shape
        and first.dtype.kind in "biuf"
        and first.tobytes() == second.tobytes()
    )


def _is_same(first, second, *tolerances):
    if isinstance(first, SIMPLE) and isinstance(second, SIMPLE):  # asked so often that it has to be quick
        return _are_near(first, second, *tolerances)
    if are_identical(first, second):
        return True
    if isinstance(first, str) and isinstance(second, str):
        return first == second
    if isinstance(first, dict):
        return first.keys() == second.keys() and all(_is_same(first[key], second[key], *tolerances) for key in first)
    numbers_first, numbers_second = as_numbers(first), as_numbers(second)
    if numbers_first is not None and numbers_second is not None:
        return numbers_first.shape == numbers_second.shape and _are_close(numbers_first, numbers_second, *tolerances)
    if isinstance(first, (list, tuple)):
        return len(first) == len(second) and all(
            _is_same(*pair, *tolerances) for pair in zip(first, second, strict=True)
        )
    return np.shape(first) == np.shape(second) and bool(np.all(first == second))


def _are_near(first, second, tolerance, absolute):
    is_equal = first == second or (first != first and second != second)  # nan is not equal to itself
    return bool(is_equal or abs(first - second) <= absolute + tolerance * abs(second) < np.inf)


def _are_close(first, second, tolerance, absolute):
    if "c" in (first.dtype.kind, second.dtype.kind) or not np.isfinite(second).all():
        return bool(np.allclose(first, second, tolerance, absolute, equal_nan=True))
    size = np.abs(second, dtype=float)
    if tolerance and np.float32 in (first.dtype, second.dtype):
        tolerance, absolute = max(tolerance, SINGLE_TOLERANCE), max(absolute, SINGLE_TOLERANCE)
        size = np.max(size, initial=0)
    return bool((np.abs(np.subtract(first, second, dtype=float)) <= absolute + tolerance * size).all())
