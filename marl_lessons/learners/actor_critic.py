"""Policy gradients by sampling: every agent has preferences of its own, and a critic that sees what the agent sees."""

import numpy as np

from marl_lessons.learners.softmax_actors import SoftmaxActors
from marl_lessons.policies import softmax, value_at
from marl_lessons.policy_gradients import (
    clipped_weights,
    entropy_gradient,
    generalized_advantages,
    natural_log_gradient,
)
from marl_lessons.update_rules import move_toward, td_target


class ActorCritic(SoftmaxActors):
    """Every agent makes an action likelier if the step went better than its critic had foretold.

        δ_i = r_i + γ V_i(o_i') - V_i(o_i)
        V_i(o_i) ← V_i(o_i) + β δ_i
        θ_i(o_i) ← θ_i(o_i) + α (δ_i ∂ log π_i(a_i|o_i) / ∂θ_i + η ∂H(π_i) / ∂θ_i)

    While learning, agents draw from their softmax policies π; without exploring they take the likeliest action.

    Parameters:
        game: a MarkovGame whose observations are integers.
        alpha: step size of the preferences: a number, an array that broadcasts to (R, N), or a schedule.
        gamma: discount factor.
        critic_alpha: β, step size of the values, like alpha.
        entropy: η, weight of the entropy H, a number or a schedule.
        initial: first values V, a number or an array that broadcasts to (R, N, O).
        preferences: first θ, like `initial` to (R, N, O, A).
    Attributes:
        preference_table: θ (R, N, O, A), without unit; None before the first call.
        value_table: V (R, N, O), in units of return.
        step: number of updates so far.
        log_gradient: ∂ log π(a) / ∂θ, a function as `policy_gradients.log_gradient`; it is asked for policies (K, A)
            and actions (K,), those of all agents and runs in a row.
    Raises:
        ValueError: if the game's observations are not integers; and, when it is used, if the number of runs changes.
    Source: Sutton & Barto 2018, section 13.5; for teams Peshkin et al. 2000. Differs: without the factor γ^t of the
        discounted objective, as is usual.
    """

    value_table = None

    def __init__(self, game, alpha, gamma, *, critic_alpha=0.1, entropy=0.01, initial=0.0, preferences=0.0):
        super().__init__(game, alpha, gamma, entropy, preferences)
        self.critic_alpha, self.initial = critic_alpha, initial

    def _learn(self, transition, rng):
        rows = self._rows(transition.observations)
        errors = self._errors(transition)  # δ (R, N)
        policies = self.probabilities(transition.observations)  # (R, N, A)
        uphill = errors[..., None] * self._log_gradients(policies, transition.actions)
        uphill = uphill + value_at(self.entropy, self.step) * entropy_gradient(policies)
        self.preference_table[rows] += self._spread(value_at(self.alpha, self.step)) * uphill
        self.value_table[rows] += value_at(self.critic_alpha, self.step) * errors

    def _errors(self, transition):
        """Say how much better a step went than the critics foretold, δ (R, N)."""
        next_values = self.value_table[self._rows(transition.next_observations)]  # (R, N)
        targets = td_target(transition.rewards, next_values, transition.terminated[:, None], self.gamma)
        return targets - self.value_table[self._rows(transition.observations)]

    def _allocate(self, runs):
        super()._allocate(runs)
        tables = (runs, self.num_agents, self.num_observations)
        self.value_table = np.broadcast_to(self.initial, tables).astype(float)


class NaturalActorCritic(ActorCritic):
    """An actor-critic whose steps are measured by how much they change the policy, not the preferences.

    Parameters:
        game, alpha, gamma, options: as for `ActorCritic`; much smaller step sizes are in place.
        floor: smallest probability that a step is divided by.
    Source: Kakade 2001; see `policy_gradients.natural_log_gradient`.
    """

    def __init__(self, game, alpha, gamma, *, floor=0.05, **options):
        super().__init__(game, alpha, gamma, **options)
        self.floor = floor
        self.log_gradient = self._natural

    def _natural(self, policies, actions):
        return natural_log_gradient(policies, actions, self.floor)


