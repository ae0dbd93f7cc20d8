"""The limits end what does not end by itself, and put back everything that they changed."""

import signal
import sys
import threading
import time

import pytest

from marl_lessons.exercises.limits import Limits, TimeIsUp, memory_limit, time_limit

LINUX = sys.platform == "linux"
MUCH = 2**40  # bytes


def compute_for_ever():
    while True:
        pass


def press_stop():
    signal.raise_signal(signal.SIGINT)


def read_memory_limit():
    import resource

    return resource.getrlimit(resource.RLIMIT_AS)


def test_what_computes_too_long_is_interrupted():
    with pytest.raises(TimeIsUp, match=r"computed for more than 0\.1 s"), time_limit(Limits(processor=0.1)):
        compute_for_ever()


def test_what_waits_too_long_is_interrupted():
    with pytest.raises(TimeIsUp, match=r"took more than 0\.1 s, most of them waiting"), time_limit(Limits(wall=0.1)):
        time.sleep(1000)


def test_waiting_uses_no_processor_time():
    with time_limit(Limits(processor=0.2)):
        time.sleep(0.3)


def test_no_watchdog_stays_behind():
    threads = threading.active_count()
    with time_limit(Limits()):
        pass
    assert threading.active_count() == threads


def test_the_stop_button_raises_a_keyboard_interrupt():
    with pytest.raises(KeyboardInterrupt), time_limit(Limits()):
        press_stop()


def test_the_stop_button_works_where_the_process_ignored_it_before():
    previous = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with pytest.raises(KeyboardInterrupt), time_limit(Limits()):
            press_stop()
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, previous)


def test_a_debuggers_trace_function_is_put_back():
    def trace(*event):
        return None

    previous = sys.gettrace()
    sys.settrace(trace)
    try:
        with pytest.raises(TimeIsUp), time_limit(Limits(wall=0.1)):
            time.sleep(1000)
        assert sys.gettrace() is trace
    finally:
        sys.settrace(previous)


def test_outside_the_main_thread_there_is_no_time_limit():
    finished = []

    def wait_past_the_limit():
        with time_limit(Limits(processor=0, wall=0)):
            time.sleep(0.2)
        finished.append(True)

    thread = threading.Thread(target=wait_past_the_limit)
    thread.start()
    thread.join()
    assert finished


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
