"""Mistakes that recur in every exercise, told by what they do to the results, before the bare counterexample.

Each function looks at all the trials and returns a sentence, or an empty string. A sentence states what holds in every
case that was tried; a cause is named only where it was tested or can be read in the code.
"""

import math
from functools import partial

import numpy as np

from marl_lessons.exercises.judging.code_reading import find_unread, find_variables
from marl_lessons.exercises.judging.comparison import is_same
from marl_lessons.exercises.judging.factors import find_factor
from marl_lessons.exercises.judging.memory import find_changed, find_memory, find_shared
from marl_lessons.exercises.judging.other_inputs import find_other_input
from marl_lessons.exercises.judging.other_results import find_other_result, find_side
from marl_lessons.exercises.judging.places import find_place
from marl_lessons.exercises.judging.showing import is_array, show_value

ENOUGH = 3  # cases that have to show a pattern
CHANCE = 1e-3  # that wrong cases lie where they lie, if they had no reason to
MAKERS = (
    "`np.zeros_like(x)`, `x.copy()` and `np.array([0, 0])` make such arrays; `np.zeros(x.shape)`, or "
    "`dtype=float`, does not."
)


def diagnose(answer, trials, shown, definition):
    """Name the mistake that explains the results of an answer, or return an empty string.

    Parameters: answer, the `Submission`; trials, one `Trial` for each case, some of them wrong; shown, the wrong one
    that the learner sees; definition, which gives what is right.
    """
    if shown.misfit:
        reason = name_unread(answer) or _find_constant(answer, trials) or _find_corner(answer, trials)
        return " ".join([shown.misfit, reason]).strip()
    for find in (*OF_RESULTS, partial(find_other_input, definition), *OF_CASES):
        message = find(answer, trials)
        if message:
            return message
    return ""


def name_unread(answer):
    """Say which parameter an answer never reads, and which variables of the notebook it reads, where it does so."""
    unread = find_unread(answer.function, answer.parameters)
    if not unread:
        return ""
    return f"Your function never reads its parameter `{unread[0]}`.{name_variables(answer)}"


def name_variables(answer):
    """Say which variables of the notebook an answer reads, where it reads some."""
    changed = find_changed(answer)
    names = [f"`{name}`" for name in find_variables(answer.function) if name not in changed]
    if not names:
        return ""
    return f" It reads the notebook's {', '.join(names)}, which stays the same whatever it is called with."


def _find_constant(answer, trials):
    first = trials[0]
    if len(trials) < ENOUGH or not all(is_same(trial.result, first.result) for trial in trials):
        return ""
    if all(is_same(trial.expected, first.expected) for trial in trials):
        return ""
    same = "the same array" if is_array(first.result) else show_value(first.result)
    said = f"Your answer is {same} in all {len(trials)} cases tried, whatever the input."
    return said + name_variables(answer)


def _find_taken_type(answer, trials):
    """Whole numbers in, whole numbers out: give the same numbers as decimals and see whether that mends it."""
    wrong = [trial for trial in trials if not trial.is_right]
    for index, name in enumerate(answer.parameters):
        if all(_is_mended_by_decimals(answer, trial, index) for trial in wrong):
            return (
                f"Your answer is right if the numbers in `{name}` are given as decimals (1.0 for 1), and wrong for the "
                f"same numbers as whole ones: an array of yours takes over their type and cuts decimals off. {MAKERS}"
            )
    return ""


def _find_type_among_others(answer, trials):
    """Whole numbers in, whole numbers out, and something else is wrong, so that decimals alone do not mend it."""
    if not _are_numeric(trials):
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


def _find_whole_results(answer, trials):
    wrong = [trial for trial in trials if not trial.is_right]
    if _are_numeric(trials) and all(_is_integer(trial.result) and not _is_whole(trial.expected) for trial in wrong):
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


def _find_rounding(answer, trials):
    if not _are_numeric(trials):
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


def _gap(trial):
    """Return how much a result is too large; it may hold fractions, which NumPy does not subtract from floats."""
    return np.asarray(trial.result, float) - np.asarray(trial.expected, float)


