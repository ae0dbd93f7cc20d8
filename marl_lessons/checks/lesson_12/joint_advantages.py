"""Exercise 12.2: what each of two agents brought, by a critic of joint actions."""

import numpy as np

from marl_lessons.checks.lesson_12.joint_advantages_ideas import JOINT_MISCONCEPTIONS, ask_the_critic
from marl_lessons.exercises.judging.cases import keep_cases
from marl_lessons.exercises.judging.domains import (
    NUMBERS,
    POLICIES,
    Domain,
    Parameter,
    has_length,
    is_array,
    is_longer_than,
    is_policy,
    is_whole,
)
from marl_lessons.exercises.judging.drawing import NUMBER_STYLES, POLICY_STYLES, draw_numbers, draw_policy
from marl_lessons.exercises.judging.expect import expect_agreement
from marl_lessons.exercises.judging.kinds import expect_array
from marl_lessons.exercises.specification import Check, Exercise

SHAPES = ((1, 2), (2, 2), (1, 3), (3, 3), (2, 3), (3, 2), (1, 1), (2, 1), (4, 2), (3, 4))  # plays and actions


def joint_advantages(joint_values, policies, actions):
    """Return how much more each of two agents brought: (K, A, A), (K, 2, A), (K, 2) -> (K, 2)."""
    plays = np.arange(len(actions))
    mine, yours = actions[:, 0], actions[:, 1]
    column, row = joint_values[plays, :, yours], joint_values[plays, mine]
    paid = joint_values[plays, mine, yours]
    averages = [(policies[:, 0] * column).sum(axis=1), (policies[:, 1] * row).sum(axis=1)]
    return np.stack([paid - average for average in averages], axis=1)


@keep_cases
def draw_plays(rng, policy_styles):
    """The docstring's case in whole numbers and in decimals, then random ones; policy_styles: of both agents."""
    values, even, actions = np.array([[[4, 2], [0, 2]]]), np.full((1, 2, 2), 0.5), np.array([[0, 1]])
    cases = [(values, even, actions), (1.0 * values, even, actions)] if "mixed" in policy_styles else []
    for index in range(40):
        plays, num_actions = SHAPES[index % 10]
        values = draw_numbers(rng, (plays, num_actions, num_actions), NUMBER_STYLES[index % 4])
        style = policy_styles[index // 2 % len(policy_styles)]
        policies = [[draw_policy(rng, num_actions, style) for _ in range(2)] for _ in range(plays)]
        cases.append((values, np.array(policies), rng.integers(num_actions, size=(plays, 2))))
    return cases


def returns_two_numbers_per_play(answer, rng):
    values = draw_numbers(rng, (4, 3, 3), "fractions")
    policies = np.array([[[0.25, 0.5, 0.25], [0.5, 0.25, 0.25]]] * 4)
    result = answer(values, policies, rng.integers(3, size=(4, 2)))
    expect_array(result, (4, 2), "an advantage for each of 2 agents in each of 4 plays")


def compares_beside_what_the_other_did(answer, rng):
    expect_agreement(answer, draw_plays(rng, POLICY_STYLES), ask_the_critic, JOINT_MISCONCEPTIONS)


def follows_agents_that_are_certain(answer, rng):
    expect_agreement(
        answer,
        draw_plays(rng, ("certain", "certain in whole numbers")),
        ask_the_critic,
        JOINT_MISCONCEPTIONS,
        evidence=lambda: draw_plays(rng, POLICY_STYLES),
    )


def are_plays(joint_values, policies, actions):
    """Tell whether each play has a table, two policies over its rows and columns, and two actions."""
    plays, num_actions = joint_values.shape[:2]
    fits = joint_values.shape[2] == num_actions and policies.shape == (plays, 2, num_actions)
    return fits and actions.shape == (plays, 2) and bool((actions >= 0).all()) and actions.max() < num_actions


def is_symmetric(joint_values, *others):
    """Tell whether all tables are the same when they are turned over."""
    return bool((joint_values == joint_values.swapaxes(1, 2)).all())


DOMAIN = Domain(
    parameters=(
        Parameter(
            "joint_values",
            is_array(None, None, None),
            NUMBERS
            | {
                "has one play": has_length(0, 1),
                "has more than two plays": is_longer_than(2),
                "has one action": has_length(1, 1),
                "has more than two actions": is_longer_than(2, axis=1),
            },
        ),
        Parameter("policies", lambda value: is_array(None, 2, None)(value) and is_policy(value), POLICIES),
        Parameter("actions", lambda value: is_array(None, 2)(value) and is_whole(value)),
    ),
    fit=are_plays,
    corners={
        "there are as many plays as actions": lambda joint_values, *others: (
            joint_values.shape[0] == joint_values.shape[1]
        ),
        "both agents did the same in all plays": lambda joint_values, policies, actions: bool(
            (actions[:, 0] == actions[:, 1]).all()
        ),
        "the tables are symmetric": is_symmetric,
    },
)

EXERCISE = Exercise(
    id="12.2",
    title="Whose doing was it?",
    reference=joint_advantages,
    checks=(
        Check("returns two numbers for each play", returns_two_numbers_per_play),
        Check(
            "compares each agent's action with its average beside what the other did",
            compares_beside_what_the_other_did,
        ),
        Check("works where agents are certain of an action", follows_agents_that_are_certain),
    ),
    hints=(
        "The other's action stays as it was. Which entries of a play's table are left for agent 0, a row or a column? "
        "And for agent 1?",
        "With `plays = np.arange(len(actions))`, `joint_values[plays, :, actions[:, 1]]` is (K, A): what each action "
        "of agent 0 brings beside what agent 1 did. For agent 1 it is `joint_values[plays, actions[:, 0]]`.",
        "Weigh each of the two by the agent's own policy and add up, `(policies[:, 0] * column).sum(axis=1)`. Subtract "
        "that from `joint_values[plays, actions[:, 0], actions[:, 1]]`, and `np.stack([…, …], axis=1)`.",
    ),
    explanation="One table judges both, and each of them differently: agent 0 by its column, agent 1 by its row. That "
    "is exercise 10.4, with what the critic learned in place of what somebody knew.",
    domain=DOMAIN,
)
