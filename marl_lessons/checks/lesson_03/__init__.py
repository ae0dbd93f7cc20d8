"""Lesson 03, Independent Q-learning: the three functions of a learner, the diagnosis of another, and optimism."""

from marl_lessons.checks.lesson_03 import (
    choose_actions,
    exploration_time,
    hysteretic,
    revisits,
    td_target,
    update_table,
)
from marl_lessons.checks.lesson_03.predictions import PREDICTIONS
from marl_lessons.exercises.specification import Lesson

LESSON = Lesson(
    number=3,
    title="Independent Q-learning",
    exercises=(
        td_target.EXERCISE,
        choose_actions.EXERCISE,
        update_table.EXERCISE,
        revisits.EXERCISE,
        exploration_time.EXERCISE,
        hysteretic.EXERCISE,
    ),
    predictions=PREDICTIONS,
)
