"""What wrong results have in common is said where all of them show it."""

import numpy as np
import pytest

from marl_lessons.exercises.judging.cases import Case
from marl_lessons.exercises.judging.other_results import find_other_result, find_side
from marl_lessons.exercises.judging.trials import Labels, Trial, are_numeric

RIGHT = [np.array([1.5, -2.0]), np.array([4.0, 0.25, -1.0]), np.array([-0.5]), np.array([3.0, 2.0])]


def make_trials(make, rights=RIGHT):
    """Returns a trial for each right result, with what is made of it for a result."""
    return [Trial(Case(()), make(right), right, 1e-6) for right in rights]


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (np.abs, "`abs(x)`, without its sign"),
        (lambda x: np.maximum(x, 0), "`max(x, 0)`"),
        (lambda x: np.minimum(x, 0), "`min(x, 0)`"),
        (lambda x: 1 - x, "`1 - x`"),
        (lambda x: x * x, "`x ** 2`"),
    ],
)
def test_how_all_results_are_made_of_the_right_ones_is_named(make, words):
    assert find_other_result(make_trials(make)).startswith(f"Your result is always {words}")


@pytest.mark.parametrize(
    "make",
    [
        lambda x: np.abs(x) + 0.1,
        lambda x: np.where(x < -1, -x, x),
        lambda x: np.maximum(x, -0.75),
        lambda x: 1 - x * x,
        lambda x: x * x * x,
    ],
)
def test_results_that_are_made_in_another_way_are_not(make):
    assert find_other_result(make_trials(make)) == ""


def test_the_direction_of_all_wrong_results_is_named():
    assert "it is too large" in find_side(make_trials(lambda x: x + 0.5 * (x > 1) + (x < -1)))
    assert "it is too small" in find_side(make_trials(lambda x: x - 0.5 * (x > 1) - 9 * (x < -1)))


def test_results_that_are_wrong_in_both_directions_have_none():
    assert find_side(make_trials(lambda x: 1.5 * x)) == ""


def test_two_wrong_results_show_nothing():
    assert find_side(make_trials(lambda x: x + 1, RIGHT[:2])) == ""
    assert find_other_result(make_trials(np.abs, RIGHT[:2])) == ""


def test_one_word_that_always_stands_for_another_is_named():
    mixed, cooperative = (Trial(Case(()), "mixed", right, 1e-6) for right in ("competitive", "cooperative"))
    assert 'it is "mixed" and should be "competitive"' in find_side([mixed] * 3)
    assert find_side([mixed, cooperative]) == ""


def test_arrays_of_true_and_false_are_no_size_but_a_question_for_each_entry():
    rights = [np.array([True, False, True]), np.array([False, True]), np.array([True]), np.array([False, False])]
    assert "it is False and should be True" in find_side(make_trials(lambda x: x & False, rights))
    assert "it is True and should be False" in find_side(make_trials(lambda x: x | True, rights))
    assert find_side(make_trials(lambda x: ~x, rights)) == ""


def test_results_of_another_kind_have_no_size():
    assert find_side([Trial(Case(()), None, RIGHT[0], 1e-6, misfit="The result is `None`.")] * 3) == ""


def test_of_labels_no_size_is_told():
    pairs = [Labels(pair) for pair in ((2, 2), (1, 1), (2, 2), (1, 2))]
    trials = make_trials(lambda pair: (0, 0), pairs)
    assert not are_numeric(trials)
    assert find_side(trials) == find_other_result(trials) == ""
    assert "too small" in find_side(make_trials(lambda pair: (0, 0), [tuple(pair) for pair in pairs]))
