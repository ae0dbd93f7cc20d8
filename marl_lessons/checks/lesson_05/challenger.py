"""Exercise 5.4: the challenger's answer to a policy, in each state."""

import numpy as np

from marl_lessons.checks.lesson_05.challenger_ideas import CHALLENGER_MISCONCEPTIONS
from marl_lessons.exercises.judging.domains import (
    NUMBERS,
    Domain,
    Parameter,
    has_length,
    has_zeros,
    is_array,
    is_certain,
    is_longer_than,
    is_policy,
    is_uniform,
    is_whole,
)
from marl_lessons.exercises.judging.drawing import NUMBER_STYLES, POLICY_STYLES, draw_numbers, draw_policy, draw_shapes
from marl_lessons.exercises.judging.expect import expect_agreement
from marl_lessons.exercises.judging.kinds import expect_array
from marl_lessons.exercises.judging.mistakes import Mistake
from marl_lessons.exercises.judging.showing import show_value
from marl_lessons.exercises.specification import Check, Exercise

CLEAR = 1e-3  # a lead that no rounding turns around


def challenge(values, policy):
    """Return the opponent's best answer to a policy in each state: (S, A, B), (S, A) -> (S,)."""
    return np.array([(policy[s] @ values[s]).argmin() for s in range(len(values))])


def try_every_column(values, policy):
    """The definition: in each state the column in which the policy can expect least; ties do not occur."""
    answers = []
    for table, weights in zip(values.tolist(), policy.tolist(), strict=True):
        columns = [sum(p * v for p, v in zip(weights, column, strict=True)) for column in zip(*table, strict=True)]
        answers.append(columns.index(min(columns)))
    return np.array(answers)


def list_columns(values, policy):
    """Return what the policy can expect in each state and column, (S, B)."""
    return (policy[:, :, None] * values).sum(axis=1)


def find_ties(values, policy):
    """Tell of each state whether several columns are, but for rounding, equally good: (S,)."""
    columns = np.sort(list_columns(values, policy), axis=1)
    return columns[:, 1:2].sum(axis=1) - columns[:, 0] < CLEAR if columns.shape[1] > 1 else np.zeros(len(columns), bool)


def draw_clear(rng):
    """Pennies to check by hand, then random tables with policies of every kind; one answer is clearly the best.

    Tables of one row or column come with many states: the smallest case, which a card shows, is worth a thought.
    """
    pennies, policy = np.array([[[1, -1], [-1, 1]]]), np.array([[0.75, 0.25]])
    shapes = [(1, 2, 2), (2, 2, 2), (3, 3, 3), *draw_shapes(rng, (1, 2, 2), (4, 4, 5), times=46)]
    shapes += [(4, 1, 4), (5, 4, 1)] * 4 + [(12, 4, 5)]
    by_hand = [(pennies, policy), (pennies * 1.0, policy)]
    return by_hand + [_draw_clear_case(rng, shape, index) for index, shape in enumerate(shapes)]


