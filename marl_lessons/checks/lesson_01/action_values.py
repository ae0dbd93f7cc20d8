"""Exercise 1.2: the expected payoff of each own action."""

import numpy as np

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
from marl_lessons.exercises.judging.drawing import NUMBER_STYLES, POLICY_STYLES, draw_numbers, draw_policy, draw_shapes
from marl_lessons.exercises.judging.expect import expect_agreement
from marl_lessons.exercises.judging.kinds import expect_array
from marl_lessons.exercises.judging.mistakes import Misconception, Mistake
from marl_lessons.exercises.specification import Check, Exercise


def action_values(payoffs, partner_policy):
    """Return the expected payoff of each own action: (A, B) and (B,) -> (A,)."""
    return payoffs @ partner_policy


def sum_over_partner(payoffs, partner_policy):
    """The definition, term by term."""
    num_actions, num_partner_actions = payoffs.shape
    return np.array(
        [sum(partner_policy[b] * payoffs[a, b] for b in range(num_partner_actions)) for a in range(num_actions)]
    )


@keep_cases
def draw_payoffs_and_policies(rng):
    """The docstring's case to check by hand, then random ones, wide and tall, against policies of every kind."""
    by_hand, policy = np.array([[4, 0], [3, 3]]), np.array([0.9, 0.1])
    drawn = _draw_cases(rng, draw_shapes(rng, (2, 2), (5, 4), times=50))
    return [(by_hand, policy), (by_hand.astype(float), policy), *drawn, *_draw_cases(rng, [(12, 60), (120, 12)])]


@keep_cases
def draw_single_actions(rng):
    """Tables in which one of the two agents, or both, has nothing to choose."""
    shapes = [(1, 3), (3, 1), (1, 2), (1, 1), (2, 1), (1, 4), (5, 1)]
    return _draw_cases(rng, [shapes[index % 7] for index in range(25)])


@keep_cases
def draw_certain_partners(rng):
    """A partner that always does the same: each action in turn, in decimals and in whole numbers."""
    payoffs = draw_numbers(rng, (3, 4), "whole")
    return [(payoffs, np.eye(4, dtype=dtype)[b]) for b in range(4) for dtype in (float, int)]


