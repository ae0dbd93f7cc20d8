"""Every lesson keeps the house rules and is in step with its notebooks; what holds once they have run: `execution`."""

import ast
import re
import statistics

import nbformat
import pytest

from tests.notebooks.execution import EXERCISE
from tools import glossary
from tools.build_notebooks import ROOT, find_lessons, find_out_of_step, make_solution, read_lesson
from tools.lesson_source import STUB

LESSONS = find_lessons()
LABEL = 70  # characters: longer texts are no labels of axes or curves
every_lesson = pytest.mark.parametrize("lesson", LESSONS)


def read_notebook(folder, lesson):
    return nbformat.read(ROOT / folder / f"{lesson}.ipynb", as_version=4)


def code_cells(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def text_cells(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "markdown"]


def find_exercises(lesson):
    cells = code_cells(make_solution(read_lesson(lesson), lesson))
    return {number for cell in cells for number in EXERCISE.findall(cell.source)}


def count_words(text):
    """A word has a letter: the bars of a table and numbers are none."""
    return sum(any(map(str.isalpha, word)) for word in text.split())


def test_the_course_has_lessons_and_a_glossary_and_no_other_notebook():
    assert LESSONS[0] == "00_start_here"
    for folder in ("notebooks", "solutions"):
        assert sorted(path.stem for path in (ROOT / folder).glob("*.ipynb")) == [*LESSONS, glossary.NAME]


@every_lesson
def test_both_notebooks_are_in_step_with_their_lesson(lesson):
    assert find_out_of_step(lesson) == [], "run `make notebooks`"


@every_lesson
def test_the_learner_copy_holds_no_outputs_and_no_solution(lesson):
    cells = code_cells(read_notebook("notebooks", lesson))
    assert all(cell.outputs == [] and cell.execution_count is None for cell in cells)
    stubs = sum(cell.source.count(STUB) + cell.source.count("= ...  # your answer") for cell in cells)
    assert stubs >= len(find_exercises(lesson)) > 0


@every_lesson
def test_a_solution_writes_nothing_to_the_error_stream(lesson):
    outputs = [output for cell in code_cells(read_notebook("solutions", lesson)) for output in cell.outputs]
    assert [output.text for output in outputs if output.get("name") == "stderr"] == []


@every_lesson
def test_cells_whose_output_is_checked_have_one(lesson):
    # nbval passes a cell without an execution count or outputs, whatever it prints.
    for cell in code_cells(read_notebook("solutions", lesson)):
        if "nbval-check-output" in cell.metadata.get("tags", []):
            assert cell.execution_count, cell.id
            assert cell.outputs, cell.id


@every_lesson
def test_code_cells_are_short(lesson):
    lengths = [len(cell.source.splitlines()) for cell in code_cells(read_notebook("solutions", lesson))]
    assert lengths[0] <= 8, "the setup cell"
    assert max(lengths) <= 20
    assert statistics.median(lengths) <= 6


@every_lesson
def test_no_line_of_code_scrolls_sideways(lesson):
    lines = [line for cell in code_cells(read_notebook("solutions", lesson)) for line in cell.source.splitlines()]
    assert [line for line in lines if len(line) > 100] == []


@every_lesson
def test_a_lesson_is_one_sitting(lesson):
    cells = read_notebook("solutions", lesson).cells
    assert len(cells) <= 50
    (minutes,) = re.findall(r"[Aa]bout (\d+) minutes", cells[0].source)
    assert int(minutes) <= 60


@pytest.mark.parametrize("lesson", LESSONS[1:])
def test_three_to_five_exercises_are_spread_to_the_end(lesson):
    cells = read_notebook("solutions", lesson).cells
    asking = [place for place, cell in enumerate(cells) if cell.cell_type == "code" and EXERCISE.search(cell.source)]
    assert 3 <= len(asking) <= 5
    assert asking[-1] >= 0.6 * len(cells)


def find_spoilers(cells):
    """List long texts, such as alt texts, that stand ready-made in the code between a prediction and its reveal.

    Texts that the cell computes (f-strings) say nothing before it has run; docstrings say what a function does.
    """
    spoilers, is_open = [], False
    for source in (cell.source for cell in cells if cell.cell_type == "code"):
        is_open = (is_open or "predict(" in source) and "reveal=True" not in source
        if is_open:
            nodes = list(ast.walk(ast.parse(source)))
            computed = {part for node in nodes if isinstance(node, ast.JoinedStr) for part in node.values}
            stated = {node.value for node in nodes if isinstance(node, ast.Expr)}
            texts = [node for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]
            spoilers += [text.value for text in texts if text not in computed | stated and len(text.value) > LABEL]
    return spoilers


def test_a_ready_made_alt_text_below_a_prediction_is_found():
    cells = [nbformat.v4.new_code_cell(source) for source in ('predict("1.a")', f"plot(x, {'it falls ' * 9!r})")]
    assert find_spoilers(cells) == ["it falls " * 9]
    assert find_spoilers([*cells[:1], nbformat.v4.new_code_cell('predict("1.a", reveal=True)'), *cells[1:]]) == []


@every_lesson
def test_nothing_below_an_open_prediction_gives_it_away(lesson):
    assert find_spoilers(read_notebook("solutions", lesson).cells) == []


@every_lesson
def test_text_cells_are_short(lesson):
    words = {cell.id: count_words(cell.source) for cell in text_cells(read_notebook("solutions", lesson))}
    assert {cell: count for cell, count in words.items() if count > 120} == {}


@every_lesson
def test_a_lesson_opens_with_its_aim(lesson):
    opening = read_notebook("solutions", lesson).cells[0].source
    assert opening.startswith("# ")
    assert "After this lesson you can" in opening


@pytest.mark.parametrize("lesson", LESSONS[1:])
def test_a_lesson_closes_with_its_sources(lesson):
    assert read_notebook("solutions", lesson).cells[-1].source.startswith("## Sources")
