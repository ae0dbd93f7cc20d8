"""The builder turns one source into the solution and the learner's copy, and refuses what it cannot turn."""

import ast
import textwrap

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools import build_notebooks
from tools.build_notebooks import execute, make_learner_copy, make_solution, tidy, to_text
from tools.lesson_source import LessonError

LESSON = '''\
# %% [markdown]
# # Sums
# After this lesson you can add.

# %%
def add(a, b):
    """Return the sum."""
    # BEGIN SOLUTION
    total = a + b
    return total
    # END SOLUTION


# %% tags=["nbval-check-output"]
# BEGIN SOLUTION
answer = 3
# END SOLUTION
print("the answer is", answer)
'''


def code_cell(code):
    return f"# %%\n{textwrap.dedent(code)}"


def sources(notebook):
    return [cell.source for cell in notebook.cells]


def test_the_solution_keeps_the_code_and_drops_the_markers():
    text, function, value = sources(make_solution(LESSON, "01_sums"))
    assert text == "# Sums\nAfter this lesson you can add."
    assert function == 'def add(a, b):\n    """Return the sum."""\n    total = a + b\n    return total'
    assert value == 'answer = 3\nprint("the answer is", answer)'


def test_the_learner_gets_a_stub_in_a_function_and_an_ellipsis_at_the_margin():
    text, function, value = sources(make_learner_copy(LESSON, "01_sums"))
    assert text == "# Sums\nAfter this lesson you can add."
    stub = 'raise NotImplementedError("Write your code here.")'
    assert function == f'def add(a, b):\n    """Return the sum."""\n    {stub}'
    assert value == 'answer = ...  # your answer\nprint("the answer is", answer)'


def test_a_name_assigned_twice_gets_one_stub():
    source = code_cell("# BEGIN SOLUTION\ntotal = 1\ntotal = total + 1\nhalf = total / 2\n# END SOLUTION\n")
    assert sources(make_learner_copy(source, "x")) == ["total = ...  # your answer\nhalf = ...  # your answer"]


def test_a_solution_may_name_what_the_learner_begins_with():
    block = "    # BEGIN SOLUTION\n    return 4\n    # OTHERWISE\n    # b = 3\n    # return b\n    # END SOLUTION\n"
    source = f"# %%\ndef f():\n{block}"
    assert sources(make_solution(source, "x")) == ["def f():\n    return 4"]
    assert sources(make_learner_copy(source, "x")) == ["def f():\n    b = 3\n    return b"]


def test_both_notebooks_have_the_same_ids_and_keep_only_tags():
    for notebook in (make_solution(LESSON, "01_sums"), make_learner_copy(LESSON, "01_sums")):
        assert [cell.id for cell in notebook.cells] == ["01_sums-000", "01_sums-001", "01_sums-002"]
        assert [cell.metadata for cell in notebook.cells] == [{}, {}, {"tags": ["nbval-check-output"]}]
        assert set(notebook.metadata) == {"kernelspec", "language_info"}
        assert notebook.metadata.language_info == {"name": "python"}


@given(st.lists(st.sampled_from(["x = 1", "if x:\n    y = x", "z = [\n    1,\n]", "", "# why"]), max_size=6))
def test_any_marked_block_becomes_one_raising_line_and_leaves_the_rest_alone(parts):
    body = ["first = 0", *"\n".join(parts).split("\n"), "return first"]
    block = textwrap.indent("\n".join(body), "    ")
    marked = f"    # BEGIN SOLUTION\n{block}\n    # END SOLUTION"
    source = f"# %%\ndef solve():\n    before = 1\n{marked}\n\n\nafter = 2\n"
    (function, after) = ast.parse(sources(make_learner_copy(source, "x"))[0]).body
    assert [type(statement) for statement in function.body] == [ast.Assign, ast.Raise]
    assert ast.unparse(after) == "after = 2"
    (solved, _) = ast.parse(sources(make_solution(source, "x"))[0]).body
    assert ast.unparse(solved.body[1:]) == ast.unparse(ast.parse("\n".join(body)).body)


