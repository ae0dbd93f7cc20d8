"""The predictions of lesson 04."""

from marl_lessons.exercises.specification import Option, Prediction

PREDICTIONS = (
    Prediction(
        id="4.a",
        question="With a bonus of 0.35 two cooperators get 1 each and two defectors 0.8 each. 200 pairs learn by trial "
        "and error, each agent for itself. How many pairs end by cooperating?",
        options={
            "a": Option("nearly all: it pays more", "it pays both more, but no agent decides for both."),
            "b": Option(
                "about half",
                "defecting pays more whatever the other one does, by 0.05 or by 0.1. That is enough for nearly all of "
                "them to find out.",
            ),
            "c": Option(
                "nearly none",
                "beside a cooperator defecting pays 1.05 instead of 1, beside a defector 0.8 instead of 0.7. "
                "It is a prisoner's dilemma, and each learner finds out its own part of that.",
            ),
        },
        answer="c",
    ),
    Prediction(
        id="4.b",
        question="Two dispatch workers are paid only for what they do themselves (for a heavy task, half of it each). "
        "What does the team score, between 0 (random) and 100 (best)?",
        options={
            "a": Option(
                "about 40",
                "a heavy task pays one of them 2 if the other comes too, and costs it 2 if not; a light one pays 1 for "
                "certain.",
            ),
            "b": Option(
                "about 70",
                "so much it is if both are paid for the whole heavy task, as a team. Paid for half of it, they dare "
                "less.",
            ),
            "c": Option(
                "about 100",
                "coming to H together would be best for each of them, too. What keeps them away is the risk of coming "
                "alone.",
            ),
        },
        answer="a",
    ),
)
