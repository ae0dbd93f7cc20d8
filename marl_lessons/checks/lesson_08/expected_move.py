"""Exercise 8.2: where the value of an action goes, on average, beside a partner who plays by chance."""

import numpy as np

from marl_lessons.checks.lesson_08.expected_move_ideas import MOVE_MISCONCEPTIONS, average_moves
from marl_lessons.exercises.judging.cases import keep_cases
from marl_lessons.exercises.judging.domains import (
    NUMBERS,
    POLICIES,
    Domain,
    Parameter,
    equals,
    has_length,
    is_array,
    is_discount,
    is_longer_than,
    is_number,
    is_policy,
)
from marl_lessons.exercises.judging.drawing import NUMBER_STYLES, POLICY_STYLES, draw_numbers, draw_policy
from marl_lessons.exercises.judging.expect import expect_agreement
from marl_lessons.exercises.judging.kinds import expect_number
from marl_lessons.exercises.specification import Check, Exercise

SIZES = (2, 3, 1, 4, 2, 7)


def expected_move(value, payoffs, partner_policy, alpha, beta):
    """Return how far one play moves the value of an action on average: (B,) and (B,) -> a number."""
    news = payoffs - value
    return partner_policy @ (np.where(news > 0, alpha, beta) * news)


@keep_cases
def draw_moves(rng, draw_value):
    """The docstring's case in whole numbers and in decimals, then random ones; draw_value(rng, payoffs, index)."""
    payoffs, policy = np.array([10, -10]), np.array([0.5, 0.5])
    cases = [(0, payoffs, policy, 0.1, 0.01), (0.0, 1.0 * payoffs, policy, 0.1, 0.01)]
    for index, size in enumerate(SIZES * 11):
        payoffs = draw_numbers(rng, (size,), NUMBER_STYLES[index % 4])
        alpha = (round(float(rng.uniform(0.3, 0.95)), 2), 0.5, 1.0, 0.2, 0.9)[index % 5]
        beta = (round(float(rng.uniform(0.01, 0.15)), 2), 0.1, 0.0)[index % 3]
        policy = draw_policy(rng, size, POLICY_STYLES[index // 4 % 5])
        cases.append((draw_value(rng, payoffs, index), payoffs, policy, alpha, beta))
    return cases


def draw_value_between(rng, payoffs, index):
    """Draw a value, at times one of the payoffs or 0; most of them lie between the payoffs."""
    between = round(float(rng.uniform(payoffs.min() - 0.5, payoffs.max() + 0.5)), 2)
    return (between, between, 0, float(payoffs[0]), round(between))[index % 5]


def returns_one_number(answer, rng):
    expect_number(answer(1.5, draw_numbers(rng, (3,), "fractions"), np.array([0.5, 0.25, 0.25]), 0.1, 0.01))


def draw_value_below(rng, payoffs, index):
    """Return a value below all payoffs."""
    return round(float(payoffs.min()) - (2, 0.5)[index % 2], 2)


def draw_value_above(rng, payoffs, index):
    """Return a value above all payoffs."""
    return round(float(payoffs.max()) + (2, 0.5)[index % 2], 2)


def decides_for_each_payoff(answer, rng):
    expect_agreement(answer, draw_moves(rng, draw_value_between), average_moves, MOVE_MISCONCEPTIONS)


def rises_where_all_news_is_good(answer, rng):
    _expect_moves(answer, draw_moves(rng, draw_value_below)[2:40], rng)


def falls_where_all_news_is_bad(answer, rng):
    _expect_moves(answer, draw_moves(rng, draw_value_above)[2:40], rng)


def _expect_moves(answer, cases, rng):
    expect_agreement(
        answer,
        cases,
        average_moves,
        MOVE_MISCONCEPTIONS,
        evidence=lambda: draw_moves(rng, draw_value_between),
    )


DOMAIN = Domain(
    parameters=(
        Parameter("value", is_number, {"is 0": equals(0), "is below 0": lambda value: value < 0}),
        Parameter(
            "payoffs",
            is_array(None),
            NUMBERS | {"has one entry": has_length(0, 1), "has more than two entries": is_longer_than(2)},
        ),
        Parameter(
            "partner_policy",
            is_policy,
            POLICIES,
        ),
        Parameter("alpha", is_discount, {"is 1": equals(1)}),
        Parameter("beta", is_discount, {"is 0": equals(0)}),
    ),
    fit=lambda value, payoffs, policy, alpha, beta: payoffs.shape == policy.shape and beta < alpha,
    corners={
        "a payoff equals the value": lambda value, payoffs, *others: bool((payoffs == value).any()),
        "all payoffs are above the value": lambda value, payoffs, *others: bool((payoffs > value).all()),
        "all payoffs are below the value": lambda value, payoffs, *others: bool((payoffs < value).all()),
    },
)

EXERCISE = Exercise(
    id="8.2",
    title="Up or down?",
    reference=expected_move,
    checks=(
        Check("returns one number", returns_one_number),
        Check("decides for each payoff whether it is good news, then averages", decides_for_each_payoff),
        Check("moves by alpha where all news is good", rises_where_all_news_is_good),
        Check("moves by beta where all news is bad", falls_where_all_news_is_bad),
    ),
    hints=(
        "What would one play do to the value if the partner took its action 0? And if it took action 1?",
        "`payoffs - value` is the news of each of the partner's actions. `np.where` picks its step size, as in 8.1.",
        "Now you have an array of moves, one for each of the partner's actions. Average it with the partner's "
        "probabilities: `partner_policy @ moves`.",
    ),
    explanation="Each action of the partner would move the value by its own news, times alpha or beta. The partner's "
    "probabilities say how often each of these moves happens.",
    domain=DOMAIN,
)