class REINFORCE(ActorCritic):
    """Every agent waits for the end of the episode, and makes likelier what had a better return than its baseline.

        θ_i(o_i,t) ← θ_i(o_i,t) + α (G_i,t - V_i(o_i,t)) ∂ log π_i(a_i,t|o_i,t) / ∂θ_i   for every step t
        V_i(o_i,t) ← V_i(o_i,t) + β (G_i,t - V_i(o_i,t))

    G is the discounted return from step t on; an episode that the horizon cuts off counts V for what would follow.
    Nothing moves before the episode has ended; every run waits for its own end.

    Parameters:
        game, alpha, gamma, options: as for `ActorCritic`.
    Source: Williams 1992, with a baseline for each observation; Sutton & Barto 2018, section 13.4. The sums over the
        steps are kept as traces: Σ_t (G_t - V_t) x_t = Σ_t δ_t Σ_{k ≤ t} γ^(t - k) x_k.
    """

    def begin(self, started):
        """Forget, in the runs in which an episode starts, what an earlier one has left; booleans (R,)."""
        if self._runs is not None:
            for table in (*self._traces, *self._moves):
                table[started] = 0

    def _learn(self, transition, rng):
        rows = self._rows(transition.observations)
        policies = self.probabilities(transition.observations)  # (R, N, A)
        for trace in self._traces:
            trace *= self.gamma
        trace, value_trace = self._traces  # (R, N, O, A) and (R, N, O)
        trace[rows] += self._log_gradients(policies, transition.actions)
        value_trace[rows] += 1
        errors = self._errors(transition)[..., None]  # δ (R, N, 1); values stand still within an episode
        uphill, value_moves = self._moves
        uphill += errors[..., None] * trace
        value_moves += errors * value_trace
        uphill[rows] += value_at(self.entropy, self.step) * entropy_gradient(policies)
        self._move_where(transition.terminated | transition.truncated)

    def _move_where(self, ended):
        """Move the tables of the runs (R,) whose episode has ended."""
        uphill, value_moves = self._moves
        alpha = np.asarray(value_at(self.alpha, self.step))[..., None, None]
        critic_alpha = np.asarray(value_at(self.critic_alpha, self.step))[..., None]
        where = ended[:, None, None]
        self.preference_table += where[..., None] * alpha * uphill
        self.value_table += where * critic_alpha * value_moves

    def _allocate(self, runs):
        super()._allocate(runs)
        self._traces = np.zeros_like(self.preference_table), np.zeros_like(self.value_table)
        self._moves = np.zeros_like(self.preference_table), np.zeros_like(self.value_table)


class ClippedActorCritic(ActorCritic):
    """Every agent learns several times from a batch of steps, but lets no probability move far from what it was.

        θ_i ← θ_i + α Σ_t (w_t ∂ log π_i(a_i,t|o_i,t) / ∂θ_i + η ∂H(π_i) / ∂θ_i)   epochs times
        w: see `policy_gradients.clipped_weights`;  V_i(o_i,t) ← V_i(o_i,t) + β (G_t - V_i(o_i,t))

    Parameters:
        game, alpha, gamma, options: as for `ActorCritic`; much smaller step sizes are in place.
        batch: number of steps T to learn from.
        epochs: how often.
        clip: how far a probability may move, as a share of what it was: 0.2 lets it come to 0.8 or 1.2 times that.
        trace: λ of the advantages and of the targets G.
    Source: Schulman et al. 2017 (PPO) with tables. Differs: whole batches, advantages as they are, values by their own
        step size.
    """

    def __init__(self, game, alpha, gamma, *, batch=200, epochs=4, clip=0.2, trace=0.9, **options):
        super().__init__(game, alpha, gamma, **options)
        self.batch, self.epochs, self.clip, self.trace = batch, epochs, clip, trace
        self._steps = []

    def _learn(self, transition, rng):
        self._steps.append(transition)
        if len(self._steps) == self.batch:
            self._learn_from_batch()
            self._steps = []

    def _learn_from_batch(self):
        names = ("observations", "actions", "rewards", "next_observations", "terminated", "truncated")
        seen, actions, rewards, next_seen, terminated, truncated = (
            np.stack([getattr(step, name) for step in self._steps]) for name in names
        )
        rows = tuple(np.broadcast_arrays(self._runs, self._agents, seen))  # three times (T, R, N)
        values, next_values = self.value_table[rows], self.value_table[self._runs, self._agents, next_seen]
        ends = terminated[..., None], truncated[..., None]  # (T, R, 1)
        advantages = generalized_advantages(rewards, values, next_values, *ends, self.gamma, self.trace)
        self._climb(rows, actions, advantages)
        targets = values + advantages
        for time in range(len(targets)):  # step by step: an observation may come several times
            now = tuple(axis[time] for axis in rows)
            step_size = value_at(self.critic_alpha, self.step)
            self.value_table[now] = move_toward(self.value_table[now], targets[time], step_size)

    def _climb(self, rows, actions, advantages):
        """Follow the gradient of the clipped surrogate, several times."""
        old = softmax(self.preference_table[rows])  # (T, R, N, A)
        alpha, entropy = self._spread(value_at(self.alpha, self.step)), value_at(self.entropy, self.step)
        for _ in range(self.epochs):
            policies = softmax(self.preference_table[rows])
            ratios = np.take_along_axis(policies / old, actions[..., None], axis=-1)[..., 0]  # (T, R, N)
            weights = clipped_weights(ratios, advantages, self.clip)
            uphill = weights[..., None] * self._log_gradients(policies, actions) + entropy * entropy_gradient(policies)
            np.add.at(self.preference_table, rows, alpha * uphill)
