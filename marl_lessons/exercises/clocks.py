"""The two clocks that interrupt code when a limit is reached: a thread, and in a browser the code's own steps."""

import _thread
import contextlib
import functools
import signal
import sys
import threading
from time import monotonic, process_time  # by name: code may put others into the module

from marl_lessons.exercises.limits import GIBIBYTE, LimitReached, measure_memory

try:
    from time import clock_gettime, pthread_getcpuclockid  # only Linux has both
except ImportError:
    pthread_getcpuclockid = None

COMPUTES = "Your code computed for more than {:g} s and was stopped; look for a loop that never ends."
WAITS = "Your code took more than {:g} s, most of them waiting, and was stopped; does it sleep, or wait for something?"
GROWS = "Your code took more than {:.1g} GiB of memory and was stopped; look for a list that never stops growing."
ROUND = 0.05  # seconds from one look at the clock to the next; more of them where the machine is busy
STEPS = 100  # steps of the code from one look at the clock to the next, where there is no thread
STANDSTILL = 1.0  # seconds: more of them between two such looks are not the code's, the computer was asleep


@contextlib.contextmanager
def interrupt_by_thread(limits, ending, interrupt):
    """While the code inside runs, let a watchdog thread send the interrupt that the stop button sends.

    That works on every system with threads, and wakes `time.sleep`. It repeats the button's own interrupt too, which
    raises KeyboardInterrupt.
    """
    finished = threading.Event()
    previous = signal.getsignal(signal.SIGINT)
    signal.signal(signal.SIGINT, interrupt)
    watchdog = threading.Thread(target=_watch, args=(limits, ending, finished), daemon=True)
    watchdog.start()
    try:
        yield
    finally:
        finished.set()
        watchdog.join()
        signal.signal(signal.SIGINT, previous)


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


def find_clock():
    """Return what tells the processor seconds of the main thread: one that an earlier answer left behind costs none."""
    if pthread_getcpuclockid is None:
        return process_time
    return functools.partial(clock_gettime, pthread_getcpuclockid(threading.main_thread().ident))


def _interrupt_main_thread():
    if hasattr(signal, "pthread_kill"):
        signal.pthread_kill(threading.main_thread().ident, signal.SIGINT)
    else:
        _thread.interrupt_main()


@contextlib.contextmanager
def interrupt_by_steps(limits, ending, interrupt):
    """Let the code inside look at the clock itself: each turn of a loop and each call is a step.

    For a browser, which has no threads, no signals and no processor time. A loop becomes up to three times slower. What
    stays in one call, such as `time.sleep` or a product of huge matrices, ends when it is done, and counts as computed.
    """
    monitoring = sys.monitoring  # Python 3.12 or newer
    monitoring.use_tool_id(monitoring.DEBUGGER_ID, "marl_lessons")
    step = _make_step(limits, ending, interrupt)
    events = (monitoring.events.JUMP, monitoring.events.PY_START)
    for event in events:
        monitoring.register_callback(monitoring.DEBUGGER_ID, event, step)
    monitoring.set_events(monitoring.DEBUGGER_ID, sum(events))
    try:
        yield
    finally:
        monitoring.set_events(monitoring.DEBUGGER_ID, 0)
        for event in events:
            monitoring.register_callback(monitoring.DEBUGGER_ID, event, None)
        monitoring.free_tool_id(monitoring.DEBUGGER_ID)


def _make_step(limits, ending, interrupt):
    """Make what happens at a step: now and then a look at the clock, and when time is up, one interrupt a round."""
    left, latest, used, most = STEPS, monotonic(), 0.0, limits.processor

    def step(code, *where):
        nonlocal left, latest, used, most
        left -= 1
        if left > 0:
            return
        left, before, latest = STEPS, latest, monotonic()
        used += min(latest - before, STANDSTILL)
        if used > most:
            most = used + ROUND
            ending[:] = ending or [functools.partial(LimitReached, COMPUTES.format(limits.processor))]
            interrupt(signal.SIGINT, sys._getframe(1))

    return step
