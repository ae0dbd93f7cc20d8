"""Exercise 1.4: all the actions that are best against a partner's policy."""

import numpy as np

from marl_lessons.checks.lesson_01.action_values import action_values, sum_over_partner
from marl_lessons.checks.lesson_01.best_responses_ideas import RESPONSE_MISCONCEPTIONS, compare_one_by_one
from marl_lessons.exercises.judging.comparison import is_same
from marl_lessons.exercises.judging.domains import (
    NUMBERS,
    POLICIES,
    Domain,
    Parameter,
    has_length,
    is_array,
    is_longer_than,
    is_number,
    is_policy,
)
from marl_lessons.exercises.judging.drawing import draw_shapes
from marl_lessons.exercises.judging.expect import expect_agreement
from marl_lessons.exercises.judging.kinds import expect_bools
from marl_lessons.exercises.judging.mistakes import Mistake
from marl_lessons.exercises.specification import Check, Exercise


def best_responses(payoffs, partner_policy):
    """Tell of each own action whether it is a best response: (A, B) and (B,) -> booleans (A,)."""
    values = action_values(payoffs, partner_policy)
    return values == values.max()


BOXES = np.array([[4, 0], [3, 3]])


def draw_payoffs(rng, shape, index):
    """Draw payoffs (A, B) in turn: few kinds, so that values tie; whole; halves; all negative; two rows the same."""
    few, whole = rng.integers(0, 3, size=shape), rng.integers(-9, 10, size=shape)
    twice = whole / 2
    twice[-1] = twice[0]
    return (few, whole, whole / 2, whole / 2 - 20, twice, few - 3)[index % 6]


def draw_eighths(rng, size, index):
    """Draw a policy of eighths, which add up without rounding: values that tie are the same number exactly."""
    certain = np.eye(size)[rng.integers(size)]
    few = np.append(rng.multinomial(8, [0.5, 0.5]), np.zeros(max(size - 2, 0), dtype=int))[:size]
    few[0] += 8 - few.sum()  # where there is one action only
    anyhow = rng.multinomial(8, np.full(size, 1 / size)) / 8
    even = np.full(size, 1 / size) if size in (1, 2, 4, 8) else anyhow
    return (anyhow, certain, even, certain.astype(int), rng.permutation(few) / 8)[index % 5]


def draw_cases(rng, shapes):
    return [
        (draw_payoffs(rng, shape, index), draw_eighths(rng, shape[1], index // 2)) for index, shape in enumerate(shapes)
    ]


def draw_choices(rng):
    """The docstring's cases to check by hand, then random ones."""
    by_hand = [(BOXES, np.array([0.75, 0.25])), (BOXES.astype(float), np.array([0.5, 0.5]))]
    for lead in (0.02, 0.002):  # smaller than what rounding to one or two decimals leaves
        by_hand.append((np.array([[1.0, 2.0], [1 + lead, 2.0], [0.5, 1.0]]), np.array([0.5, 0.5])))
    return by_hand + draw_cases(rng, draw_shapes(rng, (2, 2), (5, 4), times=60))


def draw_ties(rng):
    """Tables in which several actions are best: a row that is there twice, and partners who make two rows equal."""
    cases = [(BOXES, np.array([0.75, 0.25])), (np.array([[1, -1], [-1, 1]]), np.array([0.5, 0.5]))]
    for index in range(18):
        payoffs, policy = draw_payoffs(rng, (2 + index % 4, 2 + index % 3), index), draw_eighths(rng, 2 + index % 3, 0)
        best = sum_over_partner(payoffs, policy).argmax()
        cases.append((np.concatenate([payoffs, payoffs[[best]]])[rng.permutation(len(payoffs) + 1)], policy))
    return cases


def draw_single_actions(rng):
    """Tables in which one of the two agents, or both, has nothing to choose."""
    return draw_cases(rng, [(1, 3), (3, 1), (1, 2), (1, 1), (2, 1), (5, 1)] * 3)


def says_true_or_false_of_each_action(answer, rng):
    payoffs, policy = np.array([[4.0, 0.0], [3.0, 3.0], [0.0, 1.0]]), np.array([0.75, 0.25])
    result = answer(payoffs, policy)
    if is_number(result):
        raise Mistake(
            "This is one number. Several actions may be best: say True or False of each of them, by comparing all the "
            "values with the highest one."
        )
    if is_same(result, payoffs @ policy):
        raise Mistake("These are the values. Compare them with the highest one, `.max()`.")
    if is_same(result, np.array([0, 1])):
        raise Mistake("These are the numbers of the best actions. Say True or False of each of the 3 actions.")
    expect_bools(result, (3,), "one for each of your 3 actions; the partner has 2")


def finds_the_best(answer, rng):
    expect_agreement(answer, draw_choices(rng), compare_one_by_one, RESPONSE_MISCONCEPTIONS)


def finds_all_of_them(answer, rng):
    _expect_responses(answer, draw_ties(rng), rng)


def needs_no_choice(answer, rng):
    _expect_responses(answer, draw_single_actions(rng), rng)


def _expect_responses(answer, cases, rng):
    expect_agreement(answer, cases, compare_one_by_one, RESPONSE_MISCONCEPTIONS, evidence=lambda: draw_choices(rng))


def count_best(payoffs, policy):
    return int(compare_one_by_one(payoffs, policy).sum())


DOMAIN = Domain(
    parameters=(
        Parameter(
            "payoffs",
            is_array(None, None),
            NUMBERS
            | {
                "has one row": has_length(0, 1),
                "has one column": has_length(1, 1),
                "has more than two rows": is_longer_than(2),
                "has more than two columns": is_longer_than(2, axis=1),
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
        "several actions are best": lambda payoffs, policy: count_best(payoffs, policy) > 1,
        "all actions are best": lambda payoffs, policy: count_best(payoffs, policy) == len(payoffs),
        "action 0 is best": lambda payoffs, policy: bool(compare_one_by_one(payoffs, policy)[0]),
        "the last action is best": lambda payoffs, policy: bool(compare_one_by_one(payoffs, policy)[-1]),
        "all values are negative": lambda payoffs, policy: bool((payoffs @ policy).max() < 0),
    },
)

EXERCISE = Exercise(
    id="1.4",
    title="All the best responses",
    reference=best_responses,
    checks=(
        Check("says True or False of each of your actions", says_true_or_false_of_each_action),
        Check("finds what is best against the partner's policy", finds_the_best),
        Check("finds all the actions that are best", finds_all_of_them),
        Check("works where there is only one action to choose, for you or your partner", needs_no_choice),
    ),
    hints=(
        "First ask `action_values(payoffs, partner_policy)`. Which of these values belong to a best response?",
        "The highest one is `values.max()`. Several values may be equal to it.",
        "`values == …` gives True wherever a value equals what stands on the right.",
    ),
    explanation="The comparison asks every value whether it is the highest one, so that all actions that share it are "
    "True. (Values that differ by rounding only, such as 0.1 + 0.2 and 0.3, would need `np.isclose`; the numbers "
    "in the exercise add up exactly.)",
    domain=DOMAIN,
    version=2,
)
