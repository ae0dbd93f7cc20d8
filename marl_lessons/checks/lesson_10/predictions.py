"""The predictions of lesson 10."""

from marl_lessons.exercises.specification import Option, Prediction

PREDICTIONS = (
    Prediction(
        id="10.a",
        question="Both agents begin with even chances for all three actions and follow their exact gradients. At the "
        "two gates that led to 11. Where is the team after 4,000 steps, now that there is c?",
        options={
            "a": Option(
                "at (a, a), which pays 11", "beside even chances c looks best to both: a meets −30 as often as 11."
            ),
            "b": Option(
                "at (b, b), which pays 7", "later it gets there; but agent 1 has nearly given up b on its way."
            ),
            "c": Option(
                "at (b, c), which pays 6",
                "both set off toward c, then agent 0 turns to b; agent 1 hardly plays b any more, and hardly moves.",
            ),
            "d": Option("at (c, c), which pays 5", "both set off toward it, but beside c agent 0 earns 6 with b."),
        },
        answer="c",
    ),
    Prediction(
        id="10.b",
        question="Ten agents, even chances, one play. How often does the estimated gradient point uphill?",
        options={
            "a": Option(
                "about half of the time: noise goes both ways",
                "there is only one joint action that pays anything, and the others give no step at all.",
            ),
            "b": Option(
                "about once in 10: one agent in ten decides", "all ten must play 1, and each does half the time."
            ),
            "c": Option("about once in 1,000", "all ten coins must show 1: one half ten times over, 1/1,024."),
        },
        answer="c",
    ),
)
