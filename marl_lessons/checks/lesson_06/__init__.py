"""Lesson 06, Independent Q-learning."""

from marl_lessons.checks.lesson_06 import choose_actions, td_target, update_table
from marl_lessons.exercises.specification import Lesson

LESSON = Lesson(
    number=6,
    title="Independent Q-learning",
    exercises=(
        td_target.EXERCISE,
        choose_actions.EXERCISE,
        update_table.EXERCISE,
    ),
)
