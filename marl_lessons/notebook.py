"""Keeps a notebook usable: a call that is stopped says so in one sentence, and no code ends the kernel."""

import builtins
import contextlib
import functools
import sys

from marl_lessons.display import OneSentence

_ABSENT = object()


class Stopped(OneSentence, KeyboardInterrupt):
    """The learner pressed the stop button."""


def stoppable(function):
    """Decorate a function of the course: where the stop button ends it, one sentence says so."""

    @functools.wraps(function)
    def call(*arguments, **options):
        try:
            return function(*arguments, **options)
        except Stopped:
            raise
        except KeyboardInterrupt:
            raise Stopped(f"`{function.__name__}` was stopped before it was done; call it again.") from None

    return call


@contextlib.contextmanager
def rebind(bindings):
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


def refuse_exits():
    """Make `exit()` and `quit()` harmless for a while: they raise SystemExit, and no kernel ends."""
    bindings = [(vars(builtins), name, _refuse_to_exit) for name in ("exit", "quit")]
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    if shell is not None:  # what the notebook's own `exit` calls, whatever name it has
        bindings.append((vars(shell), "ask_exit", _refuse_to_exit))
    return rebind(bindings)


def _refuse_to_exit(*arguments, **options):
    """Stand in for `exit` and `quit`, which would end the kernel."""
    raise SystemExit
