"""Update rules for action values: pure functions of arrays, one equation each."""

from functools import reduce

import numpy as np

from marl_lessons.arrays import TOLERANCE


def best_values(q_values):
    """Find the value of the best action.

        v(o) = max_b Q(o, b)

    Parameters:
        q_values: (…, A).
    Returns:
        Values (…).
    """
    # Comparing whole columns is many times faster than q_values.max(axis=-1), which starts anew for every short row.
    return reduce(np.maximum, (q_values[..., action] for action in range(q_values.shape[-1])))


def td_target(rewards, next_values, terminated, gamma):
    """Compute what the action just taken has turned out to be worth.

        y = r + γ · [not terminated] · v(o')

    Parameters:
        rewards: r, for example (R, N).
        next_values: v(o') of the same shape, in units of return.
        terminated: booleans that broadcast to that shape. A truncated episode has not ended: its target keeps v(o').
        gamma: discount factor.
    Returns:
        Targets of the same shape, in units of return.
    Source: Watkins 1989; Pardo et al. 2018 (truncation).
    """
    return rewards + gamma * np.logical_not(terminated) * next_values


def move_toward(q_values, targets, alpha):
    """Move values a fraction of the way to their targets.

        Q ← Q + α (y - Q)

    Parameters:
        q_values: Q of the actions taken, any shape.
        targets: y, of the same shape.
        alpha: step size in 0 … 1, a number or an array.
    Returns:
        New values, of the same shape.
    Source: Watkins & Dayan 1992; with many agents, each for itself: Tan 1993.
    """
    return q_values + alpha * (targets - q_values)


def average_by_entry(entries, values, num_entries):
    """Average the values that belong to the same entry of a table: how agents that share an entry move it.

        m_k = Σ_i [k_i = k] x_i / Σ_i [k_i = k],   and 0 where no k_i is k

    A sum would move an entry by alpha times the number of agents that took it, far beyond their targets; and
    `table[entries] += values` keeps only the last of several values that belong to one entry.

    Parameters:
        entries: k_i, integers (…) in 0 … num_entries - 1.
        values: x_i, numbers of the same shape.
        num_entries: K.
    Returns:
        Means m (K,).

    >>> average_by_entry(np.array([2, 0, 2]), np.array([1.0, 5.0, 3.0]), 4)
    array([5., 0., 2., 0.])
    """
    times = np.bincount(entries.ravel(), minlength=num_entries)  # (K,)
    sums = np.bincount(entries.ravel(), weights=values.ravel(), minlength=num_entries)
    return sums / np.maximum(times, 1)


def move_hysteretically(q_values, targets, alpha, beta):
    """Move fast toward good news and slowly toward bad news.

        Q ← Q + α (y - Q)   if y ≥ Q,      Q ← Q + β (y - Q)   otherwise

    Parameters:
        q_values, targets: as in `move_toward`.
        alpha, beta: step sizes for good and for bad news, β < α.
    Returns:
        New values, of the same shape.
    Source: Matignon, Laurent & Le Fort-Piat 2007.
    """
    return move_toward(q_values, targets, np.where(targets >= q_values, alpha, beta))


def move_leniently(q_values, targets, alpha, temperatures, luck):
    """Forgive bad news with a probability that falls as the temperature falls.

        Q ← Q + α (y - Q)   if y ≥ Q or u < exp(-T),      Q stays otherwise

    Parameters:
        q_values, targets, alpha: as in `move_toward`.
        temperatures: T ≥ 0 of the actions taken, of the same shape; at 0 nothing is forgiven.
        luck: u, uniform draws from [0, 1), of the same shape.
    Returns:
        New values, of the same shape.
    Source: Panait, Sullivan & Luke 2006; leniency 1 - exp(-T) as in Palmer et al. 2018.
    """
    believes = (targets >= q_values) | (luck < np.exp(-temperatures))
    return np.where(believes, move_toward(q_values, targets, alpha), q_values)


def intend_better(policy, q_values, actions, targets):
    """Change what one intends to do for something better only, never for something as good.

        π ← a   if y > max_b Q(b),      π stays otherwise

    Parameters:
        policy: π, the actions intended so far, integers (…).
        q_values: Q (…, A), the best target that each action has had so far.
        actions: a, just taken, integers (…).
        targets: y (…), what they have turned out to be worth.
    Returns:
        New policy (…).
    Source: Lauer & Riedmiller 2000.
    """
    return np.where(targets > best_values(q_values), actions, policy)


def count_best(best, times_best, targets):
    """Keep the best target that an action ever had, and how often it came.

        y > best: best ← y, n ← 1          y = best: n ← n + 1          y < best: both stay

    Parameters:
        best: best target of the actions taken so far, (R, N); minus infinity where there was none.
        times_best: n (R, N).
        targets: y (R, N).
    Returns:
        New `best` and new `times_best`.
    Source: Kapetanakis & Kudenko 2002.
    """
    is_better = targets > best + TOLERANCE
    is_equal = np.abs(targets - best) <= TOLERANCE
    return np.maximum(best, targets), np.where(is_better, 1, times_best + is_equal)


def maximum_bonus(best, times_best, times):
    """Say how good an action may be at best, weighted by how often it was.

        F = (n_best / n) · best,   and 0 for an action never taken

    Parameters:
        best, times_best: as in `count_best`, any shape.
        times: n, how often the action was taken, of the same shape.
    Returns:
        F, of the same shape, in units of return.
    Source: Kapetanakis & Kudenko 2002.
    """
    return np.where(times > 0, best, 0.0) * times_best / np.maximum(times, 1)
