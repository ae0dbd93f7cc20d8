"""Exercise 3.1: the target of Q-learning, for many runs and agents at once."""

import numpy as np

from marl_lessons.exercises.domains import (
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
from marl_lessons.exercises.drawing import NUMBER_STYLES, draw_numbers, draw_shapes
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


def draw_steps(rng, shapes, draw_ended):
    """Draw a batch of each shape (R, N), with discounts from 0 to 1; draw_ended(rng, runs, index) -> (R,)."""
    cases = []
    for index, shape in enumerate(shapes):
        rewards = draw_numbers(rng, shape, NUMBER_STYLES[index % 5])
        next_values = draw_numbers(rng, shape, NUMBER_STYLES[index // 5 % 5])
        gamma = (0.5, 0.9, 1.0, round(float(rng.uniform(0.05, 0.99)), 2), 0.0, 0.99, 0.7)[index % 7]
        cases.append((rewards, next_values, draw_ended(rng, shape[0], index), gamma))
    return cases


def draw_ended(rng, runs, index):
    """Draw which runs have ended (R,): any of them, at times the first or the last, and in turn all or none."""
    ended = rng.random(runs) < 0.5
    ended[(0, -1)[index % 2]] = index % 4 < 2
    return (ended, ended, ended, np.full(runs, index % 2 == 0))[index // 3 % 4]


def draw_by_hand(ended):
    """The docstring's case, in whole numbers and in decimals, and two runs of which each may have ended."""
    one, two = np.array([[1, 2]]), np.array([[1.0, 2.0], [3.0, 4.0]])
    cases = [(kind(one), kind(np.array([[10, 10]])), np.array([ended[0]]), 0.5) for kind in (np.array, np.float64)]
    return [*cases, (two, 10 * two, np.array([ended[0], ended[-1]]), 0.5)]


def returns_one_target_per_run_and_agent(answer, rng):
    result = answer(rng.normal(size=(3, 2)), rng.normal(size=(3, 2)), np.array([True, False, False]), 0.9)
    expect_array(result, (3, 2), "one target for each of 3 runs and 2 agents")


def looks_ahead_where_the_game_goes_on(answer, rng):
    shapes = draw_shapes(rng, (1, 1), (5, 4), times=60)
    cases = draw_by_hand([False, True]) + draw_steps(rng, shapes, draw_ended)
    expect_agreement(answer, cases, add_one_by_one, TARGET_MISCONCEPTIONS)


def stops_where_the_game_has_ended(answer, rng):
    shapes = draw_shapes(rng, (1, 1), (4, 3), times=20)
    cases = draw_by_hand([True]) + draw_steps(rng, shapes, lambda rng, runs, index: np.full(runs, True))
    expect_agreement(answer, cases, add_one_by_one, TARGET_MISCONCEPTIONS)


def needs_no_second_run_or_agent(answer, rng):
    shapes = [(1, 1), (1, 3), (3, 1), (1, 2), (2, 1), (6, 1), (1, 6)] * 3
    expect_agreement(answer, draw_steps(rng, shapes, draw_ended), add_one_by_one, TARGET_MISCONCEPTIONS)


def masks_agents(rewards, values, terminated, gamma):
    """The slip of lining up `terminated` with the agents, which only works with as many agents as runs."""
    return rewards + gamma * values * ~terminated


def keeps_ended(rewards, values, terminated, gamma):
    """The slip of a flag that stays up: all runs after an ended one count as ended."""
    return add_one_by_one(rewards, values, np.logical_or.accumulate(terminated), gamma)


def hides(choose_last):
    """Return the function that adds the future without it where some agents' numbers are replaced."""
    return lambda rewards, values, terminated, gamma: add_one_by_one(*choose_last(rewards, values), terminated, gamma)


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
        masks_agents,
        "`terminated` stops agents in your code, and not runs: (R,) is lined up with the last axis of (R, N). "
        "`terminated[:, None]` has shape (R, 1) and goes with the runs.",
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
        "You count the reward only. Where the game goes on, the next state is worth something too: add that. (`not` "
        "and `is` decide once for a whole array: `~terminated` gives one answer for each run.)",
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
        lambda rewards, values, terminated, gamma: np.maximum(rewards, gamma * values * ~terminated[:, None]),
        "You take the larger one of reward and future. Both count: add them.",
    ),
    Misconception(
        hides(lambda rewards, values: (rewards, np.maximum(values, 0))),
        "Your code takes a negative `next_values` for 0. What is still to come can be bad, and counts too.",
    ),
    Misconception(
        hides(lambda rewards, values: (rewards, np.broadcast_to(values.max(axis=1, keepdims=True), values.shape))),
        "You gave all agents of a run the largest of their values. `next_values` already holds the value of each "
        "agent's best action: no maximum is left to take.",
    ),
    Misconception(
        hides(lambda rewards, values: (rewards, np.broadcast_to(values.mean(axis=1, keepdims=True), values.shape))),
        "You gave all agents of a run the mean of their next values. Each agent has its own.",
    ),
    Misconception(
        hides(lambda rewards, values: (np.broadcast_to(rewards.sum(axis=1, keepdims=True), rewards.shape), values)),
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

DOMAIN = Domain(
    parameters=(
        Parameter(
            "rewards",
            is_array(None, None),
            NUMBERS
            | {
                "has one run": has_length(0, 1),
                "has one agent": has_length(1, 1),
                "has more than three runs": is_longer_than(3),
                "has more than two agents": is_longer_than(2, axis=1),
            },
        ),
        Parameter(
            "next_values",
            is_array(None, None),
            {
                "is an array of whole numbers": is_whole,
                "holds negative numbers": has_negatives,
                "holds a 0": has_zeros,
            },
        ),
        Parameter(
            "terminated",
            lambda terminated: terminated.dtype == bool and terminated.ndim == 1,
            {
                "is True for all": np.all,
                "is False for all": lambda terminated: not terminated.any(),
                "holds both True and False": lambda terminated: terminated.any() and not terminated.all(),
                "begins with True": lambda terminated: terminated[0],
                "ends with True": lambda terminated: terminated[-1],
            },
        ),
        Parameter("gamma", is_discount, {"is 0": equals(0), "is 1": equals(1)}),
    ),
    fit=lambda rewards, values, terminated, gamma: rewards.shape == values.shape and len(terminated) == len(rewards),
    corners={
        "there are as many runs as agents": lambda rewards, *others: rewards.shape[0] == rewards.shape[1],
        "there are more runs than agents": lambda rewards, *others: rewards.shape[0] > rewards.shape[1],
        "both `rewards` and `next_values` are whole": lambda rewards, values, *others: (
            is_whole(rewards) and is_whole(values)
        ),
    },
)

EXERCISE = Exercise(
    id="3.1",
    title="The target",
    reference=td_target,
    checks=(
        Check("returns one target for each run and agent", returns_one_target_per_run_and_agent),
        Check("adds the discounted future where the game goes on", looks_ahead_where_the_game_goes_on),
        Check("adds nothing where the game has ended", stops_where_the_game_has_ended),
        Check("needs no second run, and no second agent", needs_no_second_run_or_agent),
    ),
    hints=(
        "Exercise 1.5 did this for one stretch of play. Now it is one step, for many runs and agents.",
        "`terminated` has shape (R,), the rewards have shape (R, N). `terminated[:, None]` fits to them.",
        "`~terminated[:, None]` is True where the game goes on. In a product True counts as 1 and False as 0. Which of "
        "the three parts, reward, gamma and next value, does it have to switch off?",
    ),
    explanation="A product with True or False keeps or drops the future of each run, without a loop. A truncated run "
    "is not terminated: its future counts.",
    domain=DOMAIN,
    by_keyword=("gamma",),
)
