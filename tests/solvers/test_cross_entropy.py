"""The search finds what is known, and refuses what cannot be searched."""

import pickle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from marl_lessons import solvers
from marl_lessons.solvers.cross_entropy import refit

TOP = np.array([1.0, -2.0, 3.0])


def hill(candidates, rng):
    """A quadratic hill with its top at TOP, three times as steep along the first axis."""
    return -((candidates - TOP) ** 2 * [3, 1, 1]).sum(axis=1)


@pytest.mark.parametrize("seed", range(3))
def test_the_top_of_a_hill_is_found(seed):
    search = solvers.cross_entropy_search(hill, np.zeros(3), 2.0, np.random.default_rng(seed), rounds=25)
    np.testing.assert_allclose(search.best, TOP, atol=0.15)
    assert search.means.shape == search.spreads.shape == (26, 3)
    assert search.scores.shape == (25, 40)
    assert search.means[0].tolist() == [0] * 3
    assert search.spreads[0].tolist() == [2] * 3
    assert search.scores[-1].mean() > search.scores[0].mean() + 5


def test_a_hill_whose_height_is_measured_with_noise_is_found_too():
    def measure(candidates, rng):
        return hill(candidates, rng) + rng.normal(size=len(candidates))

    search = solvers.cross_entropy_search(measure, np.zeros(3), 2.0, np.random.default_rng(0), rounds=40)
    np.testing.assert_allclose(search.best, TOP, atol=0.7)


def test_a_start_that_is_a_number_and_a_single_parameter():
    search = solvers.cross_entropy_search(lambda c, rng: -((c[:, 0] - 2) ** 2), 0.0, 1.0, np.random.default_rng(0))
    np.testing.assert_allclose(search.best, [2], atol=0.1)


def test_of_the_best_mean_and_deviation_count():
    candidates = np.array([[0.0, 1], [4, 1], [9, 9], [2, 5]])
    assert refit(candidates, [1, 3, 0, 2], 2).tolist() == [[3, 3], [1, 2]]
    assert refit(candidates, [1, 1, 1, 1], 1).tolist() == [[0, 1], [0, 0]]  # of equals the first one


def test_of_many_equals_the_first_ones_count():
    candidates, scores = np.arange(200.0)[:, None], np.arange(200) % 2
    assert refit(candidates, scores, 3).tolist() == [[3], [pytest.approx(np.sqrt(8 / 3))]]  # of 1, 3 and 5


def test_forty_are_drawn_fifteen_times_and_eight_of_them_count_unless_told_otherwise():
    calls, fits = [], []

    def own(candidates, scores, num_best):
        calls.append((len(candidates), num_best))
        fits.append(refit(candidates, scores, num_best))
        return fits[-1]

    search = solvers.cross_entropy_search(hill, np.zeros(3), 1.0, np.random.default_rng(0), refit=own)
    assert calls == [(40, 8)] * 15
    assert search.best.tolist() == fits[-1][0].tolist()  # of the last round


@given(st.integers(1, 6), st.integers(0, 2**32))
def test_the_order_of_candidates_does_not_matter_where_scores_differ(num_best, seed):
    rng = np.random.default_rng(seed)
    candidates, scores = rng.normal(size=(6, 2)), rng.permutation(6)
    order = rng.permutation(6)
    np.testing.assert_allclose(refit(candidates, scores, num_best), refit(candidates[order], scores[order], num_best))


def test_the_learner_s_own_refit_is_used_and_the_noise_added():
    calls = []

    def own(candidates, scores, num_best):
        calls.append((candidates.shape, scores.shape, num_best))
        return np.array([[5.0, 5, 5], [0, 0, 0]])

    search = solvers.cross_entropy_search(
        hill, np.zeros(3), 1.0, np.random.default_rng(0), rounds=2, num_candidates=10, num_best=3, noise=0.5, refit=own
    )
    assert calls == [((10, 3), (10,), 3)] * 2
    assert search.best.tolist() == [5] * 3
    assert search.spreads[-1].tolist() == [0.5] * 3
    assert pickle.loads(pickle.dumps(search)).best.tolist() == [5] * 3


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"num_best": 0}, "num_best must lie in 1 … num_candidates"),
        ({"num_best": 9, "num_candidates": 8}, "got 9 of 8"),
        ({"rounds": 0}, "rounds be at least 1"),
    ],
)
def test_numbers_that_make_no_search_are_refused(options, message):
    with pytest.raises(ValueError, match=message):
        solvers.cross_entropy_search(hill, np.zeros(3), 1.0, np.random.default_rng(0), **options)


def test_scores_are_kept_as_they_were_given_and_chance_comes_from_one_rng():
    rng, told = np.random.default_rng(0), []

    def measure(candidates, same):
        assert same is rng
        told.append(hill(candidates, rng))
        return told[-1]

    search = solvers.cross_entropy_search(measure, np.zeros(3), 1.0, rng, rounds=2, num_candidates=5, num_best=5)
    np.testing.assert_array_equal(search.scores, told)


@pytest.mark.parametrize("scores", [np.zeros(39), np.zeros((40, 1)), np.zeros((40, 2)), np.full(40, np.nan)])
def test_scores_that_rank_nobody_are_refused(scores):
    with pytest.raises(ValueError, match="evaluate must return 40 numbers"):
        solvers.cross_entropy_search(lambda c, rng: scores, np.zeros(3), 1.0, np.random.default_rng(0))
