"""Ends the code inside a `with` when a limit is reached."""

import contextlib
import sys
import threading

from marl_lessons.browser import is_browser
from marl_lessons.exercises.clocks import interrupt_by_steps, interrupt_by_thread
from marl_lessons.exercises.interrupts import make_interrupt


@contextlib.contextmanager
def watch(limits):
    """Raise LimitReached in the main thread when a limit is reached, and again until the code inside gives up.

        with watch(limits) as inside, inside:
            ...

    Yields a lock: only while it is held anything is interrupted, so that whoever stands between may clean up in peace.
    A press of the stop button in between counts at the end.

    Outside the main thread Python handles no signals, and there is no limit. Neither is there one for a single call
    that stays in C for ever, such as `sum(range(10**15))`: Python handles the interrupt after it; nor for a function
    that calls itself in its `finally`, which begins anew after each interrupt.
    """
    inside = threading.Lock()  # a `with` takes and gives it back in C, where no interrupt comes between
    if threading.current_thread() is not threading.main_thread():
        yield inside
        return
    ending = []  # what makes the error, once there is one
    previous_trace = sys.gettrace()
    interrupt_in_time = interrupt_by_steps if is_browser() else interrupt_by_thread
    with interrupt_in_time(limits, ending, make_interrupt(ending, inside)):
        try:
            yield inside
        except Exception as error:
            if ending and not isinstance(error, MemoryError):  # the interrupt broke a library that was waiting
                raise ending[0]().with_traceback(error.__traceback__) from None
            raise
        finally:
            sys.settrace(previous_trace)
    if KeyboardInterrupt in ending:  # pressed where nothing could be interrupted, or swallowed
        raise KeyboardInterrupt
