"""What best responses are, and the ideas that lead to other actions: for exercise 1.4."""

import numpy as np

from marl_lessons.checks.lesson_01.action_values import sum_over_partner
from marl_lessons.exercises.judging.mistakes import Misconception


def compare_one_by_one(payoffs, partner_policy):
    """The definition: no other action is worth more."""
    values = sum_over_partner(payoffs, partner_policy)
    return np.array([not any(other > value for other in values) for value in values])


def pick(score):
    """Return a function that takes the actions with the highest score for the best ones."""

    def respond(payoffs, policy):
        scores = score(payoffs, policy)
        return scores == scores.max()

    return respond


def take_first(payoffs, policy):
    """The slip of `argmax`: the first of the best actions alone."""
    return np.arange(len(payoffs)) == (payoffs @ policy).argmax()


def ask_for_strictly_best(payoffs, policy):
    """The wrong idea that a best response is better than all the others."""
    values = payoffs @ policy
    is_best = values == values.max()
    return is_best & (is_best.sum() == 1)


def answer_some_action(payoffs, policy):
    """The wrong idea that it is enough to be best against one action that the partner may play."""
    return (payoffs == payoffs.max(axis=0))[:, policy > 0].any(axis=1)


RESPONSE_MISCONCEPTIONS = (
    Misconception(
        take_first,
        "Your answer names one action where several are best, as `argmax` does. Compare all the values with the "
        "highest one.",
    ),
    Misconception(
        ask_for_strictly_best,
        "Where several actions share the highest value, your answer is False for all of them. Each of them is a best "
        "response.",
    ),
    Misconception(
        pick(lambda payoffs, policy: payoffs.mean(axis=1)),
        "You gave every partner action the same weight. Weigh them by `partner_policy`, as `action_values` does.",
    ),
    Misconception(
        pick(lambda payoffs, policy: payoffs.max(axis=1)),
        "You look for the highest payoff of the table. What an action is worth depends on the partner: use "
        "`action_values`.",
    ),
    Misconception(
        pick(lambda payoffs, policy: payoffs.min(axis=1)),
        "You compare the worst case of each action. Compare what they are worth against this partner: `action_values`.",
    ),
    Misconception(
        pick(lambda payoffs, policy: payoffs[:, np.argmax(policy)]),
        "You respond to the partner's likeliest action only. Compare the averages over all of them: `action_values`.",
    ),
    Misconception(
        answer_some_action,
        "You accept an action that is best against one of the partner's actions. It has to be best on average over "
        "all of them: `action_values`.",
    ),
    Misconception(
        pick(lambda payoffs, policy: -(payoffs @ policy)),
        "You look for the lowest value. A best response has the highest one.",
    ),
    Misconception(
        lambda payoffs, policy: payoffs @ policy >= (payoffs @ policy).mean(),
        "You compare with the mean of the values. A best response has the highest value of all.",
    ),
    Misconception(
        lambda payoffs, policy: payoffs @ policy > 0,
        "You accept every action with a value above 0. A best response has the highest value of all, which may be "
        "negative.",
    ),
    Misconception(
        lambda payoffs, policy: payoffs @ policy >= 4,
        "You compare with 4, the number of the example above. Compare with the highest of these values.",
    ),
    Misconception(
        lambda payoffs, policy: payoffs @ policy < (payoffs @ policy).max(),
        "Your answer is the wrong way round: it is True for the actions that are not best.",
    ),
    Misconception(
        lambda payoffs, policy: np.ones(len(payoffs), dtype=bool),
        "Your answer is True for every action. Only those with the highest value are best.",
    ),
    Misconception(
        lambda payoffs, policy: payoffs @ policy > (payoffs @ policy).max(),
        "Your answer is False for every action: no value is above the highest one. Which ones are equal to it?",
    ),
)
