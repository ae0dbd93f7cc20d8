"""One table for all agents: everybody's experience goes into it, and everybody acts by it."""

import numpy as np

from marl_lessons.learners.tabular import QLearner
from marl_lessons.policies import softmax, value_at
from marl_lessons.update_rules import average_by_entry

SPARSE = 100  # a table with more entries than this for each agent is changed only where somebody was


class SharedQ(QLearner):
    """All agents learn one table of action values together.

        Q(o, a) ← Q(o, a) + α · mean of [r_i + γ max_b Q(o_i', b) - Q(o, a)] over the agents i with o_i = o, a_i = a

    Its size does not depend on N, and one agent's experience serves all. Agents that see the same act alike, apart
    from chance; where they must not, show them who they are (`views.WithIdentity`). With one agent it is `IQL`.

    Parameters:
        game: a MarkovGame whose observations are integers.
        alpha, gamma, epsilon, temperature: as for `IQL`.
        initial: first values, a number or an array that broadcasts to (O, A).
    Attributes:
        q_table: (R, O, A), in units of return; None before the first call.
        average: how the moves of agents that share an entry are put together, a function as
            `update_rules.average_by_entry`. It gets entries and values (R · N,).
        step: number of updates so far.
    Raises:
        ValueError: as for `IQL`.
    Source: Tan 1993 (agents that share a policy); Gupta, Egorov & Kochenderfer 2017 (parameter sharing).
    """

    def __init__(self, game, alpha, gamma, epsilon=None, *, temperature=None, initial=0.0):
        super().__init__(game, alpha, gamma, epsilon, temperature=temperature, initial=initial)
        self.average = average_by_entry

    def move(self, chosen, targets, alpha, rng):
        """Move each chosen entry of the table by alpha times the mean error of the agents that chose it.

        Parameters:
            chosen: what indexes the entries of the actions taken (R, N) in a table (R, O, A).
            targets: (R, N), in units of return.
            alpha: step size.
            rng: numpy random Generator, for relatives that leave something to chance.
        """
        moves = alpha * (targets - self.q_table[chosen])  # (R, N)
        entries = np.ravel_multi_index(chosen, self.q_table.shape).ravel()  # (R N,)
        if len(entries) * SPARSE > self.q_table.size:
            self.q_table += self.average(entries, moves.ravel(), self.q_table.size).reshape(self.q_table.shape)
            return
        visited, which = np.unique(entries, return_inverse=True)  # so that a step does not pass over the whole table
        self.q_table[np.unravel_index(visited, self.q_table.shape)] += self.average(which, moves.ravel(), len(visited))

    def _rows(self, observations):
        return self._runs, observations

    def _number_rows(self):
        return self._runs * self.num_observations  # (R, 1), the same for all agents

    def _allocate(self, runs):
        self.q_table = np.full((runs, self.num_observations, self.num_actions), self.initial, dtype=float)


class MeanFieldQ(SharedQ):
    """Agents that share a table of values beside the mean of their neighbors, which is part of what the game shows.

        π(a | o) = exp(Q(o, a)/τ) / Σ_b exp(Q(o, b)/τ)
        y_i = r_i + γ Σ_b π(b | o_i') Q(o_i', b)

    The softmax is its policy, not only its way to explore: what it plays without exploring is drawn from it too.

    Parameters:
        game, alpha, gamma, initial: as for `SharedQ`; of the neighbors, `game` shows the mean action or their number.
        temperature: τ, in units of return, a number or a schedule.
    Attributes:
        q_table, average, step: as for `SharedQ`.
    Raises:
        ValueError: as for `SharedQ`.
    Source: Yang et al. 2018 (mean field Q-learning). Differs: an agent observes the mean action of its neighbors
        before it acts, in place of an argument of its own; entries move by a mean over agents; no target network.
    """

    def __init__(self, game, alpha, gamma, temperature, *, initial=0.0):
        super().__init__(game, alpha, gamma, temperature=temperature, initial=initial)

    def policies(self, observations):
        """Compute the softmax of each agent's values, (R, N, A)."""
        self._prepare(observations)
        return softmax(self.preferences(observations), value_at(self.temperature, self.step))

    def next_values(self, observations):
        """Compute the mean value of what the agents will play at these observations, (R, N)."""
        return (self.policies(observations) * self.preferences(observations)).sum(axis=-1)