def _draw_cases(rng, shapes):
    return [
        (draw_numbers(rng, shape, NUMBER_STYLES[index % 5]), draw_policy(rng, shape[1], POLICY_STYLES[index // 5 % 5]))
        for index, shape in enumerate(shapes)
    ]


WRONG_SHAPES = {
    (): "This is a single number. Keep one number for each of your own actions, the rows; "
    "choosing the best one comes later.",
    (3,): "This is one number for each of the partner's 3 actions. Add up over the partner's actions, the columns, "
    "and keep your own 2, the rows.",
    (2, 3): "This is one number for each of the 2 × 3 cells. Add up each row, so that one number for each of your 2 "
    "actions is left.",
}


def returns_one_value_per_action(answer, rng):
    payoffs, partner_policy = draw_numbers(rng, (2, 3), "fractions"), np.array([0.5, 0.25, 0.25])
    result = answer(payoffs, partner_policy)
    shape = getattr(result, "shape", None)
    if shape in WRONG_SHAPES:
        raise Mistake(WRONG_SHAPES[shape])
    expect_array(result, (2,), "one value for each of your 2 actions; the partner has 3")


def weighs_payoffs(answer, rng):
    expect_agreement(answer, draw_payoffs_and_policies(rng), sum_over_partner, ACTION_VALUE_MISCONCEPTIONS)


def believes_a_certain_partner(answer, rng):
    _expect_values(answer, draw_certain_partners(rng), rng)


def needs_no_choice(answer, rng):
    _expect_values(answer, draw_single_actions(rng), rng)


def _expect_values(answer, cases, rng):
    expect_agreement(
        answer,
        cases,
        sum_over_partner,
        ACTION_VALUE_MISCONCEPTIONS,
        evidence=lambda: draw_payoffs_and_policies(rng),
    )


ACTION_VALUE_MISCONCEPTIONS = (
    Misconception(
        lambda payoffs, policy: payoffs.mean(axis=1),
        "You gave every partner action the same weight. Weigh each column by its probability in `partner_policy`.",
    ),
    Misconception(
        lambda payoffs, policy: payoffs.sum(axis=1),
        "You added the payoffs without weighing them. Multiply each column by its probability first.",
    ),
    Misconception(
        lambda payoffs, policy: payoffs.max(axis=1),
        "You took the best case of each row. The partner does not play to please you: average with its probabilities.",
    ),
    Misconception(
        lambda payoffs, policy: payoffs.min(axis=1),
        "You took the worst case of each row. The partner does not play to hurt you: average with its probabilities.",
    ),
    Misconception(
        lambda payoffs, policy: payoffs[:, np.argmax(policy)],
        "You used the partner's likeliest action only. The others happen too: average over all of them.",
    ),
    Misconception(
        lambda payoffs, policy: payoffs[:, np.argmax(policy)] * np.max(policy),
        "You counted the partner's likeliest action only. The others happen too: add them, each with its probability.",
    ),
    Misconception(
        lambda payoffs, policy: (payoffs * policy).max(axis=1),
        "You took the largest of the weighted payoffs. Add them up: each of them may happen.",
    ),
    Misconception(
        lambda payoffs, policy: (payoffs * policy).mean(axis=1),
        "You multiplied by the probabilities and then took the mean, which divides once more. Use the sum.",
    ),
    Misconception(
        lambda payoffs, policy: payoffs[:, 0] * policy[0] + payoffs[:, 1] * policy[1],
        "You used the first two columns only. A partner may have more than two actions: "
        "their number is `len(partner_policy)`.",
    ),
    Misconception(
        lambda payoffs, policy: payoffs[:, :-1] @ policy[:-1],
        "You left out the partner's last action. `range(n)` goes from 0 to n - 1, and so do the columns.",
    ),
    Misconception(
        lambda payoffs, policy: payoffs[:, 1:] @ policy[1:],
        "You left out the partner's action 0. Columns count from 0.",
    ),
    Misconception(
        lambda payoffs, policy: payoffs @ policy**2,
        "You multiplied by the probability twice. Once is enough.",
    ),
    Misconception(
        lambda payoffs, policy: payoffs[:, policy > 0].mean(axis=1),
        "You gave every action that may happen the same weight. Weigh each column by its probability.",
    ),
    Misconception(
        lambda payoffs, policy: payoffs[:2] @ policy,
        "You returned two values only. You may have more than two actions: their number is `payoffs.shape[0]`.",
    ),
)

DOMAIN = Domain(
    parameters=(
        Parameter(
            "payoffs",
            is_array(None, None),
            NUMBERS
            | {
                "has one row": has_length(0, 1),
                "has one column": has_length(1, 1),
                "has more than one row": is_longer_than(1),
                "has more than two rows": is_longer_than(2),
                "has more than two columns": is_longer_than(2, axis=1),
                "has more than ten rows": is_longer_than(10),
            },
        ),
        Parameter(
            "partner_policy",
            is_policy,
            POLICIES,
        ),
    ),
    fit=lambda payoffs, partner_policy: payoffs.shape[1] == len(partner_policy),
    corners={
        "the table is square": lambda payoffs, partner_policy: payoffs.shape[0] == payoffs.shape[1],
        "the table is no square": lambda payoffs, partner_policy: payoffs.shape[0] != payoffs.shape[1],
        "neither holds fractions": lambda payoffs, policy: is_whole(payoffs) and is_whole(policy),
    },
)

EXERCISE = Exercise(
    id="1.2",
    title="What each action is worth",
    reference=action_values,
    checks=(
        Check("returns one number for each of your actions", returns_one_value_per_action),
        Check("weighs each payoff by the partner's probability", weighs_payoffs),
        Check("against a partner that always does the same, reads one column", believes_a_certain_partner),
        Check("works where there is only one action to choose, for you or your partner", needs_no_choice),
    ),
    hints=(
        "Exercise 1.1 did this for one row. Now do it for every row.",
        "In each row: multiply the payoffs by `partner_policy` and add up. The rows stay, the columns go.",
        "That is a matrix times a vector, and NumPy writes it with `@`. Which of the two stands on the left?",
    ),
    explanation="A matrix times a vector takes each row, multiplies it by the vector and adds up: exactly the "
    "sum over the partner's actions.",
    domain=DOMAIN,
)
