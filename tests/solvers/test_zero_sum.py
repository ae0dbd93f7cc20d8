"""Minimax, guarantees, exploitability and Shapley's iteration, beside hand calculations and independent solvers."""

import nashpy
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from marl_lessons import games, solvers
from marl_lessons.games import MatrixGame
from marl_lessons.markov_games import TabularMarkovGame
from marl_lessons.solvers import zero_sum

small_tables = st.tuples(st.integers(1, 4), st.integers(1, 4)).flatmap(
    lambda shape: arrays(float, shape, elements=st.integers(-5, 5))
)
seeds = st.integers(0, 10_000)


def random_contest(seed, num_states=4):
    """A zero-sum Markov game of two agents with two actions, whose last state is terminal."""
    rng = np.random.default_rng(seed)
    rewards = rng.normal(size=(num_states, 2, 2))
    return TabularMarkovGame(
        transitions=rng.dirichlet(np.ones(num_states), size=(num_states, 2, 2)),
        rewards=np.stack([rewards, -rewards]),
        start=np.eye(num_states)[0],
        terminal=np.arange(num_states) == num_states - 1,
    )


@given(small_tables)
def test_both_sides_of_a_zero_sum_game_guarantee_its_value(payoffs):
    solution = zero_sum.minimax(payoffs)
    assert (solution.row_policy @ payoffs).min() == pytest.approx(solution.value, abs=1e-7)
    assert (payoffs @ solution.column_policy).max() == pytest.approx(solution.value, abs=1e-7)


@settings(max_examples=30)
@given(st.integers(2, 4), seeds)
def test_the_value_is_that_of_the_equilibrium_that_nashpy_finds(size, seed):
    payoffs = np.random.default_rng(seed).normal(size=(size, size))
    row, column = nashpy.Game(payoffs).lemke_howson(initial_dropped_label=0)
    assert zero_sum.minimax(payoffs).value == pytest.approx(row @ payoffs @ column, abs=1e-7)


def test_a_two_by_two_game_by_hand():
    """Row 0 with x = 0.4 makes both columns pay 2x - (1 - x) = -x + (1 - x) = 0.2."""
    solution = zero_sum.minimax([[2, -1], [-1, 1]])
    assert solution.value == pytest.approx(0.2)
    np.testing.assert_allclose(solution.row_policy, [0.4, 0.6])
    np.testing.assert_allclose(solution.column_policy, [0.4, 0.6])


def test_a_saddle_point_is_played_purely():
    solution = zero_sum.minimax([[3, 1, 4], [0, -1, 9]])
    assert solution.value == 1
    assert solution.row_policy.tolist() == [1, 0]
    assert solution.column_policy.tolist() == [0, 1, 0]


def test_a_table_that_is_not_finite_is_refused():
    with pytest.raises(ValueError, match=r"payoffs must be a finite table \(A, B\), got shape \(1, 2\)"):
        zero_sum.maximin([[1, np.nan]])


@given(seeds)
def test_exploitability_adds_up_both_best_deviations(seed):
    rng = np.random.default_rng(seed)
    game = MatrixGame(rng.normal(size=(2, 2, 3)))
    policies = [rng.dirichlet(np.ones(2)), rng.dirichlet(np.ones(3))]
    gains = [game.action_values(i, policies).max() - game.expected_payoffs(policies)[i] for i in (0, 1)]
    assert zero_sum.exploitability(game, policies) == pytest.approx(sum(gains))


def test_exploitability_vanishes_in_equilibrium_only():
    game = games.rock_paper_scissors()
    third, rock = np.full(3, 1 / 3), np.eye(3)[0]
    pairs = np.stack([third, rock]), np.stack([third, third])  # two pairs at once
    np.testing.assert_allclose(zero_sum.exploitability(game, pairs), [0, 1], atol=1e-12)


def test_exploitability_refuses_what_is_no_pair_of_policies():
    with pytest.raises(ValueError, match="game must have 2 agents, got 3; merge teams"):
        zero_sum.exploitability(games.all_agree(3), np.full((3, 2), 0.5))
    with pytest.raises(ValueError, match=r"policies\[1\] must sum to 1, got 0.9"):
        zero_sum.exploitability(games.matching_pennies(), [[0.5, 0.5], [0.5, 0.4]])


@settings(max_examples=15)
@given(seeds)
def test_shapley_s_values_are_what_best_responses_leave_to_each_side(seed):
    """Each policy, answered by the opponent's best response, keeps the value: an independent certificate."""
    game = random_contest(seed)
    solution = zero_sum.shapley_iteration(game, gamma=0.9)
    for agent, sign in [(0, 1), (1, -1)]:
        answer = solvers.best_response(game, agent, solution.policies, 0.9)
        np.testing.assert_allclose(answer.values, sign * solution.values, atol=1e-7)


def test_with_one_state_shapley_s_values_are_those_of_the_matrix_game():
    payoffs = np.array([[2.0, -1], [-1, 1]])
    rewards = np.stack([payoffs, -payoffs])[:, None]
    game = TabularMarkovGame(np.ones((1, 2, 2, 1)), rewards, start=[1])
    solution = zero_sum.shapley_iteration(game, gamma=0.5)
    assert solution.values == pytest.approx(0.2 / (1 - 0.5))
    np.testing.assert_allclose(solution.policies, [[[0.4, 0.6]]] * 2)


def test_shapley_s_iteration_refuses_other_games():
    game = random_contest(0)
    with pytest.raises(ValueError, match="game must have 2 agents whose rewards add up to 0"):
        zero_sum.shapley_iteration(game.with_rewards(game.rewards + 1), 0.9)
    with pytest.raises(ValueError, match="gamma must lie in 0 … 1 and below 1, got 1"):
        zero_sum.shapley_iteration(game, 1)
