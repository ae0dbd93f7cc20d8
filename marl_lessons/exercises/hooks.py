"""Puts back what code sets for the whole process: signal handlers, timers, hooks and the depth of recursion."""

import contextlib
import signal
import sys
import threading

from marl_lessons.browser import is_browser

DEEPEST = 3_000  # calls, a notebook's own limit: far beyond it, a recursion through C ends the kernel
DEEPEST_IN_BROWSER = 400  # where the stack is small, and a recursion through C of 350 calls may end the kernel
SIGNALS = signal.valid_signals()  # asked once: each exercise is judged in a sandbox or two
HAS_TIMERS = hasattr(signal, "setitimer")  # neither Windows nor a browser
TIMERS = [signal.ITIMER_REAL, signal.ITIMER_VIRTUAL, signal.ITIMER_PROF] if HAS_TIMERS else []


def list_signal_bindings():
    """List bindings, as `rebind` takes them, with which code cannot get rid of the interrupt that ends it."""
    bindings = [(vars(signal), "signal", _keep_interrupt(signal.signal))]
    if hasattr(signal, "pthread_sigmask"):
        set_mask = signal.pthread_sigmask
        let_through = (vars(signal), "pthread_sigmask", lambda how, mask: set_mask(how, set(mask) - {signal.SIGINT}))
        bindings.append(let_through)
    return bindings


def _keep_interrupt(set_handler):
    """Make a `signal.signal` that leaves the interrupt alone, which ends a loop that never ends."""

    def set_another(number, handler):
        return signal.getsignal(number) if number == signal.SIGINT else set_handler(number, handler)

    return set_another


@contextlib.contextmanager
def keep_signals():
    """Put back handlers, and switch off timers, which would go off in another cell and may end the kernel."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    handlers = {number: signal.getsignal(number) for number in SIGNALS}
    running = [timer for timer in TIMERS if signal.getitimer(timer) != (0, 0)]
    set_handler = signal.signal  # by then, ours or a learner's may stand there
    try:
        yield
    finally:
        for timer in set(TIMERS) - set(running):
            signal.setitimer(timer, 0)
        for number, handler in handlers.items():
            if handler is not None and signal.getsignal(number) is not handler:  # None: not set by Python
                set_handler(number, handler)


@contextlib.contextmanager
def keep_signal_mask():
    """Let through again what the code has blocked, such as the signal that shuts the kernel down."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    set_mask = signal.pthread_sigmask
    before = set_mask(signal.SIG_BLOCK, [])
    try:
        yield
    finally:
        set_mask(signal.SIG_SETMASK, before)


@contextlib.contextmanager
def keep_profile():
    """Put back the function that a profiler has set."""
    before = sys.getprofile()
    try:
        yield
    finally:
        sys.setprofile(before)


@contextlib.contextmanager
def cap_recursion():
    """Let the code inside recurse to a depth that no stack overflows at, whatever limit it sets, and put that back."""
    set_limit, before = sys.setrecursionlimit, sys.getrecursionlimit()
    deepest = DEEPEST_IN_BROWSER if is_browser() else DEEPEST
    set_limit(min(before, deepest))
    sys.setrecursionlimit = lambda limit: set_limit(min(limit, deepest))
    try:
        yield
    finally:
        sys.setrecursionlimit = set_limit
        set_limit(before)
