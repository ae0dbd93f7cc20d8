"""What actors that learn from whole episodes share, whatever critic they listen to: a floor below the families."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from marl_lessons.learners.softmax_actors import SoftmaxActors
from marl_lessons.learners.tabular import check_runs, count_views, number_views
from marl_lessons.policies import softmax, value_at
from marl_lessons.policy_gradients import entropy_gradient

LONGEST = 1_000  # steps to learn from at once; an episode that goes on bootstraps there


class Step(NamedTuple):
    """One step of all runs: what is kept of a Transition. `view` is the number of the global view, (R, 1)."""

    observations: np.ndarray
    actions: np.ndarray
    rewards: np.ndarray
    next_observations: np.ndarray
    terminated: np.ndarray
    truncated: np.ndarray
    view: np.ndarray
    next_view: np.ndarray


@dataclass(frozen=True)
class Episodes:
    """The episodes that have just ended in K runs; the T steps of the longest of them.

    Attributes:
        runs: which runs, (K, 1).
        steps: a Step of arrays (T, K, …).
        is_own: (T, K, 1), whether the step belongs to the episode; a shorter one begins later.
    """

    runs: np.ndarray
    steps: Step
    is_own: np.ndarray


class EpisodicActors(SoftmaxActors):
    """Actors that learn from whole episodes, each run as soon as its own has ended, or from 1,000 steps of it.

    A family says in `_judge` how much better each action was than its critic had foretold, and teaches the critic.

    Parameters:
        game: a MarkovGame whose observations are integers.
        alpha, gamma, entropy, preferences: as for `ActorCritic`.
        critic_alpha: β, step size of the critic, a number or a schedule.
        initial: first values of the critic.
        sees_all: whether the critic needs the global view, which must then be of integers.
    """

    def __init__(
        self, game, alpha, gamma, *, critic_alpha=0.1, entropy=0.01, initial=0.0, preferences=0.0, sees_all=True
    ):
        super().__init__(game, alpha, gamma, entropy, preferences)
        self.critic_alpha, self.initial, self._steps, self._ages = critic_alpha, initial, [], None
        self._game, self.num_views = (game, count_views(game)) if sees_all else (None, 0)

    def begin(self, started):
        """Forget, in the runs in which an episode starts, what an earlier one has left; booleans (R,)."""
        if self._ages is not None:
            check_runs(len(self._ages), len(started))
            self._ages[started] = 0

    def _learn(self, transition, rng):
        self._steps.append(self._keep(transition))
        self._ages += 1
        ended = np.flatnonzero(transition.terminated | transition.truncated | (self._ages == LONGEST))
        if len(ended):
            self._learn_from(self._collect(ended))
            self._ages[ended] = 0
            self._steps = self._steps[len(self._steps) - self._ages.max() :]

    def _keep(self, transition):
        views = self._number(np.stack([transition.state, transition.next_state]))  # (2, R, 1)
        ends = transition.terminated[:, None], transition.truncated[:, None]
        seen = transition.observations, transition.actions, transition.rewards, transition.next_observations
        return Step(*seen, *ends, *views)

    def _number(self, states):
        """Number the global views of states (2, R, …): of both at once, which costs little more than of one."""
        if self._game is None:
            return np.zeros((*states.shape[:2], 1), dtype=np.int64)
        return number_views(self._game, states.reshape(-1, *states.shape[2:])).reshape(*states.shape[:2], 1)

    def _collect(self, ended):
        ages = self._ages[ended]  # (K,)
        length = ages.max()
        steps = Step(*(np.stack(arrays)[:, ended] for arrays in zip(*self._steps[-length:], strict=True)))
        return Episodes(ended[:, None], steps, (np.arange(length)[:, None] >= length - ages)[..., None])

    def _learn_from(self, episodes):
        steps, runs = episodes.steps, episodes.runs
        policies = softmax(self.preference_table[runs, self._agents, steps.observations])  # (T, K, N, A)
        advantages = self._judge(episodes, policies) * episodes.is_own  # (T, K, N)
        uphill = advantages[..., None] * self._log_gradients(policies, steps.actions)
        bonus = value_at(self.entropy, self.step) * entropy_gradient(policies)
        alpha = np.broadcast_to(value_at(self.alpha, self.step), (len(self._runs), self.num_agents))[runs[:, 0]]
        moves = self._spread(alpha) * (uphill + bonus * episodes.is_own[..., None])
        for observations, move in zip(steps.observations, moves, strict=True):  # one may come several times
            self.preference_table[runs, self._agents, observations] += move

    def _judge(self, episodes, policies):
        """Compute advantages (T, K, N) of the actions taken by policies (T, K, N, A), and teach the critic."""
        raise NotImplementedError

    def _allocate(self, runs):
        super()._allocate(runs)
        self._ages = np.zeros(runs, dtype=np.int64)
