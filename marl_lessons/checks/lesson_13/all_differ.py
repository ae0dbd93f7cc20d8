"""Exercise 13.1: how likely agents that draw by themselves all do different things."""

import itertools

import numpy as np

from marl_lessons.checks.lesson_13.all_differ_ideas import DIFFER_MISCONCEPTIONS
from marl_lessons.checks.lesson_13.all_differ_lists import go_through_joint_actions
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
from marl_lessons.exercises.judging.kinds import expect_number
from marl_lessons.exercises.specification import Check, Exercise

MOST = 5  # agents, and actions
SQUARES = ((2, 2), (3, 3), (1, 1), (2, 2), (3, 3), (4, 4))
OTHERS = ((1, 2), (2, 3), (3, 2), (1, 3), (2, 4), (2, 1), (3, 4), (5, 3), (1, 1), (2, 5))  # agents and actions


def chance_all_differ(policies):
    """Return how likely N agents all do different things: (N, A) -> a number."""
    agents, chance = range(len(policies)), 0.0
    for actions in itertools.permutations(range(policies.shape[1]), len(policies)):
        chance += np.prod(policies[agents, actions])
    return chance


@keep_cases
def draw_teams(rng, shapes, styles):
    """The docstring's case, if it has such a shape, then random ones, (N, A) each; styles: of the policies."""
    cases = [(np.full((2, 2), 0.5),)] if (2, 2) in shapes and "mixed" in styles else []
    for index in range(30):
        num_agents, num_actions = shapes[index % len(shapes)]
        style = styles[index % len(styles)]
        policies = np.stack([draw_policy(rng, num_actions, style) for _ in range(num_agents)])
        shares = index % 4 == 3  # one policy for all
        cases.append((np.repeat(policies[:1], num_agents, axis=0) if shares else policies,))
    return cases


def returns_one_number(answer, rng):
    expect_number(answer(np.stack([draw_policy(rng, 2, "mixed") for _ in range(2)])))


def gives_every_action_to_somebody(answer, rng):
    _expect_chances(answer, draw_teams(rng, SQUARES, POLICY_STYLES), rng)


def leaves_actions_over_or_has_too_few(answer, rng):
    _expect_chances(answer, draw_teams(rng, OTHERS, POLICY_STYLES), rng)


def tells_roles_apart_where_agents_are_certain(answer, rng):
    _expect_chances(answer, draw_teams(rng, SQUARES + OTHERS, ("certain", "certain in whole numbers")), rng)


def _expect_chances(answer, cases, rng):
    expect_agreement(
        answer,
        cases,
        go_through_joint_actions,
        DIFFER_MISCONCEPTIONS,
        evidence=lambda: draw_teams(rng, SQUARES, POLICY_STYLES) + draw_teams(rng, OTHERS, POLICY_STYLES),
    )


def is_team(value):
    """Tell whether a value is the policies of a team, a row each, small enough to go through."""
    return is_array(None, None)(value) and is_policy(value) and max(value.shape) <= MOST


DOMAIN = Domain(
    parameters=(
        Parameter(
            "policies",
            is_team,
            POLICIES
            | {
                "has one agent": has_length(0, 1),
                "has more than two agents": is_longer_than(2),
                "has one action": has_length(1, 1),
                "has more than two actions": is_longer_than(2, axis=1),
                "is the same for all agents": lambda value: bool((value == value[0]).all()),
            },
        ),
    ),
    corners={
        "there are as many agents as actions": lambda policies: policies.shape[0] == policies.shape[1],
        "there are fewer agents than actions": lambda policies: policies.shape[0] < policies.shape[1],
        "there are more agents than actions": lambda policies: policies.shape[0] > policies.shape[1],
    },
)

EXERCISE = Exercise(
    id="13.1",
    title="All different",
    reference=chance_all_differ,
    checks=(
        Check("returns one number", returns_one_number),
        Check("adds up the joint actions in which all differ", gives_every_action_to_somebody),
        Check("works with fewer and with more actions than agents", leaves_actions_over_or_has_too_few),
        Check("works where agents are certain of an action", tells_roles_apart_where_agents_are_certain),
    ),
    hints=(
        "Two agents, two actions: in which joint actions do they differ, and how likely is each of these?",
        "`itertools.permutations(range(A), N)` lists the joint actions in which all differ, one action for each agent. "
        "`policies[np.arange(N), actions]` are the probabilities of one of them, a number for each agent.",
        "Begin with `chance = 0.0`, and in the loop `chance += np.prod(policies[np.arange(N), actions])`.",
    ),
    explanation="Agents draw by themselves, so that the chance of a joint action is a product; different joint actions "
    "exclude one another, so that chances add up. If all have the same row, each of the N! ways to share out N actions "
    "is equally likely, and no row makes their sum larger than N!/Nᴺ. If the rows differ, it can be 1.",
    domain=DOMAIN,
)
