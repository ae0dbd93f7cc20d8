"""The sandbox refuses what would end or block the notebook, and puts back everything that it changed."""

import builtins
import os
import signal
import sys

import pytest

from marl_lessons.exercises.limits import Limits
from marl_lessons.exercises.sandbox import InputRefused, sandbox


class ZMQExitAutocall:
    """Stands for the `exit` that IPython puts into a notebook."""


def look_around():
    return builtins.exit, builtins.input, os._exit, sys.stdout, sys.stderr, signal.getsignal(signal.SIGINT)


def test_everything_is_put_back():
    namespace = {"doubled": "reference", "exit": ZMQExitAutocall()}
    before = dict(namespace), look_around()
    with sandbox(Limits(), namespace, {"doubled": "own", "new": "own"}):
        assert namespace["doubled"] == namespace["new"] == "own"
        assert namespace["exit"] is builtins.exit is os._exit
    assert (namespace, look_around()) == before


def test_everything_is_put_back_after_an_error():
    namespace, before = {}, look_around()
    with pytest.raises(ZeroDivisionError), sandbox(Limits(), namespace, {"doubled": "own"}):
        raise ZeroDivisionError
    assert (namespace, look_around()) == ({}, before)


def test_what_is_printed_is_kept_off_the_screen(capsys):
    with sandbox(Limits(), {}, {}) as printed:
        print("said")
    assert printed.text == "said"
    assert capsys.readouterr() == ("", "")


def test_nobody_is_asked():
    with pytest.raises(InputRefused), sandbox(Limits(), {}, {}):
        input("How much?")
