"""The limits end what does not end by itself, and put back everything that they changed."""

import contextlib
import queue
import signal
import sys
import threading
import time

import pytest

from marl_lessons.exercises import clocks
from marl_lessons.exercises.clocks import ROUND
from marl_lessons.exercises.limits import LimitReached, Limits, memory_limit
from marl_lessons.exercises.watch import watch

LINUX = sys.platform == "linux"
MUCH = 2**40  # bytes


@contextlib.contextmanager
def watched(limits):
    with watch(limits) as inside, inside:
        yield


def compute_for_ever():
    while True:
        pass


def grow_for_ever():
    kept = []
    while True:
        kept.append(bytes(2**10))


def press_stop():
    signal.raise_signal(signal.SIGINT)


def read_memory_limit():
    import resource

    return resource.getrlimit(resource.RLIMIT_AS)


def test_what_computes_too_long_is_interrupted():
    with pytest.raises(LimitReached, match=r"computed for more than 0\.1 s"), watched(Limits(processor=0.1)):
        compute_for_ever()


def swallow_all_at_the_end_of_a_with():
    while True:
        with contextlib.suppress(BaseException):
            compute_for_ever()


def catch_all_again_and_again():
    while True:
        try:
            compute_for_ever()
        except BaseException:
            continue


@pytest.mark.parametrize("code", [swallow_all_at_the_end_of_a_with, catch_all_again_and_again])
def test_an_interrupt_that_is_swallowed_comes_again_and_leaves_nothing_behind(code):
    with pytest.raises(LimitReached), watched(Limits(processor=0.1)):
        code()
    assert sys.exc_info() == (None, None, None)


@pytest.mark.parametrize("wait", [threading.Event().wait, queue.Queue().get])
def test_a_library_that_an_interrupt_breaks_is_not_blamed(wait):
    with pytest.raises(LimitReached, match="most of them waiting"), watched(Limits(wall=0.1)):
        wait()


def test_whoever_stands_between_the_limits_and_the_code_cleans_up_in_peace():
    cleaned = []

    @contextlib.contextmanager
    def clean_up():
        try:
            yield
        finally:
            time.sleep(0.3)  # several interrupts
            cleaned.append(True)

    with pytest.raises(LimitReached), watch(Limits(wall=0.1)) as inside, clean_up(), inside:
        time.sleep(1000)
    assert cleaned


def test_what_waits_too_long_is_interrupted():
    with pytest.raises(LimitReached, match=r"took more than 0\.1 s, most of them waiting"), watched(Limits(wall=0.1)):
        time.sleep(1000)


class Rounds:
    """Stands for the event that ends the watchdog: it is over after some rounds, however long they take."""

    def __init__(self, number):
        self.left = number

    def wait(self, seconds):
        self.left -= 1
        return self.left < 0


@pytest.mark.parametrize(("rounds", "is_over"), [(20, False), (21, True)])
def test_waiting_is_counted_in_rounds_so_that_a_machine_that_stands_still_ends_nothing(rounds, is_over):
    ending = []
    clocks._watch(Limits(wall=20.5 * ROUND), ending, Rounds(rounds))
    assert bool(ending) is is_over


def test_waiting_uses_no_processor_time():
    with watched(Limits(processor=0.2)):
        time.sleep(0.3)


def test_no_watchdog_stays_behind():
    threads = threading.active_count()
    with watched(Limits()):
        pass
    assert threading.active_count() == threads


def test_the_stop_button_raises_a_keyboard_interrupt():
    with pytest.raises(KeyboardInterrupt), watched(Limits()):
        press_stop()


def test_the_stop_button_works_where_the_process_ignored_it_before():
    previous = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with pytest.raises(KeyboardInterrupt), watched(Limits()):
            press_stop()
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, previous)


def test_a_stop_that_comes_between_counts_at_the_end():
    cleaned = []

    def clean_up():
        press_stop()
        cleaned.append(True)

    with pytest.raises(KeyboardInterrupt), watch(Limits()):
        clean_up()
    assert cleaned


