"""Notebooks are read as they come: of any format, cut, copied, broken, and never with an exception but one sentence."""

import json
import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from IPython.core.inputtransformer2 import TransformerManager

from marl_lessons.gradebook.code import notebooks
from marl_lessons.gradebook.code.magics import clear_magics
from marl_lessons.gradebook.code.notebooks import NotebookError, find_exercise_ids, read_notebook
from marl_lessons.gradebook.code.statements import BAD_SOURCE, parse_cell


@pytest.fixture
def read(tmp_path):
    """Returns a function that reads a notebook with this content: cells, a whole notebook, text or bytes."""

    def read_content(content, name="lesson.ipynb"):
        path = tmp_path / name
        if isinstance(content, list):
            content = {"cells": [{"cell_type": "code", "source": source} for source in content]}
        if isinstance(content, dict):
            content = json.dumps(content)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_notebook(path)

    return read_content


def list_statements(notebook):
    return [(one.file, one.line, one.source) for cell in notebook.cells for one in cell.statements]


def test_a_statement_names_its_cell_and_the_line_on_which_it_begins(read):
    notebook = read(["# first\nx = 1", "\n@exercise('1.2')\n@other\ndef f():\n    return 1\n\n\ny = [\n  2,\n]"])
    assert list_statements(notebook) == [
        ("cell 1", 2, "x = 1"),
        ("cell 2", 2, "@exercise('1.2')\n@other\ndef f():\n    return 1"),
        ("cell 2", 8, "y = [\n  2,\n]"),
    ]


def test_statements_on_one_line_are_cut_apart(read):
    assert list_statements(read(["é = 'ü'; b = '''x\ny'''; c = 3"])) == [
        ("cell 1", 1, "é = 'ü'"),
        ("cell 1", 1, "b = '''x\ny'''"),
        ("cell 1", 2, "c = 3"),
    ]


def test_a_line_ends_once_however_it_ends(read):
    assert [line for _, line, _ in list_statements(read(["x = 1\r\ny = 2\rz = 3\n"]))] == [1, 2, 3]


def test_each_name_of_an_import_is_a_statement(read):
    sources = [source for _, _, source in list_statements(read(["import numpy as np, math\nfrom .x import a, b as c"]))]
    assert sources == ["import numpy as np", "import math", "from .x import a", "from .x import b as c"]


def test_what_python_warns_of_is_no_problem(read):
    notebook = read(["x = '\\d'\ny = 5 is 5"])
    assert notebook.problems == ()
    assert len(notebook.cells[0].statements) == 2


def test_form_feeds_and_other_line_separators_do_not_shift_lines(read):
    assert list_statements(read(["a = '\x0c\u2028'\n\x0cb = 2"]))[1][:2] == ("cell 1", 2)


def test_indices_count_through_the_notebook_and_numbers_count_code_cells(read):
    cells = [{"cell_type": kind, "source": "x = 1"} for kind in ("code", "markdown", "raw", "code")]
    notebook = read({"cells": cells})
    assert [cell.number for cell in notebook.cells] == [1, 2]
    assert [one.index for cell in notebook.cells for one in cell.statements] == [0, 1]


