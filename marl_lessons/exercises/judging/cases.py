"""The cases that an answer is tried on, and what is known of them whatever the answer is: found once, and kept.

What is kept is shared by all evaluations, so it never changes: arrays are read-only copies, and an answer gets copies.
"""

import copy
import functools

import numpy as np

from marl_lessons.exercises.judging.showing import write_code

KEPT = 100  # drawings: those of all the exercises of a lesson, or of one under several seeds
DRAWINGS = {}  # the latest ones: what came of (function, state of the generator, other arguments)


class Case(tuple):
    """The arguments of one call, with what definitions and wrong ideas answer to them."""

    def __new__(cls, arguments):
        return super().__new__(cls, map(_keep, copy.deepcopy(tuple(arguments))))

    def __init__(self, arguments):
        self._answers = {}

    def ask(self, function):
        """Return `function(*case)`, or raise its error, called once only; function: one that a module defines."""
        if function not in self._answers:
            self._answers[function] = _try(function, self)
        result, error = self._answers[function]
        if error is not None:
            raise error.with_traceback(None)
        return result

    @functools.cached_property
    def size(self):
        """How many numbers there are in the arguments."""
        return sum(map(_count, self))

    @functools.cached_property
    def written_length(self):
        """How many letters it takes to write the arguments."""
        return sum(len(write_code(part)) for part in self)

    @functools.cached_property
    def largest(self):
        """The largest absolute number in the arrays, or 0."""
        arrays = [part for part in self if isinstance(part, np.ndarray) and part.dtype.kind in "iuf"]
        return float(max((np.abs(part).max(initial=0) for part in arrays), default=0))


def keep_cases(draw):
    """Make `draw(rng, …)` return the same `Case`s, and leave the generator the same, wherever it finds it the same."""

    @functools.wraps(draw)
    def draw_once(rng, *arguments):
        question = draw, str(rng.bit_generator.state), arguments
        if question not in DRAWINGS:
            cases = tuple(map(Case, draw(rng, *arguments)))
            DRAWINGS[question] = cases, rng.bit_generator.state
            for old in list(DRAWINGS)[:-KEPT]:
                del DRAWINGS[old]
        cases, rng.bit_generator.state = DRAWINGS[question]
        return list(cases)

    return draw_once


def _keep(value):
    """Return a value with all its arrays, also those inside of a tuple, as read-only copies."""
    if type(value) is tuple:  # not one of a class of its own, such as a pair that knows its equals
        return tuple(map(_keep, value))
    if not isinstance(value, np.ndarray):
        return value
    kept = value.copy("K")
    kept.setflags(write=False)
    return kept


def _try(function, case):
    try:
        return _keep(function(*case)), None
    except Exception as error:
        return None, error


def _count(part):
    if isinstance(part, np.ndarray):
        return part.size
    return sum(map(_count, part)) if isinstance(part, (list, tuple)) else np.size(part)
