"""Lesson 03, The best a team can do."""

from marl_lessons.checks.lesson_03 import one_sweep, policy_values, score_of_a_team, team_by_hand
from marl_lessons.checks.lesson_03.predictions import PREDICTIONS
from marl_lessons.exercises.specification import Lesson

LESSON = Lesson(
    number=3,
    title="The best a team can do",
    exercises=(policy_values.EXERCISE, one_sweep.EXERCISE, score_of_a_team.EXERCISE, team_by_hand.EXERCISE),
    predictions=PREDICTIONS,
)
