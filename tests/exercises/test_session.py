"""A cell that redefines a name of the course does not break the cells after it."""

import pytest
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from marl_lessons.exercises import session


def course_check():
    """Stands for a function of the course."""


@pytest.fixture
def shell(monkeypatch, tmp_path):
    """A shell that runs cells, in place of a notebook's."""
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    monkeypatch.setattr(session, "_protected", {})
    shell = InteractiveShell(config=Config({"HistoryManager": {"enabled": False}}))
    shell.user_ns["check"] = course_check
    monkeypatch.setattr(session, "get_ipython", lambda: shell)
    return shell


def run_cell(shell, source):
    shell.run_cell(source).raise_error()


def test_a_name_that_a_cell_took_is_given_back_with_a_notice(shell, capsys):
    session.protect_names(check=course_check)
    run_cell(shell, "check = 5")
    run_cell(shell, "seen = check")
    assert shell.user_ns["seen"] is course_check
    assert shell.user_ns["my_check"] == 5
    assert "A cell gave `check` a new value" in capsys.readouterr().out


def test_a_name_that_a_cell_deleted_is_given_back(shell):
    session.protect_names(check=course_check)
    run_cell(shell, "del check")
    run_cell(shell, "seen = check")
    assert shell.user_ns["seen"] is course_check
    assert "my_check" not in shell.user_ns


def test_a_name_that_the_notebook_never_took_from_the_course_is_left_alone(shell):
    session.protect_names(check=course_check, hint=print)
    run_cell(shell, "hint = 5")
    run_cell(shell, "seen = hint")
    assert shell.user_ns["seen"] == 5


def test_protecting_again_and_again_gives_one_notice(shell, capsys):
    for _ in range(3):
        session.protect_names(check=course_check)
    run_cell(shell, "check = 5")
    run_cell(shell, "pass")
    run_cell(shell, "pass")
    assert capsys.readouterr().out.count("A cell gave") == 1


def test_a_notebook_that_took_no_name_is_watched_once_however_often_it_submits(shell):
    watchers = len(shell.events.callbacks["pre_run_cell"])
    for _ in range(3):
        session.protect_names(hint=print)
    assert len(shell.events.callbacks["pre_run_cell"]) == watchers + 1


def test_outside_ipython_there_is_nothing_to_protect(monkeypatch):
    monkeypatch.setattr(session, "_protected", {})
    monkeypatch.setattr(session, "get_ipython", lambda: None)
    session.protect_names(check=course_check)
    assert session._protected == {}
