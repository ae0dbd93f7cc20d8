"""What an average move is, and the ideas that lead to another number: for exercise 8.2."""

import numpy as np

from marl_lessons.exercises.judging.mistakes import Misconception


def average_moves(value, payoffs, partner_policy, alpha, beta):
    """The definition, one action of the partner after the other."""
    average = 0.0
    for payoff, chance in zip(payoffs.tolist(), partner_policy.tolist(), strict=True):
        average += chance * (alpha if payoff > value else beta) * (payoff - value)
    return average


def weigh(rule):
    """Return the function that averages the moves of a rule(value, payoffs, news, alpha, beta) with the policy."""
    return lambda value, payoffs, policy, alpha, beta: (
        policy @ (rule(value, payoffs, payoffs - value, alpha, beta) + 0.0 * payoffs)
    )


def combine(rule):
    """Return the function that makes one number of the policy and the moves (B,) as rule(policy, moves) says."""
    return lambda value, payoffs, policy, alpha, beta: rule(
        policy, np.where(payoffs > value, alpha, beta) * (payoffs - value)
    )


def move_by_average(value, payoffs, partner_policy, alpha, beta):
    """The idea that the average payoff is what happens."""
    news = partner_policy @ payoffs - value
    return (alpha if news > 0 else beta) * news


MOVE_MISCONCEPTIONS = (
    Misconception(
        move_by_average,
        "You average the payoffs first, and then ask whether that is good news. A play brings one of them: decide for "
        "each payoff, and average the moves.",
    ),
    Misconception(
        weigh(lambda value, payoffs, news, alpha, beta: alpha * news),
        "You treat good and bad news alike, and move by alpha. Bad news moves the value by beta only.",
    ),
    Misconception(
        weigh(lambda value, payoffs, news, alpha, beta: beta * news),
        "You treat good and bad news alike, and move by beta. Good news moves the value by alpha.",
    ),
    Misconception(
        weigh(lambda value, payoffs, news, alpha, beta: np.where(news > 0, beta, alpha) * news),
        "You have the two step sizes the wrong way round: alpha is for good news, beta for bad news.",
    ),
    Misconception(
        weigh(lambda value, payoffs, news, alpha, beta: np.where(payoffs > 0, alpha, beta) * news),
        "You ask whether the payoff is positive. Good news is a payoff above the present value.",
    ),
    Misconception(
        weigh(lambda value, payoffs, news, alpha, beta: value + np.where(news > 0, alpha, beta) * news),
        "You return the new value. What is asked for is how far it moves.",
    ),
    Misconception(
        weigh(lambda value, payoffs, news, alpha, beta: np.where(news > 0, alpha, beta) * payoffs),
        "You multiply the step size by the payoff. A value moves by a part of the *difference* between payoff and "
        "value.",
    ),
    Misconception(
        weigh(lambda value, payoffs, news, alpha, beta: np.where(news > 0, alpha * news, 0)),
        "You ignore bad news altogether. It counts a little: beta.",
    ),
    Misconception(
        weigh(lambda value, payoffs, news, alpha, beta: -np.where(news > 0, alpha, beta) * news),
        "Your moves have the wrong sign. Mind the order of the difference: payoff minus value.",
    ),
    Misconception(
        weigh(lambda value, payoffs, news, alpha, beta: np.where(news > 0, alpha, -beta) * news),
        "In your code bad news raises the value. `payoffs - value` is negative there already: add beta times it.",
    ),
    Misconception(
        weigh(lambda value, payoffs, news, alpha, beta: np.where(news < 0, alpha, beta) * -news),
        "You subtract the payoff from the value. News is payoff minus value.",
    ),
    Misconception(
        weigh(lambda value, payoffs, news, alpha, beta: np.where(news > 0, alpha, beta)),
        "You return the step sizes. Multiply each by its news first.",
    ),
    Misconception(
        combine(lambda policy, moves: moves.mean()),
        "You give every action of the partner the same weight. Weigh each move by its probability in `partner_policy`.",
    ),
    Misconception(
        combine(lambda policy, moves: moves.sum()),
        "You add up the moves without weighing them. Multiply each by its probability in `partner_policy` first.",
    ),
    Misconception(
        combine(lambda policy, moves: (policy * moves).mean()),
        "You multiply by the probabilities and then take the mean, which divides once more. Use the sum.",
    ),
    Misconception(
        combine(lambda policy, moves: moves[np.argmax(policy)]),
        "You look at the partner's likeliest action only. The others happen too: average over all of them.",
    ),
    Misconception(
        lambda value, payoffs, policy, alpha, beta: policy @ payoffs,
        "You return the average payoff. What is asked for is how far the value moves.",
    ),
    Misconception(
        lambda value, payoffs, policy, alpha, beta: policy @ (payoffs - value),
        "You average the news itself. Each piece of it counts by its step size: alpha or beta.",
    ),
)
