"""What an answer keeps from call to call: a default, a variable of the notebook, or an array that it gives again."""

import itertools

import numpy as np
from numpy.lib.array_utils import byte_bounds

from marl_lessons.exercises.judging.code_reading import find_function, find_variables, read_state
from marl_lessons.exercises.judging.comparison import is_same
from marl_lessons.exercises.judging.showing import is_array, show_value

ASKED_AGAIN = 5  # questions; where chance plays a part, one of them may get the same answer twice


def diagnose_memory(answer, first, again):
    """Say that the same input gave two results, and what the function keeps between calls, where that can be seen."""
    results = "two different arrays" if is_array(first) else f"{show_value(first)}, then {show_value(again)}"
    said = f"Called twice with the same input, your function gave {results}."
    return f"{said} {name_kept(answer) or 'Does it draw random numbers, or keep something from call to call?'}"


def find_changed(answer):
    """Return the names of the defaults, variables of the notebook and attributes that the calls have changed."""
    grown = [name for name, value in _list_kept(answer).items() if _is_longer(value, answer.state.get(name))]
    if grown:
        return grown  # without the copies below: what has grown may be as large as the memory allows
    now = read_state(answer.function)
    return [name for name, old in answer.state.items() if not is_same(old, now.get(name), tolerance=0)]


def _list_kept(answer):
    """Return the variables of the notebook that an answer reads, and its defaults, as they are now."""
    function = find_function(answer.function)
    if function is None:
        return {}
    defaults = function.__defaults__ or ()
    names = function.__code__.co_varnames[: function.__code__.co_argcount]
    return find_variables(answer.function) | dict(zip(names[len(names) - len(defaults) :], defaults, strict=True))


def _is_longer(value, before):
    return type(value) is type(before) and isinstance(value, (list, dict, set)) and len(value) > len(before)


def name_kept(answer, said=""):
    """Say what an answer keeps from call to call, unless it is said already: an earlier call may spoil a later one."""
    kept = next(iter(find_changed(answer)), "")
    if not kept or f"`{kept}`" in said:
        return ""
    if kept in find_function(answer.function).__code__.co_varnames:
        return (
            f"The default of `{kept}` is made once and kept from call to call: write `{kept}=None`, and make the value "
            "inside of the function."
        )
    place = "the notebook variable" if kept in find_variables(answer.function) else "its own attribute"
    return f"Your function changes {place} `{kept}`, so that one call may spoil the next: make it anew in each call."


def find_memory(answer, trials):
    """Ask the smallest and the largest questions to which the answer was wrong once more.

    What is drawn by chance may come out the same again where there is little of it.
    """
    wrong = [trial for trial in trials if not trial.is_right]
    for trial in [*wrong[:ASKED_AGAIN], *wrong[-ASKED_AGAIN:]]:
        again = answer(*trial.case)
        if not is_same(again, trial.result):
            return diagnose_memory(answer, trial.result, again)
    return ""


def find_shared(answer, trials):
    """Say that results of several calls lie in one array, and whether the next call writes over it."""
    with_arrays = [trial for trial in trials if is_array(trial.result)]
    pairs = itertools.combinations(with_arrays if _overlap(trial.result for trial in with_arrays) else (), 2)
    if not any(np.may_share_memory(one.result, other.result) for one, other in pairs if not _are_right(one, other)):
        return ""
    if _is_written_over(answer, trials):
        return (
            "Your function hands back the same memory every time and writes over it in the next call, so that the "
            "earlier results change with it. Make a new array in each call."
        )
    return "Your function gave one and the same array for different inputs. Compute it anew in each call."


def _overlap(arrays):
    """Tell quickly whether any two of many arrays may share memory."""
    bounds = sorted(map(byte_bounds, arrays))
    return any(start < end for (_, end), (start, _) in itertools.pairwise(bounds))


def _are_right(*trials):
    return all(trial.is_right for trial in trials)


def _is_written_over(answer, trials):
    result = answer(*trials[0].case)
    before = np.copy(result)
    answer(*trials[-1].case)
    return not is_same(before, result)
