"""What kind of thing a result is: each function returns quietly or raises `Mistake` with the remedy."""

import inspect
import math
import numbers
import re

import numpy as np

from marl_lessons.exercises.judging.comparison import as_numbers
from marl_lessons.exercises.judging.mistakes import Mistake
from marl_lessons.exercises.judging.shapes import find_shape_remedy
from marl_lessons.exercises.judging.showing import describe, is_array, show_value

LIST_LIMIT = 100_000  # longer lists are not measured
ARRAY_REMEDIES = {
    tuple: " A comma between two things makes a tuple: which one array is asked for?",
    dict: " `np.array(list(x.values()))` makes an array of the values of a dictionary.",
    str: " Return the numbers themselves, not a text of them.",
}
COMPARISON_REMEDY = " A comparison gives True or False: write the number itself."
MASK_REMEDY = (
    " True and False say where something holds: `np.where(that, …, …)` picks one of two numbers for each. If 1 and 0 "
    "are meant, `.astype(float)` makes them."
)


def expect_number(value):
    """Expect one finite real number: Python's (fractions and decimals too) or NumPy's, or an array without axes."""
    _expect_something(value)
    is_numeric = isinstance(value, (numbers.Number, np.ndarray)) and not isinstance(value, (bool, np.bool_))
    if isinstance(value, np.ma.MaskedArray):
        raise Mistake("Expected a number, got one that is masked. `.filled(…)` takes the mask off an array.")
    if not is_numeric:
        raise Mistake(f"Expected a number, got {describe(value)}.{_find_number_remedy(value)}")
    if np.ndim(value) != 0:
        index = ", ".join("0" * np.ndim(value))
        remedy = (
            f"Take it out of the array with `[{index}]`."
            if np.size(value) == 1
            else "Which entry is asked for, or are they to be added up?"
        )
        raise Mistake(f"Expected a single number, got {describe(value)}. {remedy}")
    _expect_real_and_finite(value)


def expect_array(value, shape, meaning):
    """Expect a finite real NumPy array of a given shape; `meaning` says what its axes are."""
    _expect_something(value)
    wanted = f"shape {shape}" + (f" ({meaning})" if meaning else "")
    if not isinstance(value, np.ndarray):
        raise Mistake(f"Expected a NumPy array of {wanted}, got {describe(value)}.{_find_array_remedy(value, shape)}")
    if isinstance(value, (np.matrix, np.ma.MaskedArray)):
        remedy = "`.filled(…)`" if isinstance(value, np.ma.MaskedArray) else "`np.asarray(…)`"
        raise Mistake(f"Expected a plain NumPy array, got {describe(value)}. Make it one with {remedy}.")
    if value.shape != shape:
        raise Mistake(f"Expected {wanted}, got shape {value.shape}.{find_shape_remedy(value.shape, shape)}")
    _expect_real_and_finite(value)


def expect_bool(value):
    """Expect True or False: Python's or NumPy's, or an array without axes."""
    _expect_something(value)
    is_bool = isinstance(value, (bool, np.bool_)) or (np.shape(value) == () and _find_type(value) is np.bool_)
    if not is_bool:
        raise Mistake(f"Expected `True` or `False`, got {describe(value)}.{_find_bool_remedy(value)}")


def expect_bools(value, shape, meaning):
    """Expect a NumPy array of True and False of a given shape; `meaning` says what its axes are."""
    _expect_something(value)
    wanted = f"an array of True and False of shape {shape}" + (f" ({meaning})" if meaning else "")
    if not isinstance(value, np.ndarray):
        numeric = as_numbers(value) if isinstance(value, (list, tuple)) and len(value) <= LIST_LIMIT else None
        is_list = numeric is not None and numeric.dtype == bool and numeric.shape == shape
        remedy = " Wrap it in `np.array(...)`." if is_list else ""
        raise Mistake(f"Expected {wanted}, got {describe(value)}.{remedy}")
    if value.shape != shape:
        raise Mistake(f"Expected {wanted}, got shape {value.shape}.{find_shape_remedy(value.shape, shape)}")
    if value.dtype != bool:
        remedy = "a comparison gives True and False, and `.astype(bool)` makes them of 1 and 0."
        raise Mistake(f"Expected {wanted}, got {describe(value)}: {remedy}")


def expect_word(answer, case, words):
    """Expect an answer to give one of these words for a case; the block shows what was asked."""
    result = answer(*case)
    try:
        _expect_something(result)
        result = result[()] if isinstance(result, np.ndarray) and result.ndim == 0 else result  # of np.vectorize
        if not isinstance(result, str) or result not in words:
            listed = ", ".join(f'"{word}"' for word in words)
            raise Mistake(f"Expected one of {listed}, got {describe(result)}.{_find_word_remedy(result, words)}")
    except Mistake as mistake:
        raise Mistake(f"{mistake}\nThis was asked:\n{answer.show_call(case, got=(result,))}") from None


def _find_word_remedy(result, words):
    if not isinstance(result, str):
        return " Return one of these words, in quotes."
    same_letters = [word for word in words if _keep_letters(word) == _keep_letters(result)]
    if same_letters:
        return f' Write it as the docstring does: "{same_letters[0]}".'
    return " Is it a word of your own, or spelled differently? Take it from the docstring."


def _keep_letters(text):
    return re.sub("[^a-z]", "", text.lower())


