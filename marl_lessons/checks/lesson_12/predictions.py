"""The predictions of lesson 12."""

from marl_lessons.exercises.specification import Option, Prediction

PREDICTIONS = (
    Prediction(
        id="12.a",
        question="One hundred teams learn the relay by the errors of single steps, once with critics that see what "
        "their agent sees, once with a critic that sees the state. The actors are the same. Their scores, of 100?",
        options={
            "a": Option("both about 95: the actors see the same", "they do, but what they are *told* differs."),
            "b": Option(
                "local about 5, central about 95",
                "only a critic that sees the flag can tell the scout at once what its flag is worth.",
            ),
            "c": Option(
                "local about 60, central about 95",
                "then the scout would raise one flag at least. To its own critic all flags lead to the same place.",
            ),
            "d": Option(
                "local about 95, central less: it has more values to learn",
                "it has, a handful more; but the local critic never learns what a flag is worth.",
            ),
        },
        answer="b",
    ),
    Prediction(
        id="12.b",
        question="The counterfactual critic of dispatch starts with all values at 0, and its agents have next to no "
        "entropy. What mends it?",
        options={
            "a": Option(
                "values that start at 27: the critic is wrong about what was never tried",
                "it helps, but a team that commits early still learns about little else.",
            ),
            "b": Option(
                "an entropy of 1 that fades: agents commit too early",
                "it helps a little, but what was never tried still looks worth nothing.",
            ),
            "c": Option("both together, and neither alone", "each takes away one half of the trouble."),
            "d": Option(
                "neither: to compare with what was not done is the trouble itself",
                "the same critic with a plain baseline does no better.",
            ),
        },
        answer="c",
    ),
)
