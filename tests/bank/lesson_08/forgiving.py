"""Answers to exercise 8.3."""

from tests.bank.bank import Answers, Cell, Told

ANSWERS = {
    "8.3": Answers(
        right=[
            "4277",
            "4277.0",
            "int(np.ceil(np.log(np.log(2) / 50) / np.log(0.999)))",
            "np.ceil(np.log(0.693147 / 50) / np.log(0.999))",
            "next(n for n in range(100_000) if 1 - np.exp(-50 * 0.999**n) <= 0.5)",
            "np.argmax(1 - np.exp(-50 * 0.999 ** np.arange(10_000)) <= 0.5)",
            "(np.exp(-50 * 0.999 ** np.arange(10_000)) < 0.5).sum()",
            Cell("""
            temperature, visits = 50.0, 0
            while 1 - np.exp(-temperature) > 0.5:
                temperature *= 0.999
                visits += 1
            answer = visits
            """),
            "np.float32(4277)",
        ],
        wrong={
            # The numbers that the exercise knows.
            "4276": "still forgives a little more than half",
            "int(np.log(np.log(2) / 50) / np.log(0.999))": "still forgives a little more than half",
            "4278": "it did so one visit before",
            "int(np.ceil(np.log(0.5) / np.log(0.999)))": "The temperature begins at 50",
            "int(np.ceil(np.log(0.01) / np.log(0.999)))": "where the temperature itself is below 1/2",
            "int(np.ceil(np.log(1 / 50) / np.log(0.999)))": "where the temperature is below 1.",
            "-4277": "right but for its sign",
            "854": "So it is for a decay of 0.995",
            "np.ceil(np.log(np.log(2) / 50) / np.log(0.99))": "So it is for a decay of 0.99.",
            "np.ceil(np.log(np.log(2) / 5) / np.log(0.999))": "So it is if T begins at 5.",
            "np.ceil(np.log(-np.log(0.9) / 50) / np.log(0.999))": "forgives with probability 0.1.",
            # Other numbers.
            "3000": "After 3000 visits T is 2.49, and it forgives with probability 0.917: go on",
            "2000": "go on until that is at most 1/2",
            "10_000": Told("at most 1/2, and so it did before", never=("decay of",)),
            "0": "Before the first visit T is 50",
            # No visits.
            "np.log(np.log(2) / 50) / np.log(0.999)": "Visits are whole, got 4276.4. Round up",
            "np.log(2) / 50": "may be a probability or a temperature",
            "12.5": "Visits are whole, got 12.5. Count",
            '"4277"': "Expected a number, got a str",
            "[4277]": "Expected a number, got a list",
            "np.flatnonzero(1 - np.exp(-50 * 0.999 ** np.arange(9_000)) <= 0.5)": "Expected a single number",
            "lambda: 4277": "did you forget to call it with parentheses?",
            "print(4277)": "The result is `None`",
        },
    ),
}
