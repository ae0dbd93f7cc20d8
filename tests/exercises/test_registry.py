"""Exercises and predictions are found by their number; an unknown one is answered with those that exist."""

import pytest

from marl_lessons.display import Misuse
from marl_lessons.exercises.registry import find_exercise, find_prediction, load_lesson, load_lessons
from tests.exercises.small_course import FUNCTION_EXERCISE, PREDICTION


def test_an_exercise_of_the_course_is_found():
    assert find_exercise("0.1").title == "The average over a team"


def test_the_lessons_come_in_order_with_their_numbers():
    lessons = load_lessons()
    assert [lesson.number for lesson in lessons] == list(range(len(lessons)))


def test_every_id_begins_with_its_lesson_and_is_used_once():
    lessons = load_lessons()
    ids = [(lesson.number, entry.id) for lesson in lessons for entry in (*lesson.exercises, *lesson.predictions)]
    assert all(identifier.split(".")[0] == str(number) for number, identifier in ids)
    assert len(set(ids)) == len(ids)


def test_every_prediction_comes_true_in_one_of_its_options():
    assert all(entry.answer in entry.options for lesson in load_lessons() for entry in lesson.predictions)


@pytest.mark.usefixtures("course")
def test_the_course_of_the_tests_is_found():
    assert find_exercise("7.1") is FUNCTION_EXERCISE
    assert find_prediction("7.a") is PREDICTION


def test_an_unknown_lesson_is_answered_with_the_lessons():
    with pytest.raises(ValueError, match=r"There is no lesson 99; the lessons are 00, 01"):
        load_lesson(99)


@pytest.mark.usefixtures("course")
@pytest.mark.parametrize(
    ("find", "identifier", "message"),
    [
        (find_exercise, "7.9", r"There is no '7\.9' in this lesson; it has 7\.1, 7\.2\."),
        (find_prediction, "7.z", r"There is no '7\.z' in this lesson; it has 7\.a\."),
    ],
)
def test_an_unknown_number_is_answered_with_the_numbers(find, identifier, message):
    with pytest.raises(ValueError, match=message):
        find(identifier)


def test_a_lesson_without_predictions_says_so(course):
    course()
    with pytest.raises(ValueError, match="it has none"):
        find_exercise("7.1")


@pytest.mark.parametrize("identifier", [1.2, 7, None, "", "one", "1", "1.", "1.a", "1.2.3", " 1.2", "0.1\n", ["0.1"]])
def test_what_is_no_id_of_an_exercise_is_answered_with_an_example(identifier):
    with pytest.raises(ValueError, match=r'An exercise has an id in quotes such as "1\.2", got'):
        find_exercise(identifier)


@pytest.mark.parametrize("identifier", ["1.2", "1.A", "1.ab", None])
def test_what_is_no_id_of_a_prediction_is_answered_with_an_example(identifier):
    with pytest.raises(ValueError, match=r'A prediction has an id in quotes such as "1\.a", got'):
        find_prediction(identifier)


@pytest.mark.parametrize("identifier", ["1" * 5000 + ".1", "\u0661.1", "1.1\n"])
def test_an_odd_id_is_answered_briefly_and_without_our_lines(identifier):
    with pytest.raises(Misuse, match="An exercise has an id in quotes") as caught:
        find_exercise(identifier)
    (sentence,) = caught.value._render_traceback_()
    assert len(sentence) < 120
