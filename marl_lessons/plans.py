"""Plans for groups of workers: how many should be where, how many do what, and which workers these are."""

from typing import NamedTuple

import numpy as np


class Counts(NamedTuple):
    """What there is in each of D districts, integers (…, D): workers, light and heavy tasks, and 1 if it is busy."""

    workers: np.ndarray
    light: np.ndarray
    heavy: np.ndarray
    busy: np.ndarray


class Plan(NamedTuple):
    """What is decided for each district, integers (…, D) each.

    Attributes:
        targets: how many workers it should have; they sum to all workers.
        at_heavy: how many of those that need not leave work at heavy tasks; the others work at light ones.
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
    whole = np.floor(quotas + 1e-9).astype(np.int64)  # a hair more, because rounding may leave a quota of 3 at 2.999…
    left = num_workers - whole.sum(axis=-1, keepdims=True)  # (…, 1)
    # Rounding off remainders makes equal ones equal; a stable sort then puts the first ones first.
    order = np.argsort(np.round(whole - quotas, 9), axis=-1, kind="stable")
    rank = np.argsort(order, axis=-1, kind="stable")
    return whole + (rank < left)


def stay_and_leave(workers, targets):
    """Count who stays in each district, who leaves it, and who is missing there, (…, D) each.

    A district with more workers than its target sends the others away, and as many are missing elsewhere.
    """
    staying = np.minimum(workers, targets)
    return staying, workers - staying, targets - staying


def pair_up(share, staying):
    """Send a share of the workers that stay to heavy tasks, in whole pairs.

    Parameters:
        share: (…, D) in 0 … 1.
        staying: workers, integers (…, D).
    Returns:
        Even integers (…, D), at most `staying`; of two that are as near, the larger one.
    """
    pairs = np.floor(share * staying / 2 + 0.5).astype(np.int64)
    return 2 * np.minimum(pairs, staying // 2)


def deal(places, workers, plan):
    """Say what each worker does, so that a plan is carried out.

    Of the workers of a district, in the order of their numbers, the first ones leave for where some are missing, the
    next ones go to heavy tasks, the others to light ones.

    Parameters:
        places: the district of each worker, integers (R, N) in 0 … D - 1.
        workers: how many workers there are in each district, (R, D).
        plan: a Plan.
    Returns:
        Integers (R, N): 0 at light tasks, 1 at heavy ones, 2 + d on the way to district d.
    """
    runs, num_districts = workers.shape
    staying, leaving, missing = stay_and_leave(workers, plan.targets)  # (R, D) each
    kinds = np.stack([leaving, plan.at_heavy, staying - plan.at_heavy], axis=-1)  # (R, D, 3)
    done = _repeat(np.tile([2, 1, 0], runs * num_districts), kinds.ravel())  # (R N,), district by district
    done[done == 2] += _repeat(np.tile(np.arange(num_districts), runs), missing.ravel())
    # Sorting numbers of at most 16 bits takes a time that grows with N only.
    few_bits = places.astype(np.min_scalar_type(num_districts))
    order = np.argsort(few_bits, axis=1, kind="stable")  # (R, N), by district and then by number
    actions = np.empty_like(places)
    np.put_along_axis(actions, order, done.reshape(places.shape), axis=1)
    return actions


def count_flows(workers, targets):
    """Count how many workers go from each district to each, (D, D), as `deal` sends them: (D,) each."""
    _, leaving, missing = stay_and_leave(workers, targets)
    districts = np.arange(len(workers))
    flows = np.zeros((len(workers), len(workers)), dtype=np.int64)
    np.add.at(flows, (_repeat(districts, leaving), _repeat(districts, missing)), 1)
    return flows


def _repeat(numbers, times):
    return numbers.repeat(times.astype(np.intp, copy=False))  # a browser's indices have 32 bits