@pytest.mark.parametrize(
    "content",
    [
        {"cells": [{"cell_type": "code", "source": ["x = 1\n", "y = 2"]}]},
        {"cells": [{"cell_type": "code", "source": "x = 1\ry = 2"}]},
        {"cells": [{"cell_type": "code", "source": "x = 1\r\ny = 2", "id": "a"}, {"cell_type": "markdown", "id": "a"}]},
        {"nbformat": 3, "worksheets": [{"cells": [{"cell_type": "code", "input": ["x = 1\n", "y = 2"]}]}]},
        {"cells": [{"source": "x = 1\ny = 2", "outputs": []}, 5, None, {"source": "text"}, {"cell_type": "code"}]},
        {"cells": [{"cell_type": "code", "source": ["x = 1\n", 7, "y = 2"], "outputs": 9, "metadata": None}]},
        {
            "cells": [{"cell_type": "code", "source": 5}, {"cell_type": "code", "source": "x = 1\ny = 2"}],
            "nbformat": "x",
        },
    ],
)
def test_any_format_is_read_and_what_is_missing_or_of_another_type_is_left_out(read, content):
    assert [one.source for cell in read(content).cells for one in cell.statements] == ["x = 1", "y = 2"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32", "utf-16-le"])
def test_any_encoding_of_json_is_read(read, encoding):
    text = json.dumps({"cells": [{"cell_type": "code", "source": "é = 1"}]}, ensure_ascii=False)
    assert read(text.encode(encoding)).cells[0].source == "é = 1"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "is empty."),
        ("  \n", "is empty."),
        ("<html>", "is no notebook: it is not JSON."),
        ("[" * 100_000, "is no notebook: it is not JSON."),
        ("[1]", "is no notebook: it has no cells."),
        ("{}", "is no notebook: it has no cells."),
        ('{"cells": 5}', "is no notebook: it has no cells."),
        (b"\x89PNG\r\n\x1a\n\xff\xfe", "is no notebook: it is not JSON."),
        ('{"n": ' + "9" * 10_000 + "}", "is no notebook: it is not JSON."),
        (json.dumps({"cells": [{"cell_type": "code", "source": "x;" * 3_000}]}), "holds more than 2,000 statements."),
    ],
)  # fmt: skip
def test_where_nothing_can_be_read_one_sentence_says_why(read, content, sentence):
    with pytest.raises(NotebookError) as refused:
        read(content)
    assert str(refused.value) == sentence


def test_a_file_that_is_too_large_is_not_read(read, monkeypatch):
    monkeypatch.setattr(notebooks, "MOST_BYTES", 1_000_000)
    with pytest.raises(NotebookError, match="is larger than 1 MB; its outputs can be cleared"):
        read({"cells": [], "outputs": "x" * 2_000_000})


def test_a_file_of_too_many_small_values_is_not_read(read, monkeypatch):
    monkeypatch.setattr(notebooks, "MOST_VALUES", 1_000)
    with pytest.raises(NotebookError, match="holds too many values"):
        read({"cells": [], "outputs": [{}] * 1_000})


def test_folders_missing_files_and_pipes_are_no_notebooks(tmp_path):
    os.mkfifo(tmp_path / "pipe.ipynb")
    for path, sentence in [
        (tmp_path, "no ordinary file"),
        (tmp_path / "none", "not there"),
        (tmp_path / "pipe.ipynb", "no ordinary file"),
    ]:
        with pytest.raises(NotebookError, match=sentence):
            read_notebook(path)


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ('@exercise("1.2")\ndef f(:\n    return 1', "SyntaxError in line 2, invalid syntax."),
        ('check("1.2", 5))', "SyntaxError in line 1, unmatched ')'."),
        ('return check("1.2", 5)', "SyntaxError in line 1, 'return' outside function."),
        ('x = 1\n  y = check("1.2", x)', "IndentationError in line 2, unexpected indent."),
        ('check("1.2", ' + "(" * 500 + ")" * 500 + ")", "SyntaxError in line 1, too many nested parentheses."),
        ('check("1.2", "\\x00")\nx = \x00', None),
        ("check('1.2', " + "+".join(["x"] * 20_000) + ")", None),
    ],
)
def test_a_cell_that_does_not_compile_is_a_problem_of_its_exercises(read, cell, reason):
    notebook = read(["x = 1", cell, "y = 2"])
    (problem,) = notebook.problems
    assert (problem.file, problem.exercises) == ("cell 2", ("1.2",))
    assert "None" not in problem.text
    assert reason is None or problem.text == f"Cell 2 does not compile: {reason}"
    assert [one.source for one in list_statements_of(notebook)] == ["x = 1", "y = 2"]


