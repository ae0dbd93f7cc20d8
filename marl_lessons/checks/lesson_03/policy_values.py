"""Exercise 3.1: the exact value of a joint policy."""

import itertools

import numpy as np

from marl_lessons.checks.lesson_03.policy_values_ideas import VALUE_MISCONCEPTIONS, iterate_bellman
from marl_lessons.exercises.judging.cases import keep_cases
from marl_lessons.exercises.judging.comparison import is_same
from marl_lessons.exercises.judging.domains import (
    Domain,
    Parameter,
    equals,
    has_fractions,
    has_length,
    has_zeros,
    is_all_negative,
    is_array,
    is_certain,
    is_discount,
    is_longer_than,
    is_policy,
    is_whole,
)
from marl_lessons.exercises.judging.drawing import NUMBER_STYLES, POLICY_STYLES, draw_numbers, draw_policy
from marl_lessons.exercises.judging.expect import expect_agreement
from marl_lessons.exercises.judging.kinds import expect_array
from marl_lessons.exercises.judging.mistakes import Mistake
from marl_lessons.exercises.judging.showing import show_value
from marl_lessons.exercises.specification import Check, Exercise

FEW = 8  # cases that tell whether an answer rounds
TOLERANCE = 2e-3  # who repeats the Bellman equation stops somewhere
FEW_HUNDRED = "a few hundred rounds, or until the values hardly change, are enough for a gamma up to 0.95."


def policy_values(transitions, rewards, gamma):
    """Return the value of every state under a joint policy: transitions (S, S) and rewards (S,) -> (S,)."""
    return np.linalg.solve(np.eye(len(rewards)) - gamma * transitions, rewards)


def list_rounds(transitions, rewards, gamma):
    """The values (300, S) after 1, 2, 3, … rounds of the equation, from zero."""
    values, history = np.zeros(len(rewards)), []
    for _ in range(300):
        values = rewards + gamma * transitions @ values
        history.append(values)
    return np.array(history)


