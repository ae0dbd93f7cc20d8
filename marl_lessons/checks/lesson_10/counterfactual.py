"""Exercise 10.4: what my own action added, beside what the others did."""

import numpy as np

from marl_lessons.checks.lesson_10.counterfactual_ideas import PART_MISCONCEPTIONS, compare_one_by_one
from marl_lessons.exercises.judging.cases import keep_cases
from marl_lessons.exercises.judging.domains import (
    NUMBERS,
    POLICIES,
    Domain,
    Parameter,
    has_length,
    is_array,
    is_longer_than,
    is_one_policy,
    is_whole,
)
from marl_lessons.exercises.judging.drawing import (
    NUMBER_STYLES,
    POLICY_STYLES,
    draw_numbers,
    draw_policy,
    draw_shapes,
)
from marl_lessons.exercises.judging.expect import expect_agreement
from marl_lessons.exercises.judging.kinds import expect_array
from marl_lessons.exercises.specification import Check, Exercise


def counterfactual_advantages(would_pay, policy, actions):
    """Return how much more each play paid than I bring on average: (K, A), (A,), (K,) -> (K,)."""
    paid = would_pay[np.arange(len(actions)), actions]
    return paid - would_pay @ policy


@keep_cases
def draw_plays(rng, policy_styles):
    """The docstring's case in whole numbers and in decimals, then random ones; policy_styles: of my policy."""
    would_pay, even, actions = np.array([[4, 2], [0, 2]]), np.array([0.5, 0.5]), np.array([0, 0])
    cases = [(would_pay, even, actions), (1.0 * would_pay, even, actions)]
    shapes = [(1, 2), (2, 2), (3, 3), (2, 3), (2, 1), *draw_shapes(rng, (1, 1), (5, 4), times=45)]
    for index, (plays, num_actions) in enumerate(shapes):
        would_pay = draw_numbers(rng, (plays, num_actions), NUMBER_STYLES[index % 4])
        policy = draw_policy(rng, num_actions, policy_styles[index // 2 % len(policy_styles)])
        cases.append((would_pay, policy, rng.integers(num_actions, size=plays)))
    return cases


def returns_one_number_per_play(answer, rng):
    would_pay = draw_numbers(rng, (3, 2), "fractions")
    result = answer(would_pay, np.array([0.25, 0.75]), np.array([1, 0, 1]))
    expect_array(result, (3,), "an advantage for each of 3 plays")


def subtracts_my_own_average(answer, rng):
    expect_agreement(answer, draw_plays(rng, POLICY_STYLES), compare_one_by_one, PART_MISCONCEPTIONS)


def follows_a_policy_that_is_certain(answer, rng):
    expect_agreement(
        answer,
        draw_plays(rng, ("certain", "certain in whole numbers"))[2:],
        compare_one_by_one,
        PART_MISCONCEPTIONS,
        evidence=lambda: draw_plays(rng, POLICY_STYLES),
    )


def are_plays(would_pay, policy, actions):
    """Tell whether each play has an action, and each action a column and a probability."""
    plays, num_actions = would_pay.shape
    fits = len(actions) == plays and len(policy) == num_actions
    return fits and bool((actions >= 0).all()) and actions.max() < num_actions


DOMAIN = Domain(
    parameters=(
        Parameter(
            "would_pay",
            is_array(None, None),
            NUMBERS
            | {
                "has one play": has_length(0, 1),
                "has more than two plays": is_longer_than(2),
                "has one action": has_length(1, 1),
                "has more than two actions": is_longer_than(2, axis=1),
            },
        ),
        Parameter(
            "policy",
            is_one_policy,
            POLICIES,
        ),
        Parameter("actions", lambda value: is_array(None)(value) and is_whole(value)),
    ),
    fit=are_plays,
    corners={
        "there are as many plays as actions": lambda would_pay, *others: would_pay.shape[0] == would_pay.shape[1],
        "an action has probability 0": lambda would_pay, policy, actions: bool((policy[actions] == 0).any()),
        "all plays took the same action": lambda would_pay, policy, actions: np.ptp(actions) == 0,
    },
)

EXERCISE = Exercise(
    id="10.4",
    title="What was my part?",
    reference=counterfactual_advantages,
    checks=(
        Check("returns one number for each play", returns_one_number_per_play),
        Check("subtracts what I bring on average beside the same partners", subtracts_my_own_average),
        Check("works where I am certain of an action", follows_a_policy_that_is_certain),
    ),
    hints=(
        "In each play, which entry of its row is what the play really paid?",
        "`would_pay[np.arange(len(actions)), actions]` takes these entries. What would the row bring on average, if "
        "you drew your action by `policy`?",
        "`would_pay @ policy` is that average, one for each play. Subtract it from what the plays paid.",
    ),
    explanation="What the others did is in both numbers, and cancels out. What is left is your own part. The average "
    "does not depend on what you did, so that the mean of the gradient stays.",
    domain=DOMAIN,
)
