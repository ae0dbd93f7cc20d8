"""The two that do not learn play what they are told."""

import numpy as np
import pytest

from marl_lessons.learners import FixedPolicy, RandomPolicy
from marl_lessons.policies import uniform_policy


def test_a_fixed_policy_plays_its_probabilities_at_each_observation():
    policies = uniform_policy(2, 11, 2)
    policies[0, 3] = [1, 0]
    policies[1, 3] = [0, 1]
    observations = np.full((400, 2), 3)
    learner = FixedPolicy(policies)
    assert (learner.act(observations, np.random.default_rng(0)) == [0, 1]).all()
    elsewhere = learner.act(observations + 1, np.random.default_rng(0))
    assert 0.4 < elsewhere.mean() < 0.6


def test_a_fixed_policy_that_is_no_distribution_is_refused():
    with pytest.raises(ValueError, match=r"policies\[0\]\[0\] must sum to 1, got 2"):
        FixedPolicy(np.ones((2, 3, 2)))


def test_a_random_policy_uses_all_actions_equally():
    actions = RandomPolicy(4).act(np.zeros((5_000, 2)), np.random.default_rng(0))
    np.testing.assert_allclose(np.bincount(actions.ravel()) / actions.size, 0.25, atol=0.02)


def test_each_run_may_follow_a_table_of_its_own():
    tables = np.eye(2)[[[[0, 1]], [[1, 0]]]].transpose(0, 2, 1, 3)  # (R, N, O, A) with one observation
    learner, observations = FixedPolicy(tables), np.zeros((2, 2), dtype=int)
    assert learner.act(observations, np.random.default_rng(0)).tolist() == [[0, 1], [1, 0]]
    np.testing.assert_array_equal(learner.policies(observations), tables[:, :, 0])


def test_tables_of_another_number_of_runs_are_refused():
    with pytest.raises(ValueError, match="policies must be of 3 runs, as the observations are, got 2; give one table"):
        FixedPolicy(uniform_policy(2, 2, 1, 2)).policies(np.zeros((3, 2), dtype=int))


def test_a_random_policy_says_that_it_plays_all_actions_equally():
    assert (RandomPolicy(4).policies(np.zeros((5, 2, 7))) == np.full((5, 2, 4), 0.25)).all()
