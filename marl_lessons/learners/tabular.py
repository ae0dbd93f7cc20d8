"""What all learners with tables have in common: when the tables are made, how they explore, and who may use them."""

import math

import numpy as np

from marl_lessons.policies import (
    choose_greedily,
    epsilon_greedy,
    explore_uniformly,
    sample_actions,
    sample_softmax,
    value_at,
)
from marl_lessons.update_rules import best_values, td_target

MOST_VIEWS = 100_000  # that a table is made for


class TabularLearner:
    """A learner that keeps tables for R runs, made when it first sees how many there are.

    A family says in `_allocate` which tables it keeps, in `policies` what it plays, and in `_learn` how it learns.

    Parameters:
        game: a MarkovGame whose observations are integers.
        alpha: step size: a number, an array that broadcasts to (R, N), or a schedule (a function of the step).
        gamma: discount factor.
        epsilon: probability of exploring: a number, an array or a schedule, like alpha.
    Attributes:
        q_table: action values, in units of return, where a family keeps some; None before the first call.
        num_runs: R, the number of runs that there are tables for; None before the first call.
        step: number of updates so far.
    Raises:
        ValueError: if the game's observations are not integers; and, when it is used, if the number of runs changes.
    """

    def __init__(self, game, alpha, gamma, epsilon):
        check_integer_observations(game)
        self.num_agents, self.num_actions = game.num_agents, game.num_actions
        self.num_observations = game.num_observations
        self.alpha, self.gamma, self.epsilon = alpha, gamma, epsilon
        self.q_table = self._runs = None
        self.step = 0

    @property
    def num_runs(self):
        """The number of runs that there are tables for, R; None before the first call."""
        return None if self._runs is None else len(self._runs)

    def act(self, observations, rng, explore=True):
        """Choose actions (R, N): from the policies, and if `explore`, each with probability epsilon at random."""
        self._prepare(observations)
        return self._explore(observations, rng) if explore else sample_actions(self.policies(observations), rng)

    def update(self, transition, rng):
        """Learn from one transition in every run."""
        self._prepare(transition.observations)
        self._learn(transition, rng)
        self.step += 1

    def choose(self, observations, rng):
        """Draw actions (R, N) from the policies; a family may know a faster way."""
        return sample_actions(self.policies(observations), rng)

    def _explore(self, observations, rng):
        actions = self.choose(observations, rng)
        return explore_uniformly(actions, value_at(self.epsilon, self.step), self.num_actions, rng)

    def _rows(self, observations):
        """Index the rows of tables (R, N, O, …) that belong to observations (R, N)."""
        return self._runs, self._agents, observations

    def _number_rows(self):
        """Number the first row that belongs to each agent, (R, N), when all rows stand below one another."""
        return (self._runs * self.num_agents + self._agents) * self.num_observations

    def _look_up(self, table, observations):
        """Look up the rows (R, N, A) of a table (R, N, O, A) at observations (R, N), to be read, not to be kept."""
        if observations.max() >= self.num_observations:  # it would be a row of the next agent
            raise ValueError(
                f"observations must lie in 0 … {self.num_observations - 1}, got {observations.max()}; "
                "correct the game's num_observations."
            )
        if self.num_observations == 1:  # the table itself, where there is nothing to choose from
            rows = table.reshape(len(table), -1, self.num_actions)  # (R, N, A), or (R, 1, A) if agents share it
            return np.broadcast_to(rows, (*observations.shape, self.num_actions))
        # One number for each row finds it several times faster than `table[self._rows(observations)]`.
        rows = (self._first_rows + observations).astype(np.intp, copy=False)  # a browser's indices have 32 bits
        return table.reshape(-1, self.num_actions).take(rows, axis=0)

    def _prepare(self, observations):
        runs = len(observations)
        if self._runs is None:
            self._runs, self._agents = np.ogrid[:runs, : self.num_agents]  # (R, 1) and (1, N)
            self._first_rows = self._number_rows()
            self._allocate(runs)
        check_runs(self.num_runs, runs)


class QLearner(TabularLearner):
    """What learners have in common that learn the values of one's own actions, whoever shares a table.

        y_i = r_i + γ max_b Q(o_i', b)

    A family says in `_allocate` which tables it keeps, and in `move` how they change toward the targets y.

    Parameters:
        game, alpha, gamma, epsilon: as for `TabularLearner`.
        temperature: of the softmax by which agents explore, a number or a schedule; instead of epsilon.
        initial: first values.
    Raises:
        ValueError: unless one of epsilon and temperature is given.
    """

    def __init__(self, game, alpha, gamma, epsilon=None, *, temperature=None, initial=0.0):
        super().__init__(game, alpha, gamma, epsilon)
        if (epsilon is None) == (temperature is None):
            raise ValueError(
                f"one of epsilon and temperature must be given, got {epsilon} and {temperature}; choose one."
            )
        self.temperature = temperature
        self.initial = initial

    def policies(self, observations):
        """Share each agent's choice equally among the actions that it likes best, (R, N, A)."""
        self._prepare(observations)
        return epsilon_greedy(self.preferences(observations), 0.0)

    def choose(self, observations, rng):
        """Choose the actions (R, N) that the agents like best."""
        return choose_greedily(self.preferences(observations), rng)

    def preferences(self, observations):
        """Say how much each agent likes each of its actions, (R, N, A): here, their values. Copy what you keep."""
        return self._look_up(self.q_table, observations)

    def next_values(self, observations):
        """Say what it is worth to an agent to see these observations next, (R, N): here, its best action's value."""
        return best_values(self._look_up(self.q_table, observations))

    def _explore(self, observations, rng):
        if self.temperature is None:
            return super()._explore(observations, rng)
        return sample_softmax(self.preferences(observations), value_at(self.temperature, self.step), rng)

    def _learn(self, transition, rng):
        has_ended = transition.terminated[:, None]  # (R, 1)
        next_values = 0.0 if has_ended.all() else self.next_values(transition.next_observations)  # (R, N)
        targets = td_target(transition.rewards, next_values, has_ended, self.gamma)
        chosen = (*self._rows(transition.observations), transition.actions)
        self.move(chosen, targets, value_at(self.alpha, self.step), rng)


def check_runs(expected, runs):
    """Raise a ValueError unless the number of runs is the one for which a learner has made its tables."""
    if runs != expected:
        raise ValueError(f"observations must be of {expected} runs, as at first, got {runs}; make a new learner.")


def check_integer_observations(game):
    """Raise a ValueError unless the game's observations are integers, as tables need them."""
    if game.num_observations is None:
        raise ValueError(
            "game must have integer observations, got features; discretize what its agents see, as views.Tiled and "
            "views.Numbered do, or use a learner with networks."
        )


def count_views(game):
    """Count what a game may show to a central critic; raise a ValueError if that is too much or unknown."""
    if game.view_sizes is None:
        raise ValueError(
            "game must have a global view of integers and say how many values each column takes, got view_sizes None; "
            "set game.view_sizes, or use MAPPO, whose critic is a network."
        )
    count = math.prod(game.view_sizes)
    if count > MOST_VIEWS:
        raise ValueError(
            f"game must have at most {MOST_VIEWS:,} global views for a table, got {count:,}; "
            "give it a global_view that says nothing twice, or use MAPPO, whose critic is a network."
        )
    return count


def number_views(game, state):
    """Number what a game shows to a central critic, (R,) in 0 … Π view_sizes - 1."""
    return np.ravel_multi_index(tuple(game.global_view(state).T), game.view_sizes)
