"""Exercise 8.1: learn fast from good news and slowly from bad."""

import numpy as np

from marl_lessons.checks.lesson_08.hysteretic_ideas import HYSTERETIC_MISCONCEPTIONS
from marl_lessons.exercises.judging.cases import keep_cases
from marl_lessons.exercises.judging.domains import (
    NUMBERS,
    Domain,
    Parameter,
    equals,
    has_negatives,
    has_zeros,
    is_array,
    is_number,
    is_whole,
)
from marl_lessons.exercises.judging.drawing import NUMBER_STYLES, draw_numbers
from marl_lessons.exercises.judging.expect import expect_agreement
from marl_lessons.exercises.judging.kinds import expect_array
from marl_lessons.exercises.specification import Check, Exercise

SHAPES = ((1,), (2,), (1, 1), (3,), (2, 2), (3, 1), (1, 4), (3, 2), (7,), (2, 3, 2), (4, 5))


def move_hysteretically(q_values, targets, alpha, beta):
    """Return the values after one hysteretic step: two arrays of one shape -> the same shape."""
    news = targets - q_values
    return q_values + np.where(news > 0, alpha, beta) * news


def move_one_by_one(q_values, targets, alpha, beta):
    """The definition, entry by entry."""
    moved = [
        value + (alpha if target > value else beta) * (target - value)
        for value, target in zip(q_values.ravel().tolist(), targets.ravel().tolist(), strict=True)
    ]
    return np.array(moved).reshape(q_values.shape)


@keep_cases
def draw_steps(rng, draw_news):
    """The docstring's case in whole numbers and in decimals, then random ones; draw_news(rng, shape, index)."""
    by_hand = np.array([0, 0]), np.array([10, -10])
    cases = [(*by_hand, 0.1, 0.01), (1.0 * by_hand[0], 1.0 * by_hand[1], 0.1, 0.01)]
    for index, shape in enumerate(SHAPES * 6):
        values, targets = draw_numbers(rng, shape, NUMBER_STYLES[index % 4]), draw_news(rng, shape, index)
        alpha = (round(float(rng.uniform(0.3, 0.95)), 2), 0.5, 1.0, 0.2, 0.9)[index % 5]
        beta = (round(float(rng.uniform(0.01, 0.15)), 2), 0.1, 0.0)[index % 3]
        cases.append((values, (values + targets).round(5) if index % 3 else targets, alpha, beta))
    return cases


def draw_any_news(rng, shape, index):
    """Draw numbers of every kind, at times very small ones, which are news all the same."""
    news = draw_numbers(rng, shape, NUMBER_STYLES[index // 4 % 4])
    return news / 1000 if index % 6 == 1 else news


def returns_values_of_the_same_shape(answer, rng):
    values, targets = draw_numbers(rng, (2, 3, 2), "fractions")
    expect_array(answer(values, targets, 0.1, 0.01), (3, 2), "runs and agents, as given")


def decides_entry_by_entry(answer, rng):
    expect_agreement(answer, draw_steps(rng, draw_any_news), move_one_by_one, HYSTERETIC_MISCONCEPTIONS)


def follows_good_news(answer, rng):
    _expect_moves(answer, _draw_one_kind(rng, 1), rng)


def hardly_follows_bad_news(answer, rng):
    _expect_moves(answer, _draw_one_kind(rng, -1), rng)


def _expect_moves(answer, cases, rng):
    expect_agreement(
        answer,
        cases,
        move_one_by_one,
        HYSTERETIC_MISCONCEPTIONS,
        evidence=lambda: draw_steps(rng, draw_any_news),
    )


@keep_cases
def _draw_one_kind(rng, sign):
    """Draw steps in which all news is good (1) or bad (-1)."""
    cases = []
    for values, targets, alpha, beta in draw_steps(rng, draw_any_news)[2:25]:
        cases.append((values, (values + sign * (abs(targets - values) + 0.25)).round(5), alpha, beta))
    return cases


def is_step_size(value):
    """Tell whether a value is a number from 0 to 1."""
    return is_number(value) and 0 <= value <= 1


def is_any_array(value):
    """Tell whether a value is an array of numbers with one axis or more."""
    return value.ndim > 0 and is_array(*[None] * value.ndim)(value)


DOMAIN = Domain(
    parameters=(
        Parameter(
            "q_values",
            is_any_array,
            NUMBERS
            | {
                "has one axis": lambda values: values.ndim == 1,
                "has three axes": lambda values: values.ndim == 3,
                "has one entry": lambda values: values.size == 1,
                "has more than two entries": lambda values: values.size > 2,
            },
        ),
        Parameter(
            "targets",
            is_any_array,
            {
                "is an array of whole numbers": is_whole,
                "holds negative numbers": has_negatives,
                "holds a 0": has_zeros,
            },
        ),
        Parameter("alpha", is_step_size, {"is 1": equals(1)}),
        Parameter("beta", is_step_size, {"is 0": equals(0)}),
    ),
    fit=lambda values, targets, alpha, beta: values.shape == targets.shape and beta < alpha,
    corners={
        "both `q_values` and `targets` are whole": lambda values, targets, *others: (
            is_whole(values) and is_whole(targets)
        ),
        "a target equals its value": lambda values, targets, *others: bool((values == targets).any()),
        "a target is less than 0.02 above its value": lambda values, targets, *others: bool(
            ((targets > values) & (targets < values + 0.02)).any()
        ),
        "a target is less than 1.5 above its value": lambda values, targets, *others: bool(
            ((targets > values) & (targets < values + 1.5)).any()
        ),
        "there is good news": lambda values, targets, *others: bool((targets > values).any()),
        "there is bad news": lambda values, targets, *others: bool((targets < values).any()),
        "all news is good": lambda values, targets, *others: bool((targets > values).all()),
        "all news is bad": lambda values, targets, *others: bool((targets < values).all()),
    },
)

EXERCISE = Exercise(
    id="8.1",
    title="Good news and bad news",
    reference=move_hysteretically,
    checks=(
        Check("returns values of the same shape", returns_values_of_the_same_shape),
        Check("decides for each entry on its own", decides_entry_by_entry),
        Check("follows good news by alpha", follows_good_news),
        Check("follows bad news by beta", hardly_follows_bad_news),
    ),
    hints=(
        "The news is the difference between target and value. What is its sign if the news is good?",
        "`np.where(condition, this, that)` takes this where the condition holds and that elsewhere, entry by entry.",
        "Choose the step size of each entry with `np.where`. Multiply the difference by it, and add that to the value.",
    ),
    explanation="With beta = alpha it is plain Q-learning. With beta = 0 only good news counts, and with alpha = 1 as "
    "well it believes the best that ever happened. In between it forgives a partner's mistakes, but only in part.",
    domain=DOMAIN,
    returns_new=True,
    earlier=("3.6@1",),
)