def test_a_stop_that_comes_before_the_code_ends_the_code():
    @contextlib.contextmanager
    def press_before():
        press_stop()
        yield

    with pytest.raises(KeyboardInterrupt), watch(Limits()) as inside, press_before(), inside:
        time.sleep(1000)


def test_a_stop_that_is_swallowed_for_good_counts_at_the_end():
    with pytest.raises(KeyboardInterrupt), watched(Limits()), contextlib.suppress(BaseException):
        press_stop()


def swallow_one_stop_after_another():
    for _ in range(100):
        with contextlib.suppress(BaseException):
            press_stop()
            time.sleep(1000)


def test_a_stop_that_is_swallowed_comes_again():
    with pytest.raises(KeyboardInterrupt), watched(Limits()):
        swallow_one_stop_after_another()


def test_the_clock_of_the_limits_is_their_own(monkeypatch):
    for name in ("process_time", "clock_gettime"):
        monkeypatch.setattr(time, name, lambda *clock: 0.0, raising=False)
    with pytest.raises(LimitReached), watched(Limits(processor=0.1)):
        compute_for_ever()


@pytest.mark.skipif(not LINUX, reason="only Linux tells the processor time of a thread")
def test_a_thread_that_computes_beside_is_not_charged():
    has_computed, is_over = threading.Event(), threading.Event()

    def compute():
        while not is_over.is_set():
            if time.thread_time() > 0.5:
                has_computed.set()

    thread = threading.Thread(target=compute)
    thread.start()
    try:
        with watched(Limits(processor=0.4, wall=600)):
            has_computed.wait()
            time.sleep(0.2)  # several rounds of the watchdog
    finally:
        is_over.set()
        thread.join()


def test_a_debuggers_trace_function_is_put_back():
    def trace(*event):
        return None

    previous = sys.gettrace()
    sys.settrace(trace)
    try:
        with pytest.raises(LimitReached), watched(Limits(wall=0.1)):
            time.sleep(1000)
        assert sys.gettrace() is trace
    finally:
        sys.settrace(previous)


def test_outside_the_main_thread_there_is_no_watch():
    finished = []

    def wait_past_the_limit():
        with watched(Limits(processor=0, wall=0)):
            time.sleep(0.2)
        finished.append(True)

    thread = threading.Thread(target=wait_past_the_limit)
    thread.start()
    thread.join()
    assert finished


@pytest.mark.skipif(not LINUX, reason="only Linux tells the memory of a process")
def test_what_grows_too_much_is_interrupted():
    with pytest.raises(LimitReached, match=r"took more than 0\.06 GiB of memory"), watched(Limits(memory=2**26)):
        grow_for_ever()


@pytest.mark.skipif(not LINUX, reason="only Linux limits the memory of a process")
def test_what_takes_too_much_memory_is_refused_and_the_limit_put_back():
    before = read_memory_limit()
    with pytest.raises(MemoryError), memory_limit(2**26):
        [bytearray(2**20) for _ in range(1_000)]
    assert read_memory_limit() == before
    assert len(bytearray(2**27)) == 2**27


@pytest.mark.skipif(not LINUX, reason="only Linux limits the memory of a process")
def test_what_the_process_holds_already_does_not_count():
    held = bytearray(2**27)
    with memory_limit(2**26):
        assert len(bytearray(2**24)) < len(held)


@pytest.mark.skipif(not LINUX, reason="only Linux limits the memory of a process")
def test_a_lower_limit_of_the_system_stays(monkeypatch):
    import resource

    lowest = read_memory_limit()[0]
    with memory_limit(2**30):
        ours = read_memory_limit()[0]
        with memory_limit(MUCH):
            assert read_memory_limit()[0] == ours
        assert read_memory_limit()[0] == ours
    assert ours != resource.RLIM_INFINITY
    assert read_memory_limit()[0] == lowest


def test_a_system_that_does_not_tell_sizes_has_no_memory_limit(monkeypatch):
    monkeypatch.setitem(sys.modules, "resource", None)  # as on Windows
    with memory_limit(0):
        assert len(bytearray(2**24)) == 2**24
