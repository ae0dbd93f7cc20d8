"""Exercise 1.5: the return of a stretch of play that was terminated or truncated."""

import numpy as np

from marl_lessons.exercises.expect import (
    Misconception,
    expect_agreement,
    expect_number,
)
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


def draw_stretches(rng, terminated):
    """A case to check by hand, then random ones of several lengths."""
    cases = [(np.array([1, 2]), 10, terminated, 0.5)]
    for _ in range(50):
        rewards = rng.normal(size=rng.integers(1, 8)).round(2)
        last_value, gamma = round(float(rng.normal(scale=5)), 2), round(float(rng.uniform(0.5, 0.99)), 2)
        cases.append((rewards, last_value, terminated, gamma))
    return cases


def returns_a_number(answer, rng):
    expect_number(answer(np.array([1.0, 2.0]), 10.0, True, 0.5))


def ends_at_a_terminal_state(answer, rng):
    expect_agreement(answer, draw_stretches(rng, True), add_forward, REWARD_MISCONCEPTIONS + TERMINAL_MISCONCEPTIONS)


def goes_on_after_a_truncation(answer, rng):
    expect_agreement(answer, draw_stretches(rng, False), add_forward, REWARD_MISCONCEPTIONS + CUT_MISCONCEPTIONS)


REWARD_MISCONCEPTIONS = (
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
        "Only the last reward counts. Does `return` stand inside the loop? Then the loop ends in its first round.",
    ),
    Misconception(
        lambda rewards, value, terminated, gamma: add_forward(rewards[:-1], value, terminated, gamma),
        "You leave out the last reward. A stretch of T steps has the rewards 0 to T - 1; `range(T)` ends there itself.",
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
        lambda rewards, value, terminated, gamma: _discount(rewards, gamma) + gamma ** (len(rewards) - 1) * value,
        "You discount `last_value` like the last reward. It comes one step later: `gamma ** T`, T = `len(rewards)`.",
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
)
