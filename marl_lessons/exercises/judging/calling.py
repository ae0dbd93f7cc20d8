"""Calls a learner's function as the lesson calls it, or says why it cannot be called so."""

import contextlib
import copy
import functools
import inspect
import operator
import os
import types

import numpy as np
from numpy.random import PCG64, Generator, SeedSequence

from marl_lessons.exercises.judging.code_reading import find_function, read_state
from marl_lessons.exercises.judging.comparison import are_identical, is_same
from marl_lessons.exercises.judging.mistakes import Mistake
from marl_lessons.exercises.judging.showing import describe, show_case, show_change

CHANGEABLE = (np.ndarray, list, tuple, dict, set)  # other inputs, such as a random generator, may change or never do


class Submission:
    """A learner's function, called on copies of its inputs; changing an input is a `Mistake`.

    by_keyword: the parameters that the lesson passes by their names. domain: what is legal, for the diagnosis.
    returns_new: handing back an input itself is a `Mistake`, too, if nothing else is wrong: see `expect_new_arrays`.
    """

    def __init__(self, function, reference, by_keyword=(), domain=None, returns_new=False):
        self.function = function
        self.name = reference.__name__
        self.parameters = list(inspect.signature(reference).parameters)
        self.by_keyword = by_keyword
        self.domain, self.returns_new = domain, returns_new
        self.arguments = ()  # of the latest call
        self.calls = 0
        self.handed_back = ()  # an input that came back itself, and the arguments of that call
        self.state = {}  # what the function may keep from call to call, before the first one

    @functools.cached_property
    def namespace(self):
        """The names of the notebook in which the function was written; empty for NumPy's own functions."""
        function = find_function(self.function)
        return function.__globals__ if function else {}

    def __call__(self, *arguments):
        self.state = self.state if self.calls else read_state(self.function)
        self.arguments, self.calls = arguments, self.calls + 1
        given = [_copy(argument) for argument in arguments]
        result = _call(self.function, self.parameters, given, self.by_keyword)
        for name, before, after in zip(self.parameters, arguments, given, strict=False):
            if isinstance(before, CHANGEABLE) and not _is_untouched(before, after):
                raise Mistake(self._tell_change(name, before, after))
            if self.returns_new and _is_the_same_array(result, after):
                self.handed_back = name, arguments
        return result

    def expect_new_arrays(self):
        """Expect that no call so far has handed back an input itself, where the docstring promises a new array."""
        if self.handed_back:
            name, case = self.handed_back
            raise Mistake(
                f"Your function hands back its input `{name}` itself, and not a new array: who changes the one later "
                f"changes the other. Return a copy (`{name}.copy()`).\n{self.show_call(case)}"
            )

    def _tell_change(self, name, before, after):
        remedy = "a copy" if isinstance(before, tuple) else f"a copy (`{name}.copy()`)"
        build = " or build a new array" if isinstance(before, np.ndarray) else ""
        return (
            f"Your function changed its input `{name}`. The caller still needs it: work on {remedy}{build}.\n"
            + show_case(self.parameters, self.arguments, self._write_call(), notes=[show_change(name, before, after)])
        )

    def show_call(self, case=None, **results):
        """Write a call as a block that can be pasted; without a case, the latest one. results: see `show_case`."""
        case = self.arguments if case is None else case
        return show_case(self.parameters, case, self._write_call(), **results)

    def _write_call(self):
        arguments = [f"{name}={name}" if name in self.by_keyword else name for name in self.parameters]
        return f"{self.name}({', '.join(arguments)})"


def _copy(argument):
    if isinstance(argument, np.ndarray):
        return argument.copy()
    return _copy_generator(argument) if isinstance(argument, Generator) else copy.deepcopy(argument)


def _copy_generator(generator):
    """Return a generator that goes on and spawns others as this one does: quickly, if it is the usual kind."""
    bits = generator.bit_generator
    seeds = bits.seed_seq
    if (type(bits), type(seeds)) != (PCG64, SeedSequence):
        return copy.deepcopy(generator)
    details = {name: getattr(seeds, name) for name in ("spawn_key", "pool_size", "n_children_spawned")}
    copied = PCG64(SeedSequence(seeds.entropy, **details))
    copied.state = bits.state
    return Generator(copied)


