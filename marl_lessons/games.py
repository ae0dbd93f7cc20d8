"""Matrix games: a payoff for every joint action, and the games that the literature keeps returning to."""

from functools import cached_property

import numpy as np

from marl_lessons.markov_games import TOLERANCE, MarkovGame, check_distribution, check_shape


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
        return np.zeros(runs, dtype=int)

    def observe(self, state):
        """Return the only observation, (R, N)."""
        return np.zeros((len(state), self.num_agents), dtype=int)

    def step(self, state, actions, rng):
        """Pay every agent its entry of the payoff table and end the episode."""
        rewards = self.payoffs[(slice(None), *actions.T)].T  # (R, N)
        return state.copy(), rewards, np.ones(len(state), dtype=bool)

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


def common_payoff(table, name="", action_names=()):
    """Build the game in which all N agents receive the same table (A_1, …, A_N)."""
    table = np.asarray(table, dtype=float)
    return MatrixGame(np.stack([table] * table.ndim), name, action_names)


def symmetric(table, name="", action_names=()):
    """Build the two-agent game in which `table` (A, A) pays agent 0 and its transpose pays agent 1."""
    table = np.asarray(table, dtype=float)
    return MatrixGame([table, table.T], name, action_names)


def climbing():
    """Climbing: the best joint action (a, a) is guarded by heavy losses.

    [[11, -30, 0], [-30, 7, 6], [0, 0, 5]], agent 0 picks the row. The transpose, with the 6 below the
    diagonal, circulates too. Source: Claus & Boutilier 1998.
    """
    return common_payoff([[11, -30, 0], [-30, 7, 6], [0, 0, 5]], "climbing", "abc")


def penalty(k=-10.0):
    """Penalty: two equally good joint actions, and a loss `k` for mixing them up.

    [[10, 0, k], [0, 2, 0], [k, 0, 10]]. Source: Claus & Boutilier 1998.
    """
    return common_payoff([[10, 0, k], [0, 2, 0], [k, 0, 10]], "penalty", "abc")


def prisoners_dilemma():
    """Prisoner's dilemma: defecting is better whatever the other does, yet both prefer (C, C) to (D, D).

    [[3, 0], [5, 1]] for agent 0, the transpose for agent 1. Source: Axelrod 1984.
    """
    return symmetric([[3, 0], [5, 1]], "prisoner's dilemma", ("cooperate", "defect"))


def stag_hunt(x=3.0):
    """Stag hunt: together the stag pays 4, the hare pays `x` for certain.

    [[4, 0], [x, x]] for agent 0, the transpose for agent 1. An agent is indifferent if its partner hunts
    the stag with probability x/4. Source: the story is Rousseau's (1755); Harsanyi & Selten 1988.
    """
    return symmetric([[4, 0], [x, x]], "stag hunt", ("stag", "hare"))


def chicken():
    """Chicken: who dares wins if the other yields, and both lose most if both dare.

    [[3, 2], [4, 1]] for agent 0, the transpose for agent 1. Source: the order T > R > S > P of Macy &
    Flache 2002; the numbers are the ranks.
    """
    return symmetric([[3, 2], [4, 1]], "chicken", ("yield", "dare"))


def matching_pennies():
    """Matching pennies: agent 0 wins if the coins match, agent 1 if they differ; zero-sum.

    [[1, -1], [-1, 1]] for agent 0. Source: von Neumann & Morgenstern 1944.
    """
    table = np.array([[1, -1], [-1, 1]])
    return MatrixGame([table, -table], "matching pennies", ("heads", "tails"))


def rock_paper_scissors():
    """Rock, paper, scissors: each action beats one and loses to another; zero-sum.

    [[0, -1, 1], [1, 0, -1], [-1, 1, 0]] for agent 0, the transpose for agent 1.
    """
    table = [[0, -1, 1], [1, 0, -1], [-1, 1, 0]]
    return symmetric(table, "rock, paper, scissors", ("rock", "paper", "scissors"))


def coordination(reward=1.0):
    """Coordination: the team earns `reward` if both do the same, and nothing otherwise.

    [[reward, 0], [0, reward]]. Source: Schelling 1960.
    """
    return common_payoff([[reward, 0], [0, reward]], "coordination", "ab")


def battle_of_sexes():
    """Battle of the sexes: both want to go out together, but each prefers another place.

    (2, 1) at (opera, opera), (1, 2) at (boxing, boxing), 0 apart. Source: Luce & Raiffa 1957.
    """
    return MatrixGame([[[2, 0], [0, 1]], [[1, 0], [0, 2]]], "battle of the sexes", ("opera", "boxing"))


def qtran():
    """The matrix of QTRAN, which no sum of one value per agent can represent.

    [[8, -12, -12], [-12, 0, 0], [-12, 0, 0]]. Source: Son et al. 2019.
    """
    return common_payoff([[8, -12, -12], [-12, 0, 0], [-12, 0, 0]], "QTRAN", "abc")


def all_agree(num_agents):
    """All agree: N agents earn 1 if all of them play action 1, else 0. Source: Lowe et al. 2017."""
    table = np.zeros((2,) * num_agents)
    table[(1,) * num_agents] = 1
    return common_payoff(table, "all agree")


def permutation(num_agents):
    """Permutation: N agents with N actions earn 1 if no two agree, else 0. Source: Fu et al. 2022."""
    joint_actions = np.indices((num_agents,) * num_agents)  # (N, A, …, A)
    everyone_differs = (np.diff(np.sort(joint_actions, axis=0), axis=0) > 0).all(axis=0)
    return common_payoff(everyone_differs, "permutation")


def defection_bonus(bonus):
    """A team reward, and a private bonus for defecting: the size of the bonus decides which game it is.

    Team reward 1 at (C, C), 0.7 at (C, D) and (D, C), 0.45 at (D, D); whoever defects gets `bonus` on top:
    [[1, 0.7], [0.7 + bonus, 0.45 + bonus]] for agent 0, the transpose for agent 1.
    Source: our numbers; the kinds of game are those of Macy & Flache 2002.
    """
    return symmetric([[1, 0.7], [0.7 + bonus, 0.45 + bonus]], "defection bonus", ("cooperate", "defect"))
