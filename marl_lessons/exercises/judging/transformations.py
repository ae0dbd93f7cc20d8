"""A result that is right for another input, or the right one made into something else: which, in all the cases tried.

Learners reverse, sort, round, clip or exchange what they are given. Each function returns a sentence that states what
was found, or an empty string.
"""

import itertools

import numpy as np

from marl_lessons.exercises.judging.comparison import is_same
from marl_lessons.exercises.judging.domains import is_bool, is_number

ENOUGH = 3  # cases in which the change has to make a difference


def find_transformation(definition, parameters, trials):
    """Say of which other input the results are the right ones, or what was done to the right ones."""
    if all(is_same(trial.result, trials[0].result) for trial in trials):  # much would explain one and the same result
        return ""
    return (
        _find_changed_result(trials)
        or _find_exchanged_inputs(definition, parameters, trials)
        or _find_changed_input(definition, parameters, trials)
    )


def _find_changed_result(trials):
    for words, change in CHANGES_OF_ARRAYS.items():
        if _explains(lambda trial, change=change: change(trial.expected), trials):
            return f"In all {len(trials)} cases tried your result is the right one {words}."
    return ""


def _find_exchanged_inputs(definition, parameters, trials):
    for one, other in itertools.combinations(range(len(parameters)), 2):
        if _explains(lambda trial, pair=(one, other): definition(*_exchange(trial.case, *pair)), trials):
            return (
                f"In all {len(trials)} cases tried your result is the right one for `{parameters[one]}` and "
                f"`{parameters[other]}` in exchanged places."
            )
    return ""


def _find_changed_input(definition, parameters, trials):
    # What is wrong with a number could as well be said of an array that it multiplies: the number comes first.
    for place in sorted(range(len(parameters)), key=lambda place: isinstance(trials[0].case[place], np.ndarray)):
        for words, change in _list_changes(trials[0].case[place]).items():
            if _explains(lambda trial, at=place, change=change: definition(*_put(trial.case, at, change)), trials):
                return (
                    f"In all {len(trials)} cases tried your result is the right one for `{parameters[place]}` {words}."
                )
    return ""


def _explains(give, trials):
    """Tell whether `give(trial)` is the result in every trial, and often enough another one than the right one."""
    try:
        differences = 0
        for trial in trials:
            given = give(trial)
            if not trial.are_same(trial.result, given):
                return False
            differences += not trial.are_same(given, trial.expected)
        return differences >= ENOUGH
    except Exception:  # the change makes no sense here
        return False


def _exchange(case, one, other):
    case = list(case)
    case[one], case[other] = case[other], case[one]
    return case


def _put(case, place, change):
    return [*case[:place], change(case[place]), *case[place + 1 :]]


def _list_changes(value):
    if isinstance(value, np.ndarray) and value.dtype.kind in "iuf" and value.ndim:
        return CHANGES_OF_ARRAYS
    if is_bool(value) or (isinstance(value, np.ndarray) and value.dtype == bool):
        return CHANGES_OF_BOOLS
    return CHANGES_OF_NUMBERS if is_number(value) else {}


def _soften(value):
    powers = np.exp(value - np.max(value, axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)


CHANGES_OF_ARRAYS = {
    "in reverse order": lambda value: value[::-1],
    "with each row in reverse order": lambda value: value[..., ::-1],
    "with rows and columns exchanged": np.transpose,
    "sorted": lambda value: np.sort(value, axis=-1),
    "sorted from the largest to the smallest": lambda value: np.sort(value, axis=-1)[..., ::-1],
    "one place further on": lambda value: np.roll(value, 1, axis=0),
    "one place further back": lambda value: np.roll(value, -1, axis=0),
    "with each row one place further on": lambda value: np.roll(value, 1, axis=-1),
    "with each row one place further back": lambda value: np.roll(value, -1, axis=-1),
    "with 0 in place of negative numbers": lambda value: np.maximum(value, 0),
    "with 0 in place of positive numbers": lambda value: np.minimum(value, 0),
    "with 1 in place of larger numbers": lambda value: np.minimum(value, 1),
    "cut off at -1 and 1": lambda value: np.clip(value, -1, 1),
    "without signs": np.abs,
    "with signs in place of numbers": np.sign,
    "with the other sign": np.negative,
    "rounded to whole numbers": np.round,
    "cut to whole numbers": np.trunc,
    "squared": lambda value: value**2.0,
    "as differences to 1": lambda value: 1 - value,
    "added up from the beginning": lambda value: np.cumsum(value, axis=0),
    "with each row added up from its beginning": lambda value: np.cumsum(value, axis=-1),
    "minus its mean": lambda value: value - np.mean(value),
    "minus the mean of each row": lambda value: value - np.mean(value, axis=-1, keepdims=True),
    "minus its smallest number": lambda value: value - np.min(value),
    "divided by its sum": lambda value: value / np.sum(value),
    "divided by its largest number": lambda value: value / np.max(value),
    "divided by the largest number of each row": lambda value: value / np.max(value, axis=-1, keepdims=True),
    "as a softmax": _soften,
    "with its mean in every place": lambda value: np.full(np.shape(value), np.mean(value)),
    "with its largest number in every place": lambda value: np.full(np.shape(value), np.max(value)),
    "with the mean of each row in its places": lambda value: 0 * value + np.mean(value, axis=-1, keepdims=True),
    "with the mean of each column in its places": lambda value: 0 * value + np.mean(value, axis=0),
    "with 1 for the largest number and 0 for the others": lambda value: 1.0 * (value == np.max(value)),
    "without its last entry": lambda value: value[:-1],
    "without its first entry": lambda value: value[1:],
    "with 0 as its last entry": lambda value: np.concatenate([value[:-1], 0 * value[-1:]]),
    "with 0 as its first entry": lambda value: np.concatenate([0 * value[:1], value[1:]]),
    "with all entries like the first": lambda value: 0 * value + value[:1],
    "with all entries like the last": lambda value: 0 * value + value[-1:],
}
CHANGES_OF_BOOLS = {
    "turned round": np.logical_not,
    "always True": lambda value: value | True,
    "always False": lambda value: value & False,
    "read from its last entry alone": lambda value: value[-1:] | np.zeros_like(value),
    "one place further on": lambda value: np.roll(value, 1),
    "one place further back": lambda value: np.roll(value, -1),
}
CHANGES_OF_NUMBERS = {
    "as 0": lambda value: 0 * value,
    "as 1": lambda value: 0 * value + 1,
    "squared": lambda value: value**2,
    "as its difference to 1": lambda value: 1 - value,
    "cut to a whole number": lambda value: int(value),
    "with the other sign": lambda value: -value,
    "divided by 2": lambda value: value / 2,
    "times 2": lambda value: 2 * value,
    "plus 1": lambda value: value + 1,
    "minus 1": lambda value: value - 1,
    "divided by 100": lambda value: value / 100,
    "divided into 1": lambda value: 1 / value,
}
