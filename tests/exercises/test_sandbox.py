"""The sandbox refuses what would end or block the notebook, and puts back everything that it changed."""

import builtins
import getpass
import os
import signal
import sys
import types

import IPython
import pytest
from IPython.core.autocall import ExitAutocall

from marl_lessons.exercises.hooks import DEEPEST_IN_BROWSER, cap_recursion
from marl_lessons.exercises.limits import LimitReached, Limits
from marl_lessons.exercises.sandbox import InputRefused, sandbox

ALARM = [signal.SIGALRM] if hasattr(signal, "SIGALRM") else []  # Windows has none
UNIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows has neither forks nor alarms")


def look_around():
    handlers = [signal.getsignal(number) for number in (signal.SIGINT, *ALARM)]
    return builtins.exit, builtins.input, os._exit, signal.signal, sys.stdout, sys.stderr, *handlers


def test_everything_is_put_back():
    namespace = {"doubled": "reference"}
    before = dict(namespace), look_around()
    with sandbox(Limits(), namespace, {"doubled": "own", "new": "own"}):
        assert namespace["doubled"] == namespace["new"] == "own"
    assert (namespace, look_around()) == before


def test_everything_is_put_back_after_an_error():
    namespace, before = {}, look_around()
    with pytest.raises(ZeroDivisionError), sandbox(Limits(), namespace, {"doubled": "own"}):
        raise ZeroDivisionError
    assert (namespace, look_around()) == ({}, before)


def test_what_is_printed_is_kept_off_the_screen(capsys):
    with sandbox(Limits(), {}, {}) as (printed, _):
        print("said")
    assert printed.text == "said"
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("ask", [lambda: input("How much?"), lambda: getpass.getpass("Which word?")])
def test_nobody_is_asked(ask):
    with pytest.raises(InputRefused), sandbox(Limits(), {}, {}):
        ask()


def test_the_notebooks_own_exit_ends_nothing_under_any_name(monkeypatch):
    shell = types.SimpleNamespace(ask_exit=print)
    monkeypatch.setattr(IPython, "get_ipython", lambda: shell)
    leave = ExitAutocall(shell)
    with pytest.raises(SystemExit), sandbox(Limits(), {}, {}):
        leave()
    assert shell.ask_exit is print


def test_the_process_does_not_exit():
    with pytest.raises(SystemExit), sandbox(Limits(), {}, {}):
        os._exit(0)


@UNIX
def test_a_child_ends_and_does_not_become_a_second_kernel():
    with sandbox(Limits(), {}, {}):
        leaving = os.fork()
        if leaving == 0:
            os._exit(3)
        staying = os.fork()
    assert [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in (leaving, staying)] == [3, 0]


@UNIX
def test_an_alarm_does_not_outlive_the_code_that_set_it():
    before = look_around()
    with sandbox(Limits(), {}, {}):
        signal.signal(signal.SIGALRM, print)
        signal.alarm(100)
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)
    assert look_around() == before


@UNIX
def test_no_timer_handler_or_profiler_outlives_the_code_that_set_it():
    before = [signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGUSR1, signal.SIGPROF)]
    with sandbox(Limits(), {}, {}):
        for number in (signal.SIGTERM, signal.SIGUSR1, signal.SIGPROF):
            signal.signal(number, print)
        for timer in (signal.ITIMER_VIRTUAL, signal.ITIMER_PROF):
            signal.setitimer(timer, 1000)
        sys.setprofile(lambda *event: None)
    assert sys.getprofile() is None
    assert [signal.getitimer(timer) for timer in (signal.ITIMER_VIRTUAL, signal.ITIMER_PROF)] == [(0, 0)] * 2
    assert [signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGUSR1, signal.SIGPROF)] == before


def ignore_interrupts_for_ever():
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True:
        pass


def test_code_that_ignores_interrupts_is_interrupted():
    with pytest.raises(LimitReached), sandbox(Limits(processor=0.1), {}, {}) as (_, inside), inside:
        ignore_interrupts_for_ever()


def block_interrupts_for_ever():
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    while True:
        pass


@UNIX
def test_code_that_blocks_interrupts_is_interrupted_and_nothing_stays_blocked():
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [])
    with pytest.raises(LimitReached), sandbox(Limits(processor=0.1), {}, {}) as (_, inside), inside:
        block_interrupts_for_ever()
    assert signal.pthread_sigmask(signal.SIG_BLOCK, []) == before


class Lingering:
    def __del__(self):
        while True:
            pass


def linger():
    Lingering()
    while True:
        pass


def test_a_limit_in_a_destructor_shows_no_line_of_ours():
    with pytest.raises(LimitReached), sandbox(Limits(processor=0.1), {}, {}) as (printed, inside), inside:
        linger()
    assert printed.text == ""


def test_the_depth_of_recursion_is_put_back():
    before = sys.getrecursionlimit()
    with sandbox(Limits(), {}, {}):
        sys.setrecursionlimit(50 * before)
    assert sys.getrecursionlimit() == before


def test_in_a_browser_whose_stack_is_small_fewer_calls_are_allowed(monkeypatch):
    monkeypatch.setattr(sys, "platform", "emscripten")
    with cap_recursion():
        sys.setrecursionlimit(10**6)
        assert sys.getrecursionlimit() == DEEPEST_IN_BROWSER


def sort_for_ever(number):
    sys.setrecursionlimit(10**6)
    return sorted([1, 2], key=sort_for_ever)


def test_a_recursion_through_c_ends_before_the_stack_does():
    before = sys.getrecursionlimit()
    with pytest.raises(RecursionError), sandbox(Limits(), {}, {}) as (_, inside), inside:
        sort_for_ever(1)
    assert sys.getrecursionlimit() == before


class Failing:
    def __del__(self):
        raise ValueError


def test_an_error_in_a_destructor_shows_no_traceback():
    with sandbox(Limits(), {}, {}) as (printed, _):
        Failing()
    assert printed.text == ""
