"""The part that an action had, by its definition, and the ideas that lead elsewhere: for exercise 10.4."""

import numpy as np

from marl_lessons.exercises.judging.mistakes import Misconception
from marl_lessons.policies import softmax


def compare_one_by_one(would_pay, policy, actions):
    """The definition, play by play."""
    advantages = []
    for row, action in zip(would_pay.tolist(), actions.tolist(), strict=True):
        average = sum(chance * pays for chance, pays in zip(policy.tolist(), row, strict=True))
        advantages.append(row[action] - average)
    return np.array(advantages)


def take_paid(would_pay, actions):
    """Return what each play paid, (K,)."""
    return would_pay[np.arange(len(actions)), actions]


def beside(baseline):
    """Return the function that subtracts a baseline(would_pay, policy, actions) from what was paid."""
    return lambda would_pay, policy, actions: take_paid(would_pay, actions) - baseline(would_pay, policy, actions)


def average_over_others(would_pay, policy, actions):
    """Return the average over the actions that were not played, (K,)."""
    weights = policy * (1 - np.eye(len(policy))[actions])
    total = weights.sum(axis=1)
    return (would_pay * weights).sum(axis=1) / np.where(total > 0, total, 1)


PART_MISCONCEPTIONS = (
    Misconception(
        lambda would_pay, policy, actions: 1.0 * take_paid(would_pay, actions),
        "You return what the plays paid. Subtract what you bring on average beside the same partners.",
    ),
    Misconception(
        lambda would_pay, policy, actions: would_pay @ policy,
        "You return the baseline. Subtract it from what each play paid.",
    ),
    Misconception(
        lambda would_pay, policy, actions: would_pay @ policy - take_paid(would_pay, actions),
        "Your signs are the wrong way round: what was paid, minus the average.",
    ),
    Misconception(
        beside(lambda would_pay, policy, actions: would_pay.mean(axis=1)),
        "You average the row as if you drew your actions evenly. Weigh it by `policy`.",
    ),
    Misconception(
        beside(lambda would_pay, policy, actions: take_paid(would_pay, actions).mean()),
        "You subtract the mean payoff of all plays: one number for all, like N/2. Here each play has a baseline of "
        "its own, made of its row.",
    ),
    Misconception(
        beside(lambda would_pay, policy, actions: (would_pay @ policy).mean()),
        "You subtract one number from all plays. Each play has its own baseline, of its own row.",
    ),
    Misconception(
        beside(lambda would_pay, policy, actions: would_pay.max(axis=1)),
        "You compare with the best action. Compare with the average over what you might have played, by `policy`.",
    ),
    Misconception(
        beside(lambda would_pay, policy, actions: would_pay @ policy - policy[actions] * take_paid(would_pay, actions)),
        "You leave the action that was played out of the average. The average is over *all* of your actions.",
    ),
    Misconception(
        lambda would_pay, policy, actions: policy[actions] * (take_paid(would_pay, actions) - would_pay @ policy),
        "You multiply by the probability of the action played. The plays come that often by themselves: leave it out.",
    ),
    Misconception(
        lambda would_pay, policy, actions: policy[actions] * take_paid(would_pay, actions) - would_pay @ policy,
        "You multiply what was paid by a probability. It was paid in full: subtract the average from it.",
    ),
    Misconception(
        beside(lambda would_pay, policy, actions: would_pay.sum(axis=1)),
        "You add up the row without weighing it. Weigh what each action would have paid by `policy`.",
    ),
    Misconception(
        lambda would_pay, policy, actions: would_pay.max(axis=1) - would_pay @ policy,
        "You take the best entry of each row. Take the one of the action that was played.",
    ),
    Misconception(
        beside(lambda would_pay, policy, actions: would_pay[:, policy.argmax()]),
        "You compare with your likeliest action. Compare with the average over all your actions, by `policy`.",
    ),
    Misconception(
        beside(lambda would_pay, policy, actions: (would_pay @ policy).sum()),
        "You subtract one number from all plays. Each play has its own baseline, of its own row.",
    ),
    Misconception(
        beside(average_over_others),
        "You leave the action that was played out of the average. The average is over *all* of your actions.",
    ),
    Misconception(
        beside(lambda would_pay, policy, actions: (would_pay * policy).mean(axis=1)),
        "You take the *mean* of the weighted entries. The weights sum to 1 already: add the entries up, `would_pay @ "
        "policy`.",
    ),
    Misconception(
        beside(lambda would_pay, policy, actions: take_paid(would_pay, actions) * policy[actions]),
        "You subtract the part of the action played alone. The average is over *all* of your actions.",
    ),
    Misconception(
        beside(lambda would_pay, policy, actions: -would_pay @ policy),
        "You add the average. Subtract it: what counts is how much more was paid.",
    ),
    Misconception(
        beside(
            lambda would_pay, policy, actions: would_pay @ np.bincount(actions, minlength=len(policy)) / len(actions)
        ),
        "You weigh the actions by how often they were played. Weigh them by `policy`.",
    ),
    Misconception(
        beside(lambda would_pay, policy, actions: would_pay @ softmax(policy)),
        "You take the softmax of `policy`. It holds probabilities already: use it as it is.",
    ),
)
