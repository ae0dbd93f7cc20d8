"""Exercise 9.2: what potential shaping adds to a step, and that an end has no potential."""

import numpy as np

from marl_lessons.checks.lesson_09.gain_ideas import GAIN_MISCONCEPTIONS, gain_run_by_run
from marl_lessons.exercises.judging.cases import keep_cases
from marl_lessons.exercises.judging.domains import (
    NUMBERS,
    Domain,
    Parameter,
    equals,
    has_length,
    has_negatives,
    has_zeros,
    is_array,
    is_discount,
    is_longer_than,
    is_whole,
)
from marl_lessons.exercises.judging.drawing import NUMBER_STYLES, draw_numbers
from marl_lessons.exercises.judging.expect import expect_agreement
from marl_lessons.exercises.judging.kinds import expect_array
from marl_lessons.exercises.specification import Check, Exercise

SIZES = (2, 1, 3, 2, 5, 1, 4)


def potential_shaping(potential, next_potential, terminated, gamma):
    """Return what is added to the reward of one step, in every run: (R,) three times -> (R,)."""
    return gamma * np.where(terminated, 0, next_potential) - potential


@keep_cases
def draw_steps(rng, ends):
    """The docstring's case in whole numbers and in decimals, then random ones; ends: "none", "all" or "some"."""
    by_hand = (
        np.array([2, 2]),
        np.array([10, 10]),
        {"some": [False, True], "none": [False] * 2, "all": [True] * 2}[ends],
    )
    cases = [
        (*by_hand[:2], np.array(by_hand[2]), 0.5),
        (*(1.0 * by_hand[i] for i in (0, 1)), np.array(by_hand[2]), 0.5),
    ]
    for index, size in enumerate(SIZES * 9):
        potential = draw_numbers(rng, (size,), NUMBER_STYLES[index % 4])
        following = draw_numbers(rng, (size,), NUMBER_STYLES[index // 4 % 4])
        ended = {"none": np.zeros(size, bool), "all": np.ones(size, bool), "some": rng.random(size) < 0.5}[ends]
        gamma = (0.9, 0.5, round(float(rng.uniform(0.1, 0.95)), 2), 1.0, 0.0, 0.8)[index % 6]
        cases.append((potential, following, ended, gamma))
    return cases


def returns_one_number_for_each_run(answer, rng):
    potential, following = draw_numbers(rng, (2, 3), "fractions")
    result = answer(potential, following, np.array([False, True, False]), 0.9)
    expect_array(result, (3,), "one for each of 3 runs")


def adds_the_gain_while_the_game_goes_on(answer, rng):
    _expect_gains(answer, draw_steps(rng, "none"), rng)


def gives_an_end_no_potential(answer, rng):
    _expect_gains(answer, draw_steps(rng, "all"), rng)


def decides_run_by_run(answer, rng):
    _expect_gains(answer, draw_steps(rng, "some"), rng)


def _expect_gains(answer, cases, rng):
    expect_agreement(answer, cases, gain_run_by_run, GAIN_MISCONCEPTIONS, evidence=lambda: draw_steps(rng, "some"))


def is_bools(value):
    """Tell whether a value is a row of True and False."""
    return isinstance(value, np.ndarray) and value.dtype == bool and value.ndim == 1


DOMAIN = Domain(
    parameters=(
        Parameter(
            "potential",
            is_array(None),
            NUMBERS | {"has one entry": has_length(0, 1), "has more than two entries": is_longer_than(2)},
        ),
        Parameter(
            "next_potential",
            is_array(None),
            {
                "is an array of whole numbers": is_whole,
                "holds negative numbers": has_negatives,
                "holds a 0": has_zeros,
            },
        ),
        Parameter(
            "terminated",
            is_bools,
            {"holds True": lambda ended: bool(ended.any()), "holds False": lambda ended: not ended.all()},
        ),
        Parameter("gamma", is_discount, {"is 0": equals(0), "is 1": equals(1)}),
    ),
    fit=lambda potential, following, ended, gamma: potential.shape == following.shape == ended.shape,
    corners={
        "some runs have ended and others have not": lambda potential, following, ended, gamma: bool(
            ended.any() and not ended.all()
        ),
        "both potentials are whole": lambda potential, following, *others: is_whole(potential) and is_whole(following),
    },
)

EXERCISE = Exercise(
    id="9.2",
    title="The gain in potential",
    reference=potential_shaping,
    checks=(
        Check("returns one number for each run", returns_one_number_for_each_run),
        Check("adds the gain in potential while the game goes on", adds_the_gain_while_the_game_goes_on),
        Check("gives an end no potential, and still takes back the one before it", gives_an_end_no_potential),
        Check("decides for each run on its own", decides_run_by_run),
    ),
    hints=(
        "What does the formula give where the game has ended? Something is left of it.",
        "`np.where(terminated, 0, next_potential)` is the potential after the step, and 0 for an end.",
        "`gamma` times that, minus `potential`.",
    ),
    explanation="The next potential counts a step later, hence the gamma. At an end it is 0, but what was given before "
    "is taken back all the same: -Φ(s). Otherwise a team would keep it for good.",
    domain=DOMAIN,
    returns_new=True,
)
