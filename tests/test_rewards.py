"""Kinds of games, potentials, and what a bonus or a potential does to a game."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from marl_lessons import games, rewards, solvers
from marl_lessons.environments import Dispatch, TwoStep
from marl_lessons.games import MatrixGame

small_integers = st.integers(-3, 3)


@pytest.mark.parametrize(
    ("game", "kinds"),
    [
        (games.climbing(), {"common interest", "potential"}),
        (games.permutation(3), {"common interest", "potential"}),
        (games.matching_pennies(), {"zero-sum"}),
        (games.rock_paper_scissors(), {"zero-sum"}),
        (games.battle_of_sexes(), {"general-sum", "potential"}),
        (games.prisoners_dilemma(), {"general-sum", "potential", "prisoner's dilemma"}),
        (games.stag_hunt(x=3), {"general-sum", "potential", "stag hunt"}),
        (games.chicken(), {"general-sum", "potential", "chicken"}),
        (games.symmetric([[1, 2], [3, 2.5]]), {"general-sum", "potential", "deadlock"}),
        (games.symmetric([[4, 2], [3, 1]]), {"general-sum", "potential", "harmony"}),
        (games.coordination(), {"common interest", "potential"}),
    ],
    ids=lambda value: getattr(value, "name", ""),
)
def test_each_game_is_of_the_kinds_of_the_literature(game, kinds):
    assert set(rewards.classify(game)) == kinds


def test_the_reason_states_the_four_numbers():
    reason = rewards.classify(games.prisoners_dilemma())["prisoner's dilemma"]
    assert "T > R > P > S" in reason
    assert "R = 3, S = 0, T = 5, P = 1" in reason


@given(arrays(float, (2, 3, 4), elements=small_integers))
def test_a_potential_exists_just_where_gains_around_every_square_of_deviations_cancel(payoffs):
    cancels = all(
        (payoffs[0, r2, c] - payoffs[0, r, c])
        + (payoffs[1, r2, c2] - payoffs[1, r2, c])
        + (payoffs[0, r, c2] - payoffs[0, r2, c2])
        + (payoffs[1, r, c] - payoffs[1, r, c2])
        == 0
        for r, r2 in itertools.combinations(range(3), 2)
        for c, c2 in itertools.combinations(range(4), 2)
    )  # Monderer & Shapley 1996, theorem 2.8
    assert (rewards.find_potential(MatrixGame(payoffs)) is not None) == cancels


@given(
    arrays(float, (2, 3, 2), elements=small_integers),
    arrays(float, (3, 3, 3), elements=small_integers),
)
def test_a_team_reward_with_bonuses_for_own_actions_has_that_sum_as_its_potential(team_reward, bonuses):
    """The article's "team reward + individual bonus" is an exact potential game."""
    own = [bonuses[0, 0, :2][:, None, None], bonuses[1, 0, :3][:, None], bonuses[2, 0, :2]]
    game = MatrixGame(np.stack([team_reward + bonus for bonus in own]))
    expected = team_reward + sum(own)
    potential = rewards.find_potential(game)
    np.testing.assert_allclose(potential, expected - expected[0, 0, 0], atol=1e-12)
    best = np.unravel_index(potential.argmax(), potential.shape)
    assert game.is_pure_equilibrium(best)


@given(st.integers(1, 5).flatmap(lambda n: arrays(int, (4, n), elements=st.integers(0, 4))))
def test_the_diversity_bonus_is_the_articles(actions):
    for joint_action, bonus in zip(actions.tolist(), rewards.diversity_bonus(actions), strict=True):
        diversity = len(set(joint_action)) / len(joint_action)
        duplicates = len(joint_action) - len(set(joint_action))
        np.testing.assert_allclose(bonus, 0.2 * diversity + -0.1 * duplicates)


def test_a_bonus_is_added_to_the_entry_of_its_joint_action():
    game = rewards.add_bonus(games.chicken(), rewards.diversity_bonus)
    np.testing.assert_allclose(game.payoffs - games.chicken().payoffs, [[[0, 0.2], [0.2, 0]]] * 2, atol=1e-12)
    tabular = rewards.add_bonus(TwoStep(), lambda actions: actions * [1, 10])  # each agent for its own action
    added = tabular.rewards - TwoStep().rewards  # (N, S, A, A)
    assert (added == np.array([[[[0, 0], [1, 1]]], [[[0, 10], [0, 10]]]])).all()


def test_shaping_is_the_discounted_gain_in_potential():
    shaping = rewards.potential_shaping(np.array([2.0, 2.0]), np.array([10.0, 10.0]), np.array([False, True]), 0.5)
    assert shaping.tolist() == [3, -2]


@given(arrays(float, 18, elements=small_integers), st.sampled_from([0.0, 0.5, 0.9]))
def test_potential_shaping_lowers_every_value_of_every_policy_by_the_potential(potential, gamma):
    """V' = V - Φ (Ng et al. 1999), hence the order of the policies stays."""
    game = Dispatch().to_tabular()
    policy = solvers.joint_policy(np.random.default_rng(0).dirichlet(np.ones(3), size=(2, 18)))
    values = solvers.evaluate_joint_policy(game, policy, gamma)
    shaped = solvers.evaluate_joint_policy(rewards.add_potential(game, potential, gamma), policy, gamma)
    np.testing.assert_allclose(shaped, values - potential, atol=1e-9)


def test_a_potential_of_the_wrong_size_is_refused():
    with pytest.raises(ValueError, match=r"potential must have shape \(4,\), got \(3,\)"):
        rewards.add_potential(TwoStep(), np.zeros(3), 0.9)
