"""Answers to exercise 7.2."""

from tests.bank.bank import Answers, Cell, Told

ANSWERS = {
    "7.2": Answers(
        right=[
            "598",
            "598.0",
            "int(np.ceil(np.log(0.05) / np.log(0.995)))",
            "np.ceil(np.log(0.05) / np.log(0.995))",
            "next(steps for steps in range(10_000) if 0.995**steps < 0.05)",
            "np.argmax(0.995 ** np.arange(5_000) < 0.05)",
            "(0.995 ** np.arange(5_000) >= 0.05).sum()",
            "-int(np.log(20) / np.log(0.995) // 1)",
            Cell("""
            epsilon, steps = 1.0, 0
            while epsilon >= 0.05:
                epsilon *= 0.995
                steps += 1
            answer = steps
            """),
            "np.array(598)",
            "__import__('decimal').Decimal(598)",
            "np.float32(598)",
        ],
        wrong={
            # The numbers that the exercise knows.
            "597": "just above 0.05. One step more",
            "int(np.log(0.05) / np.log(0.995))": "just above 0.05. One step more",
            "599": "it was already one step before",
            "(1 - 0.05) / 0.005": "So it would be if each step took away 0.005",
            "191": "So it would be if each step took away 0.005",
            "np.ceil(np.log(0.05) / np.log(0.95))": "So it is for a factor of 0.95. Here it is 0.995",
            "139": "That is where epsilon falls below 0.5",
            "6": "In *episodes* that is about right",
            "np.log(0.05) / np.log(0.995) // 100": "In *episodes* that is about right",
            "598 * 100": "if the factor came at the end of each episode",
            # Other numbers.
            "1000": "After 1000 steps epsilon is 0.00665, below 0.05, and so it was before",
            "200": "After step 200 epsilon is 0.367: go on",
            "10**9": "After 1000000000 steps epsilon is 0, below 0.05",
            "0": "Before the first step epsilon is 1",
            "-598": "right but for its sign",
            # No steps.
            "np.log(0.05) / np.log(0.995)": "Steps are whole, got 597.647. Round up",
            "0.995**598": "0.04991 may be an epsilon",
            '"598"': "Expected a number, got a str",
            "[598]": "Expected a number, got a list",
            "np.flatnonzero(0.995 ** np.arange(1_000) < 0.05)": "Expected a single number",
            "lambda: 598": "did you forget to call it with parentheses?",
            "0.995**598 < 0.05": "Expected a number, got a bool",
            "print(598)": "The result is `None`",
            "float('inf')": "The result is infinite",
            "600": Told("After 600 steps epsilon is 0.0494, below 0.05", never=("episodes", "factor")),
            "500": "after 500 steps epsilon is 0.0816",
            "598 / 100": "In *episodes* that is about right",
            "sum(0.995**step for step in range(598))": Told("Steps are whole, got 190.018", never=("took away",)),
            "int(np.log(0.05) // np.log(0.99))": "After step 298 epsilon is 0.225",
            "int(np.ceil(np.log(0.05) / np.log(0.99)))": "So it is for a factor of 0.99",
            "int(np.ceil(np.log(0.005) / np.log(0.995)))": "That is where epsilon falls below 0.005",
            '"after 598 steps"': "Give the number itself, no words",
            "(step for step in range(1_000) if 0.995**step < 0.05)": "`next(…)` takes its first value",
        },
    ),
}
