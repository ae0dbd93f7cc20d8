"""A result that is the right one times a factor: which factor, in all the cases that were tried."""

import itertools

import numpy as np

from marl_lessons.exercises.judging.comparison import is_same
from marl_lessons.exercises.judging.domains import is_number

ENOUGH = 3  # cases that have to show it
PROPORTIONAL = 1e-6


def find_factor(parameters, trials):
    """Say by which factor the results are off, or return an empty string.

    A factor may be a number, such as 2 or -1, or differ from case to case and be a size or a number of the input, such
    as `payoffs.shape[1]`. parameters: the names of the arguments.
    """
    informative = [trial for trial in trials if np.any(trial.expected)]
    divided = (_divide(trial.result, trial.expected) for trial in informative)
    factors = list(itertools.takewhile(lambda factor: factor is not None, divided))
    if len(factors) < max(ENOUGH, len(informative)):
        return ""
    if any(np.any(trial.result) for trial in trials if not np.any(trial.expected)):
        return ""
    if is_same(factors, [factors[0]] * len(factors)):
        return _say_constant(factors[0])
    for name, values in _list_sizes(parameters, informative).items():
        if is_same(factors, values):
            return f"Your answer is always the right one times `{name}`. Where does this factor come from?"
        if all(values) and is_same(factors, 1 / np.array(values)):
            return f"Your answer is always the right one divided by `{name}`. Where does this factor get lost?"
    return ""


def _divide(result, expected):
    """Return the factor between two values, or None where they are not proportional."""
    result, expected = np.ravel(np.asarray(result, float)), np.ravel(np.asarray(expected, float))
    factor = float(result @ expected / (expected @ expected))
    return factor if np.allclose(result, factor * expected, PROPORTIONAL, PROPORTIONAL) else None


def _say_constant(factor):
    if is_same(factor, -1):
        return "Your answer is always the right one with the other sign."
    if is_same(factor, 0):
        return "Your answer is always 0."
    return f"Your answer is always {factor:.4g} times the right one. Is a factor missing, or one too many?"


def _list_sizes(parameters, trials):
    """Return what a factor may be, by its name in code: lengths of axes, numbers, and one minus a number."""
    sizes = {}
    for index, name in enumerate(parameters):
        values = [trial.case[index] for trial in trials]
        if all(isinstance(value, np.ndarray) for value in values):
            for axis in range(values[0].ndim):
                sizes[f"{name}.shape[{axis}]"] = [value.shape[axis] for value in values]
        elif all(map(is_number, values)):
            sizes[name] = values
            sizes[f"(1 - {name})"] = [1 - value for value in values]
    return sizes
