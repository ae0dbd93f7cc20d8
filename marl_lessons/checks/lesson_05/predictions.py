"""The predictions of lesson 05."""

from marl_lessons.exercises.specification import Option, Prediction

PREDICTIONS = (
    Prediction(
        id="5.a",
        question="A soccer policy wins more than 99 % of its decided matches against random play. How many does it win "
        "against an opponent that knows the policy and plays the best answer to it?",
        options={
            "a": Option("about 80 %: it is very good", "it is very good against random play, and that is all we know."),
            "b": Option("about half", "half is what the minimax policy gets, because nobody can foresee what it does."),
            "c": Option(
                "none", "it always does the same in the same place, and who knows where it goes can wait there."
            ),
        },
        answer="c",
    ),
)
