"""Exercise 15.3: every team's worker 0 beside every team's worker 1."""

import numpy as np

from marl_lessons.checks.lesson_15.pairs_ideas import PAIR_MISCONCEPTIONS, pair_one_by_one
from marl_lessons.exercises.judging.cases import keep_cases
from marl_lessons.exercises.judging.domains import (
    POLICIES,
    Domain,
    Parameter,
    has_length,
    is_array,
    is_longer_than,
    is_policy,
)
from marl_lessons.exercises.judging.drawing import POLICY_STYLES, draw_policy
from marl_lessons.exercises.judging.expect import expect_agreement
from marl_lessons.exercises.judging.kinds import expect_array
from marl_lessons.exercises.specification import Check, Exercise

# Teams that give worker 0, teams that give worker 1, states, actions.
SHAPES = (
    (1, 2, 1, 2),
    (2, 1, 2, 3),
    (2, 2, 2, 2),
    (3, 2, 1, 2),
    (2, 3, 4, 3),
    (1, 1, 3, 2),
    (3, 3, 2, 1),
    (1, 4, 2, 4),
)


def pair_everybody(first, second):
    """Return the joint policies of all pairs: (R, S, A), (K, S, A) -> (R, K, S, A, A)."""
    return first[:, None, :, :, None] * second[None, :, :, None, :]


@keep_cases
def draw_teams(rng, policy_styles):
    """The docstring's case, where it fits, then random ones."""
    cases = []
    if "mixed" in policy_styles:
        cases = [(np.array([[[0.5, 0.5]]]), np.array([[[1, 0]], [[0, 1]]]))]
    for index in range(24):
        teams, others, states, actions = SHAPES[index % 8]
        style = policy_styles[index // 2 % len(policy_styles)]
        other = policy_styles[(index // 2 + index // 8) % len(policy_styles)]
        cases.append(
            (draw_workers(rng, teams, states, actions, style), draw_workers(rng, others, states, actions, other))
        )
    return cases


def draw_workers(rng, teams, states, actions, style):
    """Draw the policies (R, S, A) of a worker in each of R teams."""
    return np.array([[draw_policy(rng, actions, style) for _ in range(states)] for _ in range(teams)])


def returns_joint_policies(answer, rng):
    first, second = draw_workers(rng, 2, 4, 3, "mixed"), draw_workers(rng, 5, 4, 3, "mixed")
    meaning = "teams of worker 0, teams of worker 1, states, actions of worker 0, actions of worker 1"
    expect_array(answer(first, second), (2, 5, 4, 3, 3), meaning)


def multiplies_what_both_do(answer, rng):
    expect_agreement(answer, draw_teams(rng, POLICY_STYLES), pair_one_by_one, PAIR_MISCONCEPTIONS)


def pairs_workers_that_are_certain(answer, rng):
    expect_agreement(
        answer,
        draw_teams(rng, ("certain", "certain in whole numbers")),
        pair_one_by_one,
        PAIR_MISCONCEPTIONS,
        evidence=lambda: draw_teams(rng, POLICY_STYLES),
    )


def are_policies(value):
    """Tell whether a value holds policies (R, S, A)."""
    return is_array(None, None, None)(value) and is_policy(value)


WORKERS = POLICIES | {
    "has one team": has_length(0, 1),
    "has more than two teams": is_longer_than(2),
    "has one state": has_length(1, 1),
    "has more than two states": is_longer_than(2, axis=1),
    "has one action": has_length(2, 1),
    "has more than two actions": is_longer_than(2, axis=2),
}

DOMAIN = Domain(
    parameters=(Parameter("first", are_policies, WORKERS), Parameter("second", are_policies, WORKERS)),
    fit=lambda first, second: first.shape[1:] == second.shape[1:],
    corners={
        "there are as many teams of both": lambda first, second: len(first) == len(second),
        "there are as many states as actions": lambda first, second: first.shape[1] == first.shape[2],
    },
)

EXERCISE = Exercise(
    id="15.3",
    title="Everybody beside everybody",
    reference=pair_everybody,
    checks=(
        Check("returns a joint policy for every pair of teams", returns_joint_policies),
        Check("multiplies what both workers do", multiplies_what_both_do),
        Check("pairs workers that are certain of an action", pairs_workers_that_are_certain),
    ),
    hints=(
        "How likely is it that worker 0 does a *and* worker 1 does b, if each draws by itself?",
        "`first[:, None, :, :, None]` has the shape (R, 1, S, A, 1). Which shape does `second` need, so that the "
        "product is (R, K, S, A, A)?",
        "(1, K, S, 1, A): `second[None, :, :, None, :]`. Multiply the two.",
    ),
    explanation="NumPy repeats what has length 1, so one product makes all R · K pairs. The workers draw apart from "
    "each other: that is why probabilities are multiplied, whoever they are.",
    domain=DOMAIN,
)
