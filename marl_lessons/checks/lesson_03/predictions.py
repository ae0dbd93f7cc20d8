"""The predictions of lesson 03."""

from marl_lessons.exercises.specification import Option, Prediction

PREDICTIONS = (
    Prediction(
        id="3.a",
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
