"""Where in an array a result is wrong: in its first or last entry only, or everywhere but there."""

import numpy as np

from marl_lessons.exercises.judging.comparison import is_same

ENOUGH = 5  # cases that have to show it
NEARLY_ALL = 0.6  # of the other entries have to be wrong before it means something that one place is always right


def find_place(trials):
    """Say which entries along the first axis are the only wrong, or the only right ones, or return an empty string.

    trials: one `Trial` for each case; the lengths of the results may differ from case to case.
    """
    if not all(_is_array(trial.expected) and not trial.misfit for trial in trials):
        return ""
    wrong = [_list_wrong(trial) for trial in trials if not trial.is_right]
    several = [marks for marks in wrong if len(marks) > 1]
    if len(several) < ENOUGH or max(map(len, several)) == 2:
        return ""
    return _find_one_wrong(wrong) or _find_one_right(several)


def _find_one_wrong(wrong):
    if all(marks[0] and not any(marks[1:]) for marks in wrong):
        return "Only entry 0 of your result is wrong, the others never are. Does a loop begin too late?"
    if all(marks[-1] and not any(marks[:-1]) for marks in wrong):
        return "Only the last entry of your result is wrong, the others never are. Does a loop end too early?"
    return ""


def _find_one_right(wrong):
    if np.mean(np.concatenate(wrong)) < NEARLY_ALL * np.mean([1 - 1 / len(marks) for marks in wrong]):
        return ""
    if not any(marks[0] for marks in wrong):
        return (
            "Only entry 0 of your result is always right. Does your code handle the others too, or does `return` stand "
            "inside the loop?"
        )
    if not any(marks[-1] for marks in wrong):
        return "Only the last entry of your result is always right. Does a loop undo what it did in the round before?"
    return ""


def _is_array(value):
    return isinstance(value, np.ndarray) and value.ndim > 0


def _list_wrong(trial):
    """Mark the entries along the first axis that are wrong."""
    pairs = zip(trial.result, trial.expected, strict=True)
    return [not is_same(mine, right, trial.tolerance) for mine, right in pairs]
