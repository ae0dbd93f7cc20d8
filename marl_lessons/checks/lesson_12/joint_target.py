"""Exercise 12.3: what a critic of joint actions expects of a step, as both agents play now."""

import numpy as np

from marl_lessons.checks.lesson_12.joint_target_ideas import TARGET_MISCONCEPTIONS, expect_next_value
from marl_lessons.exercises.judging.cases import keep_cases
from marl_lessons.exercises.judging.domains import (
    POLICIES,
    TABLES,
    Domain,
    Parameter,
    equals,
    is_array,
    is_discount,
    is_int,
    is_number,
    is_one_policy,
)
from marl_lessons.exercises.judging.drawing import NUMBER_STYLES, POLICY_STYLES, draw_numbers, draw_policy
from marl_lessons.exercises.judging.expect import expect_agreement
from marl_lessons.exercises.judging.kinds import expect_number
from marl_lessons.exercises.specification import Check, Exercise

SHAPES = ((2, 2), (1, 2), (2, 1), (2, 3), (3, 2), (3, 3), (1, 1), (2, 4), (4, 2), (3, 4))
GAMMAS = (0.9, 1.0, 0.5, 1, 0.99, 0.0, 0.8)


def joint_target(reward, next_values, my_policy, partner_policy, gamma):
    """Return what a critic of joint actions expects of a step: a number, (A, B), (A,), (B,), a number -> a number."""
    return reward + gamma * my_policy @ next_values @ partner_policy


@keep_cases
def draw_steps(rng, policy_styles):
    """The docstring's case in whole numbers and in decimals, then random ones; policy_styles: of both agents."""
    table, even = np.array([[0, 1], [1, 8]]), np.array([0.5, 0.5])
    cases = [(0, table, even, even, 0.99), (0.0, 1.0 * table, even, even, 0.99)] if "mixed" in policy_styles else []
    for index in range(50):
        rows, columns = SHAPES[index % 10]
        values = draw_numbers(rng, (rows, columns), NUMBER_STYLES[index % 4])
        mine = draw_policy(rng, rows, policy_styles[index // 2 % len(policy_styles)])
        partner = draw_policy(rng, columns, policy_styles[index // 3 % len(policy_styles)])
        reward = (round(float(rng.normal(scale=3)), 1), int(rng.integers(-5, 6)), 0, -1.5)[index % 4]
        cases.append((reward, values, mine, partner, GAMMAS[index % 7]))
    return cases


def returns_one_number(answer, rng):
    values = draw_numbers(rng, (2, 3), "fractions")
    expect_number(answer(1.5, values, np.array([0.25, 0.75]), np.array([0.5, 0.25, 0.25]), 0.9))


def averages_over_what_both_do_next(answer, rng):
    expect_agreement(answer, draw_steps(rng, POLICY_STYLES), expect_next_value, TARGET_MISCONCEPTIONS)


def looks_one_entry_up_where_both_are_certain(answer, rng):
    expect_agreement(
        answer,
        draw_steps(rng, ("certain", "certain in whole numbers")),
        expect_next_value,
        TARGET_MISCONCEPTIONS,
        evidence=lambda: draw_steps(rng, POLICY_STYLES),
    )


DOMAIN = Domain(
    parameters=(
        Parameter(
            "reward",
            is_number,
            {"is 0": equals(0), "is below 0": lambda value: value < 0, "is a whole number by its type": is_int},
        ),
        Parameter(
            "next_values",
            is_array(None, None),
            TABLES,
        ),
        Parameter("my_policy", is_one_policy, POLICIES),
        Parameter("partner_policy", is_one_policy, POLICIES),
        Parameter("gamma", is_discount, {"is 0": equals(0), "is 1": equals(1)}),
    ),
    fit=lambda reward, next_values, mine, partner, gamma: next_values.shape == (len(mine), len(partner)),
    corners={"the table is square": lambda reward, next_values, *others: next_values.shape[0] == next_values.shape[1]},
)

EXERCISE = Exercise(
    id="12.3",
    title="A target that moves",
    reference=joint_target,
    checks=(
        Check("returns one number", returns_one_number),
        Check("averages over what both do next", averages_over_what_both_do_next),
        Check("looks one entry up where both are certain", looks_one_entry_up_where_both_are_certain),
    ),
    hints=(
        "How likely is it that I play row 0 and my partner column 1? How much does that entry add to the average?",
        "`next_values @ partner_policy` gives, for each of my actions, what it brings beside my partner's policy "
        "(exercise 1.2). Then average over my own actions.",
        "`my_policy @ next_values @ partner_policy` is the average. Times gamma, plus the reward.",
    ),
    explanation="The critic may see everything, and still its target holds both policies. While they learn, it moves.",
    domain=DOMAIN,
    by_keyword=("gamma",),
)