def list_statements_of(notebook):
    return [one for cell in notebook.cells for one in cell.statements]


def test_a_broken_cell_answers_nothing_that_only_a_comment_or_a_text_names(read):
    (problem,) = read(
        ['# exercise("1.1")\n"""check("1.2", 5)"""\n\'\'\'check("1.4", 5)\'\'\'\nexercise("1.3") oh']
    ).problems
    assert problem.exercises == ("1.3",)


def test_a_long_text_names_its_exercises_as_far_as_it_is_looked_through(read):
    (problem,) = read(['exercise("1.3") oh\n' + "x\n" * 20_000 + 'exercise("1.2")']).problems
    assert problem.exercises == ("1.3",)


def test_magics_are_not_looked_for_in_a_long_cell(read):
    (problem,) = read(["%magic\n" + "x\n" * 20_000]).problems
    assert "does not compile" in problem.text


def test_what_python_says_of_a_cell_is_cut(read):
    (problem,) = read([f"def f({'a' * 1_000}, {'a' * 1_000}): pass"]).problems
    assert len(problem.text) < 300


def test_a_lesson_may_have_as_many_statements_and_as_much_code_as_is_said(read, monkeypatch):
    monkeypatch.setattr(notebooks, "MOST_STATEMENTS", 2)
    monkeypatch.setattr(notebooks, "MOST_CODE", 10)
    assert read(["x = 1", "y = 2"]).problems == ()


def test_half_a_character_does_no_harm(read):
    assert read('{"cells": [{"cell_type": "code", "source": "x = \'\\ud800\'"}]}').cells[0].source == "x = '?'"


def test_an_awaited_call_is_no_problem(read):
    assert read(["await something()"]).problems == ()


@pytest.mark.parametrize(
    ("cell", "plain"),
    [
        ("%matplotlib inline\nx = 1", "pass\nx = 1"),
        ("!pip install numpy\nx = 1", "pass\nx = 1"),
        ("if True:\n    !ls\n    x = 1", "if True:\n    pass\n    x = 1"),
        ("?len\nlen?\nx.y??\nx = 1", "pass\npass\npass\nx = 1"),
        ("files = !ls *.py\nx = 1", "files = []\nx = 1"),
        ("t = %timeit -o f()\nx = 1", "t = None\nx = 1"),
        ("%time x = 1", "x = 1"),
        ("x = %time f(1)", "x = f(1)"),
        ("!echo \\\n  more\nx = 1", "pass\n\nx = 1"),
        ("x = '''\n%no magic\n!none\n'''\n%magic", "x = '''\n%no magic\n!none\n'''\npass"),
        ("x = (5\n  %3)\n%magic", "x = (5\n  %3)\npass"),
        ("x = 5 \\\n  %3\n%magic", "x = 5 \\\n  %3\npass"),
        ("# it's a comment\n%magic", "# it's a comment\npass"),
        ("  x = 1\n  %magic", "x = 1\npass"),
        ("%%time\nx = 1", "\nx = 1"),
        ("%%prun\nx = 1", "\nx = 1"),
        ("%%memit\nx = 1", "\nx = 1"),
        ("\n\n  x = 1\n  %magic", "\n\nx = 1\npass"),
        ("x = 1 \\\n  )\n%magic", "x = 1 \\\n  )\npass"),
        ("%time -o x", "pass"),
        ("y = !ls \\\n  more\nx = 1", "y = []\n\nx = 1"),
        ("x['a'].y[0]?\nx = 1", "pass\nx = 1"),
        ("%timeit?\n*int*?", "pass\npass"),
        ("\n%%capture out\n%%time\nx = 1\n%magic", "\n\n\nx = 1\npass"),
    ],
)
def test_magics_do_nothing_and_lines_stay_where_they_are(cell, plain):
    assert clear_magics(cell)[0] == plain


