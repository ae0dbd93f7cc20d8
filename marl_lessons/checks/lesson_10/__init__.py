"""Lesson 10, Policy gradients for teams."""

from marl_lessons.checks.lesson_10 import counterfactual, estimate_gradient, log_gradient, payoff_gradient
from marl_lessons.checks.lesson_10.predictions import PREDICTIONS
from marl_lessons.exercises.specification import Lesson

LESSON = Lesson(
    number=10,
    title="Policy gradients for teams",
    exercises=(
        log_gradient.EXERCISE,
        payoff_gradient.EXERCISE,
        estimate_gradient.EXERCISE,
        counterfactual.EXERCISE,
    ),
    predictions=PREDICTIONS,
)
