"""The sandbox ends what does not end, and puts back everything that it changed."""

import builtins
import os
import signal
import sys
import threading
import time

import pytest

from marl_lessons.exercises.sandbox import PRINTED_LIMIT, TimeIsUp, sandbox, time_limit


class ZMQExitAutocall:
    """Stands for the `exit` that IPython puts into a notebook."""


def press_stop(after):
    timer = threading.Timer(after, signal.pthread_kill, (threading.main_thread().ident, signal.SIGINT))
    timer.start()
    return timer


def test_everything_is_put_back():
    namespace = {"doubled": "reference", "exit": ZMQExitAutocall()}
    before = dict(namespace), builtins.exit, os._exit, sys.stdout, sys.stderr, signal.getsignal(signal.SIGINT)
    with sandbox(1, namespace, {"doubled": "own", "new": "own"}):
        assert namespace["doubled"] == namespace["new"] == "own"
        assert namespace["exit"] is builtins.exit is os._exit
    assert (namespace, builtins.exit, os._exit, sys.stdout, sys.stderr, signal.getsignal(signal.SIGINT)) == before


def test_everything_is_put_back_after_an_error():
    namespace = {}
    before = builtins.exit, os._exit, sys.stdout, signal.getsignal(signal.SIGINT)
    with pytest.raises(ZeroDivisionError), sandbox(1, namespace, {"doubled": "own"}):
        raise ZeroDivisionError
    assert (builtins.exit, os._exit, sys.stdout, signal.getsignal(signal.SIGINT)) == before
    assert namespace == {}


def test_only_the_first_characters_of_the_output_are_kept(capsys):
    with sandbox(5, {}, {}) as printed:
        for number in range(10_000):
            print(number)
    assert printed.text.startswith("0\n1\n2\n")
    assert len(printed.text) == PRINTED_LIMIT
    assert capsys.readouterr() == ("", "")


def test_sleeping_too_long_is_interrupted():
    start = time.monotonic()
    with pytest.raises(TimeIsUp), time_limit(0.1):
        time.sleep(1000)
    assert time.monotonic() - start < 2


def test_code_in_time_is_left_alone_and_no_watchdog_stays_behind():
    threads = threading.active_count()
    with time_limit(0.1):
        pass
    assert threading.active_count() == threads
    time.sleep(0.2)  # an interrupt of a watchdog that stayed would come here


def test_the_stop_button_raises_a_keyboard_interrupt():
    timer = press_stop(after=0.1)
    with pytest.raises(KeyboardInterrupt), time_limit(5):
        time.sleep(5)
    timer.join()


def test_the_stop_button_works_where_the_process_ignored_it_before():
    previous = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        timer = press_stop(after=0.1)
        with pytest.raises(KeyboardInterrupt), time_limit(5):
            time.sleep(5)
        timer.join()
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, previous)


def test_a_debuggers_trace_function_is_put_back():
    def trace(*event):
        return None

    previous = sys.gettrace()
    sys.settrace(trace)
    try:
        with pytest.raises(TimeIsUp), time_limit(0.1):
            time.sleep(1000)
        assert sys.gettrace() is trace
    finally:
        sys.settrace(previous)


def test_outside_the_main_thread_there_is_no_limit():
    finished = []

    def sleep_past_the_limit():
        with time_limit(0.05):
            time.sleep(0.2)
        finished.append(True)

    thread = threading.Thread(target=sleep_past_the_limit)
    thread.start()
    thread.join()
    assert finished
