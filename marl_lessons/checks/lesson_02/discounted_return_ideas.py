"""Exercise 2.2: the definition of the return, and the functions of those who have another idea of it."""

import numpy as np

from marl_lessons.exercises.judging.mistakes import Misconception


def add_forward(rewards, last_value, terminated, gamma):
    """The definition, term by term."""
    still_to_come = 0.0 if terminated else gamma ** len(rewards) * last_value
    return _discount(rewards, gamma) + still_to_come


def _discount(rewards, gamma):
    return sum(gamma**step * reward for step, reward in enumerate(rewards.tolist()))


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
        lambda rewards, value, terminated, gamma: add_forward(rewards, value, terminated, 1 + gamma),
        "Your discount is `1 + gamma`. In a loop, `total += reward + gamma * total` adds the old total twice: write "
        "`total = …`.",
    ),
    Misconception(
        lambda rewards, value, terminated, gamma: rewards.sum() + (0 if terminated else value),
        "You add the rewards without discounting them. The reward of step t counts `gamma ** t`.",
    ),
    Misconception(
        lambda rewards, value, terminated, gamma: gamma * (rewards.sum() + (0 if terminated else value)),
        "You multiply by `gamma` once, whatever the step. The reward of step t counts `gamma ** t`, the first one in "
        "full.",
    ),
    *(
        Misconception(
            early, "You discount the first reward already. The reward at hand counts in full: `gamma ** 0` is 1."
        )
        for early in (
            lambda rewards, value, terminated, gamma: gamma * add_forward(rewards, value, terminated, gamma),
            # γ (r + G) in a loop from the end: `last_value` is discounted as it should be
            lambda rewards, value, terminated, gamma: (
                gamma * _discount(rewards, gamma) + (0 if terminated else gamma ** len(rewards) * value)
            ),
        )
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
        lambda rewards, value, terminated, gamma: (
            gamma ** (len(rewards) - 1) * rewards[-1] + (0 if terminated else gamma ** len(rewards) * value)
        ),
        "Of the rewards only the last one counts in your answer. In a loop, `total = …` takes the place of what came "
        "before; `total += …` adds to it.",
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
        lambda rewards, value, terminated, gamma: _discount(rewards, gamma) + gamma * len(rewards) * value,
        "You multiply `last_value` by `gamma * T`. Each of the T steps discounts once more: `gamma ** T`.",
    ),
    Misconception(
        lambda rewards, value, terminated, gamma: (
            _discount(rewards, gamma) + sum(gamma**step for step in range(len(rewards))) * value
        ),
        "You add `last_value` in every step. It comes once, after the last reward: does its line stand in the loop?",
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
