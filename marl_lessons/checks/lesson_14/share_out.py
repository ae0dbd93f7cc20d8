"""Exercise 14.2: whole numbers of workers in proportion to needs, by largest remainder."""

import numpy as np

from marl_lessons.checks.lesson_14.share_out_ideas import share_one_by_one
from marl_lessons.checks.lesson_14.share_out_mistakes import SHARE_MISCONCEPTIONS
from marl_lessons.exercises.judging.cases import keep_cases
from marl_lessons.exercises.judging.domains import (
    Domain,
    Parameter,
    equals,
    has_fractions,
    has_length,
    has_zeros,
    is_array,
    is_int,
    is_longer_than,
    is_whole,
)
from marl_lessons.exercises.judging.expect import expect_agreement
from marl_lessons.exercises.judging.kinds import expect_array
from marl_lessons.exercises.judging.ties import accept_ties
from marl_lessons.exercises.specification import Check, Exercise


def share_out(needs, num_workers):
    """Return how many workers each district gets, in proportion to its need: (D,), a number -> (D,)."""
    quotas = num_workers * needs / needs.sum()
    workers = np.floor(quotas).astype(int)
    left = num_workers - workers.sum()
    workers[np.argsort(workers - quotas)[:left]] += 1
    return workers


@keep_cases
def draw_needs(rng, kind):
    """Cases of a kind: "uneven", "whole" (quotas are whole numbers), or "tied"; the docstring's case in the first."""
    if kind == "whole":
        cases = [(np.array([3, 1]), 4), (np.array([0.5, 1.5, 0.0]), 8), (np.array([0.7]), 5), (np.array([2]), 1)]
        for index in range(12):
            workers = rng.integers(0 if index % 3 else 1, 6, size=2 + index % 5)
            workers[index % len(workers)] += 1
            cases.append((workers * (1 if index % 2 else 0.5), int(workers.sum())))
        return cases
    if kind == "tied":
        cases = [(np.array([1, 1]), 3), (np.array([0.5, 0.5, 0.5]), 4), (np.array([2, 2, 2, 2]), 2)]
        for index in range(12):
            size = 2 + index % 5
            needs = np.full(size, int(rng.integers(1, 9))) * (1 if index % 2 else 0.5)
            cases.append((needs, int(size * rng.integers(0, 4) + rng.integers(1, size))))
        return cases
    cases = [(np.array([2.4, 1.3, 1.3]), 5)]
    while len(cases) < 50:
        index = len(cases)
        size = (3, 2, 4, 3, 5, 6, 8)[index % 7]
        needs = (rng.exponential(3, size=size) + 0.1).round(1) if index % 2 else rng.integers(1, 12, size=size)
        if index % 5 == 2 and size > 2:
            needs[rng.integers(size)] = 0
        workers = int(rng.integers(1, size)) if index % 6 == 3 else int(rng.integers(size, 4 * size + 3))
        if _is_plain(needs, workers):
            cases.append((needs, workers))
    return cases


def _is_plain(needs, num_workers):
    """Tell whether some workers are left after rounding down, and it is clear who gets them."""
    quotas = num_workers * needs / needs.sum()
    remainders = np.sort(quotas % 1)
    left = round(remainders.sum())
    return left > 0 and remainders[-left] - remainders[-left - 1] > 1e-3 and remainders[-1] < 0.999


def returns_a_number_for_each_district(answer, rng):
    expect_array(answer(np.array([2.4, 1.3, 1.3]), 5), (3,), "a number of workers for each of 3 districts")


def gives_what_is_left_to_the_largest_remainders(answer, rng):
    _expect_shares(answer, "uneven", rng)


def adds_nobody_where_quotas_are_whole(answer, rng):
    _expect_shares(answer, "whole", rng)


def gives_all_workers_away_where_remainders_tie(answer, rng):
    _expect_shares(answer, "tied", rng)


def _expect_shares(answer, kind, rng):
    def draw_others():
        return [case for other in ("uneven", "whole") if other != kind for case in draw_needs(rng, other)]

    expect_agreement(
        answer,
        draw_needs(rng, kind),
        share_one_by_one,
        SHARE_MISCONCEPTIONS,
        adapt=accept_ties,
        explain=lambda trial: _show_quotas(*trial.case),
        evidence=draw_others,
    )


def _show_quotas(needs, num_workers):
    quotas = num_workers * needs / needs.sum()
    return f"The quotas are {', '.join(f'{quota:.4g}' for quota in quotas)}."


def are_needs(value):
    """Tell whether a value is numbers (D,) from 0 up, not all 0."""
    return is_array(None)(value) and bool((value >= 0).all() and value.any())


DOMAIN = Domain(
    parameters=(
        Parameter(
            "needs",
            are_needs,
            {
                "is an array of whole numbers": is_whole,
                "holds fractions": has_fractions,
                "holds a 0": has_zeros,
                "has one district": has_length(0, 1),
                "has more than two districts": is_longer_than(2),
                "holds the same number everywhere": lambda value: len(value) > 1 and np.ptp(value) == 0,
            },
        ),
        Parameter(
            "num_workers",
            lambda value: is_int(value) and value >= 1,
            {"is 1": equals(1), "is above 9": lambda n: n > 9},
        ),
    ),
    corners={
        "there are fewer workers than districts": lambda needs, workers: workers < len(needs),
        "nobody is left after rounding down": lambda needs, workers: bool(
            np.allclose(workers * needs / needs.sum(), np.round(workers * needs / needs.sum()))
        ),
    },
)

EXERCISE = Exercise(
    id="14.2",
    title="Whole workers by need",
    reference=share_out,
    checks=(
        Check("returns a number for each district", returns_a_number_for_each_district),
        Check("gives what is left to the largest remainders", gives_what_is_left_to_the_largest_remainders),
        Check("adds nobody where the quotas are whole", adds_nobody_where_quotas_are_whole),
        Check("gives all workers away where remainders tie", gives_all_workers_away_where_remainders_tie),
    ),
    hints=(
        "What are the quotas in the example? What is left of each after rounding down, and how many workers are left?",
        "`quotas = num_workers * needs / needs.sum()`, then `workers = np.floor(quotas).astype(int)`. "
        "`left = num_workers - workers.sum()` workers go to the districts where `quotas - workers` is largest.",
        "`np.argsort(workers - quotas)` lists the districts, the largest remainder first. `[:left]` takes those that "
        "get one more: `workers[np.argsort(workers - quotas)[:left]] += 1`.",
    ),
    explanation="Each district is less than one worker away from its quota, and nobody stays at home. (Where nobody is "
    "left, `[:0]` takes no district at all; `[-0:]` would take them all.)",
    domain=DOMAIN,
)
