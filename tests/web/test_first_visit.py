"""What a first visit to the browser edition loads stays within what the course promises."""

import pytest

from benchmarks.first_visit import print_first_visit, visit


def test_where_there_is_no_edition_the_benchmark_says_how_to_build_one(tmp_path, capsys):
    print_first_visit(tmp_path)
    assert "make lite WHEELS=build/wheels" in capsys.readouterr().out


@pytest.mark.web
def test_a_lesson_can_be_read_after_few_megabytes_and_run_after_seventy_at_most(lite):
    (read, _), (python, _), (picture, _) = visit(lite).values()
    assert 1 < read < 8  # JupyterLab itself
    assert read < python <= picture < 70  # Python, NumPy, SciPy, Matplotlib and the course
