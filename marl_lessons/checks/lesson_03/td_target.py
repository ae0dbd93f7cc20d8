"""Exercise 3.1: the target of Q-learning, for many runs and agents at once."""

import numpy as np

from marl_lessons.exercises.expect import expect_agreement
from marl_lessons.exercises.kinds import expect_array
from marl_lessons.exercises.mistakes import Misconception
from marl_lessons.exercises.specification import Check, Exercise


def td_target(rewards, next_values, terminated, gamma):
    """Return what the actions have turned out to be worth: (R, N), (R, N), (R,) -> (R, N)."""
    goes_on = ~terminated[:, None]  # (R, 1)
    return rewards + gamma * goes_on * next_values


def add_one_by_one(rewards, next_values, terminated, gamma):
    """The definition, run by run and agent by agent."""
    targets = [
        [reward if ended else reward + gamma * value for reward, value in zip(run_rewards, run_values, strict=True)]
        for run_rewards, run_values, ended in zip(
            rewards.tolist(), next_values.tolist(), terminated.tolist(), strict=True
        )
    ]
    return np.array(targets)


def draw_steps(rng, ended):
    """Two runs to check by hand, then random batches; `ended` lists what a run's entry in `terminated` may be."""
    rewards, values = np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[10.0, 20.0], [30.0, 40.0]])
    cases = [(rewards, values, np.array([ended[0], ended[-1]]), 0.5)]
    for _ in range(30):
        runs, agents = (rng.permutation(3) + 2)[:2]  # never the same number, so that wrong axes show
        rewards, values = rng.integers(-20, 21, size=(2, runs, agents)) / 4
        cases.append((rewards, values, rng.choice(ended, size=runs), round(float(rng.uniform(0.5, 0.99)), 2)))
    return cases


def returns_one_target_per_run_and_agent(answer, rng):
    result = answer(rng.normal(size=(3, 2)), rng.normal(size=(3, 2)), np.array([True, False, False]), 0.9)
    expect_array(result, (3, 2), "one target for each of 3 runs and 2 agents")


def looks_ahead_while_the_game_goes_on(answer, rng):
    expect_agreement(answer, draw_steps(rng, [False]), add_one_by_one, TARGET_MISCONCEPTIONS)


def stops_where_the_game_has_ended(answer, rng):
    expect_agreement(answer, draw_steps(rng, [True]), add_one_by_one, TARGET_MISCONCEPTIONS)


def judges_each_run_on_its_own(answer, rng):
    expect_agreement(answer, draw_steps(rng, [True, False]), add_one_by_one, MIXED_RUNS_MISCONCEPTIONS)


TARGET_MISCONCEPTIONS = (
    Misconception(
        lambda rewards, values, terminated, gamma: rewards + gamma * values,
        "You look ahead although the game has ended. What follows a terminated step is worth 0.",
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
        lambda rewards, values, terminated, gamma: gamma * (rewards + values * ~terminated[:, None]),
        "You discount the reward as well. It is here already and counts in full; only the future is discounted.",
    ),
    Misconception(
        lambda rewards, values, terminated, gamma: (rewards + gamma * values) * ~terminated[:, None],
        "Where the game has ended you drop the reward too. Only the future is 0 there.",
    ),
    Misconception(
        lambda rewards, values, terminated, gamma: gamma * rewards + values * ~terminated[:, None],
        "You discount the reward instead of the future. The reward is here already; multiply `next_values` by `gamma`.",
    ),
    Misconception(
        lambda rewards, values, terminated, gamma: rewards - gamma * values * ~terminated[:, None],
        "You subtract the future. What is still to come counts as well: add it.",
    ),
    Misconception(
        lambda rewards, values, terminated, gamma: (
            rewards + gamma * values.max(axis=1, keepdims=True) * ~terminated[:, None]
        ),
        "You gave all agents of a run the largest of their values. `next_values` already holds the value of each "
        "agent's best action: no maximum is left to take.",
    ),
    Misconception(
        lambda rewards, values, terminated, gamma: (rewards + gamma * values * ~terminated[:, None])[:, :2],
        "You count two agents only. There may be more of them: their number is `rewards.shape[1]`.",
    ),
)

MIXED_RUNS_MISCONCEPTIONS = (
    Misconception(
        lambda rewards, values, terminated, gamma: rewards + gamma * values * terminated[:, None],
        "You have it the wrong way round: you look ahead where the game has ended, and not where it goes on.",
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
)

EXERCISE = Exercise(
    id="3.1",
    title="The target",
    reference=td_target,
    by_keyword=("gamma",),
    checks=(
        Check("returns one target for each run and agent", returns_one_target_per_run_and_agent),
        Check("adds the discounted future while the game goes on", looks_ahead_while_the_game_goes_on),
        Check("adds nothing where the game has ended", stops_where_the_game_has_ended),
        Check("judges each run on its own", judges_each_run_on_its_own),
    ),
    hints=(
        "Exercise 1.5 did this for one stretch of play. Now it is one step, for many runs and agents.",
        "`terminated` has shape (R,), the rewards have shape (R, N). `terminated[:, None]` fits to them.",
        "`~terminated[:, None]` is True where the game goes on. In a product True counts as 1 and False as 0. Which of "
        "the three parts, reward, gamma and next value, does it have to switch off?",
    ),
    explanation="A product with True or False keeps or drops the future of each run, without a loop. A truncated run "
    "is not terminated: its future counts.",
)
