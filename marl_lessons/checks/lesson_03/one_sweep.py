"""Exercise 3.2: one sweep of value iteration for a team of two."""

import numpy as np

from marl_lessons.exercises.judging.domains import (
    NUMBERS,
    Domain,
    Parameter,
    equals,
    has_length,
    has_negatives,
    has_zeros,
    is_array,
    is_certain,
    is_discount,
    is_longer_than,
    is_policy,
    is_whole,
)
from marl_lessons.exercises.judging.drawing import NUMBER_STYLES, POLICY_STYLES, draw_numbers, draw_policy, draw_shapes
from marl_lessons.exercises.judging.expect import expect_agreement
from marl_lessons.exercises.judging.kinds import expect_array
from marl_lessons.exercises.judging.mistakes import Misconception
from marl_lessons.exercises.specification import Check, Exercise

SMALL_NUMBERS = tuple(style for style in NUMBER_STYLES if style != "large")


def sweep(values, transitions, rewards, gamma):
    """Return the values after one sweep: (S,), (S, A, B, S), (S, A, B) -> (S,)."""
    joint_action_values = rewards + gamma * transitions @ values  # (S, A, B)
    return joint_action_values.max(axis=(1, 2))


def try_every_pair(values, transitions, rewards, gamma):
    """The definition, state by state and pair by pair."""
    swept = []
    for chances, payoffs in zip(transitions, rewards, strict=True):
        pairs = np.ndindex(payoffs.shape)
        swept.append(max(payoffs[pair] + gamma * sum(chances[pair] * values) for pair in pairs))
    return np.array(swept, dtype=float)


