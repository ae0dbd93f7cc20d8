"""Exact values and the exact joint optimum, beside independent calculations."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marl_lessons import solvers
from marl_lessons.environments import Dispatch, TwoStep
from marl_lessons.learners import FixedPolicy
from marl_lessons.markov_games import TabularMarkovGame
from marl_lessons.policies import deterministic_joint_policy, joint_policy, uniform_policy
from marl_lessons.rollout import evaluate

seeds = st.integers(0, 10_000)


def random_game(seed, num_agents=2, num_actions=2, num_states=3):
    rng = np.random.default_rng(seed)
    table = (num_states, *[num_actions] * num_agents)
    return TabularMarkovGame(
        transitions=rng.dirichlet(np.ones(num_states), size=table),
        rewards=rng.normal(size=(num_agents, *table)),
        start=np.eye(num_states)[0],
        terminal=np.arange(num_states) == num_states - 1,
    )


def all_deterministic_joint_policies(game):
    """Every way to choose one joint action in each state, (policies, S, A, …, A)."""
    joint_actions = list(itertools.product(range(game.num_actions), repeat=game.num_agents))
    choices = np.array(list(itertools.product(joint_actions, repeat=game.num_states)))  # (policies, S, N)
    return deterministic_joint_policy(choices, game.num_actions)


@given(seeds, st.sampled_from([0.0, 0.5, 0.95]))
def test_values_satisfy_the_bellman_equation(seed, gamma):
    game = random_game(seed)
    policy = joint_policy(np.random.default_rng(seed).dirichlet(np.ones(2), size=(2, 3)))
    values = solvers.evaluate_joint_policy(game, policy, gamma)  # (N, S)
    backed_up = np.einsum("sab,nsab->ns", policy, game.rewards)
    backed_up += gamma * np.einsum("sab,sabt,nt->ns", policy, game.transitions, values)
    np.testing.assert_allclose(values, backed_up * ~game.terminal, atol=1e-10)


def test_values_agree_with_the_mean_return_of_play():
    game, policies = random_game(seed=3), uniform_policy(2, 3, 2)
    values = solvers.evaluate_joint_policy(game, joint_policy(policies), gamma=0.9)[:, 0]
    returns = evaluate(game, FixedPolicy(policies), 10_000, np.random.default_rng(0), gamma=0.9)
    error = 4 * returns.std(axis=0) / np.sqrt(len(returns))
    assert (np.abs(returns.mean(axis=0) - values) < error).all()


def test_many_joint_policies_are_evaluated_as_each_alone():
    game = random_game(seed=0)
    policies = all_deterministic_joint_policies(game)
    together = solvers.evaluate_joint_policy(game, policies, 0.9)
    for index in [0, 17, 63]:
        np.testing.assert_allclose(together[index], solvers.evaluate_joint_policy(game, policies[index], 0.9))


@settings(max_examples=20)
@given(seeds, st.sampled_from([0.0, 0.7, 0.9]))
def test_no_joint_policy_is_better_than_the_optimum_in_any_state(seed, gamma):
    game = random_game(seed)
    best = solvers.value_iteration(game, gamma)
    everything = solvers.evaluate_joint_policy(game, all_deterministic_joint_policies(game), gamma)
    np.testing.assert_allclose(best.values, everything.mean(axis=1).max(axis=0), atol=1e-10)
    chosen = deterministic_joint_policy(best.joint_actions, game.num_actions)
    achieved = solvers.evaluate_joint_policy(game, chosen, gamma).mean(axis=0)
    np.testing.assert_allclose(achieved, best.values, atol=1e-10)


@settings(max_examples=20)
@given(seeds)
def test_the_optimum_within_a_horizon_is_that_of_the_tree_of_all_plays(seed):
    game = random_game(seed)
    team_rewards = game.rewards.mean(axis=0)

    def search(state, steps):
        if steps == 0 or game.terminal[state]:
            return 0.0
        return max(
            team_rewards[(state, *a)]
            + 0.9 * sum(p * search(s, steps - 1) for s, p in enumerate(game.transitions[(state, *a)]))
            for a in itertools.product(range(2), repeat=2)
        )

    optimum = solvers.value_iteration(game, 0.9, horizon=3)
    assert optimum.values.shape == (3, 3)
    assert optimum.joint_actions.shape == (3, 3, 2)
    np.testing.assert_allclose(optimum.values[0], [search(state, 3) for state in range(3)])
    np.testing.assert_allclose(optimum.values[2], [search(state, 1) for state in range(3)])


def test_a_long_horizon_approaches_the_endless_game():
    game = Dispatch().to_tabular()
    endless = solvers.value_iteration(game, 0.9)
    np.testing.assert_allclose(solvers.value_iteration(game, 0.9, horizon=250).values[0], endless.values, atol=1e-8)


def test_joint_actions_that_are_not_allowed_are_not_chosen():
    game = random_game(seed=5)
    allowed = np.array([[False, True], [True, False]])
    best = solvers.value_iteration(game, 0.9, allowed=allowed)
    assert (best.joint_actions.sum(axis=-1) == 1).all()
    assert np.isneginf(best.joint_action_values[:, ~allowed]).all()
    everything = all_deterministic_joint_policies(game)
    permitted = everything[(everything[..., ~allowed] == 0).all(axis=(-2, -1))]
    values = solvers.evaluate_joint_policy(game, permitted, 0.9).mean(axis=1)
    np.testing.assert_allclose(best.values, values.max(axis=0), atol=1e-10)


def test_without_discount_a_game_that_ends_has_finite_values():
    policy = joint_policy(uniform_policy(2, 4, 2))
    values = solvers.evaluate_joint_policy(TwoStep(), policy, gamma=1)
    np.testing.assert_allclose(values, [[4.75, 7, 2.5, 0]] * 2)
    assert solvers.value_iteration(TwoStep(), gamma=1).values.tolist() == [8, 7, 8, 0]


def test_without_discount_a_game_that_goes_on_forever_is_refused():
    game = Dispatch().to_tabular()
    with pytest.raises(ValueError, match="gamma must be below 1 where this joint policy may play on forever"):
        solvers.evaluate_joint_policy(game, joint_policy(uniform_policy(2, 18, 3)), gamma=1)


def test_values_that_never_settle_are_reported(monkeypatch):
    monkeypatch.setattr(solvers.markov_games, "MAX_SWEEPS", 100)
    with pytest.raises(ValueError, match=r"settle within 100 sweeps, got 1; lower gamma, or give a horizon"):
        solvers.value_iteration(Dispatch().to_tabular(), gamma=1)


@pytest.mark.parametrize("gamma", [-0.1, 1.01])
def test_a_gamma_that_is_no_discount_is_refused(gamma):
    with pytest.raises(ValueError, match="gamma must lie in 0 … 1"):
        solvers.value_iteration(TwoStep(), gamma)


def test_a_joint_policy_of_the_wrong_shape_is_refused():
    with pytest.raises(ValueError, match=r"joint_policy must have shape \(…, 4, 2, 2\), got \(2, 4, 2\)"):
        solvers.evaluate_joint_policy(TwoStep(), uniform_policy(2, 4, 2), 0.9)


def test_a_joint_policy_that_does_not_sum_to_1_is_refused():
    with pytest.raises(ValueError, match=r"joint_policy\[0\] must sum to 1, got 4"):
        solvers.evaluate_joint_policy(TwoStep(), np.ones((4, 2, 2)), 0.9)


def test_a_state_without_an_allowed_joint_action_is_refused():
    with pytest.raises(ValueError, match="allowed must leave every state a joint action"):
        solvers.value_iteration(TwoStep(), 0.9, allowed=False)
