"""The predictions of lesson 14."""

from marl_lessons.exercises.specification import Option, Prediction

PREDICTIONS = (
    Prediction(
        id="14.a",
        question="The hand rule scores 93 or 94 of 100. Which kinds of learning teams reach that on average?",
        options={
            "a": Option(
                "the workers who draw from one table, and those with the heads and a coordinator",
                "these come nearest, with much the same mean, and both means stay below it.",
            ),
            "b": Option(
                "the workers with tables of their own: they know their own districts best",
                "each learns from its own steps alone, and 119 others learn beside it.",
            ),
            "c": Option(
                "only heads with a coordinator: they see what no worker sees",
                "they see it in four levels, every fifth step, and come no nearer than the workers who draw.",
            ),
            "d": Option(
                "none of them",
                "to count what waits, and to send as many as that, is hard to beat.",
            ),
        },
        answer="d",
    ),
    Prediction(
        id="14.b",
        question="With 1,200 and 10,000 workers, the rule that was found with 120, and is not trained again, scores",
        options={
            "a": Option(
                "about 65, as it did before the search",
                "it would, if it had learned something about those 120 workers.",
            ),
            "b": Option(
                "above the rule it began as, but well below the hand rule",
                "what makes it better than the hand rule is true for other numbers of workers, too.",
            ),
            "c": Option(
                "as high as the hand rule, or a little higher",
                "its seven numbers weigh what waits and who is there, and that means the same in a larger city.",
            ),
            "d": Option(
                "nothing: its seven numbers are those of 120 workers in 10 districts",
                "they belong to no worker and to no district: each district puts its own counts in.",
            ),
        },
        answer="c",
    ),
)
