"""What a target is, and the ideas that lead to another number: for exercise 6.1."""

import numpy as np

from marl_lessons.exercises.judging.mistakes import Misconception


def add_one_by_one(rewards, next_values, terminated, gamma):
    """The definition, run by run and agent by agent."""
    targets = [
        [reward if ended else reward + gamma * value for reward, value in zip(run_rewards, run_values, strict=True)]
        for run_rewards, run_values, ended in zip(
            rewards.tolist(), next_values.tolist(), terminated.tolist(), strict=True
        )
    ]
    return np.array(targets)


def keeps_ended(rewards, values, terminated, gamma):
    """The slip of a flag that stays up: all runs after an ended one count as ended."""
    return add_one_by_one(rewards, values, np.logical_or.accumulate(terminated), gamma)


def replace_numbers(replace):
    """Return a function that computes targets from other rewards and next values than it is given."""
    return lambda rewards, values, terminated, gamma: add_one_by_one(*replace(rewards, values), terminated, gamma)


TARGET_MISCONCEPTIONS = (
    Misconception(
        lambda rewards, values, terminated, gamma: rewards + gamma * values,
        "You look ahead although the game has ended. What follows a terminated step is worth 0.",
    ),
    Misconception(
        lambda rewards, values, terminated, gamma: rewards + gamma * values * terminated[:, None],
        "You have it the wrong way round: you look ahead where the game has ended, and not where it goes on.",
    ),
    Misconception(
        lambda rewards, values, terminated, gamma: rewards + gamma * values * ~terminated.astype(int)[:, None],
        "Your code multiplies the future by -1 where the game goes on and by -2 where it has ended: that is `~` of the "
        "*numbers* 0 and 1. Use `~` on True and False, or `1 - …` on numbers.",
    ),
    Misconception(
        lambda rewards, values, terminated, gamma: rewards + values * ~terminated[:, None],
        "The future is missing its discount: multiply `next_values` by `gamma`.",
    ),
    Misconception(
        lambda rewards, values, terminated, gamma: rewards,
        "You count the reward only. Where the game goes on, the next state is worth something too: add that.",
    ),
    Misconception(
        lambda rewards, values, terminated, gamma: gamma * values * ~terminated[:, None],
        "You count the future only. The reward of this step counts too, and in full: add it.",
    ),
    Misconception(
        lambda rewards, values, terminated, gamma: gamma * (rewards + values * ~terminated[:, None]),
        "You discount the reward as well. It is here already and counts in full; only the future is discounted.",
    ),
    Misconception(
        lambda rewards, values, terminated, gamma: (rewards + gamma * values) * ~terminated[:, None],
        "Where the game has ended your target is 0: the reward is gone too. Only the future is 0 there.",
    ),
    Misconception(
        lambda rewards, values, terminated, gamma: gamma * rewards + values * ~terminated[:, None],
        "You discount the reward instead of the future. The reward is here already; multiply `next_values` by `gamma`.",
    ),
    Misconception(
        lambda rewards, values, terminated, gamma: add_one_by_one(rewards, values, terminated, gamma**2),
        "You apply the discount twice. The next state is one step away: `gamma` once.",
    ),
    Misconception(
        lambda rewards, values, terminated, gamma: (1 - gamma) * rewards + gamma * values * ~terminated[:, None],
        "You take a weighted mean of reward and future. A target is a sum, and the reward counts in full.",
    ),
    Misconception(
        lambda rewards, values, terminated, gamma: rewards - gamma * values * ~terminated[:, None],
        "You subtract the future. What is still to come counts as well: add it.",
    ),
    Misconception(
        lambda rewards, values, terminated, gamma: np.where(terminated[:, None], rewards, gamma * values),
        "Where the game goes on you count the future only. The reward of this step counts too: add them.",
    ),
    Misconception(
        lambda rewards, values, terminated, gamma: np.maximum(rewards, gamma * values * ~terminated[:, None]),
        "You take the larger one of reward and future. Both count: add them.",
    ),
    Misconception(
        replace_numbers(lambda rewards, values: (rewards, np.maximum(values, 0))),
        "Your code takes a negative `next_values` for 0. What is still to come can be bad, and counts too.",
    ),
    Misconception(
        replace_numbers(lambda rewards, values: (rewards, values.max(axis=1, keepdims=True) + 0 * values)),
        "You gave all agents of a run the largest of their values. `next_values` already holds the value of each "
        "agent's best action: no maximum is left to take.",
    ),
    Misconception(
        replace_numbers(lambda rewards, values: (rewards, values.mean(axis=1, keepdims=True) + 0 * values)),
        "You gave all agents of a run the mean of their next values. Each agent has its own.",
    ),
    Misconception(
        replace_numbers(lambda rewards, values: (rewards.sum(axis=1, keepdims=True) + 0 * rewards, values)),
        "You gave all agents of a run the sum of their rewards. Each agent has its own.",
    ),
    Misconception(
        lambda rewards, values, terminated, gamma: rewards + gamma * values * (not terminated.any()),
        "One ended run stops all of them in your code. Each run has its own entry in `terminated`.",
    ),
    Misconception(
        lambda rewards, values, terminated, gamma: rewards + gamma * values * (not terminated.all()),
        "Your code stops only if all runs have ended. Each run has its own entry in `terminated`.",
    ),
    Misconception(
        lambda rewards, values, terminated, gamma: rewards + gamma * values * (not terminated[0]),
        "You decide by the first run alone. Each run has its own entry in `terminated`.",
    ),
    Misconception(
        keeps_ended,
        "In your code all the runs after an ended one count as ended too. Each run has its own entry in `terminated`.",
    ),
    Misconception(
        lambda rewards, values, terminated, gamma: add_one_by_one(rewards, values, np.roll(terminated, 1), gamma),
        "You read `terminated` one run too early: run 1 stops where run 0 has ended. Each run has its own entry.",
    ),
    Misconception(
        lambda rewards, values, terminated, gamma: add_one_by_one(rewards, values, terminated, gamma)[:, :2],
        "You count two agents only. There may be more of them: their number is `rewards.shape[1]`.",
    ),
)
