"""Exercise 1.5: the return of a stretch of play that was terminated or truncated."""

import numpy as np

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
from marl_lessons.exercises.judging.mistakes import Misconception
from marl_lessons.exercises.specification import Check, Exercise


def discounted_return(rewards, last_value, terminated, gamma):
    """Return what a stretch of play is worth: rewards (T,) and, if it was only cut off, what was still to come."""
    total = 0.0 if terminated else last_value
    for reward in rewards[::-1]:
        total = reward + gamma * total
    return total


def add_forward(rewards, last_value, terminated, gamma):
    """The definition, term by term."""
    still_to_come = 0.0 if terminated else gamma ** len(rewards) * last_value
    return _discount(rewards, gamma) + still_to_come


def _discount(rewards, gamma):
    return sum(gamma**step * reward for step, reward in enumerate(rewards.tolist()))


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


def _negate_bits(value):
    """Return what Python and NumPy make of `~value`."""
    return -1 - value if isinstance(value, bool) else not value


REWARD_MISCONCEPTIONS = (
    Misconception(
        lambda rewards, value, terminated, gamma: (
            _discount(rewards, gamma) + _negate_bits(terminated) * gamma ** len(rewards) * value
        ),
        "Your answer counts `last_value` -2 times after a termination and -1 times after a truncation, as "
        "`~terminated` does: of Python's True and False, `~` turns the bits. Use `not terminated`.",
    ),
    Misconception(
        lambda rewards, value, terminated, gamma: (
            rewards @ (gamma * np.arange(len(rewards))) + (0 if terminated else gamma * len(rewards) * value)
        ),
        "You multiply `gamma` by t. A reward t steps away counts `gamma` to the power of t, `gamma ** t`.",
    ),
    Misconception(
        lambda rewards, value, terminated, gamma: (
            rewards @ np.arange(len(rewards)) ** gamma + (0 if terminated else len(rewards) ** gamma * value)
        ),
        "You take t to the power of `gamma`. It is the other way round: `gamma ** t`.",
    ),
    Misconception(
        lambda rewards, value, terminated, gamma: (
            rewards[0] + gamma * (rewards[1:].sum() + (0 if terminated else value))
        ),
        "You discount all that comes later by one step. Each step discounts once more: `gamma ** t`.",
    ),
    Misconception(
        lambda rewards, value, terminated, gamma: add_forward(rewards, value, terminated, gamma) - value,
        "You subtract `last_value` in the end. Asked for is what the stretch is worth, not how far an estimate is off.",
    ),
    Misconception(
        lambda rewards, value, terminated, gamma: add_forward(np.append(0, rewards[1:]), value, terminated, gamma),
        "The first reward is missing in your answer; the others count as they should.",
    ),
    Misconception(
        lambda rewards, value, terminated, gamma: add_forward(rewards[1:], value, terminated, gamma),
        "You leave out the first reward. A backward `range(T - 1, 0, -1)` ends at 1; to reach 0, write -1 for its end.",
    ),
    Misconception(
        lambda rewards, value, terminated, gamma: rewards.sum() + (0 if terminated else value),
        "You add the rewards without discounting them. The reward of step t counts `gamma ** t`.",
    ),
    Misconception(
        lambda rewards, value, terminated, gamma: gamma * add_forward(rewards, value, terminated, gamma),
        "You discount the first reward already. The reward at hand counts in full: `gamma ** 0` is 1.",
    ),
    Misconception(
        lambda rewards, value, terminated, gamma: add_forward(rewards[::-1], value, terminated, gamma),
        "You discount the first reward most, as if it came last. What comes later counts less: "
        "if your loop multiplies the total by `gamma`, let it run from the last reward to the first.",
    ),
    Misconception(
        lambda rewards, value, terminated, gamma: rewards[-1] + (0 if terminated else gamma * value),
        "Only the last reward counts in your answer. In a loop from the end, that is what its first round gives: does "
        "`return` stand inside the loop, or does each round begin from `last_value` again, without the total so far?",
    ),
    Misconception(
        lambda rewards, value, terminated, gamma: add_forward(rewards[:-1], value, terminated, gamma),
        "You leave out the last reward. A stretch of T steps has the rewards 0 to T - 1; `range(T)` ends there itself.",
    ),
    Misconception(
        lambda rewards, value, terminated, gamma: rewards[0] + (0 if terminated else gamma * value),
        "Only the first reward counts in your answer. Each round of a loop has to build on the total so far.",
    ),
)

TERMINAL_MISCONCEPTIONS = (
    Misconception(
        lambda rewards, value, terminated, gamma: add_forward(rewards, value, False, gamma),
        "You add `last_value` though the game has ended. After a termination no reward can come: add nothing.",
    ),
    Misconception(
        lambda rewards, value, terminated, gamma: 0,
        "You return 0 when the game has ended. Nothing follows the end, but the rewards before it still count.",
    ),
)

CUT_MISCONCEPTIONS = (
    Misconception(
        lambda rewards, value, terminated, gamma: add_forward(rewards, value, True, gamma),
        "You stop at the cut. After a truncation the game goes on unseen: what was still to come has to be added.",
    ),
    Misconception(
        lambda rewards, value, terminated, gamma: _discount(rewards, gamma) + value,
        "You add `last_value` undiscounted. It lies T steps in the future: multiply it by `gamma ** T`.",
    ),
    Misconception(
        lambda rewards, value, terminated, gamma: _discount(rewards, gamma) + gamma * value,
        "You discount `last_value` by one step only. It lies T steps in the future: multiply it by `gamma ** T`.",
    ),
    Misconception(
        lambda rewards, value, terminated, gamma: _discount(rewards, gamma) + gamma**2 * value,
        "You discount `last_value` by two steps, which is right for two rewards only. It lies T steps in the future: "
        "`gamma ** T`, T = `len(rewards)`.",
    ),
    Misconception(
        lambda rewards, value, terminated, gamma: gamma ** len(rewards) * value,
        "After a truncation only `last_value` counts in your answer. Add it to the rewards; in a sum, brackets stand "
        "around `a if … else b`.",
    ),
    Misconception(
        lambda rewards, value, terminated, gamma: _discount(rewards, gamma) + gamma ** (len(rewards) + 1) * value,
        "You discount `last_value` by one step too many. It comes right after the last reward: `gamma ** T`.",
    ),
    Misconception(
        lambda rewards, value, terminated, gamma: _discount(rewards, gamma) + gamma ** (len(rewards) - 1) * value,
        "You discount `last_value` like the last reward. It comes one step later: `gamma ** T`, T = `len(rewards)`.",
    ),
)

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
    id="1.5",
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
)
