"""Exercise 3.5: how long the article's learner explores."""

import numpy as np

from marl_lessons.exercises.comparison import is_same
from marl_lessons.exercises.kinds import expect_number
from marl_lessons.exercises.mistakes import Mistake
from marl_lessons.exercises.showing import show_value
from marl_lessons.exercises.specification import Check, Exercise

STEPS = int(np.ceil(np.log(0.05) / np.log(0.995)))
IN_EPISODES = "You counted episodes. The factor comes at every *step*: how many steps are there before?"
SUBTRACTED = "You subtract 0.005 in each step. Epsilon is *multiplied* by 0.995, and so falls less from step to step."
WRONG_STEPS = {
    597: "After 597 steps epsilon is 0.0502, just above 0.05. One step more.",
    599: "After 599 steps it is below 0.05, but it was already one step before.",
    190: SUBTRACTED,
    191: SUBTRACTED,
    59: "That is for a factor of 0.95. Here it is 0.995.",
    139: "That is where epsilon falls below 0.5. Go on until it is below 0.05.",
    5: IN_EPISODES,
    6: IN_EPISODES,
    59_800: "The factor comes at every *step*, not at the end of each episode of 100 steps. That is the trap.",
}


def is_a_whole_number(answer, rng):
    expect_number(answer)
    if float(answer) != int(answer):
        raise Mistake(f"Steps are whole, got {show_value(answer)}. Count them one by one, or round up in the end.")
    if answer < 1:
        raise Mistake(f"Count the steps from 1 on, got {show_value(answer)}.")


def is_the_first_step_below(answer, rng):
    for wrong, message in WRONG_STEPS.items():
        if is_same(answer, wrong):
            raise Mistake(message)
    if not is_same(answer, STEPS):
        raise Mistake(
            f"After {show_value(answer)} steps epsilon is {0.995 ** float(answer):.4f}. Look for the first step at "
            "which `0.995 ** steps` is below 0.05."
        )


EXERCISE = Exercise(
    id="3.5",
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
)
