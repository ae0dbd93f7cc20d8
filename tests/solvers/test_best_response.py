"""A best response is the best that an agent can do against fixed others, found exactly."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marl_lessons import solvers
from marl_lessons.environments import TwoStep
from marl_lessons.markov_games import TabularMarkovGame
from marl_lessons.policies import joint_policy, uniform_policy

seeds = st.integers(0, 10_000)


def random_game_and_policies(seed):
    """Three agents with two actions, three states of which the last is terminal, and a policy for each agent."""
    rng = np.random.default_rng(seed)
    game = TabularMarkovGame(
        transitions=rng.dirichlet(np.ones(3), size=(3, 2, 2, 2)),
        rewards=rng.normal(size=(3, 3, 2, 2, 2)),
        start=[1, 0, 0],
        terminal=[False, False, True],
    )
    return game, rng.dirichlet(np.ones(2), size=(3, 3))  # (N, S, A)


@given(seeds, st.sampled_from([0, 1, 2]))
def test_with_the_others_fixed_an_agent_earns_what_it_earns_among_them(seed, agent):
    game, policies = random_game_and_policies(seed)
    alone = solvers.fix_others(game, agent, policies)
    among = solvers.evaluate_joint_policy(game, joint_policy(policies), 0.9)[agent]
    np.testing.assert_allclose(solvers.evaluate_joint_policy(alone, policies[agent], 0.9)[0], among)


@settings(max_examples=20)
@given(seeds, st.sampled_from([0, 1, 2]))
def test_no_policy_answers_better_than_the_best_response(seed, agent):
    game, policies = random_game_and_policies(seed)
    answers = np.eye(2)[list(itertools.product(range(2), repeat=3))]  # every deterministic policy, (8, S, A)
    tried = np.tile(policies, (8, 1, 1, 1))  # (8, N, S, A)
    tried[:, agent] = answers
    values = solvers.evaluate_joint_policy(game, joint_policy(tried), 0.9)[:, agent]  # (8, S)
    best = solvers.best_response(game, agent, policies, 0.9)
    np.testing.assert_allclose(best.values, values.max(axis=0), atol=1e-9)


def test_beside_a_uniform_partner_the_safe_branch_of_the_two_step_game_is_best():
    """2A pays 7, and in 2B action 1 pays (1 + 8)/2 = 4.5."""
    best = solvers.best_response(TwoStep(), 0, uniform_policy(2, 4, 2), gamma=1)
    np.testing.assert_allclose(best.values, [7, 7, 4.5, 0])
    assert best.joint_actions[:3, 0].tolist() == [0, 0, 1]


def test_a_partner_s_policy_that_is_no_distribution_is_refused():
    with pytest.raises(ValueError, match=r"policies\[1\]\[0\] must sum to 1, got 2"):
        solvers.fix_others(TwoStep(), 0, [None, np.ones((4, 2))])
