"""The checks accept what is right, turn down what is wrong, and say why: proved on the bank of answers."""

import sys

import pytest

from marl_lessons.display import to_text
from marl_lessons.exercises import Outcome
from marl_lessons.exercises.judging import cases
from marl_lessons.exercises.judging.mistakes import Misconception
from marl_lessons.exercises.registry import CHECKS_PACKAGE, load_lessons
from tests.bank.bank import SEEDS, Answers, Told, is_killed, judge, judge_under_seeds, load_answers, write_kill_matrix

LESSONS = load_lessons()
EXERCISES = {exercise.id: exercise for lesson in LESSONS for exercise in lesson.exercises}
ANSWERS = load_answers()
RIGHT = [(exercise_id, text) for exercise_id, answers in ANSWERS.items() for text in answers.right]
WRONG = [(exercise_id, *pair) for exercise_id, answers in ANSWERS.items() for pair in answers.wrong.items()]


def find_misconceptions(lesson):
    """Returns the misconceptions that the modules of a lesson hold in their tuples."""
    home = f"{CHECKS_PACKAGE}.lesson_{lesson.number:02d}"
    modules = [module for name, module in list(sys.modules.items()) if name == home or name.startswith(f"{home}.")]
    tuples = [value for module in modules for value in vars(module).values() if isinstance(value, tuple)]
    return {entry for entries in tuples for entry in entries if isinstance(entry, Misconception)}


def judge_wrong_answers(exercise_id):
    """Returns the reports on all the wrong answers under the first seed."""
    return [judge_under_seeds(exercise_id, text)[0] for text in ANSWERS[exercise_id].wrong]


@pytest.mark.parametrize("exercise_id", EXERCISES)
def test_an_exercise_has_five_right_answers_and_twelve_wrong_ones(exercise_id):
    assert exercise_id in ANSWERS, f"tests/bank has no answers to {exercise_id}"
    assert len(set(ANSWERS[exercise_id].right)) >= 5
    assert len(ANSWERS[exercise_id].wrong) >= 12


@pytest.mark.parametrize("exercise_id", ANSWERS)
def test_the_bank_answers_exercises_that_exist(exercise_id):
    assert exercise_id in EXERCISES


@pytest.mark.parametrize(("exercise_id", "text"), RIGHT)
def test_a_right_answer_passes_under_every_seed(exercise_id, text):
    for report in judge_under_seeds(exercise_id, text):
        assert report.outcome is Outcome.PASSED, report.text


@pytest.mark.parametrize(("exercise_id", "text", "told"), WRONG)
def test_a_wrong_answer_is_told_what_is_wrong_under_every_seed(exercise_id, text, told):
    told = Told(told, never=()) if isinstance(told, str) else told
    for report in judge_under_seeds(exercise_id, text):
        assert is_killed(report), report.text
        assert to_text(told.phrase) in report.text
        assert not [phrase for phrase in told.never if to_text(phrase) in report.text], report.text


@pytest.mark.parametrize("exercise_id", ANSWERS)
def test_every_check_is_failed_by_a_wrong_answer(exercise_id):
    reports = judge_wrong_answers(exercise_id)
    failed = {check.name for report in reports for check in report.checks if check.passed is False}
    assert {check.name for check in EXERCISES[exercise_id].checks} == failed


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.title)
def test_every_misconception_is_met_by_a_wrong_answer(lesson):
    answered = [exercise.id for exercise in lesson.exercises if exercise.id in ANSWERS]
    texts = [report.text for exercise_id in answered for report in judge_wrong_answers(exercise_id)]
    messages = {to_text(entry.message) for entry in find_misconceptions(lesson)}
    never_met = {message for message in messages if not any(message in text for text in texts)}
    assert not never_met


@pytest.mark.parametrize("exercise_id", ANSWERS)
def test_no_report_says_the_same_sentence_twice(exercise_id):
    for report in judge_wrong_answers(exercise_id):
        messages = [check.message for check in report.checks if check.message not in ("", "The same mistake.")]
        assert len(messages) == len(set(messages)), report.text


@pytest.mark.parametrize("exercise_id", ANSWERS)
def test_judging_again_under_a_seed_gives_the_same_report_whether_or_not_the_cases_are_kept(exercise_id, monkeypatch):
    answers = ANSWERS[exercise_id]
    for text in (answers.right[0], list(answers.wrong)[-1]):
        first = judge_under_seeds(exercise_id, text)[-1].text
        assert judge(exercise_id, text, SEEDS[-1]).text == first
        with monkeypatch.context() as forgetful:
            forgetful.setattr(cases, "DRAWINGS", {})
            assert judge(exercise_id, text, SEEDS[-1]).text == first


def test_the_kill_matrix_marks_what_each_wrong_answer_fails():
    by_axis_0, total, misspelled = "return rewards.mean(axis=0)", "return rewards.sum(axis=1)", "return reward.sum()"
    wrong = dict.fromkeys([by_axis_0, total, misspelled], "any phrase")
    lines = write_kill_matrix("0.1", Answers(["return rewards.mean(axis=1)", "return 0"], wrong)).splitlines()
    assert "1 of 2 right answers pass, 3 of 3 wrong ones are killed" in lines
    assert lines[-4:] == [
        "  run   1   2",
        f"    ✓   ✗   –  {by_axis_0}",
        f"    ✓   ✓   ✗  {total}",
        f"    ✗   –   –  {misspelled}",
    ]
