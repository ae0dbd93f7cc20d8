"""Learners that see joint actions: one controller for the whole team, and agents that watch one another."""

import numpy as np

from marl_lessons.learners.tabular import TabularLearner
from marl_lessons.policies import choose_greedily, epsilon_greedy, value_at
from marl_lessons.update_rules import best_values, move_toward, td_target


class JointQ(TabularLearner):
    """One controller learns the values of joint actions for the whole team, and chooses for everybody.

        Q(o, a) ← Q(o, a) + α (r + γ max_b Q(o', b) - Q(o, a)),   a = (a_1, …, a_N)

    The team's reward r is the mean over the agents, so in a general-sum game this is the learner of what is best on
    average, not of an equilibrium. While exploring, one of several best joint actions is drawn, and each agent deviates
    by itself with probability ε. Without exploring it is always the first of the best: agents that each drew one for
    themselves would miss one another.

    Parameters:
        game: a MarkovGame with integer observations, in which all agents see the same.
        alpha, gamma, epsilon: as for `IQL`.
        initial: first values, a number or an array that broadcasts to (O, A^N).
    Attributes:
        q_table: (R, O, A^N), in units of return, joint actions in the order of np.ravel_multi_index; None before
            the first call.
        step: number of updates so far.
    Raises:
        ValueError: if observations are not integers or differ between agents, or if the number of runs changes.
    Source: Watkins 1989, with the team as one agent; Boutilier 1996 (multi-agent decision processes).
    """

    def __init__(self, game, alpha, gamma, epsilon, *, initial=0.0):
        super().__init__(game, alpha, gamma, epsilon)
        self.action_counts = (game.num_actions,) * game.num_agents
        self.initial = initial

    def policies(self, observations):
        """Give each agent's part in the first of the best joint actions probability 1, (R, N, A)."""
        self._prepare(observations)
        joint_actions = self.q_table[self._rows(observations)].argmax(axis=-1)  # (R,)
        return np.eye(self.num_actions)[self._part(joint_actions)]

    def choose(self, observations, rng):
        """Choose actions (R, N): one of the best joint actions."""
        return self._part(choose_greedily(self.q_table[self._rows(observations)], rng))

    def _part(self, joint_actions):
        """Give every agent its part of the joint actions (R,): (R, N)."""
        return np.stack(np.unravel_index(joint_actions, self.action_counts), axis=-1)

    def _learn(self, transition, rng):
        joint_actions = np.ravel_multi_index(tuple(transition.actions.T), self.action_counts)  # (R,)
        chosen = (*self._rows(transition.observations), joint_actions)  # index of (R,) entries
        next_values = best_values(self.q_table[self._rows(transition.next_observations)])  # (R,)
        team_rewards = transition.rewards.mean(axis=-1)  # (R,)
        targets = td_target(team_rewards, next_values, transition.terminated, self.gamma)
        self.q_table[chosen] = move_toward(self.q_table[chosen], targets, value_at(self.alpha, self.step))

    def _rows(self, observations):
        common = observations[:, 0]  # (R,)
        if (observations != common[:, None]).any():
            raise ValueError(
                "observations must be the same for all agents, got different ones; let every agent see the state."
            )
        return self._runs[:, 0], common

    def _allocate(self, runs):
        joint = (self.num_observations, int(np.prod(self.action_counts)))  # (O, A^N)
        self.q_table = np.full((runs, *joint), self.initial, dtype=float)


class JointActionLearner(TabularLearner):
    """Every agent learns values of joint actions, and expects the others to act as they did so far.

        EV_i(o, a_i) = Σ_{a_-i} Q_i(o, a) Π_{j≠i} (how often j took a_j at o) / (visits of o)
        Q_i(o, a) ← Q_i(o, a) + α (r_i + γ max_b EV_i(o', b) - Q_i(o, a))

    Each is greedy in its own EV: it knows what every joint action is worth, and still cannot choose for others.

    Parameters:
        game: a MarkovGame with integer observations.
        alpha, gamma, epsilon: as for `IQL`.
    Attributes:
        q_table: (R, N, O, A, …, A) with N action axes, in units of return; None before the first call.
        counts: (R, N, O, N, A), how often agent i saw agent j take action a at o_i.
        step: number of updates so far.
    Raises:
        ValueError: if observations are not integers, or if the number of runs changes.
    Source: Claus & Boutilier 1998, section 3. Differs: ε-greedy instead of softmax exploration.
    """

    def policies(self, observations):
        """Share each agent's choice equally among the actions of which it expects most, (R, N, A)."""
        self._prepare(observations)
        return epsilon_greedy(self.expected_values(observations), 0.0)

    def choose(self, observations, rng):
        """Choose the actions (R, N) of which the agents expect most."""
        return choose_greedily(self.expected_values(observations), rng)

    def _learn(self, transition, rng):
        rows = self._rows(transition.observations)
        next_values = best_values(self.expected_values(transition.next_observations))  # (R, N)
        targets = td_target(transition.rewards, next_values, transition.terminated[:, None], self.gamma)
        chosen = (*rows, *transition.actions.T[..., None])  # index of (R, N) entries
        self.q_table[chosen] = move_toward(self.q_table[chosen], targets, value_at(self.alpha, self.step))
        one_hot = np.eye(self.num_actions, dtype=np.int64)[transition.actions]  # (R, N, A)
        self.counts[rows] += one_hot[:, None]  # every agent sees what everybody did

    def expected_values(self, observations):
        """Average each agent's values over what it expects of the others, EV (R, N, A)."""
        rows = self._rows(observations)
        joint_values = self.q_table[rows]  # (R, N, A, …, A)
        beliefs = self._beliefs(self.counts[rows])  # (R, N, N, A)
        expected = [_average_over_others(joint_values[:, i], beliefs[:, i], i) for i in range(self.num_agents)]
        return np.stack(expected, axis=1)

    def _beliefs(self, counts):
        visits = counts.sum(axis=-1, keepdims=True)  # (R, N, N, 1)
        return np.where(visits > 0, counts / np.maximum(visits, 1), 1 / self.num_actions)

    def _allocate(self, runs):
        tables = (runs, self.num_agents, self.num_observations)
        self.q_table = np.zeros((*tables, *(self.num_actions,) * self.num_agents))
        self.counts = np.zeros((*tables, self.num_agents, self.num_actions), dtype=np.int64)


def _average_over_others(joint_values, beliefs, agent):
    """Average values (R, A, …, A) over the others' actions with probabilities (R, N, A), which leaves (R, A)."""
    values = np.moveaxis(joint_values, agent + 1, 1)  # (R, A_i, others' actions …)
    for other in reversed(range(beliefs.shape[1])):
        if other != agent:
            values = np.einsum("r...a,ra->r...", values, beliefs[:, other])  # the last action axis is averaged out
    return values
