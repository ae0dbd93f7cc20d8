"""What actors with tables of preferences share, whatever critic they listen to: a floor below the families."""

import numpy as np

from marl_lessons.learners.tabular import TabularLearner
from marl_lessons.policies import sample_softmax, softmax
from marl_lessons.policy_gradients import log_gradient


class SoftmaxActors(TabularLearner):
    """Agents that each draw from a softmax of preferences of their own; a family says how they learn.

    While learning, agents draw from their softmax policies π; without exploring they take the likeliest action.

    Parameters:
        game: a MarkovGame whose observations are integers.
        alpha: step size of the preferences: a number, an array that broadcasts to (R, N), or a schedule.
        gamma: discount factor.
        entropy: η, weight of the entropy, a number or a schedule.
        preferences: first θ, a number or an array that broadcasts to (R, N, O, A).
    Attributes:
        preference_table: θ (R, N, O, A), without unit; None before the first call.
        log_gradient: ∂ log π(a) / ∂θ, as in `ActorCritic`.
    """

    preference_table = None

    def __init__(self, game, alpha, gamma, entropy, preferences):
        super().__init__(game, alpha, gamma, epsilon=0.0)
        self.entropy, self.first_preferences = entropy, preferences
        self.log_gradient = log_gradient

    def policies(self, observations):
        """Give the likeliest action of each agent probability 1, the first of several, (R, N, A)."""
        self._prepare(observations)
        preferences = self._look_up(self.preference_table, observations)
        return np.eye(self.num_actions)[preferences.argmax(axis=-1)]

    def probabilities(self, observations):
        """Say how likely each action is while learning, π (R, N, A)."""
        self._prepare(observations)
        return softmax(self._look_up(self.preference_table, observations))

    def _explore(self, observations, rng):
        return sample_softmax(self._look_up(self.preference_table, observations), 1.0, rng)

    def _log_gradients(self, policies, actions):
        """Ask `log_gradient` for policies (…, A) and actions (…) of any leading axes."""
        in_a_row = self.log_gradient(policies.reshape(-1, self.num_actions), actions.reshape(-1))
        return in_a_row.reshape(policies.shape)

    def _spread(self, alpha):
        """Give a step size, a number or an array (R, N), an axis for the actions."""
        return np.asarray(alpha)[..., None]

    def _allocate(self, runs):
        shape = (runs, self.num_agents, self.num_observations, self.num_actions)
        self.preference_table = np.broadcast_to(self.first_preferences, shape).astype(float)
