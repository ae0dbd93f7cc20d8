"""Exercise 7.2: how long the article's learner explores."""

import numpy as np

from marl_lessons.exercises.judging.comparison import is_same
from marl_lessons.exercises.judging.kinds import expect_number
from marl_lessons.exercises.judging.mistakes import Mistake
from marl_lessons.exercises.judging.showing import show_value
from marl_lessons.exercises.specification import Check, Exercise


def count_steps(factor, threshold):
    """Return the first step at which a number that begins at 1 and is multiplied by a factor is below a threshold."""
    return int(np.ceil(np.log(threshold) / np.log(factor)))


STEPS = count_steps(0.995, 0.05)
SUBTRACTED = (
    "So it would be if each step took away 0.005. Epsilon is *multiplied* by 0.995, and so falls less and less."
)
EPISODES = (
    "In *episodes* that is about right. The factor comes at every *step*, and an episode has 100: give the steps."
)
KNOWN_STEPS = {
    STEPS - 1: "After 597 steps epsilon is 0.0502, just above 0.05. One step more.",
    STEPS + 1: "After 599 steps it is below 0.05, but it was already one step before.",
    190: SUBTRACTED,
    191: SUBTRACTED,
    5: EPISODES,
    6: EPISODES,
    500: "The article trains 500 episodes, and after 500 steps epsilon is 0.0816. Go on until it is below 0.05.",
    100 * STEPS: "So it would be if the factor came at the end of each episode. It comes at every *step*.",
    -STEPS: "The number is right but for its sign: count steps from 0 up.",
}
OTHER_FACTORS = (0.9, 0.95, 0.99, 0.999, 0.9995)
OTHER_THRESHOLDS = (0.95, 0.5, 0.1, 0.01, 0.005, 0.001)


def is_a_whole_number(answer, rng):
    expect_number(answer)
    if is_same(answer, np.log(0.05) / np.log(0.995), 1e-4):
        raise Mistake(f"Steps are whole, got {float(answer):.6g}. Round up: after 597 steps epsilon is not yet there.")
    if is_same(answer, 5.98, 1e-3):
        raise Mistake(EPISODES)
    if 0 < float(answer) < 1:
        raise Mistake(f"{show_value(answer)} may be an epsilon. What is asked for is the number of steps.")
    if float(answer) != int(answer):
        raise Mistake(f"Steps are whole, got {float(answer):.6g}. Count them one by one.")


def is_the_first_step_below(answer, rng):
    for number, message in (_list_other_questions() | KNOWN_STEPS).items():
        if is_same(answer, number):
            raise Mistake(message)
    if answer < 1:
        raise Mistake(f"Before the first step epsilon is 1. Count steps from there, up; got {show_value(answer)}.")
    if answer < STEPS:
        raise Mistake(
            f"After step {int(answer)} epsilon is {0.995 ** float(answer):.3g}: go on until it is below 0.05."
        )
    if answer > STEPS:
        raise Mistake(
            f"After {int(answer)} steps epsilon is {0.995 ** float(answer):.3g}, below 0.05, and so it was before. "
            "Find the *first* step at which `0.995 ** steps` is below 0.05."
        )


def _list_other_questions():
    """Return what another factor or threshold leads to: {steps: sentence}."""
    factors = {
        count_steps(other, 0.05): f"So it is for a factor of {other}. Here it is 0.995." for other in OTHER_FACTORS
    }
    return factors | {
        count_steps(0.995, other): f"That is where epsilon falls below {other}. The question is about 0.05."
        for other in OTHER_THRESHOLDS
    }


EXERCISE = Exercise(
    id="7.2",
    title="How long does it explore?",
    reference=STEPS,
    checks=(
        Check("is a whole number", is_a_whole_number),
        Check("is the first step at which epsilon is below 0.05", is_the_first_step_below),
    ),
    hints=(
        "After t steps epsilon is 0.995 to the power t. When is that below 0.05 for the first time?",
        "Try: `0.995 ** 100`, `0.995 ** 1000`. Then come closer, or use a loop that counts.",
        "With logarithms: t is log(0.05) divided by log(0.995), rounded up.",
    ),
    explanation="log(0.05) / log(0.995) = 597.6, so from step 598 on. That is in the sixth of 500 episodes: for 99 % "
    "of its training the learner hardly explores.",
    earlier=("3.5@1",),
)