@keep_cases
def draw_chains(rng):
    """The docstring's two states to check by hand, then random chains, with discounts from 0 to 0.95."""
    swap = np.array([[0, 1], [1, 0]])
    cases = [(swap, np.array([1, 0]), 0.5), (swap.astype(float), np.array([1.0, 0.0]), 0.5)]
    for index in range(25):
        num_states = 2 + index % 5
        policy_style, style = POLICY_STYLES[index % 4], NUMBER_STYLES[index % 3]
        rows = [draw_policy(rng, num_states, policy_style) for _ in range(num_states)]
        gamma = (0.9, 0.5, 0.95, round(float(rng.uniform(0.1, 0.9)), 2), 0.0, 0.7)[index // 4 % 6]
        cases.append((np.array(rows), draw_numbers(rng, num_states, style), gamma))
    return cases


@keep_cases
def draw_lasting_states(rng):
    """One state alone, and states that lead to themselves or to each other for certain."""
    cases = [(np.eye(1), np.array([reward]), gamma) for reward in (1.0, -2.0, 0.0) for gamma in (0.9, 0.5, 0.0)]
    for index in range(12):
        num_states, style = (2, 3, 4, 18)[index % 4], ("whole", "fractions", "with zeros")[index % 3]
        kept = np.eye(num_states)
        moves = (kept, kept[rng.permutation(num_states)], kept[::-1].astype(int))[index // 4]
        cases.append((moves, draw_numbers(rng, num_states, style), (0.9, 0.8, 0.95)[index // 2 % 3]))
    return cases


def returns_one_value_per_state(answer, rng):
    # Without gamma no single solution is left; in binary fractions that comes out the same on every machine.
    transitions = np.array([[0.5, 0.25, 0.25], [0.5, 0.0, 0.5], [0.0, 0.75, 0.25]])
    result = answer(transitions, np.array([1.0, 2.0, 3.0]), 0.9)
    expect_array(result, (3,), "one value for each of 3 states")
    if np.abs(result).max() > 31:
        raise Mistake(
            "With rewards up to 3 and a gamma of 0.9 no value can be above 3/(1 − 0.9) = 30, "
            f"got {show_value(np.abs(result).max())}. "
            "Is `gamma` missing, does each round add to the values instead of taking their place, or is the wrong axis "
            "added up?\n" + answer.show_call()
        )


def fulfils_the_bellman_equation(answer, rng):
    """The tolerance is for those who repeat the equation: not for those who stop early, and not for those who round."""
    cases = draw_chains(rng)
    try:
        expect_agreement(answer, cases, iterate_bellman, VALUE_MISCONCEPTIONS, TOLERANCE)
    except Mistake:
        results = [_ask(answer, case) for case in cases]
        _expect_no_early_stop(answer, cases, results)
        _expect_all_digits(cases, results)
        raise
    _expect_all_digits(cases[:FEW], [_ask(answer, case) for case in cases[:FEW]])


def _expect_all_digits(cases, results):
    pairs = [(result, case.ask(iterate_bellman)) for case, result in zip(cases, results, strict=True)]
    if all(_is_near_and_rounded(result, exact) for result, exact in pairs):
        raise Mistake("Your values are near, but rounded. Give them with all their digits.")


def _expect_no_early_stop(answer, cases, results):
    """Where all the values are those after some round of the equation, say after which; one and two mean more."""
    exact = [case.ask(iterate_bellman) for case in cases]
    if any(np.shape(result) != values.shape for result, values in zip(results, exact, strict=True)):
        return
    hits = (
        np.abs(case.ask(list_rounds) - result).max(axis=1) < 1e-9 for result, case in zip(results, cases, strict=True)
    )
    is_hit = np.array(list(itertools.takewhile(np.any, hits)))  # (cases, rounds), up to a case that no round gives
    is_wrong = [not is_same(result, values, TOLERANCE) for result, values in zip(results, exact, strict=True)]
    if len(is_hit) == len(cases) and any(is_wrong) and not is_hit[:, :2].all(axis=0).any():
        stops = 1 + np.argmax(is_hit[is_wrong], axis=1)
        rounds = f"{stops[0]} rounds," if np.ptp(stops) == 0 else f"{stops.min()} to {stops.max()} rounds, by the case,"
        case, values, result = next(itertools.compress(zip(cases, exact, results, strict=True), is_wrong))
        raise Mistake(
            f"Your values are those after {rounds} and not there yet. Go on: {FEW_HUNDRED}\n"
            + answer.show_call(case, expected=(values,), got=(result,))
        )


def _ask(answer, case):
    """Return an answer's values, or None where its equations have no solution; the error is told elsewhere."""
    try:
        return answer(*case)
    except np.linalg.LinAlgError:
        return None


def _is_near_and_rounded(result, exact):
    if np.shape(result) != exact.shape:
        return False
    values = np.asarray(result, float)
    return is_same(values, np.round(values, 5), 1e-9) and bool((np.abs(values - exact) < 1).all())


def knows_a_reward_that_lasts(answer, rng):
    expect_agreement(
        answer,
        draw_lasting_states(rng),
        iterate_bellman,
        VALUE_MISCONCEPTIONS,
        TOLERANCE,
        evidence=lambda: draw_chains(rng),
    )


DOMAIN = Domain(
    parameters=(
        Parameter(
            "transitions",
            lambda transitions: is_array(None, None)(transitions) and is_policy(transitions),
            {
                "is an array of whole numbers": is_whole,
                "is certain of each next state": is_certain,
                "holds a 0": has_zeros,
                "may lead a state to itself": lambda transitions: bool(transitions.diagonal().any()),
                "is the identity": lambda transitions: bool((transitions == np.eye(len(transitions))).all()),
                "has one state": has_length(0, 1),
                "has two states": has_length(0, 2),
                "has more than three states": is_longer_than(3),
                "has 18 states": has_length(0, 18),
            },
        ),
        Parameter(
            "rewards",
            is_array(None),
            {
                "is an array of whole numbers": is_whole,
                "holds fractions": has_fractions,
                "has only negative numbers": is_all_negative,
                "holds a 0": has_zeros,
            },
        ),
        Parameter(
            "gamma",
            lambda gamma: is_discount(gamma) and gamma <= 0.95,
            {"is 0": equals(0), "is 0.95": equals(0.95), "is below 0.9": lambda gamma: gamma < 0.9},
        ),
    ),
    fit=lambda transitions, rewards, gamma: transitions.shape == (len(rewards), len(rewards)),
)


EXERCISE = Exercise(
    id="3.1",
    title="The exact value of a joint policy",
    reference=policy_values,
    checks=(
        Check("returns one value for each state", returns_one_value_per_state),
        Check("fulfils V = r + γ P V on random chains", fulfils_the_bellman_equation),
        Check("knows what a reward that lasts for ever is worth", knows_a_reward_that_lasts),
    ),
    hints=(
        "V stands on both sides of V = r + γ P V. Suppose that you had some values: what does the right-hand side make "
        "of them?",
        "Begin with `values = np.zeros(len(rewards))`, and let a loop of a few hundred rounds put the right-hand side "
        "of the equation in the place of `values`. P V is `transitions @ values`.",
        "The line inside the loop is `values = rewards + gamma * transitions @ values`, and `return values` comes "
        "after the loop. Without a loop: `np.linalg.solve(M, rewards)`, where M is I − γ P.",
    ),
    explanation="One linear solve gives the value exactly. Repeating `V = r + gamma * P @ V` many times gets "
    "there too, with an error that shrinks by the factor γ each time.",
    domain=DOMAIN,
    version=2,
    earlier=("1.6@1",),
)
