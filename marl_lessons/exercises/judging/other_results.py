"""What results have in common with the right ones: made of them in one way, or wrong in one direction."""

import numpy as np

from marl_lessons.exercises.judging.domains import is_bool
from marl_lessons.exercises.judging.trials import Labels

ENOUGH = 3  # wrong cases that have to show it
MADE_OF = {
    "`abs(x)`, without its sign": np.abs,
    "`max(x, 0)`, with 0 for what is negative": lambda right: np.maximum(right, 0),
    "`min(x, 0)`, with 0 for what is positive": lambda right: np.minimum(right, 0),
    "`1 - x`": lambda right: 1 - right,
    "`x ** 2`, its square": np.square,
    "`np.sign(x)`, its sign alone": np.sign,
    "`np.clip(x, -1, 1)`": lambda right: np.clip(right, -1, 1),
    "`np.sort(x)`, in another order": lambda right: np.sort(right, axis=-1),
    "`x - x.mean()`": lambda right: right - right.mean(),
    "`x / x.sum()`": lambda right: right / right.sum(),
    "`x / x.max()`": lambda right: right / right.max(),
}
OF_BOOLEANS = {"`~x`, with True and False exchanged": lambda right: 1 - right}


def find_other_result(trials):
    """Say how all the results are made of the right ones, or return an empty string."""
    wrong = [trial for trial in trials if not trial.is_right]
    if len(wrong) < ENOUGH or not all(map(_is_numeric, trials)):
        return ""
    is_question = all(np.asarray(trial.expected).dtype == bool for trial in trials)
    for words, make in (OF_BOOLEANS if is_question else MADE_OF).items():
        if all(_is_made(make, trial) for trial in [*wrong, *trials]):
            return f"Your result is always {words}, where x is the right one."
    return ""


def _is_made(make, trial):
    try:
        with np.errstate(all="ignore"):
            return trial.are_same(trial.result, make(np.asarray(trial.expected, float)))
    except ValueError:  # a single number has no order
        return False


def find_side(trials):
    """Say in which one direction all the wrong results go: True for False, too large, one word for another, …"""
    wrong = [trial for trial in trials if not trial.is_right]
    if all(isinstance(trial.expected, str) and not trial.misfit for trial in trials):
        return _find_side_of_words({(str(trial.result), trial.expected) for trial in wrong})
    if any(is_bool(trial.expected) for trial in trials):
        return _find_side_of_questions({bool(trial.result) for trial in wrong})
    if len(wrong) < ENOUGH or not all(map(_is_numeric, trials)):
        return ""
    if all(np.asarray(trial.expected).dtype == bool for trial in trials):
        return _find_side_of_questions({bool(said) for trial in wrong for said in _list_wrong_entries(trial)})
    gaps = np.concatenate([np.ravel(np.asarray(trial.result, float) - trial.expected) for trial in wrong])
    if gaps.min() > -1e-9:
        return "Where your result is wrong, it is too large: what counts that should not, or counts too much?"
    if gaps.max() < 1e-9:
        return "Where your result is wrong, it is too small: what is left out, or counts too little?"
    return ""


def _list_wrong_entries(trial):
    """List what stands where a result differs from the right one; both have the same shape."""
    result = np.asarray(trial.result)
    return result[result != trial.expected]


def _find_side_of_words(pairs):
    if len(pairs) > 1:
        return ""
    [(said, right)] = pairs
    return f'Where your answer is wrong, it is "{said}" and should be "{right}". What tells these two apart?'


def _find_side_of_questions(answers):
    if answers == {True}:
        return (
            "Where your answer is wrong, it is True and should be False: which test is missing, or does not reach "
            "all that it should look at?"
        )
    if answers == {False}:
        return "Where your answer is wrong, it is False and should be True: which test asks too much, or another thing?"
    return ""


def _is_numeric(trial):
    return not isinstance(trial.expected, (bool, np.bool_, str, Labels)) and not trial.misfit
