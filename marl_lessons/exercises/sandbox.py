"""Runs a learner's code so that whatever it does, the notebook goes on: it may print, loop for ever or call exit()."""

import builtins
import contextlib
import os
import warnings

import numpy as np

from marl_lessons.exercises.limits import memory_limit, time_limit
from marl_lessons.exercises.output import capture_output


class InputRefused(Exception):
    """The code asked the person at the keyboard, for whom a check does not wait."""


@contextlib.contextmanager
def sandbox(limits, namespace, own_names):
    """Limit the time and memory of the code inside, keep its output off the screen and make `exit()` harmless.

    Parameters: limits, the `Limits`; namespace, the globals of the learner's function; own_names, names that have to
    mean the learner's things in there: their function may call itself, while the notebook still holds the reference.
    Yields what was `Printed`. Raises TimeIsUp, InputRefused, and whatever the code raises.
    """
    bindings = [(namespace, name, thing) for name, thing in own_names.items()]
    bindings += [(vars(builtins), "input", _refuse_to_ask), (vars(os), "_exit", _refuse_to_exit)]
    for name in ("exit", "quit"):
        bindings.append((vars(builtins), name, _refuse_to_exit))
        if type(namespace.get(name)).__name__.endswith("Autocall"):  # IPython's own, not a learner's variable
            bindings.append((namespace, name, _refuse_to_exit))
    with (
        capture_output() as printed,
        warnings.catch_warnings(),
        np.errstate(all="ignore"),
        _rebind(bindings),
        memory_limit(limits.memory),
        time_limit(limits),
    ):
        warnings.simplefilter("ignore")
        yield printed


@contextlib.contextmanager
def _rebind(bindings):
    """Give names other values for a while. bindings: (scope, name, value), each scope a dictionary of names."""
    originals = [(scope, name, scope.get(name, _ABSENT)) for scope, name, _ in bindings]
    for scope, name, value in bindings:
        scope[name] = value
    try:
        yield
    finally:
        for scope, name, original in originals:
            if original is _ABSENT:
                scope.pop(name, None)
            else:
                scope[name] = original


_ABSENT = object()


def _refuse_to_ask(*arguments):
    """Stand in for `input`, which would wait for somebody who does not know that they are asked."""
    raise InputRefused


def _refuse_to_exit(*arguments, **options):
    """Stand in for `exit`, `quit` and `os._exit`, which would end the kernel."""
    raise SystemExit