@pytest.mark.parametrize(
    "cell", ["%%bash\nls", "%%html\n<b>", "%%writefile x.py\nx = 1", "%%time\n%%javascript\nx = 1"]
)
def test_a_cell_in_another_language_is_not_run(read, cell):
    notebook = read([cell, "x = 1"])
    assert [one.file for one in list_statements_of(notebook)] == ["cell 2"]
    assert notebook.problems == ()


@pytest.mark.parametrize(
    ("cell", "magic"),
    [
        ('%%script false\ncheck("1.2", 5)', "script"),
        ('%%time\n%%bash\ncheck("1.2", 5)', "bash"),
        ('%%time check("1.2", 5)', "time"),
        ('\n%%time check("1.2", 5)\n', "time"),
    ],
)
def test_an_answer_in_a_cell_that_is_not_run_is_a_problem(read, cell, magic):
    (problem,) = read([cell]).problems
    assert (problem.text, problem.exercises) == (f"Cell 1 begins with %%{magic}, so it is not run as Python.", ("1.2",))


def test_the_names_of_magics_are_kept(read):
    assert read(["%%time\n%run other.py\n!ls\nx = %pylab"]).cells[0].magics == ("time", "run", "", "pylab")


LINES = ["x = 1", "%magic a 'b", "!ls (", "x?", "?x", "y = !ls", "z = %magic", "w = '''a", "%b'''", "f(1,", "  %2)"]
LINES += [
    "if x:",
    "    !ls",
    "    x = 2",
    "",
    "v = 5 \\",
    "  %3",
    "def f():",
    "    return {'a': 1}",
    "a = b == c",
    "# it's",
]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(LINES), max_size=8).map("\n".join))
def test_what_a_notebook_reads_as_python_is_read_with_the_same_lines(cell):
    try:
        as_notebook = parse_cell(TransformerManager().transform_cell(cell)).body
    except BAD_SOURCE:
        return
    try:
        ours = parse_cell(cell).body
    except SyntaxError:
        ours = parse_cell(clear_magics(cell)[0]).body
    assert list_lines(ours) == list_lines(as_notebook)


def list_lines(statements):
    """Returns the lines on which statements begin, counted from the first; a notebook drops empty ones before it."""
    return [one.lineno - statements[0].lineno for one in statements]


def test_a_script_is_cut_at_its_marks(read):
    script = 'import numpy\n# %% [markdown]\n# # Title\n# %%\nx = 1\n# %% tags=["a"]\ny = 2\n#%% last\nz = 3\n'
    assert [cell.source.strip() for cell in read(script, "lesson.py").cells] == [
        "import numpy",
        "x = 1",
        "y = 2",
        "z = 3",
    ]
    assert [cell.source for cell in read("x = 1\n\ny = 2\n", "plain.py").cells] == ["x = 1\n\ny = 2\n"]


def test_the_exercises_of_a_notebook_are_found_without_running_or_parsing_it(tmp_path):
    path = tmp_path / "any.py"
    path.write_text("@exercise('1.2')\ndef f(:\n# %%\nx = check( \"2.10\", 5)\n# check('3.1', 5)\nrecheck('4.1', 5)\n")
    assert find_exercise_ids(path) == {"1.2", "2.10"}


def test_only_the_longest_cells_are_left_out_where_there_is_too_much_code(tmp_path):
    answer = '@exercise("1.2")\ndef action_values(payoffs, partner_policy):\n    return payoffs'
    texts = [answer, f"table = [{'1, ' * 200_000}]", "x = 1", f'y = """{"a" * 100_000}"""']
    path = tmp_path / "x.ipynb"
    path.write_text(json.dumps({"cells": [{"cell_type": "code", "source": text} for text in texts]}), "utf-8")
    notebook = read_notebook(path)
    assert [len(cell.statements) for cell in notebook.cells] == [1, 0, 1, 1]
    (problem,) = notebook.problems
    assert problem.text == "Cell 2 was left out: it holds 600,010 characters, too many in one notebook."
    assert find_exercise_ids(path) == {"1.2"}
