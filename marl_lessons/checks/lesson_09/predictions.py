"""The predictions of lesson 09."""

from marl_lessons.exercises.specification import Option, Prediction

PREDICTIONS = (
    Prediction(
        id="9.a",
        question="Foraging pays 1 for the food, dispatch 1 or 4 for a task, and the bonus is at most 0.2 in a step. "
        "What does it do to the scores?",
        options={
            "a": Option(
                "next to nothing in both: 0.2 is little beside 1",
                "0.2 is paid again in each step, and the food once.",
            ),
            "b": Option(
                "next to nothing in dispatch, and in foraging it ruins nearly everything",
                "a team that eats ends the game, and with it the stream of bonuses. Dispatch goes on whatever they do.",
            ),
            "c": Option(
                "it ruins nearly everything in dispatch, and does next to nothing in foraging",
                "in dispatch a step brings tasks worth 1 or 4, or a bonus of 0.2: the tasks win.",
            ),
            "d": Option(
                "it helps in both: who spreads out finds more",
                "to spread out is not what earns: both must load, and a heavy task needs both.",
            ),
        },
        answer="b",
    ),
    Prediction(
        id="9.b",
        question="A hundred agents, seven nights, at best worth 11.04 in all. Which pay comes closest?",
        options={
            "a": Option(
                "global: it is exactly what we want",
                "it is, but each agent's own choice hardly shows in the sum of a hundred.",
            ),
            "b": Option(
                "local: each night is judged by itself",
                "everybody looks for a good night, and then none is good: they spread evenly, about 14 to a night.",
            ),
            "c": Option(
                "difference: what would be missing without me",
                "an agent hears itself alone, and hears whether it does good or harm.",
            ),
            "d": Option(
                "all the same: the agents learn in the same way",
                "they do, from other numbers; and two of the three tell them little or the wrong thing.",
            ),
        },
        answer="c",
    ),
)
