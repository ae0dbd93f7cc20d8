"""What an error is told with: its remedy, and only what is so."""

import numpy as np
import pytest

from marl_lessons.exercises import evaluate
from marl_lessons.exercises.judging.calling import Submission
from marl_lessons.exercises.judging.remedies import find_remedy
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
        ("return np.ones((3, 2)) - rewards", "add it up first, `.sum(axis=1)`", "adds an axis"),
        ("return np.ones(2) - rewards", "`x[:, None]` adds an axis", "`.sum(axis=1)`"),
        ("return {rewards: 1}", "cannot be keys of a dictionary", "Print the types"),
        ("return len(set([rewards, rewards]))", "members of a `set`", "Print the types"),
        ("whole = np.array([1, 2, 3])\nwhole += rewards\nreturn whole", "make it with `dtype=float`", "types"),
        ("return np.linalg.solve(np.ones((3, 3)), np.array([None] * 3))", "`UFuncTypeError: ", "holds whole numbers"),
        ("import math\nreturn math.log(-1)", "no logarithm", "Print the things"),
        ("return rewards @ np.ones((2, 3))", "`@` needs the last axis", "the other way round"),
        ("return np.linalg.solve(np.eye(2), rewards)", "`np.linalg.solve(M, b)` needs", "`@` needs"),
        ("rewards = rewards[np.array([True, False])]\nreturn rewards", "A mask picks entries", "`@`"),
        ("return np.broadcast_to(rewards, (2, 2))", "`np.broadcast_to` repeats axes", "einsum"),
        ("both = np.zeros(2)\nboth[:] = rewards\nreturn both", "as many numbers as there are places", "from the right"),
        ("both = np.zeros(2)\nboth[0] = rewards[:2]\nreturn both", "One number belongs there", "different lengths"),
        ("return np.array([rewards, rewards[:1]])", "The parts have different lengths", "One number belongs there"),
        ("return np.average(rewards, weights=[1, 2])", "Say with `axis=` to which axis", "Print the types"),
        ("mix = lambda q, weights: q\nreturn mix((rewards, rewards))", "hands them on one by one", "`axis=`"),
        ("return 1 if len(rewards) > 0 & 1.5 > 0 else 2", "come before `<`, `>` and `==`", "Print the types"),
        ("return [] & 2", "come before `<`", "Print the types"),
    ],
)
def test_a_remedy_fits_the_words_of_an_error(body, phrase, never):
    text = judge("7.1", body).text
    assert phrase in text
    assert never not in text


@pytest.mark.parametrize(
    ("body", "phrase", "never"),
    [
        ("names = rewards.tolist()\nreturn names in {names}", "Did you mean one entry of it?", "functools.cache"),
        ("names = rewards.tolist()\nreturn names.max()", "`names` is a list: `max(names)`.", "Print `type"),
        ("names = rewards.tolist()\nreturn names.max(axis=0)", "`names` is a list: `np.max(names)`.", "Print `type"),
        ("names = rewards.tolist()\nreturn names.mean()", "`names` is a list: `np.mean(names)`.", "Print `type"),
        ("return rewards.tolist().mean()", "Print `type(...)` of the thing", "is a list"),
        ("return rewards.tolist().add(2)", "Print `type(...)` of the thing", "is a list"),
        ("names = rewards.tolist()\nreturn names.keys()", "Print `type(...)` of the thing", "is a list"),
        ("return max.mean()", "Print `type(...)` of the thing", "is a list"),
    ],
)
def test_a_list_taken_for_one_entry_or_an_array_is_told_as_such(body, phrase, never):
    text = judge("7.1", body).text
    assert phrase in text
    assert never not in text


ABOUT_SHAPES = [
    "return rewards + np.ones(2)",
    "return rewards @ np.ones(2)",
    "return rewards.reshape(2, 2)",
    "return rewards[7]",
    "return rewards[0, 0]",
    "return rewards[np.array([True, False])]",
    "return rewards.sum(axis=1)",
    "return np.concatenate([rewards, np.ones((1, 2))])",
]


@pytest.mark.parametrize("body", ABOUT_SHAPES)
def test_an_error_about_shapes_tells_those_of_the_parameters(body):
    assert " Here `rewards` has shape (3,).\n" in judge("7.1", body).text


@pytest.mark.parametrize("body", ["return rewards + 'a'", "return unknown", "return 1 / 0"])
def test_an_error_about_something_else_does_not(body):
    assert "has shape" not in judge("7.1", body).text


def multiply(table, row, number):
    """The function that the tests of products ask for."""
    return table @ row


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (
            "row @ table",
            "Here `table` has shape (2, 3) and `row` (3,). They would fit the other way round, `table @ row`.",
        ),
        ("np.dot(row, table)", "They would fit the other way round, `table @ row`."),
        ("row@table", "They would fit the other way round, `table @ row`."),
        ("np.dot(row,table)", "They would fit the other way round, `table @ row`."),
        ("table.T @ row", "Without `.T` they would fit: `table @ row`, with an entry for each row of `table`."),
        ("row @ table[:1]", "`row` (3,).\n"),
        ("row[:2] @ row", "`row` (3,).\n"),
        ("table @ table", "`row` (3,).\n"),
    ],
)
def test_a_product_in_the_wrong_order_is_told_the_right_one(body, told):
    submission = Submission(run_cell(f"def multiply(table, row, number):\n    return {body}"), multiply)
    with pytest.raises(ValueError, match=r"mismatch|not aligned") as error:
        submission(np.ones((2, 3)), np.ones(3), 4)
    assert told in find_remedy(error.value, submission) + "\n"


def weigh(table, rows, columns):
    """The function that the test of a parameter in another's place asks for."""
    return rows @ table @ columns


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("table @ rows", "`columns` (3,). `table @ columns` would fit."),
        ("table @ rows + 0 * columns[0]", "They would fit the other way round, `rows @ table`."),
    ],
)
def test_a_product_with_the_wrong_parameter_is_told_the_one_that_it_never_reads(body, told):
    submission = Submission(run_cell(f"def weigh(table, rows, columns):\n    return {body}"), weigh)
    with pytest.raises(ValueError, match="mismatch") as error:
        submission(np.ones((2, 3)), np.ones(2), np.ones(3))
    assert find_remedy(error.value, submission).endswith(told)


def run_file(path):
    """Returns the function of a file, as a learner's script defines it."""
    path.write_text("def doubled(rewards):\n    return rewards[7]\n")
    names = {}
    exec(compile(path.read_text(), str(path), "exec"), names)
    return names["doubled"]


def test_a_line_of_a_file_is_named_with_the_file(tmp_path):
    text = evaluate("7.1", run_file(tmp_path / "my_answers.py")).text
    assert "It happened at line 2 of my_answers.py: `return rewards[7]`." in text


@pytest.mark.parametrize("name", ["<stdin>", "<python-input-3>"])
def test_a_line_at_a_prompt_belongs_to_no_cell(name):
    names = {}
    exec(compile("def doubled(rewards):\n    return rewards[7]\n", name, "exec"), names)
    text = evaluate("7.1", names["doubled"]).text
    assert "It happened at line 2 of what you typed" in text
    assert "cell" not in text


def test_an_error_outside_of_the_learners_lines_is_not_placed_on_one():
    answer = run_cell("import functools\n\n@functools.cache\ndef doubled(rewards):\n    return 2 * rewards")
    text = evaluate("7.1", answer).text
    assert "cannot be keys of a dictionary" in text
    assert "on that line" not in text
