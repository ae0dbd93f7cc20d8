"""Lesson 04, Reward structures."""

from marl_lessons.checks.lesson_04 import dilemma, mixed_rewards, potential, structure
from marl_lessons.checks.lesson_04.predictions import PREDICTIONS
from marl_lessons.exercises.specification import Lesson

LESSON = Lesson(
    number=4,
    title="Reward structures",
    exercises=(
        structure.EXERCISE,
        potential.EXERCISE,
        dilemma.EXERCISE,
        mixed_rewards.EXERCISE,
    ),
    predictions=PREDICTIONS,
)
