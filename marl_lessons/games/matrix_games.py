"""Matrix games: a payoff for every joint action, fixed or drawn by chance."""

from functools import cached_property

import numpy as np

from marl_lessons.arrays import TOLERANCE, check_distribution, check_shape
from marl_lessons.markov_games import MarkovGame
from marl_lessons.sketches import draw_grid

MARK = np.array([[-1, 1, 1, -1, -1], [-1, -1, 1, 1, -1]]) * 0.42  # the corners of a square, around its middle


class MatrixGame(MarkovGame):
    """A game that is played once: every agent picks an action, and the joint action pays each agent.

        u_i(a_1, …, a_N) = payoffs[i, a_1, …, a_N]

    As a Markov game it has one state, and every step terminates. Action counts may differ between the
    agents, except where the game is played by the training loop.

    Parameters:
        payoffs: (N, A_1, …, A_N).
        name: what to call the game.
        action_names: names of the actions, where all agents have the same ones.
    Raises:
        ValueError: if `payoffs` does not have one axis for the agents and one for each agent's action.
    """

    horizon = 1
    num_observations = 1

    def __init__(self, payoffs, name="", action_names=()):
        self.payoffs = np.asarray(payoffs, dtype=float)
        self.num_agents = len(self.payoffs)
        self.action_counts = self.payoffs.shape[1:]  # (A_1, …, A_N)
        self.name = name
        self.action_names = tuple(action_names)
        if len(self.action_counts) != self.num_agents:
            raise ValueError(
                f"payoffs must have shape (N, A_1, …, A_N), got {self.payoffs.shape}; "
                "stack one table for each agent along the first axis."
            )
        if not np.isfinite(self.payoffs).all():
            raise ValueError("payoffs must be finite, got NaN or infinity; correct those entries.")

    @property
    def num_actions(self):
        """The number of actions A, where it is the same for every agent."""
        if len(set(self.action_counts)) > 1:
            raise ValueError(
                f"num_actions must be one number for all agents, got {self.action_counts}; "
                "use action_counts, or repeat an action of the agents that have fewer."
            )
        return self.action_counts[0]

    def reset(self, runs, rng):
        """Return the only state, (R,)."""
        return np.zeros(runs, dtype=np.int64)

    def observe(self, state):
        """Return the only observation, (R, N)."""
        return np.zeros((len(state), self.num_agents), dtype=np.int64)

    def step(self, state, actions, rng):
        """Pay every agent its entry of the payoff table and end the episode."""
        rewards = self.payoffs[(slice(None), *actions.T)].T  # (R, N)
        return state.copy(), rewards, np.ones(len(state), dtype=bool)

    def draw_on(self, axes, snapshot):
        """Draw the payoff table of two agents and mark the chosen cell; of more agents, write it down."""
        if self.num_agents != 2:
            super().draw_on(axes, snapshot)
            return
        rows, columns = self.action_counts
        draw_grid(axes, rows, columns)
        for row, column in np.ndindex(rows, columns):
            for agent, shift in enumerate((-0.2, 0.2)):
                paid = f"{self.payoffs[agent, row, column]:g}"
                axes.text(column + shift, row, paid, color=f"C{agent}", ha="center", va="center", fontsize=13)
        if snapshot.actions is not None:
            row, column = snapshot.actions
            axes.plot(column + MARK[0], row + MARK[1], color="black", linewidth=2.5)
        axes.set_xticks(range(columns), map(self.name_action, range(columns)))
        axes.set_yticks(range(rows), map(self.name_action, range(rows)))
        axes.set_xlabel("agent 1", color="C1")
        axes.set_ylabel("agent 0", color="C0")

    def name_state(self, state):
        """Name the only state as the game."""
        return self.name or "the game"

    def expected_payoffs(self, policies):
        """Average the payoffs over independent policies.

            u_i(π) = Σ_a π_1(a_1) ⋯ π_N(a_N) u_i(a)

        Parameters:
            policies: N distributions, the i-th of shape (A_i,).
        Returns:
            Expected payoffs (N,).
        """
        expected = self.payoffs  # (N, A_1, …, A_N)
        for agent in reversed(range(self.num_agents)):
            expected = expected @ self._check_policy(policies, agent)  # the last action axis is averaged out
        return expected

    def action_values(self, agent, policies):
        """Average the agent's payoffs over what the others do, for each of its own actions.

            Q_i(a_i) = Σ_{a_-i} Π_{j≠i} π_j(a_j) u_i(a_i, a_-i)

        Parameters:
            agent: i, in 0 … N - 1.
            policies: N distributions, the j-th of shape (A_j,); the agent's own entry is not read.
        Returns:
            Values (A_i,).
        """
        values = np.moveaxis(self.payoffs[agent], agent, 0)  # (A_i, others' actions …)
        for other in reversed(range(self.num_agents)):
            if other != agent:
                values = values @ self._check_policy(policies, other)
        return values

    def best_responses(self, agent, policies):
        """List every action of the agent that is worth most against `policies`; see `action_values`."""
        values = self.action_values(agent, policies)  # (A_i,)
        return np.flatnonzero(values >= values.max() - TOLERANCE)

    def is_pure_equilibrium(self, joint_action):
        """Say whether no agent gains by leaving the joint action alone (Nash 1950).

        u_i(a) ≥ u_i(a_i', a_-i)   for every agent i and every a_i'
        """
        return tuple(joint_action) in self.pure_equilibria()

    def pure_equilibria(self):
        """List all pure Nash equilibria as tuples (a_1, …, a_N)."""
        return [tuple(joint_action) for joint_action in np.argwhere(self._is_stable).tolist()]

    @cached_property
    def _is_stable(self):
        is_stable = np.ones(self.action_counts, dtype=bool)  # (A_1, …, A_N)
        for agent, payoff in enumerate(self.payoffs):
            is_stable &= payoff >= payoff.max(axis=agent, keepdims=True) - TOLERANCE
        return is_stable

    def _check_policy(self, policies, agent):
        policy = np.asarray(policies[agent], dtype=float)  # (A_i,)
        check_shape(f"policies[{agent}]", policy, (self.action_counts[agent],))
        check_distribution(f"policies[{agent}]", policy)
        return policy


