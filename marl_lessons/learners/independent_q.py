"""Independent Q-learning and its optimistic relatives: every agent keeps its own table and sees only its own action.

The relatives differ in how they take bad news, which in a team may be no fault of the action: a partner may have been
exploring. Their update rules are the functions of `update_rules`.
"""

import numpy as np

from marl_lessons.policies import choose_greedily, explore_uniformly, sample_softmax, value_at
from marl_lessons.rollout import check_integer_observations, check_runs
from marl_lessons.update_rules import (
    best_values,
    count_best,
    maximum_bonus,
    move_hysteretically,
    move_leniently,
    move_toward,
    td_target,
)


class IQL:
    """Every agent learns the values of its own actions, as if it were alone.

        Q_i(o_i, a_i) ← Q_i(o_i, a_i) + α (r_i + γ max_b Q_i(o_i', b) - Q_i(o_i, a_i))

    Agents explore ε-greedily or, if a temperature is given, by the softmax of their preferences. Ties between
    the best actions are broken at random.

    Parameters:
        game: a MarkovGame whose observations are integers.
        alpha: step size: a number, an array that broadcasts to (R, N), or a schedule (a function of the step).
        gamma: discount factor.
        epsilon: probability of exploring: a number, an array or a schedule, like alpha.
        temperature: of the softmax, a number or a schedule; instead of epsilon.
        initial: first values, a number or an array that broadcasts to (N, O, A).
    Attributes:
        q_table: (R, N, O, A), in units of return; made on the first call, None before.
        step: number of updates so far.
    Raises:
        ValueError: if the game's observations are not integers; unless one of epsilon and temperature is
            given; and, when it is used, if the number of runs changes.
    Source: Watkins 1989; for many agents Tan 1993.
    """

    def __init__(self, game, alpha, gamma, epsilon=None, *, temperature=None, initial=0.0):
        check_integer_observations(game)
        if (epsilon is None) == (temperature is None):
            raise ValueError(
                f"one of epsilon and temperature must be given, got {epsilon} and {temperature}; choose one."
            )
        self.shape = (game.num_agents, game.num_observations, game.num_actions)  # (N, O, A)
        self.alpha, self.gamma = alpha, gamma
        self.epsilon, self.temperature = epsilon, temperature
        self.initial = initial
        self.q_table = None
        self.step = 0

    def act(self, observations, rng, explore=True):
        """Choose actions (R, N); greedily if `explore` is False."""
        self._prepare(len(observations))
        if explore and self.temperature is not None:
            return sample_softmax(self.preferences(observations), value_at(self.temperature, self.step), rng)
        actions = self.choose_greedily(observations, rng)  # (R, N)
        if explore:
            actions = explore_uniformly(actions, value_at(self.epsilon, self.step), self.shape[-1], rng)
        return actions

    def update(self, transition):
        """Learn from one transition in every run."""
        self._prepare(len(transition.observations))
        next_values = best_values(self._look_up(self.q_table, transition.next_observations))  # (R, N)
        targets = td_target(transition.rewards, next_values, transition.terminated[:, None], self.gamma)
        chosen = self._rows(transition.observations) * self.shape[-1] + transition.actions  # (R, N)
        self.learn(chosen, targets, value_at(self.alpha, self.step))
        self.step += 1

    def learn(self, chosen, targets, alpha):
        """Change the chosen entries (R, N) of the table, numbered as in `q_table.reshape(-1)`, given their targets."""
        q_values = self.q_table.reshape(-1)  # a view
        q_values[chosen] = move_toward(q_values[chosen], targets, alpha)

    def preferences(self, observations):
        """Say how much each agent likes each of its actions, (R, N, A): here, their values."""
        return self._look_up(self.q_table, observations)

    def choose_greedily(self, observations, rng):
        """Choose the actions (R, N) that the agents like best."""
        return choose_greedily(self.preferences(observations), rng)

    # Numbering the rows of a table (R·N·O, A) finds them several times faster than three indices would.
    def _rows(self, observations):
        if observations.max() >= self.shape[1]:  # it would be a row of the next agent
            raise ValueError(
                f"observations must lie in 0 … {self.shape[1] - 1}, got {observations.max()}; "
                "correct the game's num_observations."
            )
        return self._first_rows + observations  # (R, N)

    def _look_up(self, table, observations):
        return table.reshape(-1, self.shape[-1]).take(self._rows(observations), axis=0)  # (R, N, A)

    def _prepare(self, runs):
        if self.q_table is None:
            self._allocate(runs)
        check_runs(len(self.q_table), runs)

    def _allocate(self, runs):
        num_agents, num_observations, _ = self.shape
        self._first_rows = np.arange(runs * num_agents).reshape(runs, num_agents) * num_observations  # (R, N)
        self.q_table = np.full((runs, *self.shape), self.initial, dtype=float)  # (R, N, O, A)


