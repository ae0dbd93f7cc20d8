"""Exercise 10.1: how the log-probability of the action played changes with each preference."""

import numpy as np

from marl_lessons.checks.lesson_10.log_gradient_ideas import LOG_MISCONCEPTIONS, differentiate_one_by_one
from marl_lessons.exercises.judging.cases import keep_cases
from marl_lessons.exercises.judging.domains import (
    POLICIES,
    Domain,
    Parameter,
    has_length,
    is_array,
    is_longer_than,
    is_policy,
    is_whole,
)
from marl_lessons.exercises.judging.drawing import POLICY_STYLES, draw_policy, draw_shapes
from marl_lessons.exercises.judging.expect import expect_agreement
from marl_lessons.exercises.judging.kinds import expect_array
from marl_lessons.exercises.specification import Check, Exercise


def log_gradient(policies, actions):
    """Return how the log-probability of the action played changes with each preference: (R, A), (R,) -> (R, A).

    The action played may be one of probability 0.
    """
    return np.eye(policies.shape[1])[actions] - policies


@keep_cases
def draw_actions(rng, is_played):
    """The docstring's case, with the other action too, then random ones; is_played(rng, policies) draws the actions."""
    cases = [(np.array([[0.75, 0.25]]), np.array([action])) for action in (1, 0)]
    shapes = [(1, 2), (2, 2), (3, 3), (2, 3), (2, 1), *draw_shapes(rng, (1, 1), (4, 4), times=35)]
    for index, (runs, num_actions) in enumerate(shapes):
        style = POLICY_STYLES[index % 6]
        is_bare = num_actions == 1 or style.startswith("certain")  # as the smallest case shown it would teach little
        runs = max(runs, 2) if is_bare else runs
        policies = np.stack([draw_policy(rng, num_actions, style) for _ in range(runs)])
        cases.append((policies, is_played(rng, policies)))
    return cases


def play_any(rng, policies):
    """Draw any action in each run."""
    return rng.integers(policies.shape[1], size=len(policies))


def play_likeliest(rng, policies):
    """Take the likeliest action in each run."""
    return policies.argmax(axis=1)


def returns_a_row_for_each_run(answer, rng):
    policies = np.stack([draw_policy(rng, 2, "mixed") for _ in range(3)])
    expect_array(answer(policies, np.array([1, 0, 1])), (3, 2), "a row for each of 3 runs, an entry for each action")


def raises_what_was_played(answer, rng):
    expect_agreement(answer, draw_actions(rng, play_any), differentiate_one_by_one, LOG_MISCONCEPTIONS)


def takes_small_steps_where_nothing_is_new(answer, rng):
    expect_agreement(
        answer,
        draw_actions(rng, play_likeliest)[1:],
        differentiate_one_by_one,
        LOG_MISCONCEPTIONS,
        evidence=lambda: draw_actions(rng, play_any),
    )


def are_actions_of(policies, actions):
    """Tell whether each run has an action, one of its policy's."""
    return len(actions) == len(policies) and bool((actions >= 0).all()) and actions.max() < policies.shape[1]


DOMAIN = Domain(
    parameters=(
        Parameter(
            "policies",
            lambda value: is_array(None, None)(value) and is_policy(value),
            POLICIES
            | {
                "has one run": has_length(0, 1),
                "has more than two runs": is_longer_than(2),
                "has one action": has_length(1, 1),
                "has more than two actions": is_longer_than(2, axis=1),
            },
        ),
        Parameter("actions", lambda value: is_array(None)(value) and is_whole(value)),
    ),
    fit=are_actions_of,
    corners={
        "there are as many runs as actions": lambda policies, actions: policies.shape[0] == policies.shape[1],
        "an action has probability 0": lambda policies, actions: bool(
            (policies[np.arange(len(actions)), actions] == 0).any()
        ),
        "all runs play the same": lambda policies, actions: np.ptp(actions) == 0,
    },
)

EXERCISE = Exercise(
    id="10.1",
    title="The way to more of this",
    reference=log_gradient,
    checks=(
        Check("returns a row for each run", returns_a_row_for_each_run),
        Check("raises the action played and lowers the others", raises_what_was_played),
        Check("takes small steps toward what is likely anyway", takes_small_steps_where_nothing_is_new),
    ),
    hints=(
        "What is [a = b] for each action b of one run, as a row of numbers?",
        "`np.eye(A)[actions]` gives these rows for all runs, where A is `policies.shape[1]`.",
        "Subtract the probabilities from these rows. Both arrays have shape (R, A).",
    ),
    explanation="A row sums to 0: what one preference gains, the others lose. If actions are drawn from the policy, "
    "the mean of the rows is 0 as well; that is why a baseline takes nothing away.",
    domain=DOMAIN,
    returns_new=True,
)
