"""Mistakes that recur in every exercise, told by what they do to the results, before the bare counterexample.

Each function looks at all the trials and returns a sentence, or an empty string. A sentence states what holds in every
case that was tried; a cause is named only where it was tested or can be read in the code.
"""

import math
from functools import partial

import numpy as np

from marl_lessons.exercises.judging.code_reading import find_unread, find_variables
from marl_lessons.exercises.judging.comparison import is_same
from marl_lessons.exercises.judging.digits import (
    find_coarse_type,
    find_rounding,
    find_taken_type,
    find_type_among_others,
    find_whole_results,
)
from marl_lessons.exercises.judging.factors import find_factor
from marl_lessons.exercises.judging.memory import find_changed, find_memory, find_shared
from marl_lessons.exercises.judging.other_inputs import find_other_input
from marl_lessons.exercises.judging.other_results import find_other_result, find_side
from marl_lessons.exercises.judging.places import find_place
from marl_lessons.exercises.judging.showing import is_array, show_value
from marl_lessons.exercises.judging.trials import are_numeric

ENOUGH = 3  # cases that have to show a pattern
CHANCE = 1e-3  # that wrong cases lie where they lie, if they had no reason to


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
    if are_numeric(trials) and all(_is_running_total(trial) for trial in trials):
        return "Each number of your result contains the ones before it. Does the sum begin anew for each of them?"
    return ""


def _is_running_total(trial):
    return np.ndim(trial.expected) == 1 and trial.accepts(np.diff(trial.result, prepend=0))


def _find_offset(answer, trials):
    if not are_numeric(trials) or len(trials) < ENOUGH:
        return ""
    gaps = np.concatenate([np.ravel(_gap(trial)) for trial in trials])
    if not is_same(gaps, np.full(len(gaps), gaps[0])):
        return ""
    return f"Your answer is always {abs(gaps[0]):.4g} too {'large' if gaps[0] > 0 else 'small'}."


def _find_swap(answer, trials):
    if not are_numeric(trials) or np.ndim(trials[0].expected) == 0:
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
    return find_factor(answer.parameters, trials) if are_numeric(trials) else ""


OF_RESULTS = (  # what is so in all the cases
    find_shared,
    find_memory,
    lambda answer, trials: name_unread(answer),
    _find_constant,
    find_taken_type,
    find_rounding,
    find_whole_results,
    find_coarse_type,
    _find_opposite,
    _find_factor,
    _find_offset,
    _find_swap,
    _find_running_total,
)
OF_CASES = (  # what is so in some
    find_type_among_others,
    lambda answer, trials: find_other_result(trials),
    lambda answer, trials: find_place(trials),
    _find_corner,
    lambda answer, trials: find_side(trials),
)
