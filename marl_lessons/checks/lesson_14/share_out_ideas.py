"""Shares in whole workers by their definition, and the ideas that lead elsewhere: for exercise 14.2."""

import numpy as np

from marl_lessons.checks.lesson_14.ties import choose_one, list_largest
from marl_lessons.exercises.judging.mistakes import Misconception


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


def add_by(order):
    """Return the function that rounds down and gives what is left in an order(needs, quotas, workers) of districts."""

    def answer(needs, num_workers):
        quotas = find_quotas(needs, num_workers)
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


def let_the_last_take_the_rest(needs, num_workers):
    """The idea that the last district gets what the others leave."""
    workers = np.round(find_quotas(needs, num_workers))
    workers[-1] += num_workers - workers.sum()
    return workers


def take_from_the_end(needs, num_workers):
    """The idea that `[-left:]` takes the last `left`, also where `left` is 0."""
    quotas = find_quotas(needs, num_workers)
    workers = np.floor(quotas + 1e-9).astype(int)
    workers[np.argsort(quotas - workers)[-(num_workers - workers.sum()) :]] += 1
    return workers


def compare_need_per_worker(needs, num_workers):
    """The idea that each worker goes where the need per worker is largest."""
    workers = np.zeros(len(needs), dtype=int)
    for _ in range(num_workers):
        workers[np.argmax(needs / (workers + 1))] += 1
    return workers


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


SHARE_MISCONCEPTIONS = (
    Misconception(
        give_all_who_tie,
        "Where remainders tie, you give one more to all of them, which may be more workers than there are. Any of them "
        "will do, but only as many as are left.",
    ),
    Misconception(
        lambda needs, num_workers: np.round(find_quotas(needs, num_workers)),
        "You round each quota by itself. Then the workers need not sum to `num_workers`: round down, and share out "
        "what is left.",
    ),
    Misconception(
        lambda needs, num_workers: np.floor(find_quotas(needs, num_workers) + 1e-9),
        "You round all quotas down. Some workers are left: give them away, too.",
    ),
    Misconception(
        lambda needs, num_workers: np.ceil(find_quotas(needs, num_workers) - 1e-9),
        "You round all quotas up, and give away more workers than there are.",
    ),
    Misconception(
        find_quotas,
        "Your result is the quotas. A district cannot have a part of a worker: round down, and share out what is left.",
    ),
    Misconception(
        add_by(lambda needs, quotas, workers: np.arange(len(needs))),
        "You give what is left to the first districts. It belongs to those with the largest remainders.",
    ),
    Misconception(
        add_by(lambda needs, quotas, workers: np.argsort(-needs)),
        "You give what is left to the districts with the largest needs. It belongs to those of whose *quota* most is "
        "left after rounding down.",
    ),
    Misconception(
        add_by(lambda needs, quotas, workers: np.argsort(quotas - workers)),
        "You give what is left to the *smallest* remainders. `np.argsort` begins with the smallest.",
    ),
    Misconception(
        give_all_to(lambda needs, quotas, workers: np.argmax(quotas - workers)),
        "You give all that is left to one district, that with the largest remainder. Each of the largest gets one.",
    ),
    Misconception(
        give_all_to(lambda needs, quotas, workers: np.argmax(needs)),
        "You give all that is left to the neediest district. Those with the largest remainders get one each.",
    ),
    Misconception(
        give_all_to(lambda needs, quotas, workers: len(needs) - 1),
        "You give all that is left to the last district. Those with the largest remainders get one each.",
    ),
    Misconception(
        let_the_last_take_the_rest,
        "You round the quotas and let the last district take what the others leave, which may be too much, or less "
        "than nothing.",
    ),
    Misconception(
        round_sums,
        "You round the running sum of the quotas. That gives away all workers, but not to the largest remainders.",
    ),
    Misconception(
        take_from_the_end,
        "Where nobody is left, you add one everywhere: `[-0:]` is the whole list. Sort the other way around, and take "
        "`[:left]`.",
    ),
    Misconception(
        compare_need_per_worker,
        "You send each worker where the need per worker is largest. That favors large districts: round the quotas down "
        "first.",
    ),
    Misconception(
        share_alike,
        "You give all districts alike. Share out in proportion to `needs`.",
    ),
)
