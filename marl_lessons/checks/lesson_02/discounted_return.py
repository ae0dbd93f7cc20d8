"""Exercise 2.2: the return of a stretch of play that was terminated or truncated."""

import numpy as np

from marl_lessons.checks.lesson_02.discounted_return_ideas import (
    CUT_MISCONCEPTIONS,
    REWARD_MISCONCEPTIONS,
    TERMINAL_MISCONCEPTIONS,
    add_forward,
)
from marl_lessons.exercises.judging.cases import keep_cases
from marl_lessons.exercises.judging.domains import (
    NUMBERS,
    Domain,
    Parameter,
    equals,
    has_length,
    is_array,
    is_bool,
    is_discount,
    is_int,
    is_longer_than,
    is_number,
)
from marl_lessons.exercises.judging.drawing import NUMBER_STYLES, draw_numbers, draw_shapes
from marl_lessons.exercises.judging.expect import expect_agreement
from marl_lessons.exercises.judging.kinds import expect_number
from marl_lessons.exercises.specification import Check, Exercise


def discounted_return(rewards, last_value, terminated, gamma):
    """Return what a stretch of play is worth: rewards (T,) and, if it was only cut off, what was still to come."""
    total = 0.0 if terminated else last_value
    for reward in rewards[::-1]:
        total = reward + gamma * total
    return total


@keep_cases
def draw_stretches(rng, terminated):
    """The docstring's case to check by hand, then random ones of several lengths, with discounts from 0 to 1."""
    cases = [(np.array([1, 2]), 10, terminated, 0.5), (np.array([1.0, 2.0]), 10.0, terminated, 0.5)]
    for index, (length,) in enumerate(draw_shapes(rng, (1,), (8,), times=50)):
        gamma = (0.0, 1.0, 0.5, 0.9, round(float(rng.uniform(0.05, 0.99)), 2))[index % 5]
        last_value = (0.0, round(float(rng.normal(scale=5)), 2), int(rng.integers(-9, 0)))[index % 3]
        rewards = draw_numbers(rng, length, NUMBER_STYLES[index // 5 % 5])
        cases.append((rewards, last_value, (terminated, np.bool_(terminated))[index % 2], gamma))
    return [*cases, (draw_numbers(rng, 100, "fractions"), 10.0, terminated, 0.97), _draw_long(rng, terminated)]


def _draw_long(rng, terminated):
    """A stretch of hundreds of steps, of which a discount near 1 forgets none."""
    return draw_numbers(rng, 300, "fractions"), 10.0, terminated, 0.999


def returns_a_number(answer, rng):
    expect_number(answer(np.array([1.0, 2.0]), 10.0, True, 0.5))


def ends_at_a_terminal_state(answer, rng):
    expect_agreement(answer, draw_stretches(rng, True), add_forward, REWARD_MISCONCEPTIONS + TERMINAL_MISCONCEPTIONS)


def goes_on_after_a_truncation(answer, rng):
    expect_agreement(answer, draw_stretches(rng, False), add_forward, REWARD_MISCONCEPTIONS + CUT_MISCONCEPTIONS)


DOMAIN = Domain(
    parameters=(
        Parameter(
            "rewards",
            is_array(None),
            NUMBERS
            | {
                "has one step": has_length(0, 1),
                "has two steps": has_length(0, 2),
                "has more than two steps": is_longer_than(2),
                "has a hundred steps": has_length(0, 100),
                "has hundreds of steps": is_longer_than(200),
                "holds the same number twice": lambda rewards: len(np.unique(rewards)) < len(rewards),
            },
        ),
        Parameter(
            "last_value",
            is_number,
            {
                "is 0": equals(0),
                "is negative": lambda value: value < 0,
                "is a whole number": is_int,
                "has decimals": lambda value: value % 1 != 0,
            },
        ),
        Parameter(
            "terminated",
            is_bool,
            {"is NumPy's True": lambda value: value is np.True_, "is NumPy's False": lambda value: value is np.False_},
        ),
        Parameter("gamma", is_discount, {"is 0": equals(0), "is 1": equals(1)}),
    ),
)

EXERCISE = Exercise(
    id="2.2",
    title="Where a stretch of play ends",
    reference=discounted_return,
    checks=(
        Check("returns a number", returns_a_number),
        Check("adds nothing after a terminal state", ends_at_a_terminal_state),
        Check("adds what was still to come after a truncation", goes_on_after_a_truncation),
    ),
    hints=(
        "First the rewards: the one of step t counts gamma to the power t. Then ask how the stretch ended.",
        "It is easiest backwards: start with what comes after the last reward (0 if `terminated`, else `last_value`), "
        "and take the rewards from the last to the first, `for reward in rewards[::-1]`.",
        "One step back in time, what comes later counts gamma times as much, and the reward at hand counts in full: "
        "that is the one line inside the loop.",
    ),
    explanation="A terminal state is worth 0 because nothing follows it. A truncated game would have gone on, "
    "and `last_value`, T steps away, is our estimate of how well. Each round of the loop makes the total one step "
    "older, so that `last_value` ends up multiplied by gamma to the power T.",
    domain=DOMAIN,
    version=2,
    earlier=("1.5@1",),
)
