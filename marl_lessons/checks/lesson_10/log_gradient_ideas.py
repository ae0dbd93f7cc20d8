"""The log-gradient by its definition, and the ideas that lead elsewhere: for exercise 10.1."""

import numpy as np

from marl_lessons.exercises.judging.mistakes import Misconception


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
)
