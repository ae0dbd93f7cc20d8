"""What a batch of plays suggests, by its definition, and the ideas that lead elsewhere: for exercise 10.3."""

import numpy as np

from marl_lessons.exercises.judging.mistakes import Misconception


def average_one_by_one(policies, actions, payoffs, baseline):
    """The definition: a sum over plays, agents and actions, divided by the number of plays."""
    total = np.zeros(policies.shape)
    for play, payoff in zip(actions.tolist(), payoffs.tolist(), strict=True):
        for agent, action in enumerate(play):
            for other, chance in enumerate(policies[agent].tolist()):
                total[agent, other] += (payoff - baseline) * ((action == other) - chance)
    return total / len(payoffs)


def combine(rule):
    """Return the function that makes a gradient of one_hot (K, N, A), policies, payoffs and baseline by a rule."""

    def estimate(policies, actions, payoffs, baseline):
        return rule(np.eye(policies.shape[1])[actions], policies, payoffs[:, None, None], baseline)

    return estimate


def one_play(index, divide):
    """Return the rule of who looks at one play only, and divides by their number or not."""

    def rule(one_hot, policies, payoffs, baseline):
        estimate = (payoffs[index] - baseline) * (one_hot[index] - policies)
        return estimate / len(payoffs) if divide else estimate

    return rule


FIRST_PLAY = "Only the first play counts in your answer. Does `return` stand inside the loop?"
LAST_PLAY = "Only the last play counts in your answer. Does each round of a loop overwrite what the one before found?"


ESTIMATE_MISCONCEPTIONS = (
    Misconception(
        combine(lambda one_hot, policies, payoffs, baseline: (payoffs * (one_hot - policies)).mean(axis=0)),
        "Your payoffs count in full. Subtract the baseline from each of them.",
    ),
    Misconception(
        combine(lambda one_hot, policies, payoffs, base: ((payoffs - base) * (one_hot - policies)).sum(axis=0)),
        "You add up the plays. Take their mean, or the step grows with the number of plays.",
    ),
    Misconception(
        combine(lambda one_hot, policies, payoffs, baseline: ((payoffs - baseline) * one_hot).mean(axis=0)),
        "You raise what was played, and never lower anything: subtract the probabilities from the 1.",
    ),
    Misconception(
        combine(
            lambda one_hot, policies, payoffs, baseline: ((payoffs - baseline) * (policies - one_hot)).mean(axis=0)
        ),
        "Your signs are the wrong way round: an action that paid more than the baseline goes up.",
    ),
    Misconception(
        combine(
            lambda one_hot, policies, payoffs, baseline: ((baseline - payoffs) * (one_hot - policies)).mean(axis=0)
        ),
        "Your signs are the wrong way round: an action that paid more than the baseline goes up.",
    ),
    Misconception(
        combine(
            lambda one_hot, policies, payoffs, baseline: ((payoffs + baseline) * (one_hot - policies)).mean(axis=0)
        ),
        "You add the baseline. Subtract it: what counts is how much better than usual a play went.",
    ),
    Misconception(
        combine(lambda one_hot, policies, payoffs, baseline: (payoffs * (one_hot - policies)).mean(axis=0) - baseline),
        "You subtract the baseline from the gradient. Subtract it from each payoff, before you multiply.",
    ),
    Misconception(
        combine(
            lambda one_hot, policies, payoffs, baseline: (payoffs.mean() - baseline) * (one_hot - policies).mean(axis=0)
        ),
        "You average payoffs and log-gradients one by one, and then multiply. Multiply play by play: a mean of "
        "products is no product of means.",
    ),
    Misconception(
        combine(
            lambda one_hot, policies, payoffs, baseline: ((payoffs - payoffs.mean()) * (one_hot - policies)).mean(
                axis=0
            )
        ),
        "You subtract the mean payoff of the batch. Subtract the number `baseline`.",
    ),
    Misconception(
        combine(lambda one_hot, policies, payoffs, baseline: (one_hot - policies).mean(axis=0)),
        "The payoffs do not matter in your answer. Multiply each play's log-gradients by payoff minus baseline.",
    ),
    Misconception(
        combine(
            lambda one_hot, policies, payoffs, baseline: (
                ((payoffs - baseline) * (one_hot - policies)).mean(axis=0) / len(policies)
            )
        ),
        "You divide by the number of agents. Each agent's mean is over the plays only.",
    ),
    Misconception(
        combine(
            lambda one_hot, policies, payoffs, baseline: ((payoffs - baseline) * (one_hot - policies[0])).mean(axis=0)
        ),
        "You use agent 0's policy for all agents. Each agent has a row of its own.",
    ),
    Misconception(
        combine(
            lambda one_hot, policies, payoffs, base: (
                ((payoffs - base) * (one_hot - policies)).sum(axis=0) / len(policies)
            )
        ),
        "You divide the sum by the number of agents. The mean is over the plays.",
    ),
    Misconception(
        combine(
            lambda one_hot, policies, payoffs, base: ((payoffs - base) * policies * (one_hot - policies)).mean(axis=0)
        ),
        "You multiply by the probabilities as well. The plays are drawn by them: [a = b] minus the probability is all.",
    ),
    Misconception(
        combine(
            lambda one_hot, policies, payoffs, base: (np.maximum(payoffs - base, 0) * (one_hot - policies)).mean(axis=0)
        ),
        "Plays that paid less than the baseline do not count in your answer. They lower what was played.",
    ),
    Misconception(combine(one_play(0, divide=False)), FIRST_PLAY),
    Misconception(combine(one_play(0, divide=True)), FIRST_PLAY),
    Misconception(combine(one_play(-1, divide=False)), LAST_PLAY),
    Misconception(combine(one_play(-1, divide=True)), LAST_PLAY),
    Misconception(
        lambda policies, actions, payoffs, baseline: (
            (payoffs - baseline)[:, None, None] * (np.eye(2)[actions] - policies)
        ).mean(axis=0),
        "Your rows always have two entries. They need one for every action: `policies.shape[1]`.",
    ),
    Misconception(
        combine(lambda one_hot, policies, payoffs, base: ((payoffs - base) * one_hot * (1 - policies)).mean(axis=0)),
        "You change the action played alone in each play. The others go down, by their probabilities.",
    ),
)
