"""The predictions of lesson 08."""

from marl_lessons.exercises.specification import Option, Prediction

PREDICTIONS = (
    Prediction(
        id="8.a",
        question="Of 100 teams of independent learners, how many end at (a, a), where the 11 is?",
        options={
            "a": Option(
                "nearly all: 11 is the most", "it is the most if both play a; an explorer beside you costs 30."
            ),
            "b": Option("about a third", "nothing is left to chance here: the means push every team the same way."),
            "c": Option("none", "while the partner explores, a pays −6.33 on average and c pays 1.67."),
        },
        answer="c",
    ),
)
