"""Exact answers for competition: what a player can guarantee, what a policy gives away, and Shapley's iteration."""

from dataclasses import dataclass

import numpy as np

from marl_lessons.arrays import TOLERANCE, check_distribution, check_shape
from marl_lessons.solvers.simplex import MinimaxSolution, solve_matrix_games


def maximin(payoffs):
    """Find the mixed policy that earns most against the opponent that hurts most, by linear programming.

        v = max_x min_b Σ_a x(a) M(a, b)   ⇔   max v   subject to   v ≤ Σ_a x(a) M(a, b)   for every b

    Parameters:
        payoffs: M (A, B), what the row player receives.
    Returns:
        The guaranteed value v, and the policy x (A,).
    Raises:
        ValueError: if `payoffs` is not a table of finite numbers.
    Source: von Neumann 1928; as a linear program, Dantzig 1951.

    >>> value, policy = maximin([[2, -1], [-1, 1]])
    >>> round(value, 6), policy.round(6)
    (0.2, array([0.4, 0.6]))
    """
    from scipy.optimize import linprog  # imported here, because scipy is slow to load

    payoffs = np.asarray(payoffs, dtype=float)
    if payoffs.ndim != 2 or not np.isfinite(payoffs).all():
        raise ValueError(
            f"payoffs must be a finite table (A, B), got shape {payoffs.shape}; give one player's payoffs."
        )
    num_rows, num_columns = payoffs.shape
    # The unknowns are x(1), …, x(A) and v.
    solution = linprog(
        c=np.append(np.zeros(num_rows), -1),  # linprog minimizes
        A_ub=np.column_stack([-payoffs.T, np.ones(num_columns)]),
        b_ub=np.zeros(num_columns),
        A_eq=np.append(np.ones(num_rows), 0)[None],
        b_eq=[1],
        bounds=[(0, 1)] * num_rows + [(None, None)],
    )
    policy = np.clip(solution.x[:-1], 0, 1)
    value = solution.x[-1] + 0.0  # a value of -0.0 would be confusing to read
    return float(value), policy / policy.sum()


def minimax(payoffs):
    """Solve a zero-sum matrix game: each player guarantees the same value from its side.

        max_x min_y Σ_ab x(a) M(a, b) y(b) = min_y max_x Σ_ab x(a) M(a, b) y(b)

    Parameters:
        payoffs: M (A, B), what the row player wins and the column player loses; `game.payoffs[0]`.
    Returns:
        MinimaxSolution.
    Source: von Neumann 1928.
    """
    payoffs = np.asarray(payoffs, dtype=float)
    value, row_policy = maximin(payoffs)
    _, column_policy = maximin(-payoffs.T)
    return MinimaxSolution(value, row_policy, column_policy)


def exploitability(game, policies):
    """Add up what two agents would gain if each answered the other's policy best.

        e(π) = Σ_i [ max_{a_i} u_i(a_i, π_-i) - u_i(π) ]

    It is 0 exactly in a Nash equilibrium. In a zero-sum game it is the gap between the two guarantees,
    max_a u_0(a, π_1) - min_b u_0(π_0, b).

    Parameters:
        game: a MatrixGame of two agents.
        policies: the two agents' policies, (…, A_0) and (…, A_1); leading axes hold several pairs.
    Returns:
        Exploitability (…), in units of payoff.
    Raises:
        ValueError: if the game has not two agents, or a policy is no distribution.
    Source: "NashConv" in Lanctot et al. 2017. Differs: some texts halve it.
    """
    own, other = _check_pair(game, policies)
    row_values = other @ game.payoffs[0].T  # (…, A_0)
    column_values = own @ game.payoffs[1]  # (…, A_1)
    return _best_gain(row_values, own) + _best_gain(column_values, other)


@dataclass(frozen=True)
class MarkovMinimax:
    """How a zero-sum Markov game goes if both play well.

    Attributes:
        values: what agent 0 wins from each state on, (S,).
        joint_action_values: the same after each joint action, (S, A, A).
        policies: minimax policies of both agents, (N, S, A).
    """

    values: np.ndarray
    joint_action_values: np.ndarray
    policies: np.ndarray


def shapley_iteration(game, gamma):
    """Solve a zero-sum Markov game: value iteration with a matrix game in every state.

        V(s) ← max_x min_b Σ_a x(a) Q(s, a, b),   Q(s, a, b) = r_0(s, a, b) + γ Σ_s' P(s'|s, a, b) V(s')

    Sweeps go on until no value moves by more than 1e-9.

    Parameters:
        game: a TabularMarkovGame of two agents whose rewards add up to 0.
        gamma: discount factor in 0 … 1, below 1.
    Returns:
        MarkovMinimax.
    Raises:
        ValueError: if the game is not zero-sum, or gamma is out of range.
    Source: Shapley 1953.
    """
    from scipy import sparse  # imported here, because scipy is slow to load

    if game.num_agents != 2 or np.abs(game.rewards.sum(axis=0)).max() > TOLERANCE:
        raise ValueError("game must have 2 agents whose rewards add up to 0; use solvers.value_iteration for a team.")
    if not 0 <= gamma < 1:
        raise ValueError(f"gamma must lie in 0 … 1 and below 1, got {gamma}; give a discount factor.")
    # Few states follow on any one, so skipping the zeros makes a sweep many times faster.
    transitions = sparse.csr_array(game.transitions.reshape(-1, game.num_states))  # (S·A·A, S)
    values = np.zeros(game.num_states)
    while True:
        q_values = game.rewards[0] + gamma * (transitions @ values).reshape(game.rewards[0].shape)  # (S, A, A)
        solution = solve_matrix_games(q_values)
        settled = np.where(game.terminal, 0.0, solution.value)  # (S,)
        if np.abs(settled - values).max() <= TOLERANCE:
            return MarkovMinimax(settled, q_values, np.stack([solution.row_policy, solution.column_policy]))
        values = settled


def _best_gain(values, policy):
    return values.max(axis=-1) - (values * policy).sum(axis=-1)


def _check_pair(game, policies):
    if game.num_agents != 2:
        raise ValueError(f"game must have 2 agents, got {game.num_agents}; merge teams with games.merge_teams.")
    pair = [np.asarray(policy, dtype=float) for policy in policies]
    for agent, policy in enumerate(pair):
        check_shape(f"policies[{agent}]", policy, (*policy.shape[:-1], game.action_counts[agent]))
        check_distribution(f"policies[{agent}]", policy)
    return pair
