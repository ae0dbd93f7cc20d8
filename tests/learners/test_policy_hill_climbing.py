"""Policy hill climbing moves as its paper says."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from marl_lessons import games
from marl_lessons.environments import Drift
from marl_lessons.learners import PHC, WoLFPHC
from marl_lessons.learners.policy_hill_climbing import climb
from marl_lessons.rollout import train


def test_a_climb_by_hand():
    """Every other action loses δ/2 = 0.1, or all that it has."""
    np.testing.assert_allclose(climb(np.array([0.5, 0.45, 0.05]), np.array([0, 1, 0]), np.array(0.2)), [0.4, 0.6, 0])


@given(st.integers(0, 10_000), st.floats(0, 1))
def test_a_climb_leaves_a_policy_that_values_more_what_is_valued_more(seed, delta):
    rng = np.random.default_rng(seed)
    policies, q_values = rng.dirichlet(np.ones(4), size=(6, 2)), rng.normal(size=(6, 2, 4))
    climbed = climb(policies, q_values, np.full((6, 2), delta))
    assert climbed.min() >= 0
    np.testing.assert_allclose(climbed.sum(axis=-1), 1)
    assert ((climbed * q_values).sum(axis=-1) >= (policies * q_values).sum(axis=-1) - 1e-12).all()


@pytest.mark.parametrize("learner_class", [PHC, WoLFPHC])
def test_in_the_prisoner_s_dilemma_everybody_learns_to_defect(learner_class):
    game = games.prisoners_dilemma()
    steps = {"delta": 0.01} if learner_class is PHC else {"delta_win": 0.01, "delta_lose": 0.04}
    learner = learner_class(game, alpha=0.1, gamma=0.0, epsilon=0.1, **steps)
    train(game, learner, steps=1_000, runs=20, rng=np.random.default_rng(0))
    np.testing.assert_allclose(learner.policy_table[:, :, 0], np.tile([0.0, 1.0], (20, 2, 1)), atol=1e-9)


def test_who_loses_climbs_with_larger_steps():
    """Both have played .5 on average; now agent 0 favors the worse action and agent 1 the better one."""
    learner = WoLFPHC(games.coordination(), alpha=0.0, gamma=0.0, delta_win=0.01, delta_lose=0.04)
    rng = np.random.default_rng(0)
    learner.act(np.zeros((1, 2), dtype=int), rng)
    learner.visits[:], learner.average_policy_table[:] = 1_000, 0.5
    learner.q_table[:] = [0, 1]
    learner.policy_table[0, :, 0] = [[0.7, 0.3], [0.3, 0.7]]
    train(games.coordination(), learner, steps=1, runs=1, rng=rng)
    np.testing.assert_allclose(learner.policy_table[0, :, 0, 1], [0.34, 0.71])


def test_policies_start_where_they_are_told():
    first = np.array([[[0.9, 0.1]], [[0.2, 0.8]]])  # (N, O, A)
    learner = PHC(games.matching_pennies(), alpha=0.1, gamma=0.0, delta=0.0, initial=first)
    train(games.matching_pennies(), learner, steps=3, runs=4, rng=np.random.default_rng(0))
    np.testing.assert_array_equal(learner.policy_table, np.tile(first, (4, 1, 1, 1)))


def test_features_and_another_number_of_runs_are_refused():
    with pytest.raises(ValueError, match="game must have integer observations"):
        PHC(Drift(), 0.1, 0.9, 0.01)
    learner = PHC(games.chicken(), 0.1, 0.0, 0.01)
    learner.act(np.zeros((2, 2), dtype=int), np.random.default_rng(0))
    with pytest.raises(ValueError, match="observations must be of 2 runs, as at first, got 3"):
        learner.act(np.zeros((3, 2), dtype=int), np.random.default_rng(0))
