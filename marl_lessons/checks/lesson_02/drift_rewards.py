"""Exercise 2.1: the rewards of the article's game."""

import numpy as np

from marl_lessons.checks.lesson_02.drift_ideas import REWARD_MISCONCEPTIONS, reward_one_by_one
from marl_lessons.exercises.judging.cases import keep_cases
from marl_lessons.exercises.judging.domains import (
    Domain,
    Parameter,
    equals,
    has_length,
    has_negatives,
    has_zeros,
    is_array,
    is_int,
    is_longer_than,
    is_whole,
)
from marl_lessons.exercises.judging.drawing import draw_shapes
from marl_lessons.exercises.judging.expect import expect_agreement
from marl_lessons.exercises.judging.kinds import expect_array
from marl_lessons.exercises.specification import Check, Exercise


def drift_rewards(position, actions, num_actions):
    """Return the rewards of the article's game: positions (R,) and actions (R, N) -> (R, N)."""
    team_reward = -np.abs(position)  # (R,)
    individual_bonus = 0.1 * (actions < num_actions // 2)  # (R, N)
    return team_reward[:, None] + individual_bonus


@keep_cases
def draw_positions_and_actions(rng):
    """The docstring's case to check by hand, then random batches with odd and even numbers of actions."""
    cases = [(np.array([2.0]), np.array([[0, 3]]), 4), (np.array([2.0, -0.5]), np.array([[0, 1, 2], [3, 2, 0]]), 4)]
    cases.append((np.array([2.0]), np.array([[2]]), 5))  # the middle action of an odd number, easy by hand
    for index, shape in enumerate([*draw_shapes(rng, (1, 1), (5, 6), times=48), (200, 4), (4, 200)]):
        num_actions = (2, 3, 4, 5, 7, 1)[index % 6]
        highest = num_actions if index // 3 % 4 else (num_actions + 1) // 2  # at times nobody plays the upper half
        cases.append((draw_positions(rng, shape[0], index // 6), rng.integers(highest, size=shape), num_actions))
    return cases


@keep_cases
def draw_high_actions(rng):
    """Batches in which nobody earns the bonus."""
    shapes = draw_shapes(rng, (1, 1), (5, 4), times=15)
    return [
        (draw_positions(rng, runs, index), np.full((runs, agents), 3), 4) for index, (runs, agents) in enumerate(shapes)
    ]


def draw_positions(rng, runs, index):
    """Positions (R,) on both sides of zero, in turn: any, one at zero itself, far away with three decimals."""
    position = rng.normal(scale=(1, 1, 50)[index % 3], size=runs).round((2, 2, 3)[index % 3])
    position[rng.integers(runs)] *= index % 3 != 1
    return position + 0.0  # no -0


def returns_one_reward_per_run_and_agent(answer, rng):
    result = answer(np.array([2.0, -0.5]), np.array([[0, 1, 2], [3, 2, 0]]), 4)
    expect_array(result, (2, 3), "one reward for each of 2 runs and 3 agents")


def pays_the_team_reward(answer, rng):
    expect_agreement(
        answer,
        draw_high_actions(rng),
        reward_one_by_one,
        REWARD_MISCONCEPTIONS,
        evidence=lambda: draw_positions_and_actions(rng),
    )


def pays_the_bonus(answer, rng):
    expect_agreement(answer, draw_positions_and_actions(rng), reward_one_by_one, REWARD_MISCONCEPTIONS)


DOMAIN = Domain(
    parameters=(
        Parameter(
            "position",
            lambda position: is_array(None)(position) and position.dtype == float,
            {
                "has one run": has_length(0, 1),
                "holds negative numbers": has_negatives,
                "holds a 0": has_zeros,
                "holds numbers above 10": lambda position: position.max() > 10,
                "has hundreds of runs": has_length(0, 200),
            },
        ),
        Parameter(
            "actions",
            lambda actions: is_array(None, None)(actions) and is_whole(actions),
            {
                "has one agent": has_length(1, 1),
                "has two agents": has_length(1, 2),
                "has more than three agents": is_longer_than(3, axis=1),
                "is the same for everybody": lambda actions: np.ptp(actions) == 0,
            },
        ),
        Parameter(
            "num_actions",
            lambda value: is_int(value) and value >= 1,
            {"is 1": equals(1), "is 2": equals(2), "is odd": lambda value: value % 2 == 1, "is 7": equals(7)},
        ),
    ),
    fit=lambda position, actions, n: len(position) == len(actions) and 0 <= actions.min() <= actions.max() < n,
    corners={
        "there is more than one run": lambda position, actions, n: len(position) > 1,
        "there are as many runs as agents": lambda position, actions, n: actions.shape[0] == actions.shape[1],
        "there are more runs than agents": lambda position, actions, n: actions.shape[0] > actions.shape[1],
        "somebody plays a low action": lambda position, actions, n: bool((actions < n // 2).any()),
        "somebody plays the middle action": lambda position, actions, n: bool((actions == n // 2).any()),
    },
)

EXERCISE = Exercise(
    id="2.1",
    title="The rewards of the drift game",
    reference=drift_rewards,
    checks=(
        Check("returns one reward for each run and agent", returns_one_reward_per_run_and_agent),
        Check("pays everybody the same team reward", pays_the_team_reward),
        Check("pays the bonus to the agents that earn it", pays_the_bonus),
    ),
    hints=(
        "Two parts: a team reward with one number per run, and a bonus with one number per run and agent.",
        "`-np.abs(position)` has shape (R,). Written `[:, None]` it gets shape (R, 1), and NumPy repeats it for "
        "every agent. `actions < num_actions // 2` is an array of True and False; times 0.1 it is the bonus.",
        "Return the sum of the two. They fit together once the first has shape (R, 1) and the second (R, N).",
    ),
    explanation="An array of shape (R, 1) plus one of shape (R, N) gives (R, N): the team reward is repeated "
    "for each agent, and no loop over runs or agents is needed.",
    domain=DOMAIN,
    version=2,
    earlier=("1.4@1",),
)
