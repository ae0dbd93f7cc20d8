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


def empty_the_empty_too(nights, capacity):
    """The same, for nights without guests as well."""
    guests = np.bincount(nights) * 1.0
    return np.full(len(nights), (value(guests, capacity) - value(guests - 1, capacity)).sum())


def never_come_back(nights, capacity):
    """The idea of a loop that takes each agent away, and does not put it back: compared with the full crowd."""
    everybody = worth_of(nights.tolist(), capacity)
    return np.array([everybody - worth_of(nights[agent + 1 :].tolist(), capacity) for agent in range(len(nights))])


def leave_one_by_one(nights, capacity):
    """The same, compared with the crowd that is left."""
    left = [worth_of(nights[agent:].tolist(), capacity) for agent in range(len(nights) + 1)]
    return -np.diff(left)


NEVER_BACK = (
    "Who stayed at home once is missing for all later agents too. Put each one back before the next stays at home."
)


def subtract_the_night_before(nights, capacity):
    """The idea that one less is the night before; from night 0 it is the last one."""
    worth = value(np.bincount(nights), capacity)
    return worth[nights] - worth[nights - 1]


ONE_FIXED = "One of your two exponents divides by 5, whatever the `capacity` is."

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
    Misconception(look_up(lambda guests, capacity: value(guests, capacity) - value(guests - 1, 5.0)), ONE_FIXED),
    Misconception(look_up(lambda guests, capacity: value(guests, 5.0) - value(guests - 1, capacity)), ONE_FIXED),
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
    Misconception(
        empty_the_empty_too,
        "You take a guest away from *every* night. If an agent stays at home, its own night alone has one less.",
    ),
    Misconception(never_come_back, NEVER_BACK),
    Misconception(leave_one_by_one, NEVER_BACK),
    Misconception(
        look_up(lambda guests, capacity: (value(guests, capacity) - value(guests - 1, capacity)) / guests),
        "You share the difference out among the guests of the night. Each of them makes all of it.",
    ),
    Misconception(
        look_up(lambda guests, capacity: (1 - guests / capacity) * np.exp(-guests / capacity)),
        "You take the slope of the formula at x. An agent is a whole guest: compare x guests with x - 1.",
    ),
    Misconception(
        look_up(lambda guests, capacity: value(guests, capacity) - guests - np.exp(-(guests - 1) / capacity)),
        "x - 1 lacks its brackets in your formula, so that only the 1 is multiplied: `(guests - 1) * …`.",
    ),
    Misconception(
        look_up(lambda guests, capacity: value(guests, capacity) - guests - np.exp(-guests - 1 / capacity)),
        "x - 1 lacks its brackets: `(x - 1) * np.exp(-(x - 1) / capacity)`.",
    ),
    Misconception(
        look_up(lambda guests, capacity: value(guests, capacity) - (guests - 1) * np.exp(-guests - 1 / capacity)),
        "Your second exponent is -x - 1/capacity. One guest less makes it -(x - 1)/capacity: mind the brackets.",
    ),
    Misconception(
        look_up(lambda guests, capacity: value(guests, capacity) - (guests - 1) * np.exp(-(guests - 1 / capacity))),
        "Your second exponent is -x + 1/capacity. One guest less makes it -(x - 1)/capacity: mind the brackets.",
    ),
    Misconception(
        look_up(lambda guests, capacity: value(guests, capacity) - (guests - 1) * np.exp((-guests - 1) / capacity)),
        "Your second exponent is (-x - 1)/capacity, as with a guest *more*. One less makes it -(x - 1)/capacity.",
    ),
    Misconception(
        lambda nights, capacity: value(nights, capacity) - value(nights - 1, capacity),
        "You put the *numbers* of the nights into the formula. It asks for their guests: `np.bincount(nights)`.",
    ),
    Misconception(
        subtract_the_night_before,
        "You subtract the worth of the night before, as at `[nights - 1]`. One *guest* less on the same night: put "
        "x - 1 into the formula.",
    ),
    Misconception(
        lambda nights, capacity: worth_of(nights.tolist(), capacity) - look_up(value)(nights, capacity),
        "You return what all the *other* nights are worth. Compare the agent's own night with and without it.",
    ),
)
