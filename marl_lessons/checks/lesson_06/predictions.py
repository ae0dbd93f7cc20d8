"""The predictions of lesson 06."""

from marl_lessons.exercises.specification import Option, Prediction

PREDICTIONS = (
    Prediction(
        id="6.a",
        question="Both agents of a team learn climbing, and each explores with ε = 0.5 for ever. At first, with a "
        "partner that takes any action, b is worth −5.67 to agent 0 and c is worth 1.67. What are they truly worth "
        "after 1,000 plays?",
        options={
            "a": Option(
                "the same as at first",
                "the payoffs stay as they are, but the partner does not: it has learned what it prefers.",
            ),
            "b": Option(
                "both more; c stays better",
                "the partner has learned to prefer c, so it plays c with probability 0.5 + 0.5/3 = 0.67. Then b is "
                "worth 0.17 and c 3.33.",
            ),
            "c": Option(
                "both more; b is better than c in the end",
                "with ε = 0.5 the partner plays a in one of six plays, whatever it prefers, and b pays −30 then.",
            ),
        },
        answer="b",
    ),
)