def draw_games(rng, last_gamma=0.9):
    """The docstring's state to check by hand, then random games of every shape, with discounts from 0 to 1."""
    payoffs, certain = np.array([[[1, 0], [0, 3]]]), np.ones((1, 2, 2, 1), dtype=int)
    cases = [(np.array([10]), certain, payoffs, 0.5), (np.array([10.0]), 1.0 * certain, 1.0 * payoffs, 0.5)]
    for index, (states, a, b) in enumerate([(2, 2, 2), (3, 3, 3), *draw_shapes(rng, (1, 1, 1), (4, 3, 3), times=34)]):
        rows = [draw_policy(rng, states, POLICY_STYLES[index % 5]) for _ in range(states * a * b)]
        gamma = (last_gamma, 0.5, 1.0, round(float(rng.uniform(0.05, 0.95)), 2), 0.0)[(index + index // 5) % 5]
        numbers = [SMALL_NUMBERS[(index + index // 4 * shift) % 4] for shift in (0, 1)]
        cases.append(
            (
                draw_numbers(rng, states, numbers[0]),
                np.array(rows).reshape(states, a, b, states),
                draw_numbers(rng, (states, a, b), numbers[1]),
                gamma,
            )
        )
    return cases


def returns_one_value_per_state(answer, rng):
    transitions = np.array([draw_policy(rng, 3, "mixed") for _ in range(24)])[:12].reshape(3, 2, 2, 3)
    result = answer(np.array([1.0, 2.0, 4.0]), transitions, draw_numbers(rng, (3, 2, 2), "fractions"), 0.9)
    expect_array(result, (3,), "one value for each of 3 states")


def takes_the_best_reward_if_nothing_follows(answer, rng):
    cases = [(values, transitions, rewards, 0.0) for values, transitions, rewards, gamma in draw_games(rng)]
    expect_agreement(answer, cases, try_every_pair, SWEEP_MISCONCEPTIONS, evidence=lambda: draw_games(rng))


def looks_one_step_ahead(answer, rng):
    expect_agreement(answer, draw_games(rng), try_every_pair, SWEEP_MISCONCEPTIONS)


def _look_ahead(values, transitions, rewards, gamma):
    return rewards + gamma * transitions @ values  # (S, A, B)


SWEEP_MISCONCEPTIONS = (
    Misconception(
        lambda *case: _look_ahead(*case).mean(axis=(1, 2)),
        "You take the mean over the joint actions, which is what a random team gets. The best team takes the largest.",
    ),
    Misconception(
        lambda *case: _look_ahead(*case).min(axis=(1, 2)),
        "You take the worst joint action. The team wants the best one: `max`.",
    ),
    Misconception(
        lambda *case: _look_ahead(*case).mean(axis=2).max(axis=1),
        "You let worker 0 choose against a partner who plays at random. Here one mind chooses for both: take the "
        "largest over both axes.",
    ),
    Misconception(
        lambda *case: _look_ahead(*case).mean(axis=1).max(axis=1),
        "You let worker 1 choose against a partner who plays at random. Here one mind chooses for both: take the "
        "largest over both axes.",
    ),
    Misconception(
        lambda *case: _look_ahead(*case).min(axis=2).max(axis=1),
        "You let worker 1 choose the worst for worker 0, as an opponent would. Here one mind chooses the best for "
        "both.",
    ),
    Misconception(
        lambda *case: np.diagonal(_look_ahead(*case), axis1=1, axis2=2).max(axis=1),
        "You compare only the joint actions in which both workers do the same. They may do different things.",
    ),
    Misconception(
        lambda values, transitions, rewards, gamma: _look_ahead(values, transitions, rewards, 1.0).max(axis=(1, 2)),
        "The discount is missing: what follows counts `gamma` times.",
    ),
    Misconception(
        lambda values, transitions, rewards, gamma: _look_ahead(values, transitions, rewards, 0.9).max(axis=(1, 2)),
        "Your answer is that for a discount of 0.9, whatever `gamma` is. Use the parameter.",
    ),
    Misconception(
        lambda values, transitions, rewards, gamma: gamma * (rewards + transitions @ values).max(axis=(1, 2)),
        "You discount the reward as well. The reward of this step counts in full; `gamma` is for what follows.",
    ),
    Misconception(
        lambda values, transitions, rewards, gamma: rewards.max(axis=(1, 2)),
        "You count the reward of this step only. Add what the next states are worth, before you take the largest.",
    ),
    Misconception(
        lambda values, transitions, rewards, gamma: (gamma * transitions @ values).max(axis=(1, 2)),
        "You count only what follows. Add the reward of this step, before you take the largest.",
    ),
    Misconception(
        lambda values, transitions, rewards, gamma: (
            rewards.max(axis=(1, 2)) + gamma * (transitions @ values).max(axis=(1, 2))
        ),
        "You take the best reward and the best future on their own; they may belong to different joint actions. Add "
        "first, then take the largest.",
    ),
    Misconception(
        lambda values, transitions, rewards, gamma: rewards.max(axis=(1, 2)) + gamma * values,
        "You add the value of the state itself, as if the game stayed there. `transitions` says where it goes.",
    ),
    Misconception(
        lambda values, transitions, rewards, gamma: (
            rewards + gamma * np.where(transitions > 0, values, -np.inf).max(axis=-1)
        ).max(axis=(1, 2)),
        "You hope for the best of the possible next states. Which one comes is up to chance: `transitions @ values` is "
        "the mean.",
    ),
    Misconception(
        lambda values, transitions, rewards, gamma: (
            values + _look_ahead(values, transitions, rewards, gamma).max((1, 2))
        ),
        "You add to the old values. The right-hand side takes their place.",
    ),
    Misconception(
        lambda values, transitions, rewards, gamma: np.maximum(
            values, _look_ahead(values, transitions, rewards, gamma).max(axis=(1, 2))
        ),
        "You keep an old value where it is larger. The new one takes its place in any case.",
    ),
    Misconception(
        lambda values, transitions, rewards, gamma: _sweep_often(values, transitions, rewards, gamma, 2),
        "You sweep twice. One call is one sweep.",
    ),
    Misconception(
        lambda values, transitions, rewards, gamma: _sweep_in_place(values, transitions, rewards, gamma),
        "You use new values within the same sweep: later states see what you have changed before. In this exercise all "
        "states use the old values; write the new ones into an array of their own.",
    ),
    Misconception(
        lambda values, transitions, rewards, gamma: (
            _look_ahead(0 * values, transitions, rewards, gamma).max((1, 2))
            + gamma * (transitions @ values).mean(axis=(1, 2))
        ),
        "You take the best reward, and the mean future of all joint actions. Add first, then take the largest.",
    ),
)


def _sweep_often(values, transitions, rewards, gamma, times):
    for _ in range(times):
        values = sweep(values, transitions, rewards, gamma)
    return values


def _sweep_in_place(values, transitions, rewards, gamma):
    values = values.astype(float)
    for state in range(len(values)):
        values[state] = (rewards[state] + gamma * transitions[state] @ values).max()
    return values


DOMAIN = Domain(
    parameters=(
        Parameter(
            "values",
            is_array(None),
            {
                "is an array of whole numbers": is_whole,
                "holds negative numbers": has_negatives,
                "holds a 0": has_zeros,
                "has one state": has_length(0, 1),
                "has more than two states": is_longer_than(2),
            },
        ),
        Parameter(
            "transitions",
            lambda transitions: is_array(None, None, None, None)(transitions) and is_policy(transitions),
            {
                "is an array of whole numbers": is_whole,
                "is certain of each next state": is_certain,
                "holds a 0": has_zeros,
            },
        ),
        Parameter(
            "rewards",
            is_array(None, None, None),
            NUMBERS
            | {
                "gives worker 0 one action": has_length(1, 1),
                "gives worker 1 one action": has_length(2, 1),
                "gives a worker more than two actions": lambda rewards: max(rewards.shape[1:]) > 2,
                "gives both workers the same number of actions": lambda rewards: rewards.shape[1] == rewards.shape[2],
            },
        ),
        Parameter("gamma", is_discount, {"is 0": equals(0), "is 1": equals(1)}),
    ),
    fit=lambda values, transitions, rewards, gamma: (
        transitions.shape == (*rewards.shape, len(values)) and len(rewards) == len(values)
    ),
    corners={
        "there are as many states as actions": lambda values, transitions, rewards, gamma: len(set(rewards.shape)) == 1,
    },
)

EXERCISE = Exercise(
    id="3.2",
    title="One sweep",
    reference=sweep,
    checks=(
        Check("returns one value for each state", returns_one_value_per_state),
        Check("takes the best reward of all joint actions if gamma is 0", takes_the_best_reward_if_nothing_follows),
        Check("adds what follows, then takes the best joint action", looks_one_step_ahead),
    ),
    hints=(
        "What is one joint action worth in one state? Its reward, plus what follows. Find that for all of them, then "
        "take the largest in each state.",
        "`transitions @ values` is the mean value of the next state, for each state and joint action: (S, A, B). That "
        "is the shape of `rewards`, too.",
        "Begin with `joint_action_values = rewards + gamma * transitions @ values`, (S, A, B). What is left is "
        "`.max(…)` over the axes 1 and 2.",
    ),
    explanation="One mind takes the maximum over both axes at once, over joint actions. Each worker's own maximum "
    "would leave open what the partner does.",
    domain=DOMAIN,
    version=2,
)