@pytest.mark.parametrize(
    ("source", "line", "message"),
    [
        ("x = 1\n", 1, "no cells"),
        ("x = 1\n# %%\ny = 2\n", 1, "code in a text cell"),
        ("# %%\n\n# %%\nx = 1\n", 1, "the cell is empty"),
        ("# %% [markdown]\n# Text.\nx = 1\n", 3, "code in a text cell; put '# %%' above it"),
        ("# %%\nx = 1\n\n# ## Heading\n", 4, "text in a code cell; put '# %% [markdown]'"),
        ("# %%\nx = 1\n# - a list\n", 3, "text in a code cell"),
        ("# %%\n# Only words.\n", 2, "comments only; write '# %% [markdown]'"),
        ("# %% [markdown]\n# BEGIN SOLUTION\n", 2, "a solution marker in a text cell"),
        ("# %%\n# BEGIN SOLUTION\nx = 1\n", 2, "does not end; add '# END SOLUTION'"),
        ("# %%\n# BEGIN SOLUTION\nx = 1\n# %%\n# END SOLUTION\ny = 1\n", 2, "does not end in its cell"),
        ("# %%\nx = 1\n# END SOLUTION\n", 3, "an end without a beginning"),
        ("# %%\n# BEGIN SOLUTION\nx = 1\n# BEGIN SOLUTION\n", 4, "inside the one of line 2"),
        ("# %%\nx = 1  # BEGIN SOLUTION\n", 2, "stands alone on its line"),
        ("# %%\n#BEGIN SOLUTION\nx = 1\n", 2, "stands alone on its line"),
        ("# %%\nx = 1\n# BEGIN SOLUTION\n# how?\n# END SOLUTION\n", 3, "the solution is empty"),
        ("# %%\n# BEGIN SOLUTION\nprint(1)\n# END SOLUTION\n", 2, "may only assign to single names"),
        ("# %%\n# BEGIN SOLUTION\nx, y = 1, 2\n# END SOLUTION\n", 2, "may only assign to single names"),
        ("# %%\n# BEGIN SOLUTION\nx = y = 1\n# END SOLUTION\n", 2, "may only assign to single names"),
        ("# %%\ndef f():\n    # BEGIN SOLUTION\n    return 1\n# END SOLUTION\n", 3, "differ in indentation"),
        ("# %%\n# BEGIN SOLUTION\nx = 1\n# OTHERWISE\nx = 2\n# END SOLUTION\n", 2, "is no comment"),
        ("# %%\ndef f():\n    # BEGIN SOLUTION\n    if (\n    # END SOLUTION\n", 3, "not valid Python"),
        (
            "# %%\nz = 1\n\n# %%\nif z:\n    # BEGIN SOLUTION\n    x = 1\n    # END SOLUTION\n    else:\n",
            4,
            "does not compile",
        ),
        ('# %%\nx = 1\n\n# %%\ny = """\n# %%\nz"""\n', 1, "is there a '# %%' inside a string?"),
    ],
)
def test_a_mistake_in_a_lesson_is_named_with_its_line(source, line, message):
    with pytest.raises(LessonError) as caught:
        make_learner_copy(source, "x")
    assert (caught.value.line, message in str(caught.value)) == (line, True), str(caught.value)


def test_a_comment_in_code_is_no_text():
    source = "# %%\n# why\nx = 1  # (R, N)\n# and so\ny = 2\n"
    assert sources(make_solution(source, "x")) == ["# why\nx = 1  # (R, N)\n# and so\ny = 2"]


@pytest.fixture
def course(tmp_path):
    """A folder with one lesson in it."""
    for folder in ("lessons", "notebooks"):
        (tmp_path / folder).mkdir()
    (tmp_path / "lessons" / "01_sums.py").write_text(LESSON)
    return tmp_path


def test_a_build_writes_both_notebooks_and_a_second_build_the_same_bytes(course):
    files = [course / folder / "01_sums.ipynb" for folder in ("notebooks", "solutions")]
    build_notebooks.build("01_sums", course)
    first = [file.read_bytes() for file in files]
    build_notebooks.build("01_sums", course)
    assert [file.read_bytes() for file in files] == first
    learner_copy, solution = (nbformat.read(file, as_version=4) for file in files)
    assert solution.cells[2].outputs[0].text == "the answer is 3\n"
    assert [cell.execution_count for cell in solution.cells[1:]] == [1, 2]
    assert [cell.outputs for cell in learner_copy.cells[1:]] == [[], []]
    assert build_notebooks.find_out_of_step("01_sums", course) == []


def test_a_changed_lesson_or_a_missing_notebook_is_out_of_step(course):
    stale = ["notebooks/01_sums.ipynb", "solutions/01_sums.ipynb"]
    assert build_notebooks.find_out_of_step("01_sums", course) == stale
    (course / "solutions").mkdir()
    (course / stale[0]).write_text(to_text(make_learner_copy(LESSON, "01_sums")))
    (course / stale[1]).write_text(to_text(make_solution(LESSON, "01_sums")))
    assert build_notebooks.find_out_of_step("01_sums", course) == []
    (course / "lessons" / "01_sums.py").write_text(LESSON.replace("answer = 3", "answer = 4"))
    assert build_notebooks.find_out_of_step("01_sums", course) == stale[1:]


