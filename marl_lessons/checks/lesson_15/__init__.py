"""Lesson 15, Task optimization."""

from marl_lessons.checks.lesson_15 import difference, pairs, partners, team
from marl_lessons.checks.lesson_15.predictions import PREDICTIONS
from marl_lessons.exercises.specification import Lesson

LESSON = Lesson(
    number=15,
    title="Task optimization",
    exercises=(difference.EXERCISE, team.EXERCISE, pairs.EXERCISE, partners.EXERCISE),
    predictions=PREDICTIONS,
)
