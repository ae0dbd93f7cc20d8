"""The log-gradient by its definition, and the ideas that lead elsewhere: for exercise 10.1."""

import numpy as np

from marl_lessons.exercises.judging.mistakes import Misconception
from marl_lessons.policies import softmax


def differentiate_one_by_one(policies, actions):
    """The definition, run by run and action by action."""
    return np.array(
        [
            [(1.0 if action == other else 0.0) - chance for other, chance in enumerate(row)]
            for row, action in zip(policies.tolist(), actions.tolist(), strict=True)
        ]
    )


def with_one_hot(rule):
    """Return the function that applies a rule(one_hot, policies) to arrays (R, A)."""
    return lambda policies, actions: rule(np.eye(policies.shape[1])[actions], 1.0 * policies)


def chance_played(one_hot, policies):
    """Return the probability of the action played, (R, 1)."""
    return (one_hot * policies).sum(axis=1, keepdims=True)


def divide(one_hot, policies):
    """Return 1/π at the action played, and 0/π elsewhere."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return one_hot / policies


def divide_where_played(one_hot, policies):
    """Return 1/π at the action played, and 0 elsewhere."""
    return np.where(one_hot == 1, divide(one_hot, policies), 0)


def take_logarithm(policies):
    """Return log π, minus infinity where π is 0."""
    with np.errstate(divide="ignore"):
        return np.log(policies)


BY_PROBABILITY = (
    "You differentiate by the probability, which gives 1/π. The preferences stand behind the softmax: by them the "
    "slope is [a = b] - π(b)."
)


LOG_MISCONCEPTIONS = (
    Misconception(
        with_one_hot(lambda one_hot, policies: one_hot),
        "You return only the 1 of the action played. Subtract the probabilities of all actions too.",
    ),
    Misconception(
        with_one_hot(lambda one_hot, policies: policies - one_hot),
        "Your signs are the wrong way round: the action played goes up, the others go down. 1 minus the probability.",
    ),
    Misconception(
        with_one_hot(lambda one_hot, policies: one_hot * (1 - policies)),
        "You change the action played alone. The others go down, by their probabilities.",
    ),
    Misconception(
        with_one_hot(lambda one_hot, policies: -(1 - one_hot) * policies),
        "You lower the others, and leave the action played at 0. It goes up by 1 minus its probability.",
    ),
    Misconception(
        with_one_hot(lambda one_hot, policies: chance_played(one_hot, policies) * (one_hot - policies)),
        "You multiply by the probability of the action played: that is how the *probability* changes. Its logarithm "
        "changes by 1 minus the probability.",
    ),
    Misconception(
        with_one_hot(lambda one_hot, policies: one_hot - chance_played(one_hot, policies)),
        "You subtract the probability of the action played everywhere. Each action loses its own probability.",
    ),
    Misconception(
        with_one_hot(lambda one_hot, policies: one_hot - 1 / policies.shape[1]),
        "You subtract the same share from every action, whatever the policy says. Subtract its probabilities.",
    ),
    Misconception(
        with_one_hot(lambda one_hot, policies: (1 - one_hot) - policies),
        "You put the 1 at the actions that were *not* played. It belongs to the action played.",
    ),
    Misconception(
        with_one_hot(lambda one_hot, policies: one_hot + policies),
        "You add the probabilities. Subtract them: more of one action means less of the others.",
    ),
    Misconception(
        with_one_hot(lambda one_hot, policies: one_hot[0] - policies),
        "You use the first run's action for all runs. Each run has played an action of its own.",
    ),
    Misconception(
        with_one_hot(lambda one_hot, policies: one_hot - policies[0]),
        "You subtract the first run's policy in all runs. Each run has a policy of its own.",
    ),
    Misconception(
        with_one_hot(lambda one_hot, policies: policies * (one_hot - policies)),
        "You multiply each entry by its action's probability. [a = b] minus the probability is all.",
    ),
    Misconception(with_one_hot(divide), BY_PROBABILITY),
    Misconception(with_one_hot(divide_where_played), BY_PROBABILITY),
    Misconception(with_one_hot(lambda one_hot, policies: divide(one_hot, policies) - 1), BY_PROBABILITY),
    Misconception(with_one_hot(lambda one_hot, policies: divide_where_played(one_hot, policies) - 1), BY_PROBABILITY),
    Misconception(
        with_one_hot(lambda one_hot, policies: one_hot - take_logarithm(policies)),
        "You subtract the logarithms of the probabilities. Subtract the probabilities themselves.",
    ),
    Misconception(
        lambda policies, actions: take_logarithm(policies),
        "You return the logarithms of the probabilities. Asked is how the one of the action *played* changes with each "
        "preference: [a = b] - π(b).",
    ),
    Misconception(
        lambda policies, actions: actions[:, None] - policies,
        "You subtract the probabilities from the *number* of the action played. [a = b] is 1 in its place and 0 "
        "elsewhere: `np.eye(A)[actions]`.",
    ),
    Misconception(
        lambda policies, actions: np.eye(policies.shape[1])[actions - 1] - policies,
        "Your 1 stands one place before the action played. Actions count from 0, as the places do: no `- 1` is needed.",
    ),
    Misconception(
        with_one_hot(lambda one_hot, policies: one_hot - softmax(policies)),
        "You take the softmax of `policies`. They are probabilities already: subtract them as they are.",
    ),
    Misconception(
        with_one_hot(lambda one_hot, policies: one_hot.max(axis=0) - policies),
        "You add the 1 in every row for the actions of *all* runs. In place of `:`, `np.arange(R)` pairs each row with "
        "its own action.",
    ),
    Misconception(
        lambda policies, actions: np.eye(actions.max() + 1)[actions] - policies,
        "Your rows are as long as the largest action that was played. They need an entry for every action: "
        "`policies.shape[1]`.",
    ),
    Misconception(
        lambda policies, actions: np.eye(2)[actions] - policies,
        "Your rows always have two entries. They need one for every action: `policies.shape[1]`.",
    ),
    Misconception(
        with_one_hot(lambda one_hot, policies: np.where(one_hot == 1, 1, -policies)),
        "You put the 1 in the place of the action played. Add it there: its own probability is subtracted too.",
    ),
)
