"""Exact policy gradients beside finite differences, and where agents get that follow them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marl_lessons import games, solvers
from marl_lessons.environments import Dispatch, TwoStep
from marl_lessons.games import MatrixGame
from marl_lessons.policies import joint_policy, softmax
from marl_lessons.solvers.policy_gradient import (
    climb_payoffs,
    climb_values,
    group_by_end,
    payoff_flow,
    payoff_gradients,
    spread_over_states,
    team_gradients,
)
from tests.finite_differences import differentiate


@settings(max_examples=20)
@given(st.integers(0, 10_000), st.integers(1, 3))
def test_the_payoff_gradient_is_the_derivative_of_each_agent_s_own_payoff(seed, num_agents):
    rng = np.random.default_rng(seed)
    game = MatrixGame(rng.normal(size=(num_agents, *[3] * num_agents)))
    preferences = rng.normal(size=(num_agents, 3))
    found = payoff_gradients(game, softmax(preferences))
    for agent in range(num_agents):
        by_all = differentiate(lambda theta, agent=agent: game.expected_payoffs(softmax(theta))[agent], preferences)
        np.testing.assert_allclose(found[agent], by_all[agent], atol=1e-6)


def test_many_runs_climb_as_each_alone():
    game = games.climbing()
    starts = np.random.default_rng(0).normal(size=(4, 5, 2, 3))
    together = climb_payoffs(game, starts, rate=0.1, steps=30, keep=10)
    assert together.shape == (4, 4, 5, 2, 3)
    np.testing.assert_allclose(together[0], softmax(starts))
    alone = climb_payoffs(game, starts[1, 2], rate=0.1, steps=30)
    np.testing.assert_allclose(together[:, 1, 2], alone[::10])


def test_runs_are_grouped_by_where_they_end():
    ends = np.eye(2)[[[1, 1], [0, 1], [1, 1]]]  # (R, N, A)
    groups = group_by_end(np.stack([np.full((3, 2, 2), 0.5), ends]), "ab")
    assert {name: runs.shape for name, runs in groups.items()} == {"to (a, b)": (2, 1, 2, 2), "to (b, b)": (2, 2, 2, 2)}
    np.testing.assert_array_equal(groups["to (a, b)"][-1], ends[1:2])


def test_small_steps_of_a_team_never_lose():
    paths = climb_payoffs(games.climbing(), np.random.default_rng(1).normal(size=(20, 2, 3)), rate=0.005, steps=200)
    worth = np.einsum("tra,trb,ab->tr", paths[:, :, 0], paths[:, :, 1], games.climbing().payoffs[0])
    assert (np.diff(worth, axis=0) > -1e-9).all()


def test_the_flow_is_what_a_small_step_does_to_the_probabilities():
    game, chances = games.battle_of_sexes(), np.array([0.1, 0.6])
    flow = payoff_flow(game, chances)
    for row, column in np.ndindex(2, 2):
        first = chances[[row, column]]
        start = np.log(np.stack([first, 1 - first], axis=-1))
        before, after = climb_payoffs(game, start, rate=1e-6, steps=1)
        np.testing.assert_allclose(flow[row, column], (after - before)[:, 0] / 1e-6, rtol=1e-4)


def test_a_flow_is_for_two_agents_with_two_actions():
    with pytest.raises(ValueError, match=r"game.payoffs must have shape \(2, 2, 2\), got \(2, 3, 3\)"):
        payoff_flow(games.climbing(), np.array([0.5]))


def team_worth(game, observations, gamma):
    """Return the function that values preferences (N, O, A): the mean over starts and agents."""

    def worth(preferences):
        joint = joint_policy(spread_over_states(softmax(preferences), observations))
        return solvers.evaluate_joint_policy(game, joint, gamma).mean(axis=0) @ game.start

    return worth


@pytest.mark.parametrize("view", ["full", "own"])
def test_the_team_s_gradient_in_dispatch_is_the_derivative_of_its_value_in_both_views(view):
    dispatch = Dispatch(view=view, team_share=0.5)
    game, observations = dispatch.to_tabular(), dispatch.observe(dispatch.states)
    preferences = np.random.default_rng(2).normal(size=(2, 2, dispatch.num_observations, 3))
    gradients, values = team_gradients(game, softmax(preferences), observations, 0.9)
    worth = team_worth(game, observations, 0.9)
    for run in (0, 1):
        assert values[run] == pytest.approx(worth(preferences[run]))
        np.testing.assert_allclose(gradients[run], differentiate(worth, preferences[run]), atol=1e-5)


def test_after_the_end_nothing_counts():
    game = TwoStep()
    observations = np.repeat(np.arange(4)[:, None], 2, axis=1)
    preferences = np.random.default_rng(3).normal(size=(1, 2, 4, 2))
    gradients, _ = team_gradients(game, softmax(preferences), observations, 0.99)
    expected = differentiate(team_worth(game, observations, 0.99), preferences[0])
    np.testing.assert_allclose(gradients[0], expected, atol=1e-5)
    assert (gradients[0, :, 3] == 0).all()


def test_climbing_a_value_ends_where_it_pays():
    game = TwoStep()
    observations = np.repeat(np.arange(4)[:, None], 2, axis=1)
    policies = climb_values(game, np.zeros((1, 2, 4, 2)), observations, 0.99, rate=1.0, steps=300)
    worth = team_worth(game, observations, 0.99)
    assert worth(np.log(policies[0])) == pytest.approx(7.92, abs=0.05)
