"""Exercise 9.4: what a crowd would miss without each of its agents."""

import numpy as np

from marl_lessons.checks.lesson_09.difference_ideas import DIFFERENCE_MISCONCEPTIONS, stay_at_home
from marl_lessons.exercises.judging.cases import keep_cases
from marl_lessons.exercises.judging.domains import (
    Domain,
    Parameter,
    equals,
    has_length,
    is_array,
    is_longer_than,
    is_number,
)
from marl_lessons.exercises.judging.expect import expect_agreement
from marl_lessons.exercises.judging.kinds import expect_array
from marl_lessons.exercises.specification import Check, Exercise

SIZES = (2, 1, 3, 5, 4, 9, 1, 12, 3)


def difference_rewards(nights, capacity):
    """Return by how much the worth of all nights falls if an agent stays at home: (N,) and a number -> (N,)."""
    guests = np.bincount(nights)
    worth = guests * np.exp(-guests / capacity)
    one_less = (guests - 1) * np.exp(-(guests - 1) / capacity)
    return (worth - one_less)[nights]


@keep_cases
def draw_evenings(rng, spread):
    """The docstring's evening, then random ones; spread: how many nights there are at most."""
    cases = [(np.array([0, 0, 1][: 3 if spread > 1 else 2]), 1)]
    for index, size in enumerate(SIZES * 6):
        num_nights = 1 + index % spread
        nights = rng.integers(num_nights, size=size)
        if index % 3 == 2 and spread > 1:
            nights = nights * 2 + 1  # night 0 stays empty, and others do
        capacity = (1.0, 2, 5.0, 0.5, round(float(rng.uniform(0.6, 8)), 1))[index % 5]
        cases.append((nights, capacity))
    return cases


def returns_one_number_for_each_agent(answer, rng):
    expect_array(answer(rng.permutation([0, 0, 1, 2, 2]), 2.0), (5,), "one for each of 5 agents")


def takes_one_guest_away_where_all_come_together(answer, rng):
    _expect_rewards(answer, draw_evenings(rng, 1), rng)


def looks_at_each_agent_s_own_night(answer, rng):
    _expect_rewards(answer, draw_evenings(rng, 5), rng)


def _expect_rewards(answer, cases, rng):
    expect_agreement(answer, cases, stay_at_home, DIFFERENCE_MISCONCEPTIONS, evidence=lambda: draw_evenings(rng, 5))


def is_nights(value):
    """Tell whether a value is a row of whole numbers from 0 on."""
    return is_array(None)(value) and value.dtype.kind in "iu" and bool((value >= 0).all())


DOMAIN = Domain(
    parameters=(
        Parameter(
            "nights",
            is_nights,
            {
                "has one entry": has_length(0, 1),
                "has more than two entries": is_longer_than(2),
                "names one night only": lambda nights: len(set(nights.tolist())) == 1,
                "leaves night 0 empty": lambda nights: not (nights == 0).any(),
                "names a night twice": lambda nights: len(set(nights.tolist())) < len(nights),
                "is not sorted": lambda nights: bool((np.diff(nights) < 0).any()),
            },
        ),
        Parameter(
            "capacity",
            lambda value: is_number(value) and value > 0,
            {
                "is 1": equals(1),
                "is below 1": lambda value: value < 1,
                "is a whole number by its type": lambda value: isinstance(value, int),
            },
        ),
    ),
)

EXERCISE = Exercise(
    id="9.4",
    title="The difference reward",
    reference=difference_rewards,
    checks=(
        Check("returns one number for each agent", returns_one_number_for_each_agent),
        Check("takes one guest away where all come together", takes_one_guest_away_where_all_come_together),
        Check("looks at each agent's own night", looks_at_each_agent_s_own_night),
    ),
    hints=(
        "Agent 0 comes with two others on its night. What is that night worth with three guests, and what with two?",
        "`guests = np.bincount(nights)` counts each night. Compute its worth with `guests`, and with `guests - 1`.",
        "The difference of the two is a number for each night; `(worth - one_less)[nights]` looks it up for agents.",
    ),
    explanation="All other nights stay as they are, so their worth cancels. What is left depends on how full the "
    "agent's night is, and on nothing else: that makes it clear. And since the others' worth without me does not "
    "depend on me, what raises my reward raises the worth of all nights by as much.",
    domain=DOMAIN,
)
