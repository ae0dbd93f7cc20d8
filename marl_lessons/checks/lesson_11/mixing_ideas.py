"""What a mix of utilities is, number by number, and the ideas that lead elsewhere: for exercise 11.2."""

import math

import numpy as np

from marl_lessons.exercises.judging.mistakes import Misconception


def elu(x):
    """Return x where it is above 0, and e^x - 1 elsewhere."""
    return np.where(x > 0, x, np.exp(np.minimum(x, 0)) - 1)


def mix_one_by_one(utilities, weights, biases, last_weights, last_bias):
    """The definition, play by play and unit by unit."""
    values = []
    for play, own in enumerate(utilities.tolist()):
        value = float(last_bias[play])
        for unit in range(biases.shape[1]):
            x = biases[play, unit] + sum(abs(weights[play, agent, unit]) * u for agent, u in enumerate(own))
            value += abs(last_weights[play, unit]) * (x if x > 0 else math.exp(x) - 1)
        values.append(value)
    return np.array(values)


def mix_with(first=np.abs, last=np.abs, bend=elu, add_first=np.add, add_last=np.add):
    """Return the function that mixes in another way.

    first, last: what is made of the weights; bend: of what comes to the hidden units; add_first, add_last: how the
    biases are added.
    """

    def mix(utilities, weights, biases, last_weights, last_bias):
        hidden = add_first((utilities[:, :, None] * first(weights)).sum(axis=1), biases)  # (B, H)
        return add_last((bend(hidden) * last(last_weights)).sum(axis=1), last_bias)

    return mix


def drop(sums, bias):
    return 1.0 * sums


def keep(x):
    return 1.0 * x


def bend_everywhere(x):
    return np.exp(x) - 1


def only_positive(weights):
    return np.maximum(weights, 0)


def keep_first_unit(last_weights):
    """Return the weights of the hidden units with those of all but the first one at 0."""
    return np.abs(last_weights) * (np.arange(last_weights.shape[1]) == 0)


BENT_APART = (
    "You bend what each agent brings on its own. Add up over the agents, add `biases`, and take `elu` of that: once "
    "for each hidden unit."
)
NOT_ALL_ABSOLUTE = "Only their absolute values count, `np.abs(…)`, or else a better utility may lower the team's value."

