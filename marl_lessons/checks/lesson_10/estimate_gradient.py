"""Exercise 10.3: the gradient that a batch of plays suggests to each agent of a team."""

import numpy as np

from marl_lessons.checks.lesson_10.estimate_gradient_ideas import ESTIMATE_MISCONCEPTIONS, average_one_by_one
from marl_lessons.exercises.judging.cases import keep_cases
from marl_lessons.exercises.judging.domains import (
    NUMBERS,
    POLICIES,
    Domain,
    Parameter,
    equals,
    has_length,
    is_array,
    is_longer_than,
    is_number,
    is_policy,
    is_whole,
)
from marl_lessons.exercises.judging.drawing import NUMBER_STYLES, POLICY_STYLES, draw_numbers, draw_policy
from marl_lessons.exercises.judging.expect import expect_agreement
from marl_lessons.exercises.judging.kinds import expect_array
from marl_lessons.exercises.specification import Check, Exercise

# plays, agents, actions
SHAPES = ((1, 1, 2), (2, 2, 2), (3, 2, 2), (2, 3, 2), (1, 2, 3), (3, 3, 3), (4, 1, 3), (2, 2, 1), (5, 4, 2), (3, 2, 4))


def estimate_gradient(policies, actions, payoffs, baseline):
    """Return the gradient that a batch of plays suggests: (N, A), (K, N), (K,), a number -> (N, A)."""
    log_gradients = np.eye(policies.shape[1])[actions] - policies
    return ((payoffs - baseline)[:, None, None] * log_gradients).mean(axis=0)


@keep_cases
def draw_batches(rng, draw_baseline):
    """The docstring's case in whole numbers and in decimals, then random ones; draw_baseline(rng, payoffs, index)."""
    policies, actions, payoffs = np.array([[0.5, 0.5]]), np.array([[0], [1]]), np.array([3, 1])
    cases = [(policies, actions, payoffs, 1), (policies, actions, 1.0 * payoffs, 1.0)]
    for index in range(50):
        plays, agents, num_actions = SHAPES[index % 10]
        policies = np.stack([draw_policy(rng, num_actions, POLICY_STYLES[index // 2 % 6]) for _ in range(agents)])
        payoffs = draw_numbers(rng, (plays,), NUMBER_STYLES[index % 4])
        actions = rng.integers(num_actions, size=(plays, agents))
        cases.append((policies, actions, payoffs, draw_baseline(rng, payoffs, index)))
    return cases


def draw_any_baseline(rng, payoffs, index):
    """Draw a number, at times 0 or one of the payoffs."""
    return (round(float(rng.normal(scale=3)), 2), 0, float(payoffs[0]), round(float(rng.normal(scale=3)), 2))[index % 4]


def draw_no_baseline(rng, payoffs, index):
    """Return 0, whole or decimal."""
    return (0, 0.0)[index % 2]


def returns_a_row_for_each_agent(answer, rng):
    policies = np.stack([draw_policy(rng, 2, "mixed") for _ in range(3)])
    batch = rng.integers(2, size=(4, 3)), draw_numbers(rng, (4,), "fractions")
    expect_array(answer(policies, *batch, 0.5), (3, 2), "a row for each of 3 agents, an entry for each action")


def averages_over_the_plays(answer, rng):
    expect_agreement(answer, draw_batches(rng, draw_any_baseline), average_one_by_one, ESTIMATE_MISCONCEPTIONS)


def works_without_a_baseline(answer, rng):
    expect_agreement(
        answer,
        draw_batches(rng, draw_no_baseline)[2:],
        average_one_by_one,
        ESTIMATE_MISCONCEPTIONS,
        evidence=lambda: draw_batches(rng, draw_any_baseline),
    )


def is_batch(policies, actions, payoffs, baseline):
    """Tell whether every agent has an action in every play, and every play has a payoff."""
    num_agents, num_actions = policies.shape
    fits = actions.shape == (len(payoffs), num_agents)
    return fits and bool((actions >= 0).all()) and actions.max() < num_actions


DOMAIN = Domain(
    parameters=(
        Parameter(
            "policies",
            lambda value: is_array(None, None)(value) and is_policy(value),
            POLICIES
            | {
                "has one agent": has_length(0, 1),
                "has more than two agents": is_longer_than(2),
                "has one action": has_length(1, 1),
                "has more than two actions": is_longer_than(2, axis=1),
            },
        ),
        Parameter(
            "actions",
            lambda value: is_array(None, None)(value) and is_whole(value),
            {"has one play": has_length(0, 1), "has more than two plays": is_longer_than(2)},
        ),
        Parameter("payoffs", is_array(None), NUMBERS),
        Parameter("baseline", is_number, {"is 0": equals(0), "is below 0": lambda value: value < 0}),
    ),
    fit=is_batch,
    corners={
        "there are as many plays as agents": lambda policies, actions, *others: actions.shape[0] == actions.shape[1],
        "a payoff equals the baseline": lambda policies, actions, payoffs, baseline: bool((payoffs == baseline).any()),
    },
)

EXERCISE = Exercise(
    id="10.3",
    title="A gradient from plays",
    reference=estimate_gradient,
    checks=(
        Check("returns a row for each agent", returns_a_row_for_each_agent),
        Check("averages over the plays how each log-gradient was rewarded", averages_over_the_plays),
        Check("works without a baseline", works_without_a_baseline),
    ),
    hints=(
        "What would the estimate be if there were one play only? Which number multiplies the log-gradient of an agent?",
        "`np.eye(A)[actions]` works for an array (K, N) as well, and gives (K, N, A). Subtract `policies`: the log-"
        "gradients of all plays and agents.",
        "Multiply them by `(payoffs - baseline)[:, None, None]`, and take the mean over the plays: `.mean(axis=0)`.",
    ),
    explanation="Every agent is paid the same for its own action: the team's payoff minus the baseline. That is where "
    "the noise of the others comes in.",
    domain=DOMAIN,
)
