"""The exact order of the Ising game, and that of a mean field, beside independent answers."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import brentq, minimize

from marl_lessons import games
from marl_lessons.solvers import mean_field


def test_the_critical_temperature_is_where_the_hyperbolic_sine_is_one():
    """Kramers & Wannier 1941: sinh(2 J/T) = 1, and here 2 J/T is 1/τ."""
    assert mean_field.critical_temperature() == pytest.approx(brentq(lambda heat: np.sinh(1 / heat) - 1, 0.5, 2))
    assert mean_field.critical_temperature() == pytest.approx(1.135, abs=0.0005)


def test_order_ends_at_the_critical_temperature_and_not_before():
    critical = mean_field.critical_temperature()
    assert mean_field.ising_order(critical + 1e-9) == 0
    assert mean_field.ising_order(critical - 1e-9) > 0.05
    temperatures = np.linspace(0.001, 3, 500)
    order = mean_field.ising_order(temperatures)
    assert (np.diff(order) <= 0).all()
    assert order[0] == 1
    np.testing.assert_allclose(
        order[order > 0], (1 - np.sinh(1 / np.maximum(temperatures[order > 0], 0.01)) ** -4) ** 0.125
    )


@given(st.floats(0.05, 1.99))
def test_the_order_of_a_mean_field_solves_its_own_equation(temperature):
    order = mean_field.mean_field_order(temperature)
    if temperature < 1.95:  # further up the slope at 0 is close to 1, and a root finder needs a bracket
        found = brentq(lambda one: np.tanh(2 * one / temperature) - one, 1e-2, 1)
        assert order == pytest.approx(found, abs=1e-9)
    assert np.tanh(2 * order / temperature) == pytest.approx(order, abs=1e-12)
    assert order > 0


@given(st.floats(2.0, 50))
def test_above_two_a_mean_field_has_no_order(temperature):
    assert mean_field.mean_field_order(temperature) == pytest.approx(0, abs=1e-4)


def test_a_mean_field_is_what_playing_by_it_again_and_again_comes_to():
    temperatures, order = np.array([0.5, 1.0, 1.5, 1.8]), np.ones(4)
    for _ in range(2_000):
        up, down = np.exp(2 * order / temperatures), np.exp(-2 * order / temperatures)
        order = (up - down) / (up + down)  # the mean direction of a softmax over +2m and -2m
    np.testing.assert_allclose(mean_field.mean_field_order(temperatures), order, atol=1e-9)


@pytest.mark.parametrize("num_agents", [1, 2, 3, 4, 5])
def test_the_best_shared_policy_is_that_of_a_search(num_agents):
    game = games.permutation(num_agents) if num_agents > 1 else games.MatrixGame(np.ones((1, 1)))

    def lose(logits):
        policy = np.exp(logits - logits.max()) / np.exp(logits - logits.max()).sum()
        return -game.expected_payoffs([policy] * num_agents)[0]

    starts = np.random.default_rng(0).normal(size=(3, num_agents))
    found = max(-minimize(lose, start).fun for start in starts)
    assert mean_field.best_shared_value(num_agents) == pytest.approx(found, abs=1e-6)
    everyone_differs = [
        len(set(them)) == num_agents for them in itertools.product(range(num_agents), repeat=num_agents)
    ]
    assert mean_field.best_shared_value(num_agents) == pytest.approx(np.mean(everyone_differs))


@pytest.mark.parametrize("compute", [mean_field.ising_order, mean_field.mean_field_order])
def test_a_temperature_must_be_positive(compute):
    with pytest.raises(ValueError, match="temperature must be above 0"):
        compute(np.array([1.0, 0.0]))
