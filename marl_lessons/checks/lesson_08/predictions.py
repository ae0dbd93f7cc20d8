"""The predictions of lesson 08."""

from marl_lessons.exercises.specification import Option, Prediction

PREDICTIONS = (
    Prediction(
        id="8.a",
        question="Nearly all teams sit at (c, c), where agent 0 would earn 6 instead of 5 with b. They go on learning "
        "for 10,000 more plays, and from now on one action in ten is random. Where are most of them then?",
        options={
            "a": Option(
                "at (a, a): some day both try it", "they do, about once in 900 plays. A lone try pays 0 or −30."
            ),
            "b": Option(
                "at (b, c) or (b, b): agent 0 finds that b pays more",
                "agent 0 finds it again and again, until an explorer beside it plays a, and b pays −30.",
            ),
            "c": Option("still at (c, c)", "what looked bad is tried again, and hurts again: the partner explores."),
        },
        answer="c",
    ),
    Prediction(
        id="8.b",
        question="In partially stochastic climbing (b, b) pays 14 or 0, each half of the time, and (a, a) always 11. "
        "A hundred distributed teams believe the best that ever happened. Where do they end?",
        options={
            "a": Option(
                "at (a, a), as before", "(a, a) is best on average. Who remembers only the best sees no average."
            ),
            "b": Option("at (b, b)", "14 is the best that ever happened, and nothing that follows can correct it."),
            "c": Option("some here, some there", "every team sees the 14 sooner or later, and none forgets it."),
        },
        answer="b",
    ),
)
