"""The predictions of lesson 13."""

from marl_lessons.exercises.specification import Option, Prediction

PREDICTIONS = (
    Prediction(
        id="13.a",
        question="To be written.",
        options={"a": Option("x", "y"), "b": Option("z", "w")},
        answer="a",
    ),
)
