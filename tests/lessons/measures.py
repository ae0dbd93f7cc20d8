"""What the tests of the lessons share."""

import numpy as np

from marl_lessons.exercises.registry import find_exercise


def solve(number, *arguments):
    """Call the course's own solution of an exercise."""
    return find_exercise(number).reference(*arguments)


def standard_error(samples):
    """Return the standard error of the mean of samples (R,)."""
    return samples.std(ddof=1) / np.sqrt(len(samples))
