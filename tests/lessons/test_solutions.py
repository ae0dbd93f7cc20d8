"""The solution that a lesson marks is the one that the card shows."""

import ast

import pytest

from marl_lessons.exercises.registry import find_exercise
from tools.build_notebooks import find_lessons, read_lesson
from tools.lesson_source import find_solutions, parse_block


def find_marked_solutions(source):
    """Return exercise id -> statements of the marked solution, for each function that `@exercise` decorates."""
    lines, marked = source.splitlines(), {}
    for function in ast.walk(ast.parse(source)):
        match function:
            case ast.FunctionDef(decorator_list=[ast.Call(ast.Name("exercise"), [ast.Constant(number)])]):
                marked[number] = [
                    statement
                    for begin, end in find_solutions(lines)
                    if function.lineno < begin <= end <= function.end_lineno + 1  # a marker may follow the last line
                    for statement in parse_block(lines[begin : end - 1], begin)
                ]
    return marked


def find_shown_statements(exercise):
    (function,) = ast.parse(exercise.solution).body
    return function.body


def write(statements):
    return "\n".join(map(ast.unparse, statements))


MARKED = {
    number: statements
    for lesson in find_lessons()
    for number, statements in find_marked_solutions(read_lesson(lesson)).items()
}


def test_the_lessons_mark_a_solution_for_every_function_that_is_asked_for():
    assert {"0.1", "1.2", "3.1"} <= MARKED.keys()
    assert all(MARKED.values())


@pytest.mark.parametrize("number", MARKED)
def test_the_marked_solution_is_the_one_that_the_card_shows(number):
    assert write(MARKED[number]) == write(find_shown_statements(find_exercise(number)))


def test_another_marked_solution_would_be_noticed():
    source = '@exercise("0.1")\ndef f(x):\n    # BEGIN SOLUTION\n    return x.mean(1)\n    # END SOLUTION\n'
    assert write(find_marked_solutions(source)["0.1"]) == "return x.mean(1)"
