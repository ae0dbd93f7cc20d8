"""Learners that do not learn: the two that every other learner is compared with."""

import numpy as np

from marl_lessons.arrays import check_distribution
from marl_lessons.policies import sample_actions, uniform_policy


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

    def update(self, transition, rng):
        """Learn nothing."""

    def policies(self, observations):
        """Give every action the same probability, (R, N, A)."""
        return uniform_policy(*observations.shape[:2], self.num_actions)


class FixedPolicy:
    """Every agent follows a table of probabilities that never changes.

        a_i ~ π_i(· | o_i)

    Parameters:
        policies: probabilities for observations 0 … O - 1: (N, O, A), the same in every run, or (R, N, O, A).
    Attributes:
        policy_table: these probabilities.
    Raises:
        ValueError: if a row of `policies` is not a distribution; and, when they are used, if they are of another number
            of runs.
    """

    def __init__(self, policies):
        self.policy_table = np.asarray(policies, dtype=float)
        check_distribution("policies", self.policy_table)

    def act(self, observations, rng, explore=True):
        """Draw actions (R, N) from the policies; exploring or not makes no difference."""
        return sample_actions(self.policies(observations), rng)

    def update(self, transition, rng):
        """Learn nothing."""

    def policies(self, observations):
        """Look up the policies, (R, N, A)."""
        runs, num_agents = np.ogrid[: len(observations), : observations.shape[1]]  # (R, 1) and (1, N)
        if self.policy_table.ndim == 3:
            return self.policy_table[num_agents, observations]
        if len(self.policy_table) != len(observations):
            raise ValueError(
                f"policies must be of {len(observations)} runs, as the observations are, got "
                f"{len(self.policy_table)}; give one table (N, O, A) for all runs, or one for each."
            )
        return self.policy_table[runs, num_agents, observations]