def _draw_clear_case(rng, shape, index):
    while True:
        values = draw_numbers(rng, shape, NUMBER_STYLES[index % 5]).round(2)
        styles = [POLICY_STYLES[(index // 5 + (state if index % 2 else 0)) % 6] for state in range(shape[0])]
        if shape[1] == 3 and len(set(styles)) > 1:  # thirds among other numbers would be written with all digits
            styles = ["uneven" if style == "uniform" else style for style in styles]
        policy = np.array([draw_policy(rng, shape[1], style) for style in styles])
        if not find_ties(values, policy).any():
            return values, policy


def draw_tied(rng):
    """Tables of small whole numbers and certain policies: in most states several answers are equally good."""
    shapes = [(1, 2, 2), (1, 2, 3), (2, 3, 3), (4, 2, 3), (3, 3, 4)] * 3
    return [
        (rng.integers(0, 2, size=shape), np.eye(shape[1])[rng.integers(shape[1], size=shape[0])]) for shape in shapes
    ]


def returns_one_action_per_state(answer, rng):
    values = draw_numbers(rng, (5, 2, 3), "fractions")
    result = answer(values, np.array([draw_policy(rng, 2, "mixed") for _ in range(5)]))
    expect_array(result, (5,), "one action of the opponent for each of 5 states")
    _expect_actions(result, 3)


def _expect_actions(result, num_actions):
    if result.dtype.kind not in "iu":
        raise Mistake(
            f"Actions are whole numbers, got dtype {result.dtype}: {show_value(result)}. `argmin` gives the place of "
            "the smallest entry, `min` the entry itself."
        )
    if result.min() < 0 or result.max() >= num_actions:
        raise Mistake(
            f"The opponent has {num_actions} actions, 0 to {num_actions - 1}, got {show_value(result)}. Which axis of "
            "a state's table are they on?"
        )


def answers_best_in_each_state(answer, rng):
    expect_agreement(answer, draw_clear(rng), try_every_column, CHALLENGER_MISCONCEPTIONS, explain=_explain_columns)


def _explain_columns(trial):
    columns = list_columns(*trial.case)
    listed = "; ".join(f"state {state}: {show_value(row)}" for state, row in enumerate(columns[:3]))
    return f"What the policy can expect, column by column: {listed}{' …' if len(columns) > 3 else ''}"


def takes_any_of_equals(answer, rng):
    answers_best_in_each_state(answer, rng)  # so that what is said about it there is not said anew
    for values, policy in draw_tied(rng):
        result = answer(values, policy)
        expect_array(result, (len(values),), "one action for each state, also where several are equally good")
        _expect_actions(result, values.shape[2])
        columns = list_columns(values, policy)
        is_wrong = columns[np.arange(len(result)), result] > columns.min(axis=1)
        if is_wrong.any():
            state = int(is_wrong.argmax())
            raise Mistake(
                f"Where several columns are equally good, yours is none of them: in state {state} the columns are "
                f"worth {show_value(columns[state])} to the policy, and you take {result[state]}.\nThis was asked:\n"
                + answer.show_call((values, policy), got=(result,))
            )


DOMAIN = Domain(
    parameters=(
        Parameter(
            "values",
            is_array(None, None, None),
            NUMBERS
            | {
                "has one state": has_length(0, 1),
                "has one row in each state": has_length(1, 1),
                "has one column in each state": has_length(2, 1),
                "has more than three states": is_longer_than(3),
                "has more than two rows": is_longer_than(2, axis=1),
                "has more than two columns": is_longer_than(2, axis=2),
            },
        ),
        Parameter(
            "policy",
            lambda policy: is_array(None, None)(policy) and is_policy(policy),
            {
                "is an array of whole numbers": is_whole,
                "is certain of one action in each state": is_certain,
                "holds a 0": has_zeros,
                "gives every action the same probability": is_uniform,
            },
        ),
    ),
    fit=lambda values, policy: values.shape[:2] == policy.shape,
    corners={
        "the tables are square": lambda values, policy: values.shape[1] == values.shape[2],
        "the tables are no squares": lambda values, policy: values.shape[1] != values.shape[2],
        "there are as many states as rows": lambda values, policy: values.shape[0] == values.shape[1],
        "several columns are equally good": lambda values, policy: find_ties(values, policy).any(),
        "the first column is the best in every state": lambda *case: (try_every_column(*case) == 0).all(),
        "the same column is the best in every state": lambda *case: np.ptp(try_every_column(*case)) == 0,
        "the last column is the best somewhere": lambda values, policy: (
            try_every_column(values, policy).max() == values.shape[2] - 1
        ),
    },
)

EXERCISE = Exercise(
    id="5.4",
    title="The challenger's answers",
    reference=challenge,
    checks=(
        Check("returns one action for each state", returns_one_action_per_state),
        Check("finds the best answer in each state", answers_best_in_each_state),
        Check("takes one of several equally good answers", takes_any_of_equals),
    ),
    hints=(
        "Begin with one state: you know its table and your policy there. What do you expect in each column?",
        "`policy[s] @ values[s]` tells it, as in exercise 5.1. Which place in it does the opponent choose: that of the "
        "largest number or that of the smallest?",
        "Do it for all states and make an array of the answers: `np.array([… for s in range(len(values))])`. "
        "`.argmin()` is the place of the smallest.",
    ),
    explanation="In each state the opponent faces one table and one policy. `policy[s] @ values[s]` is what you can "
    "expect in each column, and the challenger goes where that is least. Over all states this is its whole policy.",
    domain=DOMAIN,
)
