"""Exercise 3.3: the scale from random play to the best possible."""

import numpy as np

from marl_lessons.exercises.judging.domains import (
    Domain,
    Parameter,
    has_negatives,
    is_array,
    is_int,
    is_number,
    is_whole,
)
from marl_lessons.exercises.judging.drawing import NUMBER_STYLES, draw_numbers, draw_shapes
from marl_lessons.exercises.judging.errors import name_error
from marl_lessons.exercises.judging.expect import expect_agreement
from marl_lessons.exercises.judging.kinds import expect_array, expect_number
from marl_lessons.exercises.judging.mistakes import Misconception, Mistake
from marl_lessons.exercises.specification import Check, Exercise

SMALL_NUMBERS = tuple(style for style in NUMBER_STYLES if style != "large")


def score(value, random_value, best_value):
    """Place values on the scale from 0 (random play) to 100 (the best possible)."""
    return 100 * (value - random_value) / (best_value - random_value)


def go_straight(value, random_value, best_value):
    """The definition: the straight line through (random value, 0) and (best value, 100)."""
    slope = 100 / (best_value - random_value)
    line = [slope * (float(one) - random_value) for one in np.ravel(value)]
    return np.array(line).reshape(np.shape(value)) if np.ndim(value) else line[0]


def draw_ends(rng, index):
    """Draw what random play and the best team are worth: whole numbers or not, of either sign, zero too."""
    low = (10, 0.0, -4, round(float(rng.normal(scale=5)), 1), 8.1, 0)[index % 6]
    span = (10, 2.5, 4, round(float(rng.uniform(0.5, 30)), 1))[index // 2 % 4]
    return low, round(low + span, 1)


def draw_teams(rng):
    """The docstring's team to check by hand, then teams between the ends, at them and beyond."""
    cases = [(15, 10, 20), (15.0, 10.0, 20.0), (10, 10, 20), (20, 10, 20), (-15, 10, 20), (-87.4, -1133.0, -54.0)]
    for index in range(30):
        low, high = draw_ends(rng, index)
        share = (0.25, 1.0, 0.0, -0.5, 0.9, 1.5)[index // 3 % 6]
        cases.append((round(low + share * (high - low), 2), low, high))
    return cases


def draw_many_teams(rng):
    """Arrays of one, two and three axes, of one team too."""
    cases = [(np.array([10, 15, 20]), 10, 20), (np.array([10.0, 15.0, 20.0]), 10.0, 20.0)]
    shapes = draw_shapes(rng, (1,), (6,), 12) + draw_shapes(rng, (1, 1), (3, 4), 8) + [(2, 3, 2), (1, 2, 3)]
    for index, shape in enumerate(shapes):
        cases.append((draw_numbers(rng, shape, SMALL_NUMBERS[index % 4]), *draw_ends(rng, index)))
    return cases


def returns_a_number_for_a_number(answer, rng):
    expect_number(answer(15.0, 10.0, 20.0))
    try:
        result = answer(np.array([[12.0, 15.0, 19.0]] * 2), 10.0, 20.0)
    except TypeError as error:
        if "__round__" not in name_error(error):
            raise
        raise Mistake("`value` may be an array, which `round` does not take. Leave the rounding out.") from None
    expect_array(result, (2, 3), "as `value` has it")


def places_one_team(answer, rng):
    expect_agreement(answer, draw_teams(rng), go_straight, SCORE_MISCONCEPTIONS)


def places_many_teams(answer, rng):
    expect_agreement(answer, draw_many_teams(rng), go_straight, SCORE_MISCONCEPTIONS)


SCORE_MISCONCEPTIONS = (
    Misconception(
        lambda value, low, high: (value - low) / (high - low),
        "Your scale ends at 1. Its upper end is 100.",
    ),
    Misconception(
        lambda value, low, high: 100 * value / high,
        "You measure from zero, as if random play were worth nothing. Take what random play is worth from both: from "
        "`value` and from `best_value`.",
    ),
    Misconception(
        lambda value, low, high: 100 * (value - low) / high,
        "You divide by `best_value`. The whole scale is as long as the way from random play to the best.",
    ),
    Misconception(
        lambda value, low, high: 100 * value / (high - low),
        "You forget to begin at random play, which scores 0: take `random_value` from `value`.",
    ),
    Misconception(
        lambda value, low, high: 100 * (high - value) / (high - low),
        "Your scale runs the wrong way: random play gets 100 and the best possible 0.",
    ),
    Misconception(
        lambda value, low, high: 100 * (value - low) / (low - high),
        "Mind the sign: the length of the scale is the best minus random play, not the other way round.",
    ),
    Misconception(
        lambda value, low, high: 100 * value - low / (high - low),
        "`100 * value - random_value / …` divides first. Put `value - random_value` in brackets.",
    ),
    Misconception(
        lambda value, low, high: 100 * (value - low) / high - low,
        "`… / best_value - random_value` divides first. Put `best_value - random_value` in brackets.",
    ),
    Misconception(
        lambda value, low, high: 100 * value - low / high - low,
        "Without brackets `/` divides before `-` subtracts. Put both differences in brackets: `value - random_value` "
        "and `best_value - random_value`.",
    ),
    Misconception(
        lambda value, low, high: (value - low) / (high - low * 100),
        "`… - random_value * 100` multiplies first. 100 belongs in front of the whole fraction.",
    ),
    Misconception(
        lambda value, low, high: 100 * (value - low) / abs(low),
        "You measure in per cent of what random play is worth. The scale is as long as the way from random play to the "
        "best.",
    ),
    Misconception(
        lambda value, low, high: value - low,
        "This is how much more than random play the team is worth. Divide it by the length of the scale.",
    ),
    Misconception(
        lambda value, low, high: np.clip(100 * (value - low) / (high - low), 0, 100),
        "You cut the scale off at its ends. Who is worse than random play scores below 0, and you should see that.",
    ),
    Misconception(
        lambda value, low, high: np.maximum(100 * (value - low) / (high - low), 0),
        "You cut the scale off at 0. Who is worse than random play scores below 0, and you should see that.",
    ),
    Misconception(
        lambda value, low, high: np.abs(100 * (value - low) / (high - low)),
        "You drop the sign. Who is worse than random play scores below 0.",
    ),
)


def has_value(test):
    """Return a test of the value's place between the ends, for any of its entries."""
    return lambda value, low, high: bool(np.any(test(np.asarray(value, dtype=float), low, high)))


DOMAIN = Domain(
    parameters=(
        Parameter(
            "value",
            lambda value: is_number(value) or is_array(*[None] * np.ndim(value))(value),
            {
                "is a single number": is_number,
                "is a whole number by its type": is_int,
                "is an array of whole numbers": lambda value: isinstance(value, np.ndarray) and is_whole(value),
                "has more than one axis": lambda value: np.ndim(value) > 1,
                "is an array with one entry": lambda value: isinstance(value, np.ndarray) and value.size == 1,
                "holds a negative number": lambda value: has_negatives(np.asarray(value)),
            },
        ),
        Parameter(
            "random_value",
            is_number,
            {
                "is a whole number by its type": is_int,
                "is 0": lambda number: number == 0,
                "is negative": lambda number: number < 0,
            },
        ),
        Parameter(
            "best_value",
            is_number,
            {
                "is a whole number by its type": is_int,
                "is 0": lambda number: number == 0,
                "is negative": lambda number: number < 0,
            },
        ),
    ),
    fit=lambda value, random_value, best_value: best_value > random_value,
    corners={
        "the team is worse than random play": has_value(lambda value, low, high: value < low),
        "the team is between the ends": has_value(lambda value, low, high: (low < value) & (value < high)),
        "the number is above the best value": has_value(lambda value, low, high: value > high),
    },
)

EXERCISE = Exercise(
    id="3.3",
    title="The score",
    reference=score,
    checks=(
        Check("returns a number for a number, and an array for an array", returns_a_number_for_a_number),
        Check("places one team", places_one_team),
        Check("places many teams at once", places_many_teams),
    ),
    hints=(
        "How much more than random play is the team worth? And how much more is the best possible?",
        "The first divided by the second is 0 for random play and 1 for the best. The scale ends at 100.",
        "`value - random_value` stands above the line, `best_value - random_value` below it, both in brackets, and "
        "100 in front.",
    ),
    explanation="A straight line through two known points. NumPy applies it to every entry of an array, so one team "
    "and a thousand are the same line of code.",
    domain=DOMAIN,
    version=2,
)
