"""Lesson 03, The best a team can do."""

from marl_lessons.checks.lesson_03 import policy_values
from marl_lessons.checks.lesson_03.predictions import PREDICTIONS
from marl_lessons.exercises.specification import Lesson

LESSON = Lesson(
    number=3,
    title="The best a team can do",
    exercises=(policy_values.EXERCISE,),
    predictions=PREDICTIONS,
)
