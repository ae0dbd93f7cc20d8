"""Exercise 11.2: a mix of utilities that only rises."""

import numpy as np

from marl_lessons.checks.lesson_11.mixing_ideas import MIX_MISCONCEPTIONS, elu, mix_one_by_one
from marl_lessons.exercises.judging.cases import keep_cases
from marl_lessons.exercises.judging.domains import (
    Domain,
    Parameter,
    has_fractions,
    has_length,
    has_negatives,
    has_zeros,
    is_all_negative,
    is_array,
    is_longer_than,
    is_whole,
)
from marl_lessons.exercises.judging.drawing import NUMBER_STYLES, draw_numbers
from marl_lessons.exercises.judging.expect import expect_agreement
from marl_lessons.exercises.judging.kinds import expect_array
from marl_lessons.exercises.judging.mistakes import Mistake
from marl_lessons.exercises.judging.showing import show_value
from marl_lessons.exercises.specification import Check, Exercise

LIMIT = 9
SIZES = ((1, 1, 1), (1, 2, 1), (2, 2, 2), (1, 2, 2), (3, 2, 1), (2, 1, 2), (1, 3, 2), (3, 3, 3), (2, 2, 4), (4, 3, 2))


def mix(utilities, weights, biases, last_weights, last_bias):
    """Return the team's value of each play: (B, N), (B, N, H), (B, H), (B, H), (B,) -> (B,)."""
    hidden = elu((utilities[:, :, None] * np.abs(weights)).sum(axis=1) + biases)  # (B, H)
    return (hidden * np.abs(last_weights)).sum(axis=1) + last_bias


def draw_within_limits(rng, shape, index):
    """Draw numbers from -9 to 9, in the styles in turn."""
    return np.clip(draw_numbers(rng, shape, NUMBER_STYLES[index % 4]), -LIMIT, LIMIT)


def draw_mixing(rng, size, index):
    """Draw what `mix` takes after the utilities, for a size (B, N, H): at times all in one style."""
    plays, agents, units = size
    shapes = (plays, agents, units), (plays, units), (plays, units), (plays,)
    return tuple(draw_within_limits(rng, shape, index + (index // 4 % 3) * place) for place, shape in enumerate(shapes))


@keep_cases
def draw_plays(rng):
    """The docstring's case in whole numbers and in decimals, then random ones of all sizes."""
    example = np.array([[1, 2]]), np.array([[[1], [-1]]]), np.array([[0]]), np.array([[-2]]), np.array([1])
    cases = [example, tuple(1.0 * part for part in example)]
    for index in range(50):
        size = SIZES[index % 10]
        utilities = draw_within_limits(rng, size[:2], index // 2)
        cases.append((utilities, *draw_mixing(rng, size, index)))
    return cases


def returns_one_value_per_play(answer, rng):
    utilities, mixing = draw_within_limits(rng, (3, 2), 0), draw_mixing(rng, (3, 2, 4), 0)
    expect_array(answer(utilities, *mixing), (3,), "the team's value of each of 3 plays")


def mixes_as_the_equation_says(answer, rng):
    expect_agreement(answer, draw_plays(rng), mix_one_by_one, MIX_MISCONCEPTIONS)


def never_falls_where_a_utility_rises(answer, rng):
    for utilities, *mixing in draw_plays(rng):
        if not np.abs(utilities).max() < LIMIT:
            continue
        agent = int(rng.integers(utilities.shape[1]))
        better = utilities.astype(float)
        better[:, agent] = (better[:, agent] + 0.5).clip(max=LIMIT).round(2)
        before, after = answer(utilities, *mixing), answer(better, *mixing)
        if (after < before - 1e-3).any():
            play = int((after - before).argmin())
            raise Mistake(
                f"Where the utility of agent {agent} rises by 0.5, your value of play {play} falls from "
                f"{show_value(before[play])} to {show_value(after[play])}.\nThis was asked after the rise:\n"
                + answer.show_call(expected=None, got=(after,))
            )


def within_limits(*lengths):
    """Return a test for arrays with these axes of numbers from -9 to 9."""
    is_legal = is_array(*lengths)
    return lambda value: is_legal(value) and np.abs(value).max() <= LIMIT


OF_ANY_SIGN = {
    "is an array of whole numbers": is_whole,
    "holds fractions": has_fractions,
    "holds negative numbers": has_negatives,
    "has only negative numbers": is_all_negative,
    "holds a 0": has_zeros,
}


def are_of_one_size(utilities, weights, biases, last_weights, last_bias):
    """Tell whether the parts of a mix fit together."""
    plays, agents, units = weights.shape
    shapes = [part.shape for part in (utilities, biases, last_weights, last_bias)]
    return shapes == [(plays, agents), (plays, units), (plays, units), (plays,)]


DOMAIN = Domain(
    parameters=(
        Parameter(
            "utilities",
            within_limits(None, None),
            OF_ANY_SIGN
            | {
                "has one play": has_length(0, 1),
                "has more than two plays": is_longer_than(2),
                "has one agent": has_length(1, 1),
                "has more than two agents": is_longer_than(2, axis=1),
            },
        ),
        Parameter(
            "weights",
            within_limits(None, None, None),
            OF_ANY_SIGN
            | {"has one hidden unit": has_length(2, 1), "has two or more hidden units": is_longer_than(1, axis=2)},
        ),
        Parameter("biases", within_limits(None, None), OF_ANY_SIGN),
        Parameter("last_weights", within_limits(None, None), OF_ANY_SIGN),
        Parameter("last_bias", within_limits(None), OF_ANY_SIGN),
    ),
    fit=are_of_one_size,
    corners={
        "there are as many agents as hidden units": lambda utilities, weights, *others: len(set(weights.shape[1:])) == 1
    },
)

EXERCISE = Exercise(
    id="11.2",
    title="A mix that only rises",
    reference=mix,
    checks=(
        Check("returns one value for each play", returns_one_value_per_play),
        Check("mixes as the equation says", mixes_as_the_equation_says),
        Check("never falls where a utility rises", never_falls_where_a_utility_rises),
    ),
    hints=(
        "What comes to a hidden unit? What does `elu` make of it? How are the units put together?",
        "`utilities[:, :, None]` is (B, N, 1) and fits to the weights (B, N, H). Multiply by `np.abs(weights)`, add up "
        "over the agents with `.sum(axis=1)`, add `biases`: that is what comes to the hidden units, (B, H).",
        "Take `elu` of it, multiply by `np.abs(last_weights)`, add up with `.sum(axis=1)`, and add `last_bias`.",
    ),
    explanation="Every way from a utility to the team's value goes through weights that are not negative and through "
    "`elu`, which only rises. So nothing can fall. The biases may have any sign: they only shift.",
    domain=DOMAIN,
)
