"""Exercise 12.1: how much better each step of a batch went than foretold, later surprises included."""

import numpy as np

from marl_lessons.checks.lesson_12.advantages_answers import add_up_run_by_run
from marl_lessons.checks.lesson_12.advantages_ideas import ADVANTAGE_MISCONCEPTIONS
from marl_lessons.exercises.judging.cases import keep_cases
from marl_lessons.exercises.judging.domains import (
    NUMBERS,
    Domain,
    Parameter,
    equals,
    has_length,
    is_array,
    is_discount,
    is_longer_than,
    is_whole,
)
from marl_lessons.exercises.judging.drawing import NUMBER_STYLES, draw_numbers
from marl_lessons.exercises.judging.expect import expect_agreement
from marl_lessons.exercises.judging.kinds import expect_array
from marl_lessons.exercises.specification import Check, Exercise

SHAPES = ((2, 1), (1, 1), (3, 2), (1, 3), (4, 1), (3, 3), (2, 4), (5, 2), (4, 3), (2, 2))
GAMMAS = (0.9, 1.0, 0.5, 1, 0.8, 0.0, 0.95)
TRACES = (0.5, 0.9, 0.5, 1.0, 0.8, 0.0, 0.4, 1)


def generalized_advantages(rewards, values, next_values, terminated, truncated, gamma, trace):
    """Return how much better each step went than foretold: arrays (T, R), and two numbers -> (T, R)."""
    errors = rewards + gamma * ~terminated * next_values - values
    goes_on = ~(terminated | truncated)
    advantages, later = np.zeros(errors.shape), 0.0
    for step in reversed(range(len(errors))):
        later = errors[step] + gamma * trace * goes_on[step] * later
        advantages[step] = later
    return advantages


@keep_cases
def draw_batches(rng, kind):
    """The docstring's case in whole numbers and in decimals, then random ones.

    kind: "running", where nothing ends; "ending", where the game ends; "cut off", where the horizon cuts, too.
    """
    example = tuple(np.array(column) for column in ([[1], [2]], [[3], [5]], [[5], [7]]))
    nothing, last = np.zeros((2, 1), dtype=bool), np.array([[False], [True]])
    ends = {"running": (nothing, nothing), "ending": (last, nothing), "cut off": (nothing, last)}[kind]
    cases = [(*example, *ends, 1, 0.5), (*(1.0 * column for column in example), *ends, 1.0, 0.5)]
    for index in range(40):
        shape = SHAPES[index % 10]
        numbers = [draw_numbers(rng, shape, NUMBER_STYLES[(index + part) % 4]) for part in range(3)]
        is_over = rng.random(shape) < (0.0 if kind == "running" else 0.4)
        is_cut = is_over & (rng.random(shape) < (0.6 if kind == "cut off" else 0.0))
        cases.append((*numbers, is_over & ~is_cut, is_cut, GAMMAS[index % 7], TRACES[index % 8]))
    return cases


def returns_a_number_for_each_step(answer, rng):
    numbers = [draw_numbers(rng, (3, 2), "fractions") for _ in range(3)]
    over = np.array([[False, True], [False, False], [False, False]])
    result = answer(*numbers, over, np.roll(over, 1, axis=0), 0.9, 0.5)
    expect_array(result, (3, 2), "an advantage for each of 3 steps in each of 2 runs")


def passes_later_surprises_back(answer, rng):
    _expect_advantages(answer, "running", rng)


def lets_nothing_follow_an_end(answer, rng):
    _expect_advantages(answer, "ending", rng)


def keeps_episodes_apart_where_the_horizon_cuts(answer, rng):
    _expect_advantages(answer, "cut off", rng)


def _expect_advantages(answer, kind, rng):
    def draw_others():
        return [case for other in ("ending", "cut off") if other != kind for case in draw_batches(rng, other)]

    expect_agreement(answer, draw_batches(rng, kind), add_up_run_by_run, ADVANTAGE_MISCONCEPTIONS, evidence=draw_others)


def is_bools(value):
    """Tell whether a value is an array (T, R) of True and False."""
    return isinstance(value, np.ndarray) and value.dtype == bool and value.ndim == 2


def are_batch(rewards, values, next_values, terminated, truncated, gamma, trace):
    """Tell whether the arrays have one shape, and no step ends twice."""
    shapes = {part.shape for part in (rewards, values, next_values, terminated, truncated)}
    return len(shapes) == 1 and not (terminated & truncated).any()


HOLDS_TRUE = {"holds True": lambda value: bool(value.any())}

DOMAIN = Domain(
    parameters=(
        Parameter(
            "rewards",
            is_array(None, None),
            NUMBERS
            | {
                "has one step": has_length(0, 1),
                "has more than two steps": is_longer_than(2),
                "has one run": has_length(1, 1),
                "has more than two runs": is_longer_than(2, axis=1),
            },
        ),
        Parameter("values", is_array(None, None), {"is an array of whole numbers": is_whole}),
        Parameter("next_values", is_array(None, None), {"is an array of whole numbers": is_whole}),
        Parameter("terminated", is_bools, HOLDS_TRUE),
        Parameter("truncated", is_bools, HOLDS_TRUE),
        Parameter("gamma", is_discount, {"is 0": equals(0), "is 1": equals(1)}),
        Parameter("trace", is_discount, {"is 0": equals(0), "is 1": equals(1)}),
    ),
    fit=are_batch,
    corners={
        "there are as many steps as runs": lambda rewards, *others: rewards.shape[0] == rewards.shape[1],
        "the last step of the batch ends an episode": lambda rewards, values, next_values, over, cut, *others: bool(
            (over | cut)[-1].any()
        ),
    },
)

EXERCISE = Exercise(
    id="12.1",
    title="Surprises, passed back",
    reference=generalized_advantages,
    checks=(
        Check("returns a number for each step and run", returns_a_number_for_each_step),
        Check("passes later surprises back", passes_later_surprises_back),
        Check("lets nothing follow where the game ends", lets_nothing_follow_an_end),
        Check("keeps episodes apart where the horizon cuts them", keeps_episodes_apart_where_the_horizon_cuts),
    ),
    hints=(
        "Which δ does each step have by itself? Which of them do you know the advantage of at once: the first or the "
        "last?",
        "`errors = rewards + gamma * ~terminated * next_values - values` holds all δ. Go through the steps backward, "
        "and keep the advantage of the step that you just did.",
        "In the loop, `later = errors[step] + gamma * trace * goes_on[step] * later`, where `goes_on = ~(terminated | "
        "truncated)`. Begin with `later = 0`.",
    ),
    explanation="One pass from the end to the beginning. Where the game ended, nothing is worth anything any more. "
    "Where the horizon cut, the critic still says what would have followed; but what comes next in the batch is "
    "another episode, and no surprise of it belongs here.",
    domain=DOMAIN,
)
