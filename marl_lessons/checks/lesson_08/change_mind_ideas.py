"""What changing one's mind means, and the ideas that lead elsewhere: for exercise 8.3."""

import numpy as np

from marl_lessons.exercises.judging.mistakes import Misconception


def decide_one_by_one(policy, q_values, actions, payoffs):
    """The definition, run by run."""
    rows = zip(policy.tolist(), q_values.tolist(), actions.tolist(), payoffs.tolist(), strict=True)
    return np.array([action if payoff > max(values) else intended for intended, values, action, payoff in rows])


def change_where(is_better):
    """Return the function that changes its mind where is_better(policy, values, actions, payoffs) says."""
    return lambda policy, values, actions, payoffs: np.where(
        is_better(policy, values, actions, payoffs), actions, policy
    )


def look_up(values, columns):
    """Return the entry of each run (R,) in the column that it names."""
    return values[np.arange(len(values)), columns]


def believe_best(values, actions, payoffs):
    """Return the values after the play: the best that each action ever paid, (R, A)."""
    updated = np.array(values, dtype=float)
    updated[np.arange(len(values)), actions] = np.maximum(look_up(values, actions), payoffs)
    return updated


ALL_RUNS = "You decide once for all runs. Each run has its own values, payoff and policy."
MIND_MISCONCEPTIONS = (
    Misconception(
        change_where(lambda policy, values, actions, payoffs: payoffs >= values.max(axis=1)),
        "You change your mind at a tie as well. A payoff that only equals the best so far is no reason: use `>`.",
    ),
    Misconception(
        change_where(lambda policy, values, actions, payoffs: payoffs > look_up(values, actions)),
        "You compare with the value of the action just taken. Better is a payoff above *all* of the run's values.",
    ),
    Misconception(
        change_where(lambda policy, values, actions, payoffs: payoffs > look_up(values, policy)),
        "You compare with the value of the action in `policy`. Compare with the largest value of the run.",
    ),
    Misconception(
        change_where(lambda policy, values, actions, payoffs: payoffs > values.max()),
        "You compare with the largest value of all runs. Each run has a row of its own: `axis=1`.",
    ),
    Misconception(
        change_where(lambda policy, values, actions, payoffs: payoffs > values.min(axis=1)),
        "You compare with the smallest value of the run. Better is a payoff above the largest.",
    ),
    Misconception(
        change_where(lambda policy, values, actions, payoffs: payoffs > values.mean(axis=1)),
        "You compare with the mean of the run's values. Better is a payoff above the largest.",
    ),
    Misconception(
        lambda policy, values, actions, payoffs: np.where(payoffs > values.max(axis=1), values.argmax(axis=1), policy),
        "Where the payoff is better you take the action that was best before. Take the action just played: `actions`.",
    ),
    Misconception(
        change_where(lambda policy, values, actions, payoffs: payoffs < values.max(axis=1)),
        "You change your mind where the payoff is *worse*. Turn the comparison round.",
    ),
    Misconception(
        lambda policy, values, actions, payoffs: np.where(payoffs > values.max(axis=1), policy, actions),
        "You have the two the wrong way round: the new action where it was better, the old policy elsewhere.",
    ),
    Misconception(
        change_where(lambda policy, values, actions, payoffs: payoffs > 0),
        "You ask whether the payoff is positive. Better is a payoff above the run's largest value.",
    ),
    Misconception(
        lambda policy, values, actions, payoffs: actions,
        "You always switch to the action just taken. Keep the old policy where the payoff is no better.",
    ),
    Misconception(
        lambda policy, values, actions, payoffs: policy,
        "You never change your mind. Take the new action where its payoff beats all that the run knew.",
    ),
    Misconception(
        lambda policy, values, actions, payoffs: values.argmax(axis=1),
        "You return the action with the largest value, and the new payoff changes nothing. Keep the old policy, and "
        "take the new action where its payoff is better.",
    ),
    Misconception(
        lambda policy, values, actions, payoffs: believe_best(values, actions, payoffs).argmax(axis=1),
        "You return the action with the largest value after the play. Where two are equally good, that need not be the "
        "one in `policy`: keep the old policy unless the payoff is better.",
    ),
    Misconception(
        change_where(lambda policy, values, actions, payoffs: (payoffs > values.max(axis=1)).any()),
        ALL_RUNS,
    ),
    Misconception(
        change_where(lambda policy, values, actions, payoffs: (payoffs > values.max(axis=1)).all()),
        ALL_RUNS,
    ),
)
