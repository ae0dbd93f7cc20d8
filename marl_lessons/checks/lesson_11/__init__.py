"""Lesson 11, Value decomposition."""

from marl_lessons.checks.lesson_11 import additive, mixing, monotone, target
from marl_lessons.checks.lesson_11.predictions import PREDICTIONS
from marl_lessons.exercises.specification import Lesson

LESSON = Lesson(
    number=11,
    title="Value decomposition",
    exercises=(additive.EXERCISE, mixing.EXERCISE, target.EXERCISE, monotone.EXERCISE),
    predictions=PREDICTIONS,
)
