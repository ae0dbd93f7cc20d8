"""Answers to exercise 3.3."""

from tests.bank.bank import Answers, Cell, Told

ANSWERS = {
    "3.3": Answers(
        right=[
            "return 100 * (value - random_value) / (best_value - random_value)",
            "return (value - random_value) / (best_value - random_value) * 100",
            """
            gained, possible = value - random_value, best_value - random_value
            return 100.0 * (gained / possible)
            """,
            "return 100 - 100 * (best_value - value) / (best_value - random_value)",
            """
            slope = 100 / (best_value - random_value)
            return slope * value - slope * random_value
            """,
            """
            if isinstance(value, np.ndarray):
                flat = [score(one, random_value, best_value) for one in value.ravel().tolist()]
                return np.array(flat).reshape(value.shape)
            return 100 * (value - random_value) / (best_value - random_value)
            """,
            "return np.subtract(value, random_value) / np.subtract(best_value, random_value) * 100",
            Cell("score = lambda v, low, high: 100 * (v - low) / (high - low)"),
            Cell("""
            class Scale:
                def __init__(self, top):
                    self.top = top
                def __call__(self, v, low, high):
                    return self.top * (v - low) / (high - low)

            score = Scale(100)
            """),
            Cell("""
            from marl_lessons.scoreboard import Scale

            def score(value, random_value, best_value):
                return Scale(random_value, best_value).score(value)
            """),
        ],
        wrong={
            # The ideas that the lesson knows by name.
            "return (value - random_value) / (best_value - random_value)": "Your scale ends at 1",
            "return 100 * value / best_value": Told("You measure from zero", never=("ZeroDivisionError",)),
            "return 100 * (value - random_value) / best_value": "You divide by `best_value`",
            "return 100 * value / (best_value - random_value)": "You forget to begin at random play",
            "return 100 * (best_value - value) / (best_value - random_value)": Told(
                "runs the wrong way", never=("Mind the sign",)
            ),
            "return 100 * (value - random_value) / (random_value - best_value)": "Mind the sign",
            "return 100 * value - random_value / (best_value - random_value)": "Put `value - random_value` in brackets",
            "return 100 * (value - random_value) / best_value - random_value": "best_value - random_value` in brackets",
            "return 100 * value - random_value / best_value - random_value": "Put both differences in brackets",
            "return (value - random_value) / (best_value - random_value * 100)": "in front of the whole fraction",
            "return 100 * (value - random_value) / abs(random_value)": "in per cent of what random play is worth",
            "return value - random_value": "how much more than random play",
            "return np.clip(100 * (value - random_value) / (best_value - random_value), 0, 100)": "off at its ends",
            "return np.maximum(0, 100 * (value - random_value) / (best_value - random_value))": "scale off at 0",
            "return abs(100 * (value - random_value) / (best_value - random_value))": "You drop the sign",
            # Other numbers.
            "return 100 * (value - random_value) // (best_value - random_value)": "cut off to whole numbers",
            "return np.round(100 * (value - random_value) / (best_value - random_value), 1)": "rounded",
            "return round(100 * (value - random_value) / (best_value - random_value))": Told(
                "may be an array, which `round` does not take", never=("Print the types",)
            ),
            "return round(100 * (value - random_value) / (best_value - random_value), 1)": "Leave the rounding out.",
            "return 10 * (value - random_value) / (best_value - random_value)": "# expected:",
            "return 100 * (value - random_value) / (best_value + random_value)": "# expected:",
            "return 100 * (value - 8.1) / (29.69 - 8.1)": "Your function never reads its parameter",
            "return 100 * np.mean(value - random_value) / (best_value - random_value)": "Expected a NumPy array",
            "return 100.0": "Expected a NumPy array",
            "return np.minimum(100, 100 * (value - random_value) / (best_value - random_value))": "# expected:",
            """
            if random_value < 0:
                random_value = 0
            return 100 * (value - random_value) / (best_value - random_value)
            """: "# expected:",
            # Results of another kind.
            "100 * (value - random_value) / (best_value - random_value)": "Did you forget `return`?",
            "print(100 * (value - random_value) / (best_value - random_value))": "Did you forget `return`?",
            "return f'{100 * (value - random_value) / (best_value - random_value):.0f}'": "Expected a number",
            "return 100 * (value - random_value), best_value - random_value": "A comma makes a tuple",
            "return int(100 * (value - random_value) / (best_value - random_value))": "Your code raised `TypeError",
            "return float(100 * (value - random_value) / (best_value - random_value))": "Your code raised `TypeError",
            """
            if value < random_value:
                return 0
            return 100 * (value - random_value) / (best_value - random_value)
            """: "The truth value of an array",
            # Inputs that change, and code that does not run.
            """
            value -= random_value
            return 100 * value / (best_value - random_value)
            """: "changed its input `value`",
            "return 100 * (value - random) / (best_value - random)": "name 'random' is not defined",
            Cell("""
            def score(value, best_value, random_value):
                return 100 * (value - random_value) / (best_value - random_value)
            """): "Keep the order of the parameters",
        },
    ),
}
