"""A card says what became of an answer, whose code runs on, and how to get help."""

import re

import pytest

from marl_lessons.exercises import Outcome, card, evaluate, progress_file
from marl_lessons.exercises.progress_file import Progress, Record
from tests.bank.bank import Cell, judge
from tests.exercises.small_course import FUNCTION_EXERCISE, VALUE_EXERCISE

pytestmark = pytest.mark.usefixtures("course")

RIGHT, WRONG, STUB, BROKEN = "return 2 * rewards", "return rewards**2", "raise NotImplementedError", "return 1 / 0"


def show(capsys, report, **known):
    """Returns the card as text, for a learner of whom this much is known."""
    card.show_card(report, Progress({report.exercise.key: Record(**known)}))
    return capsys.readouterr().out


def write_html(report):
    return card.write_card_html(report, Progress(), [])


def test_a_passed_card_says_that_the_learners_code_runs_on(capsys):
    text = show(capsys, judge("7.1", RIGHT), passed=True)
    assert "Exercise 7.1, Double rewards: PASSED" in text
    assert "From here on, the lesson runs on your code." in text
    assert 'Solution: solution("7.1") is open.' in text
    assert "Hints:" not in text
    assert "Lesson 07: 1 of 2 exercises passed" in text


def test_a_wrong_card_says_what_is_wrong_and_how_to_get_help(capsys):
    text = show(capsys, judge("7.1", WRONG), attempts=1, hints=2)
    assert "✗ doubles every reward: You squared the rewards." in text
    assert "Until it passes, the notebook goes on with the course's own solution." in text
    assert 'Hints: 2 of 3 open; hint("7.1") opens one more.' in text
    assert 'Solution: solution("7.1") opens after 3 attempts (1 so far).' in text
    assert "Lesson 07: 0 of 2 exercises passed" in text


def test_a_wrong_answer_after_a_pass_leaves_the_pass(capsys):
    text = show(capsys, judge("7.1", WRONG), passed=True)
    assert "You have passed this exercise before, and that still counts." in text


def test_a_value_that_passes_takes_over_no_code(capsys):
    assert "runs on your code" not in show(capsys, evaluate("7.2", 42), passed=True)


def test_notes_about_the_file_are_on_the_card(capsys):
    card.show_card(judge("7.1", RIGHT), Progress(notes=["The file could not be saved."]))
    assert "The file could not be saved." in capsys.readouterr().out


@pytest.mark.parametrize("body", [RIGHT, WRONG, STUB, BROKEN])
def test_the_html_says_what_the_text_says(body):
    report = judge("7.1", body)
    words = re.sub(r"<[^>]+>|&nbsp;", "", write_html(report))
    assert report.outcome.value.upper() in words
    for check in report.checks:
        assert check.name in words
        assert check.message.replace("`", "") in words


def test_every_outcome_has_a_color_of_its_own():
    assert len(set(card.COLORS.values())) == len(Outcome)


def test_what_a_learner_prints_or_raises_is_no_html():
    report = judge("7.1", "print('<script>')\nraise ValueError('<b>')")
    html = write_html(report)
    assert "<script>" not in html
    assert "<b>" not in html
    assert "&lt;script&gt;" in html


def test_hints_open_one_level_at_a_time_and_are_remembered():
    opened = [card.write_hints(FUNCTION_EXERCISE, card.open_hint(FUNCTION_EXERCISE)) for _ in range(4)]
    assert opened[0] == "Hint 1 of 3: Think of 2."
    assert opened[1] == "Hint 1 of 3: Think of 2.\nHint 2 of 3: Write `2 * rewards`."
    assert opened[3] == opened[2]
    assert opened[2].count("\n") == 2
    assert progress_file.read().record(FUNCTION_EXERCISE).hints == 3


@pytest.mark.parametrize(
    ("record", "is_open"),
    [
        (Record(), False),
        (Record(attempts=2), False),
        (Record(attempts=3), True),
        (Record(passed=True, attempts=1), True),
    ],
)
def test_the_solution_opens_with_a_pass_or_three_attempts(record, is_open):
    assert card.is_solution_unlocked(record) is is_open
    assert ("return 2 * rewards" in card.write_solution(FUNCTION_EXERCISE, record)) is is_open


def test_the_solution_is_code_without_its_docstring_and_an_explanation():
    expected = "def doubled(rewards):\n    return 2 * rewards\n\nTwice is times two."
    assert card.write_solution(FUNCTION_EXERCISE, Record(passed=True)) == expected
    assert card.write_solution(VALUE_EXERCISE, Record(passed=True)) == "42\n\n6 × 7 = 42."


def test_a_card_can_be_written_for_an_answer_that_was_never_called():
    report = judge("7.1", Cell("def doubled():\n    return 2"))
    assert "Keep the parameters <code>doubled(rewards)</code>" in write_html(report)
