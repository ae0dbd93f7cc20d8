"""Policy hill climbing: every agent shifts its mixed policy step by step toward the action it values most."""

import numpy as np

from marl_lessons.learners.tabular import TabularLearner
from marl_lessons.policies import value_at
from marl_lessons.update_rules import best_values, move_toward, td_target


class WoLFPHC(TabularLearner):
    """Every agent climbs toward its best action: with small steps while it wins, with large ones while it loses.

        Q_i(o, a) ← Q_i(o, a) + α (r_i + γ max_b Q_i(o', b) - Q_i(o, a))
        π_i(o) ← π_i(o) + δ toward argmax_a Q_i(o, a)
        δ = delta_win if Σ_a π_i(a|o) Q_i(o, a) > Σ_a π̄_i(a|o) Q_i(o, a), else delta_lose

    π̄ is the average of the agent's policies so far. With the same step for both, in `PHC`, policies circle around
    a mixed equilibrium; "win or learn fast" makes them spiral in.

    Parameters:
        game: a MarkovGame whose observations are integers.
        alpha: step size of the values, a number or a schedule (a function of the step).
        gamma: discount factor.
        delta_win, delta_lose: step sizes of the policy, in probability, numbers or schedules.
        epsilon: probability of exploring, a number or a schedule.
        initial: first policies, an array that broadcasts to (R, N, O, A); default is uniform.
    Attributes:
        q_table: (R, N, O, A), in units of return; None before the first call.
        policy_table, average_policy_table: π, mixed even without exploring, and π̄, (R, N, O, A).
        step: number of updates so far.
    Raises:
        ValueError: if the game's observations are not integers, or, later, if the number of runs changes.
    Source: Bowling & Veloso 2002, tables 1 and 4.
    """

    def __init__(self, game, alpha, gamma, delta_win, delta_lose, epsilon=0.0, initial=None):
        super().__init__(game, alpha, gamma, epsilon)
        self.delta_win, self.delta_lose = delta_win, delta_lose
        self.initial = 1 / game.num_actions if initial is None else initial

    def policies(self, observations):
        """Look up the policies, (R, N, A)."""
        self._prepare(observations)
        return self._look_up(self.policy_table, observations).copy()

    def _learn(self, transition, rng):
        rows = self._rows(transition.observations)
        next_values = best_values(self._look_up(self.q_table, transition.next_observations))  # (R, N)
        targets = td_target(transition.rewards, next_values, transition.terminated[:, None], self.gamma)
        chosen = (*rows, transition.actions)
        self.q_table[chosen] = move_toward(self.q_table[chosen], targets, value_at(self.alpha, self.step))
        self._climb(rows)

    def _climb(self, rows):
        """Move the policies where the agents just were."""
        policies, q_values = self.policy_table[rows], self.q_table[rows]  # (R, N, A)
        self.visits[rows] += 1
        average = self.average_policy_table[rows]
        average += (policies - average) / self.visits[rows][..., None]
        self.average_policy_table[rows] = average
        is_winning = ((policies - average) * q_values).sum(axis=-1) > 0  # (R, N)
        delta_win, delta_lose = value_at(self.delta_win, self.step), value_at(self.delta_lose, self.step)
        self.policy_table[rows] = climb(policies, q_values, np.where(is_winning, delta_win, delta_lose))

    def _allocate(self, runs):
        tables = (runs, self.num_agents, self.num_observations, self.num_actions)
        self.q_table = np.zeros(tables)
        self.policy_table = np.broadcast_to(self.initial, tables).astype(float)
        self.average_policy_table = np.zeros(tables)
        self.visits = np.zeros(tables[:-1], dtype=np.int64)


class PHC(WoLFPHC):
    """Every agent climbs with steps of one size, whether it wins or loses; see `WoLFPHC`.

    Parameters:
        game, alpha, gamma, epsilon, initial: as for `WoLFPHC`.
        delta: step size of the policy, in probability, a number or a schedule.
    Source: Bowling & Veloso 2002, table 1.
    """

    def __init__(self, game, alpha, gamma, delta, epsilon=0.0, initial=None):
        super().__init__(game, alpha, gamma, delta, delta, epsilon, initial)


def climb(policies, q_values, delta):
    """Move probability from every other action to the best one.

        π(a) ← π(a) - min(π(a), δ/(A - 1))   for every a but the best, which receives what they lose

    Parameters:
        policies: π (…, A).
        q_values: (…, A); the first of several best actions counts.
        delta: δ (…), in probability.
    Returns:
        New probabilities (…, A).
    Source: Bowling & Veloso 2002, table 1.
    """
    best = q_values.argmax(axis=-1)[..., None]  # (…, 1)
    lost = np.minimum(policies, delta[..., None] / (policies.shape[-1] - 1))  # (…, A)
    np.put_along_axis(lost, best, 0.0, axis=-1)
    climbed = policies - lost
    gained = np.take_along_axis(policies, best, axis=-1) + lost.sum(axis=-1, keepdims=True)
    np.put_along_axis(climbed, best, gained, axis=-1)
    return climbed
