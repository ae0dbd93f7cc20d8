"""What a difference reward is, and the ideas that lead to another number: for exercise 9.4."""

import numpy as np

from marl_lessons.exercises.judging.mistakes import Misconception


def stay_at_home(nights, capacity):
    """The definition: the worth of all nights, minus that of all nights without the agent."""
    everybody = nights.tolist()
    return np.array(
        [
            worth_of(everybody, capacity) - worth_of(everybody[:agent] + everybody[agent + 1 :], capacity)
            for agent in range(len(everybody))
        ]
    )


def worth_of(nights, capacity):
    """Compute what the nights of a list are worth together."""
    counts = [nights.count(night) for night in set(nights)]
    return float(sum(count * np.exp(-count / capacity) for count in counts))


def look_up(rule):
    """Return the function that pays each agent rule(x, capacity) for the x guests of its night."""

    def pay(nights, capacity):
        guests = np.bincount(nights)
        return rule(guests * 1.0, capacity)[nights]

    return pay


def value(guests, capacity):
    """Compute what nights are worth."""
    return guests * np.exp(-guests / capacity)


def empty_every_night(nights, capacity):
    """The idea that a guest is missing on every night that has some."""
    guests = np.bincount(nights) * 1.0
    without = np.maximum(guests - 1, 0)
    return np.full(len(nights), (value(guests, capacity) - value(without, capacity)).sum())


DIFFERENCE_MISCONCEPTIONS = (
    Misconception(
        look_up(value),
        "You return the worth of the agent's night: the local reward. Subtract what the night is worth without it.",
    ),
    Misconception(
        look_up(lambda guests, capacity: np.exp(-guests / capacity)),
        "Your numbers are what one guest has of a night as full as it is. Without the agent it is less full too, and "
        "the others gain: x - 1 stands in both places of the formula.",
    ),
    Misconception(
        lambda nights, capacity: np.full(len(nights), worth_of(nights.tolist(), capacity)),
        "You return the worth of all nights: the global reward. Subtract what they are worth without the agent.",
    ),
    Misconception(
        look_up(lambda guests, capacity: value(guests + 1, capacity) - value(guests, capacity)),
        "You ask what one guest *more* would bring. The agent is there already: compare with one guest less.",
    ),
    Misconception(
        look_up(lambda guests, capacity: value(guests - 1, capacity) - value(guests, capacity)),
        "Your rewards have the wrong sign: the worth with the agent, minus the worth without it.",
    ),
    Misconception(
        look_up(lambda guests, capacity: value(guests, capacity) - guests * np.exp(-(guests - 1) / capacity)),
        "Without the agent there is a guest less to count too: x - 1 stands in both places of the formula.",
    ),
    Misconception(
        lambda nights, capacity: look_up(
            lambda guests, capacity: value(guests, capacity) - value(guests - 1, capacity)
        )(0 * nights, capacity),
        "You count all agents as guests of one night. `np.bincount(nights)` counts each night.",
    ),
    Misconception(
        empty_every_night,
        "You take a guest away from *every* night. If an agent stays at home, its own night alone has one less.",
    ),
    Misconception(
        look_up(lambda guests, capacity: value(guests, 5.0) - value(guests - 1, 5.0)),
        "You divide by 5, whatever the `capacity` is.",
    ),
    Misconception(
        look_up(
            lambda guests, capacity: (
                guests * np.exp(-guests * capacity) - (guests - 1) * np.exp(-(guests - 1) * capacity)
            )
        ),
        "You multiply by `capacity` in the exponent. Divide by it.",
    ),
    Misconception(
        look_up(
            lambda guests, capacity: guests * np.exp(guests / capacity) - (guests - 1) * np.exp((guests - 1) / capacity)
        ),
        "The exponent of your formula lacks its minus: a full night is worth less.",
    ),
)
