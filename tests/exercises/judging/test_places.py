"""Which entry of an array is wrong is said where all the cases show it, and not where chance may have done it."""

import numpy as np

from marl_lessons.exercises.judging.cases import Case
from marl_lessons.exercises.judging.places import find_place
from marl_lessons.exercises.judging.trials import Trial


def try_lengths(spoil, lengths=(1, 2, 3, 4, 5, 6, 7)):
    """Returns a trial of each length, with ones for right entries; spoil(result) makes some of them wrong."""
    trials = []
    for length in lengths:
        result = np.ones(length)
        spoil(result)
        trials.append(Trial(Case(()), result, np.ones(length), 1e-6))
    return trials


def spoil_at(*where):
    def spoil(result):
        result[slice(*where)] = 7

    return spoil


def test_a_first_entry_that_alone_is_wrong_is_named():
    assert "Only entry 0 of your result is wrong" in find_place(try_lengths(spoil_at(0, 1)))


def test_a_last_entry_that_alone_is_wrong_is_named():
    assert "Only the last entry of your result is wrong" in find_place(try_lengths(spoil_at(-1, None)))


def test_a_first_entry_that_alone_is_right_is_named():
    assert "Only entry 0 of your result is always right" in find_place(try_lengths(spoil_at(1, None)))


def test_a_last_entry_that_alone_is_right_is_named():
    assert "Only the last entry of your result is always right" in find_place(try_lengths(spoil_at(0, -1)))


def test_entries_that_are_all_wrong_have_no_place():
    assert find_place(try_lengths(spoil_at(0, None))) == ""


def test_of_two_entries_none_is_called_the_last():
    assert find_place(try_lengths(spoil_at(1, None), lengths=(2,) * 9)) == ""


def test_numbers_and_results_of_another_kind_have_no_place():
    assert find_place([Trial(Case(()), 2.0, 1.0, 1e-6)]) == ""
    assert find_place([Trial(Case(()), None, np.ones(3), 1e-6, misfit="The result is `None`.")]) == ""


def test_an_entry_that_is_right_where_few_are_wrong_means_nothing():
    assert find_place(try_lengths(spoil_at(2, 3), lengths=(4, 5, 6, 7, 8, 9))) == ""
