"""Exercise 10.2: how an agent's expected payoff changes with each of its preferences."""

import numpy as np

from marl_lessons.checks.lesson_10.payoff_gradient_ideas import PAYOFF_MISCONCEPTIONS, nudge_each_preference
from marl_lessons.exercises.judging.cases import keep_cases
from marl_lessons.exercises.judging.domains import (
    POLICIES,
    TABLES,
    Domain,
    Parameter,
    is_array,
    is_one_policy,
)
from marl_lessons.exercises.judging.drawing import NUMBER_STYLES, POLICY_STYLES, draw_numbers, draw_policy
from marl_lessons.exercises.judging.expect import expect_agreement
from marl_lessons.exercises.judging.kinds import expect_array
from marl_lessons.exercises.specification import Check, Exercise

SHAPES = ((1, 2), (2, 1), (2, 2), (2, 3), (3, 2), (3, 3), (4, 2), (2, 4), (1, 1), (3, 4))


def payoff_gradient(payoffs, policy, partner_policy):
    """Return how my expected payoff changes with each of my preferences: (A, B), (A,), (B,) -> (A,)."""
    values = payoffs @ partner_policy
    return policy * (values - policy @ values)


@keep_cases
def draw_games(rng, own_styles):
    """The docstring's case in whole numbers and in decimals, then random ones; own_styles: of the agent's policy."""
    gates, even = np.array([[11, -30], [-30, 7]]), np.array([0.5, 0.5])
    cases = [(gates, even, even), (1.0 * gates, even, even)]
    for index in range(60):
        rows, columns = SHAPES[index % 10]
        payoffs = draw_numbers(rng, (rows, columns), NUMBER_STYLES[index % 4])
        own = draw_policy(rng, rows, own_styles[index // 3 % len(own_styles)])
        cases.append((payoffs, own, draw_policy(rng, columns, POLICY_STYLES[index // 2 % 6])))
    return cases


def returns_one_slope_per_action(answer, rng):
    payoffs = draw_numbers(rng, (2, 3), "fractions")
    result = answer(payoffs, np.array([0.25, 0.75]), np.array([0.5, 0.25, 0.25]))
    expect_array(result, (2,), "a slope for each of your 2 actions")


def agrees_with_nudges(answer, rng):
    expect_agreement(answer, draw_games(rng, POLICY_STYLES), nudge_each_preference, PAYOFF_MISCONCEPTIONS)


def stands_still_where_the_policy_is_certain(answer, rng):
    expect_agreement(
        answer,
        draw_games(rng, ("certain", "certain in whole numbers"))[2:],
        nudge_each_preference,
        PAYOFF_MISCONCEPTIONS,
        evidence=lambda: draw_games(rng, POLICY_STYLES),
    )


DOMAIN = Domain(
    parameters=(
        Parameter(
            "payoffs",
            is_array(None, None),
            TABLES,
        ),
        Parameter("policy", is_one_policy, POLICIES),
        Parameter("partner_policy", is_one_policy, POLICIES),
    ),
    fit=lambda payoffs, policy, partner_policy: payoffs.shape == (len(policy), len(partner_policy)),
    corners={"the table is square": lambda payoffs, *policies: payoffs.shape[0] == payoffs.shape[1]},
)

EXERCISE = Exercise(
    id="10.2",
    title="Which way is up?",
    reference=payoff_gradient,
    checks=(
        Check("returns a slope for each of your actions", returns_one_slope_per_action),
        Check("agrees with what a small nudge of each preference brings", agrees_with_nudges),
        Check("is 0 where you are certain already", stands_still_where_the_policy_is_certain),
    ),
    hints=(
        "What is each of your actions worth beside the partner's policy? That was exercise 1.2.",
        "`values = payoffs @ partner_policy`. Your average J weighs these values by your own probabilities: `policy @ "
        "values`.",
        "Subtract J from the values, and multiply the differences by your probabilities, entry by entry.",
    ),
    explanation="The check nudged each preference a little, and looked how much more you earn: no formula. Slopes sum "
    "to 0, and an action that is never played has slope 0, however good it is.",
    domain=DOMAIN,
)
