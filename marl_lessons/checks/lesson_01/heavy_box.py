"""Exercise 1.1: an expected payoff by hand."""

from marl_lessons.exercises.judging.comparison import is_same
from marl_lessons.exercises.judging.kinds import expect_number
from marl_lessons.exercises.judging.mistakes import Mistake
from marl_lessons.exercises.judging.showing import show_value
from marl_lessons.exercises.specification import Check, Exercise

MEANINGS = {
    4.0: "4 is what you get when your partner helps, and that happens only half of the time. "
    "Multiply each payoff by its probability before you add.",
    0.0: "0 is what you get when your partner does not help, and that happens only half of the time. In the other half "
    "you get 4: multiply each payoff by its probability, 1/2, and add. (In Python `1 // 2` is 0, and `1 / 2` is 0.5.)",
    0.5: "0.5 is a probability: that the partner helps. Multiply the payoff by it.",
    1.0: "1 is a quarter of 4, as if two coins were tossed. Only the partner tosses one; that you lift heavy is "
    "certain.",
    1.5: "1.5 is half of 3, the mean of the column `light`: there your own action changes. Yours is fixed: stay in one "
    "row.",
    2.5: "2.5 is the mean of your whole table. You chose your row: it is `heavy`, and only the partner is random.",
    3.0: "3 is what the light box pays. The question is about the heavy one: row `heavy` of `payoffs[0]`.",
    3.5: "3.5 is the mean of 4 and 3, a column of your table or a row of your partner's. "
    "Look at your own table, `payoffs[0]`, and there at the row `heavy`.",
    5.5: "5.5 is what both of you get together. The question is what you get.",
    -2.0: "Right but for the sign: you receive the payoff, so it counts as it stands.",
}


def is_a_number(answer, rng):
    expect_number(answer)


def averages_the_row(answer, rng):
    for number, meaning in MEANINGS.items():
        if is_same(answer, number):
            raise Mistake(meaning)
    if not is_same(answer, 0.5 * 4 + 0.5 * 0):
        raise Mistake(
            f"{show_value(answer)} is not the exact mean. Two things can happen when you lift the heavy box, each with "
            "probability 1/2: multiply each payoff by its probability and add."
        )


EXERCISE = Exercise(
    id="1.1",
    title="What to expect of the heavy box",
    reference=2.0,
    checks=(
        Check("is a number", is_a_number),
        Check("is the mean payoff over what the partner may do", averages_the_row),
    ),
    hints=(
        "You chose the heavy box, so you know your row. What are the two entries of that row in `payoffs[0]`?",
        "The entries are 4 (the partner helps) and 0 (it does not). Each happens with probability 1/2.",
        "0.5 × 4 + 0.5 × 0 = ?",
    ),
    explanation="0.5 × 4 + 0.5 × 0 = 2. The light box pays 3 for certain, so with such a partner you should "
    "leave the heavy box alone, although a 4 stands in its row. What is best depends on the partner.",
)
