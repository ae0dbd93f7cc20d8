"""Answers to exercise 1.1."""

from tests.bank.bank import Answers

ANSWERS = {
    "1.1": Answers(
        right=[
            "0.5 * 4 + 0.5 * 0",
            "2",
            "np.mean([4, 0])",
            "np.float64(2)",
            "np.array([0.5, 0.5]) @ np.array([4, 0])",
            "(4 + 0) // 2",
            "np.array(2.0)",
            "sum(chance * payoff for chance, payoff in [(1 / 2, 4), (1 / 2, 0)])",
            "np.float32(2)",
            '__import__("fractions").Fraction(1, 2) * 4',
            '__import__("decimal").Decimal("0.5") * 4',
            "np.random.default_rng(1).permutation([0, 4]).mean()",
        ],
        wrong={
            # The numbers that the exercise knows.
            "4": "4 is what you get when your partner helps",
            "4 + 0": "Multiply each payoff by its probability before you add",
            "0.0": "0 is what you get when your partner does not help",
            "0.5 * 0.5 * 4": "1 is a quarter of 4, as if two coins were tossed.",
            "np.mean([0, 3])": "1.5 is half of 3, the mean of the column `light`:",
            "np.mean([[4, 0], [3, 3]])": "2.5 is the mean of your whole table",
            "max(0.5 * 4, 3)": "3 is what the light box pays",
            "0.5 * 4 + 0.5 * 3": "3.5 is the mean of 4 and 3",
            "0.5 * (4 + 4) + 0.5 * (0 + 3)": "5.5 is what both of you get together",
            "0.5": "0.5 is a probability",
            "1 // 2 * 4": "(In Python `1 // 2` is 0",
            "np.random.default_rng(1).integers(2, size=10_000).mean() * 4": "2.001 is not the exact mean.",
            "2.1": "2.1 is not the exact mean",
            "-2": "Right but for the sign",
            "2.01": "2.01 is not the exact mean",
            "10**400": "Expected a number that a float can hold",
            # No numbers.
            '"2"': "Expected a number, got a str: '2'",
            "0,5 * 4": "Expected a number, got a tuple: (0, 20)",
            "[0.5 * 4, 0.5 * 0]": "Expected a number, got a list",
            "np.array([2.0])": "Expected a single number, got an array of shape (1,)",
            "4 > 0": "A comparison gives True or False",
            '"2 on average"': "Give the number itself",
            "{'heavy': 2}": "Take the one number out of it",
            "(p * payoff for p, payoff in [(0.5, 4), (0.5, 0)])": "`sum(…)` adds all of them up",
            "np.array([4.0, 0.0]) / 2": "Which entry is asked for, or are they to be added up?",
            "print(2)": "The result is `None`",
            "lambda: 2": "Expected a number, got a function (did you forget to call it with parentheses?)",
            "float('nan')": "The result is `nan`",
            "2j": "Expected real numbers, got complex ones (dtype complex128).",
        },
    ),
}
