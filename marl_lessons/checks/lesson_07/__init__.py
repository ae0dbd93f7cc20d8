"""Lesson 07, Is it learning at all?."""

from marl_lessons.checks.lesson_07 import diagnoses, exploration_time, gains, revisits
from marl_lessons.checks.lesson_07.predictions import PREDICTIONS
from marl_lessons.exercises.specification import Lesson

LESSON = Lesson(
    number=7,
    title="Is it learning at all?",
    exercises=(
        revisits.EXERCISE,
        exploration_time.EXERCISE,
        diagnoses.EXERCISE,
        gains.EXERCISE,
    ),
    predictions=PREDICTIONS,
)
