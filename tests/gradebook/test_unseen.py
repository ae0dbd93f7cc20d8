"""Notebooks that nobody had in mind: written as students write, or against the gradebook."""

import json

import pytest

from marl_lessons.gradebook.code.notebooks import find_exercise_ids
from marl_lessons.gradebook.jails.trust import Trust
from marl_lessons.gradebook.judging import judge, remote
from marl_lessons.gradebook.reports.pages import read_report


@pytest.fixture
def write(tmp_path):
    """Returns a function that writes a notebook of these code cells and returns its path."""

    def write_notebook(*cells):
        path = tmp_path / "01_games.ipynb"
        path.write_text(json.dumps({"cells": [{"cell_type": "code", "source": cell} for cell in cells]}))
        return path

    return write_notebook


@pytest.mark.parametrize("decorator", ["ex('1.2')", 'marl_lessons.exercise("1.2")', "my_course.ex( '1.2' )"])
def test_an_exercise_under_another_name_is_found(write, decorator):
    path = write("from marl_lessons import exercise as ex", f"@{decorator}\ndef action_values(payoffs, policy): ...")
    assert find_exercise_ids(path) == {"1.2"}


def test_a_decorator_that_names_no_exercise_is_none(write):
    assert find_exercise_ids(write("@cache('1.x')\ndef f(): ...", "@part(1.2)\ndef g(): ...")) == set()


def test_an_answer_that_could_not_be_looked_at_fails_with_its_own_error_when_called():
    failing = remote._make_failing(OSError("no room for a thread"))
    with pytest.raises(OSError, match="no room for a thread"):
        failing(1, option=2)


def test_what_a_student_prints_or_raises_does_not_turn_the_text_of_a_page():
    entry = {"id": "1.2", "outcome": "error", "message": "\u202eDESSAP\x1b[2J", "printed": "one\0\n\ttwo \u2066é 🦊"}
    entry["checks"] = [{"name": "returns a row", "passed": None, "message": "\ud800"}]
    report = read_report(entry)
    assert report.message == "\ufffdDESSAP\ufffd[2J"
    assert report.printed == "one\ufffd\n\ttwo \ufffdé 🦊"
    assert report.checks[0].message == "\ufffd"


def test_a_notebook_that_sleeps_from_process_to_process_comes_to_an_end(write, monkeypatch):
    monkeypatch.setattr(judge, "WALL_TOTAL", 0)
    sleep = "import time\nfrom marl_lessons import exercise\nx = time.sleep(600)\ny = time.sleep(600)"
    answer = (
        "@exercise('1.2')\ndef action_values(payoffs, partner_policy):\n    return x or y or payoffs @ partner_policy"
    )
    record = judge.judge_notebook(write(sleep, answer), 1, 7, Trust(), seconds=1)
    assert "limits" in [flag["kind"] for flag in record["flags"]]
    assert sum(flag["kind"] == "killed" for flag in record["flags"]) == 1  # there was no second process
