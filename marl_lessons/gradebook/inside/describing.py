"""Describes an answer and its errors to the judge, in the student's process: names, lines and values, no objects."""

import functools
import inspect
import traceback
import types

import numpy as np

from marl_lessons.exercises.judging.calling import may_be_decorated
from marl_lessons.exercises.judging.code_reading import find_function, find_variables
from marl_lessons.exercises.judging.errors import STUB, name_error
from marl_lessons.exercises.limits import LimitReached
from marl_lessons.exercises.sandbox import InputRefused
from marl_lessons.gradebook.wire.channel import TooLarge
from marl_lessons.gradebook.wire.raised import write_error
from marl_lessons.gradebook.wire.stand_ins import name_type, tell
from marl_lessons.gradebook.wire.values import Writer

FRAMES = 5  # of a traceback, from its beginning and from its end
LARGEST = 2**20  # bytes of a variable whose changes are told
MOST_TOLD = 1_000  # things in a variable that are told one by one


def describe(answer, writer):
    """Return what the judge has to know of an answer: a value, a class, or something that can be called."""
    if isinstance(answer, type):
        return {"kind": "class", "name": name_type(answer)}
    if not callable(answer):
        return {"kind": "value", "value": writer.write(answer)}
    function = find_function(answer)
    return {
        "kind": "function",
        "name": _find_fixed_name(answer),
        "type": name_type(type(answer)),
        "signature": _describe_signature(answer, writer),
        "code": _describe_code(function) if function else None,
        "is_partial": isinstance(answer, functools.partial),
    }


def _find_fixed_name(answer):
    """Return the name of a plain `def`, which has to be the exercise's; a lambda, a method, … has none to keep."""
    if not isinstance(answer, types.FunctionType) or answer.__name__ == "<lambda>":
        return None
    is_inner = "." in answer.__qualname__ or hasattr(answer, "__wrapped__")
    return answer.__name__ if not is_inner and may_be_decorated(answer) else None


def _describe_signature(answer, writer):
    try:
        signature = inspect.signature(answer)
    except Exception:  # NumPy's own functions tell none, and an object of a learner's may fail
        return None
    empty = inspect.Parameter.empty
    parameters = [
        {
            "name": parameter.name,
            "kind": int(parameter.kind),
            "default": None if parameter.default is empty else tell(parameter.default) or "…",
            "note": None if parameter.annotation is empty else inspect.formatannotation(parameter.annotation),
        }
        for parameter in signature.parameters.values()
    ]
    returns = signature.return_annotation
    return {"parameters": parameters, "returns": None if returns is empty else inspect.formatannotation(returns)}


def _describe_code(function):
    code = function.__code__
    return {
        "file": code.co_filename,
        "line": code.co_firstlineno,
        "name": code.co_name,
        "qualified": function.__qualname__,
        "parameters": list(code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]),
    }


class StateWatch:
    """Tells what an answer keeps from call to call, whenever that has changed: variables, defaults and attributes."""

    def __init__(self, answer):
        self.answer, self.function = answer, find_function(answer)
        self._told = None

    def write_news(self, writer):
        """Return the state in JSON, or None where it is what it was."""
        if self.function is None:
            return None
        state = self._read()
        if self._told is None and not any(state.values()):
            return None
        trial = Writer()
        told = _write_state(state, trial), trial.blobs
        if told == self._told:
            return None
        self._told = told
        return _write_state(state, writer)

    def _read(self):
        has_attributes = not isinstance(self.answer, np.vectorize)
        attributes = getattr(self.answer, "__dict__", {}) if has_attributes else {}
        return {
            "variables": find_variables(self.answer),
            "defaults": dict(enumerate(self.function.__defaults__ or ())),
            "attributes": {name: value for name, value in attributes.items() if name != "__wrapped__"},
        }


def _write_state(state, writer):
    return {
        part: [[name, _write_small(value, writer)] for name, value in values.items()] for part, values in state.items()
    }


def _write_small(value, writer):
    """Write a value, or what stands for it where it is so large that to tell it anew at each call would take long."""
    if _holds_many(value):
        return writer.write(f"{type(value).__name__} of {len(value)}")
    if sum(map(len, writer.blobs)) + getattr(value, "nbytes", 0) > LARGEST:
        return writer.write_stand_in(value)
    try:
        return writer.write(value)
    except TooLarge:
        return writer.write_stand_in(value)


def _holds_many(value):
    """Tell whether a list, tuple, set or dictionary holds more than `MOST_TOLD` things, in those inside of it too."""
    waiting, count = [value], 0
    while waiting and count <= MOST_TOLD:
        inner = waiting.pop()
        if type(inner) in (list, tuple, set, frozenset, dict):
            count += len(inner)
            if count <= MOST_TOLD:
                waiting += inner.values() if type(inner) is dict else inner
    return count > MOST_TOLD


def describe_error(error, namespace, writer=None):
    """Return an error with the lines of the student's own code in which it happened.

    Parameters: error; namespace, the names among which the code ran: only its frames are told of. The dictionary holds
    "text", the error in words, and "line", the last line of the student's own.
    """
    frames = [
        (frame.f_code.co_filename, frame.f_code.co_name, frame.f_code.co_firstlineno, line)
        for frame, line in traceback.walk_tb(error.__traceback__)
        if frame.f_globals is namespace
    ]
    if len(frames) > 2 * FRAMES:
        frames = frames[:FRAMES] + frames[-FRAMES:]
    node = write_error(writer or Writer(), error)
    node["kind"] = "limit" if isinstance(error, LimitReached) else "input" if isinstance(error, InputRefused) else ""
    return node | {"frames": frames, "line": frames[-1][3] if frames else None, "words": name_error(error)}


def is_stub(error, answer):
    """Tell whether an error is that of the line which a learner's copy has in place of the solution."""
    if not isinstance(error, NotImplementedError) or error.args != (STUB,):
        return False
    function, frames = find_function(answer), list(traceback.walk_tb(error.__traceback__))
    return function is not None and bool(frames) and frames[-1][0].f_code is function.__code__