MIX_MISCONCEPTIONS = (
    Misconception(mix_with(first=keep, last=keep), "You use all the weights as they are. " + NOT_ALL_ABSOLUTE),
    Misconception(mix_with(first=keep), "You use `weights` as they are. " + NOT_ALL_ABSOLUTE),
    Misconception(mix_with(last=keep), "You use `last_weights` as they are. " + NOT_ALL_ABSOLUTE),
    Misconception(
        mix_with(first=only_positive, last=only_positive),
        "You take negative weights for 0. Take their absolute values.",
    ),
    Misconception(mix_with(first=np.square, last=np.square), "You square the weights. Take their absolute values."),
    Misconception(mix_with(first=np.exp, last=np.exp), "You take e to the weights. Take their absolute values."),
    Misconception(mix_with(bend=keep), "You forget `elu`. Without it the mix is a plain weighted sum."),
    Misconception(
        mix_with(bend=only_positive),
        "You take 0 where the hidden unit gets a number below 0. `elu` has e^x - 1 there.",
    ),
    Misconception(mix_with(bend=np.abs), "You take absolute values of what the hidden units get. Take `elu` of it."),
    Misconception(mix_with(bend=np.tanh), "You bend by the hyperbolic tangent. Bend by `elu`."),
    Misconception(
        mix_with(bend=bend_everywhere), "You take e^x - 1 everywhere. Where x is above 0, `elu` is x itself."
    ),
    Misconception(mix_with(add_first=drop), "You leave out `biases`. Add them before `elu`."),
    Misconception(mix_with(add_last=drop), "You leave out `last_bias`. Add it at the end."),
    Misconception(
        mix_with(add_first=drop, add_last=drop),
        "You leave out the biases. Add `biases` before `elu`, and `last_bias` at the end.",
    ),
    Misconception(
        mix_with(add_first=lambda sums, bias: sums + np.abs(bias), add_last=lambda sums, bias: sums + np.abs(bias)),
        "You take absolute values of the biases, too. They may have any sign: only the weights must not be negative.",
    ),
    Misconception(
        mix_with(add_first=lambda sums, bias: sums + np.abs(bias)),
        "You take absolute values of `biases`, too. They may have any sign: only the weights must not be negative.",
    ),
    Misconception(
        mix_with(add_last=lambda sums, bias: sums + np.abs(bias)),
        "You take the absolute value of `last_bias`, too. It may have any sign: only the weights must not be negative.",
    ),
    Misconception(
        lambda utilities, weights, biases, last_weights, last_bias: mix_with()(
            np.abs(utilities), weights, biases, last_weights, last_bias
        ),
        "You take absolute values of the utilities, too. They may have any sign: only the weights may not be below 0.",
    ),
    Misconception(
        lambda utilities, weights, biases, last_weights, last_bias: (
            (elu(np.abs((utilities[:, :, None] * weights).sum(axis=1)) + biases) * np.abs(last_weights)).sum(axis=1)
            + last_bias
        ),
        "You take the absolute value of the sum. Take that of each weight, before you add up.",
    ),
    Misconception(
        lambda utilities, weights, biases, last_weights, last_bias: (
            ((elu((utilities[:, :, None] * np.abs(weights)).sum(axis=1)) + biases) * np.abs(last_weights)).sum(axis=1)
            + last_bias
        ),
        "You add `biases` after `elu`. Add them before it.",
    ),
    Misconception(
        lambda utilities, weights, biases, last_weights, last_bias: elu(
            mix_with()(utilities, weights, biases, last_weights, last_bias)
        ),
        "You bend the team's value as well. `elu` belongs to the hidden units only.",
    ),
    Misconception(
        mix_with(last=lambda weights: np.ones(weights.shape)),
        "You add the hidden units up without their weights. Multiply them by `np.abs(last_weights)` first.",
    ),
    Misconception(
        mix_with(first=lambda weights: np.ones(weights.shape)),
        "You add the utilities up without their weights. Multiply them by `np.abs(weights)` first.",
    ),
    Misconception(
        lambda utilities, weights, biases, last_weights, last_bias: (
            (elu((utilities[:, :, None] * np.abs(weights)).sum(axis=1) + biases) * np.abs(last_weights)).mean(axis=1)
            + last_bias
        ),
        "You take the mean over the hidden units. Add them up.",
    ),
    Misconception(
        lambda utilities, weights, biases, last_weights, last_bias: (
            (elu((utilities[:, :, None] * np.abs(weights)).mean(axis=1) + biases) * np.abs(last_weights)).sum(axis=1)
            + last_bias
        ),
        "You take the mean over the agents. Add them up.",
    ),
    Misconception(
        lambda utilities, weights, biases, last_weights, last_bias: mix_with()(
            utilities, weights[:1], biases[:1], last_weights[:1], last_bias[:1]
        ),
        "You use the weights of the first play for all plays. Each play has its own: they come from its state.",
    ),
    Misconception(
        lambda utilities, weights, biases, last_weights, last_bias: utilities.sum(axis=1) + 0.0,
        "You add up the utilities. That is VDN: here they are mixed by the weights first.",
    ),
    Misconception(
        lambda utilities, weights, biases, last_weights, last_bias: (
            (elu(utilities[:, :, None] * np.abs(weights) + biases[:, None]).sum(axis=1) * np.abs(last_weights)).sum(
                axis=1
            )
            + last_bias
        ),
        BENT_APART,
    ),
    Misconception(
        lambda utilities, weights, biases, last_weights, last_bias: (
            ((elu(utilities[:, :, None] * np.abs(weights)).sum(axis=1) + biases) * np.abs(last_weights)).sum(axis=1)
            + last_bias
        ),
        BENT_APART,
    ),
    Misconception(
        lambda utilities, weights, biases, last_weights, last_bias: (
            elu(((utilities[:, :, None] * np.abs(weights)).sum(axis=1) + biases) * np.abs(last_weights)).sum(axis=1)
            + last_bias
        ),
        "You multiply by `last_weights` before `elu`. Bend first, then multiply.",
    ),
    Misconception(
        mix_with(bend=lambda x: elu(x) + (x <= 0)),
        "You take e^x where x is not above 0. `elu` has e^x - 1 there, so that it never jumps.",
    ),
    Misconception(
        lambda utilities, weights, biases, last_weights, last_bias: (
            np.abs(elu((utilities[:, :, None] * np.abs(weights)).sum(axis=1) + biases) * last_weights).sum(axis=1)
            + last_bias
        ),
        "You take the absolute value of what each hidden unit brings. That may be below 0: take the absolute value of "
        "its weight only.",
    ),
    Misconception(
        mix_with(last=keep_first_unit),
        "You use the first hidden unit only. Add up over all of them.",
    ),
    Misconception(
        lambda utilities, weights, biases, last_weights, last_bias: mix_with()(
            utilities, weights, biases * utilities.shape[1], last_weights, last_bias
        ),
        "You add `biases` once for each agent. Add them once, after the sum over the agents.",
    ),
    Misconception(
        lambda utilities, weights, biases, last_weights, last_bias: mix_with()(
            utilities, weights, biases, last_weights, last_bias * biases.shape[1]
        ),
        "You add `last_bias` once for each hidden unit. Add it once, after the sum over the units.",
    ),
    Misconception(
        lambda utilities, weights, biases, last_weights, last_bias: (
            mix_with(add_last=drop)(utilities, weights, biases, last_weights, last_bias).sum() + last_bias
        ),
        "You add up over the plays as well. Each play has a value of its own: add up along `axis=1`.",
    ),
)
