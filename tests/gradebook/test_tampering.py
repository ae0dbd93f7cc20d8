"""What reaches for more than an exercise needs is pointed out, by cell and line; honest work is not."""

from types import SimpleNamespace

import pytest

from marl_lessons import games
from marl_lessons.exercises.registry import load_lesson, load_lessons
from marl_lessons.gradebook.code.notebooks import read_notebook
from marl_lessons.gradebook.code.slicing import plan
from marl_lessons.gradebook.code.tampering import find_borrowed, find_tampering
from tests.bank.bank import load_answers, write_cell
from tools.build_notebooks import ROOT


@pytest.fixture
def read(tmp_path):
    """Returns a function that reads the notebook with these cells."""

    def read_cells(*cells):
        path = tmp_path / "lesson.py"
        path.write_text("\n# %%\n".join(cells))
        return read_notebook(path)

    return read_cells


def find_loans(notebook, lesson):
    return find_borrowed(plan(notebook, [exercise.id for exercise in lesson.exercises]), lesson.exercises)


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("from marl_lessons.checks import lesson_01", "imports marl_lessons.checks.lesson_01"),
        ("import marl_lessons.checks.lesson_01 as x", "imports marl_lessons.checks.lesson_01"),
        ("from marl_lessons.exercises import evaluate", "imports marl_lessons.exercises.evaluate"),
        ("from marl_lessons.exercises.registry import x", "imports marl_lessons.exercises.registry.x"),
        ("import marl_lessons as ml\nml.exercises.calls.x = 5", "uses marl_lessons.exercises.calls.x"),
        ("import importlib\nimportlib.import_module('marl_lessons.checks')", "imports marl_lessons.checks"),
        ("__import__('ctypes')", "imports ctypes"),
        ("__import__(chr(99))", "imports what it computes the name of"),
        ("name = 'marl_lessons.checks.lesson_01'", "names marl_lessons.checks in a text"),
        ("import gc", "imports gc"),
        ("import builtins", "imports builtins"),
        ("from socket import socket", "imports socket.socket"),
        ("def f():\n    from marl_lessons import games\n    games.climbing = 5", "changes marl_lessons.games"),
        ("from marl_lessons import games\ndel games.climbing", "changes marl_lessons.games"),
        ("from marl_lessons.gradebook import wire", "imports marl_lessons.gradebook.wire"),
        ("from marl_lessons.exercises.session import check", "imports marl_lessons.exercises.session.check"),
        ("open('x', 'r+')", "opens a file to write"),
        ("from ctypes import cdll", "imports ctypes.cdll"),
        ("def f():\n    import subprocess", "imports subprocess"),
        ("import sys\nsys._getframe(1)", "uses sys._getframe"),
        ("from sys import _getframe as f", "imports sys._getframe"),
        ("import inspect as i\ni.stack()", "uses inspect.stack"),
        ("f.__globals__['x']", "uses f.__globals__"),
        ("g().f_back", "uses f_back"),
        ("import os\nos._exit(0)", "uses os._exit"),
        ("import os as o\no.kill(1, 9)", "uses os.kill"),
        ("import sys\nsys.modules['x'] = 5", "uses sys.modules"),
        ("exec('x = 5')", "uses exec"),
        ("open('../x', 'w')", "opens a file to write"),
        ("open(path, mode=how)", "opens a file to write"),
        ("from marl_lessons import games\ngames.climbing = 5", "changes marl_lessons.games"),
        ("import numpy as np\nsetattr(np, 'allclose', None)", "changes numpy"),
    ],
)  # fmt: skip
def test_what_reaches_for_more_than_an_exercise_needs_is_told(read, cell, reason):
    flags = find_tampering(read("x = 1", cell).cells)
    line = cell.count("\n") + 1
    assert {"kind": "hidden", "text": f"Cell 2, line {line} {reason}."} in flags


@pytest.mark.parametrize(
    "cell",
    [
        "open('data.txt')",
        "open('data.txt', 'rb', encoding=how)",
        "own.climbing = 5",
        "setattr(own, 'x', 5)",
        "games.climbing().x",
        "from marl_lessons.exercises import exercise, check",
        "text = 'marl_lessons'",
        "open = 5",
    ],
)
def test_honest_work_is_not_told(read, cell):
    assert find_tampering(read("from marl_lessons import games", cell).cells) == []


def test_no_notebook_of_the_course_is_suspected():
    for lesson in load_lessons():
        for folder in ("notebooks", "solutions"):
            (path,) = (ROOT / folder).glob(f"{lesson.number:02d}_*.ipynb")
            notebook = read_notebook(path)
            assert find_tampering(notebook.cells) + find_loans(notebook, lesson) == []


