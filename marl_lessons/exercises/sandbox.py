"""Runs a learner's code so that whatever it does, the notebook goes on: it may print, loop for ever or call exit()."""

import _thread
import builtins
import contextlib
import io
import os
import signal
import sys
import threading
import warnings

import numpy as np

PRINTED_LIMIT = 1_000  # characters of a learner's output that a card repeats


class TimeIsUp(BaseException):
    """The time limit was reached. Not an Exception, so that a learner's `except Exception` does not swallow it."""


class Printed(io.TextIOBase):
    """A stream that keeps the first characters written to it, however many follow."""

    def __init__(self):
        self.text = ""

    def write(self, text):
        self.text += text[: PRINTED_LIMIT - len(self.text)]
        return len(text)


@contextlib.contextmanager
def sandbox(seconds, namespace, own_names):
    """Limit the time of the code inside, keeps its output off the screen and makes `exit()` harmless.

    Parameters: seconds, the limit; namespace, the globals of the learner's function; own_names, names that have to
    mean the learner's things in there: their function may call itself, while the notebook still holds the reference.
    Yields what was `Printed`. Raises TimeIsUp, and whatever the code raises.
    """
    printed = Printed()
    bindings = [(namespace, name, thing) for name, thing in own_names.items()]
    for name in ("exit", "quit"):
        bindings.append((vars(builtins), name, _refuse_to_exit))
        if type(namespace.get(name)).__name__.endswith("Autocall"):  # IPython's own, not a learner's variable
            bindings.append((namespace, name, _refuse_to_exit))
    bindings.append((vars(os), "_exit", _refuse_to_exit))
    with (
        contextlib.redirect_stdout(printed),
        contextlib.redirect_stderr(printed),
        warnings.catch_warnings(),
        np.errstate(all="ignore"),
        _rebind(bindings),
        time_limit(seconds),
    ):
        warnings.simplefilter("ignore")
        yield printed


@contextlib.contextmanager
def time_limit(seconds):
    """Raise TimeIsUp in the main thread after a number of seconds, and again until the code inside gives up.

    A watchdog thread sends the interrupt that the stop button would send; that works on every system and wakes
    `time.sleep`. Outside the main thread Python handles no signals, and there is no limit.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    expired, finished = threading.Event(), threading.Event()
    previous, previous_trace = signal.getsignal(signal.SIGINT), sys.gettrace()

    def on_interrupt(number, frame):
        if not expired.is_set():
            raise KeyboardInterrupt  # the learner pressed stop
        if not finished.is_set():
            _raise_further_down(frame, finished)
            raise TimeIsUp

    signal.signal(signal.SIGINT, on_interrupt)
    watchdog = threading.Thread(target=_watch, args=(seconds, expired, finished), daemon=True)
    watchdog.start()
    try:
        yield
    finally:
        with contextlib.suppress(TimeIsUp):  # one may arrive just here
            finished.set()
        finished.set()
        watchdog.join()
        sys.settrace(previous_trace)
        signal.signal(signal.SIGINT, previous)


def _watch(seconds, expired, finished):
    """Interrupt the main thread when the time is up, again and again: a learner's `except:` may swallow the first."""
    if not finished.wait(seconds):
        expired.set()
    while not finished.wait(0.05):
        _interrupt_main_thread()


def _raise_further_down(frame, finished):
    """Make the learner's code raise TimeIsUp at a later line too: its own bare `except:` swallows the first one."""
    sys.settrace(lambda *event: None)  # frames are asked only while there is a trace function
    while frame and not frame.f_globals.get("__name__", "").startswith(__package__):
        frame.f_trace = _raise_below(frame.f_lineno, finished)
        frame = frame.f_back


def _raise_below(line, finished):
    def on_event(frame, event, argument):
        # Not above, where a `with` begins: Python 3.11 loses track of what it handles when its cleanup is cut off.
        if event == "line" and frame.f_lineno > line and not finished.is_set():
            raise TimeIsUp
        return on_event

    return on_event


def _interrupt_main_thread():
    if hasattr(signal, "pthread_kill"):
        signal.pthread_kill(threading.main_thread().ident, signal.SIGINT)
    else:
        _thread.interrupt_main()


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


def _refuse_to_exit(*arguments, **options):
    """Stand in for `exit`, `quit` and `os._exit`, which would end the kernel."""
    raise SystemExit
