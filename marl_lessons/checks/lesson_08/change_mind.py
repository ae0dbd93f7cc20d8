"""Exercise 8.3: change your mind only for something better."""

import numpy as np

from marl_lessons.checks.lesson_08.change_mind_ideas import MIND_MISCONCEPTIONS, decide_one_by_one
from marl_lessons.exercises.judging.cases import keep_cases
from marl_lessons.exercises.judging.domains import (
    NUMBERS,
    Domain,
    Parameter,
    has_length,
    is_array,
    is_longer_than,
    is_whole,
)
from marl_lessons.exercises.judging.drawing import NUMBER_STYLES, draw_numbers, draw_shapes
from marl_lessons.exercises.judging.expect import expect_agreement
from marl_lessons.exercises.judging.kinds import expect_array
from marl_lessons.exercises.judging.mistakes import Mistake
from marl_lessons.exercises.specification import Check, Exercise


def change_mind(policy, q_values, actions, payoffs):
    """Return what each run intends to play from now on: (R,), (R, A), (R,), (R,) -> (R,)."""
    is_better = payoffs > q_values.max(axis=1)
    return np.where(is_better, actions, policy)


@keep_cases
def draw_plays(rng, draw_payoffs):
    """The docstring's case in whole numbers and in decimals, then random ones; draw_payoffs(rng, values, index)."""
    policy, values = np.array([0, 0]), np.array([[10, 2], [10, 2]])
    plays = np.array([1, 1]), np.array([10, 12])
    cases = [(policy, values, *plays), (policy, 1.0 * values, plays[0], 1.0 * plays[1])]
    shapes = draw_shapes(rng, (1, 2), (6, 5), times=40) + [(1, 2), (2, 2), (3, 3), (2, 1)] * 5
    for index, (runs, num_actions) in enumerate(shapes):
        values = draw_numbers(rng, (runs, num_actions), NUMBER_STYLES[index % 4])
        policy = rng.integers(num_actions, size=runs)
        if index % 3:
            policy = values.argmax(axis=1)
        cases.append((policy, values, rng.integers(num_actions, size=runs), draw_payoffs(rng, values, index)))
    return cases


def draw_any_payoffs(rng, values, index):
    """Draw payoffs, many of them near the best value of their run or equal to it."""
    best = values.max(axis=1)
    near = best + rng.integers(-2, 3, size=len(best))
    any_payoffs = draw_numbers(rng, best.shape, NUMBER_STYLES[index // 4 % 4])
    return (near, any_payoffs, near, best + 0.25)[index % 4].round(2)


def draw_ties(rng, values, index):
    """Return payoffs that equal the best value of their run."""
    return values.max(axis=1)


def returns_one_action_per_run(answer, rng):
    values = draw_numbers(rng, (3, 2), "fractions")
    payoffs = (values.max(axis=1) + np.array([20, -1, 0])).round(2)
    result = answer(np.array([0, 1, 0]), values, np.array([1, 1, 0]), payoffs)
    is_mask = isinstance(result, np.ndarray) and result.dtype == bool
    if is_mask and np.array_equal(result, payoffs > values.max(axis=1)):
        raise Mistake(
            "That says where it paid more. What is asked for is an action for each run: `np.where(that, actions, "
            "policy)`."
        )
    expect_array(result, (3,), "one action for each of 3 runs")
    if not np.isin(result, [0, 1]).all():
        raise Mistake(f"With 2 actions each entry is 0 or 1, got {result.tolist()}. Return actions, not payoffs.")


def changes_for_something_better(answer, rng):
    expect_agreement(answer, draw_plays(rng, draw_any_payoffs), decide_one_by_one, MIND_MISCONCEPTIONS)


def keeps_its_mind_at_a_tie(answer, rng):
    expect_agreement(
        answer,
        draw_plays(rng, draw_ties)[2:],
        decide_one_by_one,
        MIND_MISCONCEPTIONS,
        evidence=lambda: draw_plays(rng, draw_any_payoffs),
    )


def is_actions(value):
    """Tell whether a value is an array (R,) of actions."""
    return is_array(None)(value) and is_whole(value) and bool((value >= 0).all())


def have_one_entry_per_run(policy, q_values, actions, payoffs):
    """Tell whether there is an entry for each run, and each action has a column."""
    runs, num_actions = q_values.shape
    return len(policy) == len(actions) == len(payoffs) == runs and max(policy.max(), actions.max()) < num_actions


DOMAIN = Domain(
    parameters=(
        Parameter("policy", is_actions),
        Parameter(
            "q_values",
            is_array(None, None),
            NUMBERS
            | {
                "has one run": has_length(0, 1),
                "has more than two runs": is_longer_than(2),
                "has one action": has_length(1, 1),
                "has more than two actions": is_longer_than(2, axis=1),
            },
        ),
        Parameter("actions", is_actions),
        Parameter("payoffs", is_array(None), {"is an array of whole numbers": is_whole}),
    ),
    fit=have_one_entry_per_run,
    corners={
        "there are as many runs as actions": lambda policy, values, *others: values.shape[0] == values.shape[1],
        "a payoff equals the best value of its run": lambda policy, values, actions, payoffs: bool(
            (payoffs == values.max(axis=1)).any()
        ),
        "a payoff is better by at most 0.5": lambda policy, values, actions, payoffs: bool(
            ((payoffs > values.max(axis=1)) & (payoffs <= values.max(axis=1) + 0.5)).any()
        ),
        "no payoff is better": lambda policy, values, actions, payoffs: bool((payoffs <= values.max(axis=1)).all()),
        "all payoffs are better": lambda policy, values, actions, payoffs: bool((payoffs > values.max(axis=1)).all()),
    },
)

EXERCISE = Exercise(
    id="8.3",
    title="Change your mind only for something better",
    reference=change_mind,
    checks=(
        Check("returns one action for each run", returns_one_action_per_run),
        Check("changes its mind where a payoff beats all that it knew", changes_for_something_better),
        Check("keeps its mind where a payoff only equals the best it knew", keeps_its_mind_at_a_tie),
    ),
    hints=(
        "What is the best payoff that each run has seen so far, whichever action brought it?",
        "`q_values.max(axis=1)` is that, an array (R,). Where is the new payoff above it?",
        "`np.where(is_better, actions, policy)` takes the new action where it was better, and the old one elsewhere.",
    ),
    explanation="With > and not ≥ a second best action, as good as the first, changes nothing. Both partners have seen "
    "the same payoffs at the same times, so that both hold on to the same joint action.",
    domain=DOMAIN,
)
