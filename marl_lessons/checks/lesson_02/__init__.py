"""Lesson 02, Reward structures: cooperative, competitive and mixed games, dilemmas, guarantees and mixed rewards."""

from marl_lessons.checks.lesson_02 import dilemma, exploitability, guarantee, mixed_rewards, potential, structure
from marl_lessons.checks.lesson_02.predictions import PREDICTIONS
from marl_lessons.exercises.specification import Lesson

LESSON = Lesson(
    number=2,
    title="Reward structures",
    exercises=(
        structure.EXERCISE,
        potential.EXERCISE,
        dilemma.EXERCISE,
        guarantee.EXERCISE,
        exploitability.EXERCISE,
        mixed_rewards.EXERCISE,
    ),
    predictions=PREDICTIONS,
)