def _is_untouched(before, after):
    """Tell whether an input is what it was; a comparison of arrays, made at every call, has to be quick."""
    if isinstance(before, np.ndarray):
        return are_identical(before, after) or np.array_equal(before, after)
    return _holds_the_same(before, after) or is_same(before, after, tolerance=0)


def _holds_the_same(before, after):
    """Tell quickly of a list or tuple whether all of its parts are the same objects: those are not copied, so fixed."""
    is_row = type(before) is type(after) and isinstance(before, (list, tuple))
    return is_row and len(before) == len(after) and all(map(operator.is_, before, after))


def _is_the_same_array(result, argument):
    are_arrays = isinstance(result, np.ndarray) and isinstance(argument, np.ndarray)
    return are_arrays and bool(result.size) and np.shares_memory(result, argument)


def _call(function, parameters, arguments, by_keyword):
    named = list(zip(parameters, arguments, strict=False))
    positional = [value for name, value in named if name not in by_keyword]
    with end_children():  # here, or else each of them would go on with the checks and fork in every call
        return function(*positional, **{name: value for name, value in named if name in by_keyword})


@contextlib.contextmanager
def end_children():
    """End a child that `os.fork` made in there where the code inside ends, in this process alone the caller goes on."""
    process = os.getpid()
    try:
        yield
    finally:
        if os.getpid() != process:
            os._exit(0)


def find_misfit(exercise, answer):
    """Say why an answer cannot be called as the lesson calls it, or return an empty string."""
    name = exercise.reference.__name__
    if isinstance(answer, type):
        return (
            f"This exercise asks for the function `{name}`, got {describe(answer)}: calling it makes an object of that "
            f"class. Write a function with `def {name}(…)`, or give an object that can be called."
        )
    if not callable(answer):
        return f"This exercise asks for the function `{name}`, got {describe(answer)}."
    if _is_renamed(answer, name):
        return f"This exercise asks for the function `{name}`; yours is called `{answer.__name__}`. Keep the name."
    try:
        signature = inspect.signature(answer)
    except Exception:  # NumPy's own functions tell none, and an object of a learner's may fail
        return ""
    return _find_wrong_parameters(exercise, signature)


def _is_renamed(answer, name):
    """Tell whether a plain `def` has another name; a lambda, a method or an inner function has none to keep."""
    if not isinstance(answer, types.FunctionType) or answer.__name__ in (name, "<lambda>"):
        return False
    is_inner = "." in answer.__qualname__ or hasattr(answer, "__wrapped__")
    return not is_inner and may_be_decorated(answer)


def may_be_decorated(function):
    """Tell whether `@exercise` stands above a `def`; in `name = exercise(…)(function)` the lesson finds its name."""
    try:
        return inspect.getsource(function).startswith("@")
    except (OSError, TypeError):
        return True


def _find_wrong_parameters(exercise, signature):
    name, expected = exercise.reference.__name__, list(inspect.signature(exercise.reference).parameters)
    yours = f"yours are `{name}{signature}`"
    keywords = [word for word in expected if word in exercise.by_keyword]
    try:
        signature.bind(*expected[: len(expected) - len(keywords)], **dict.fromkeys(keywords))
    except TypeError:
        if keywords and _fits_by_position(signature, expected):
            call = ", ".join(f"`{word}=…`" for word in keywords)
            return f"The lesson calls your function with {call}, so keep that name; {yours}."
        return f"Keep the parameters `{name}({', '.join(expected)})`; {yours}."
    if _is_another_order(list(signature.parameters), expected[: len(expected) - len(keywords)]):
        return f"Keep the order of the parameters, `{name}({', '.join(expected)})`; {yours}."
    return ""


def _fits_by_position(signature, expected):
    try:
        signature.bind(*expected)
    except TypeError:
        return False
    return True


def _is_another_order(names, expected):
    return any(name in names and names.index(name) != index for index, name in enumerate(expected))
