"""Policy hill climbing: every agent shifts its mixed policy step by step toward the action it values most."""

import numpy as np

from marl_lessons.policies import explore_uniformly, sample_actions, uniform_policy, value_at
from marl_lessons.rollout import check_integer_observations, check_runs
from marl_lessons.update_rules import move_toward, td_target


class WoLFPHC:
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
        policies, average_policies: π and π̄, (R, N, O, A).
        step: number of updates so far.
    Raises:
        ValueError: if the game's observations are not integers, or, later, if the number of runs changes.
    Source: Bowling & Veloso 2002, tables 1 and 4.
    """

    def __init__(self, game, alpha, gamma, delta_win, delta_lose, epsilon=0.0, initial=None):
        check_integer_observations(game)
        self.shape = (game.num_agents, game.num_observations, game.num_actions)  # (N, O, A)
        self.alpha, self.gamma, self.epsilon = alpha, gamma, epsilon
        self.delta_win, self.delta_lose = delta_win, delta_lose
        self.initial = uniform_policy(*self.shape) if initial is None else initial
        self.q_table = None
        self.step = 0

    def act(self, observations, rng, explore=True):
        """Draw actions (R, N) from the policies, which are mixed even without exploring."""
        self._prepare(len(observations))
        actions = sample_actions(self.policies[self.runs, self.agents, observations], rng)
        if not explore:
            return actions
        return explore_uniformly(actions, value_at(self.epsilon, self.step), self.shape[-1], rng)

    def update(self, transition):
        """Learn the values from one transition in every run, then climb where the agents just were."""
        self._prepare(len(transition.observations))
        rows = (self.runs, self.agents, transition.observations)
        next_values = self.q_table[self.runs, self.agents, transition.next_observations].max(axis=-1)  # (R, N)
        targets = td_target(transition.rewards, next_values, transition.terminated[:, None], self.gamma)
        chosen = (*rows, transition.actions)
        self.q_table[chosen] = move_toward(self.q_table[chosen], targets, value_at(self.alpha, self.step))
        self._climb(rows)
        self.step += 1

    def _climb(self, rows):
        policies, q_values = self.policies[rows], self.q_table[rows]  # (R, N, A)
        self.visits[rows] += 1
        self.average_policies[rows] += (policies - self.average_policies[rows]) / self.visits[rows][..., None]
        is_winning = ((policies - self.average_policies[rows]) * q_values).sum(axis=-1) > 0  # (R, N)
        delta_win, delta_lose = value_at(self.delta_win, self.step), value_at(self.delta_lose, self.step)
        self.policies[rows] = climb(policies, q_values, np.where(is_winning, delta_win, delta_lose))

    def _prepare(self, runs):
        if self.q_table is None:
            self.runs, self.agents = np.arange(runs)[:, None], np.arange(self.shape[0])  # (R, 1) and (N,)
            self.q_table = np.zeros((runs, *self.shape))
            self.policies = np.broadcast_to(self.initial, (runs, *self.shape)).copy()
            self.average_policies = np.zeros((runs, *self.shape))
            self.visits = np.zeros((runs, *self.shape[:-1]))
        check_runs(len(self.q_table), runs)


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
