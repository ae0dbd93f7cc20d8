"""Mixing utilities: what rises with what, and how steeply, by hand and by finite differences."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from marl_lessons.mixing import differentiate_any_mix, differentiate_mix, elu, mix_monotonically, sum_utilities
from tests.finite_differences import differentiate


def draw_arguments(seed, plays=4, agents=3, hidden=5):
    """Draw utilities, weights, biases, last weights and last bias as mixes take them."""
    rng = np.random.default_rng(seed)
    shapes = (plays, agents), (plays, agents, hidden), (plays, hidden), (plays, hidden), (plays,)
    return tuple(rng.normal(scale=2, size=shape) for shape in shapes)


def test_a_mix_by_hand():
    """Hidden units 1·1 + 2·|-1| = 3 and 1·0.5 - 2 = -1.5; 3·2 + (e^-1.5 - 1)·1 - 4."""
    weights = np.array([[1, 0.5], [-1, 0]])
    mixed = mix_monotonically(np.array([1, 2]), weights, np.array([0, -2]), np.array([2, -1]), -4)
    assert mixed == pytest.approx(1 + np.exp(-1.5))


def test_sums_and_bent_lines():
    np.testing.assert_array_equal(sum_utilities(np.array([[1, 2], [3, -4]])), [3, -1])
    np.testing.assert_allclose(elu(np.array([-1e9, -1e-9, 0, 1e-9, 800])), [-1, -1e-9, 0, 1e-9, 800])


def test_plays_are_mixed_one_by_one():
    arguments = draw_arguments(0)
    one_by_one = [mix_monotonically(*(part[play] for part in arguments)) for play in range(4)]
    np.testing.assert_allclose(mix_monotonically(*arguments), one_by_one)


@given(st.integers(0, 10_000))
def test_a_mix_rises_with_each_utility_whatever_the_signs_of_its_weights(seed):
    utilities, *mixing = draw_arguments(seed)
    more = np.random.default_rng(seed).exponential(size=utilities.shape)
    assert (mix_monotonically(utilities + more, *mixing) >= mix_monotonically(utilities, *mixing)).all()
    assert (differentiate_mix(utilities, *mixing)[1][0] >= 0).all()


@given(st.integers(0, 10_000))
def test_everybody_s_own_best_action_is_the_best_joint_action(seed):
    _, *mixing = draw_arguments(seed, plays=1, agents=2)
    tables = np.random.default_rng(seed).normal(size=(2, 4))  # of two agents with four actions each
    joint = np.stack(np.meshgrid(*tables, indexing="ij"), axis=-1)  # (A, A, N)
    values = mix_monotonically(joint, *(part[0] for part in mixing))
    assert values[tuple(tables.argmax(axis=1))] == values.max()


@pytest.mark.parametrize("place", range(5))
def test_gradients_are_those_of_finite_differences(place):
    arguments = draw_arguments(1)

    def total(part):
        return mix_monotonically(*arguments[:place], part, *arguments[place + 1 :]).sum()

    q_tot, gradients = differentiate_mix(*arguments)
    np.testing.assert_allclose(q_tot, mix_monotonically(*arguments))
    np.testing.assert_allclose(gradients[place], differentiate(total, arguments[place]), atol=1e-7)


def test_any_mix_is_differentiated_by_nudges():
    arguments = draw_arguments(2)
    q_tot, gradients = differentiate_any_mix(mix_monotonically, arguments)
    exact_q_tot, exact = differentiate_mix(*arguments)
    np.testing.assert_allclose(q_tot, exact_q_tot)
    for part, exact_part in zip(gradients, exact, strict=True):
        assert part.shape == exact_part.shape
        np.testing.assert_allclose(part, exact_part, atol=1e-8)


def test_nudges_leave_the_arguments_as_they_are_and_work_for_one_argument_too():
    arguments = (np.array([[1.0, 2.0], [3.0, 4.0]]),)
    q_tot, (gradient,) = differentiate_any_mix(lambda utilities: (utilities**2).sum(axis=1), arguments)
    np.testing.assert_allclose(q_tot, [5, 25])
    np.testing.assert_allclose(gradient, [[2, 4], [6, 8]])
    np.testing.assert_array_equal(arguments[0], [[1, 2], [3, 4]])
