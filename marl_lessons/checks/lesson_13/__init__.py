"""Lesson 13, Sharing and mean fields."""

from marl_lessons.checks.lesson_13 import all_differ, average, mean_after, neighbors
from marl_lessons.checks.lesson_13.predictions import PREDICTIONS
from marl_lessons.exercises.specification import Lesson

LESSON = Lesson(
    number=13,
    title="Sharing and mean fields",
    exercises=(all_differ.EXERCISE, average.EXERCISE, mean_after.EXERCISE, neighbors.EXERCISE),
    predictions=PREDICTIONS,
)
