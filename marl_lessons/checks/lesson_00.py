"""Lesson 00: one small exercise, to meet the card, and one prediction."""

import numpy as np

from marl_lessons.exercises.judging.cases import keep_cases
from marl_lessons.exercises.judging.domains import NUMBERS, Domain, Parameter, has_length, is_array, is_longer_than
from marl_lessons.exercises.judging.drawing import NUMBER_STYLES, draw_numbers, draw_shapes
from marl_lessons.exercises.judging.expect import expect_agreement
from marl_lessons.exercises.judging.kinds import expect_array
from marl_lessons.exercises.judging.mistakes import Misconception
from marl_lessons.exercises.specification import Check, Exercise, Lesson


def average_over_team(rewards):
    """Return each run's reward, averaged over its agents: (R, N) -> (R,)."""
    return rewards.mean(axis=1)


def average_one_by_one(rewards):
    """The definition, in plain Python."""
    return np.array([sum(run) / len(run) for run in rewards.tolist()])


@keep_cases
def draw_rewards(rng):
    """The docstring's case to check by hand, then random ones of several shapes."""
    shapes = draw_shapes(rng, (1, 1), (6, 8), times=40)
    drawn = [draw_numbers(rng, shape, NUMBER_STYLES[index % 5]) for index, shape in enumerate(shapes)]
    drawn += [rng.integers(9, size=(300, 2)) / 4, rng.integers(9, size=(2, 150))]
    return [(rewards,) for rewards in (BY_HAND, BY_HAND.astype(float), *drawn)]


def returns_one_number_per_run(answer, rng):
    rewards = draw_numbers(rng, (3, 2), "fractions")
    result = answer(rewards)
    if getattr(result, "shape", None) == (2,):
        # The commonest slip of all, so it gets its own sentence.
        expect_agreement(answer, [(rewards,)], average_one_by_one, MISCONCEPTIONS)
    expect_array(result, (3,), "one number for each of 3 runs")


def averages_over_agents(answer, rng):
    expect_agreement(answer, draw_rewards(rng), average_one_by_one, MISCONCEPTIONS)


BY_HAND = np.array([[1, 3], [0, 10], [5, 5]])

MISCONCEPTIONS = (
    Misconception(
        lambda rewards: rewards.mean(axis=0),
        "You averaged over the runs (axis 0) and got one number per agent. Average over the agents (axis 1).",
    ),
    Misconception(
        lambda rewards: rewards.sum(axis=1),
        "This is the team's sum. Divide by the number of agents to get the average.",
    ),
    Misconception(
        lambda rewards: rewards.sum(axis=1) / 2,
        "You divided by 2, which is right for two agents only. The number of agents is `rewards.shape[1]`.",
    ),
    Misconception(
        lambda rewards: rewards.sum(axis=1) / 3,
        "You divided by 3. The number of agents is `rewards.shape[1]`.",
    ),
    Misconception(
        lambda rewards: rewards[:, :-1].sum(axis=1) / rewards.shape[1],
        "You left out the last agent. `range(n)` goes from 0 to n - 1, and so do the columns.",
    ),
    Misconception(
        lambda rewards: rewards.sum(axis=1) / rewards.shape[0],
        "You divided by the number of runs, `rewards.shape[0]`. The number of agents is `rewards.shape[1]`.",
    ),
    Misconception(
        lambda rewards: rewards[:, :2].mean(axis=1),
        "You averaged over the first two agents only. A team may have any number of them.",
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
                "has two agents": has_length(1, 2),
                "has more than two agents": is_longer_than(2, axis=1),
                "has hundreds of runs": is_longer_than(200),
                "has a hundred agents and more": is_longer_than(100, axis=1),
            },
        ),
    ),
    corners={"there are as many runs as agents": lambda rewards: rewards.shape[0] == rewards.shape[1]},
)

LESSON = Lesson(
    number=0,
    title="Start here",
    exercises=(
        Exercise(
            id="0.1",
            title="The average over a team",
            reference=average_over_team,
            checks=(
                Check("returns one number for each run", returns_one_number_per_run),
                Check("averages over the agents, whatever the numbers of runs and agents", averages_over_agents),
            ),
            hints=(
                "The rewards have one row per run and one column per agent. Which axis has to disappear?",
                "`rewards.mean(axis=...)` averages over one axis. Axis 0 are the runs, axis 1 are the agents.",
                "The agents have to disappear, so it is axis 1. The line begins with `return`.",
            ),
            explanation="Averaging over an axis removes it: from shape (R, N), axis 1 leaves shape (R,). One run or "
            "a thousand, the line is the same. The whole course is written in this way.",
            domain=DOMAIN,
        ),
    ),
)
