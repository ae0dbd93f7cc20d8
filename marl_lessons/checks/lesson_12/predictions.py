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
        question="With the own view COMA as printed scores below 65. Three cures: let its values start at 27; let the "
        "entropy begin at 1 and fade; both. What brings (nearly) all teams near 100?",
        options={
            "a": Option(
                "the values alone: the critic is wrong about what was not tried",
                "that does most of it, but some teams still commit before their critic knows much.",
            ),
            "b": Option(
                "the entropy alone: agents commit too early",
                "they do; but what they did not try still looks worth nothing.",
            ),
            "c": Option(
                "it takes both",
                "a fair start does most; the fading entropy does little alone, but brings the last teams home.",
            ),
            "d": Option(
                "none of them: to blame is the comparison with what was not done",
                "the comparison is right, once the critic knows what was not done.",
            ),
        },
        answer="c",
    ),
)