def test_a_lesson_runs_in_the_notebooks_folder_with_its_own_progress_file(course):
    code = """
    import os
    from pathlib import Path
    Path(os.environ["MARL_LESSONS_PROGRESS"]).write_text(os.getcwd() + " " + os.environ["OMP_NUM_THREADS"])
    """
    execute(make_solution(code_cell(code), "x"), course / "progress.json", course)
    assert (course / "progress.json").read_text() == f"{course / 'notebooks'} 1"


def test_an_output_names_the_progress_file_without_the_folder_of_the_build(course):
    notebook = make_solution('# %%\nimport os\nos.environ["MARL_LESSONS_PROGRESS"]\n', "x")
    executed = execute(notebook, course / "progress.json", course)
    assert executed.cells[0].outputs[0].data == {"text/plain": "'progress.json'"}


def test_a_cell_that_raises_fails_the_build_with_its_id(course):
    notebook = make_solution("# %%\nx = 1\n\n# %%\nx / 0\n", "01_sums")
    with pytest.raises(RuntimeError, match=r"(?s)cell 01_sums-001 failed: .*ZeroDivisionError"):
        execute(notebook, course / "progress.json", course)


def test_outputs_keep_no_trace_of_widgets_and_kernel():
    notebook = make_solution("# %%\nx = 1\n", "x")
    view = {build_notebooks.WIDGET_VIEW: {"model_id": "random"}, "text/plain": "a card"}
    notebook.cells[0].outputs = [nbformat.v4.new_output("display_data", view)]
    notebook.metadata |= {"widgets": {}, "language_info": {"name": "python", "version": "3.12.1"}}
    tidy(notebook)
    assert notebook.cells[0].outputs[0].data == {"text/plain": "a card"}
    assert notebook.metadata == build_notebooks.NOTEBOOK_METADATA


def test_a_memory_address_in_an_output_fails_the_build():
    notebook = make_solution("# %%\nobject()\n", "01_sums")
    data = {"text/plain": "<object object at 0x7f3a5c>"}
    notebook.cells[0].outputs = [nbformat.v4.new_output("execute_result", data)]
    with pytest.raises(RuntimeError, match="01_sums-000 shows a memory address"):
        tidy(notebook)


def test_the_command_line_points_at_the_mistake(course):
    (course / "lessons" / "02_broken.py").write_text("# %% [markdown]\nx = 1\n")
    with pytest.raises(SystemExit, match=r"lessons/02_broken.py:2: code in a text cell"):
        build_notebooks.main(["--check", "02_broken"], course)


def test_the_check_fails_until_the_notebooks_are_built(course, capsys):
    assert build_notebooks.main(["--check"], course) == 1
    assert "solutions/01_sums.ipynb is out of step" in capsys.readouterr().out
    assert build_notebooks.main(["01_sums"], course) == 0
    assert build_notebooks.main(["--check"], course) == 0


GLOSSARY = """\
# Terms

## sum
born: 01 Sums

What adding gives.

# Games

# Symbols

| symbol | means | born | elsewhere |
|---|---|---|---|
"""


def test_every_build_and_check_includes_the_glossary_where_there_is_one(course, capsys):
    (course / "lessons" / "glossary.md").write_text(GLOSSARY)
    assert build_notebooks.main(["01_sums"], course) == 0
    pages = [(course / folder / "glossary.ipynb").read_text() for folder in ("notebooks", "solutions")]
    assert pages[0] == pages[1]
    assert "[01 · Sums](01_sums.ipynb#cell-id=01_sums-000)" in pages[0]
    (course / "lessons" / "01_sums.py").write_text(f"# %%\nx = 1\n\n{LESSON}")
    assert build_notebooks.main(["--check"], course) == 1
    assert "notebooks/glossary.ipynb is out of step" in capsys.readouterr().out


def test_a_term_that_no_lesson_defines_fails_the_build_of_the_glossary(course):
    (course / "lessons" / "glossary.md").write_text(GLOSSARY.replace("born: 01 Sums", "born: 01 Products"))
    with pytest.raises(SystemExit, match=r"lessons/glossary.md: sum: lesson 01 has no heading “Products”"):
        build_notebooks.main(["glossary"], course)
