"""Limits the time and the memory of the code inside a `with`, as far as the system lets us."""

import _thread
import contextlib
import functools
import itertools
import signal
import sys
import threading
from dataclasses import dataclass
from time import process_time  # by name: code may put another into the module

try:
    from time import clock_gettime, pthread_getcpuclockid  # only Linux has both
except ImportError:
    pthread_getcpuclockid = None

COMPUTES = "Your code computed for more than {:g} s and was stopped; look for a loop that never ends."
WAITS = "Your code took more than {:g} s, most of them waiting, and was stopped; does it sleep, or wait for something?"
GROWS = "Your code took more than {:.1g} GiB of memory and was stopped; look for a list that never stops growing."
GIBIBYTE = 2**30
ROUND = 0.05  # seconds from one look of the watchdog to the next; more of them where the machine is busy
PATIENCE = 10  # interrupts that code may swallow
SLACK = 2**28  # bytes beyond the memory limit that the system grants: a loop is stopped before anything fails


@dataclass(frozen=True)
class Limits:
    """What a learner's code may use while it is checked."""

    processor: float = 10.0  # seconds that the main thread computes, or the process where no system tells
    wall: float = 60.0  # seconds, counted in rounds of the watchdog, for code that waits
    memory: int = GIBIBYTE  # bytes beyond what the process holds already, where the system tells


class LimitReached(BaseException):
    """A limit was reached, in words. Not an Exception, so that a learner's `except Exception` does not swallow it."""


@contextlib.contextmanager
def memory_limit(extra):
    """Make Python raise MemoryError where the code inside takes more than `extra` bytes, even in a single call of C.

    Where the system tells how large the process is and keeps it from growing, which means Linux; elsewhere no limit.
    """
    held = measure_memory()
    if held is None:
        yield
        return
    import resource

    before = soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    lowest = min(size for size in (held + extra, soft, hard) if size != resource.RLIM_INFINITY)
    resource.setrlimit(resource.RLIMIT_AS, (lowest, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)


def measure_memory():
    """Return the size of this process in bytes, as the limit counts it, or None where the system does not tell."""
    try:
        import resource  # Windows has none

        with open("/proc/self/statm", encoding="ascii") as sizes:  # nor has macOS this
            return int(sizes.read().split()[0]) * resource.getpagesize()
    except (ImportError, OSError):
        return None


def find_clock():
    """Return what tells the processor seconds of the main thread: one that an earlier answer left behind costs none."""
    if pthread_getcpuclockid is None:
        return process_time
    return functools.partial(clock_gettime, pthread_getcpuclockid(threading.main_thread().ident))


@contextlib.contextmanager
def watch(limits):
    """Raise LimitReached in the main thread when a limit is reached, and again until the code inside gives up.

        with watch(limits) as inside, inside:
            ...

    Yields a lock: only while it is held anything is interrupted, so that whoever stands between may clean up in peace.
    A press of the stop button in between counts at the end.

    A watchdog thread sends the interrupt that the stop button sends; that works on every system and wakes `time.sleep`.
    It repeats the button's own too, which raises KeyboardInterrupt. Outside the main thread Python handles no signals,
    and there is no limit. Neither is there one for a single call that stays in C for ever, such as
    `sum(range(10**15))`: Python handles the interrupt after it; nor for a function that calls itself in its `finally`,
    which begins anew after each interrupt.
    """
    inside = threading.Lock()  # a `with` takes and gives it back in C, where no interrupt comes between
    if threading.current_thread() is not threading.main_thread():
        yield inside
        return
    ending = []  # what makes the error, once there is one
    finished = threading.Event()
    previous, previous_trace = signal.getsignal(signal.SIGINT), sys.gettrace()
    signal.signal(signal.SIGINT, _make_handler(ending, inside))
    watchdog = threading.Thread(target=_watch, args=(limits, ending, finished), daemon=True)
    watchdog.start()
    try:
        yield inside
    except Exception as error:
        if ending and not isinstance(error, MemoryError):  # the interrupt broke a library that was waiting
            raise ending[0]().with_traceback(error.__traceback__) from None
        raise
    finally:
        finished.set()
        watchdog.join()
        sys.settrace(previous_trace)
        signal.signal(signal.SIGINT, previous)
    if KeyboardInterrupt in ending:  # pressed where nothing could be interrupted, or swallowed
        raise KeyboardInterrupt


def _make_handler(ending, inside):
    """Make what answers an interrupt: it raises the error that ends the code inside."""
    interrupts = itertools.count(1)

    def on_interrupt(number, frame):
        if not ending:
            ending.append(KeyboardInterrupt)  # the learner pressed stop
        if not inside.locked():
            return  # whoever stands between goes on; the watchdog or the end of the watch remembers
        _raise_elsewhere(frame, ending, inside, is_patient=next(interrupts) < PATIENCE)
        raise ending[0]()

    return on_interrupt


def _watch(limits, ending, finished):
    """Interrupt the main thread when a limit is reached, again and again: a bare `except:` may swallow the first."""
    clock = find_clock()
    processor, memory, waited = clock(), measure_memory(), 0.0
    while not finished.wait(ROUND):
        waited += ROUND  # not the clock's time: while the machine stands still, nobody's code is waiting
        if ending:
            _interrupt_main_thread()
        elif clock() - processor > limits.processor:
            ending.append(functools.partial(LimitReached, COMPUTES.format(limits.processor)))
        elif waited > limits.wall:
            ending.append(functools.partial(LimitReached, WAITS.format(limits.wall)))
        elif memory is not None and measure_memory() - memory > limits.memory:
            ending.append(functools.partial(LimitReached, GROWS.format(limits.memory / GIBIBYTE)))


def _raise_elsewhere(frame, ending, inside, is_patient):
    """Make the learner's code raise the error at a later line too: its own bare `except:` swallows the first one.

    Where that does not help, the end of a `with` swallows it too, and is made to raise it.
    """
    sys.settrace((lambda *event: None) if is_patient else _raise_at_exit(ending, inside))
    while not _is_ours(frame):
        frame.f_trace = _raise_below(frame.f_lineno, ending, inside)
        frame = frame.f_back


def _is_ours(frame):
    return frame is None or str(frame.f_globals.get("__name__")).startswith(__package__)


def _raise_below(line, ending, inside):
    def on_event(frame, event, argument):
        # Not above, where a `with` begins: Python 3.11 loses track of what it handles when its cleanup is cut off.
        if event == "line" and frame.f_lineno > line and inside.locked():
            raise ending[0]()
        return on_event

    return on_event


def _raise_at_exit(ending, inside):
    def on_call(frame, event, argument):
        if frame.f_code.co_name == "__exit__" and not _is_ours(frame.f_back) and inside.locked():
            raise ending[0]()

    return on_call


def _interrupt_main_thread():
    if hasattr(signal, "pthread_kill"):
        signal.pthread_kill(threading.main_thread().ident, signal.SIGINT)
    else:
        _thread.interrupt_main()
