"""Actors that see what they see, and critics that may see more while everybody learns; tables."""

import numpy as np

from marl_lessons.learners.episodic_actors import EpisodicActors
from marl_lessons.policies import softmax, value_at
from marl_lessons.policy_gradients import generalized_advantages, joint_counterfactual_advantages, lambda_returns
from marl_lessons.update_rules import move_toward

MOST_JOINT_ACTIONS = 10_000


class CentralActorCritic(EpisodicActors):
    """Actors that see what they see, and for each a critic that sees the same, or all that the game shows in training.

        δ_i,t = r_i,t + γ V_i(x_t+1) - V_i(x_t),   A_i,t = Σ_k (γ λ)^k δ_i,t+k
        θ_i(o_i,t) ← θ_i(o_i,t) + α (A_i,t ∂ log π_i(a_i,t|o_i,t) / ∂θ_i + η ∂H(π_i) / ∂θ_i)   for every step t
        V_i(x_t) ← V_i(x_t) + β (G_i,t - V_i(x_t)),   G_i,t = A_i,t + V_i(x_t)

    x is the agent's observation o_i if the critic is local, and the global view if it is central: that is the only
    difference. The critics are needed in training alone. Every run learns when its episode has ended.

    Parameters:
        game: a MarkovGame whose observations are integers, and its global view too if the critic is central.
        alpha, gamma, critic_alpha, entropy, preferences: as for `ActorCritic`.
        critic: "local" or "central".
        trace: λ in 0 … 1; 0 believes the critic after one step, 1 waits for the return.
        initial: first values V, a number or an array that broadcasts to the values.
    Attributes:
        preference_table: θ (R, N, O, A), without unit; None before the first call.
        value_table: V (R, N, O) if local, (R, N, views) if central, in units of return.
        step: number of updates so far.
        log_gradient: as in `ActorCritic`.
        find_advantages: a function as `policy_gradients.generalized_advantages`; it is asked for arrays (T, M), with
            M agents of all runs side by side.
    Raises:
        ValueError: if `critic` is neither of the two, or the game shows features where integers are needed; and, when
            it is used, if the number of runs changes.
    Source: Lowe et al. 2017; Lyu, Xiao, Daley & Amato 2021 compare the two critics. Differs: tables.
    """

    value_table = None

    def __init__(self, game, alpha, gamma, *, critic="local", trace=0.0, **options):
        if critic not in ("local", "central"):
            raise ValueError(f'critic must be "local" or "central", got {critic!r}; choose one of them.')
        super().__init__(game, alpha, gamma, sees_all=critic == "central", **options)
        self.critic, self.trace = critic, trace
        self.find_advantages = generalized_advantages

    def _judge(self, episodes, policies):
        steps, runs = episodes.steps, episodes.runs
        is_local = self.critic == "local"
        seen = steps.observations if is_local else steps.view
        next_seen = steps.next_observations if is_local else steps.next_view
        values, next_values = (self.value_table[runs, self._agents, x] for x in (seen, next_seen))  # (T, K, N)
        ends = steps.terminated, steps.truncated  # (T, K, 1)
        advantages = self._find_advantages(steps.rewards, values, next_values, *ends)
        step_size = value_at(self.critic_alpha, self.step) * episodes.is_own
        for numbers, targets, size in zip(seen, values + advantages, step_size, strict=True):
            rows = runs, self._agents, numbers
            self.value_table[rows] = move_toward(self.value_table[rows], targets, size)
        return advantages

    def _find_advantages(self, rewards, *others):
        """Ask `find_advantages` for all runs and agents in a row: arrays (T, K, N) or (T, K, 1) as (T, K·N)."""
        in_a_row = [np.broadcast_to(one, rewards.shape).reshape(len(rewards), -1) for one in (rewards, *others)]
        return self.find_advantages(*in_a_row, self.gamma, self.trace).reshape(rewards.shape)

    def _allocate(self, runs):
        super()._allocate(runs)
        size = self.num_observations if self.critic == "local" else self.num_views
        self.value_table = np.broadcast_to(self.initial, (runs, self.num_agents, size)).astype(float)


