"""Exercise 1.6: the exact value of a joint policy."""

import numpy as np

from marl_lessons.exercises.expect import (
    Misconception,
    Mistake,
    expect_agreement,
    expect_array,
    is_same,
    show_value,
)
from marl_lessons.exercises.specification import Check, Exercise

TOLERANCE = 1e-3  # who repeats the Bellman equation stops somewhere


def policy_values(transitions, rewards, gamma):
    """Return the value of every state under a joint policy: transitions (S, S) and rewards (S,) -> (S,)."""
    return np.linalg.solve(np.eye(len(rewards)) - gamma * transitions, rewards)


def iterate_bellman(transitions, rewards, gamma):
    """The definition as a sum over time, until what is left is below 1e-9."""
    values = np.zeros(len(rewards))
    for _ in range(int(np.ceil(np.log(1e-11) / np.log(gamma)))):
        values = rewards + gamma * transitions @ values
    return values


def draw_chains(rng):
    """Two states to check by hand, then random chains."""
    cases = [(np.array([[0.0, 1.0], [1.0, 0.0]]), np.array([1.0, 0.0]), 0.5)]
    for _ in range(20):
        num_states = int(rng.integers(2, 7))
        transitions = rng.dirichlet(np.full(num_states, 0.5), size=num_states)
        cases.append((transitions, rng.normal(size=num_states).round(2), round(float(rng.uniform(0.3, 0.9)), 2)))
    return cases


def returns_one_value_per_state(answer, rng):
    transitions, rewards = np.full((3, 3), 1 / 3), np.array([1, 2, 3])
    try:
        result = answer(transitions, rewards.astype(float), 0.9)
    except np.linalg.LinAlgError as error:
        if "Singular" not in str(error):
            raise
        raise Mistake(UNBOUNDED) from None
    expect_array(result, (3,), "one value for each of 3 states")
    if np.abs(result).max() > 3 / (1 - 0.9) + 1:
        raise Mistake(UNBOUNDED)
    if not is_same(answer(transitions, rewards, 0.9), result):
        raise Mistake(
            "If the rewards are whole numbers, your values lose their decimals. `np.zeros_like(...)` copies the type "
            "of the rewards: give `np.zeros` a length instead."
        )


UNBOUNDED = (
    "With rewards up to 3 and a gamma of 0.9 no value can be above 3/(1 − 0.9) = 30, and yours have no bound. "
    "Is `gamma` missing, or does it stand in the wrong place?"
)


def fulfils_the_bellman_equation(answer, rng):
    cases = draw_chains(rng)
    results = [answer(*case) for case in cases]
    expected = [iterate_bellman(*case) for case in cases]
    if _all_same(results, expected, tolerance=0.2) and not _all_same(results, expected, TOLERANCE):
        raise Mistake(
            "Your values are near, but not there. If you repeat the equation: go on until the values hardly change. "
            "If you round: don't."
        )
    expect_agreement(answer, cases, iterate_bellman, VALUE_MISCONCEPTIONS, TOLERANCE)


def _all_same(results, expected, tolerance):
    return all(is_same(result, values, tolerance) for result, values in zip(results, expected, strict=True))


def knows_a_reward_that_lasts(answer, rng):
    values = answer(np.eye(2), np.array([1.0, 0.0]), 0.9)
    if not is_same(values, [10.0, 0.0], TOLERANCE):
        raise Mistake(
            "A state that pays 1 at every step for ever is worth 1 + 0.9 + 0.81 + … = 1/(1 − 0.9) = 10, and one that "
            f"never pays is worth 0. Got {show_value(values)}."
        )


VALUE_MISCONCEPTIONS = (
    Misconception(
        lambda transitions, rewards, gamma: np.linalg.solve(np.eye(len(rewards)) - gamma * transitions.T, rewards),
        "Your transitions are transposed: row s of `transitions` says where state s leads.",
    ),
    Misconception(
        lambda transitions, rewards, gamma: rewards + gamma * transitions @ rewards,
        "You looked two rewards ahead. The value counts all the rewards to come: put the value itself, "
        "not the reward, on the right-hand side.",
    ),
    Misconception(
        lambda transitions, rewards, gamma: rewards,
        "This is the first reward only. Add what the next states are worth.",
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
        "You wrote 0.9 for the discount. It is a parameter: use `gamma`.",
    ),
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
        "V stands on both sides of V = r + γ P V. Bring both to one side.",
        "Simplest: begin with `values = np.zeros(len(rewards))`, put the right-hand side of the equation in its place, "
        "and repeat that until nothing changes; 2,000 times is plenty for a gamma of 0.99.",
        "In one line: `np.linalg.solve(M, rewards)`, where M is I − γ P, and I is `np.eye(len(rewards))`.",
    ),
    explanation="One linear solve gives the value exactly. Repeating `V = r + gamma * P @ V` many times gets "
    "there too, with an error that shrinks by the factor γ each time.",
)
