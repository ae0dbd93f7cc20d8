"""Value decomposition: the team learns one value together, put together from utilities that each agent can act on."""

from functools import cached_property

import numpy as np

from marl_lessons.learners.tabular import TabularLearner
from marl_lessons.mixing import differentiate_any_mix, differentiate_mix, mix_monotonically, sum_utilities
from marl_lessons.policies import choose_greedily, epsilon_greedy, value_at
from marl_lessons.update_rules import best_values, td_target

MOST_VIEWS = 2_000  # up to so many different global views each has mixing weights of its own


class VDN(TabularLearner):
    """The team's value is the sum of the agents' utilities, and all of them move by the same error.

        Q_tot = Σ_i Q_i(o_i, a_i)
        y = r + γ Q_tot(o', everybody's own best action)
        Q_i(o_i, a_i) ← Q_i(o_i, a_i) + α (y - Q_tot)

    Training needs everybody's action; acting needs an agent's own utilities alone. The team's reward r is the mean over
    the agents. Agents explore ε-greedily, and ties between their best actions are broken at random.

    Parameters:
        game: a MarkovGame whose observations are integers.
        alpha: step size: a number, an array that broadcasts to (R, 1), or a schedule (a function of the step).
        gamma: discount factor.
        epsilon: probability of exploring: a number, an array that broadcasts to (R, N), or a schedule.
        initial: first utilities, a number or an array that broadcasts to (N, O, A).
    Attributes:
        q_table: utilities (R, N, O, A), in units of return; None before the first call.
        step: number of updates so far.
        mix: what puts utilities (K, N) together to values (K,), a function as `mixing.sum_utilities`.
        find_targets: y, a function of rewards (R,), next utilities (R, N, A), next mixing (here an empty tuple),
            terminated (R,) and gamma, which returns (R,).
    Raises:
        ValueError: if the game's observations are not integers; and, when it is used, if the number of runs changes.
    Source: Sunehag et al. 2018. Differs: tables instead of networks, and no replay.
    """

    def __init__(self, game, alpha, gamma, epsilon, *, initial=0.0):
        super().__init__(game, alpha, gamma, epsilon)
        self.initial = initial
        self.mix = sum_utilities
        self.find_targets = self._find_targets

    def policies(self, observations):
        """Share each agent's choice equally among the actions of greatest utility, (R, N, A)."""
        self._prepare(observations)
        return epsilon_greedy(self._look_up(self.q_table, observations), 0.0)

    def choose(self, observations, rng):
        """Choose the actions (R, N) of greatest utility."""
        return choose_greedily(self._look_up(self.q_table, observations), rng)

    def mixing(self, view):
        """Look up what the mix takes beside the utilities at a global view (R, D): here nothing, an empty tuple."""
        return ()

    def q_tot(self, observations, actions, view=None):
        """Say what the team thinks its joint actions are worth.

        Parameters:
            observations, actions: integers (R, N).
            view: the game's `global_view` there, (R, D); where the mix does not depend on it, None.
        Returns:
            Q_tot (R,), in units of return.
        """
        self._prepare(observations)
        return self.mix(self.q_table[(*self._rows(observations), actions)], *self.mixing(view))

    def _find_targets(self, rewards, next_q_values, next_mixing, terminated, gamma):
        return td_target(rewards, self.mix(best_values(next_q_values), *next_mixing), terminated, gamma)

    def _learn(self, transition, rng):
        chosen = (*self._rows(transition.observations), transition.actions)  # index of (R, N) entries
        errors = self._targets(transition, self.q_table, ()) - self.mix(self.q_table[chosen])  # (R,)
        self.q_table[chosen] += value_at(self.alpha, self.step) * errors[:, None]

    def _targets(self, transition, q_table, next_mixing):
        next_q_values = self._look_up(q_table, transition.next_observations)  # (R, N, A)
        team_rewards = transition.rewards.mean(axis=-1)  # (R,)
        return self.find_targets(team_rewards, next_q_values, next_mixing, transition.terminated, self.gamma)

    def _allocate(self, runs):
        tables = (runs, self.num_agents, self.num_observations, self.num_actions)
        self.q_table = np.broadcast_to(self.initial, tables).astype(float)


