"""The predictions of lesson 13."""

from marl_lessons.exercises.specification import Option, Prediction

PREDICTIONS = (
    Prediction(
        id="13.a",
        question="Two hundred workers in ten districts learn for 300 steps, with a table each or with one for all. How "
        "does the one table do, beside the two hundred?",
        options={
            "a": Option(
                "ahead all the way: two hundred times the experience",
                "it has that, and it shows at first. But what all of them know, all of them do at once.",
            ),
            "b": Option(
                "ahead at first, behind in the end",
                "it learns much faster; then all who see the same go to the same place at once.",
            ),
            "c": Option(
                "behind at first, ahead in the end",
                "at first is when everybody's news counts most.",
            ),
            "d": Option(
                "the same: they see the same, are paid the same way, and learn the same values",
                "nearly the same values; but two hundred tables differ a little, and one table does not.",
            ),
        },
        answer="b",
    ),
    Prediction(
        id="13.b",
        question="The mean field says that the order of the board ends at τ = 2. Agents that see their four neighbors: "
        "where does it end for them?",
        options={
            "a": Option(
                "near 1.1",
                "neighbors agree in patches, some of 1 and some of −1, long after the whole board has lost its order.",
            ),
            "b": Option(
                "near 2, as computed",
                "that would be so if four neighbors were like the whole crowd. They are few, and they are alike.",
            ),
            "c": Option(
                "near 3: neighbors hold one another",
                "they do; but whoever falls for the other side by chance takes its own neighbors along.",
            ),
            "d": Option(
                "nowhere: it fades little by little",
                "400 agents blur the end; a board without end has a sharp one. Only the patches fade so.",
            ),
        },
        answer="a",
    ),
)
