"""The sentences about answers: quiet where an answer is right, and helpful where it is not."""

import numpy as np
import pytest

from marl_lessons.exercises.judging.calling import Submission
from marl_lessons.exercises.judging.expect import expect_agreement
from marl_lessons.exercises.judging.mistakes import Misconception, Mistake
from tests.bank.bank import run_cell
from tests.exercises.small_course import add


def as_submission(function):
    return Submission(function, add)


def test_agreement_is_quiet():
    expect_agreement(as_submission(add), [(1, 2), (3, 4)], lambda first, second: second + first)


def test_a_tolerance_may_be_wide():
    almost = as_submission(lambda first, second: first + second + 1e-3)
    expect_agreement(almost, [(1, 2)], add, tolerance=1e-2)
    with pytest.raises(Mistake):
        expect_agreement(almost, [(1, 2)], add, tolerance=1e-4)


def test_a_misconception_is_named_only_where_all_the_cases_show_it():
    idea = [Misconception(lambda first, second: first * second, "You multiplied.")]
    multiply = as_submission(lambda first, second: first * second)
    with pytest.raises(Mistake, match=r"You multiplied\."):
        expect_agreement(multiply, [(2, 2), (2, 3)], add, idea)
    other = as_submission(lambda first, second: 6 if second == 3 else 0)
    with pytest.raises(Mistake, match=r"first = 2\nsecond = 2\nadd\(first, second\)\n# expected: 4\n# got:      0"):
        expect_agreement(other, [(2, 2), (2, 3)], add, idea)


def test_a_difference_behind_the_shown_digits_is_said_to_be_there():
    with pytest.raises(
        Mistake, match=r"# got:      300000\n# the difference is behind the shown digits: up to 0\.001\n"
    ):
        expect_agreement(as_submission(lambda first, second: first + second + 1e-3), [(1e5, 2e5)], add, tolerance=1e-9)


def test_digits_that_float32_loses_where_large_numbers_cancel_are_not_asked_for():
    payoffs, policy = np.array([90_000.1, -90_000.5, 10.7]), np.array([0.45, 0.45, 0.1])
    in_single = as_submission(lambda first, second: float(first.astype(np.float32) @ second.astype(np.float32)))
    expect_agreement(in_single, [(payoffs, policy)], lambda first, second: float(first @ second))
    rounded = as_submission(lambda first, second: round(float(first @ second)))
    with pytest.raises(Mistake):
        expect_agreement(rounded, [(payoffs, policy)], lambda first, second: float(first @ second))


def test_a_parameter_that_is_ignored_for_a_variable_is_named_beside_a_misconception():
    answer = run_cell("prices = [1.0]\n\ndef add(first, other):\n    return first * len(prices)")
    idea = [Misconception(lambda first, second: first, "You leave out the second.")]
    with pytest.raises(Mistake, match=r"You leave out the second\. Your function never reads its parameter `other`\."):
        expect_agreement(as_submission(answer), [(1, 2), (2, 3)], add, idea)
