"""What an error is told with: its remedy, and only what is so."""

import pytest

from marl_lessons.exercises import evaluate
from tests.bank.bank import judge, run_cell

pytestmark = pytest.mark.usefixtures("course")


def judge_as_it_is_defined(source):
    """Returns the text of the report that a cell gets whose function is checked in the middle of the cell."""
    texts = []
    run_cell(source, {"exercise": lambda number: lambda answer: texts.append(evaluate(number, answer).text)})
    return texts[0]


def test_a_helper_below_its_exercise_has_to_stand_above_it():
    answer = '@exercise("7.1")\ndef doubled(rewards):\n    return twice(rewards)\n\n\n'
    said = "is checked as soon as its function is defined, and `twice` gets its value further down"
    assert said in judge_as_it_is_defined(answer + "def twice(rewards):\n    return 2 * rewards")
    assert said in judge_as_it_is_defined(answer + "twice = lambda rewards: 2 * rewards")
    assert said not in judge_as_it_is_defined(answer + "def triple(twice):\n    return 1.5 * twice")
    assert said not in judge_as_it_is_defined(answer + "thrice = 3  # twice")


@pytest.mark.parametrize(
    ("body", "phrase", "never"),
    [
        ("return np.einsum('ab,ba', np.ones((2, 3)), np.ones((2, 3)))", "the same letter", "x[:, None]"),
        ("return np.ones((2, 3)) + np.ones((2, 4))", "Compare the two shapes", "the same letter"),
        ("return {rewards: 1}", "cannot be keys of a dictionary", "Print the types"),
        ("whole = np.array([1, 2, 3])\nwhole += rewards\nreturn whole", "make it with `dtype=float`", "types"),
        ("return np.linalg.solve(np.ones((3, 3)), np.array([None] * 3))", "`UFuncTypeError: ", "holds whole numbers"),
        ("import math\nreturn math.log(-1)", "no logarithm", "Print the things"),
    ],
)
def test_a_remedy_fits_the_words_of_an_error(body, phrase, never):
    text = judge("7.1", body).text
    assert phrase in text
    assert never not in text


def test_an_error_outside_of_the_learners_lines_is_not_placed_on_one():
    answer = run_cell("import functools\n\n@functools.cache\ndef doubled(rewards):\n    return 2 * rewards")
    text = evaluate("7.1", answer).text
    assert "cannot be keys of a dictionary" in text
    assert "on that line" not in text
