"""Digits that get lost: in arrays of whole numbers, by rounding, or in a coarse type. See `diagnosis`."""

import numpy as np

from marl_lessons.exercises.judging.comparison import is_same
from marl_lessons.exercises.judging.trials import are_numeric

ENOUGH = 3  # cases that have to show a pattern
MAKERS = (
    "`np.zeros_like(x)`, `x.copy()` and `np.array([0, 0])` make such arrays; `np.zeros(x.shape)`, or "
    "`dtype=float`, does not."
)


def find_taken_type(answer, trials):
    """Whole numbers in, whole numbers out: give the same numbers as decimals and see whether that mends it."""
    wrong = [trial for trial in trials if not trial.is_right]
    for index, name in enumerate(answer.parameters):
        if all(_is_mended_by_decimals(answer, trial, index) for trial in wrong):
            return (
                f"Your answer is right if the numbers in `{name}` are given as decimals (1.0 for 1), and wrong for the "
                f"same numbers as whole ones: an array of yours takes over their type and cuts decimals off. {MAKERS}"
            )
    return ""


def find_type_among_others(answer, trials):
    """Whole numbers in, whole numbers out, and something else is wrong, so that decimals alone do not mend it."""
    if not are_numeric(trials):
        return ""
    for index, name in enumerate(answer.parameters):
        cut = [trial for trial in trials if _is_integer(trial.case[index]) and not _is_whole(trial.expected)]
        if len(cut) >= ENOUGH and all(_is_freed_by_decimals(answer, trial, index) for trial in cut):
            return (
                f"If the numbers in `{name}` are whole, your result can hold only whole ones, too (dtype "
                f"{cut[0].result.dtype}), so its decimals are lost. {MAKERS} That is not all: some results are wrong "
                "for decimals, too."
            )
    return ""


def _is_freed_by_decimals(answer, trial, index):
    """Tell whether a result of whole numbers holds fractions if one argument is given as decimals."""
    if not _is_integer(trial.result):
        return False
    freed = _ask_with_decimals(answer, trial, index)
    return isinstance(freed, np.ndarray) and not _is_whole(freed)


def _ask_with_decimals(answer, trial, index):
    """Return the result for the same numbers, those of one argument as decimals, or None where that is an error."""
    case = (*trial.case[:index], trial.case[index].astype(float), *trial.case[index + 1 :])
    try:
        return answer(*case)
    except Exception:  # indices have to be whole
        return None


def find_whole_results(answer, trials):
    """Say that the results have a type of whole numbers where the right ones have decimals."""
    wrong = [trial for trial in trials if not trial.is_right]
    if are_numeric(trials) and all(_is_integer(trial.result) and not _is_whole(trial.expected) for trial in wrong):
        return f"Your result can only hold whole numbers (dtype {wrong[0].result.dtype}), so its decimals are lost."
    return ""


def _is_mended_by_decimals(answer, trial, index):
    if not _is_integer(trial.case[index]):
        return False
    try:
        return trial.accepts(_ask_with_decimals(answer, trial, index))
    except Exception:  # a result of another kind
        return False


def _is_integer(value):
    return isinstance(value, np.ndarray) and value.dtype.kind in "iu"


def _is_whole(value):
    return is_same(value, np.round(value))


def find_rounding(answer, trials):
    """Say to how many decimals the right values were rounded or cut off."""
    if not are_numeric(trials):
        return ""
    for decimals in range(6):
        if all(_is_rounded(trial, decimals) for trial in trials) and any(_is_lost(trial, decimals) for trial in trials):
            cutters = " `//`, `int`, `round` and arrays of whole numbers cut them off." if decimals == 0 else ""
            places = ("to whole numbers", "to one decimal", f"to {decimals} decimals")[min(decimals, 2)]
            return f"Your values are right, but rounded or cut off {places}. Give them with all their digits.{cutters}"
    return ""


def _is_lost(trial, decimals):
    """Tell whether there is something to lose behind so many decimals: a whole number that is 1 less is not cut off."""
    return not is_same(trial.expected, np.round(np.asarray(trial.expected, float), decimals))


def _is_rounded(trial, decimals):
    unit = 10.0**-decimals
    result, expected = np.asarray(trial.result, float), np.asarray(trial.expected, float)
    is_cut = (result < expected) | (np.abs(result) < np.abs(expected))  # 2.9999999, where it should be 3, is cut to 2
    is_near = np.abs(result - expected) < unit * np.where(is_cut, 1.000001, 0.999999)
    return is_same(result, np.round(result, decimals), 1e-9) and bool(is_near.all())


def find_coarse_type(answer, trials):
    """Say that the results are of a type that keeps three digits."""
    if all(getattr(trial.result, "dtype", None) == np.float16 for trial in trials):
        return "Your result has the dtype float16, which keeps three digits. Use `float`."
    return ""
