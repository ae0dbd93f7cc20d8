"""Minimax Q-learning: two opponents learn to play so that nobody can exploit them."""

import numpy as np

from marl_lessons.policies import explore_uniformly, sample_actions, uniform_policy, value_at
from marl_lessons.rollout import check_integer_observations, check_runs
from marl_lessons.simplex import solve_matrix_games
from marl_lessons.update_rules import move_toward, td_target


class MinimaxQ:
    """Both players of a zero-sum game learn what joint actions are worth, and play their minimax policies.

        Q(o, a, b) ← Q(o, a, b) + α (r_0 + γ V(o') - Q(o, a, b))
        V(o) = max_x min_b Σ_a x(a) Q(o, a, b)

    Because the players' values are opposite, one table serves both. Each step solves the matrix game of the
    state just left, in every run.

    Parameters:
        game: a MarkovGame of two agents, who see the same integer observation and whose rewards add up to 0.
        alpha: step size, a number or a schedule (a function of the step).
        gamma: discount factor.
        epsilon: probability with which a player explores, a number or a schedule.
    Attributes:
        q_table: what joint actions are worth to agent 0, (R, O, A, A); None before the first call.
        values: V, (R, O).
        policies: minimax policies of both players, (R, N, O, A).
        step: number of updates so far.
    Raises:
        ValueError: if the game has not two agents or no integer observations, or, later, if the number of runs
            changes.
    Source: Littman 1994. Differs: both players learn from one table, and untried values are 0, not 1.
    """

    def __init__(self, game, alpha, gamma, epsilon):
        check_integer_observations(game)
        if game.num_agents != 2:
            raise ValueError(f"game must have 2 agents, got {game.num_agents}; use another learner.")
        self.num_observations, self.num_actions = game.num_observations, game.num_actions
        self.alpha, self.gamma, self.epsilon = alpha, gamma, epsilon
        self.q_table = None
        self.step = 0

    def act(self, observations, rng, explore=True):
        """Draw actions (R, N) from the minimax policies, which are mixed even without exploring."""
        self._prepare(len(observations))
        policies = self.policies[self.runs[:, None], [0, 1], observations]  # (R, N, A)
        actions = sample_actions(policies, rng)
        if not explore:
            return actions
        return explore_uniformly(actions, value_at(self.epsilon, self.step), self.num_actions, rng)

    def update(self, transition):
        """Learn from one transition in every run, then solve the matrix game of the state just left."""
        self._prepare(len(transition.observations))
        observed, next_observed = transition.observations[:, 0], transition.next_observations[:, 0]  # (R,)
        next_values = self.values[self.runs, next_observed]  # (R,)
        targets = td_target(transition.rewards[:, 0], next_values, transition.terminated, self.gamma)  # (R,)
        chosen = (self.runs, observed, *transition.actions.T)
        self.q_table[chosen] = move_toward(self.q_table[chosen], targets, value_at(self.alpha, self.step))
        self._solve(observed)
        self.step += 1

    def _solve(self, observed):
        solution = solve_matrix_games(self.q_table[self.runs, observed])
        self.values[self.runs, observed] = solution.value
        self.policies[self.runs, 0, observed] = solution.row_policy
        self.policies[self.runs, 1, observed] = solution.column_policy

    def _prepare(self, runs):
        if self.q_table is None:
            self.runs = np.arange(runs)
            self.q_table = np.zeros((runs, self.num_observations, self.num_actions, self.num_actions))
            self.values = np.zeros((runs, self.num_observations))
            self.policies = uniform_policy(runs, 2, self.num_observations, self.num_actions)
        check_runs(len(self.q_table), runs)
