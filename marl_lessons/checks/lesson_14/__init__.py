"""Lesson 14, Hierarchies, and the way out."""

from marl_lessons.checks.lesson_14 import most_per_step, play_by_name, refit, share_out
from marl_lessons.checks.lesson_14.predictions import PREDICTIONS
from marl_lessons.exercises.specification import Lesson

LESSON = Lesson(
    number=14,
    title="Hierarchies, and the way out",
    exercises=(most_per_step.EXERCISE, share_out.EXERCISE, refit.EXERCISE, play_by_name.EXERCISE),
    predictions=PREDICTIONS,
)
