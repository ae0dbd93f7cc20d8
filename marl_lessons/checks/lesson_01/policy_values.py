"""Exercise 1.6: the exact value of a joint policy."""

import numpy as np

from marl_lessons.exercises.comparison import is_same
from marl_lessons.exercises.domains import (
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
from marl_lessons.exercises.drawing import NUMBER_STYLES, POLICY_STYLES, draw_numbers, draw_policy
from marl_lessons.exercises.expect import expect_agreement
from marl_lessons.exercises.kinds import expect_array
from marl_lessons.exercises.mistakes import Misconception, Mistake
from marl_lessons.exercises.showing import show_value
from marl_lessons.exercises.specification import Check, Exercise

TOLERANCE = 2e-3  # who repeats the Bellman equation stops somewhere
FEW_HUNDRED = "a few hundred rounds, or until the values hardly change, are enough for a gamma up to 0.95."


def policy_values(transitions, rewards, gamma):
    """Return the value of every state under a joint policy: transitions (S, S) and rewards (S,) -> (S,)."""
    return np.linalg.solve(np.eye(len(rewards)) - gamma * transitions, rewards)


def iterate_bellman(transitions, rewards, gamma):
    """The definition as a sum over 2,048 steps: the values of the first 1, 2, 4, … steps, each from the one before."""
    values, moves = rewards.astype(float), gamma * transitions
    for _ in range(11):
        values, moves = values + moves @ values, moves @ moves
    return values


def list_rounds(transitions, rewards, gamma):
    """The values (120, S) after 1, 2, 3, … rounds of the equation, from zero."""
    values, history = np.zeros(len(rewards)), []
    for _ in range(120):
        values = rewards + gamma * transitions @ values
        history.append(values)
    return np.array(history)


def draw_chains(rng):
    """The docstring's two states to check by hand, then random chains, with discounts from 0 to 0.95."""
    swap = np.array([[0, 1], [1, 0]])
    cases = [(swap, np.array([1, 0]), 0.5), (swap.astype(float), np.array([1.0, 0.0]), 0.5)]
    for index in range(25):
        num_states = 2 + index % 5
        policy_style, style = POLICY_STYLES[index % 4], NUMBER_STYLES[index // 5 % 3]
        rows = [draw_policy(rng, num_states, policy_style) for _ in range(num_states)]
        gamma = (0.9, 0.5, 0.95, round(float(rng.uniform(0.1, 0.9)), 2), 0.0, 0.7)[index % 6]
        cases.append((np.array(rows), draw_numbers(rng, num_states, style), gamma))
    return cases


def draw_lasting_states(rng):
    """One state alone, and states that lead to themselves or to each other for certain."""
    cases = [(np.eye(1), np.array([reward]), gamma) for reward in (1.0, -2.0, 0.0) for gamma in (0.9, 0.5, 0.0)]
    for num_states in (2, 3, 4, 18):
        cases.append((np.eye(num_states), draw_numbers(rng, num_states, "whole"), 0.9))
        cases.append((np.eye(num_states)[rng.permutation(num_states)], draw_numbers(rng, num_states, "fractions"), 0.8))
        cases.append((np.eye(num_states, dtype=int)[::-1], draw_numbers(rng, num_states, "with zeros"), 0.95))
    return cases


def returns_one_value_per_state(answer, rng):
    transitions = np.array([[0.2, 0.5, 0.3], [0.6, 0.0, 0.4], [0.1, 0.8, 0.1]])
    result = answer(transitions, np.array([1.0, 2.0, 3.0]), 0.9)
    expect_array(result, (3,), "one value for each of 3 states")
    if np.abs(result).max() > 31:
        raise Mistake(
            f"With rewards up to 3 and a gamma of 0.9 no value can be above 3/(1 − 0.9) = 30, got {show_value(result)}."
            " Is `gamma` missing, or does each round add to the values instead of taking their place?\n"
            + answer.show_call()
        )


def fulfils_the_bellman_equation(answer, rng):
    cases = draw_chains(rng)
    _expect_enough_rounds(answer, cases)
    expect_agreement(answer, cases, iterate_bellman, VALUE_MISCONCEPTIONS, TOLERANCE)


def _expect_enough_rounds(answer, cases):
    """The tolerance is for those who repeat the equation: not for those who stop early, and not for those who round."""
    results = [_ask(answer, case) for case in cases]
    if any(np.shape(result) != case[1].shape for result, case in zip(results, cases, strict=True)):
        return
    is_exact = [is_same(result, iterate_bellman(*case), 1e-9) for result, case in zip(results, cases, strict=True)]
    if all(is_exact):
        return
    gaps = [np.abs(list_rounds(*case) - result).max(axis=1) for result, case in zip(results, cases, strict=True)]
    rounds = np.flatnonzero((np.array(gaps) < 1e-9).all(axis=0))
    if len(rounds) and rounds[0] > 1:
        raise Mistake(f"Your values are those after {rounds[0] + 1} rounds, and not there yet. Go on: {FEW_HUNDRED}")
    if all(_is_near_and_rounded(result, case) for result, case in zip(results, cases, strict=True)):
        raise Mistake("Your values are near, but rounded. Give them with all their digits.")


def _ask(answer, case):
    """Return an answer's values, or None where its equations have no solution; the error is told elsewhere."""
    try:
        return answer(*case)
    except np.linalg.LinAlgError:
        return None


def _is_near_and_rounded(result, case):
    return is_same(result, np.round(result, 3), 1e-9) and bool((np.abs(result - iterate_bellman(*case)) < 1).all())


def knows_a_reward_that_lasts(answer, rng):
    expect_agreement(answer, draw_lasting_states(rng), iterate_bellman, VALUE_MISCONCEPTIONS, TOLERANCE)


VALUE_MISCONCEPTIONS = (
    Misconception(
        lambda transitions, rewards, gamma: np.linalg.solve(np.eye(len(rewards)) - gamma * transitions.T, rewards),
        "You add up the states that lead *into* a state. Row s of `transitions` says where state s leads: "
        "`transitions @ values`, in this order and without `.T`.",
    ),
    Misconception(
        lambda transitions, rewards, gamma: rewards + gamma * transitions @ rewards,
        "You looked two rewards ahead. The value counts all the rewards to come: put the value itself, "
        "not the reward, on the right-hand side.",
    ),
    Misconception(
        lambda transitions, rewards, gamma: rewards,
        "This is the first reward only: what one round gives if the values begin at zero. If you have a loop, does "
        "`return` stand inside it, or does a round begin from zeros again? If not, add what the next states are worth.",
    ),
    Misconception(
        lambda transitions, rewards, gamma: rewards / (1 - gamma),
        "You treat every state as if it led back to itself. `transitions` says where it leads.",
    ),
    Misconception(
        lambda transitions, rewards, gamma: np.linalg.solve(np.eye(len(rewards)) + gamma * transitions, rewards),
        "Mind the sign: what moves to the other side of V = r + γ P V changes its sign.",
    ),
    Misconception(
        lambda transitions, rewards, gamma: gamma * policy_values(transitions, rewards, gamma),
        "You discount the first reward already. Today's reward counts in full; gamma is for tomorrow's value.",
    ),
    Misconception(
        lambda transitions, rewards, gamma: policy_values(transitions, rewards, gamma**2),
        "You apply gamma twice at each step. Once is enough.",
    ),
    Misconception(
        lambda transitions, rewards, gamma: policy_values(transitions, rewards, 0.9),
        "Your answer is that for a discount of 0.9, whatever `gamma` is. Use the parameter.",
    ),
    Misconception(
        lambda transitions, rewards, gamma: np.linalg.solve(1 - gamma * transitions, rewards),
        "`1 - gamma * transitions` takes every entry from 1. The identity has its ones on the diagonal only: "
        "`np.eye(len(rewards)) - gamma * transitions`.",
    ),
    Misconception(
        lambda transitions, rewards, gamma: (1 - gamma) * policy_values(transitions, rewards, gamma),
        "Your values are averages over time, (1 − γ) times what is asked for. A value is the sum of all rewards to "
        "come.",
    ),
    Misconception(
        lambda transitions, rewards, gamma: policy_values(transitions, transitions @ rewards, gamma),
        "You begin with the reward of the next state. The value of a state begins with its own.",
    ),
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
    id="1.6",
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
        "Begin with `values = np.zeros(len(rewards))`, and let a loop of 1,000 rounds put the right-hand side of the "
        "equation in the place of `values`. P V is `transitions @ values`.",
        "The line inside the loop is `values = rewards + gamma * transitions @ values`, and `return values` comes "
        "after the loop. Without a loop: `np.linalg.solve(M, rewards)`, where M is I − γ P.",
    ),
    explanation="One linear solve gives the value exactly. Repeating `V = r + gamma * P @ V` many times gets "
    "there too, with an error that shrinks by the factor γ each time.",
    domain=DOMAIN,
)
