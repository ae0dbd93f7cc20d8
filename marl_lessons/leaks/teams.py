"""Three examples of teams for the information-leak test: an honest one, one that gossips, and one that peeks."""

import numpy as np

from marl_lessons.learners.tabular import check_integer_observations, number_views
from marl_lessons.policies import sample_actions, softmax

MEMORIES = 7  # that a team can tell apart


class HonestTeam:
    """An example: every agent remembers something of what it saw and did itself, and plays at random by that.

        π_i(· | m_i, o_i),   m_i ← (2 m_i + o_i + a_i) mod 7,   m_i = 0 where an episode starts

    Parameters:
        game: a MarkovGame whose observations are integers.
        rng: numpy random Generator, for the preferences.
    """

    def __init__(self, game, rng):
        check_integer_observations(game)
        self.game = game
        self.preferences = rng.normal(size=(game.num_agents, MEMORIES, game.num_observations, game.num_actions))
        self.memory = None

    def begin(self, started):
        """Forget, in the runs in which an episode starts."""
        if self.memory is None:
            self.memory = np.zeros((len(started), self.game.num_agents), dtype=np.int64)
        self.memory[started] = 0

    def act(self, observations, rng, explore=True):
        """Draw actions (R, N), and remember."""
        actions = sample_actions(self.policies(observations), rng)
        self.memory = self.remember(observations, actions) % MEMORIES
        return actions

    def update(self, transition, rng):
        """Learn nothing."""

    def policies(self, observations):
        """Look the policies up by memory and observation, (R, N, A)."""
        return softmax(self.preferences[np.arange(self.game.num_agents), self.memory, observations])

    def remember(self, observations, actions):
        """Say what each agent remembers from now on, integers (R, N)."""
        return 2 * self.memory + observations + actions


class GossipingTeam(HonestTeam):
    """An example that leaks: all agents share one memory of what everybody saw."""

    def remember(self, observations, actions):
        common = (2 * self.memory + observations + actions).sum(axis=1, keepdims=True)  # (R, 1)
        return np.broadcast_to(common, actions.shape)


class PeekingTeam(HonestTeam):
    """An example that leaks: the last agent reads the state."""

    def watch(self, state):
        """Note the number of the global view, (R,)."""
        self.peeked = number_views(self.game, state)

    def policies(self, observations):
        peeking = observations.copy()
        peeking[:, -1] = (observations[:, -1] + self.peeked) % self.game.num_observations
        return super().policies(peeking)
