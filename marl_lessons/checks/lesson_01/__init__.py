"""Lesson 01, Games."""

from marl_lessons.checks.lesson_01 import action_values, best_responses, equilibrium, heavy_box
from marl_lessons.checks.lesson_01.predictions import PREDICTIONS
from marl_lessons.exercises.specification import Lesson

LESSON = Lesson(
    number=1,
    title="Games",
    exercises=(
        heavy_box.EXERCISE,
        action_values.EXERCISE,
        equilibrium.EXERCISE,
        best_responses.EXERCISE,
    ),
    predictions=PREDICTIONS,
)