class HystereticQ(IQL):
    """Moves fast toward good news and slowly toward bad news.

    Parameters:
        game, alpha, gamma, epsilon, options: as for `IQL`; alpha is for good news.
        beta: step size for bad news, like alpha.
    Source: Matignon, Laurent & Le Fort-Piat 2007; see `update_rules.move_hysteretically`.
    """

    def __init__(self, game, alpha, beta, gamma, epsilon=None, **options):
        super().__init__(game, alpha, gamma, epsilon, **options)
        self.beta = beta

    def learn(self, chosen, targets, alpha):
        q_values = self.q_table.reshape(-1)
        q_values[chosen] = move_hysteretically(q_values[chosen], targets, alpha, value_at(self.beta, self.step))


class DistributedQ(IQL):
    """Believes the best that ever happened, and changes its mind only for something better.

        Q(o, a) ← max(Q(o, a), y);      π(o) ← a   where this raises max_b Q(o, b)

    The second rule lets agents agree on one of several best joint actions. Both are exact for a team in a
    deterministic game; where chance plays, luck looks like skill.

    Parameters:
        game, gamma, epsilon, initial: as for `IQL`; initial values above the true ones are never corrected.
    Attributes:
        policy: what each agent plays, integers (R, N, O); -1 where it has found nothing yet and plays at random.
    Source: Lauer & Riedmiller 2000.
    """

    def __init__(self, game, gamma, epsilon, *, initial=0.0):
        super().__init__(game, alpha=None, gamma=gamma, epsilon=epsilon, initial=initial)

    def choose_greedily(self, observations, rng):
        """Choose the actions (R, N) of the policy."""
        actions = self.policy.reshape(-1)[self._rows(observations)]  # (R, N)
        return np.where(actions < 0, rng.integers(self.shape[-1], size=actions.shape), actions)

    def learn(self, chosen, targets, alpha):
        rows, actions = np.divmod(chosen, self.shape[-1])  # (R, N) each
        q_values, policy = self.q_table.reshape(-1), self.policy.reshape(-1)
        is_better = targets > self.q_table.reshape(-1, self.shape[-1])[rows].max(axis=-1)  # (R, N)
        policy[rows] = np.where(is_better, actions, policy[rows])
        q_values[chosen] = np.maximum(q_values[chosen], targets)

    def _allocate(self, runs):
        super()._allocate(runs)
        self.policy = np.full(self.q_table.shape[:-1], -1)


class LenientQ(IQL):
    """Forgives bad news at first, and less with every visit to the same pair of observation and action.

        T(o, a) ← decay · T(o, a)   at each visit

    Parameters:
        game, alpha, gamma, epsilon, options: as for `IQL`.
        start_temperature: first T of every pair.
        decay: factor in 0 … 1.
    Attributes:
        temperatures: T (R, N, O, A).
    Source: Panait, Sullivan & Luke 2006; Wei & Luke 2016; see `update_rules.move_leniently`. Differs: explores
        like `IQL` instead of by T, and T does not diffuse between states.
    """

    def __init__(self, game, alpha, gamma, epsilon=None, *, start_temperature=50.0, decay=0.999, **options):
        super().__init__(game, alpha, gamma, epsilon, **options)
        self.start_temperature, self.decay = start_temperature, decay

    def act(self, observations, rng, explore=True):
        self._luck = rng.random(observations.shape)  # (R, N), drawn here because update() has no generator
        return super().act(observations, rng, explore)

    def learn(self, chosen, targets, alpha):
        q_values, temperatures = self.q_table.reshape(-1), self.temperatures.reshape(-1)
        q_values[chosen] = move_leniently(q_values[chosen], targets, alpha, temperatures[chosen], self._luck)
        temperatures[chosen] *= self.decay

    def _allocate(self, runs):
        super()._allocate(runs)
        self.temperatures = np.full_like(self.q_table, self.start_temperature)


class FMQ(IQL):
    """Adds to each value the best that the action ever brought, weighted by how often it did.

        EV(o, a) = Q(o, a) + c · F(o, a)

    Parameters:
        game, alpha, gamma, epsilon, options: as for `IQL`.
        weight: c.
    Source: Kapetanakis & Kudenko 2002 (frequency maximum Q); see `update_rules.maximum_bonus`. Differs: defined for
        repeated games there; here "the best" is the best target, so that it runs in any Markov game.
    """

    def __init__(self, game, alpha, gamma, epsilon=None, *, weight=10.0, **options):
        super().__init__(game, alpha, gamma, epsilon, **options)
        self.weight = weight

    def preferences(self, observations):
        """Say how much each agent likes each of its actions, EV (R, N, A)."""
        tables = (self.best, self.times_best, self.times)
        bonus = maximum_bonus(*(self._look_up(table, observations) for table in tables))
        return self._look_up(self.q_table, observations) + self.weight * bonus

    def learn(self, chosen, targets, alpha):
        super().learn(chosen, targets, alpha)
        best, times_best, times = self.best.reshape(-1), self.times_best.reshape(-1), self.times.reshape(-1)
        best[chosen], times_best[chosen] = count_best(best[chosen], times_best[chosen], targets)
        times[chosen] += 1

    def _allocate(self, runs):
        super()._allocate(runs)
        self.best = np.full_like(self.q_table, -np.inf)
        self.times, self.times_best = np.zeros((2, *self.q_table.shape), dtype=int)
