"""A card says what became of an answer, whose code runs on, and how to get help."""

import dataclasses
import html as html_library
import re
from dataclasses import replace

import pytest

from marl_lessons.exercises import Outcome, card, evaluate, progress_file
from marl_lessons.exercises.progress_file import Progress, Record
from tests.bank.bank import Cell, judge
from tests.exercises.small_course import FUNCTION_EXERCISE

pytestmark = pytest.mark.usefixtures("course")

RIGHT, WRONG, STUB, BROKEN = "return 2 * rewards", "return rewards**2", "raise NotImplementedError", "return 1 / 0"


def show(capsys, report, **known):
    """Returns the card as text, for a learner of whom this much is known."""
    card.show_card(report, Progress({report.exercise.key: Record(**known)}))
    return capsys.readouterr().out


def write_html(report, **known):
    return card.write_card_html(report, Record(**known), Progress(), [])


def read_words(html):
    return html_library.unescape(re.sub(r"<[^>]+>", " ", html))


def squeeze(text):
    """Leaves letters and digits: the two forms part them differently."""
    return re.sub(r"\W", "", text)


def find_luminance(color):
    """WCAG 2.2, relative luminance of a color such as #1A2B3C."""
    shares = [int(color[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    return sum(weight * share for weight, share in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_a_passed_card_says_that_the_learners_code_runs_on(capsys):
    text = show(capsys, judge("7.1", RIGHT), passed=True)
    assert "Exercise 7.1, Double rewards: PASSED" in text
    assert "From here on, `doubled` is your own function." in text
    assert 'Solution: solution("7.1") is open.' in text
    assert "Hints:" not in text
    assert "Lesson 07: 1 of 2 exercises passed" in text


def test_a_wrong_card_says_what_is_wrong_and_how_to_get_help(capsys):
    text = show(capsys, judge("7.1", WRONG), attempts=1, hints=2)
    assert "✗ doubles every reward: You squared the rewards." in text
    assert "Until it passes, `doubled` in this notebook is the course's own." in text
    assert 'Hints: 2 of 3 open; hint("7.1") opens one more.' in text
    assert 'Solution: solution("7.1") opens after 3 attempts (1 so far).' in text
    assert "Lesson 07: 0 of 2 exercises passed" in text


def test_hints_that_are_all_open_are_shown_again(capsys):
    assert 'Hints: 3 of 3 open; hint("7.1") shows them.' in show(capsys, judge("7.1", WRONG), hints=3)


def test_a_title_that_asks_ends_with_its_question_mark(course, capsys):
    course(dataclasses.replace(FUNCTION_EXERCISE, title="Double or not?"))
    assert show(capsys, judge("7.1", RIGHT)).startswith("Exercise 7.1, Double or not? PASSED\n")


def test_a_wrong_answer_after_a_pass_leaves_the_pass(capsys):
    text = show(capsys, judge("7.1", WRONG), passed=True)
    assert "You have passed this exercise before, and that still counts." in text


def show_after_an_older_pass(capsys, body):
    """Returns the card of a learner who passed version 1 of an exercise that is at version 2 now."""
    report = replace(judge("7.1", body), exercise=replace(FUNCTION_EXERCISE, version=2, earlier=("7.1@1",)))
    is_passed = report.outcome is Outcome.PASSED
    card.show_card(report, Progress({"7.1@1": Record(passed=True), "7.1@2": Record(passed=is_passed)}))
    return capsys.readouterr().out


def test_an_exercise_that_has_changed_since_it_was_passed_is_asked_again(capsys):
    assert "You passed this exercise in an earlier version of the course." in show_after_an_older_pass(capsys, WRONG)
    assert "earlier version" not in show_after_an_older_pass(capsys, RIGHT)
    assert "earlier version" not in show(capsys, judge("7.1", WRONG), passed=True)


def test_a_value_that_passes_takes_over_no_code(capsys):
    assert "From here on" not in show(capsys, evaluate("7.2", 42), passed=True)


def test_notes_about_the_file_are_on_the_card(capsys):
    card.show_card(judge("7.1", RIGHT), Progress(notes=["The file could not be saved."]))
    assert "The file could not be saved." in capsys.readouterr().out


@pytest.mark.parametrize("body", [RIGHT, WRONG, STUB, BROKEN, f"print(3)\n{WRONG}"])
def test_the_html_says_what_the_text_says(body):
    report = judge("7.1", body)
    words = squeeze(read_words(write_html(report)))
    assert all(squeeze(line) in words for line in report.text.split("\n")[1:])
    assert squeeze(report.outcome.value.upper()) in words


@pytest.mark.parametrize("color", card.COLORS.values())
def test_the_outcome_can_be_read_in_every_theme(color):
    """Contrast as WCAG 2.2 asks for; the ground goes with the word, so the page behind it does not matter."""
    contrast = (find_luminance(card.BADGE_COLOR) + 0.05) / (find_luminance(color) + 0.05)
    assert contrast >= 4.5


def test_nothing_else_on_a_card_has_a_color_of_its_own():
    html = write_html(judge("7.1", WRONG), attempts=3)
    grounds = re.findall(r"background-color:[^;]+;color:[^;]+", html)
    assert len(grounds) == 1
    assert html.count("color:") == 2


def test_what_was_not_reached_is_said_in_words():
    assert "– doubles every reward (not reached)" in read_words(write_html(judge("7.1", BROKEN)))


def test_what_was_printed_stands_below_the_checks():
    html = write_html(judge("7.1", f"print('seen')\n{WRONG}"))
    assert html.index("doubles every reward") < html.index("Your code printed:") < html.rindex("<pre")


def test_each_hint_holds_the_next():
    html = write_html(judge("7.1", WRONG))
    order = [html.index(words) for words in ("Hint 1 of 3", "Think of 2.", "Hint 2 of 3", "Hint 3 of 3", "</details>")]
    assert order == sorted(order)
    assert "<details open>" not in html


def test_hints_that_were_opened_in_words_are_open():
    assert write_html(judge("7.1", WRONG), hints=2).count("<details open>") == 2


@pytest.mark.parametrize(
    ("known", "is_open"), [({}, False), ({"attempts": 2}, False), ({"attempts": 3}, True), ({"passed": True}, True)]
)
def test_the_html_holds_the_solution_only_when_it_is_open(known, is_open):
    html = write_html(judge("7.1", WRONG), **known)
    assert ("def doubled" in html) is is_open
    assert ("The solution opens after 3 attempts" in html) is not is_open


def test_a_passed_card_needs_no_hints():
    html = write_html(judge("7.1", RIGHT), passed=True)
    assert "Hint" not in html
    assert "def doubled" in html


def test_the_progress_bar_has_its_words_as_name():
    html = write_html(judge("7.1", STUB))
    assert re.search(r"<label><progress [^>]*></progress> Lesson 07: 0 of 2 [^<]*</label>", html)


def test_everything_on_a_card_is_safe_in_a_notebook_that_is_not_trusted():
    """JupyterLab takes scripts, styles and what it does not know out of such a notebook; the card has none of them."""
    html = write_html(judge("7.1", f"print('seen')\n{WRONG}"), attempts=3)
    assert set(re.findall(r"<(\w+)", html)) <= SAFE_TAGS


SAFE_TAGS = {"div", "span", "strong", "em", "code", "pre", "br", "details", "summary", "label", "progress"}


def test_what_a_learner_prints_or_raises_is_no_html():
    report = judge("7.1", "print('<script>')\nraise ValueError('<b>')")
    html = write_html(report)
    assert "<script>" not in html
    assert "<b>" not in html
    assert "&lt;script&gt;" in html


def test_hints_open_one_level_at_a_time_and_are_remembered():
    opened = [card.write_hints(FUNCTION_EXERCISE, card.open_hint(FUNCTION_EXERCISE)) for _ in range(4)]
    assert opened[0] == "Hint 1 of 3. Think of 2."
    assert opened[1] == "Hint 1 of 3. Think of 2.\nHint 2 of 3. Write `2 * rewards`."
    assert opened[3] == opened[2]
    assert opened[2].count("\n") == 2
    assert progress_file.read().record(FUNCTION_EXERCISE).hints == 3


def test_a_card_can_be_written_for_an_answer_that_was_never_called():
    report = judge("7.1", Cell("def doubled():\n    return 2"))
    assert "Keep the parameters <code>doubled(rewards)</code>" in write_html(report)
