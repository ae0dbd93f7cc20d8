"""Exercise 13.3: a crowd that answers its own mean, round after round."""

import numpy as np

from marl_lessons.checks.lesson_13.mean_after_ideas import MEAN_MISCONCEPTIONS, answer_one_by_one
from marl_lessons.exercises.judging.cases import keep_cases
from marl_lessons.exercises.judging.domains import (
    Domain,
    Parameter,
    equals,
    has_fractions,
    has_length,
    is_array,
    is_int,
    is_longer_than,
    is_number,
    is_whole,
)
from marl_lessons.exercises.judging.expect import expect_agreement
from marl_lessons.exercises.judging.kinds import expect_array
from marl_lessons.exercises.specification import Check, Exercise

STARTS = (1, 0.5, -0.3, 1.0, 0.1, -1, 0.8, 0, -0.7)
SIZES = (2, 1, 3, 2, 4)
MANY = 1_000  # rounds, as the lesson asks for


def mean_after(start, temperatures, rounds):
    """Return the mean action of a crowd after some rounds: a number, (K,), a number -> (K,)."""
    means = np.full(len(temperatures), float(start))
    for _ in range(rounds):
        means = np.tanh(2 * means / temperatures)
    return means


@keep_cases
def draw_crowds(rng, all_rounds):
    """The docstring's case and one of MANY rounds, where there are several, then random ones.

    all_rounds: the numbers of rounds to try.
    """
    cases = [(1, np.array([1, 4]), 2), (1.0, np.array([1.0, 4.0]), 2)] if 2 in all_rounds else []
    cases += [(0.5, np.array([1.5, 2.0]), MANY)] if 2 in all_rounds else []
    for index in range(36):
        size = SIZES[index % 5]
        temperatures = rng.integers(1, 50, size=size) / 10
        if index % 4 == 3:
            temperatures = rng.integers(1, 5, size=size)
        cases.append((STARTS[index % 9], temperatures, all_rounds[index % len(all_rounds)]))
    return cases


def returns_a_mean_for_each_temperature(answer, rng):
    expect_array(answer(0.5, np.array([1.0, 2.0, 3.0]), 4), (3,), "a mean for each of 3 temperatures")


def changes_nothing_without_a_round(answer, rng):
    _expect_means(answer, (0,), rng)


def answers_once(answer, rng):
    _expect_means(answer, (1,), rng)


def answers_what_the_round_before_has_left(answer, rng):
    _expect_means(answer, (2, 3, 5, 2, 0, 9, 1), rng)


def _expect_means(answer, all_rounds, rng):
    expect_agreement(
        answer,
        draw_crowds(rng, all_rounds),
        answer_one_by_one,
        MEAN_MISCONCEPTIONS,
        evidence=lambda: draw_crowds(rng, (2, 3, 5, 2, 0, 9, 1)) if len(all_rounds) == 1 else [],
    )


DOMAIN = Domain(
    parameters=(
        Parameter(
            "start",
            lambda value: is_number(value) and -1 <= value <= 1,
            {
                "is 1": equals(1),
                "is 0": equals(0),
                "is -1": equals(-1),
                "is below 0": lambda value: value < 0,
                "is a whole number by its type": is_int,
            },
        ),
        Parameter(
            "temperatures",
            lambda value: is_array(None)(value) and bool((value > 0).all()),
            {
                "is an array of whole numbers": is_whole,
                "holds fractions": has_fractions,
                "has one entry": has_length(0, 1),
                "has more than two entries": is_longer_than(2),
            },
        ),
        Parameter(
            "rounds",
            lambda value: is_int(value) and value >= 0,
            {"is 0": equals(0), "is 1": equals(1), "is above 2": lambda value: value > 2, "is large": equals(MANY)},
        ),
    ),
)

EXERCISE = Exercise(
    id="13.3",
    title="The crowd answers itself",
    reference=mean_after,
    checks=(
        Check("returns a mean for each temperature", returns_a_mean_for_each_temperature),
        Check("changes nothing in no rounds", changes_nothing_without_a_round),
        Check("answers the start in one round", answers_once),
        Check("answers in each round what the round before has left", answers_what_the_round_before_has_left),
    ),
    hints=(
        "What is the mean after one round, at one temperature? And which mean does the second round answer?",
        "Begin with `means = np.full(len(temperatures), float(start))`, one mean for each temperature. "
        "`2 * means / temperatures` divides them entry by entry.",
        "In a loop over `range(rounds)`: `means = np.tanh(2 * means / temperatures)`. Return them after the loop.",
    ),
    explanation="Whatever the crowd is like, one number a round says it all. Where the rounds no longer change it, the "
    "crowd is the answer to itself: m = tanh(2m/τ).",
    domain=DOMAIN,
)
