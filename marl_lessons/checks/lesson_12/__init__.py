"""Lesson 12, Central critics."""

from marl_lessons.checks.lesson_12 import advantages, joint_advantages, joint_target, leak_test
from marl_lessons.checks.lesson_12.predictions import PREDICTIONS
from marl_lessons.exercises.specification import Lesson

LESSON = Lesson(
    number=12,
    title="Central critics",
    exercises=(advantages.EXERCISE, joint_advantages.EXERCISE, joint_target.EXERCISE, leak_test.EXERCISE),
    predictions=PREDICTIONS,
)
