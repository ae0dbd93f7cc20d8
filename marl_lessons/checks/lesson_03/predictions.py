"""The predictions of lesson 03."""

from marl_lessons.exercises.specification import Option, Prediction

PREDICTIONS = (
    Prediction(
        id="3.a",
        version=2,
        question="On the scale from 0 (random play) to 100 (the best that is possible), what does a team score that "
        "serves the light queues perfectly and never touches the heavy one?",
        options={
            "a": Option(
                "about 15",
                "even a careful team earns far more than a random one, whose workers keep going to H alone.",
            ),
            "b": Option(
                "about 46",
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
    Prediction(
        id="3.b",
        version=2,
        question="At p = 0 the eager workers score 45, at p = 1 they score 99. What do they score at p = 1/3?",
        options={
            "a": Option(
                "about 63, a third of the way up",
                "with one coin for both, so that they go together or not at all, it would even be 73. But each of "
                "them tosses its own.",
            ),
            "b": Option(
                "about 45, no better and no worse",
                "what they gain when they meet at H is less than what they lose when one of them stands there alone.",
            ),
            "c": Option(
                "about 8, hardly better than random play",
                "they meet at H in 1 of 9 cases (4 for the team), and one stands there alone in 4 of 9 (a loss of 2).",
            ),
        },
        answer="c",
    ),
)
