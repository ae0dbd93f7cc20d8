"""The predictions of lesson 11."""

from marl_lessons.exercises.specification import Option, Prediction

PREDICTIONS = (
    Prediction(
        id="11.a",
        question="Twenty teams learn the two-step game by adding up utilities. What does a team get in the end?",
        options={
            "a": Option("8: in 2B both learn that B is better", "so they do; but first agent 0 has to go there."),
            "b": Option(
                "7: agent 0 goes to 2A",
                "no sum fits the table of 2B. The nearest one has 6.5 where 8 should be, and 6.5 is less than 7.",
            ),
            "c": Option("half of the teams 7, the others 8", "all of them see the same payoffs equally often."),
            "d": Option("less than 7: in 2B they miss each other", "in 2B both would play B, which pays 8."),
        },
        answer="b",
    ),
    Prediction(
        id="11.b",
        question="A hundred teams of each kind learn the relay, with the same episodes, exploring and step sizes. Who "
        "does best?",
        options={
            "a": Option(
                "all three come near the best: two agents and three actions are few",
                "who learns alone never learns what its flag is good for, and a sum cannot say when a gate fits.",
            ),
            "b": Option(
                "IQL worst, VDN in between, QMIX best",
                "a shared value tells the scout what a flag is worth, and a mix also says for which code.",
            ),
            "c": Option(
                "VDN worst, IQL in between, QMIX best",
                "VDN's sum misjudges the match, but a flag that is lit is still worth more than silence.",
            ),
            "d": Option(
                "IQL worst, VDN and QMIX alike",
                "what QMIX knows and VDN does not is the state, and it is the code that decides whether a gate fits.",
            ),
        },
        answer="b",
    ),
)
