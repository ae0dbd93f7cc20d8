"""Policies are distributions over actions, and sampling follows them."""

import numpy as np
import pytest
import scipy.special
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from marl_lessons.policies import (
    choose_greedily,
    deterministic_joint_policy,
    epsilon_greedy,
    explore_uniformly,
    exponential_schedule,
    joint_policy,
    linear_schedule,
    sample_actions,
    sample_softmax,
    softmax,
    uniform_policy,
    value_at,
)

value_tables = arrays(float, (3, 4), elements=st.integers(-5, 5))


def test_uniform_policies_have_the_shape_asked_for():
    policies = uniform_policy(2, 18, 3)
    assert policies.shape == (2, 18, 3)
    assert (policies == 1 / 3).all()


def test_epsilon_greedy_by_hand():
    np.testing.assert_allclose(epsilon_greedy(np.array([1.0, 5, 2, 0]), 0.2), [0.05, 0.85, 0.05, 0.05])


def test_epsilon_greedy_shares_ties():
    np.testing.assert_allclose(epsilon_greedy(np.zeros(4), 0.0), [0.25] * 4)
    np.testing.assert_allclose(epsilon_greedy(np.array([3.0, 3, 1]), 0.3), [0.45, 0.45, 0.1])


def test_values_that_differ_by_rounding_only_are_tied():
    np.testing.assert_array_equal(epsilon_greedy(np.array([0.3, 0.1 + 0.2, 0]), 0.0), [0.5, 0.5, 0])


def test_each_row_may_have_its_own_epsilon():
    policies = epsilon_greedy(np.array([[0.0, 1], [0, 1]]), np.array([0.0, 1.0]))
    assert policies.tolist() == [[0, 1], [0.5, 0.5]]


@given(value_tables, st.floats(0, 1), st.permutations(range(4)))
def test_relabeling_the_actions_relabels_the_policy(q_values, epsilon, order):
    policies = epsilon_greedy(q_values, epsilon)
    np.testing.assert_allclose(policies.sum(axis=-1), 1)
    np.testing.assert_array_equal(epsilon_greedy(q_values[:, order], epsilon), policies[:, order])


@pytest.mark.parametrize("epsilon", [-0.1, 1.1, np.nan])
def test_an_epsilon_that_is_no_probability_is_refused(epsilon):
    with pytest.raises(ValueError, match="epsilon must lie in 0 … 1"):
        epsilon_greedy(np.zeros(2), epsilon)


@given(value_tables, st.floats(0.1, 100))
def test_softmax_agrees_with_scipy(preferences, temperature):
    expected = scipy.special.softmax(preferences / temperature, axis=-1)
    np.testing.assert_allclose(softmax(preferences, temperature), expected, atol=1e-12)


def test_softmax_stands_large_preferences():
    np.testing.assert_allclose(softmax(np.array([1e4, 1e4 - np.log(3)])), [0.75, 0.25])


def test_softmax_refuses_a_temperature_of_zero():
    with pytest.raises(ValueError, match="temperature must be above 0, got 0"):
        softmax(np.zeros(2), 0)
    with pytest.raises(ValueError, match="temperature must be above 0, got 0"):
        sample_softmax(np.zeros(2), 0, np.random.default_rng(0))


def count_frequencies(actions, num_actions):
    return np.bincount(actions, minlength=num_actions) / len(actions)


@pytest.mark.parametrize("q_values", [[1.0, 5, 2, 0], [3.0, 3, 1, 3], [0.0, 0, 0, 0], [-7.0, -7, -9, -8]])
@pytest.mark.parametrize("epsilon", [0, 0.3, 1])
def test_greedy_actions_with_uniform_exploration_are_samples_of_epsilon_greedy(q_values, epsilon):
    rng = np.random.default_rng(0)
    greedy = choose_greedily(np.tile(q_values, (20_000, 1)), rng)
    actions = explore_uniformly(greedy, epsilon, 4, rng)
    expected = epsilon_greedy(np.array(q_values), epsilon)
    np.testing.assert_allclose(count_frequencies(actions, 4), expected, atol=4 * 0.5 / np.sqrt(20_000))


