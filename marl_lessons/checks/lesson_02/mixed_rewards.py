"""Exercise 2.6: own rewards, the team's reward, and everything between."""

import numpy as np

from marl_lessons.exercises.comparison import is_same
from marl_lessons.exercises.expect import expect_agreement
from marl_lessons.exercises.kinds import expect_array
from marl_lessons.exercises.mistakes import Misconception, Mistake
from marl_lessons.exercises.showing import show_value
from marl_lessons.exercises.specification import Check, Exercise


def mix_rewards(own_rewards, team_share):
    """Mix each agent's own reward with the team's: (R, N) -> (R, N)."""
    team_reward = own_rewards.sum(axis=1, keepdims=True)  # (R, 1)
    return team_share * team_reward + (1 - team_share) * own_rewards


def mix_one_by_one(own_rewards, team_share):
    """The definition, run by run and agent by agent."""
    return np.array([[team_share * sum(run) + (1 - team_share) * own for own in run] for run in own_rewards.tolist()])


def draw_rewards(rng):
    """A case to check by hand, then random batches."""
    cases = [(np.array([[1.0, -2.0]]), 0.5)]
    for _ in range(50):
        runs, agents = rng.integers(1, 6), rng.integers(2, 6)
        own_rewards = rng.integers(-9, 10, size=(runs, agents)).astype(float)
        cases.append((own_rewards, round(float(rng.uniform()), 2)))
    return cases


def returns_one_reward_per_run_and_agent(answer, rng):
    own_rewards = np.array([[1, -2], [3, 0], [1, 1]])
    result = answer(own_rewards.astype(float), 0.25)
    expect_array(result, (3, 2), "one reward for each of 3 runs and 2 agents")
    if not is_same(answer(own_rewards, 0.25), result):
        raise Mistake(
            "If the own rewards are whole numbers, your result loses its decimals. `np.zeros_like(...)` and `.copy()` "
            "keep the type of the rewards: `np.zeros(own_rewards.shape)` holds fractions too."
        )


def pays_the_extremes(answer, rng):
    own_rewards = np.array([[1.0, -2.0], [3.0, 0.5]])
    selfish, team = answer(own_rewards, 0.0), answer(own_rewards, 1.0)
    if not is_same(selfish, own_rewards):
        raise Mistake(
            "With `team_share` 0 each agent keeps its own reward, nothing more. "
            f"Of {show_value(own_rewards)} you make {show_value(selfish)}."
        )
    if is_same(team, np.repeat(own_rewards.mean(axis=1, keepdims=True), 2, axis=1)):
        raise Mistake("With `team_share` 1 you pay each agent the team's mean. Pay the sum, as the dispatch game does.")
    if not is_same(team, [[-1.0, -1.0], [3.5, 3.5]]):
        raise Mistake(
            "With `team_share` 1 every agent of a run gets the same: the sum over the agents of that run. "
            f"Of {show_value(own_rewards)} you make {show_value(team)}."
        )


def mixes_in_between(answer, rng):
    expect_agreement(answer, draw_rewards(rng), mix_one_by_one, MIX_MISCONCEPTIONS)


MIX_MISCONCEPTIONS = (
    Misconception(
        lambda own, share: share * own + (1 - share) * own.sum(axis=1, keepdims=True),
        "You have the share the wrong way round: 1 is all for the team, 0 is each for itself.",
    ),
    Misconception(
        lambda own, share: own + share * own.sum(axis=1, keepdims=True),
        "You add the team's part without taking anything from the agent's own. Weigh the own reward by 1 − share.",
    ),
    Misconception(
        lambda own, share: share * own.sum() + (1 - share) * own,
        "You added up over the runs too. Runs are separate worlds: add over the agents (axis 1) only.",
    ),
    Misconception(
        lambda own, share: share * own.sum(axis=0, keepdims=True) + (1 - share) * own,
        "You added up over the runs instead of the agents. Axis 0 are the runs, axis 1 the agents.",
    ),
    Misconception(
        lambda own, share: share * (own[:, :1] + own[:, 1:2]) + (1 - share) * own,
        "You added up two agents only. There may be more: their number is `own_rewards.shape[1]`.",
    ),
    Misconception(
        lambda own, share: share * own.mean(axis=1, keepdims=True) + (1 - share) * own,
        "You use the team's mean. The team's reward is the sum over its agents.",
    ),
    Misconception(
        lambda own, share: share * (own.sum(axis=1, keepdims=True) - own) + (1 - share) * own,
        "You pay each agent what the others earned. The team's reward holds its own part as well.",
    ),
)

EXERCISE = Exercise(
    id="2.6",
    title="From selfish to team",
    reference=mix_rewards,
    checks=(
        Check("returns one reward for each run and agent", returns_one_reward_per_run_and_agent),
        Check("pays the own reward at 0 and the team's at 1", pays_the_extremes),
        Check("mixes the two in between", mixes_in_between),
    ),
    hints=(
        "Two parts: the team's reward, the same for all agents of a run, and each agent's own. Which weight has each?",
        "`own_rewards.sum(axis=1, keepdims=True)` has shape (R, 1), and NumPy repeats it for every agent.",
        "The team's reward times `team_share`, plus the own rewards times what is left of 1.",
    ),
    explanation="With weights that add up to 1 the dial goes from selfish (0) over mixed to fully cooperative (1). "
    "`keepdims=True` keeps the axis, so that (R, 1) and (R, N) fit together.",
)
