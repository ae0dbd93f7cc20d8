"""Distributions are checked, and indices drawn from them, down to the last digit."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from marl_lessons.arrays import check_distribution, check_shape, draw_index


@given(st.lists(st.integers(0, 5), min_size=1, max_size=6).filter(any), st.integers(0, 2**32 - 1))
def test_an_index_of_probability_zero_is_never_drawn(weights, seed):
    probabilities = np.array(weights) / sum(weights)
    drawn = draw_index(np.cumsum(np.tile(probabilities, (200, 1)), axis=-1), np.random.default_rng(seed))
    assert (probabilities[drawn] > 0).all()


class Stuck:
    """A random generator that always draws the same number."""

    def __init__(self, number):
        self.number = number

    def random(self, shape):
        return np.full(shape, self.number)


@pytest.mark.parametrize(("number", "index"), [(0.0, 1), (np.nextafter(1, 0), 10)])
def test_the_extreme_draws_stay_within_the_possible(number, index):
    """Ten tenths add up to a little less than 1, between two entries of probability 0."""
    cumulative = np.cumsum([0] + [0.1] * 10 + [0])
    assert cumulative[-1] < 1
    assert draw_index(cumulative, Stuck(number)) == index


def test_the_row_that_is_no_distribution_is_named():
    with pytest.raises(ValueError, match=r"policies\[1\] must sum to 1, got 0.93; divide it by its sum."):
        check_distribution("policies", np.array([[0.5, 0.5], [0.43, 0.5]]))


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        ([np.nan, 1.0], "finite probabilities of at least 0"),
        ([np.inf, 0.0], "finite probabilities of at least 0"),
        ([1.1, -0.1], "finite probabilities of at least 0"),
        ([0.7, 0.4], "must sum to 1, got 1.1"),
        ([0.5, 0.5 - 1e-7], "must sum to 1"),
        ([0.5, 0.5 + 1e-7], "must sum to 1"),
    ],
)
def test_what_is_no_distribution_is_refused(row, complaint):
    with pytest.raises(ValueError, match=complaint):
        check_distribution("policies", np.array([[0.5, 0.5], row]))
    check_distribution("policies", np.array([[0.5, 0.5], [1.0, 1e-12]]))  # rounding is none


def test_every_axis_of_a_shape_counts():
    check_shape("table", np.zeros((2, 3)), [2, 3])
    with pytest.raises(ValueError, match=r"table must have shape \(2, 4\), got \(2, 3\)"):
        check_shape("table", np.zeros((2, 3)), (2, 4))