def test_the_right_answers_of_the_bank_are_suspected_only_where_they_take_what_the_course_has(read):
    for lesson in load_lessons():
        for exercise in lesson.exercises:
            for text in load_answers()[exercise.id].right:
                source = write_cell(exercise, text)
                if exercise.asks_for_function and "@exercise" not in source:
                    source += f"\nexercise('{exercise.id}')({exercise.reference.__name__})"
                notebook = read(source)
                assert find_tampering(notebook.cells) == [] or "marl_lessons.checks" in source
                assert find_loans(notebook, lesson) == [] or "marl_lessons" in source


def test_an_answer_that_calls_the_course_s_own_function_is_told(read):
    notebook = read(
        "from marl_lessons import exercise, update_rules",
        "def helper(*given):\n    return update_rules.td_target(*given)",
        '@exercise("6.1")\ndef td_target(rewards, next_values, terminated, gamma):\n    return helper(rewards)',
    )
    text = "Cell 2, line 2 answers with marl_lessons.update_rules.td_target, which the course's solution does not use."
    assert find_loans(notebook, load_lesson(6)) == [{"kind": "library", "text": text}]


def test_a_loan_in_the_answer_itself_is_told_once_for_each_line_and_twenty_times_at_most(read):
    lines = "\n".join(["    update_rules.td_target(*given).sum()"] * 30)
    notebook = read(f'from marl_lessons import update_rules\n@exercise("6.1")\ndef td_target(*given):\n{lines}')
    texts = [loan["text"] for loan in find_loans(notebook, load_lesson(6))]
    assert [text.partition(" answers")[0] for text in texts] == [f"Cell 1, line {line}" for line in range(4, 24)]


def test_what_another_answer_borrows_is_not_told_of_the_one_that_calls_it(read):
    notebook = read(
        'from marl_lessons import replays as r\n@exercise("12.4")\ndef find_leaks(team, game, rng):\n    r.record()',
        '@exercise("12.1")\ndef first(*given):\n    return find_leaks(*given)',
    )
    assert find_loans(notebook, load_lesson(12)) == []


def test_what_a_function_inside_of_the_solution_uses_is_no_loan(read):
    def reference():
        return [games.climbing() for _ in range(2)]

    exercise = SimpleNamespace(id="1.2", asks_for_function=True, reference=reference)
    notebook = read('from marl_lessons import games\n@exercise("1.2")\ndef f():\n    return games.climbing()')
    assert find_borrowed(plan(notebook, ["1.2"]), [exercise]) == []


def test_what_a_value_is_made_with_is_no_loan(read):
    exercise = SimpleNamespace(id="1.1", asks_for_function=False)
    notebook = read('from marl_lessons import games\ncheck("1.1", games.climbing())')
    assert find_borrowed(plan(notebook, ["1.1"]), [exercise]) == []


def test_what_the_course_s_solution_uses_is_no_loan(read):
    notebook = read(
        'from marl_lessons import replays as r\n@exercise("12.4")\ndef find_leaks(team, game, rng):\n    r.record()'
    )
    assert find_loans(notebook, load_lesson(12)) == []


def test_what_other_cells_use_is_no_loan(read):
    notebook = read(
        "from marl_lessons import games\nboxes = games.climbing()",
        '@exercise("1.2")\ndef action_values(payoffs, partner_policy):\n    return payoffs @ partner_policy',
        "print(action_values(games.stag_hunt()))",
    )
    assert find_loans(notebook, load_lesson(1)) == []


def test_what_fills_an_answer_s_cache_is_no_loan(read):
    notebook = read(
        "from marl_lessons import games\nknown = {}",
        '@exercise("1.2")\ndef action_values(payoffs, partner_policy):\n    known[1] = 1\n'
        "    return payoffs @ partner_policy",
        "values = action_values(games.matching_pennies().payoffs[0], [1, 0])",
        '@exercise("1.4")\ndef best_responses(payoffs, partner_policy):\n'
        "    return action_values(payoffs, partner_policy) == known[1]",
    )
    assert find_loans(notebook, load_lesson(1)) == []


def test_a_helper_that_calls_the_course_is_a_loan(read):
    notebook = read(
        "from marl_lessons import solvers",
        "def help(payoffs):\n    return solvers.value_iteration(payoffs)",
        '@exercise("1.2")\ndef action_values(payoffs, partner_policy):\n    return help(payoffs)',
    )
    assert [flag["text"][:14] for flag in find_loans(notebook, load_lesson(1))] == ["Cell 2, line 2"]


def test_a_notebook_full_of_it_gets_no_more_than_twenty_flags(read):
    texts = [flag["text"] for flag in find_tampering(read("exec('x')\n" * 500).cells)]
    assert texts == [f"Cell 1, line {line} uses exec." for line in range(1, 21)]
