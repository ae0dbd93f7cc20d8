"""The predictions of lesson 07."""

from marl_lessons.exercises.specification import Option, Prediction

PREDICTIONS = (
    Prediction(
        id="7.a",
        question="As printed, the learner returns about −90 in its last episodes. Random play returns −1,133. With the "
        "actions relabeled, what does the same code return in its last episodes?",
        options={
            "a": Option(
                "about −90 as well", "so it would be if it had learned: names do not matter to who has learned."
            ),
            "b": Option(
                "somewhat less, perhaps −200",
                "a learner that only starts from a wrong guess would recover; this one never does.",
            ),
            "c": Option(
                "about −1,133, like random play",
                "so it would be if it chose by lot where it knows nothing. It takes the first action there.",
            ),
            "d": Option(
                "far less than random play",
                "where it knows nothing it takes the first action, and now the first one pushes hardest.",
            ),
        },
        answer="d",
    ),
    Prediction(
        id="7.b",
        question="One part of the treatment is left out, all else stays the same. What does the most harm?",
        options={
            "a": Option(
                "exploring as printed (ε · 0.995 after every step)",
                "it does harm, but less: the values begin at 0, above nearly all true ones, so an action that was "
                "never tried looks good, and gets tried even without exploring.",
            ),
            "b": Option(
                "training episodes of 100 steps",
                "it does harm: pushed far to the right the team learns nothing there, and it seldom starts over.",
            ),
            "c": Option(
                "a discount of 0.99",
                "then a value is the sum of about a hundred steps, most of it luck and the pushes of the others. What "
                "one push changes is hard to find in it, and takes many times as many steps.",
            ),
        },
        answer="c",
    ),
)
