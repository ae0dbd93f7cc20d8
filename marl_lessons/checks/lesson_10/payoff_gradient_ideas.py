"""The slope of an expected payoff by finite differences, and the ideas that lead elsewhere: for exercise 10.2."""

import numpy as np

from marl_lessons.exercises.judging.mistakes import Misconception
from marl_lessons.policies import softmax

NUDGE = 1e-20j  # imaginary: then nothing is subtracted, and no digit is lost (the complex-step derivative)


def nudge_each_preference(payoffs, policy, partner_policy):
    """The definition, by differences: nudge one preference after the other, and see what the policy earns."""
    slopes = [_earn(payoffs, _nudge(policy, action), partner_policy) / NUDGE for action in range(len(policy))]
    return np.array(slopes).real.round(12)  # so that a slope of 0 is one


def _nudge(policy, action):
    """Return the policy whose preference for an action is nudged: its weight times e^nudge, over the sum of all."""
    weights = policy.astype(complex)
    weights[action] *= np.exp(NUDGE)
    return weights / weights.sum()


def _earn(payoffs, policy, partner_policy):
    """Return the expected payoff, one joint action after the other."""
    return sum(
        policy[row] * partner_policy[column] * float(payoffs[row, column]) for row, column in np.ndindex(payoffs.shape)
    )


def of_values(rule):
    """Return the function that makes slopes (A,) of the values and the policy as rule(values, policy) says."""
    return lambda payoffs, policy, partner: rule(payoffs @ partner, policy)


PAYOFF_MISCONCEPTIONS = (
    Misconception(
        of_values(lambda values, policy: policy * values),
        "You weigh the values by your probabilities, and compare them with nothing. Subtract your average J first.",
    ),
    Misconception(
        of_values(lambda values, policy: values - policy @ values),
        "You return how much better each action is than your average. Multiply it by the action's own probability.",
    ),
    Misconception(
        of_values(lambda values, policy: 1.0 * values),
        "You return what the actions are worth. The slope is the probability times the lead over your average.",
    ),
    Misconception(
        of_values(lambda values, policy: policy * (values - values.mean())),
        "You subtract the plain mean of the values. J weighs them by your own probabilities: `policy @ values`.",
    ),
    Misconception(
        of_values(lambda values, policy: policy * (policy @ values - values)),
        "Your signs are the wrong way round: what is worth more than the average goes up. Values minus J.",
    ),
    Misconception(
        of_values(lambda values, policy: policy * (values - values.max())),
        "You subtract the value of your best action. Subtract your average J.",
    ),
    Misconception(
        of_values(lambda values, policy: policy * (1 - policy) * values),
        "You multiply each value by π(1 − π): you forget that the other actions lose what this one gains. Subtract J.",
    ),
    Misconception(
        of_values(lambda values, policy: (values - policy @ values) / len(values)),
        "You divide by the number of actions. Multiply each lead by the action's own probability.",
    ),
    Misconception(
        lambda payoffs, policy, partner: policy * (payoffs.mean(axis=1) - policy @ payoffs.mean(axis=1)),
        "You average the payoffs as if the partner drew evenly. Weigh them by `partner_policy`.",
    ),
    Misconception(
        lambda payoffs, policy, partner: policy * (payoffs.sum(axis=1) - policy @ payoffs.sum(axis=1)),
        "You add up the payoffs of each row. Weigh them by `partner_policy`: `payoffs @ partner_policy`.",
    ),
    Misconception(
        of_values(lambda values, policy: policy * (values - values.sum())),
        "You subtract the plain sum of the values. J weighs them by your own probabilities: `policy @ values`.",
    ),
    Misconception(
        of_values(lambda values, policy: policy * (values - (policy * values).mean())),
        "You take the *mean* of the weighted values for J. The weights sum to 1 already: add up, `policy @ values`.",
    ),
    Misconception(
        of_values(lambda values, policy: policy * values - (policy * values).mean()),
        "You subtract the same number from all the slopes. Subtract J from each value, before you multiply.",
    ),
    Misconception(
        of_values(lambda values, policy: policy * values - policy @ values),
        "You subtract J from the products. Brackets are missing: subtract it from each value, then multiply by π(a).",
    ),
    Misconception(
        of_values(lambda values, policy: policy + policy * (values - policy @ values)),
        "You return the policy after a step. What is asked for is the slopes alone.",
    ),
    Misconception(
        of_values(lambda values, policy: np.eye(len(values))[values.argmax()] - policy),
        "You move toward your best action, however little better it is. The slope is its probability times its lead.",
    ),
    Misconception(
        of_values(lambda values, policy: softmax(policy) * (values - softmax(policy) @ values)),
        "You take the softmax of `policy`. It holds probabilities already: use it as it is.",
    ),
)
