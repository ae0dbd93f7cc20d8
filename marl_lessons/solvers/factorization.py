"""How well values of joint actions can be put together from values of single agents."""

from itertools import pairwise, permutations, product
from math import factorial, prod

import numpy as np

from marl_lessons.arrays import TOLERANCE

MOST_ORDERS = 15_000


def additive_fit(payoffs):
    """Fit a sum of one value per agent to joint-action values, by least squares with equal weights.

        min Σ_a (Q(a) - Σ_i Q_i(a_i))²   ⇒   Σ_i Q_i(a_i) = Σ_i mean(Q | a_i) - (N - 1) · mean(Q)

    This is where VDN converges to if all joint actions are tried equally often.

    Parameters:
        payoffs: Q (A_1, …, A_N).
    Returns:
        The fitted table Σ_i Q_i(a_i), (A_1, …, A_N).
    Source: Sunehag et al. 2018 (VDN); the two-way analysis of variance without interaction.

    >>> additive_fit(np.array([[0.0, 1.0], [1.0, 8.0]]))
    array([[-1.5,  2.5],
           [ 2.5,  6.5]])
    """
    agents = range(payoffs.ndim)
    own_means = [payoffs.mean(axis=tuple(set(agents) - {agent}), keepdims=True) for agent in agents]
    return sum(own_means) - (payoffs.ndim - 1) * payoffs.mean()


def is_monotone(payoffs):
    """Say whether joint-action values can be a mix that never falls when an agent's utility rises.

        for every agent and two of its actions a, b:   Q(a, ·) ≥ Q(b, ·) everywhere,   or ≤ everywhere

    Then each agent can order its actions so that Q rises along all orders, and a utility is the place in the order.

    Parameters:
        payoffs: Q (A_1, …, A_N).
    Returns:
        True or False; differences up to 1e-9 count as none.
    Source: Rashid et al. 2018 (QMIX), section 4.1.

    >>> is_monotone(np.array([[0, 1], [1, 8]])), is_monotone(np.array([[1, 0], [0, 1]]))
    (True, False)
    """
    for agent in range(payoffs.ndim):
        rows = np.moveaxis(payoffs, agent, 0).reshape(payoffs.shape[agent], -1)
        is_below = (rows[:, None] <= rows + TOLERANCE).all(axis=-1)  # (A_i, A_i): a nowhere above b
        if not (is_below | is_below.T).all():
            return False
    return True


def monotone_fit(payoffs):
    """Fit a mix that never falls when an agent's utility rises, by least squares with equal weights.

        min over orders of each agent's actions, and over F that rises along them:   Σ_a (Q(a) - F(a))²

    This is the best that QMIX could do, however large its mix. It is exact: each order is one convex problem (isotonic
    regression), and all of them are tried. Of several best fits it is the first one.

    Parameters:
        payoffs: Q (A_1, …, A_N), such that A_1! ⋯ A_N! is at most 15,000: two agents with five actions.
    Returns:
        The fitted table F, (A_1, …, A_N).
    Raises:
        ValueError: if there are more orders to try.
    Source: Son et al. 2019 (QTRAN), section 5.1, for the question; Barlow & Brunk 1972 for the dual.

    >>> monotone_fit(np.array([[8.0, -12, -12], [-12, 0, 0], [-12, 0, 0]])).round(6)
    array([[ 8., -6., -6.],
           [-6., -6., -6.],
           [-6., -6., -6.]])
    """
    payoffs = np.asarray(payoffs, dtype=float)
    if is_monotone(payoffs):
        return payoffs.copy()
    num_orders = prod(factorial(count) for count in payoffs.shape)
    if num_orders > MOST_ORDERS:
        raise ValueError(
            f"payoffs must have at most {MOST_ORDERS:,} orders of actions, got {num_orders:,}; leave out actions."
        )
    rises = _list_rises(payoffs.shape)
    best, least = None, np.inf
    for order in product(*(permutations(range(count)) for count in payoffs.shape)):
        sorted_fit, error = _fit_rising(payoffs[np.ix_(*order)], rises)
        if error < least - TOLERANCE:
            best, least = sorted_fit[np.ix_(*map(np.argsort, order))], error
    return best


def fitted_values(game, gamma, fit, sweeps=1_000):
    """Find the joint-action values that a team learns if it can only represent fits, all joint actions tried equally.

        Q(s, ·) ← fit of [r(s, ·) + γ Σ_s' P(s' | s, ·) max_a Q(s', a)]   until nothing changes

    Parameters:
        game: a TabularMarkovGame; the team is paid the mean of its agents' rewards.
        gamma: discount factor.
        fit: a function from a table (A, …, A) to a table, such as `additive_fit`.
        sweeps: how often to try.
    Returns:
        Q (S, A, …, A), 0 in terminal states.
    Raises:
        ValueError: if the values still change after so many sweeps; with fits nothing promises that they settle.
    Source: projected value iteration; Sutton & Barto 2018, chapter 11, for when it fails.
    """
    rewards = game.rewards.mean(axis=0)  # (S, A, …, A)
    q_values = np.zeros_like(rewards)
    for _ in range(sweeps):
        best = np.where(game.terminal, 0, q_values.reshape(game.num_states, -1).max(axis=1))  # (S,)
        targets = rewards + gamma * game.transitions @ best
        improved = np.stack([fit(table) for table in targets]) * ~game.terminal.reshape(-1, *[1] * game.num_agents)
        if np.abs(improved - q_values).max() <= TOLERANCE:
            return improved
        q_values = improved
    raise ValueError(f"sweeps must be enough for values to settle, got {sweeps}; raise it, or lower gamma.")


def _list_rises(shape):
    """List what must not be negative: for each pair of neighboring cells a row, later minus earlier."""
    cells = np.arange(prod(shape)).reshape(shape)
    pairs = [
        (before, after)
        for axis in range(len(shape))
        for first, second in pairwise(range(shape[axis]))
        for before, after in zip(cells.take(first, axis).ravel(), cells.take(second, axis).ravel(), strict=True)
    ]
    rises = np.zeros((len(pairs), cells.size))
    for row, (before, after) in enumerate(pairs):
        rises[row, before], rises[row, after] = -1, 1
    return rises


def _fit_rising(payoffs, rises):
    """Fit a table that rises along every axis; return it and its squared error.

    min |F - Q|², D F ≥ 0, has the dual F = Q + Dᵀ λ with λ ≥ 0 that makes |F| least, since rising tables are a cone.
    """
    from scipy.optimize import nnls  # imported here: it takes half a second

    multipliers, _ = nnls(rises.T, -payoffs.ravel())
    change = multipliers @ rises
    return payoffs + change.reshape(payoffs.shape), change @ change
