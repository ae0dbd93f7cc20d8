"""The ideas that lead to other values than a hysteretic step: for exercise 8.1."""

import numpy as np

from marl_lessons.exercises.judging.mistakes import Misconception


def decide(is_good):
    """Return the function that moves all values by alpha or all by beta, as one question about the news says."""

    def move(values, targets, alpha, beta):
        return values + (alpha if is_good(targets - values) else beta) * (targets - values)

    return move


def step(rule):
    """Return the function that applies a rule(values, surprise, is_good, alpha, beta) to arrays."""
    return lambda values, targets, alpha, beta: rule(values, targets - values, targets > values, alpha, beta)


ONE_DECISION = "You decide once for the whole array. Each entry has news of its own: `np.where` decides for each."
POSITIVE = "You ask whether the target is positive. Good news is a target above the present value."
HYSTERETIC_MISCONCEPTIONS = (
    Misconception(
        step(lambda values, surprise, good, alpha, beta: values + np.where(good, beta, alpha) * surprise),
        "You have the two step sizes the wrong way round: alpha is for good news, beta for bad news.",
    ),
    Misconception(
        lambda values, targets, alpha, beta: values + np.where(targets > 0, alpha, beta) * (targets - values), POSITIVE
    ),
    Misconception(
        lambda values, targets, alpha, beta: values + np.where(targets >= 0, alpha, beta) * (targets - values), POSITIVE
    ),
    Misconception(
        lambda values, targets, alpha, beta: (
            values + np.where(abs(targets) > abs(values), alpha, beta) * (targets - values)
        ),
        "You compare the sizes of target and value without their signs. -10 is below 0, and bad news.",
    ),
    Misconception(
        step(lambda values, surprise, good, alpha, beta: values + alpha * surprise),
        "You treat good and bad news alike, and move by alpha. Bad news moves the value by beta only.",
    ),
    Misconception(
        step(lambda values, surprise, good, alpha, beta: values + beta * surprise),
        "You treat good and bad news alike, and move by beta. Good news moves the value by alpha.",
    ),
    Misconception(
        step(lambda values, surprise, good, alpha, beta: values + np.where(good, alpha * surprise, 0)),
        "You ignore bad news altogether. It counts a little: beta.",
    ),
    Misconception(
        step(lambda values, surprise, good, alpha, beta: values + np.where(good, alpha, -beta) * surprise),
        "In your code bad news raises the value. `targets - q_values` is negative there already: add beta times it.",
    ),
    Misconception(
        step(lambda values, surprise, good, alpha, beta: values - np.where(good, alpha, beta) * surprise),
        "You move away from the target. Mind the sign of the difference: target minus value.",
    ),
    Misconception(
        lambda values, targets, alpha, beta: values + np.where(values > targets, alpha, beta) * (values - targets),
        "Your news has the wrong sign: it is target minus value, `targets - q_values`.",
    ),
    Misconception(
        step(lambda values, surprise, good, alpha, beta: values + np.where(good, (alpha + beta) * surprise, 0)),
        "You ignore bad news, and good news counts by alpha and beta. For bad news the condition is the opposite one.",
    ),
    Misconception(
        lambda values, targets, alpha, beta: np.where(
            targets > values, values + alpha * (targets - values), values - beta * targets
        ),
        "For bad news you subtract a part of the target. Add beta times the *difference*, target minus value.",
    ),
    Misconception(decide(lambda surprise: (surprise > 0).any()), ONE_DECISION),
    Misconception(decide(lambda surprise: (surprise > 0).all()), ONE_DECISION),
    Misconception(decide(lambda surprise: surprise.mean() > 0), ONE_DECISION),
    Misconception(decide(lambda surprise: surprise.flat[0] > 0), ONE_DECISION),
    Misconception(
        step(lambda values, surprise, good, alpha, beta: values + np.where(good, 0.1, 0.01) * surprise),
        "You wrote the step sizes of the example into your code. Use the parameters `alpha` and `beta`.",
    ),
    Misconception(
        step(lambda values, surprise, good, alpha, beta: np.where(good, alpha, beta) * surprise),
        "You return the change alone. Add it to the old values.",
    ),
    Misconception(
        step(lambda values, surprise, good, alpha, beta: np.where(good, alpha, beta)),
        "You return the step sizes. Multiply each by its news first.",
    ),
    Misconception(
        step(lambda values, surprise, good, alpha, beta: np.where(good, values + alpha * surprise, beta * surprise)),
        "For bad news you return the change alone. Add it to the old value, as you do for good news.",
    ),
    Misconception(
        step(lambda values, surprise, good, alpha, beta: values + np.where(good, alpha, beta) * (values + surprise)),
        "You add a part of the target. Add a part of the *difference* between target and value.",
    ),
    Misconception(
        step(lambda values, surprise, good, alpha, beta: np.where(good, alpha, beta) * (values + surprise)),
        "You return a part of the target, and the old value is gone. Add a part of the difference to the old value.",
    ),
    Misconception(
        step(
            lambda values, surprise, good, alpha, beta: (
                values + np.where(good, alpha * surprise, beta * (values + surprise))
            )
        ),
        "For bad news you add a part of the target. Add a part of the *difference*, as you do for good news.",
    ),
    Misconception(
        step(lambda values, surprise, good, alpha, beta: values + (1 - np.where(good, alpha, beta)) * surprise),
        "You have the weights the wrong way round: the step size is the weight of the target, 1 minus it that of the "
        "old value.",
    ),
    Misconception(
        step(lambda values, surprise, good, alpha, beta: values + np.where(good, surprise, 0)),
        "You take over the target where it is better, and ignore it elsewhere. Move only a part of the way: alpha "
        "for good news, beta for bad.",
    ),
    Misconception(
        step(lambda values, surprise, good, alpha, beta: values + np.where(good, alpha, alpha * beta) * surprise),
        "You move by alpha times beta for bad news. Beta is the step size there, alone.",
    ),
    Misconception(
        step(lambda values, surprise, good, alpha, beta: values + np.where(good, alpha + beta, beta) * surprise),
        "You move by alpha plus beta for good news. Each kind of news has one step size.",
    ),
    Misconception(
        step(lambda values, surprise, good, alpha, beta: values + np.where(good, alpha - beta, beta) * surprise),
        "You move by alpha minus beta for good news. Each kind of news has one step size.",
    ),
    Misconception(
        step(
            lambda values, surprise, good, alpha, beta: (
                values + np.where(good, alpha, alpha + beta * (1 - alpha)) * surprise
            )
        ),
        "Bad news moves the value twice in your code, by alpha and then by beta. Move it once, by beta.",
    ),
    Misconception(
        step(
            lambda values, surprise, good, alpha, beta: (
                values + np.where(good, alpha + beta * (1 - alpha), beta) * surprise
            )
        ),
        "Good news moves the value twice in your code, by alpha and then by beta. Move it once, by alpha.",
    ),
    Misconception(
        step(lambda values, surprise, good, alpha, beta: values * (1 + np.where(good, alpha, beta) * surprise)),
        "You multiply the old value, so that a 0 never moves. Add a part of the difference to it.",
    ),
    Misconception(
        lambda values, targets, alpha, beta: (
            values + np.where(targets > values.max(), alpha, beta) * (targets - values)
        ),
        "You compare all targets with the largest of the values. Each target has a value of its own beside it.",
    ),
    Misconception(
        step(lambda values, surprise, good, alpha, beta: values + (alpha * good + beta * ~good.astype(int)) * surprise),
        "`~` of the *numbers* 0 and 1 is -1 and -2. Use `~` on True and False, or `1 - …` on numbers.",
    ),
)
