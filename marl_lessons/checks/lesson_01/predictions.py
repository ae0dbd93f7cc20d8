"""The predictions of lesson 01."""

from marl_lessons.exercises.specification import Option, Prediction

PREDICTIONS = (
    Prediction(
        id="1.a",
        question="In climbing, your partner picks a, b or c with probability 1/3 each. What is your best response?",
        options={
            "a": Option(
                "row a, with the 11",
                "the mean of 11, −30 and 0 is −6.33. The best cell of the table stands in the row that is the worst "
                "response to such a partner, because of the −30 beside it.",
            ),
            "b": Option("row b, with the 7 and the 6", "the mean of −30, 7 and 6 is −5.67."),
            "c": Option("row c, where nothing is above 5", "the mean of 0, 0 and 5 is 1.67, the best of the three."),
        },
        answer="c",
    ),
)