class ChanceGame(MatrixGame):
    """A matrix game whose payoffs are drawn in every play from one of K equally likely tables.

        u_i(a) = mean of outcomes[k, i, a] over k

    What `MatrixGame` computes exactly (equilibria, best responses) holds for these expected payoffs.

    Parameters:
        outcomes: (K, N, A_1, …, A_N), in units of reward.
        name, action_names: as for `MatrixGame`.
    """

    def __init__(self, outcomes, name="", action_names=()):
        self.outcomes = np.asarray(outcomes, dtype=float)
        super().__init__(self.outcomes.mean(axis=0), name, action_names)

    def step(self, state, actions, rng):
        """Draw a table for each run, pay every agent its entry, and end the episode."""
        table = rng.integers(len(self.outcomes), size=len(state))  # (R,)
        agents = np.arange(self.num_agents)[:, None]  # (N, 1)
        rewards = self.outcomes[(table, agents, *actions.T)].T  # (R, N)
        return state.copy(), rewards, np.ones(len(state), dtype=bool)


def common_payoff(table, name="", action_names=()):
    """Build the game in which all N agents receive the same table (A_1, …, A_N)."""
    table = np.asarray(table, dtype=float)
    return MatrixGame(np.stack([table] * table.ndim), name, action_names)


def symmetric(table, name="", action_names=()):
    """Build the two-agent game in which `table` (A, A) pays agent 0 and its transpose pays agent 1."""
    table = np.asarray(table, dtype=float)
    return MatrixGame([table, table.T], name, action_names)
