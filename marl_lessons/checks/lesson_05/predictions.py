"""The predictions of lesson 05."""

from marl_lessons.exercises.specification import Option, Prediction

PREDICTIONS = (
    Prediction(
        id="5.a",
        question="Two heads now pay you 2 instead of 1. How often should you play heads, to guarantee as much as "
        "possible?",
        options={
            "a": Option(
                "more than half of the time: heads can win more",
                "heads wins more only if the opponent plays heads, and who knows that you like heads plays tails.",
            ),
            "b": Option(
                "half of the time: a fair coin cannot be foreseen",
                "nobody can foresee it, but the opponent then plays tails for certain, where you never win 2.",
            ),
            "c": Option(
                "less than half of the time",
                "the 2 frightens the opponent away from heads, so tails against tails has to become more likely.",
            ),
        },
        answer="c",
    ),
    Prediction(
        id="5.b",
        question="Of its matches against random play that end with a goal, the bully wins more than 99 %. How many "
        "does it win against an opponent that knows its policy and plays the best answer to it?",
        options={
            "a": Option("about 80 %: it is very good", "it is very good against random play, and that is all we know."),
            "b": Option("about half", "half is what the minimax policy gets, as the game is the same for both."),
            "c": Option(
                "about one in five: the moves come in random order, so luck decides some",
                "the challenger knows the order is random too, and waits where it loses nothing by it.",
            ),
            "d": Option(
                "none", "it always does the same in the same place, and who knows where it goes can wait there."
            ),
        },
        answer="d",
    ),
)