def expect_same_kind(result, expected):
    """Expect a result of the same kind and shape as the expected one: an array, a number, a bool, several or a word."""
    if _is_plainly_right(result, expected):
        return
    if isinstance(expected, (bool, np.bool_)):
        expect_bool(result)
    elif isinstance(expected, np.ndarray) and expected.ndim and expected.dtype == bool:
        expect_bools(result, expected.shape, "")
    elif isinstance(expected, np.ndarray) and expected.ndim and expected.dtype.kind in "iuf":
        expect_array(result, expected.shape, "")
    elif isinstance(expected, (int, float, np.number)):
        expect_number(result)
    elif expected is not None:
        _expect_something(result)


def _is_plainly_right(result, expected):
    """Tell quickly of the commonest results, finite floats, that they are of the kind that is expected."""
    if type(result) is not type(expected):
        return False
    if type(result) is np.ndarray:
        are_floats = result.dtype == expected.dtype == float
        return are_floats and result.ndim > 0 and result.shape == expected.shape and bool(np.isfinite(result).all())
    return type(result) is float and math.isfinite(result)


def _expect_something(value):
    if value is None:
        raise Mistake(
            "The result is `None`. Did you forget `return`? Every path through the function needs one, indented below "
            "its `def`."
        )
    if inspect.iscoroutine(value):
        value.close()  # or else Python warns that nobody waits for it
        raise Mistake(
            f"Your function is `async`, so that calling it gives a coroutine: {show_value(value)}. Use `def`."
        )
    if inspect.isgenerator(value) and value.gi_code.co_name != "<genexpr>":
        raise Mistake(
            f"`yield` makes your function a generator: {show_value(value)}. Write `return`; where the result has "
            "several parts, collect them first."
        )


def _find_number_remedy(value):
    if isinstance(value, str):
        return " Leave out the quotes." if _is_written_number(value) else " Give the number itself, no words or signs."
    if isinstance(value, (bool, np.bool_)):
        return COMPARISON_REMEDY
    if inspect.isgenerator(value):
        return " `next(…)` takes its first value, `sum(…)` adds all of them up."
    if isinstance(value, tuple):
        return " A comma makes a tuple; decimals are written with a point."
    return " Take the one number out of it, or add them up?" if isinstance(value, (list, set, dict)) else ""


def _is_written_number(text):
    try:
        float(text)
    except ValueError:
        return False
    return True


def _find_bool_remedy(value):
    if isinstance(value, str):
        return " Leave out the quotes."
    if isinstance(value, numbers.Number):
        return " Return the comparison itself, or wrap it in `bool(…)`."
    has_parts = isinstance(value, (list, tuple, np.ndarray))
    return " One answer is asked for: put the parts together with `and`, `.all()` or `.any()`." if has_parts else ""


def _find_array_remedy(value, shape):
    if inspect.isgenerator(value):
        return " Wrap it in `np.array(list(...))`."
    if isinstance(value, numbers.Number):
        return find_shape_remedy((), shape)
    is_short = isinstance(value, (list, tuple)) and len(value) <= LIST_LIMIT
    numeric = as_numbers(value) if is_short else None
    if numeric is not None and numeric.shape == shape:
        return " Wrap it in `np.array(...)`."
    if numeric is not None and isinstance(value, list):
        return f" As an array it would have shape {numeric.shape}.{find_shape_remedy(numeric.shape, shape)}"
    if is_short and isinstance(value, list):
        return " Its parts differ in length, or are no numbers: no array of numbers can be made of them."
    return next((remedy for kind, remedy in ARRAY_REMEDIES.items() if isinstance(value, kind)), "")


def _find_type(value):
    return getattr(getattr(value, "dtype", None), "type", None)


def _expect_real_and_finite(value):
    if isinstance(value, (complex, np.complexfloating)) or _find_type(value) in (np.complex64, np.complex128):
        is_real = not np.any(np.imag(value))
        remedy = " Its imaginary part is 0: take `.real`." if is_real else " Is it the root of a negative number?"
        raise Mistake(f"Expected real numbers, got complex ones (dtype {np.asarray(value).dtype}).{remedy}")
    dtype = np.asarray(value).dtype
    if isinstance(value, np.ndarray) and dtype.kind not in "iuf":
        raise Mistake(f"Expected real numbers, got dtype {dtype}{_show_number(value)}.{_find_type_remedy(value)}")
    array = as_numbers(value)
    if array is None:
        raise Mistake(f"Expected a number that a float can hold, got {show_value(value)}.")
    if not np.all(np.isfinite(array)):
        kind = (
            "`nan` (not a number: often 0/0, inf − inf, or the root of a negative number)"
            if np.isnan(array).any()
            else "infinite (often 1/0)"
        )
        count = np.count_nonzero(~np.isfinite(array))
        where = f"In your result {count} of {array.size} entries are" if is_array(value) else "The result is"
        raise Mistake(f"{where} {kind}{_show_number(value)}.")


def _find_type_remedy(value):
    """Say how numbers come of an array of another type: True and False may be a mask, or be meant as 1 and 0."""
    if value.dtype == bool:
        return MASK_REMEDY if value.ndim else COMPARISON_REMEDY
    return " Convert it: `.astype(float)`." if value.dtype.kind == "O" and as_numbers(value) is not None else ""


def _show_number(value):
    return "" if is_array(value) else f": {show_value(value)}"
