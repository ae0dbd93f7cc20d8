"""The predictions of lesson 03."""

from marl_lessons.exercises.specification import Option, Prediction

PREDICTIONS = (
    Prediction(
        id="3.a",
        question="The learner as printed ends at a return of about −90, far above random play (−1,133). "
        "With the actions relabeled, where does the same code end?",
        options={
            "a": Option(
                "at about −90 as well", "so it would be if it had learned: names do not matter to who has learned."
            ),
            "b": Option(
                "somewhat lower, perhaps −200",
                "a learner that only starts from the wrong guess would recover; this one never does.",
            ),
            "c": Option(
                "far below random play",
                "where it knows nothing it takes the first action, and now the first one pushes hardest.",
            ),
        },
        answer="c",
    ),
    Prediction(
        id="3.b",
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
    Prediction(
        id="3.c",
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
