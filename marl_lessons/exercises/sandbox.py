"""Runs a learner's code so that whatever it does, the notebook goes on: it may print, loop for ever or call exit()."""

import builtins
import contextlib
import getpass
import os
import signal
import sys
import threading
import warnings

import numpy as np

from marl_lessons.exercises.judging.calling import end_children
from marl_lessons.exercises.limits import SLACK, LimitReached, memory_limit, watch
from marl_lessons.exercises.output import capture_output


class InputRefused(Exception):
    """The code asked the person at the keyboard, for whom a check does not wait."""


@contextlib.contextmanager
def sandbox(limits, namespace, own_names):
    """Limit the time and memory of the code inside, keep its output off the screen and make `exit()` harmless.

    Parameters: limits, the `Limits`; namespace, the globals of the learner's function; own_names, names that have to
    mean the learner's things in there: their function may call itself, while the notebook still holds the reference.
    Yields what was `Printed`, and a lock to be held while the code runs: only then anything interrupts it.
    Raises LimitReached, InputRefused, and whatever the code raises.
    """
    with (
        capture_output() as printed,
        warnings.catch_warnings(),
        np.errstate(all="ignore"),
        watch(limits) as inside,
        _rebind(_find_bindings(namespace, own_names)),
        _silence_alarm(),
        _keep_signal_mask(),
        _keep_recursion_limit(),
        memory_limit(limits.memory + SLACK),  # ends early: what the others put back may need memory
        end_children(),
    ):
        warnings.simplefilter("ignore")
        yield printed, inside


def _find_bindings(namespace, own_names):
    bindings = [(namespace, name, thing) for name, thing in own_names.items()]
    bindings += [
        (vars(builtins), "input", _refuse_to_ask),
        (vars(getpass), "getpass", _refuse_to_ask),
        (vars(os), "_exit", _end_only_children(os.getpid(), os._exit)),
        (vars(signal), "signal", _keep_interrupt(signal.signal)),
        *_let_interrupts_through(),
        (vars(sys), "unraisablehook", _pass_over_limits(sys.unraisablehook)),
    ]
    for name in ("exit", "quit"):
        bindings.append((vars(builtins), name, _refuse_to_exit))
        if type(namespace.get(name)).__name__.endswith("Autocall"):  # IPython's own, not a learner's variable
            bindings.append((namespace, name, _refuse_to_exit))
    return bindings


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
    """Stand in for `exit` and `quit`, which would end the kernel."""
    raise SystemExit


def _end_only_children(process, end):
    """Make an `os._exit` that ends a child of the process, as `multiprocessing` does, and never the process."""

    def end_child(status=0):
        if os.getpid() != process:
            end(status)
        raise SystemExit

    return end_child


def _keep_interrupt(set_handler):
    """Make a `signal.signal` that leaves the interrupt alone, which ends a loop that never ends."""

    def set_another(number, handler):
        return signal.getsignal(number) if number == signal.SIGINT else set_handler(number, handler)

    return set_another


def _let_interrupts_through():
    """Bind a `signal.pthread_sigmask`, where there is one, that never blocks the interrupt."""
    if not hasattr(signal, "pthread_sigmask"):
        return []
    set_mask = signal.pthread_sigmask
    return [(vars(signal), "pthread_sigmask", lambda how, mask: set_mask(how, set(mask) - {signal.SIGINT}))]


@contextlib.contextmanager
def _keep_signal_mask():
    """Let through again what the code has blocked, such as the signal that shuts the kernel down."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _pass_over_limits(report):
    """Make a `sys.unraisablehook` that is silent on limits, whose traceback would show our lines."""

    def report_others(unraisable):
        if not issubclass(unraisable.exc_type, (LimitReached, KeyboardInterrupt)):
            report(unraisable)

    return report_others


@contextlib.contextmanager
def _keep_recursion_limit():
    before = sys.getrecursionlimit()
    try:
        yield
    finally:
        sys.setrecursionlimit(before)


@contextlib.contextmanager
def _silence_alarm():
    """Switch off an alarm that the code leaves behind, which would go off in another cell and may end the kernel."""
    if not hasattr(signal, "SIGALRM") or threading.current_thread() is not threading.main_thread():
        yield
        return
    handler, timer = signal.getsignal(signal.SIGALRM), signal.getitimer(signal.ITIMER_REAL)
    try:
        yield
    finally:
        if timer == (0, 0):
            signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, handler)