class COMA(EpisodicActors):
    """Actors of their own, and one critic of joint actions that tells each what its own action was good for.

        A_i = Q(x, a) - Σ_b π_i(b|o_i) Q(x, b, a_-i)
        θ_i(o_i) ← θ_i(o_i) + α (A_i ∂ log π_i(a_i|o_i) / ∂θ_i + η ∂H(π_i) / ∂θ_i)
        Q(x_t, a_t) ← Q(x_t, a_t) + β (r_t + γ Q(x_t+1, a_t+1) - Q(x_t, a_t)),   a = (a_1, …, a_N)

    The critic sees the global view x and learns the team's reward r, the mean over the agents. Where the horizon cuts
    an episode off there is no next action, and the mean over the actors' policies stands in. Every run learns when
    its episode has ended.

    Parameters:
        game: a MarkovGame whose observations and global view are integers, and whose A^N joint actions are not too
            many for a table.
        alpha, gamma, critic_alpha, entropy, preferences: as for `ActorCritic`.
        initial: first values Q, a number or an array that broadcasts to (R, views, A, …, A).
        trace: λ of the critic's targets; 0 is the equation above.
    Attributes:
        preference_table: θ (R, N, O, A), without unit; None before the first call.
        q_table: Q (R, views, A, …, A), in units of return.
        step: number of updates so far.
        log_gradient: as in `ActorCritic`.
        find_advantages: a function as `policy_gradients.joint_counterfactual_advantages`.
    Raises:
        ValueError: if the game shows features, or A^N is above 10,000; and, when it is used, if the number of runs
            changes.
    Source: Foerster et al. 2018 (COMA). Differs: tables for networks.
    """

    def __init__(self, game, alpha, gamma, *, trace=0.0, **options):
        super().__init__(game, alpha, gamma, **options)
        joint_actions = game.num_actions**game.num_agents
        if joint_actions > MOST_JOINT_ACTIONS:
            raise ValueError(
                f"game must have at most {MOST_JOINT_ACTIONS:,} joint actions, got {joint_actions:,}; "
                "use CentralActorCritic, whose critic needs no table of joint actions."
            )
        self.trace = trace
        self.find_advantages = joint_counterfactual_advantages

    def _judge(self, episodes, policies):
        steps, runs = episodes.steps, episodes.runs
        joint_values = self.q_table[runs[:, 0], steps.view[..., 0]]  # (T, K, A, …, A)
        taken = runs[:, 0], steps.view[..., 0], *np.moveaxis(steps.actions, -1, 0)
        values = self.q_table[taken]  # (T, K)
        next_values = np.concatenate([values[1:], self._expect(episodes)[None]])
        ends = steps.terminated[..., 0], steps.truncated[..., 0]
        rewards = steps.rewards.mean(axis=-1)  # (T, K)
        targets = lambda_returns(rewards, values, next_values, *ends, self.gamma, self.trace)
        step_size = value_at(self.critic_alpha, self.step) * episodes.is_own[..., 0]
        for *cell, target, size in zip(*np.broadcast_arrays(*taken), targets, step_size, strict=True):
            self.q_table[tuple(cell)] = move_toward(self.q_table[tuple(cell)], target, size)
        return self._compare(joint_values, policies, steps.actions)

    def _expect(self, episodes):
        """Average the values after the last step over what the actors would do next, (K,)."""
        last_seen, runs = episodes.steps.next_observations[-1], episodes.runs
        policies = softmax(self.preference_table[runs, self._agents, last_seen])  # (K, N, A)
        values = self.q_table[runs[:, 0], episodes.steps.next_view[-1, :, 0]]  # (K, A, …, A)
        for agent in reversed(range(self.num_agents)):
            values = np.einsum("k...a,ka->k...", values, policies[:, agent])
        return values

    def _compare(self, joint_values, policies, actions):
        """Ask `find_advantages` for all steps in a row: (T, K, N)."""
        in_a_row = (array.reshape(-1, *array.shape[2:]) for array in (joint_values, policies, actions))
        return self.find_advantages(*in_a_row).reshape(actions.shape)

    def _allocate(self, runs):
        super()._allocate(runs)
        shape = (runs, self.num_views, *(self.num_actions,) * self.num_agents)
        self.q_table = np.broadcast_to(self.initial, shape).astype(float)
