"""The best additive and the best monotone fit of values of joint actions, and what teams learn that know only fits."""

from itertools import permutations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.optimize import nnls

from marl_lessons import games, solvers
from marl_lessons.environments import Dispatch, TwoStep
from marl_lessons.mixing import mix_monotonically


def squared_error(fit, payoffs):
    return ((fit - payoffs) ** 2).sum()


@given(arrays(float, (2, 3, 4), elements=st.integers(-9, 9)))
def test_the_additive_fit_is_the_least_squares_solution(payoffs):
    joint_actions = np.indices(payoffs.shape).reshape(3, -1)
    features = np.hstack([np.eye(count)[a] for count, a in zip(payoffs.shape, joint_actions, strict=True)])
    solution = np.linalg.lstsq(features, payoffs.ravel())[0]
    np.testing.assert_allclose(solvers.additive_fit(payoffs).ravel(), features @ solution, atol=1e-9)


def list_rising_sets(shape):
    """List all sets of cells that hold, with a cell, every later one, as rows of zeros and ones."""
    tables = np.array(list(product([0, 1], repeat=np.prod(shape)))).reshape(-1, *shape)
    rises = [(np.diff(tables, axis=axis + 1) >= 0).reshape(len(tables), -1).all(axis=1) for axis in range(len(shape))]
    return tables[np.all(rises, axis=0)]


def fit_by_rising_sets(payoffs):
    """Find the least squared error of a monotone fit the long way: a table that rises is a sum of rising sets."""
    sets = list_rising_sets(payoffs.shape).reshape(-1, payoffs.size)
    features = np.vstack([sets, -np.ones(payoffs.size)]).T
    orders = product(*(permutations(range(count)) for count in payoffs.shape))
    return min(nnls(features, payoffs[np.ix_(*order)].ravel())[1] ** 2 for order in orders)


@settings(max_examples=25, deadline=None)
@given(st.sampled_from([(2, 2), (2, 3), (3, 3), (4,), (2, 2, 2)]), st.integers(0, 10_000))
def test_the_monotone_fit_is_the_best_of_all(shape, seed):
    payoffs = np.random.default_rng(seed).integers(-9, 10, size=shape)
    fit = solvers.monotone_fit(payoffs)
    assert solvers.is_monotone(fit)
    assert squared_error(fit, payoffs) == pytest.approx(fit_by_rising_sets(payoffs), abs=1e-6)


def test_a_fit_has_the_order_of_the_payoffs_axes():
    payoffs = np.random.default_rng(0).normal(size=(2, 4))
    np.testing.assert_allclose(solvers.monotone_fit(payoffs.T), solvers.monotone_fit(payoffs).T, atol=1e-9)
    relabeled = solvers.monotone_fit(payoffs[::-1][:, [2, 0, 3, 1]])
    np.testing.assert_allclose(relabeled, solvers.monotone_fit(payoffs)[::-1][:, [2, 0, 3, 1]], atol=1e-9)


@given(st.integers(0, 10_000))
def test_whatever_a_mix_can_say_is_monotone_and_fitted_exactly(seed):
    rng = np.random.default_rng(seed)
    utilities = rng.normal(size=(3, 4))  # of three agents with four actions each
    places = np.moveaxis(np.indices((4, 4, 4)), 0, -1)
    mixing = rng.normal(size=(3, 5)), rng.normal(size=5), rng.normal(size=5), rng.normal()
    table = mix_monotonically(utilities[np.arange(3), places], *mixing)
    assert solvers.is_monotone(table)
    np.testing.assert_array_equal(solvers.monotone_fit(table), table)


@pytest.mark.parametrize(
    ("payoffs", "answer"),
    [
        ([[0, 1], [1, 8]], True),
        ([[1, 0], [0, 1]], False),
        ([[3, 1], [1, 0]], True),  # the first actions are the better ones
        ([[1, 1], [1, 1]], True),
        ([[0, 0], [0, 1], [1, 1]], True),
        ([[0, 1, 2], [1, 0, 3]], False),
        ([[5]], True),
        ([[0, 3, 1]], True),
    ],
)
def test_which_tables_are_monotone(payoffs, answer):
    assert solvers.is_monotone(np.array(payoffs)) is answer


def test_sums_are_monotone():
    assert solvers.is_monotone(solvers.additive_fit(games.climbing().payoffs[0]))


