"""Exercise 4.4: own rewards, the team's reward, and everything between."""

import numpy as np

from marl_lessons.exercises.judging.cases import keep_cases
from marl_lessons.exercises.judging.comparison import is_same
from marl_lessons.exercises.judging.domains import (
    NUMBERS,
    Domain,
    Parameter,
    equals,
    has_length,
    is_array,
    is_discount,
    is_int,
    is_longer_than,
)
from marl_lessons.exercises.judging.drawing import NUMBER_STYLES, draw_numbers, draw_shapes
from marl_lessons.exercises.judging.expect import expect_agreement
from marl_lessons.exercises.judging.kinds import expect_array
from marl_lessons.exercises.judging.mistakes import Misconception
from marl_lessons.exercises.judging.showing import show_value
from marl_lessons.exercises.specification import Check, Exercise

SMALL_NUMBERS = tuple(style for style in NUMBER_STYLES if style != "large")  # float32 tells their sums well enough


def mix_rewards(own_rewards, team_share):
    """Mix each agent's own reward with the team's: (R, N) -> (R, N)."""
    team_reward = own_rewards.sum(axis=1, keepdims=True)  # (R, 1)
    return team_share * team_reward + (1 - team_share) * own_rewards


def mix_one_by_one(own_rewards, team_share):
    """The definition, run by run and agent by agent."""
    return np.array([[team_share * sum(run) + (1 - team_share) * own for own in run] for run in own_rewards.tolist()])


@keep_cases
def draw_rewards(rng):
    """The docstring's case to check by hand, then random batches, one run or one agent too, with shares from 0 to 1."""
    by_hand = np.array([[1, -2]])
    cases = [(rewards, share) for rewards in (by_hand, by_hand.astype(float)) for share in (0.5, 0.0, 1.0, 0, 1)]
    for index, shape in enumerate([(2, 2), (2, 3), (3, 3), *draw_shapes(rng, (1, 1), (5, 6), times=50), (200, 4)]):
        any_share = round(float(rng.uniform(0.02, 0.98)), 2)
        share = (0.5, 1.0, 0.25, 0.0, any_share, 1, 0.01, 0)[index % 8]
        cases.append((draw_numbers(rng, shape, SMALL_NUMBERS[(index + index // 8) % 4]), share))
    return cases


def returns_one_reward_per_run_and_agent(answer, rng):
    own_rewards = np.array([[1.0, -2.0], [3.0, 0.5], [1.0, 1.0]])
    expect_array(answer(own_rewards, 0.25), (3, 2), "one reward for each of 3 runs and 2 agents")


def pays_the_extremes(answer, rng):
    cases = draw_rewards(rng)
    extremes = [case for case in cases if case[1] in (0, 1)]
    if not all(is_same(answer(*case), case.ask(mix_one_by_one)) for case in extremes):
        _expect_mixtures(answer, cases)


def mixes_in_between(answer, rng):
    _expect_mixtures(answer, draw_rewards(rng))


def _expect_mixtures(answer, cases):
    expect_agreement(answer, cases, mix_one_by_one, MIX_MISCONCEPTIONS, explain=_explain_mixture)


def _explain_mixture(trial):
    """Write out what one agent is paid, one whose reward is wrong."""
    own_rewards, share = trial.case
    cells = [cell for cell in np.ndindex(own_rewards.shape) if trial.misfit or not _is_paid_right(trial, cell)]
    run, agent = cells[0]
    own, total, right = map(show_value, (own_rewards[run, agent], own_rewards[run].sum(), trial.expected[run, agent]))
    return (
        f"Agent {agent} of run {run} earned {own}, its team {total}: {show_value(share)} × ({total}) + "
        f"{show_value(1 - share)} × ({own}) = {right}."
    )


def _is_paid_right(trial, cell):
    return is_same(trial.result[cell], trial.expected[cell])


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
        lambda own, share: share * own[:, :2].sum(axis=1, keepdims=True) + (1 - share) * own,
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
    Misconception(
        lambda own, share: share * own.max(axis=1, keepdims=True) + (1 - share) * own,
        "You use what the best agent of a run earned. The team's reward is the sum over its agents.",
    ),
    Misconception(
        lambda own, share: share * np.maximum(own, 0).sum(axis=1, keepdims=True) + (1 - share) * own,
        "You leave the losses out of the team's reward. They are shared too: add up all that the agents earned.",
    ),
    Misconception(
        lambda own, share: share * own[0].sum() + (1 - share) * own,
        "You pay every run the team's reward of the first one. Each run has its own: one sum for each row.",
    ),
    Misconception(
        lambda own, share: share * own.sum(axis=1, keepdims=True) + 1 - share * own,
        "`1 - team_share * own_rewards` multiplies first. Put `1 - team_share` in brackets.",
    ),
    Misconception(
        lambda own, share: share * own.sum(axis=1, keepdims=True) + own - share,
        "You take `team_share` itself away. It is a weight: multiply the own rewards by `(1 - team_share)`, in "
        "brackets.",
    ),
    Misconception(
        lambda own, share: share * own.sum(axis=0, keepdims=True) + (1 - share) * own.sum(axis=1, keepdims=True),
        "You mix the sums over the two axes. The own reward is the entry itself, and the team's the sum over axis 1.",
    ),
    Misconception(
        lambda own, share: share * own.sum(axis=1, keepdims=True) + (1 + share) * own,
        "You weigh the own reward by 1 + share. What the team's reward gets is taken from it: 1 − share.",
    ),
    Misconception(
        lambda own, share: share * own.sum(axis=1, keepdims=True) - (1 - share) * own,
        "You take the own reward away. Both parts are paid: add them.",
    ),
    Misconception(
        lambda own, share: np.where(share >= 0.5, own.sum(axis=1, keepdims=True), own),
        "You pay either the team's reward or the own one. Between 0 and 1 it is a mixture of both.",
    ),
    Misconception(
        lambda own, share: share**2 * own.sum(axis=1, keepdims=True) + (1 - share) * own,
        "You weigh the team's reward by the square of the share. Once is enough.",
    ),
)

DOMAIN = Domain(
    parameters=(
        Parameter(
            "own_rewards",
            is_array(None, None),
            NUMBERS
            | {
                "has one run": has_length(0, 1),
                "has more than one run": is_longer_than(1),
                "has one agent": has_length(1, 1),
                "has two agents": has_length(1, 2),
                "has more than two agents": is_longer_than(2, axis=1),
                "has hundreds of runs": has_length(0, 200),
            },
        ),
        Parameter(
            "team_share",
            is_discount,
            {
                "is 0": equals(0),
                "is 1": equals(1),
                "is a whole number by its type": is_int,
                "is between 0 and 1": lambda share: 0 < share < 1,
                "is below 0.5": lambda share: share < 0.5,
            },
        ),
    ),
    corners={
        "there are as many runs as agents": lambda own_rewards, share: own_rewards.shape[0] == own_rewards.shape[1],
        "there are more agents than runs": lambda own_rewards, share: own_rewards.shape[0] < own_rewards.shape[1],
        "there are more runs than agents": lambda own_rewards, share: own_rewards.shape[0] > own_rewards.shape[1],
    },
)

EXERCISE = Exercise(
    id="4.4",
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
    domain=DOMAIN,
    earlier=("2.6@1",),
)
