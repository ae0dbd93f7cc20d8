"""Plans for groups of workers: how many should be where, how many do what, and which workers these are."""

from typing import NamedTuple

import numpy as np


class Plan(NamedTuple):
    """What is decided for each of D districts, integers (R, D) each.

    Attributes:
        targets: how many workers it should have; they sum to N.
        at_heavy: how many of those that need not leave should work at heavy tasks.
    """

    targets: np.ndarray
    at_heavy: np.ndarray


def share_out(needs, num_workers):
    """Share workers out in proportion to needs, in whole numbers, by the largest remainder.

        n_d = ⌊q_d⌋, and one more where q_d - ⌊q_d⌋ is among the largest,      q_d = num_workers · need_d / Σ need

    Parameters:
        needs: (…, D), at least 0. Where all are 0, all count the same.
        num_workers: how many there are.
    Returns:
        Integers (…, D) that sum to num_workers; of equal remainders the first ones are rounded up.
    Raises:
        ValueError: if a need is negative or not finite.
    Source: Hamilton 1792, for seats in parliament.

    >>> share_out(np.array([3.0, 2.0, 2.0]), 10)
    array([4, 3, 3])
    """
    needs = np.asarray(needs, dtype=float)
    if not np.isfinite(needs).all() or needs.min() < 0:
        raise ValueError("needs must be finite and at least 0; correct those numbers.")
    totals = needs.sum(axis=-1, keepdims=True)
    quotas = num_workers * np.where(totals > 0, needs / np.where(totals > 0, totals, 1), 1 / needs.shape[-1])  # (…, D)
    # Rounding may leave a quota of 3 at 2.999…; a hair more makes it 3, and its remainder 0.
    whole = np.floor(quotas + 1e-9).astype(np.int64)
    left = num_workers - whole.sum(axis=-1, keepdims=True)  # (…, 1)
    order = np.argsort(whole - quotas, axis=-1, kind="stable")  # the largest remainder first
    rank = np.argsort(order, axis=-1, kind="stable")
    return whole + (rank < left)


def staying(plan, workers):
    """Count who need not leave, (R, D): a district with more workers than its target sends the others away."""
    return np.minimum(workers, plan.targets)


def deal(places, workers, plan):
    """Say what each worker does, so that the plan is carried out.

    Of the workers of a district, in the order of their numbers, the first ones leave for where some are missing, the
    next ones go to heavy tasks, the others to light ones.

    Parameters:
        places: the district of each worker, integers (R, N) in 0 … D - 1.
        workers: how many workers there are in each district, (R, D).
        plan: a Plan.
    Returns:
        Integers (R, N): 0 at light tasks, 1 at heavy ones, 2 + d on the way to district d.
    """
    runs, num_workers = places.shape
    num_districts = workers.shape[1]
    leaving = workers - staying(plan, workers)  # (R, D)
    missing = plan.targets - staying(plan, workers)  # (R, D), as many in sum
    # Sorting 16-bit numbers takes a time that grows with N only.
    order = np.argsort(places.astype(np.int16), axis=1, kind="stable")  # (R, N), by district and then by number
    kinds = np.stack([leaving, plan.at_heavy, workers - leaving - plan.at_heavy], axis=-1)  # (R, D, 3)
    done = np.tile([2, 1, 0], runs * num_districts).repeat(kinds.ravel())  # (R N,), district by district
    done[done == 2] += np.tile(np.arange(num_districts), runs).repeat(missing.ravel())
    actions = np.empty_like(places)
    np.put_along_axis(actions, order, done.reshape(runs, num_workers), axis=1)
    return actions
