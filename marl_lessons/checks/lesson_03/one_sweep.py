"""Exercise 3.2: one sweep of value iteration for a team of two."""

import numpy as np

from marl_lessons.checks.lesson_03.one_sweep_ideas import SWEEP_MISCONCEPTIONS, try_every_pair
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
    is_certain,
    is_discount,
    is_longer_than,
    is_policy,
    is_whole,
)
from marl_lessons.exercises.judging.drawing import NUMBER_STYLES, POLICY_STYLES, draw_numbers, draw_policy, draw_shapes
from marl_lessons.exercises.judging.expect import expect_agreement
from marl_lessons.exercises.judging.kinds import expect_array
from marl_lessons.exercises.specification import Check, Exercise

SMALL_NUMBERS = tuple(style for style in NUMBER_STYLES if style != "large")


def sweep(values, transitions, rewards, gamma):
    """Return the values after one sweep: (S,), (S, A, B, S), (S, A, B) -> (S,)."""
    joint_action_values = rewards + gamma * transitions @ values  # (S, A, B)
    return joint_action_values.max(axis=(1, 2))


@keep_cases
def draw_games(rng):
    """The docstring's state to check by hand, then random games of every shape, with discounts from 0 to 1."""
    payoffs, certain = np.array([[[1, 0], [0, 3]]]), np.ones((1, 2, 2, 1), dtype=int)
    cases = [(np.array([10]), certain, payoffs, 0.5), (np.array([10.0]), 1.0 * certain, 1.0 * payoffs, 0.5)]
    for index, (states, a, b) in enumerate([(2, 2, 2), (3, 3, 3), *draw_shapes(rng, (1, 1, 1), (4, 3, 3), times=34)]):
        rows = [draw_policy(rng, states, POLICY_STYLES[index % 5]) for _ in range(states * a * b)]
        gamma = (0.9, 0.5, 1.0, round(float(rng.uniform(0.05, 0.95)), 2), 0.0)[(index + index // 5) % 5]
        numbers = [SMALL_NUMBERS[(index + index // 4 * shift) % 4] for shift in (0, 1)]
        cases.append(
            (
                draw_numbers(rng, states, numbers[0]),
                np.array(rows).reshape(states, a, b, states),
                draw_numbers(rng, (states, a, b), numbers[1]),
                gamma,
            )
        )
    return cases


def returns_one_value_per_state(answer, rng):
    transitions = np.array([draw_policy(rng, 3, "mixed") for _ in range(24)])[:12].reshape(3, 2, 2, 3)
    result = answer(np.array([1.0, 2.0, 4.0]), transitions, draw_numbers(rng, (3, 2, 2), "fractions"), 0.9)
    expect_array(result, (3,), "one value for each of 3 states")


def takes_the_best_reward_if_nothing_follows(answer, rng):
    cases = [(values, transitions, rewards, 0.0) for values, transitions, rewards, gamma in draw_games(rng)]
    expect_agreement(answer, cases, try_every_pair, SWEEP_MISCONCEPTIONS, evidence=lambda: draw_games(rng))


def looks_one_step_ahead(answer, rng):
    expect_agreement(answer, draw_games(rng), try_every_pair, SWEEP_MISCONCEPTIONS)


DOMAIN = Domain(
    parameters=(
        Parameter(
            "values",
            is_array(None),
            {
                "is an array of whole numbers": is_whole,
                "holds negative numbers": has_negatives,
                "holds a 0": has_zeros,
                "has one state": has_length(0, 1),
                "has more than two states": is_longer_than(2),
            },
        ),
        Parameter(
            "transitions",
            lambda transitions: is_array(None, None, None, None)(transitions) and is_policy(transitions),
            {
                "is an array of whole numbers": is_whole,
                "is certain of each next state": is_certain,
                "holds a 0": has_zeros,
            },
        ),
        Parameter(
            "rewards",
            is_array(None, None, None),
            NUMBERS
            | {
                "gives worker 0 one action": has_length(1, 1),
                "gives worker 1 one action": has_length(2, 1),
                "gives a worker more than two actions": lambda rewards: max(rewards.shape[1:]) > 2,
                "gives both workers the same number of actions": lambda rewards: rewards.shape[1] == rewards.shape[2],
            },
        ),
        Parameter("gamma", is_discount, {"is 0": equals(0), "is 1": equals(1)}),
    ),
    fit=lambda values, transitions, rewards, gamma: (
        transitions.shape == (*rewards.shape, len(values)) and len(rewards) == len(values)
    ),
    corners={
        "there are as many states as actions": lambda values, transitions, rewards, gamma: len(set(rewards.shape)) == 1,
    },
)

EXERCISE = Exercise(
    id="3.2",
    title="One sweep",
    reference=sweep,
    checks=(
        Check("returns one value for each state", returns_one_value_per_state),
        Check("takes the best reward of all joint actions if gamma is 0", takes_the_best_reward_if_nothing_follows),
        Check("adds what follows, then takes the best joint action", looks_one_step_ahead),
    ),
    hints=(
        "What is one joint action worth in one state? Its reward, plus what follows. Find that for all of them, then "
        "take the largest in each state.",
        "`transitions @ values` is the mean value of the next state, for each state and joint action: (S, A, B). That "
        "is the shape of `rewards`, too.",
        "Begin with `joint_action_values = rewards + gamma * transitions @ values`, (S, A, B). What is left is "
        "`.max(…)` over the axes 1 and 2.",
    ),
    explanation="One mind takes the maximum over both axes at once, over joint actions. Each worker's own maximum "
    "would leave open what the partner does.",
    domain=DOMAIN,
    version=2,
)