class QMIX(VDN):
    """The team's value is a mix of the utilities that rises with each of them; the state decides how it rises.

        Q_tot = Σ_h |v_h(s)| elu(Σ_i |w_ih(s)| Q_i(o_i, a_i) + b_h(s)) + c(s)
        y = r + γ Q_tot⁻(s', everybody's own best action)
        (Q_i, w, b, v, c) ← (Q_i, w, b, v, c) + η (y - Q_tot) g,   g = ∂Q_tot / ∂(Q_i, w, b, v, c)

    The step η = min(α / |g|, 1 / 2|g|²) has the length α |y - Q_tot|, or as much as brings Q_tot half of the way to y:
    a gradient grows with the values, and a plain step would overshoot. Targets come from Q_tot⁻, a copy of all tables
    that is made anew every `sync` steps; without it values chase themselves and may grow without end.

    While learning, the mix sees the game's `global_view`; acting needs an agent's own utilities alone. Where views are
    whole numbers, each of up to 2,000 has weights of its own; beyond that, and for features, weights are a linear
    function of the view's columns.

    Parameters:
        game, gamma, epsilon, initial: as for `VDN`.
        alpha: step size, a number, an array that broadcasts to (R, 1), or a schedule.
        hidden_units: H.
        sync: steps after which the copy for the targets is made anew; 1 for targets that always follow.
    Attributes:
        mixing_table: what w, b, v and c are read from, (R, rows, N H + H + H + 1); None before the first update,
            which draws it: w from N(0, 1), v from N(0, 1/H), and b = c = 0.
        mix: a function as `mixing.mix_monotonically`. Another one with these arguments may take its place, in
            plain NumPy: it is differentiated by nudges, which takes several times as long.
        q_table, step, find_targets: as for `VDN`; the next mixing is the tuple (w, b, v, c) at the next state.
    Raises:
        ValueError: as for `VDN`; if the mixing weights are asked for before the first update; or if `alpha` differs
            between the agents of a run.
    Source: Rashid et al. 2018. Differs: tables instead of networks (one linear layer makes the weights, of c too), no
        replay, and the step above instead of RMSProp.
    """

    mixing_table = None

    def __init__(self, game, alpha, gamma, epsilon, *, hidden_units=4, sync=20, initial=0.0):
        super().__init__(game, alpha, gamma, epsilon, initial=initial)
        self.hidden_units, self.sync = hidden_units, sync
        self.mix = mix_monotonically
        self._global_view, self._view_sizes = game.global_view, game.view_sizes

    def mixing(self, view):
        """Look up the mixing weights at a global view (R, D): the tuple (w (R, N, H), b (R, H), v (R, H), c (R,))."""
        if self.mixing_table is None:
            raise ValueError("mixing weights must have been drawn, got none; train for at least one step first.")
        return self._unpack(self._read(self.mixing_table, *self._locate(view)))

    def _learn(self, transition, rng):
        view = self._global_view(transition.state)
        if self.mixing_table is None:
            self._draw_mixing(view, rng)
        if self.step % self.sync == 0:
            self._copies = self.q_table.copy(), self.mixing_table.copy()
        rows, amounts = self._locate(view)
        chosen = (*self._rows(transition.observations), transition.actions)
        arguments = (self.q_table[chosen], *self._unpack(self._read(self.mixing_table, rows, amounts)))
        targets = self._delayed_targets(transition)
        q_tot, (by_utilities, *by_mixing) = self._differentiate(arguments)
        by_mixing = np.concatenate([part.reshape(len(view), -1) for part in by_mixing], axis=1)  # (R, P)
        by_rows = amounts[..., None] * by_mixing[:, None]  # (R, D, P)
        steps = (targets - q_tot) * self._measure_step(by_utilities, by_rows)  # (R,)
        self.q_table[chosen] += steps[:, None] * by_utilities
        self.mixing_table[self._runs, rows] += steps[:, None, None] * by_rows

    def _delayed_targets(self, transition):
        q_table, mixing_table = self._copies
        next_rows, next_amounts = self._locate(self._global_view(transition.next_state))
        return self._targets(transition, q_table, self._unpack(self._read(mixing_table, next_rows, next_amounts)))

    def _differentiate(self, arguments):
        if self.mix is mix_monotonically:
            return differentiate_mix(*arguments)
        return differentiate_any_mix(self.mix, arguments)

    def _measure_step(self, *gradients):
        """Measure how far to go along gradients (R, …), which are one gradient in several arrays: η (R,)."""
        square = sum((part**2).reshape(len(part), -1).sum(axis=1) for part in gradients)  # |g|² (R,)
        alpha = np.asarray(value_at(self.alpha, self.step))
        if alpha.ndim and alpha.shape[-1] != 1:
            raise ValueError(f"alpha must broadcast to (R, 1), got {alpha.shape}; agents of a run share one step size.")
        alpha = alpha[..., 0] if alpha.ndim else alpha
        square = np.maximum(square, 1e-12)  # a mix of somebody else's may be flat
        return np.minimum(alpha / np.sqrt(square), 0.5 / square)

    def _locate(self, view):
        """Find which rows of the mixing table make up the weights at a view (R, D), and how much of each: (R, D')."""
        if self._view_sizes is None:
            amounts = np.concatenate([view, np.ones((len(view), 1))], axis=1)
            return np.broadcast_to(np.arange(amounts.shape[1]), amounts.shape), amounts
        if self._has_row_for_each_view:
            rows = np.ravel_multi_index(tuple(view.T), self._view_sizes)[:, None]
        else:
            rows = view + np.cumsum([0, *self._view_sizes[:-1]])  # a row for each value of each column
        return rows, np.ones(rows.shape)

    @cached_property
    def _has_row_for_each_view(self):
        return np.prod(self._view_sizes, dtype=float) <= MOST_VIEWS

    def _read(self, mixing_table, rows, amounts):
        """Read weights (R, P) from a mixing table."""
        return (amounts[..., None] * mixing_table[self._runs, rows]).sum(axis=1)

    def _unpack(self, weights):
        """Take weights (R, P) apart: w (R, N, H), b (R, H), v (R, H), c (R,)."""
        hidden, length = self.hidden_units, self.num_agents * self.hidden_units
        w, others = weights[:, :length].reshape(-1, self.num_agents, hidden), weights[:, length:]
        return w, others[:, :hidden], others[:, hidden:-1], others[:, -1]

    def _draw_mixing(self, view, rng):
        """Draw the first mixing table."""
        agents, hidden = self.num_agents, self.hidden_units
        if self._view_sizes is None:
            num_rows = view.shape[1] + 1
        else:
            num_rows = int(np.prod(self._view_sizes) if self._has_row_for_each_view else np.sum(self._view_sizes))
        scales = np.repeat([1, 0, 1 / np.sqrt(hidden), 0], [agents * hidden, hidden, hidden, 1])  # (P,)
        parts = self._locate(view)[0].shape[1]  # how many rows add up to the weights
        self.mixing_table = scales / np.sqrt(parts) * rng.normal(size=(len(view), num_rows, len(scales)))
