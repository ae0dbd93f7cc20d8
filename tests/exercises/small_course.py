"""A small course of the tests' own: lesson 7 asks for a function, for a value and for a prediction."""

import numpy as np

from marl_lessons.exercises.judging.comparison import is_same
from marl_lessons.exercises.judging.expect import expect_agreement
from marl_lessons.exercises.judging.kinds import expect_array, expect_number
from marl_lessons.exercises.judging.mistakes import Misconception, Mistake
from marl_lessons.exercises.specification import Check, Exercise, Lesson, Option, Prediction

RAGGED = (np.array([0.5, 0.5]), np.array([0.2, 0.3, 0.5]))  # policies over two and over three actions
CASES = [(np.array([1.0, 2.0, 3.0]),), (np.array([-1.0]),)]


class Hostile:
    """An object that fails whatever it is asked."""

    def fail(self, *others):
        raise RuntimeError

    __eq__ = __repr__ = __array__ = fail
    __hash__ = None


def add(first, second):
    """Returns the sum of two numbers."""
    return first + second


def doubled(rewards):
    """Returns each agent's reward twice."""
    return 2 * rewards


def returns_one_number_per_agent(answer, rng):
    expect_array(answer(np.array([1.0, 2.0, 3.0])), (3,), "one number for each of 3 agents")


def doubles_every_reward(answer, rng):
    squares = Misconception(lambda rewards: rewards**2, "You squared the rewards.")
    expect_agreement(answer, [*CASES, (rng.normal(size=4),)], lambda rewards: rewards + rewards, [squares])


def equals_forty_two(answer, rng):
    expect_number(answer)
    if not is_same(answer, 42):
        raise Mistake("Six times seven is something else.")


FUNCTION_EXERCISE = Exercise(
    id="7.1",
    title="Double rewards",
    reference=doubled,
    checks=(
        Check("returns one number per agent", returns_one_number_per_agent),
        Check("doubles every reward", doubles_every_reward),
    ),
    hints=("Think of 2.", "Write `2 * rewards`.", "Write `return 2 * rewards`."),
    explanation="Twice is times two.",
)
VALUE_EXERCISE = Exercise(
    id="7.2",
    title="Six times seven",
    reference=42,
    checks=(Check("is the product", equals_forty_two),),
    hints=("Count.",),
    explanation="6 × 7 = 42.",
)
PREDICTION = Prediction(
    id="7.a",
    question="What grows?",
    options={"a": Option("The sum", "because each part grows"), "b": Option("Nothing", "but it does")},
    answer="a",
)
LESSON = Lesson(7, "A lesson of the tests", (FUNCTION_EXERCISE, VALUE_EXERCISE), (PREDICTION,))
