"""A result that is right for another input: for `1 - alpha` in the place of `alpha`, or for two inputs exchanged.

What is said is so whatever the cause: in every case that was tried, the definition gives the same for the other input.
"""

import itertools

import numpy as np

from marl_lessons.exercises.judging.domains import is_bool, is_int, is_number, is_policy

ENOUGH = 3  # wrong cases that have to show it


def find_other_input(definition, answer, trials):
    """Say for which other input all the results would be right, or return an empty string."""
    wrong = [trial for trial in trials if not trial.is_right]
    if len(wrong) < ENOUGH or any(trial.misfit for trial in trials):
        return ""
    for words, change in _list_changes(answer.parameters, [trial.case for trial in trials]):
        fits = all(_fits(definition, change, trial, trial.result) for trial in [*wrong, *trials])
        if fits and _is_telling(definition, change, wrong):
            return f"In every case tried your result would be right if {words}. Look where your code reads it."
    return ""


def _fits(definition, change, trial, result):
    """Tell whether a result is right for the changed case; the wrong ones are asked first, which ends most searches."""
    try:
        right = definition(*change(trial.case))
        return trial.are_same(result, trial.adapt(right, result))
    except Exception:  # the definition does not know the changed input
        return False


def _is_telling(definition, change, wrong):
    """Tell whether most right results are wrong for the changed case: where all ties there, whatever is given fits."""
    return 2 * sum(_fits(definition, change, trial, trial.expected) for trial in wrong) < len(wrong)


def _list_changes(names, cases):
    """Yield other inputs: words that name one, and the function that makes it of a case."""
    for index, name in enumerate(names):
        values = [case[index] for case in cases]
        kind = next((changes for is_kind, changes in CHANGES if all(map(is_kind, values))), {})
        for words, change in kind.items():
            yield f"`{name}` were {words.format(name)}", _change_one(index, change)
    for first, second in itertools.combinations(range(len(names)), 2):
        yield f"`{names[first]}` and `{names[second]}` were exchanged", _exchange(first, second)


def _change_one(index, change):
    return lambda case: (*case[:index], change(case[index]), *case[index + 1 :])


def _exchange(first, second):
    def exchange(case):
        changed = list(case)
        changed[first], changed[second] = case[second], case[first]
        return changed

    return exchange


def _is_share(value):
    return is_number(value) and 0 <= value <= 1


def _is_array(value):
    return isinstance(value, np.ndarray) and value.ndim > 0


def _is_numeric(value):
    return _is_array(value) and value.dtype.kind in "iuf"


ONE_LESS = {"`{0} - 1`": lambda value: value - 1}
ONE_MORE = {"`{0} + 1`": lambda value: value + 1}
ORDER = {
    "`{0}[::-1]`, in the reverse order": lambda value: value[::-1],
    "`{0}[:, ::-1]`, with its columns in the reverse order": lambda value: value[:, ::-1],
    "`np.sort({0}, axis=0)`, from the smallest to the largest": lambda value: np.sort(value, axis=0),
    "`np.roll({0}, 1, axis=0)`, shifted by one place": lambda value: np.roll(value, 1, axis=0),
    "`np.roll({0}, -1, axis=0)`, shifted by one place": lambda value: np.roll(value, -1, axis=0),
    "`{0}[0]` in all its places": lambda value: np.broadcast_to(value[:1], value.shape),
    "`{0}[-1]` in all its places": lambda value: np.broadcast_to(value[-1:], value.shape),
}
SHAPE = {
    "`{0}.T`, with rows and columns swapped": lambda value: value.T,
    "`{0}.mean()` in all its places": lambda value: np.full(value.shape, value.mean()),
}
SIZE = {
    "`-{0}`": lambda value: -value,
    "`abs({0})`": abs,
    "0 where it is negative": lambda value: np.maximum(value, 0),
    "cut down to whole numbers": np.trunc,
    "rounded to whole numbers": np.round,
    "`{0} ** 2`": lambda value: value**2.0,
}
# The first kind to which all the values of a parameter belong says what else they might have been taken for.
CHANGES = (
    (is_bool, {"`not {0}`": lambda value: not value}),
    (
        lambda value: _is_array(value) and value.dtype == bool,
        {"`~{0}`, with True and False exchanged": lambda value: ~value, **ORDER},
    ),
    (is_int, {**ONE_LESS, **ONE_MORE}),
    (
        _is_share,
        {
            "`1 - {0}`": lambda value: 1 - value,
            "`{0} ** 2`": lambda value: value**2,
            "1, whatever it is": lambda value: 1.0,
            "0, whatever it is": lambda value: 0.0,
        },
    ),
    (is_number, SIZE),
    (
        lambda value: _is_numeric(value) and is_policy(value),
        {
            "`1 - {0}`": lambda value: 1 - value,
            "`{0} ** 2`": np.square,
            "`{0} / {0}.max()`": lambda value: value / value.max(axis=-1, keepdims=True),
            "rounded to whole numbers": np.round,
            **ORDER,
            **SHAPE,
        },
    ),
    (lambda value: _is_numeric(value) and value.dtype.kind in "iu", {**ONE_LESS, **ONE_MORE, **ORDER, **SHAPE}),
    (_is_numeric, {**SIZE, **ORDER, **SHAPE}),
)
