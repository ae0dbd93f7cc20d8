"""Lesson 01, Markov games: payoffs, best responses, equilibria, rewards, returns and the value of a joint policy."""

from marl_lessons.checks.lesson_01 import (
    action_values,
    discounted_return,
    drift_rewards,
    equilibrium,
    heavy_box,
    policy_values,
)
from marl_lessons.checks.lesson_01.predictions import PREDICTIONS
from marl_lessons.exercises.specification import Lesson

LESSON = Lesson(
    number=1,
    title="Markov games",
    exercises=(
        heavy_box.EXERCISE,
        action_values.EXERCISE,
        equilibrium.EXERCISE,
        drift_rewards.EXERCISE,
        discounted_return.EXERCISE,
        policy_values.EXERCISE,
    ),
    predictions=PREDICTIONS,
)
