"""Exercise 2.1: the definition of the rewards, and the functions of those who have another idea of them."""

import numpy as np

from marl_lessons.exercises.judging.mistakes import Misconception


def reward_one_by_one(position, actions, num_actions):
    """The definition, run by run and agent by agent."""
    return np.array(
        [
            [-abs(x) + (0.1 if action < num_actions // 2 else 0.0) for action in team]
            for x, team in zip(position.tolist(), actions.tolist(), strict=True)
        ]
    )


def pay_everybody(team_reward):
    """Return a function that pays each agent what its run's position is worth, whatever the actions are."""
    return lambda x, actions, n: np.repeat(team_reward(x)[:, None], actions.shape[1], axis=1)


def share_bonus(share):
    """Return a function that pays everybody the same bonus, made of those that the team has earned."""
    return lambda x, actions, n: (
        np.zeros(actions.shape) - np.abs(x)[:, None] + 0.1 * share(actions < n // 2, axis=1, keepdims=True)
    )


def add_bonus(pay):
    """Return a function that pays what another one pays, and the bonus as it should be."""
    return lambda x, actions, n: pay(x, actions, n) + 0.1 * (actions < n // 2)


TEAM_IDEAS = (
    (
        pay_everybody(lambda x: 0 * x),
        "The team's reward is missing: minus the distance from zero, for each agent of the run.",
    ),
    (
        lambda x, actions, n: pay_everybody(lambda x: -np.abs(x) / actions.shape[1])(x, actions, n),
        "You divide the team's reward among the agents. Each of them gets all of it.",
    ),
    (
        pay_everybody(lambda x: -x),
        "Left of zero your team reward is positive. Both sides are bad: take the absolute value.",
    ),
    (pay_everybody(np.abs), "Your team reward grows with the distance from zero. It is a cost: mind the minus sign."),
    (
        pay_everybody(lambda x: -(x**2)),
        "Your team reward is the square of the distance. It is the distance itself.",
    ),
    (
        lambda x, actions, n: pay_everybody(lambda x: -np.abs(x + 0.05 * actions.sum(axis=1)))(x, actions, n),
        "You move `position` by the actions. It is the number after the move already: use it as it is.",
    ),
    (
        pay_everybody(lambda x: np.full(len(x), -np.abs(x[0]))),
        "You pay every run what the first one earns. Each run has its own position.",
    ),
    (
        pay_everybody(lambda x: np.full(len(x), -np.abs(x).mean())),
        "You mix the runs. Each run has its own position, and its team is paid by that one alone.",
    ),
)
TEAM_MISCONCEPTIONS = tuple(
    Misconception(idea, message) for pay, message in TEAM_IDEAS for idea in (pay, add_bonus(pay))
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
        lambda x, actions, n: -np.abs(x)[:, None] + 0.1 * (actions > n // 2),
        "You pay the bonus for actions above `num_actions // 2`. It is for those below.",
    ),
    Misconception(
        lambda x, actions, n: -np.abs(x)[:, None] + 0.1 * (actions < n / 2),
        "With an odd number of actions your bonus includes the middle one: half of 5 is 2.5, and 2 is below that. "
        "`num_actions // 2` rounds down.",
    ),
    *(
        Misconception(
            share_bonus(share), "You share the bonuses among the team. Each agent earns its own, by its own action."
        )
        for share in (np.sum, np.mean, np.any, np.all)
    ),
    *(
        Misconception(
            lambda x, actions, n, bonus=bonus: -np.abs(x[:, None] + bonus * (actions < n // 2)),
            "You take the bonus into the absolute value. Only `position` belongs there; add the bonus to what comes "
            "out.",
        )
        for bonus in (0.1, -0.1)
    ),
    Misconception(
        lambda x, actions, n: -np.abs(x)[:, None] + 0.1 * (actions < (n - 1) // 2),
        "Your bonus is for actions below `(num_actions - 1) // 2`. Low means below `num_actions // 2`.",
    ),
    Misconception(
        lambda x, actions, n: -np.abs(x)[:, None] + 0.01 * (actions < n // 2),
        "Your bonus is 0.01. It is 0.1.",
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
        lambda x, actions, n: -np.abs(x)[:, None] - 0.1 * (actions < n // 2),
        "Your bonus is taken away instead of paid. It is a reward: add it.",
    ),
    Misconception(
        lambda x, actions, n: -np.abs(x)[:, None] + np.full(actions.shape, 0.1),
        "You pay everybody the bonus, whatever the action. It is for actions below `num_actions // 2`.",
    ),
    Misconception(
        lambda x, actions, n: -np.abs(x)[:, None] + np.where(actions < n // 2, 0.1, -0.1),
        "You take 0.1 away for an action that is not low. Such an action earns no bonus, and costs nothing.",
    ),
    Misconception(
        lambda x, actions, n: -np.abs(x)[:, None] * 0.1 * (actions < n // 2),
        "You multiply the team's reward by the bonus. Add the two: who earns no bonus gets the team's reward alone.",
    ),
    Misconception(
        lambda x, actions, n: np.where(actions < n // 2, 0.1, -np.abs(x)[:, None]),
        "An agent that earns the bonus gets the bonus alone. Add it to the team's reward.",
    ),
    Misconception(
        lambda x, actions, n: -np.abs(x)[:, None] + 0.0 * actions,
        "The bonus is missing: 0.1 for each agent whose action is below `num_actions // 2`.",
    ),
)

REWARD_MISCONCEPTIONS = TEAM_MISCONCEPTIONS + DRIFT_MISCONCEPTIONS
