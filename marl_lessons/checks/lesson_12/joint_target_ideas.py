"""What follows a step on average, by its definition, and the ideas that lead elsewhere: for exercise 12.3."""

import numpy as np

from marl_lessons.exercises.judging.mistakes import Misconception
from marl_lessons.policies import softmax


def expect_next_value(reward, next_values, my_policy, partner_policy, gamma):
    """The definition: one joint action after the other, each as likely as both policies make it."""
    average = 0.0
    for row, column in np.ndindex(next_values.shape):
        average += float(my_policy[row]) * float(partner_policy[column]) * float(next_values[row, column])
    return reward + gamma * average


def follow(average):
    """Return the function that puts another average(next_values, my_policy, partner_policy) into the target."""
    return lambda reward, values, mine, partner, gamma: reward + gamma * average(values, mine, partner)


def weigh(values, mine, partner):
    """Return the average by both policies."""
    return mine @ values @ partner


def take_the_table_for_a_square(reward, next_values, my_policy, partner_policy, gamma):
    """The idea that the partner has as many actions as I."""
    count, average = len(my_policy), 0.0
    for row, column in np.ndindex(count, count):
        average += my_policy[row] * partner_policy[column] * next_values[row, column]
    return reward + gamma * average


TARGET_MISCONCEPTIONS = (
    Misconception(
        take_the_table_for_a_square,
        "You go through as many columns as the table has rows. The partner may have more actions than I, or fewer: "
        "`len(partner_policy)`.",
    ),
    Misconception(
        follow(lambda values, mine, partner: values.max()),
        "You take the best entry. That is what follows if both play it; average over what they *do* play.",
    ),
    Misconception(
        follow(lambda values, mine, partner: values.mean()),
        "You average as if both drew evenly. Weigh the entries by both policies.",
    ),
    Misconception(
        follow(lambda values, mine, partner: values[mine.argmax(), partner.argmax()]),
        "You take the entry of the likeliest actions. The others are played as well: average over all entries.",
    ),
    Misconception(
        follow(lambda values, mine, partner: (values @ partner).max()),
        "You average over the partner's actions, and take the best of *mine*. I play by `my_policy`: average over my "
        "actions, too.",
    ),
    Misconception(
        follow(lambda values, mine, partner: (mine @ values).max()),
        "You average over my actions, and take the best of the *partner's*. It plays by `partner_policy`.",
    ),
    Misconception(
        follow(lambda values, mine, partner: (mine @ values).mean()),
        "You average as if the partner drew evenly. Weigh by `partner_policy`.",
    ),
    Misconception(
        follow(lambda values, mine, partner: (values @ partner).mean()),
        "You average as if I drew evenly. Weigh by `my_policy`.",
    ),
    Misconception(
        follow(lambda values, mine, partner: (np.outer(mine, partner) * values).mean()),
        "You take the *mean* of the weighted entries. The weights sum to 1 already: add them up.",
    ),
    Misconception(
        follow(lambda values, mine, partner: values.sum()),
        "You add up all entries without weighing them. Each counts as often as both policies play it.",
    ),
    Misconception(
        lambda reward, values, mine, partner, gamma: reward + weigh(values, mine, partner),
        "You forget gamma: what follows counts γ times.",
    ),
    Misconception(
        lambda reward, values, mine, partner, gamma: gamma * (reward + weigh(values, mine, partner)),
        "You discount the reward as well. It comes now: γ belongs to what follows.",
    ),
    Misconception(
        lambda reward, values, mine, partner, gamma: gamma * weigh(values, mine, partner),
        "You leave the reward out. Add it to what follows.",
    ),
    Misconception(
        lambda reward, values, mine, partner, gamma: weigh(values, mine, partner),
        "You return what follows alone. Multiply it by γ, and add the reward.",
    ),
    Misconception(
        lambda reward, values, mine, partner, gamma: reward - gamma * weigh(values, mine, partner),
        "You subtract what follows. Add it to the reward.",
    ),
    Misconception(
        lambda reward, values, mine, partner, gamma: values.size * reward + gamma * weigh(values, mine, partner),
        "You add the reward once for every entry. It comes once: add it after the sum.",
    ),
    Misconception(
        follow(lambda values, mine, partner: ((mine[:, None] + partner) / 2 * values).sum()),
        "You take the mean of the two probabilities. Both happen at once: multiply them.",
    ),
    Misconception(
        follow(lambda values, mine, partner: weigh(values, softmax(mine), softmax(partner))),
        "You take the softmax of the policies. They are probabilities already: use them as they are.",
    ),
)
