"""The predictions of lesson 15."""

from marl_lessons.exercises.specification import Option, Prediction

PREDICTIONS = (
    Prediction(
        id="15.a",
        question="On dispatch distributed teams score 99.7 and hysteretic ones 90. Both learn the rush hour with the "
        "same settings and as many steps. What do they score there, of 100?",
        options={
            "a": Option(
                "distributed about 97, hysteretic about 75: the game is harder, the order stays",
                "the order does not stay: in dispatch nothing that a worker does depends on luck. Here it does.",
            ),
            "b": Option(
                "distributed about 72, hysteretic about 75",
                "whoever believes the best that ever happened takes a lucky worker for a good plan.",
            ),
            "c": Option(
                "both about 97: they were made for teams, not for dispatch",
                "they were made to forgive a partner. What they should not forgive is luck, and they cannot tell.",
            ),
            "d": Option(
                "distributed about 40, hysteretic about 90",
                "hysteretic teams lose as well: their values start at 0, far from what the game is worth.",
            ),
        },
        answer="b",
    ),
    Prediction(
        id="15.b",
        question="IQL teams score about 78 on average. Two of them exchange their workers 1. What do the mixed teams "
        "score on average, over all pairs?",
        options={
            "a": Option(
                "about 78: all learned the same game",
                "they did, but each pair has settled on its own answer where several are good.",
            ),
            "b": Option(
                "about 65: some strangers are bad partners",
                "it is not that some workers are bad: most pairs clash in some state or other.",
            ),
            "c": Option(
                "about 27: in most pairs the two have agreed otherwise",
                "each team has agreed on who goes where and when; strangers have not, and one at H alone costs much.",
            ),
            "d": Option(
                "about 0, as two who play at random",
                "a quarter of the pairs do worse than that, but others agree by luck.",
            ),
        },
        answer="c",
    ),
)
