"""Tells the calls of the course whether an answer is being run: a check inside of a check would cut off its cleanup."""

import contextlib

from marl_lessons.display import Misuse

_running = []  # one entry while an answer is run


@contextlib.contextmanager
def running_answer():
    """Refuse the calls of the course while an answer is run in there."""
    _running.append(True)
    try:
        yield
    finally:
        _running.pop()


def refuse_inside_answer(name):
    """Raise Misuse where an answer calls the course, which is checking it."""
    if _running:
        raise Misuse(f"`{name}` was called inside an answer, while that is checked: call it outside of your function.")
