"""Runs a learner's code so that whatever it does, the notebook goes on: it may print, loop for ever or call exit()."""

import builtins
import contextlib
import getpass
import os
import sys
import warnings

import numpy as np

from marl_lessons.exercises.calls import running_answer
from marl_lessons.exercises.hooks import (
    cap_recursion,
    keep_profile,
    keep_signal_mask,
    keep_signals,
    list_signal_bindings,
)
from marl_lessons.exercises.judging.calling import end_children
from marl_lessons.exercises.limits import SLACK, memory_limit
from marl_lessons.exercises.output import capture_output
from marl_lessons.exercises.watch import watch
from marl_lessons.notebook import rebind, refuse_exits


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
        watch(limits) as inside,  # begins first: from here on, a press of the stop button breaks none of the others
        running_answer(),
        capture_output() as printed,
        warnings.catch_warnings(),
        np.errstate(all="ignore"),
        rebind(_find_bindings(namespace, own_names)),
        refuse_exits(),
        keep_signals(),
        keep_signal_mask(),
        keep_profile(),
        cap_recursion(),
        memory_limit(limits.memory + SLACK),  # ends early: what the others put back may need memory
        end_children(),
    ):
        warnings.simplefilter("ignore")
        yield printed, inside


def _find_bindings(namespace, own_names):
    return [
        *((namespace, name, thing) for name, thing in own_names.items()),
        (vars(builtins), "input", _refuse_to_ask),
        (vars(getpass), "getpass", _refuse_to_ask),
        (vars(os), "_exit", _end_only_children(os.getpid(), os._exit)),
        (vars(sys), "unraisablehook", _pass_over),
        *list_signal_bindings(),
    ]


def _refuse_to_ask(*arguments):
    """Stand in for `input`, which would wait for somebody who does not know that they are asked."""
    raise InputRefused


def _end_only_children(process, end):
    """Make an `os._exit` that ends a child of the process, as `multiprocessing` does, and never the process."""

    def end_child(status=0):
        if os.getpid() != process:
            end(status)
        raise SystemExit

    return end_child


def _pass_over(unraisable):
    """Stand in for `sys.unraisablehook`: what a destructor raises ends nothing, and its traceback explains nothing."""
