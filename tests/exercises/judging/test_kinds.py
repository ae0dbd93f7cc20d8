"""What kind of thing a result has to be, and the remedy where it is another."""

import decimal
import fractions

import numpy as np
import pytest

from marl_lessons.exercises.judging.calling import Submission
from marl_lessons.exercises.judging.kinds import expect_array, expect_bool, expect_bools, expect_number, expect_word
from marl_lessons.exercises.judging.mistakes import Mistake


@pytest.mark.parametrize(
    "value", [1, 1.5, np.float32(1), np.int64(3), np.array(2.0), fractions.Fraction(1, 2), decimal.Decimal("0.5")]
)
def test_a_number_is_expected(value):
    expect_number(value)


def test_bools_are_expected():
    expect_bools(np.array([True, False]), (2,), "runs")


@pytest.mark.parametrize(
    ("value", "phrase"),
    [
        ([True, False], r"got a list: \[True, False\]\. Wrap it in `np\.array"),
        ([1, 0], r"got a list: \[1, 0\]\.$"),
        (np.array([1, 0]), r"got an array of shape \(2,\).*`\.astype\(bool\)`"),
        (np.array([True]), r"got shape \(1,\)\. Axis 0 is 1 long and should be 2"),
        (True, "got a bool: True"),
        (None, "Did you forget `return`"),
    ],
)
def test_what_are_no_bools_is_a_mistake_with_a_remedy(value, phrase):
    with pytest.raises(Mistake, match=phrase):
        expect_bools(value, (2,), "runs")


@pytest.mark.parametrize(
    ("value", "phrase"),
    [
        (None, "Did you forget `return`?"),
        (True, "Expected a number, got a bool: True."),
        (np.True_, "Expected a number"),
        ("1", "Expected a number, got a str: '1'."),
        (np.array([1.0]), "Expected a single number, got an array of shape (1,)."),
        (1j, "got complex ones (dtype complex128)"),
        (np.complex128(1), "Its imaginary part is 0: take `.real`."),
        (float("inf"), "The result is infinite (often 1/0): inf."),
        (10**400, "Expected a number that a float can hold"),
        ((0, 5), "A comma makes a tuple"),
        (np.nan, "often 0/0"),
        (np.ma.masked, "got one that is masked"),
    ],
)
def test_what_is_no_number_is_a_mistake(value, phrase):
    with pytest.raises(Mistake) as mistake:
        expect_number(value)
    assert phrase in str(mistake.value)


@pytest.mark.parametrize("array", [np.ones((2, 3)), np.ones((2, 3), dtype=int), np.ones((2, 3), dtype=np.float32)])
def test_an_array_of_the_shape_is_expected(array):
    expect_array(array, (2, 3), "runs, agents")


def test_a_wrong_shape_is_named_with_the_meaning_of_the_axes():
    with pytest.raises(Mistake, match=r"Expected shape \(2, 3\) \(runs, agents\), got shape \(3, 2\)\."):
        expect_array(np.ones((3, 2)), (2, 3), "runs, agents")


@pytest.mark.parametrize("value", [True, False, np.True_, np.array(True)])
def test_a_bool_is_expected(value):
    expect_bool(value)


GREETINGS = ("good day", "hello")


def greet(word):
    """Returns a submission whose function answers with this word, whatever it is asked."""
    return Submission(lambda hour: word, lambda hour: "hello")


@pytest.mark.parametrize("word", ["hello", "good day", np.str_("hello"), np.array("hello")])
def test_one_of_the_words_is_expected(word):
    expect_word(greet(word), (3,), GREETINGS)


@pytest.mark.parametrize(
    ("word", "phrase"),
    [
        ("Hello!", 'Write it as the docstring does: "hello".'),
        ("good_day", 'Write it as the docstring does: "good day".'),
        ("bye", "Is it a word of your own, or spelled differently?"),
        (None, "Did you forget `return`?"),
        (True, "got a bool: True. Return one of these words, in quotes."),
        (["hello"], "Return one of these words, in quotes."),
    ],
)
def test_another_word_is_told_with_a_remedy_and_what_was_asked(word, phrase):
    with pytest.raises(Mistake) as mistake:
        expect_word(greet(word), (3,), GREETINGS)
    assert phrase in str(mistake.value)
    assert "This was asked:\n```\nhour = 3\n" in str(mistake.value)


@pytest.mark.parametrize("value", [0, 1.0, "True", None, np.array([True])])
def test_what_is_no_bool_is_a_mistake(value):
    with pytest.raises(Mistake):
        expect_bool(value)


@pytest.mark.parametrize(
    ("value", "phrase"),
    [
        (np.ones((3, 2)), "`.T` swaps them"),
        (np.ones((2, 1, 3)), "An axis of length 1 is too many"),
        (np.ones(3), "was too much added up, or does `return` stand inside a loop?"),
        (np.ones((2, 3, 4)), "That is an axis too many"),
        (np.ones(6), "It holds as many numbers as are asked for: `.reshape(2, 3)`"),
        (np.ones((2, 1)), "Axis 1 is 1 long and should be 3"),
        (np.ones((3, 2)).tolist(), "As an array it would have shape (3, 2). The axes are the other way round"),
        ([[1.0], [2.0, 3.0]], "Its parts differ in length"),
        (
            np.array([[True] * 3] * 2),
            "got dtype bool. True and False say where something holds: `np.where(that, …, …)`",
        ),
        (np.array([[True] * 3] * 2, dtype=object), "got dtype object. Convert it: `.astype(float)`."),
        (np.array([[1, np.nan, 2]] * 2), "In your result 2 of 6 entries are `nan`"),
        (np.ones((2, 3)).tolist(), "Wrap it in `np.array(...)`."),
        ((np.ones((2, 1)), np.ones(3)), "A comma between two things makes a tuple"),
        ({0: np.ones(3)}, "`np.array(list(x.values()))`"),
        ("[[1, 1, 1]]", "Return the numbers themselves"),
        (np.ma.ones((2, 3)), "Make it one with `.filled(…)`."),
    ],
)
def test_what_is_no_array_of_the_shape_is_told_with_a_remedy(value, phrase):
    with pytest.raises(Mistake) as mistake:
        expect_array(value, (2, 3), "runs, agents")
    assert phrase in str(mistake.value)
