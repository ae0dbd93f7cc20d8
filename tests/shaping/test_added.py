"""What a bonus or a potential does to a game."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from marl_lessons import games, shaping, solvers
from marl_lessons.environments import Dispatch, TwoStep
from marl_lessons.policies import joint_policy

small_integers = st.integers(-3, 3)


@given(st.integers(1, 5).flatmap(lambda n: arrays(int, (4, n), elements=st.integers(0, 4))))
def test_the_diversity_bonus_is_the_articles(actions):
    for joint_action, bonus in zip(actions.tolist(), shaping.diversity_bonus(actions), strict=True):
        diversity = len(set(joint_action)) / len(joint_action)
        duplicates = len(joint_action) - len(set(joint_action))
        np.testing.assert_allclose(bonus, 0.2 * diversity + -0.1 * duplicates)


def test_a_bonus_is_added_to_the_entry_of_its_joint_action():
    game = shaping.add_bonus(games.chicken(), shaping.diversity_bonus)
    np.testing.assert_allclose(game.payoffs - games.chicken().payoffs, [[[0, 0.2], [0.2, 0]]] * 2, atol=1e-12)
    tabular = shaping.add_bonus(TwoStep(), lambda actions: actions * [1, 10])  # each agent for its own action
    added = tabular.rewards - TwoStep().rewards  # (N, S, A, A)
    assert (added == np.array([[[[0, 0], [1, 1]]], [[[0, 10], [0, 10]]]])).all()


def test_shaping_is_the_discounted_gain_in_potential():
    gain = shaping.potential_shaping(np.array([2.0, 2.0]), np.array([10.0, 10.0]), np.array([False, True]), 0.5)
    assert gain.tolist() == [3, -2]


@given(arrays(float, 18, elements=small_integers), st.sampled_from([0.0, 0.5, 0.9]))
def test_potential_shaping_lowers_every_value_of_every_policy_by_the_potential(potential, gamma):
    """V' = V - Φ (Ng et al. 1999), hence the order of the policies stays."""
    game = Dispatch().to_tabular()
    policy = joint_policy(np.random.default_rng(0).dirichlet(np.ones(3), size=(2, 18)))
    values = solvers.evaluate_joint_policy(game, policy, gamma)
    shaped = solvers.evaluate_joint_policy(shaping.add_potential(game, potential, gamma), policy, gamma)
    np.testing.assert_allclose(shaped, values - potential, atol=1e-9)


def test_a_potential_of_the_wrong_size_is_refused():
    with pytest.raises(ValueError, match=r"potential must have shape \(4,\), got \(3,\)"):
        shaping.add_potential(TwoStep(), np.zeros(3), 0.9)
