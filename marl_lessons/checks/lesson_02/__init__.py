"""Lesson 02, Markov games."""

from marl_lessons.checks.lesson_02 import discounted_return, drift_rewards, find_truncated
from marl_lessons.checks.lesson_02.predictions import PREDICTIONS
from marl_lessons.exercises.specification import Lesson

LESSON = Lesson(
    number=2,
    title="Markov games",
    exercises=(
        drift_rewards.EXERCISE,
        discounted_return.EXERCISE,
        find_truncated.EXERCISE,
    ),
    predictions=PREDICTIONS,
)
