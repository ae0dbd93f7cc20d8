"""Exercise 3.6: learn fast from good news and slowly from bad."""

import numpy as np

from marl_lessons.exercises.comparison import is_same
from marl_lessons.exercises.expect import expect_agreement
from marl_lessons.exercises.kinds import expect_array
from marl_lessons.exercises.mistakes import Misconception, Mistake
from marl_lessons.exercises.specification import Check, Exercise


def move_hysteretically(q_values, targets, alpha, beta):
    """Return the values after one hysteretic step: two arrays of one shape -> the same shape."""
    surprise = targets - q_values
    return q_values + np.where(surprise > 0, alpha, beta) * surprise


def move_one_by_one(q_values, targets, alpha, beta):
    """The definition, entry by entry."""
    moved = [
        value + (alpha if target > value else beta) * (target - value)
        for value, target in zip(q_values.ravel().tolist(), targets.ravel().tolist(), strict=True)
    ]
    return np.array(moved).reshape(q_values.shape)


def draw_steps(rng):
    """A case to check by hand, then random ones."""
    cases = [(np.array([0.0, 0.0]), np.array([10.0, -10.0]), 0.1, 0.01)]
    for _ in range(40):
        shape = tuple(rng.integers(1, 5, size=2))
        values, targets = rng.integers(-20, 21, size=(2, *shape)) / 4
        cases.append((values, targets, round(float(rng.uniform(0.1, 0.9)), 2), round(float(rng.uniform(0, 0.09)), 2)))
    return cases


def returns_values_of_the_same_shape(answer, rng):
    expect_array(answer(np.zeros((3, 2)), np.ones((3, 2)), 0.1, 0.01), (3, 2), "runs and agents, as given")


def follows_good_news(answer, rng):
    values = rng.normal(size=(4, 2))
    if not is_same(answer(values, values + 10, 0.1, 0.01), values + 1):
        raise Mistake("A target that is 10 above the value is good news: with alpha 0.1 the value rises by 1.")


def hardly_follows_bad_news(answer, rng):
    values = rng.normal(size=(4, 2))
    if not is_same(answer(values, values - 10, 0.1, 0.01), values - 0.1):
        raise Mistake("A target that is 10 below the value is bad news: with beta 0.01 the value falls by 0.1 only.")


def decides_entry_by_entry(answer, rng):
    expect_agreement(answer, draw_steps(rng), move_one_by_one, HYSTERETIC_MISCONCEPTIONS)


ONE_DECISION = "You decide once for the whole array. Each entry has news of its own: `np.where` decides for each."
HYSTERETIC_MISCONCEPTIONS = (
    Misconception(
        lambda values, targets, alpha, beta: values + np.where(targets > values, beta, alpha) * (targets - values),
        "You have the two step sizes the wrong way round: alpha is for good news, beta for bad news.",
    ),
    Misconception(
        lambda values, targets, alpha, beta: values + np.where(targets > 0, alpha, beta) * (targets - values),
        "You ask whether the target is positive. Good news is a target above the present value.",
    ),
    Misconception(
        lambda values, targets, alpha, beta: values + alpha * (targets - values),
        "You treat good and bad news alike. Bad news moves the value by beta only.",
    ),
    Misconception(
        lambda values, targets, alpha, beta: np.maximum(values, values + alpha * (targets - values)),
        "You ignore bad news altogether. It counts a little: beta.",
    ),
    Misconception(
        lambda values, targets, alpha, beta: (
            values + (alpha if (targets > values).any() else beta) * (targets - values)
        ),
        ONE_DECISION,
    ),
    Misconception(
        lambda values, targets, alpha, beta: (
            values + (alpha if (targets > values).all() else beta) * (targets - values)
        ),
        ONE_DECISION,
    ),
    Misconception(
        lambda values, targets, alpha, beta: values + np.where(targets > values, 0.1, 0.01) * (targets - values),
        "You wrote the step sizes of the example into your code. Use the parameters `alpha` and `beta`.",
    ),
    Misconception(
        lambda values, targets, alpha, beta: np.where(targets > values, alpha, beta) * (targets - values),
        "You return the change alone. Add it to the old values.",
    ),
    Misconception(
        lambda values, targets, alpha, beta: values + np.where(targets > values, alpha, beta) * targets,
        "You add a part of the target. Add a part of the *difference* between target and value.",
    ),
)

EXERCISE = Exercise(
    id="3.6",
    title="Good news and bad news",
    reference=move_hysteretically,
    checks=(
        Check("returns values of the same shape", returns_values_of_the_same_shape),
        Check("follows good news by alpha", follows_good_news),
        Check("follows bad news by beta", hardly_follows_bad_news),
        Check("decides for each entry on its own", decides_entry_by_entry),
    ),
    hints=(
        "The news is the difference between target and value. What is its sign if the news is good?",
        "`np.where(condition, x, y)` takes x where the condition holds and y elsewhere, entry by entry.",
        "Choose the step size of each entry with `np.where`. Multiply the difference by it, and add that to the value.",
    ),
    explanation="With beta = alpha it is plain Q-learning, with beta = 0 it believes the best that ever happened. In "
    "between it forgives a partner's mistakes, but not for ever.",
)
