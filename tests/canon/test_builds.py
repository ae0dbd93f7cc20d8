"""Two builds of a solution notebook give the same bytes, pictures included."""

import pytest

from tools.build_notebooks import execute, find_lessons, make_solution, read_lesson, to_text

pytestmark = pytest.mark.canon


@pytest.mark.parametrize("lesson", find_lessons())
def test_two_builds_of_a_solution_give_the_same_bytes(lesson, tmp_path):
    notebook = make_solution(read_lesson(lesson), lesson)
    first, second = (to_text(execute(notebook, tmp_path / f"{build}.json")) for build in ("first", "second"))
    assert first.replace("first.json", "") == second.replace("second.json", "")
