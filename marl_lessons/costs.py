"""What a computation costs, seconds and memory: `measure_cost` of a call, `Meter` of processes that it starts, too."""

import tracemalloc
from threading import Event, Thread
from time import perf_counter, process_time

from marl_lessons.browser import is_browser


def measure_cost(compute):
    """Measure what a function costs, called once and without arguments.

    Parameters:
        compute: the function.
    Returns:
        Processor seconds (not those that other programs take; but a browser tells nothing else than seconds), and the
        most megabytes that it held at one time of what Python and NumPy allocated since the call.

    >>> seconds, megabytes = measure_cost(lambda: [0] * 1_000_000)
    >>> round(megabytes), seconds < 10
    (8, True)
    """
    read_clock = perf_counter if is_browser() else process_time
    is_traced = tracemalloc.is_tracing()
    tracemalloc.start()
    tracemalloc.reset_peak()
    before, start = tracemalloc.get_traced_memory()[0], read_clock()
    try:
        compute()
        seconds, peak = read_clock() - start, tracemalloc.get_traced_memory()[1]
    finally:
        if not is_traced:
            tracemalloc.stop()
    return seconds, (peak - before) / 1e6


class Meter:
    """Measures a block of code, with all processes that it starts.

        with Meter() as meter:
            ...
        print(meter.seconds, meter.processor_seconds, meter.peak_memory)

    It looks at them at the start, at the end and every `interval` seconds; what happens in between may be missed.

    Parameters:
        interval: in seconds.
    Attributes:
        processor_seconds: of this process since the start, and of all that it started.
        peak_memory: the most that this process and those that it started held together, in bytes. What several share
            counts once where the system says so (Linux).
    """

    def __init__(self, interval=0.5):
        self.interval = interval
        self.peak_memory = 0
        self._processor_seconds = {}  # by process, the latest known
        self._before, self._end, self._is_over = 0.0, None, Event()

    @property
    def seconds(self):
        """Seconds since the start, until the end."""
        return (self._end or perf_counter()) - self._start

    @property
    def processor_seconds(self):
        return sum(self._processor_seconds.values()) - self._before

    def __enter__(self):
        self._start = perf_counter()
        self.look()
        self._before = sum(self._processor_seconds.values())
        self._thread = Thread(target=self._keep_looking, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *error):
        self._is_over.set()
        self._thread.join()
        self.look()
        self._end = perf_counter()

    def _keep_looking(self):
        while not self._is_over.wait(self.interval):
            self.look()

    def look(self):
        """Look at once, and do not wait for the interval to be over."""
        import psutil  # here, because importing the package loads nothing that it may not need

        me, memory = psutil.Process(), 0
        for process in [me, *me.children(recursive=True)]:
            try:
                times = process.cpu_times()
                self._processor_seconds[process] = times.user + times.system
                memory += _measure_memory(process)
            except psutil.Error:  # it has ended meanwhile
                continue
        self.peak_memory = max(self.peak_memory, memory)


def _measure_memory(process):
    """Measure the memory of a process in bytes: its share of what it shares, or else all of it."""
    import psutil

    try:
        seen = process.memory_full_info()
    except psutil.AccessDenied:
        return process.memory_info().rss
    return getattr(seen, "pss", seen.rss)
