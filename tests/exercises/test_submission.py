"""Running the cell is the check: what it judges, keeps, shows and hands back."""

import dataclasses

import numpy as np
import pytest

from marl_lessons.exercises import (
    check,
    evaluate,
    exercise,
    hint,
    keep_scores,
    kept_scores,
    predict,
    progress,
    progress_file,
    solution,
    submission,
)
from marl_lessons.exercises.progress_file import Record
from marl_lessons.notebook import Stopped
from tests.exercises.small_course import FUNCTION_EXERCISE, VALUE_EXERCISE, doubled

pytestmark = pytest.mark.usefixtures("course")


def right(rewards):
    return 2 * rewards


def wrong(rewards):
    return rewards**2


def stub(rewards):
    raise NotImplementedError("Write your code here.")


def broken(rewards):
    return rewards[99]


for answer in (right, wrong, stub, broken):
    answer.__name__ = "doubled"


def read_record(of=FUNCTION_EXERCISE):
    return progress_file.read().record(of)


def test_the_name_holds_the_learners_function_once_it_passes():
    assert exercise("7.1")(right) is right


@pytest.mark.parametrize("answer", [wrong, stub, broken, 3, None])
def test_until_then_the_name_holds_the_reference(answer):
    assert exercise("7.1")(answer) is doubled


def test_a_value_is_handed_back_once_it_passes():
    assert type(check("7.2", 42.0)) is float


@pytest.mark.parametrize("answer", [41, ..., None, "42", np.ones(3), doubled])
def test_until_then_the_references_value_is_handed_back(answer):
    assert check("7.2", answer) == 42


def test_a_function_can_be_checked_as_a_value():
    assert check("7.1", right) is right


def test_a_card_is_shown(capsys):
    exercise("7.1")(wrong)
    assert "Exercise 7.1, Double rewards: INCORRECT" in capsys.readouterr().out


def test_every_attempt_is_counted_and_the_last_report_kept():
    exercise("7.1")(wrong)
    exercise("7.1")(broken)
    record = read_record()
    assert (record.passed, record.attempts, record.outcome) == (False, 2, "error")
    assert "IndexError" in record.text


def test_the_stub_costs_no_attempt():
    exercise("7.1")(stub)
    check("7.2", ...)
    assert (read_record().attempts, read_record().outcome) == (0, "not attempted")
    assert read_record(VALUE_EXERCISE).attempts == 0


def test_a_pass_is_kept_for_good():
    for answer in (right, wrong, stub):
        exercise("7.1")(answer)
    assert (read_record().passed, read_record().attempts, read_record().outcome) == (True, 2, "not attempted")


def test_raising_the_version_starts_anew(course):
    exercise("7.1")(right)
    course(dataclasses.replace(FUNCTION_EXERCISE, version=2))
    assert read_record(dataclasses.replace(FUNCTION_EXERCISE, version=2)) == Record()
    assert read_record().passed


def test_hints_come_in_words(capsys):
    hint("7.1")
    hint("7.1")
    assert capsys.readouterr().out.splitlines()[-1] == "Hint 2 of 3. Write `2 * rewards`."
    assert read_record().hints == 2


def test_the_solution_is_locked_until_the_third_attempt(capsys):
    for attempt in range(3):
        solution("7.1")
        assert f"opens after 3 attempts ({attempt} so far)" in capsys.readouterr().out
        exercise("7.1")(wrong)
    capsys.readouterr()
    solution("7.1")
    assert capsys.readouterr().out == "def doubled(rewards):\n    return 2 * rewards\n\nTwice is times two.\n"


def test_a_pass_opens_the_solution(capsys):
    check("7.2", 42)
    capsys.readouterr()
    solution("7.2")
    assert capsys.readouterr().out == "42\n6 × 7 = 42.\n"


def test_a_long_solution_is_shown_as_the_exercise_says(course, capsys):
    course(dataclasses.replace(VALUE_EXERCISE, shown_solution="make_team(6)"))
    check("7.2", 42)
    capsys.readouterr()
    solution("7.2")
    assert capsys.readouterr().out == "make_team(6)\n6 × 7 = 42.\n"


def test_words_that_a_hint_or_the_solution_stresses_stand_there_without_stars(course, capsys):
    stressed = dataclasses.replace(VALUE_EXERCISE, hints=("Count *all*.",), explanation="Six *times* seven, `6 * 7`.")
    course(stressed)
    check("7.2", 42)
    capsys.readouterr()
    hint("7.2")
    solution("7.2")
    assert capsys.readouterr().out == "Hint 1 of 1. Count all.\n42\nSix times seven, `6 * 7`.\n"


def test_a_file_that_cannot_be_written_costs_a_note_on_the_card(capsys, progress_path):
    progress_path.mkdir(parents=True)
    assert exercise("7.1")(right) is right
    assert "Your progress could not be saved" in capsys.readouterr().out


@pytest.mark.parametrize("call", [lambda: exercise("7.9"), lambda: check("7.9", 1), lambda: hint("7.9")])
def test_an_unknown_exercise_is_answered_with_those_that_exist(call):
    with pytest.raises(ValueError, match=r"it has 7\.1, 7\.2\."):
        call()


def test_a_forgotten_number_is_pointed_out():
    with pytest.raises(ValueError, match="Write the number of the exercise behind the name"):
        exercise(right)


def test_an_error_that_no_terminal_can_write_is_no_error(capsys):
    def doubled(rewards):
        raise ValueError("half a character: \ud800")

    exercise("7.1")(doubled)
    assert read_record().outcome == "error"


CALLS = {
    "exercise": lambda: exercise("7.1")(right),
    "check": lambda: check("7.2", 42),
    "evaluate": lambda: evaluate("7.2", 42),
    "hint": lambda: hint("7.1"),
    "solution": lambda: solution("7.1"),
    "predict": lambda: predict("7.a"),
    "progress": progress,
    "keep_scores": lambda: keep_scores("board", "mine", [1, 2]),
    "kept_scores": lambda: kept_scores("board"),
}


@pytest.mark.parametrize("name", CALLS)
def test_an_answer_that_calls_the_course_is_told_so_and_leaves_nothing_behind(name, capsys):
    def doubled(rewards):
        return CALLS[name]()

    exercise("7.1")(doubled)
    assert f"`{name}` was called inside an answer" in read_record().text.replace("'", "`")
    assert read_record(VALUE_EXERCISE) == Record()
    assert exercise("7.1")(right) is right


def press_stop(*arguments):
    raise KeyboardInterrupt


@pytest.mark.parametrize("name", ["hint", "solution", "predict", "progress", "keep_scores", "kept_scores"])
def test_the_stop_button_is_answered_with_one_sentence(name, monkeypatch):
    monkeypatch.setattr(progress_file, "read", press_stop)
    monkeypatch.setattr(progress_file, "change", press_stop)
    with pytest.raises(Stopped, match=f"`{name}` was stopped before it was done; call it again"):
        CALLS[name]()


def test_a_stop_before_the_exercise_is_found_is_answered_with_one_sentence(monkeypatch):
    monkeypatch.setattr(submission, "find_exercise", press_stop)
    for call in (CALLS["check"], CALLS["exercise"]):
        with pytest.raises(Stopped, match="was stopped before it was done"):
            call()


def test_a_stop_after_the_verdict_says_the_verdict(monkeypatch):
    monkeypatch.setattr(progress_file, "change", press_stop)
    with pytest.raises(Stopped, match=r"Exercise 7\.1 was judged \(passed\), and stopped before its card appeared"):
        exercise("7.1")(right)
