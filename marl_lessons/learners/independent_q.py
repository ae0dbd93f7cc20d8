"""Independent Q-learning and its optimistic relatives: every agent keeps its own table and sees only its own action.

The relatives differ in how they take bad news, which in a team may be no fault of the action: a partner may have been
exploring. Their update rules are the functions of `update_rules`.
"""

import numpy as np

from marl_lessons.learners.tabular import QLearner
from marl_lessons.policies import value_at
from marl_lessons.update_rules import (
    count_best,
    intend_better,
    maximum_bonus,
    move_hysteretically,
    move_leniently,
    move_toward,
)


class IQL(QLearner):
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
        q_table: (R, N, O, A), in units of return; None before the first call.
        step: number of updates so far.
    Raises:
        ValueError: if the game's observations are not integers; unless one of epsilon and temperature is
            given; and, when it is used, if the number of runs changes.
    Source: Watkins 1989; for many agents Tan 1993.
    """

    def move(self, chosen, targets, alpha, rng):
        """Change the chosen entries of the table toward their targets.

        Parameters:
            chosen: what indexes the entries of the actions taken in a table (R, N, O, A).
            targets: (R, N), in units of return.
            alpha: step size.
            rng: numpy random Generator, for relatives that leave something to chance.
        """
        self.q_table[chosen] = move_toward(self.q_table[chosen], targets, alpha)

    def _allocate(self, runs):
        tables = (runs, self.num_agents, self.num_observations, self.num_actions)
        self.q_table = np.full(tables, self.initial, dtype=float)


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

    def move(self, chosen, targets, alpha, rng):
        beta = value_at(self.beta, self.step)
        self.q_table[chosen] = move_hysteretically(self.q_table[chosen], targets, alpha, beta)


class DistributedQ(IQL):
    """Believes the best that ever happened, and changes its mind only for something better.

        Q(o, a) ← max(Q(o, a), y);      π(o) ← a   where this raises max_b Q(o, b)

    The second rule lets agents agree on one of several best joint actions. Both are exact for a team in a
    deterministic game; where chance plays, luck looks like skill.

    Parameters:
        game, gamma, epsilon, initial: as for `IQL`; initial values above the true ones are never corrected.
    Attributes:
        policy: what each agent plays, integers (R, N, O); -1 where it has found nothing yet and plays at random.
        intend: the second rule, a function as `update_rules.intend_better`.
    Source: Lauer & Riedmiller 2000.
    """

    def __init__(self, game, gamma, epsilon, *, initial=0.0):
        super().__init__(game, alpha=None, gamma=gamma, epsilon=epsilon, initial=initial)
        self.intend = intend_better

    def policies(self, observations):
        """Give the action of the policy probability 1, and all actions the same where there is none yet, (R, N, A)."""
        self._prepare(observations)
        actions = self.policy[self._rows(observations)][..., None]  # (R, N, 1)
        return np.where(actions < 0, 1 / self.num_actions, actions == np.arange(self.num_actions))

    def choose(self, observations, rng):
        """Choose the actions (R, N) of the policy."""
        actions = self.policy[self._rows(observations)]  # (R, N)
        return np.where(actions < 0, rng.integers(self.num_actions, size=actions.shape), actions)

    def move(self, chosen, targets, alpha, rng):
        *rows, actions = chosen
        rows = tuple(rows)
        values = self.q_table[rows].reshape(-1, self.num_actions)  # (R N, A), all agents of all runs below one another
        intended = self.intend(self.policy[rows].ravel(), values, actions.ravel(), targets.ravel())
        self.policy[rows] = intended.reshape(actions.shape)
        self.q_table[chosen] = np.maximum(self.q_table[chosen], targets)

    def _allocate(self, runs):
        super()._allocate(runs)
        self.policy = np.full(self.q_table.shape[:-1], -1, dtype=np.int64)


class LenientQ(IQL):
    """Forgives bad news at first, and less with every visit to the same pair of observation and action.

        T(o, a) ← decay · T(o, a)   at each visit

    Parameters:
        game, alpha, gamma, epsilon, options: as for `IQL`.
        start_temperature: first T of every pair.
        decay: factor in 0 … 1, a number or an array that broadcasts to (R, N). It decides when leniency ends: with T
            from 50, half of the bad news is believed after 426, 854 or 4,277 visits at 0.99, 0.995 or 0.999.
    Attributes:
        temperatures: T (R, N, O, A).
    Source: Panait, Sullivan & Luke 2006; Wei & Luke 2016, whose T falls from 50 by 0.995 a visit; see
        `update_rules.move_leniently`. Differs: explores like `IQL` instead of by T, believes with probability exp(-T)
        as in Palmer et al. 2018 instead of 1 - exp(-1/(θT)), and T does not diffuse between states.
    """

    def __init__(self, game, alpha, gamma, epsilon=None, *, start_temperature=50.0, decay=0.999, **options):
        super().__init__(game, alpha, gamma, epsilon, **options)
        self.start_temperature, self.decay = start_temperature, decay

    def move(self, chosen, targets, alpha, rng):
        temperatures, luck = self.temperatures[chosen], rng.random(targets.shape)  # (R, N) each
        self.q_table[chosen] = move_leniently(self.q_table[chosen], targets, alpha, temperatures, luck)
        self.temperatures[chosen] = self.decay * temperatures

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

    def move(self, chosen, targets, alpha, rng):
        super().move(chosen, targets, alpha, rng)
        self.best[chosen], self.times_best[chosen] = count_best(self.best[chosen], self.times_best[chosen], targets)
        self.times[chosen] += 1

    def _allocate(self, runs):
        super()._allocate(runs)
        self.best = np.full_like(self.q_table, -np.inf)
        self.times, self.times_best = np.zeros((2, *self.q_table.shape), dtype=np.int64)
