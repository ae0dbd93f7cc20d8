"""The predictions of lesson 14."""

from marl_lessons.exercises.specification import Option, Prediction

PREDICTIONS = ()
