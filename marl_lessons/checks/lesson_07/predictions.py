"""The predictions of lesson 07."""

from marl_lessons.exercises.specification import Option, Prediction

PREDICTIONS = (
    Prediction(
        id="7.a",
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
)
