"""The sandbox refuses what would end or block the notebook, and puts back everything that it changed."""

import builtins
import getpass
import os
import signal
import sys

import pytest

from marl_lessons.exercises.limits import LimitReached, Limits
from marl_lessons.exercises.sandbox import InputRefused, sandbox

ALARM = [signal.SIGALRM] if hasattr(signal, "SIGALRM") else []  # Windows has none
UNIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows has neither forks nor alarms")


class ZMQExitAutocall:
    """Stands for the `exit` that IPython puts into a notebook."""


def look_around():
    handlers = [signal.getsignal(number) for number in (signal.SIGINT, *ALARM)]
    return builtins.exit, builtins.input, os._exit, signal.signal, sys.stdout, sys.stderr, *handlers


def test_everything_is_put_back():
    namespace = {"doubled": "reference", "exit": ZMQExitAutocall()}
    before = dict(namespace), look_around()
    with sandbox(Limits(), namespace, {"doubled": "own", "new": "own"}):
        assert namespace["doubled"] == namespace["new"] == "own"
        assert namespace["exit"] is builtins.exit
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
