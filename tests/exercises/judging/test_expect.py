"""The sentences about answers: quiet where an answer is right, and helpful where it is not."""

import itertools

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


def tell(answer, cases, **options):
    """Returns what somebody is told whose answer disagrees with `add`."""
    with pytest.raises(Mistake) as mistake:
        expect_agreement(as_submission(answer), cases, add, **options)
    return str(mistake.value)


FIRST = Misconception(lambda first, second: first, "You return the first.")
LARGER = Misconception(lambda first, second: max(first, second), "You return the larger one.")


def take_first(first, second):
    return first


def test_of_two_misconceptions_that_look_alike_neither_is_named():
    told = tell(take_first, [(3, 2), (4, 1)], misconceptions=[FIRST, LARGER])
    assert FIRST.message not in told
    assert LARGER.message not in told


def test_two_misconceptions_that_say_the_same_may_look_alike():
    twin = Misconception(lambda first, second: max(first, second), FIRST.message)
    assert FIRST.message in tell(take_first, [(3, 2), (4, 1)], misconceptions=[FIRST, twin])


def test_further_cases_tell_misconceptions_apart_and_are_not_counted():
    cases, ideas = [(3, 2), (4, 1)], [FIRST, LARGER]
    told = tell(take_first, cases, misconceptions=ideas, evidence=lambda: [(2, 5)])
    assert told.startswith("You return the first.\nWrong in all 2 cases tried.")
    assert LARGER.message in tell(LARGER.function, cases, misconceptions=ideas, evidence=lambda: [(2, 5)])


def test_further_cases_keep_a_sentence_from_being_said_of_all():
    def double(first, second):
        return 2 * first - 1 + 0 * second

    cases = [(1, 1), (2, 2), (5, 5)]
    assert "always 1 too small" in tell(double, cases)
    assert "always" not in tell(double, cases, evidence=lambda: [(3, 9)])


def test_an_error_in_a_further_case_is_none_of_this_check():
    told = tell(lambda first, second: {1: 7, 2: 8}[first], [(1, 1), (2, 2)], evidence=lambda: [(9, 9)])
    assert "KeyError" not in told


def test_further_cases_are_not_drawn_for_a_right_answer():
    expect_agreement(as_submission(add), [(1, 2)], add, evidence=lambda: 1 / 0)


def test_an_error_after_wrong_results_is_told_and_rules_out_who_would_meet_none():
    def take_known(first, second):
        return {3: 3, 4: 4}[first]

    cases = [(3, 2), (4, 1), (7, 1)]
    told = tell(take_known, cases, misconceptions=[FIRST])
    assert "Wrong in all 2 cases tried. Then your code raised `KeyError: 7`." in told
    assert FIRST.message not in told
    assert "Two numbers." in tell(take_known, cases, misconceptions=[Misconception(take_known, "Two numbers.")])


def choose_sign(expected, result):
    """Returns the one of two right results, a number and its opposite, that is nearest to a result."""
    return min((expected, -expected), key=lambda right: abs(result - right))


def test_where_several_results_are_right_each_is_accepted_and_the_nearest_is_shown():
    expect_agreement(as_submission(lambda first, second: -first - second), [(1, 2)], add, adapt=choose_sign)
    told = tell(lambda first, second: -first - second - 1, [(1, 2)], adapt=choose_sign)
    assert "# expected: -3\n# got:      -4" in told


def test_any_of_several_right_results_may_come_when_the_first_question_is_asked_again():
    def choose_one(several, result):
        return result if isinstance(several, tuple) and result in several else np.ravel(several)[0]

    results = itertools.cycle([3, 4])
    drawn = as_submission(lambda first, second: next(results) + 0 * first)
    expect_agreement(drawn, [(1, 2)], lambda first, second: (4, 3), adapt=choose_one)


def test_only_where_nothing_is_named_the_parts_of_the_code_are_to_be_printed():
    said = "work it out by hand, and print the parts of your code until one differs:"
    assert said in tell(lambda first, second: (first > 3) * 10 * second, [(3, 2), (4, 1), (5, 9)])
    assert said not in tell(take_first, [(3, 2), (4, 1)], misconceptions=[FIRST])


def test_the_case_that_is_shown_is_explained_below_its_block():
    told = tell(take_first, [(30, 2), (4, 1)], explain=lambda trial: f"{trial.case[0]} and {trial.case[1]}.")
    assert told.endswith("# got:      4\n```\n4 and 1.")


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