@pytest.mark.parametrize("temperature", [0.5, 2.0])
def test_softmax_samples_follow_the_softmax(temperature):
    preferences = np.array([1.0, 2.0, -1.0])
    actions = sample_softmax(np.tile(preferences, (20_000, 1)), temperature, np.random.default_rng(0))
    expected = softmax(preferences, temperature)
    np.testing.assert_allclose(count_frequencies(actions, 3), expected, atol=4 * 0.5 / np.sqrt(20_000))


@given(value_tables)
def test_a_greedy_choice_is_always_one_of_the_best(q_values):
    actions = choose_greedily(q_values, np.random.default_rng(0))
    assert (q_values[np.arange(3), actions] == q_values.max(axis=-1)).all()


def test_a_linear_schedule_ends_and_stays():
    schedule = linear_schedule(1.0, 0.2, steps=4)
    np.testing.assert_allclose([schedule(step) for step in range(7)], [1, 0.8, 0.6, 0.4, 0.2, 0.2, 0.2])


def test_one_step_is_enough_for_a_schedule():
    schedule = linear_schedule(1.0, 0.2, steps=1)
    np.testing.assert_allclose([schedule(step) for step in range(3)], [1, 0.2, 0.2])


def test_a_schedule_without_steps_is_refused():
    with pytest.raises(ValueError, match="steps must be at least 1, got 0; for a constant give a plain number"):
        linear_schedule(1.0, 0.0, steps=0)
    with pytest.raises(ValueError, match=r"steps must be at least 1, got 0\.05; the order is start, end, steps"):
        linear_schedule(18_000, 1.0, 0.05)


def test_an_exponential_schedule_shrinks_to_its_floor():
    schedule = exponential_schedule(8.0, 0.5, floor=1.5)
    assert [schedule(step) for step in range(5)] == [8, 4, 2, 1.5, 1.5]


def test_the_articles_epsilon_is_half_at_step_139_and_a_twentieth_at_step_598():
    schedule = exponential_schedule(1.0, 0.995)
    assert schedule(138) > 0.5 > schedule(139)
    assert schedule(597) > 0.05 > schedule(598)


def test_a_number_is_a_schedule_that_never_changes():
    assert value_at(0.3, 1_000) == 0.3
    assert value_at(linear_schedule(0.0, 10.0, 10), 3) == 3


def test_samples_follow_the_probabilities_of_their_own_row():
    policies = np.array([[0.2, 0.0, 0.8], [0.5, 0.5, 0.0]])
    actions = sample_actions(np.broadcast_to(policies, (20_000, 2, 3)), np.random.default_rng(0))
    for agent, policy in enumerate(policies):
        frequencies = np.bincount(actions[:, agent], minlength=3) / 20_000
        np.testing.assert_allclose(frequencies, policy, atol=4 * 0.5 / np.sqrt(20_000))
        assert (frequencies[policy == 0] == 0).all()


@given(st.integers(0, 10_000))
def test_a_joint_policy_is_the_product_of_the_agents_probabilities(seed):
    policies = np.random.default_rng(seed).dirichlet(np.ones(3), size=(5, 3, 4))  # (batch, N, S, A)
    expected = np.einsum("bsi,bsj,bsk->bsijk", policies[:, 0], policies[:, 1], policies[:, 2])
    np.testing.assert_allclose(joint_policy(policies), expected)


def test_a_deterministic_joint_policy_takes_its_joint_action():
    joint = deterministic_joint_policy(np.array([[0, 2], [1, 1]]), 3)  # two states
    assert np.argwhere(joint).tolist() == [[0, 0, 2], [1, 1, 1]]
