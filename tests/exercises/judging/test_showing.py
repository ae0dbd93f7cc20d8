"""Values are shown briefly, and whatever they are."""

import numpy as np
import pytest

from marl_lessons.exercises.judging.showing import describe, show_value, write_code
from tests.exercises.small_course import Hostile


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (np.ones((2, 3)), "an array of shape (2, 3)"),
        (1.23456, "a float: 1.235"),
        (3, "an int: 3"),
        ([1], "a list: [1]"),
        ([0.1 + 0.2, 1e-12 / 3], "a list: [0.3, 3.333e-13]"),
        ([[1, 2], [3]], "a list of 2 parts"),
        ((np.ones(2), 3), "a tuple of 2 parts"),
        (list(range(5)), "a list of 5 parts"),
        (Hostile(), "a Hostile: <Hostile instance>"),
        (int, "the class `int`"),
        (np.ma.array([1]), "a masked array of shape (1,)"),
        (len, "a function (did you forget to call it with parentheses?)"),
    ],
)
def test_a_value_is_described(value, words):
    assert describe(value) == words


@pytest.mark.parametrize("value", ["x" * 10_000, list(range(10_000)), np.arange(10_000), 10**4_000, {"a": "x" * 999}])
def test_a_value_is_shown_briefly(value):
    assert len(show_value(value)) <= 242


@pytest.mark.parametrize(
    ("array", "is_short"),
    [
        (np.full(3, 1 / 3), True),
        (np.full((2, 7), 1 / 7), True),
        (np.full(2, 0.5), False),
        (np.array([1, 2]) / 3, False),
    ],
)
def test_an_array_of_equal_shares_is_written_without_sixteen_digits(array, is_short):
    code = write_code(array)
    assert np.array_equal(eval(code, {"np": np}), array)
    assert ("1 / " in code) is is_short


def test_a_shown_value_has_no_address():
    assert show_value(iter(range(3))) == "<range_iterator object>"


def test_arrays_inside_of_a_value_stay_on_its_line():
    assert "\n" not in show_value((np.ones((2, 2)), 1))
