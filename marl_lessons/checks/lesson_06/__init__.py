"""Lesson 06, Independent Q-learning."""

from marl_lessons.checks.lesson_06 import choose_actions, td_target, update_table, worth_now
from marl_lessons.checks.lesson_06.predictions import PREDICTIONS
from marl_lessons.exercises.specification import Lesson

LESSON = Lesson(
    number=6,
    title="Independent Q-learning",
    exercises=(
        td_target.EXERCISE,
        choose_actions.EXERCISE,
        update_table.EXERCISE,
        worth_now.EXERCISE,
    ),
    predictions=PREDICTIONS,
)
