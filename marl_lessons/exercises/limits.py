"""Limits the time and the memory of the code inside a `with`, as far as the system lets us."""

import _thread
import contextlib
import signal
import sys
import threading
import time
from dataclasses import dataclass

COMPUTES = "Your code computed for more than {:g} s and was stopped; look for a loop that never ends."
WAITS = "Your code took more than {:g} s, most of them waiting, and was stopped; does it sleep, or wait for something?"


@dataclass(frozen=True)
class Limits:
    """What a learner's code may use while it is checked."""

    processor: float = 10.0  # seconds that the process computes
    wall: float = 60.0  # seconds by the clock, for code that waits; far above, because a machine may be busy
    memory: int = 2**30  # bytes beyond what the process holds already


class TimeIsUp(BaseException):
    """A time limit was reached. Not an Exception, so that a learner's `except Exception` does not swallow it."""


@contextlib.contextmanager
def memory_limit(extra):
    """Make Python raise MemoryError where the code inside takes more than `extra` bytes.

    Where the system tells how large the process is and keeps it from growing, which means Linux; elsewhere no limit.
    """
    try:
        import resource  # Windows has none

        with open("/proc/self/statm", encoding="ascii") as sizes:  # nor has macOS this
            held = int(sizes.read().split()[0]) * resource.getpagesize()
    except (ImportError, OSError):
        yield
        return
    before = soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    lowest = min(size for size in (held + extra, soft, hard) if size != resource.RLIM_INFINITY)
    resource.setrlimit(resource.RLIMIT_AS, (lowest, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)


@contextlib.contextmanager
def time_limit(limits):
    """Raise TimeIsUp in the main thread when a limit is reached, and again until the code inside gives up.

    A watchdog thread sends the interrupt that the stop button would send; that works on every system and wakes
    `time.sleep`. Outside the main thread Python handles no signals, and there is no limit. Neither is there one for a
    single call that stays in C for ever, such as `sum(range(10**15))`: Python handles the interrupt after it.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    reasons, finished = [], threading.Event()
    previous, previous_trace = signal.getsignal(signal.SIGINT), sys.gettrace()

    def on_interrupt(number, frame):
        if not reasons:
            raise KeyboardInterrupt  # the learner pressed stop
        if not finished.is_set():
            _raise_further_down(frame, reasons, finished)
            raise TimeIsUp(*reasons)

    signal.signal(signal.SIGINT, on_interrupt)
    watchdog = threading.Thread(target=_watch, args=(limits, reasons, finished), daemon=True)
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


def _watch(limits, reasons, finished):
    """Interrupt the main thread when the time is up, again and again: a learner's `except:` may swallow the first."""
    processor, wall = time.process_time(), time.monotonic()
    while not finished.wait(0.05):
        if time.process_time() - processor > limits.processor:
            reasons[:] = [COMPUTES.format(limits.processor)]
        elif time.monotonic() - wall > limits.wall:
            reasons[:] = [WAITS.format(limits.wall)]
        if reasons:
            _interrupt_main_thread()


def _raise_further_down(frame, reasons, finished):
    """Make the learner's code raise TimeIsUp at a later line too: its own bare `except:` swallows the first one."""
    sys.settrace(lambda *event: None)  # frames are asked only while there is a trace function
    while frame and not frame.f_globals.get("__name__", "").startswith(__package__):
        frame.f_trace = _raise_below(frame.f_lineno, reasons, finished)
        frame = frame.f_back


def _raise_below(line, reasons, finished):
    def on_event(frame, event, argument):
        # Not above, where a `with` begins: Python 3.11 loses track of what it handles when its cleanup is cut off.
        if event == "line" and frame.f_lineno > line and not finished.is_set():
            raise TimeIsUp(*reasons)
        return on_event

    return on_event


def _interrupt_main_thread():
    if hasattr(signal, "pthread_kill"):
        signal.pthread_kill(threading.main_thread().ident, signal.SIGINT)
    else:
        _thread.interrupt_main()
