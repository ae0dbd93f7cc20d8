"""Learning in a hierarchy: those above decide now and then, those below in every step."""

import numpy as np

from marl_lessons.learners.tabular import QLearner
from marl_lessons.policies import value_at
from marl_lessons.update_rules import average_by_entry


class PatientQ(QLearner):
    """All agents share a table, and each learns from one decision of its own to the next.

        y_i = r_t + γ r_t+1 + … + γ^(k-1) r_t+k-1 + γ^k max_b Q(o_t+k, b)

    An agent that sees `waiting` has nothing to decide; it only adds up what it earns, until it sees something else k
    steps after its decision. An agent that never waits learns as with `SharedQ`: the entry moves by alpha times the
    mean error of the agents that chose it.

    Heads of districts and their coordinator see different observations, so that one table holds what all heads learn
    and what the coordinator learns. For a table each, play `views.WithIdentity`, where each agent waits with another
    observation.

    Parameters:
        game: a MarkovGame whose observations are integers.
        alpha, gamma, epsilon, temperature: as for `IQL`; gamma may be an array that broadcasts to (R, N), such as 0 for
            the heads, who look no further than their step, and .9 for the coordinator.
        waiting: the observation of those who have nothing to decide, or several.
        initial: first values, a number or an array that broadcasts to (O, A).
    Attributes:
        q_table: (R, O, A), in units of return; None before the first call.
        seen, did: last decision of each agent, what it saw and did, integers (R, N).
        earned: what it has earned since then, discounted, (R, N).
        discount: γ to the number of steps since then, (R, N).
        step: number of updates so far.
    Raises:
        ValueError: as for `IQL`.
    Source: Sutton, Precup & Singh 1999 (values of decisions that last); Tan 1993 (agents that share a policy). Differs:
        what an agent waits for in vain, because a shift is cut off, it does not learn from.
    """

    def __init__(self, game, alpha, gamma, epsilon=None, *, waiting, temperature=None, initial=0.0):
        super().__init__(game, alpha, gamma, epsilon, temperature=temperature, initial=initial)
        self.waiting = np.atleast_1d(waiting)

    def _learn(self, transition, rng):
        self._note(transition)
        goes_on = ~transition.terminated[:, None]  # (R, 1)
        is_due = ~np.isin(transition.next_observations, self.waiting) | ~goes_on  # (R, N)
        next_values = self.next_values(transition.next_observations)
        targets = self.earned + self.discount * goes_on * next_values
        self.move(is_due, targets, value_at(self.alpha, self.step))

    def _note(self, transition):
        decides = ~np.isin(transition.observations, self.waiting)  # (R, N)
        self.seen = np.where(decides, transition.observations, self.seen)
        self.did = np.where(decides, transition.actions, self.did)
        self.discount = np.where(decides, 1.0, self.discount)
        self.earned = np.where(decides, 0.0, self.earned) + self.discount * transition.rewards
        self.discount *= self.gamma

    def move(self, is_due, targets, alpha):
        """Move the entries of the last decisions, where these are due (R, N), toward the mean of their targets."""
        entries = np.ravel_multi_index((self._runs, self.seen, self.did), self.q_table.shape)[is_due]
        errors = targets[is_due] - self.q_table.ravel()[entries]
        self.q_table += alpha * average_by_entry(entries, errors, self.q_table.size).reshape(self.q_table.shape)

    def _number_rows(self):
        return self._runs * self.num_observations  # (R, 1), the same for all agents

    def _allocate(self, runs):
        self.q_table = np.full((runs, self.num_observations, self.num_actions), self.initial, dtype=float)
        self.seen, self.did = np.zeros((2, runs, self.num_agents), dtype=np.int64)
        self.earned, self.discount = np.zeros((2, runs, self.num_agents))
