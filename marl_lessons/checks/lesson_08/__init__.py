"""Lesson 08, Coordination."""

from marl_lessons.checks.lesson_08 import change_mind, expected_move, hysteretic
from marl_lessons.checks.lesson_08.predictions import PREDICTIONS
from marl_lessons.exercises.specification import Lesson

LESSON = Lesson(
    number=8,
    title="Coordination",
    exercises=(hysteretic.EXERCISE, expected_move.EXERCISE, change_mind.EXERCISE),
    predictions=PREDICTIONS,
)
