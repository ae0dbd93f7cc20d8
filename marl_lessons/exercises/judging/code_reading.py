"""What a function's own code tells for certain: which parameters and variables it reads, and how it compares."""

import copy
import dis
import functools
import inspect
import itertools
import types

import numpy as np

from marl_lessons.exercises.judging.comparison import is_same

SEES_ALL_LOCALS = {"locals", "vars", "eval", "exec"}


def is_plain(answer):
    """Tell whether an answer is a function to which nothing is attached whose own code may run when it is looked at."""
    if type(answer) is not types.FunctionType:
        return False
    return not (vars(answer) or answer.__closure__ or answer.__defaults__ or answer.__kwdefaults__)


def find_function(answer):
    """Return the plain function behind an answer, or None where there is none, as in NumPy's own functions.

    It looks into partials, methods, callable objects, `np.vectorize` and decorated functions.
    """
    for _ in range(20):  # a wrapper may wrap itself
        inner = _look_inside(answer)
        if inner is None:
            return answer if isinstance(answer, types.FunctionType) else None
        answer = inner
    return None


def _look_inside(answer):
    if isinstance(answer, types.FunctionType):
        return vars(answer).get("__wrapped__") or _find_wrapped(answer)
    if isinstance(answer, functools.partial):
        return answer.func
    if isinstance(answer, np.vectorize):
        return answer.pyfunc
    if isinstance(answer, types.MethodType):
        return answer.__func__
    wrapped = inspect.getattr_static(answer, "__wrapped__", None)  # functools.cache
    return wrapped or vars(type(answer)).get("__call__")


def _find_wrapped(function):
    """Return what a decorator's inner function passes its arguments on to, if it passes on all of them."""
    passes_on = function.__code__.co_flags & inspect.CO_VARARGS and "<locals>" in function.__qualname__
    inside = [cell.cell_contents for cell in function.__closure__ or () if passes_on and _is_filled(cell)]
    functions = [thing for thing in inside if isinstance(thing, types.FunctionType)]
    return functions[0] if len(functions) == 1 else None


def _is_filled(cell):
    try:
        return callable(cell.cell_contents)
    except ValueError:  # empty
        return False


def find_unread(answer, expected):
    """Name the parameters of an answer that its code never reads; expected: the names of the exercise's parameters."""
    function = find_function(answer)
    if function is None:
        return []
    code = function.__code__
    names = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
    if isinstance(answer, functools.partial) or SEES_ALL_LOCALS & set(code.co_names):
        return []
    own = [name for name in names if name not in ("self", "cls")][: len(expected)]
    return [name for name in own if name not in _read_names(code)]


@functools.lru_cache(maxsize=8)
def _read_names(code):
    """Return the local names that code reads; one that a nested function uses counts as read."""
    read = set(code.co_cellvars)
    for instruction in dis.get_instructions(code):
        if "LOAD_FAST" in instruction.opname:
            argument = instruction.argval
            read.update(argument if isinstance(argument, tuple) else [argument])
    return read


def find_variables(answer):
    """Return the notebook variables that an answer reads, {name: value}; functions, classes and modules don't count."""
    function = find_function(answer)
    if function is None:
        return {}
    values = {name: function.__globals__.get(name) for name in _global_names(function.__code__)}
    return {name: value for name, value in values.items() if value is not None and not _is_tool(value)}


def read_state(answer):
    """Return copies of what a function may keep from call to call, {name: value}.

    That are its defaults, the variables of the notebook that it reads, and an object's own attributes.
    """
    function = find_function(answer)
    if function is None:
        return {}
    defaults = function.__defaults__ or ()
    names = function.__code__.co_varnames[: function.__code__.co_argcount]
    attributes = {} if isinstance(answer, np.vectorize) else getattr(answer, "__dict__", {})
    state = find_variables(answer) | dict(zip(names[len(names) - len(defaults) :], defaults, strict=True)) | attributes
    return {name: _copy(value) for name, value in state.items()}


def _copy(value):
    """Return a copy that equals the original as long as that does not change, or else what `repr` shows of it."""
    if isinstance(value, np.random.Generator):
        return value.bit_generator.state
    try:
        copied = copy.deepcopy(value)
        return copied if is_same(copied, value, tolerance=0) else repr(value)
    except Exception:  # a learner's object may fail in its own methods
        return None


@functools.lru_cache(maxsize=8)  # of the latest answers: asked at each check
def _global_names(code):
    steps = itertools.chain(*map(dis.get_instructions, _list_codes(code)))
    return sorted({step.argval for step in steps if step.opname in ("LOAD_GLOBAL", "LOAD_NAME")})


def _list_codes(code):
    """List the code of a function and of all that is written inside of it: comprehensions, lambdas, inner functions."""
    inner = [constant for constant in code.co_consts if isinstance(constant, types.CodeType)]
    return [code, *itertools.chain(*map(_list_codes, inner))]


def _is_tool(value):
    return callable(value) or isinstance(value, types.ModuleType)


def compares_by_identity(answer):
    """Tell whether a function compares values with `is`; to compare with `None`, a class or a name of all is fine."""
    function = find_function(answer)
    return bool(function) and _compares_by_identity(function.__code__)


@functools.lru_cache(maxsize=8)
def _compares_by_identity(code):
    steps = list(itertools.chain(*map(dis.get_instructions, _list_codes(code))))
    tests = [steps[max(0, index - 2) : index] for index, step in enumerate(steps) if step.opname == "IS_OP"]
    return any(not any(map(_is_unique, loaded)) for loaded in tests)


def _is_unique(step):
    return step.opname == "LOAD_GLOBAL" or (step.opname == "LOAD_CONST" and step.argval in (None, ...))
