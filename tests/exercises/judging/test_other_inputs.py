"""Results that are right for another input are said to be so, and others that look alike are not."""

import numpy as np
import pytest

from marl_lessons.exercises.judging.calling import Submission
from marl_lessons.exercises.judging.other_inputs import find_other_input
from marl_lessons.exercises.judging.trials import try_all

PRICES = [np.array(prices) for prices in ([1.5, -2.0], [0.25, 4.5, 1.0], [3.5, -1.25, 2.0, 0.5], [-1.0, 7.5])]
SHARES = (0.25, 0.1, 0.9, 0.6)
FLAGS = [np.array(flags) for flags in ([True, False], [False, True, True], [False, False, True, False], [True, True])]
CASES = list(zip(PRICES, FLAGS, SHARES, (3, 1, 4, 2), strict=True))


def mix(prices, flags, share, place):
    """The definition: prices go down by a share where there is a flag, and the place is added to the first."""
    result = prices * np.where(flags, 1 - share, 1.0)
    result[0] += place
    return result


def find(answer, cases=CASES):
    """Returns what is said of an answer."""
    submission = Submission(answer, mix)
    return find_other_input(mix, submission, try_all(submission, cases, mix, 1e-6))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda prices, *others: (-prices, *others), "`prices` were `-prices`"),
        (lambda prices, *others: (np.abs(prices), *others), "`prices` were `abs(prices)`"),
        (lambda prices, *others: (np.maximum(prices, 0), *others), "`prices` were 0 where it is negative"),
        (lambda prices, *others: (np.trunc(prices), *others), "`prices` were cut down to whole numbers"),
        (lambda prices, *others: (prices.round(), *others), "`prices` were rounded to whole numbers"),
        (lambda prices, *others: (np.sort(prices), *others), "`prices` were `np.sort(prices, axis=0)`"),
        (lambda prices, *others: (prices[::-1], *others), "`prices` were `prices[::-1]`, in the reverse order"),
        (lambda prices, *others: (np.roll(prices, 1), *others), "`prices` were `np.roll(prices, 1, axis=0)`"),
        (lambda prices, *others: (0 * prices + prices[0], *others), "`prices` were `prices[0]` in all its places"),
        (lambda prices, *others: (0 * prices + prices.mean(), *others), "`prices` were `prices.mean()` in all"),
        (lambda prices, flags, *others: (prices, ~flags, *others), "`flags` were `~flags`"),
        (lambda prices, flags, share, place: (prices, flags, 1 - share, place), "`share` were `1 - share`"),
        (lambda prices, flags, share, place: (prices, flags, share**2, place), "`share` were `share ** 2`"),
        (lambda prices, flags, share, place: (prices, flags, 1, place), "`share` were 1, whatever it is"),
        (lambda prices, flags, share, place: (prices, flags, share, place - 1), "`place` were `place - 1`"),
        (lambda prices, flags, share, place: (prices, flags, place, share), "`share` and `place` were exchanged"),
    ],
)
def test_the_other_input_for_which_all_results_would_be_right_is_named(change, words):
    assert f"would be right if {words}" in find(lambda *case: mix(*change(*case)))


@pytest.mark.parametrize(
    "answer",
    [
        lambda prices, flags, share, place: mix(prices, flags, 1 - share / 2, place),
        lambda prices, flags, share, place: mix(prices if len(prices) > 2 else -prices, flags, share, place),
        lambda prices, flags, share, place: mix(-prices, flags, share, place) + 0.5,
        lambda prices, flags, share, place: mix(np.sort(prices)[::-1], flags, share, place),
        lambda prices, flags, share, place: mix(prices, ~flags, share, place) * np.where(flags, 1.5, 1),
        lambda prices, flags, share, place: mix(np.ceil(prices), flags, share, place),
        lambda prices, flags, share, place: "no array",
    ],
)
def test_what_only_looks_alike_is_not_taken_for_it(answer):
    assert find(answer) == ""


def test_an_input_for_which_much_is_right_is_no_explanation():
    def list_largest(numbers):
        return tuple(np.flatnonzero(numbers == numbers.max()).tolist())

    def choose(largest, result):
        return result if result in largest else largest[0]

    cases = [(np.array(numbers),) for numbers in ([3.5, 1, 2], [1, 4.5, 0, 2], [2, 1, 1, 8.5], [7, 0.5, 2])]
    for answer, words in ((lambda numbers: 2, ""), (np.argmin, "`numbers` were `-numbers`")):
        submission = Submission(answer, list_largest)
        trials = try_all(submission, cases, list_largest, 1e-6, choose)
        said = find_other_input(list_largest, submission, trials)
        assert words in said
        assert bool(words) == bool(said)


def test_two_cases_are_no_pattern():
    assert find(lambda prices, *others: mix(-prices, *others), CASES[:2]) == ""


def test_an_input_that_the_definition_does_not_know_is_passed_over():
    def pick(index, words):
        return words[index]

    submission = Submission(lambda index, words: words[index - 1], pick)
    cases = [(index, "abc") for index in range(3)]  # there is no word 3, and no word of the number "abc"
    said = find_other_input(pick, submission, try_all(submission, cases, pick, 1e-6))
    assert "`index` were `index - 1`" in said
