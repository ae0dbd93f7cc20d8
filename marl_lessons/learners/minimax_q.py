"""Minimax Q-learning: two opponents learn to play so that nobody can exploit them."""

import numpy as np

from marl_lessons.learners.tabular import TabularLearner
from marl_lessons.policies import uniform_policy, value_at
from marl_lessons.solvers.simplex import solve_matrix_games
from marl_lessons.update_rules import move_toward, td_target


class MinimaxQ(TabularLearner):
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
        policy_table: minimax policies of both players, (R, N, O, A); mixed even without exploring.
        step: number of updates so far.
    Raises:
        ValueError: if the game has not two agents or no integer observations, or, later, if the number of runs
            changes.
    Source: Littman 1994. Differs: both players learn from one table, and untried values are 0, not 1.
    """

    def __init__(self, game, alpha, gamma, epsilon):
        super().__init__(game, alpha, gamma, epsilon)
        if game.num_agents != 2:
            raise ValueError(f"game must have 2 agents, got {game.num_agents}; use another learner.")

    def policies(self, observations):
        """Look up the minimax policies, (R, N, A)."""
        self._prepare(observations)
        return self._look_up(self.policy_table, observations).copy()

    def _learn(self, transition, rng):
        state = self._state(transition.observations)
        next_values = self.values[self._state(transition.next_observations)]  # (R,)
        targets = td_target(transition.rewards[:, 0], next_values, transition.terminated, self.gamma)  # (R,)
        chosen = (*state, *transition.actions.T)
        self.q_table[chosen] = move_toward(self.q_table[chosen], targets, value_at(self.alpha, self.step))
        self._solve(state, self._rows(transition.observations))

    def _solve(self, state, rows):
        """Solve the matrix game of the state just left, in every run."""
        solution = solve_matrix_games(self.q_table[state])
        self.values[state] = solution.value
        self.policy_table[rows] = np.stack([solution.row_policy, solution.column_policy], axis=1)

    def _state(self, observations):
        """Index the entries (R,) of tables (R, O, …) by what agent 0 sees, and agent 1 too."""
        return self._runs[:, 0], observations[:, 0]

    def _allocate(self, runs):
        self.q_table = np.zeros((runs, self.num_observations, self.num_actions, self.num_actions))
        self.values = np.zeros((runs, self.num_observations))
        self.policy_table = uniform_policy(runs, 2, self.num_observations, self.num_actions)
