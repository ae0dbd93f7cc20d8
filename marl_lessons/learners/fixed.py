"""Learners that do not learn: the two that every other learner is compared with."""

import numpy as np

from marl_lessons.markov_games import check_distribution
from marl_lessons.policies import sample_actions


class RandomPolicy:
    """Every agent draws every action with the same probability, whatever it observes.

    Parameters:
        num_actions: A.
    """

    def __init__(self, num_actions):
        self.num_actions = num_actions

    def act(self, observations, rng, explore=True):
        """Draw actions (R, N); exploring or not makes no difference."""
        return rng.integers(self.num_actions, size=observations.shape[:2])

    def update(self, transition):
        """Learn nothing."""


class FixedPolicy:
    """Every agent follows a table of probabilities that never changes.

        a_i ~ π_i(· | o_i)

    Parameters:
        policies: probabilities (N, O, A) for observations 0 … O - 1.
    Raises:
        ValueError: if a row of `policies` is not a distribution.
    """

    def __init__(self, policies):
        self.policies = np.asarray(policies, dtype=float)
        check_distribution("policies", self.policies)

    def act(self, observations, rng, explore=True):
        """Draw actions (R, N) from the policies; exploring or not makes no difference."""
        agents = np.arange(len(self.policies))  # (N,)
        return sample_actions(self.policies[agents, observations], rng)

    def update(self, transition):
        """Learn nothing."""