def test_too_many_orders_are_refused():
    with pytest.raises(ValueError, match="payoffs must have at most 15,000 orders of actions, got 518,400"):
        solvers.monotone_fit(np.random.default_rng(0).normal(size=(6, 6)))


def test_many_actions_are_no_hindrance_where_the_table_is_monotone():
    table = np.add.outer(np.arange(20), np.arange(20)) ** 2
    np.testing.assert_array_equal(solvers.monotone_fit(table), table)


# CANON rows 7 and 8.
def test_in_qtran_the_best_sum_misses_the_optimum_and_the_best_monotone_fit_does_not():
    payoffs = games.qtran().payoffs[0]
    additive, monotone = solvers.additive_fit(payoffs), solvers.monotone_fit(payoffs)
    np.testing.assert_allclose(np.unique(additive.round(6)), np.array([-56, -44, -32]) / 9, atol=1e-6)
    assert squared_error(additive, payoffs) == pytest.approx(455.111, abs=1e-3)
    assert additive.argmax() != 0
    assert squared_error(monotone, payoffs) == pytest.approx(288)
    np.testing.assert_allclose(monotone.ravel(), [8] + [-6] * 8, atol=1e-9)


@pytest.mark.parametrize(("loss", "is_optimal"), [(12, True), (13.7, True), (13.8, False), (20, False)])
def test_in_qtran_the_monotone_fit_gives_the_optimum_up_to_a_loss_of_13_77(loss, is_optimal):
    payoffs = np.array([[8, -loss, -loss], [-loss, 0, 0], [-loss, 0, 0]])
    assert (solvers.monotone_fit(payoffs).argmax() == 0) == is_optimal
    assert (2 * loss**2 < 0.8 * (8 + loss) ** 2) == is_optimal


def test_in_climbing_both_fits_prefer_cc():
    payoffs = games.climbing().payoffs[0]
    additive, monotone = solvers.additive_fit(payoffs), solvers.monotone_fit(payoffs)
    assert additive.argmax() == monotone.argmax() == 8
    assert additive[2, 2] == pytest.approx(8.78, abs=0.005)
    assert squared_error(monotone, payoffs) == pytest.approx(997.4, abs=0.05)


# CANON row 6.
def test_in_the_two_step_game_sums_choose_7_and_monotone_mixes_8():
    additive = solvers.fitted_values(TwoStep(), 0.99, solvers.additive_fit)
    monotone = solvers.fitted_values(TwoStep(), 0.99, solvers.monotone_fit)
    np.testing.assert_allclose(additive[0, :, 0], [6.93, 6.435], atol=1e-9)
    np.testing.assert_allclose(additive[2], [[-1.5, 2.5], [2.5, 6.5]], atol=1e-9)
    np.testing.assert_allclose(monotone[0, :, 0], [6.93, 7.92], atol=1e-9)
    np.testing.assert_allclose(monotone[2], [[0, 1], [1, 8]], atol=1e-9)
    np.testing.assert_allclose(additive[1], 7, atol=1e-9)
    assert (additive[3] == 0).all()


def test_without_a_fit_the_values_are_those_of_the_optimum():
    exact = solvers.fitted_values(TwoStep(), 0.9, lambda table: table)
    optimum = solvers.value_iteration(TwoStep(), 0.9)
    np.testing.assert_allclose(exact.reshape(4, -1).max(axis=1), optimum.values, atol=1e-6)


def test_values_that_never_settle_are_refused():
    with pytest.raises(ValueError, match="sweeps must be enough for values to settle, got 2"):
        solvers.fitted_values(TwoStep(), 0.99, lambda table: 2 * table + 1, sweeps=2)


def test_of_several_best_fits_it_is_the_first_one_and_a_table_of_its_own():
    clash = np.array([[1.0, 0.0], [0.0, 1.0]])  # one entry of the four may stand out, and two orders fit equally well
    np.testing.assert_allclose(solvers.monotone_fit(clash), [[1 / 3, 1 / 3], [1 / 3, 1]])
    rising = np.array([[0.0, 1.0], [1.0, 8.0]])
    assert not np.shares_memory(solvers.monotone_fit(rising), rising)


def test_values_settle_to_the_last_digits_however_long_it_takes():
    game = Dispatch().to_tabular()
    exact = solvers.fitted_values(game, 0.5, lambda table: table)
    np.testing.assert_allclose(exact, solvers.value_iteration(game, 0.5).joint_action_values, atol=1e-6)
