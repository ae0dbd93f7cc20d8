"""Shares in whole workers by their definition, and the ideas that lead elsewhere: for exercise 14.2."""

import numpy as np

from marl_lessons.exercises.judging.ties import choose_one, list_largest


def share_one_by_one(needs, num_workers):
    """The definition: quotas rounded down, then one each for the largest remainders; every choice where they tie."""
    total = float(sum(needs))
    quotas = [num_workers * float(need) / total for need in needs]
    workers = [int(quota + 1e-9) for quota in quotas]
    remainders = [quota - given for quota, given in zip(quotas, workers, strict=True)]
    choices = list_largest(remainders, num_workers - sum(workers))
    return choose_one([[given + (place in chosen) for place, given in enumerate(workers)] for chosen in choices])


def find_quotas(needs, num_workers):
    """Return the exact shares, (D,)."""
    return num_workers * needs / needs.sum()


def add_by(order, total=np.sum):
    """Return the function that rounds down and gives what is left in an order(needs, quotas, workers) of districts.

    total: by what the quotas divide, total(needs).
    """

    def answer(needs, num_workers):
        quotas = num_workers * needs / total(needs)
        workers = np.floor(quotas + 1e-9).astype(int)
        workers[order(needs, quotas, workers)[: num_workers - workers.sum()]] += 1
        return workers

    return answer


def give_all_to(choose):
    """Return the function that gives all that is left to one district, choose(needs, quotas, workers)."""

    def answer(needs, num_workers):
        quotas = find_quotas(needs, num_workers)
        workers = np.floor(quotas + 1e-9).astype(int)
        workers[choose(needs, quotas, workers)] += num_workers - workers.sum()
        return workers

    return answer


def round_sums(needs, num_workers):
    """The idea of rounding where each district's share ends, one behind the other."""
    return np.diff(np.round(np.cumsum(find_quotas(needs, num_workers))), prepend=0)


def let_one_take_the_rest(choose):
    """Return the function that rounds, and gives one district, choose(workers), what the others leave."""

    def answer(needs, num_workers):
        workers = np.round(find_quotas(needs, num_workers))
        workers[choose(workers)] += num_workers - workers.sum()
        return workers

    return answer


def give_one(is_needed):
    """Return the function that gives a single worker to the largest remainder, if is_needed(how many are left)."""

    def answer(needs, num_workers):
        quotas = find_quotas(needs, num_workers)
        workers = np.floor(quotas + 1e-9).astype(int)
        workers[np.argmax(quotas - workers)] += is_needed(num_workers - workers.sum())
        return workers

    return answer


def take_places_for_ranks(needs, num_workers):
    """The idea that `np.argsort` tells how many are before each one."""
    quotas = find_quotas(needs, num_workers)
    workers = np.floor(quotas + 1e-9).astype(int)
    return workers + (np.argsort(workers - quotas) < num_workers - workers.sum())


def give_everybody_one(needs, num_workers):
    """The idea that no district stays without a worker."""
    quotas = find_quotas(needs, num_workers)
    workers = np.maximum(1, np.floor(quotas + 1e-9)).astype(int)
    workers[np.argsort(workers - quotas)[: max(num_workers - workers.sum(), 0)]] += 1
    return workers


def list_by_size(step):
    """Return the function whose result is sorted, [::step] of the smallest first."""
    right = add_by(by_remainder)
    return lambda needs, num_workers: np.sort(right(needs, num_workers))[::step]


def by_remainder(needs, quotas, workers):
    """Return the order that is asked for: the largest remainder first."""
    return np.argsort(workers - quotas)


def take_from_the_end(needs, num_workers):
    """The idea that `[-left:]` takes the last `left`, also where `left` is 0."""
    quotas = find_quotas(needs, num_workers)
    workers = np.floor(quotas + 1e-9).astype(int)
    workers[np.argsort(quotas - workers)[-(num_workers - workers.sum()) :]] += 1
    return workers


def compare_need_per_worker(step=1):
    """Return the function that sends each worker where the need is largest, divided by 1, 1 + step, 1 + 2 step, …"""

    def answer(needs, num_workers):
        workers = np.zeros(len(needs), dtype=int)
        for _ in range(num_workers):
            workers[np.argmax(needs / (step * workers + 1))] += 1
        return workers

    return answer


def share_alike(needs, num_workers):
    """The idea that all districts get the same."""
    return add_by(lambda *parts: np.arange(len(needs)))(np.ones(len(needs)), num_workers)


def give_all_who_tie(needs, num_workers):
    """The idea that whoever reaches the border gets one more."""
    quotas = find_quotas(needs, num_workers)
    workers = np.floor(quotas + 1e-9).astype(int)
    left = num_workers - workers.sum()
    border = np.sort(quotas - workers)[-left] if left else np.inf
    return workers + (quotas - workers >= border - 1e-9)
