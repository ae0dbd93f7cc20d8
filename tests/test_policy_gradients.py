"""Policy gradients beside finite differences, and beside sums over all that may happen."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import log_softmax

from marl_lessons.policies import softmax
from marl_lessons.policy_gradients import (
    clipped_weights,
    counterfactual_advantages,
    entropy_gradient,
    estimate_gradient,
    generalized_advantages,
    lambda_returns,
    log_gradient,
    natural_log_gradient,
    softmax_gradient,
)
from tests.finite_differences import differentiate

seeds = st.integers(0, 10_000)


def draw_preferences(seed, *shape):
    return np.random.default_rng(seed).normal(size=shape)


@given(seeds, st.integers(1, 5))
def test_the_log_gradient_is_the_derivative_of_the_log_probability(seed, num_actions):
    preferences = draw_preferences(seed, num_actions)
    for action in range(num_actions):
        expected = differentiate(lambda theta, action=action: log_softmax(theta)[action], preferences)
        np.testing.assert_allclose(log_gradient(softmax(preferences), np.array(action)), expected, atol=1e-6)


@given(seeds)
def test_log_gradients_of_many_are_those_of_each_and_their_mean_is_zero(seed):
    policies = softmax(draw_preferences(seed, 4, 2, 3))
    actions = np.random.default_rng(seed).integers(3, size=(4, 2))
    together = log_gradient(policies, actions)
    for run, agent in np.ndindex(4, 2):
        np.testing.assert_array_equal(together[run, agent], log_gradient(policies[run, agent], actions[run, agent]))
    every = np.stack([log_gradient(policies, np.full((4, 2), action)) for action in range(3)], axis=-2)
    np.testing.assert_allclose((policies[..., None] * every).sum(axis=-2), 0, atol=1e-12)


@given(seeds)
def test_the_softmax_gradient_is_the_derivative_of_the_worth(seed):
    preferences, values = draw_preferences(seed, 4), 10 * draw_preferences(seed + 1, 4)
    expected = differentiate(lambda theta: softmax(theta) @ values, preferences)
    np.testing.assert_allclose(softmax_gradient(softmax(preferences), values), expected, atol=1e-5)


@given(seeds)
def test_the_entropy_gradient_is_the_derivative_of_the_entropy(seed):
    preferences = draw_preferences(seed, 4)
    expected = differentiate(lambda theta: -softmax(theta) @ log_softmax(theta), preferences)
    np.testing.assert_allclose(entropy_gradient(softmax(preferences)), expected, atol=1e-6)


def test_a_certain_policy_has_no_entropy_to_climb():
    np.testing.assert_array_equal(entropy_gradient(np.array([1.0, 0.0])), [0, 0])


@given(seeds, st.floats(-5, 5))
def test_the_estimate_over_all_joint_actions_is_the_gradient_whatever_the_baseline(seed, baseline):
    """Three agents with two actions: each joint action as often as it happens, by weights instead of draws."""
    preferences, payoffs = draw_preferences(seed, 3, 2), 5 * draw_preferences(seed + 1, 2, 2, 2)

    def worth(theta):
        first, second, third = softmax(theta)
        return np.einsum("a,b,c,abc->", first, second, third, payoffs)

    policies, average = softmax(preferences), np.zeros((3, 2))
    for joint in itertools.product(range(2), repeat=3):
        chance = np.prod([policies[agent, action] for agent, action in enumerate(joint)])
        play = np.array([joint]), np.array([payoffs[joint]])
        average += chance * estimate_gradient(policies, *play, baseline)
    np.testing.assert_allclose(average, differentiate(worth, preferences), atol=1e-5)


def test_an_estimate_by_hand():
    estimate = estimate_gradient(np.array([[0.5, 0.5]]), np.array([[0], [1]]), np.array([3, 1]), 1)
    assert estimate.tolist() == [[0.5, -0.5]]


def test_each_agent_may_have_payoffs_of_its_own():
    policies, actions = np.full((2, 2), 0.5), np.array([[0, 1], [1, 1]])
    own = np.array([[2.0, 0.0], [0.0, 4.0]])
    estimates = estimate_gradient(policies, actions, own)
    for agent in (0, 1):
        np.testing.assert_allclose(estimates[agent], estimate_gradient(policies, actions, own[:, agent])[agent])


def test_payoffs_that_belong_to_no_play_are_turned_down():
    with pytest.raises(ValueError, match=r"payoffs must have shape \(2,\), got \(3,\)"):
        estimate_gradient(np.full((1, 2), 0.5), np.zeros((2, 1), int), np.ones(3))


@given(seeds)
def test_counterfactual_advantages_leave_the_gradient_as_it_is(seed):
    """Σ over joint actions of π(a) A_i ∂log π_i equals the gradient of the expected payoff."""
    rng = np.random.default_rng(seed)
    own, partner = rng.dirichlet(np.ones(3)), rng.dirichlet(np.ones(4))
    payoffs = rng.normal(size=(3, 4))
    average = np.zeros(3)
    for mine, other in np.ndindex(3, 4):
        advantage = counterfactual_advantages(payoffs[:, other], own, np.array(mine))
        average += own[mine] * partner[other] * advantage * log_gradient(own, np.array(mine))
    np.testing.assert_allclose(average, softmax_gradient(own, payoffs @ partner), atol=1e-12)


@given(seeds)
def test_the_natural_gradient_is_the_fisher_information_solved_for_the_log_gradient(seed):
    policies = softmax(draw_preferences(seed, 4))
    fisher = np.diag(policies) - np.outer(policies, policies)
    for action in range(4):
        plain = log_gradient(policies, np.array(action))
        np.testing.assert_allclose(
            natural_log_gradient(policies, np.array(action)), np.linalg.pinv(fisher) @ plain, rtol=1e-6, atol=1e-8
        )


def test_a_floor_bounds_the_natural_gradient():
    steep = natural_log_gradient(np.array([0.999, 0.001]), np.array(1), floor=0.05)
    np.testing.assert_allclose(steep, [-10, 10])


@given(seeds)
def test_clipped_weights_give_the_derivative_of_the_clipped_surrogate(seed):
    rng = np.random.default_rng(seed)
    preferences, old = draw_preferences(seed, 3), rng.dirichlet(np.ones(3))
    action, advantage = int(rng.integers(3)), rng.normal()

    def surrogate(theta):
        ratio = softmax(theta)[action] / old[action]
        return min(ratio * advantage, np.clip(ratio, 0.8, 1.2) * advantage)

    policies = softmax(preferences)
    ratio = policies[action] / old[action]
    weight = clipped_weights(ratio, advantage, 0.2)
    if min(abs(ratio - 0.8), abs(ratio - 1.2)) > 1e-3:  # at a kink there is no derivative
        found = weight * log_gradient(policies, np.array(action))
        np.testing.assert_allclose(found, differentiate(surrogate, preferences), atol=1e-5)


def returns_one_by_one(rewards, values, next_values, terminated, truncated, gamma, trace):
    """The λ-return of one run by its recursive definition, from the end."""
    returns = []
    for time in reversed(range(len(rewards))):
        if terminated[time]:
            future = 0.0
        elif truncated[time] or not returns:
            future = next_values[time]
        else:
            future = (1 - trace) * next_values[time] + trace * returns[-1]
        returns.append(rewards[time] + gamma * future)
    return returns[::-1]


@given(seeds, st.floats(0, 1), st.floats(0, 1))
def test_lambda_returns_are_those_of_the_definition_run_by_run(seed, gamma, trace):
    rng = np.random.default_rng(seed)
    rewards, values, next_values = rng.normal(size=(3, 6, 2))
    terminated = rng.random((6, 2)) < 0.3
    truncated = ~terminated & (rng.random((6, 2)) < 0.3)
    goes_on = ~(terminated | truncated)[:-1]
    next_values[:-1][goes_on] = values[1:][goes_on]  # the next step begins where this one ended
    found = lambda_returns(rewards, values, next_values, terminated, truncated, gamma, trace)
    for run in (0, 1):
        columns = [array[:, run] for array in (rewards, values, next_values, terminated, truncated)]
        np.testing.assert_allclose(found[:, run], returns_one_by_one(*columns, gamma, trace), atol=1e-12)


def test_with_trace_1_advantages_are_returns_minus_values_and_with_trace_0_one_step_errors():
    rewards, values, next_values = np.array([1.0, 2.0, 4.0]), np.array([10.0, 20.0, 30.0]), np.array([20.0, 30.0, 0.0])
    ends = np.array([False, False, True]), np.zeros(3, bool)
    full = generalized_advantages(rewards, values, next_values, *ends, gamma=0.5, trace=1)
    assert full.tolist() == [1 + 1 + 1 - 10, 2 + 2 - 20, 4 - 30]
    short = generalized_advantages(rewards, values, next_values, *ends, gamma=0.5, trace=0)
    assert short.tolist() == [1 + 10 - 10, 2 + 15 - 20, 4 - 30]
