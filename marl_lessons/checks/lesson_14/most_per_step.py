"""Exercise 14.1: the most that a worker of a large team can earn in a step, a small linear program."""

import numpy as np

from marl_lessons.checks.lesson_14.most_per_step_ideas import BOUND_MISCONCEPTIONS, try_the_corners
from marl_lessons.exercises.judging.cases import keep_cases
from marl_lessons.exercises.judging.domains import Domain, Parameter, equals, is_int, is_number
from marl_lessons.exercises.judging.expect import expect_agreement
from marl_lessons.exercises.judging.kinds import expect_number
from marl_lessons.exercises.specification import Check, Exercise

NOTHING = (0, 0.0)


def most_per_step(light_rate, heavy_rate, heavy_pay):
    """Return the most that one worker of a large team can earn in a step: three numbers -> a number."""
    heavy = min(heavy_rate, 1 / 2)
    light = min(light_rate, 1 - 2 * heavy)
    return light + heavy_pay * heavy


@keep_cases
def draw_rates(rng, kind):
    """Cases with "enough workers" or with "too few"; the docstring's cases among them."""
    if kind == "enough workers":
        cases = [(0.3, 0.35, 4), (0.3, 0.35, 4.0), (0.3, 0.05, 4), (0, 0, 3), (1, 0, 5.5), (0, 0.5, 2), (0.2, 0.1, 2.5)]
        for _ in range(20):
            heavy = int(rng.integers(1, 46)) / 100
            light = int(rng.integers(1, round(100 - 200 * heavy))) / 100
            cases.append((light, heavy, int(rng.integers(4, 15)) / (1, 2)[rng.integers(2)]))
        return cases
    pays = (4, 2.0, 2.5, 3, 2, 10.0)
    cases = [(0.3, 0.65, 4), (0.3, 0.65, 4.0), (1, 1, 2.5), (2, 0, 2), (0, 2, 2.0)]
    for index in range(30):
        light, heavy = rng.integers(40, 160) / 100, rng.integers(20, 120) / 100
        if index % 3 == 2:  # one is enough by itself, and the other is cut
            light, heavy = ((0.9, 0.3), (0.4, 0.7), (1.2, 0.05))[index // 3 % 3]
        cases.append((float(light), float(heavy), pays[index % len(pays)]))
    return cases


def returns_one_number(answer, rng):
    expect_number(answer(0.3, 0.35, 4))


def serves_all_where_workers_are_enough(answer, rng):
    _expect_bound(answer, "enough workers", rng)


def serves_first_what_pays_a_worker_more(answer, rng):
    _expect_bound(answer, "too few", rng)


def _expect_bound(answer, kind, rng):
    other = "too few" if kind == "enough workers" else "enough workers"
    expect_agreement(
        answer,
        draw_rates(rng, kind),
        try_the_corners,
        BOUND_MISCONCEPTIONS,
        evidence=lambda: draw_rates(rng, other),
    )


def is_amount(value):
    """Tell whether a value is a number from 0 up."""
    return is_number(value) and value >= 0


RATES = {"is 0": equals(0), "is above 1": lambda value: value > 1, "is a whole number by its type": is_int}

DOMAIN = Domain(
    parameters=(
        Parameter("light_rate", is_amount, RATES),
        Parameter("heavy_rate", is_amount, RATES | {"is above 1/2": lambda value: value > 1 / 2}),
        Parameter(
            "heavy_pay",
            lambda value: is_number(value) and value >= 2,
            {
                "is 2": equals(2),
                "is a whole number by its type": is_int,
            },
        ),
    ),
    corners={
        "there are more tasks than workers can do": lambda light, heavy, pay: light + 2 * heavy > 1 + 1e-9,
        "there is exactly as much work as workers": lambda light, heavy, pay: bool(np.isclose(light + 2 * heavy, 1)),
    },
)

EXERCISE = Exercise(
    id="14.1",
    title="The most that can be earned",
    reference=most_per_step,
    checks=(
        Check("returns one number", returns_one_number),
        Check("serves all that comes where workers are enough", serves_all_where_workers_are_enough),
        Check("serves first what pays a worker more", serves_first_what_pays_a_worker_more),
    ),
    hints=(
        "A heavy task takes two workers, and pays each of them 1 or more. Which kind comes first? How much of it can "
        "one worker-step do?",
        "Heavy tasks first: as many as come, and at most 1/2. What they leave of the worker-step goes to light ones.",
        "`heavy = min(heavy_rate, 1 / 2)`, then `light = min(light_rate, 1 - 2 * heavy)`.",
    ),
    explanation="What counts is the pay of a worker-step: 1 at a light task, half its pay at a heavy one. Two kinds of "
    "tasks, one limit that they share: the better one first, and no other mixture pays more.",
    domain=DOMAIN,
)
