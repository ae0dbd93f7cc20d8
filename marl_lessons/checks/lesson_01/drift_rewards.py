"""Exercise 1.4: the rewards of the article's game."""

import numpy as np

from marl_lessons.exercises.expect import (
    Misconception,
    Mistake,
    expect_agreement,
    expect_array,
    is_same,
    show_value,
)
from marl_lessons.exercises.specification import Check, Exercise


def drift_rewards(position, actions, num_actions):
    """Return the rewards of the article's game: positions (R,) and actions (R, N) -> (R, N)."""
    team_reward = -np.abs(position)  # (R,)
    individual_bonus = 0.1 * (actions < num_actions // 2)  # (R, N)
    return team_reward[:, None] + individual_bonus


def reward_one_by_one(position, actions, num_actions):
    """The definition, run by run and agent by agent."""
    return np.array(
        [
            [-abs(x) + (0.1 if action < num_actions // 2 else 0.0) for action in team]
            for x, team in zip(position.tolist(), actions.tolist(), strict=True)
        ]
    )


def draw_positions_and_actions(rng):
    """A case to check by hand, then random batches with odd and even numbers of actions."""
    cases = [(np.array([2.0, -0.5]), np.array([[0, 1, 2], [3, 2, 0]]), 4)]
    for _ in range(50):
        runs, agents = rng.integers(1, 6, size=2)
        num_actions = int(rng.integers(2, 8))
        cases.append((rng.normal(size=runs), rng.integers(num_actions, size=(runs, agents)), num_actions))
    return cases


def returns_one_reward_per_run_and_agent(answer, rng):
    result = answer(np.array([2.0, -0.5]), np.array([[0, 1, 2], [3, 2, 0]]), 4)
    expect_array(result, (2, 3), "one reward for each of 2 runs and 3 agents")
    if result.dtype.kind in "iu":
        raise Mistake(
            "Your rewards are whole numbers and lose their decimals. `np.zeros_like(actions)` copies the type of the "
            "actions: use `np.zeros(actions.shape)` instead."
        )


def pays_the_team_reward(answer, rng):
    position = rng.normal(size=8)
    result = answer(position, np.full((8, 3), 3), 4)
    for wrong_reward, message in WRONG_TEAM_REWARDS:
        if is_same(result, _pay_everybody(wrong_reward(position))):
            raise Mistake(message)
    if not is_same(result, _pay_everybody(-np.abs(position))):
        raise Mistake(
            "With action 3 of 4 nobody earns a bonus, so at position x every agent's reward is -|x|. At "
            f"x = {show_value(position[0])} the agents got {show_value(result[0])}."
        )


def _pay_everybody(team_reward):
    return np.repeat(team_reward[:, None], 3, axis=1)


def pays_the_bonus(answer, rng):
    expect_agreement(answer, draw_positions_and_actions(rng), reward_one_by_one, DRIFT_MISCONCEPTIONS)


WRONG_TEAM_REWARDS = (
    (lambda x: -x, "Left of zero your team reward is positive. Both sides are bad: take the absolute value."),
    (np.abs, "Your team reward grows with the distance from zero. It is a cost: mind the minus sign."),
    (lambda x: -(x**2), "Your team reward is the square of the distance. It is the distance itself."),
    (
        lambda x: -np.abs(x + 0.05 * 9),
        "You move `position` by the actions. It is the number after the move already: use it as it is.",
    ),
    (
        lambda x: np.full(len(x), -np.abs(x).mean()),
        "You mix the runs. Each run has its own position, and its team is paid by that one alone.",
    ),
)

DRIFT_MISCONCEPTIONS = (
    Misconception(
        lambda x, actions, n: -np.abs(x)[:, None] + 0.1 * (actions <= n // 2),
        "Your bonus includes the middle action. It is for actions strictly below `num_actions // 2`.",
    ),
    Misconception(
        lambda x, actions, n: -np.abs(x)[:, None] + 0.1 * (actions >= n // 2),
        "You pay the bonus for the upper half of the actions. It is for the lower half.",
    ),
    Misconception(
        lambda x, actions, n: -np.abs(x)[:, None] + 0.1 * (actions < n / 2),
        "With 5 actions `num_actions / 2` is 2.5, and your bonus includes action 2. Use `num_actions // 2`.",
    ),
    Misconception(
        lambda x, actions, n: -np.abs(x)[:, None] + 0.1 * (actions < n // 2).sum(axis=1, keepdims=True) + 0 * actions,
        "You share the bonuses among the team. Each agent earns its own, by its own action.",
    ),
    Misconception(
        lambda x, actions, n: -np.abs(x)[:, None] + 1.0 * (actions < n // 2),
        "Your bonus is 1. It is 0.1.",
    ),
    Misconception(
        lambda x, actions, n: -np.abs(x)[:, None] + 0.1 * (actions < 2),
        "Your bonus is for actions below 2, which is right for 4 actions only. Use `num_actions`.",
    ),
    Misconception(
        lambda x, actions, n: -np.abs(x)[:, None] + 0.0 * actions,
        "The bonus is missing: 0.1 for each agent whose action is below `num_actions // 2`.",
    ),
)

EXERCISE = Exercise(
    id="1.4",
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
)
