"""Lesson 05, Competition."""

from marl_lessons.checks.lesson_05 import challenger, exploitability, fictitious, guarantee
from marl_lessons.checks.lesson_05.predictions import PREDICTIONS
from marl_lessons.exercises.specification import Lesson

LESSON = Lesson(
    number=5,
    title="Competition",
    exercises=(
        guarantee.EXERCISE,
        exploitability.EXERCISE,
        fictitious.EXERCISE,
        challenger.EXERCISE,
    ),
    predictions=PREDICTIONS,
)
