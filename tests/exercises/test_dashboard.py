"""The dashboard tells what is passed, tried and still ahead, and where it is kept."""

import html as html_library
import re
from dataclasses import replace

import pytest

from marl_lessons.exercises import check, dashboard, exercise, keep_scores, progress, progress_file
from tests.exercises.small_course import FUNCTION_EXERCISE

pytestmark = pytest.mark.usefixtures("course")


def show(capsys):
    capsys.readouterr()
    progress()
    return capsys.readouterr().out.splitlines()


def test_a_new_learner_has_everything_ahead(capsys, progress_path):
    assert show(capsys) == [
        "Lesson 07 A lesson of the tests: 0 of 2 exercises passed",
        "  – 7.1 Double rewards (not attempted yet)",
        "  – 7.2 Six times seven (not attempted yet)",
        f"Kept in {progress_path}",
    ]


def test_what_is_passed_and_tried_is_told(capsys):
    exercise("7.1")(3)
    check("7.2", 42)
    assert show(capsys)[:3] == [
        "Lesson 07 A lesson of the tests: 1 of 2 exercises passed",
        "  ✗ 7.1 Double rewards (not passed yet, attempts: 1)",
        "  ✓ 7.2 Six times seven (passed)",
    ]


def test_an_exercise_that_has_changed_since_it_was_passed_is_asked_again(course, capsys):
    exercise("7.1")(lambda rewards: 2 * rewards)
    course(replace(FUNCTION_EXERCISE, version=2, earlier=("7.1@1",)))
    said = "  – 7.1 Double rewards (not attempted yet; passed in an earlier version, and asked again)"
    assert show(capsys)[1] == said
    exercise("7.1")(lambda rewards: 2 * rewards)
    assert show(capsys)[1] == "  ✓ 7.1 Double rewards (passed)"


def test_a_note_about_the_file_is_told(capsys, progress_path):
    progress_path.parent.mkdir()
    progress_path.write_text("not JSON")
    assert any("could not be understood" in line for line in show(capsys))


def test_one_s_own_scores_are_told_in_a_line_for_each_board_the_best_first(capsys):
    keep_scores("dispatch", "first try", [60, 70])
    keep_scores("rush hour", "<b>team</b>", [1, 3])
    keep_scores("dispatch", "second try", [91.2, 91.4])
    assert show(capsys)[3:5] == [
        'Your scores on "dispatch": second try 91.3, first try 65.0',
        'Your scores on "rush hour": <b>team</b> 2.0',
    ]


def test_a_board_of_which_nothing_can_be_read_has_no_line(capsys):
    progress_file.change(lambda progress: progress.scores.update({"empty": {}, "later": {"mine": {"form": "unknown"}}}))
    assert not any("Your scores" in line for line in show(capsys))


def test_the_html_says_what_the_text_says_below_the_lessons(capsys, monkeypatch, progress_path):
    progress_path.parent.mkdir()
    progress_path.write_text("not JSON")
    keep_scores("dispatch", "<b>team</b>", [60, 70])
    progress_path.write_text("not JSON")  # a note, once more
    keep_scores("dispatch", "<b>team</b>", [60, 70])
    shown = []
    monkeypatch.setattr(dashboard, "show", lambda text, html: shown.append((text, html)))
    progress()
    ((text, html),) = shown
    below = text.splitlines()[3:]
    assert below[0] == 'Your scores on "dispatch": <b>team</b> 65.0'
    assert below[-1].startswith("Kept in")
    words = [html_library.unescape(line) for line in re.findall("<div><em>(.*?)</em></div>", html)]
    assert words == below
    assert "<b>team" not in html
