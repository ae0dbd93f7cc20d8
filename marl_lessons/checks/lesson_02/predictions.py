"""The predictions of lesson 02."""

from marl_lessons.exercises.specification import Option, Prediction

PREDICTIONS = (
    Prediction(
        id="2.a",
        version=2,
        question="In the drift game, which team collects more: one that acts at random, or one that always plays "
        "action 0?",
        options={
            "a": Option(
                "about the same: neither has learned anything",
                "a team need not learn anything to do well or badly; what it does decides.",
            ),
            "b": Option(
                "the random team: it tries everything",
                "each random action pushes x to the right, by 0.075 on average. There is no action that pulls it back.",
            ),
            "c": Option(
                "the team that always plays 0, by far",
                "action 0 pushes nothing, so that only the noise moves x, by about 1 in 100 steps, and it earns the "
                "bonus.",
            ),
        },
        answer="c",
    ),
)
