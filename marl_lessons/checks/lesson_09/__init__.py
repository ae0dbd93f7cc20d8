"""Lesson 09, Reward shaping."""

from marl_lessons.checks.lesson_09 import difference, diversity, gain, potential_test
from marl_lessons.checks.lesson_09.predictions import PREDICTIONS
from marl_lessons.exercises.specification import Lesson

LESSON = Lesson(
    number=9,
    title="Reward shaping",
    exercises=(diversity.EXERCISE, gain.EXERCISE, potential_test.EXERCISE, difference.EXERCISE),
    predictions=PREDICTIONS,
)
