"""A result is named as that of another input, or as the right one changed, where it is so in all the cases."""

import numpy as np
import pytest

from marl_lessons.exercises.judging.cases import Case
from marl_lessons.exercises.judging.transformations import (
    CHANGES_OF_ARRAYS,
    CHANGES_OF_BOOLS,
    CHANGES_OF_NUMBERS,
    find_transformation,
)
from marl_lessons.exercises.judging.trials import Trial

TABLES = [np.array(table) for table in ([1.5, -2.0, 7.0], [0.25, 3.0], [-4.0, 2.5, 2.0, 9.0], [6.0, 1.0, 8.0])]
WEIGHTS = [np.array(table) for table in ([0.2, 3.0, 0.5], [1.5, 2.0], [4.0, 0.5, 1.0, 3.0], [0.5, 2.0, 1.0])]
FACTORS = [0.9, 0.5, 0.25, 0.75]
IS_LAST = [True, False, True, True]


def weigh(table, weights, factor, is_last):
    """A definition in which no two parameters play the same part."""
    return float(table @ weights**3) * factor + 100 * is_last + float(table[0])


def scale(table, weights, factor, is_last):
    return factor * table + weights.sum() - is_last


def find(answer, definition=weigh, cases=None):
    cases = list(zip(TABLES, WEIGHTS, FACTORS, IS_LAST, strict=True)) if cases is None else cases
    trials = [Trial(Case(case), answer(*case), definition(*case), 1e-9) for case in cases]
    return find_transformation(definition, ["table", "weights", "factor", "is_last"], trials)


@pytest.mark.parametrize("words", CHANGES_OF_ARRAYS)
def test_a_change_of_an_array_is_named(words):
    change = CHANGES_OF_ARRAYS[words]
    told = find(lambda table, weights, factor, is_last: scale(table, change(weights) + 0.0, factor, is_last), scale)
    assert told == "" or told.startswith("In all 4 cases tried your result is the right one for `weights` ")


@pytest.mark.parametrize(
    "words", ["in reverse order", "sorted", "rounded to whole numbers", "squared", "minus its mean"]
)
def test_the_change_that_was_made_to_an_input_is_the_one_that_is_named(words):
    told = find(lambda table, *others: weigh(CHANGES_OF_ARRAYS[words](table), *others))
    assert told == f"In all 4 cases tried your result is the right one for `table` {words}."


@pytest.mark.parametrize("words", CHANGES_OF_NUMBERS)
def test_a_change_of_a_number_is_named(words):
    change = CHANGES_OF_NUMBERS[words]
    told = find(lambda table, weights, factor, is_last: weigh(table, weights, change(factor), is_last))
    assert told.startswith("In all 4 cases tried your result is the right one for `factor` ")
    assert told.removesuffix(".").endswith(words) or words == "cut to a whole number"  # here the same as 0


def test_a_truth_turned_round_is_named():
    told = find(lambda table, weights, factor, is_last: weigh(table, weights, factor, not is_last))
    assert told == "In all 4 cases tried your result is the right one for `is_last` turned round."
    assert "turned round" in CHANGES_OF_BOOLS


def test_exchanged_inputs_are_named():
    told = find(lambda table, weights, factor, is_last: weigh(weights, table, factor, is_last))
    assert told == "In all 4 cases tried your result is the right one for `table` and `weights` in exchanged places."


@pytest.mark.parametrize("words", ["sorted", "squared", "minus its mean", "divided by its sum"])
def test_what_was_done_to_the_right_result_is_named(words):
    told = find(lambda *case: CHANGES_OF_ARRAYS[words](scale(*case)), scale)
    assert told == f"In all 4 cases tried your result is the right one {words}."


@pytest.mark.parametrize(
    "answer",
    [
        weigh,  # nothing is wrong
        lambda table, weights, factor, is_last: weigh(np.sort(table) + 0.001, weights, factor, is_last),
        lambda table, weights, factor, is_last: weigh(table, weights, factor, is_last) + len(table),
        lambda table, weights, factor, is_last: 0.0,
    ],
)
def test_what_no_change_explains_in_all_cases_is_not_named(answer):
    assert find(answer) == ""


def test_a_change_that_makes_a_difference_too_seldom_proves_nothing():
    cases = [(np.array([1.0, 2.0, 3.0]), *rest) for rest in zip(WEIGHTS[:1] * 4, FACTORS, IS_LAST, strict=True)]
    cases[0] = (np.array([2.0, 1.0, 3.0]), *cases[0][1:])
    assert find(lambda table, *rest: weigh(np.sort(table), *rest), cases=cases) == ""
