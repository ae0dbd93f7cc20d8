"""Every lesson keeps the house rules and is in step with its notebooks; what holds once they have run: `execution`."""

import statistics

import nbformat
import pytest

from tests.notebooks.execution import EXERCISE
from tools.build_notebooks import ROOT, find_lessons, find_out_of_step, make_solution, read_lesson
from tools.lesson_source import STUB

LESSONS = find_lessons()
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


def test_the_course_has_lessons_and_no_notebook_without_one():
    assert LESSONS[0] == "00_start_here"
    for folder in ("notebooks", "solutions"):
        assert sorted(path.stem for path in (ROOT / folder).glob("*.ipynb")) == LESSONS


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
