"""A number that the text takes from a cell is the one that the cell prints: editing either alone fails."""

import nbformat
import pytest

from tests.notebooks.prose import Mark, agrees, find_marks, find_printed
from tools.build_notebooks import ROOT, find_lessons, read_lesson

MARKS = [(lesson, mark) for lesson in find_lessons() for mark in find_marks(read_lesson(lesson))]
every_mark = pytest.mark.parametrize(
    ("lesson", "mark"), MARKS, ids=[f"{lesson[:2]}-{mark.cell:03}-{mark.shown}" for lesson, mark in MARKS]
)


@pytest.fixture(scope="module")
def read_cells():
    return {
        lesson: nbformat.read(ROOT / "solutions" / f"{lesson}.ipynb", as_version=4).cells for lesson in find_lessons()
    }


@every_mark
def test_a_marked_number_is_what_its_cell_prints(lesson, mark, read_cells):
    cell, printed = find_printed(mark, read_cells[lesson])
    assert any(agrees(mark, number) for number in printed), f"{cell.id} prints {printed}, the text says {mark.shown}"


@every_mark
def test_nbval_compares_what_the_cell_of_a_marked_number_prints(lesson, mark, read_cells):
    cell, _ = find_printed(mark, read_cells[lesson])
    assert "nbval-check-output" in cell.metadata.get("tags", [])


@pytest.mark.parametrize(
    ("shown", "margin", "printed", "is_same"),
    [
        ("76", None, "76.4", True),
        ("76", None, "76.6", False),
        ("76", None, "-76", False),
        ("8.10", None, "8.10", True),
        ("8.10", None, "8.11", False),
        ("90", 1, "90.9", True),
        ("90", 1, "91.1", False),
        ("−0.5", None, "-0.5", True),
        ("1,133", None, "1133", True),
        ("37.5 %", None, "0.375", True),
        ("37.5 %", None, "37.5%", True),
        ("37.5 %", None, "0.38", False),
        ("0", None, "0.0", True),
    ],
)
def test_a_number_agrees_up_to_the_rounding_of_the_text(shown, margin, printed, is_same):
    assert agrees(Mark(shown, margin, None, 0), printed) == is_same


def print_cell(text):
    return nbformat.v4.new_code_cell(outputs=[nbformat.v4.new_output("stream", text=text)] if text else [])


CELLS = [print_cell("IQL: 76 of 100"), print_cell(""), print_cell("60 teams, hysteretic: 90.6")]


@pytest.mark.parametrize(
    ("label", "cell", "printed"),
    [(None, 2, ["60", "90.6"]), ("hysteretic", 2, ["90.6"]), ("IQL", 0, ["76"])],
)
def test_a_mark_means_the_last_printing_cell_or_the_number_after_its_label(label, cell, printed):
    assert find_printed(Mark("1", None, label, 3), CELLS) == (CELLS[cell], printed)


def test_a_mark_without_a_cell_is_an_error():
    with pytest.raises(AssertionError, match="no cell above has printed"):
        find_printed(Mark("1", None, "joint", 3), CELLS)
