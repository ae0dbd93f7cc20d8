"""Limits the time and the memory of the code inside a `with`, as far as the system lets us."""

import contextlib
from dataclasses import dataclass

GIBIBYTE = 2**30
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
