"""The predictions of lesson 01."""

from marl_lessons.exercises.specification import Option, Prediction

PREDICTIONS = (
    Prediction(
        id="1.a",
        question="In climbing, your partner picks a, b or c with probability 1/3 each. What is your best response?",
        options={
            "a": Option("row a, with the 11", "the mean of 11, −30 and 0 is −6.33."),
            "b": Option("row b, with the 7 and the 6", "the mean of −30, 7 and 6 is −5.67."),
            "c": Option("row c, where nothing is above 5", "the mean of 0, 0 and 5 is 1.67, the best of the three."),
        },
        answer="c",
    ),
    Prediction(
        id="1.b",
        question="In the drift game, which team collects more: one that acts at random, or one that always plays "
        "action 0?",
        options={
            "a": Option(
                "about the same: neither has learned anything",
                "a team need not learn anything to do well or badly; what it does decides.",
            ),
            "b": Option(
                "the random team: it tries everything",
                "each random action pushes the state by 0.075 on average, always to the right, "
                "and nothing ever pulls it back.",
            ),
            "c": Option(
                "the team that always plays 0, by far",
                "action 0 pushes nothing, so the state stays near its start, and it earns the bonus.",
            ),
        },
        answer="c",
    ),
    Prediction(
        id="1.c",
        question="On a scale from 0 (random play) to 100 (the best that is possible), what does a team score that "
        "serves the light queues perfectly and never touches the heavy one?",
        options={
            "a": Option(
                "about 15",
                "even a careful team earns far more than a random one, whose workers keep going to H alone.",
            ),
            "b": Option(
                "about 45",
                "the light tasks bring at most 2 a step, a heavy one brings 4: more than half of the scale is left.",
            ),
            "c": Option(
                "about 85",
                "even if a heavy task came only once in 50 steps, it would be about 79, "
                "and one comes every other step.",
            ),
        },
        answer="b",
    ),
)
