"""A prediction is made once, before the run, and looked at again after it."""

import pytest

from marl_lessons.exercises import predict, predictions, progress_file
from tests.exercises.small_course import PREDICTION

pytestmark = pytest.mark.usefixtures("course")


def ask(capsys, *arguments, **options):
    capsys.readouterr()
    predict(*arguments, **options)
    return capsys.readouterr().out


def test_the_question_tells_its_options_and_how_to_choose(capsys):
    assert ask(capsys, "7.a").splitlines() == [
        "Prediction 7.a: What grows?",
        "  a) The sum",
        "  b) Nothing",
        'To choose, run this cell again in a notebook, or write predict("7.a", "a") and so on.',
    ]


def test_the_question_keeps_its_reasons_to_itself(capsys):
    assert "each part grows" not in ask(capsys, "7.a") + ask(capsys, "7.a", "a")


def test_the_first_choice_is_kept(capsys):
    predict("7.a", "b")
    assert "You predicted b; the first choice counts. Now run on and see." in ask(capsys, "7.a", "a")
    assert progress_file.read().predictions == {PREDICTION.key: "b"}


@pytest.mark.parametrize("damaged", [["x"], 7, "z", None])
def test_a_damaged_choice_can_be_made_again(damaged, capsys):
    progress_file.change(lambda progress: progress.predictions.update({PREDICTION.key: damaged}))
    assert "You predicted b;" in ask(capsys, "7.a", "b")
    assert progress_file.read().predictions == {PREDICTION.key: "b"}


@pytest.mark.parametrize(
    ("choice", "verdict"),
    [
        ("a", "You predicted a, and so it is."),
        ("b", "You predicted b; what happens is a."),
        (None, "You made no prediction this time."),
    ],
)
def test_the_reveal_compares_and_gives_every_reason(choice, verdict, capsys):
    text = ask(capsys, "7.a", choice, reveal=True)
    assert verdict in text
    assert "  a) The sum (this is what happens)\n     Because each part grows\n" in text
    assert "  b) Nothing\n     But it does\n" in text


def test_the_html_says_what_the_words_say():
    html = predictions.write_reveal_html(PREDICTION, "b")
    assert "<strong>a) The sum (this is what happens)</strong><div style" in html
    assert ">Because each part grows</div>" in html


def test_the_choice_stands_out():
    assert "<strong>b) Nothing</strong>" in predictions.write_question_html(PREDICTION, "b")


@pytest.mark.parametrize("choice", ["c", "A", "", 1, ["a"]])
def test_an_unknown_option_is_answered_with_the_options(choice):
    with pytest.raises(ValueError, match=r"Prediction 7\.a has the options a, b, got"):
        predict("7.a", choice)
    assert progress_file.read().predictions == {}


def test_an_unknown_prediction_is_answered_with_those_that_exist():
    with pytest.raises(ValueError, match=r"it has 7\.a"):
        predict("7.b")
