"""Where optima tie, any of them is right."""

import numpy as np
import pytest

from marl_lessons.exercises.judging.calling import Submission
from marl_lessons.exercises.judging.cases import Case
from marl_lessons.exercises.judging.expect import expect_agreement
from marl_lessons.exercises.judging.mistakes import Misconception, Mistake
from marl_lessons.exercises.judging.ties import accept_ties, choose_one, list_largest
from marl_lessons.exercises.judging.trials import Labels

CASES = [(np.array([1, 3, 3]),), (np.array([2, 2]),), (np.array([5, 0]),)]


def find_largest(numbers):
    return int(np.argmax(numbers))


def list_optima(numbers):
    return choose_one([place for (place,) in list_largest(numbers, 1)])


def judge(answer, **options):
    expect_agreement(Submission(answer, find_largest), CASES, list_optima, adapt=accept_ties, **options)


@pytest.mark.parametrize("answer", [find_largest, lambda numbers: len(numbers) - 1 - np.argmax(numbers[::-1])])
def test_any_of_several_optima_is_right(answer):
    judge(answer)


def test_what_is_no_optimum_is_wrong_and_the_first_one_is_shown():
    with pytest.raises(Mistake, match="expected: 0"):
        judge(lambda numbers: 1)


def test_a_misconception_is_named_as_ever():
    with pytest.raises(Mistake, match="That is the smallest"):
        judge(np.argmin, misconceptions=[Misconception(np.argmin, "That is the smallest.")])


def test_arrays_keep_what_ties_with_them_among_the_kept_answers():
    case = Case((np.array([1, 1]), 1))
    kept = case.ask(lambda numbers, count: choose_one(list_largest(numbers, count)))
    assert accept_ties(kept, np.array([1])).tolist() == [1]
    assert accept_ties(kept, np.array([2])).tolist() == [0]


def test_tuples_are_names_in_any_kind_of_sequence():
    pair = choose_one([(0, 1), (1, 0)])
    assert isinstance(pair, Labels)
    assert accept_ties(pair, np.array([1, 0])) == (1, 0)
    assert accept_ties(pair, [1, 1]) == (0, 1)


def test_a_result_that_knows_no_others_is_the_only_one():
    assert accept_ties(3, 4) == 3


def test_the_largest_are_listed_in_every_way_where_numbers_tie_up_to_rounding():
    assert list_largest([0.1 + 0.2, 1, 0.3], 2) == [[1, 0], [1, 2]]
    assert list_largest([0.1 + 0.2, 1, 0.3], 3) == [[1, 0, 2]]
    assert list_largest([3, 1, 2], 1) == [[0]]
    assert list_largest([1, 2], 0) == [[]]
