"""Exercise 15.1: how much better one method is than another, and how sure that is."""

import numpy as np

from marl_lessons.checks.lesson_15.difference_ideas import DIFFERENCE_MISCONCEPTIONS, compare_means
from marl_lessons.exercises.judging.cases import keep_cases
from marl_lessons.exercises.judging.domains import NUMBERS, Domain, Parameter, has_length, is_array, is_longer_than
from marl_lessons.exercises.judging.drawing import NUMBER_STYLES, draw_numbers
from marl_lessons.exercises.judging.expect import expect_agreement
from marl_lessons.exercises.judging.kinds import expect_array
from marl_lessons.exercises.specification import Check, Exercise

ALIKE = ((2, 2), (3, 3), (4, 4), (2, 2), (5, 5), (3, 3), (8, 8))  # runs of mine and of theirs
OTHERWISE = ((2, 3), (3, 2), (4, 2), (2, 5), (5, 3), (3, 4), (2, 9))


def difference_interval(mine, theirs):
    """Return the 95 % interval of the difference of two means: (R,), (K,) -> (2,)."""
    middle = mine.mean() - theirs.mean()
    variance = mine.var(ddof=1) / len(mine) + theirs.var(ddof=1) / len(theirs)
    reach = 1.96 * np.sqrt(variance)
    return np.array([middle - reach, middle + reach])


@keep_cases
def draw_batches(rng, shapes):
    """The docstring's case in whole numbers and in decimals, where it fits, then random ones; some of equal scores."""
    example = np.array([4, 6]), np.array([1, 1])
    cases = [example, tuple(1.0 * part for part in example)] if shapes[0] == (2, 2) else []
    for index in range(35):
        runs, others = shapes[index % 7]
        mine = draw_numbers(rng, (runs,), NUMBER_STYLES[index % 5])
        theirs = draw_numbers(rng, (others,), NUMBER_STYLES[(index + index // 5) % 5])
        if index % 9 == 4:
            theirs = np.full_like(theirs, theirs[0])
        if index % 9 in (4, 7):
            mine = np.full_like(mine, mine[0])
        cases.append((mine, theirs))
    return cases


def returns_two_ends(answer, rng):
    mine, theirs = (draw_numbers(rng, (4,), "fractions") for _ in range(2))
    expect_array(answer(mine, theirs), (2,), "the lower and the upper end")


def compares_batches_of_one_size(answer, rng):
    _expect_interval(answer, rng, ALIKE, OTHERWISE)


def compares_batches_of_two_sizes(answer, rng):
    _expect_interval(answer, rng, OTHERWISE, ALIKE)


def _expect_interval(answer, rng, shapes, others):
    expect_agreement(
        answer,
        draw_batches(rng, shapes),
        compare_means,
        DIFFERENCE_MISCONCEPTIONS,
        evidence=lambda: draw_batches(rng, others),
    )


def is_batch(value):
    """Tell whether a value is the scores (R,) of two runs or more."""
    return is_array(None)(value) and len(value) >= 2


def is_one_number(value):
    """Tell whether all entries of an array are the same."""
    return bool(np.ptp(value) == 0)


BATCHES = NUMBERS | {
    "has two runs": has_length(0, 2),
    "has more than two runs": is_longer_than(2),
    "holds the same number everywhere": is_one_number,
}

DOMAIN = Domain(
    parameters=(Parameter("mine", is_batch, BATCHES), Parameter("theirs", is_batch, BATCHES)),
    corners={
        "there are as many runs of mine as of theirs": lambda mine, theirs: len(mine) == len(theirs),
        "the scores within each batch are the same": lambda mine, theirs: is_one_number(mine) and is_one_number(theirs),
        "the mean of theirs is the larger one": lambda mine, theirs: bool(theirs.mean() > mine.mean()),
    },
)

EXERCISE = Exercise(
    id="15.1",
    title="Better, or lucky?",
    reference=difference_interval,
    checks=(
        Check("returns the two ends", returns_two_ends),
        Check("compares two batches of as many runs", compares_batches_of_one_size),
        Check("compares batches of different sizes", compares_batches_of_two_sizes),
    ),
    hints=(
        "In the example, what are the two means, and how far apart? What are the two variances?",
        "The variance of a *mean* of R runs is their variance divided by R, `mine.var(ddof=1) / len(mine)`. For a "
        "difference of two means, add both.",
        "With `variance` for that sum, the ends are `mine.mean() - theirs.mean()` minus and plus "
        "`1.96 * np.sqrt(variance)`. `np.array([…, …])` puts them into an array.",
    ),
    explanation="Both means could have come out otherwise, so both variances count. If all of the interval lies above "
    "0, luck alone would seldom show such a lead.",
    domain=DOMAIN,
)