def _find_opposite(answer, trials):
    if all(_is_bool(trial.expected) and not trial.is_right for trial in trials):
        return "Your answer is the opposite of the right one, every time."
    return ""


def _is_bool(value):
    return isinstance(value, (bool, np.bool_))


def _find_running_total(answer, trials):
    if _are_numeric(trials) and all(_is_running_total(trial) for trial in trials):
        return "Each number of your result contains the ones before it. Does the sum begin anew for each of them?"
    return ""


def _is_running_total(trial):
    return np.ndim(trial.expected) == 1 and trial.accepts(np.diff(trial.result, prepend=0))


def _find_offset(answer, trials):
    if not _are_numeric(trials) or len(trials) < ENOUGH:
        return ""
    gaps = np.concatenate([np.ravel(_gap(trial)) for trial in trials])
    if not is_same(gaps, np.full(len(gaps), gaps[0])):
        return ""
    return f"Your answer is always {abs(gaps[0]):.4g} too {'large' if gaps[0] > 0 else 'small'}."


def _find_swap(answer, trials):
    if not _are_numeric(trials) or np.ndim(trials[0].expected) == 0:
        return ""
    if all(is_same(trial.result, np.transpose(trial.expected)) for trial in trials):
        return "Your result has rows and columns swapped: `.T` swaps them back."
    if all(is_same(trial.result, trial.expected[::-1]) for trial in trials):
        return "Your result is in the reverse order: what should come first comes last."
    return ""


def _find_corner(answer, trials):
    """Name the corner of the domain to which the wrong cases are confined."""
    corners = answer.domain.all_corners if answer.domain else {}
    inside = {sentence: [bool(trial.case.ask(test)) for trial in trials] for sentence, test in corners.items()}
    found = [
        (sum(where), sentence)
        for sentence, where in inside.items()
        if _holds_all_wrong(where, trials) and not _is_the_question(where, trials)
    ]
    if not found:
        return ""
    _, sentence = min(found, key=lambda pair: pair[0])
    return f"Wrong only where {sentence}; right in all the other cases tried."


def _holds_all_wrong(where, trials):
    """Tell whether all wrong cases, and not just by chance, lie in a corner."""
    is_wrong = [not trial.is_right for trial in trials]
    if sum(where) > len(trials) - ENOUGH or any(np.greater(is_wrong, where)):
        return False
    chance = math.comb(sum(where), sum(is_wrong)) / math.comb(len(trials), sum(is_wrong))
    return chance < CHANCE or is_wrong == where


def _is_the_question(where, trials):
    """Tell whether a corner only says where the right answer is True."""
    return all(
        _is_bool(trial.expected) and trial.expected == is_inside for trial, is_inside in zip(trials, where, strict=True)
    )


def _find_factor(answer, trials):
    return find_factor(answer.parameters, trials) if _are_numeric(trials) else ""


def _find_coarse_type(answer, trials):
    if all(getattr(trial.result, "dtype", None) == np.float16 for trial in trials):
        return "Your result has the dtype float16, which keeps three digits. Use `float`."
    return ""


def _are_numeric(trials):
    return not any(trial.misfit or _is_of_words_or_bools(trial.expected) for trial in trials)


def _is_of_words_or_bools(value):
    return isinstance(value, (bool, str)) or getattr(value, "dtype", np.dtype(float)).kind == "b"


OF_RESULTS = (  # what is so in all the cases
    find_shared,
    find_memory,
    lambda answer, trials: name_unread(answer),
    _find_constant,
    _find_taken_type,
    _find_rounding,
    _find_whole_results,
    _find_coarse_type,
    _find_opposite,
    _find_factor,
    _find_offset,
    _find_swap,
    _find_running_total,
)
OF_CASES = (  # what is so in some
    _find_type_among_others,
    lambda answer, trials: find_other_result(trials),
    lambda answer, trials: find_place(trials),
    _find_corner,
    lambda answer, trials: find_side(trials),
)
