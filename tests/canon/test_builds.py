"""Two builds of a solution notebook give the same bytes, pictures included, but for what the machine took."""

import pytest

from tools.build_notebooks import execute, find_lessons, make_solution, read_lesson, to_text

pytestmark = pytest.mark.canon


@pytest.mark.parametrize("lesson", find_lessons())
def test_two_builds_of_a_solution_give_the_same_bytes(lesson, tmp_path):
    notebook = make_solution(read_lesson(lesson), lesson)
    first, second = (build(notebook, tmp_path / f"{name}.json") for name in ("first", "second"))
    assert first.replace("first.json", "") == second.replace("second.json", "")


def build(notebook, progress_file):
    """Run a notebook, and write it without what its cells say of this machine's seconds and memory."""
    executed = execute(notebook, progress_file)
    for cell in executed.cells:
        if "nbval-ignore-output" in cell.metadata.get("tags", []):
            cell.outputs = []
    return to_text(executed)
