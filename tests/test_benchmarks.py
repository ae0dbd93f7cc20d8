"""The benchmarks' game is what it says, its contestants play it, and what cannot run is named."""

import importlib
import re
import subprocess
import sys
from types import SimpleNamespace

import nbformat
import numpy as np
import pytest

from benchmarks import crowds, grading, lessons, meeting, memory, single_runs
from benchmarks.__main__ import measure, prepare_those_installed
from benchmarks.article_loop import prepare_article_loop
from marl_lessons import plotting
from tests.bank.bank import Answers
from tools.build_notebooks import ROOT


@pytest.fixture(scope="module")
def game():
    return meeting.build_meeting()


def test_agents_one_step_apart_meet_unless_one_of_them_slips(game):
    start = np.ravel_multi_index((4, 0, 1), (5, 5, 5))
    ahead, stay, back = 2, 1, 0
    assert game.transitions[start, ahead, stay, back, 0] == pytest.approx(0.9 * 0.9)
    assert game.rewards[:, start, ahead, stay, back] == pytest.approx([0.81] * 3)


def test_the_lists_of_successors_hold_the_whole_game(game):
    successors, cumulative, rewards = meeting.list_successors(game)
    rebuilt = np.zeros((125 * 27, 125))
    np.put_along_axis(rebuilt, successors, np.diff(cumulative, prepend=0.0, axis=-1), axis=-1)
    np.testing.assert_allclose(rebuilt.reshape(game.transitions.shape), game.transitions, atol=1e-12)
    np.testing.assert_array_equal(rewards.reshape(125, 3, 3, 3), game.rewards[2])


def test_the_array_loop_learns_that_meeting_pays(game):
    q_table = single_runs._play_with_arrays(20_000, 125, 25, *meeting.list_successors(game))
    together, apart = np.ravel_multi_index(([0, 0], [0, 2], [0, 4]), (5, 5, 5))
    values = q_table.max(axis=-1)  # (N, S)
    assert values.max() <= 1 / (1 - meeting.GAMMA)
    assert (values[:, together] > 0).any()
    assert values[:, together].mean() > values[:, apart].mean()


@pytest.mark.parametrize(
    ("prepare", "package"),
    [
        (single_runs.prepare_dictionaries, "bisect"),
        (single_runs.prepare_open_spiel, "open_spiel"),
        (single_runs.prepare_numba, "numba"),
        (lambda game: prepare_article_loop(), "numpy"),
    ],
    ids=["dictionaries", "OpenSpiel", "numba", "the article's kind of loop"],
)
def test_a_contestant_plays_past_the_end_of_an_episode(game, prepare, package):
    pytest.importorskip(package)
    prepare(game)(120)


def test_a_missing_package_is_named_with_the_remedy_and_skipped(capsys):
    ready = prepare_those_installed({"fast": lambda: importlib.import_module("no_such_package"), "slow": lambda: 7})
    assert ready == {"slow": 7}
    said = capsys.readouterr().out
    assert "skipped: fast needs the package no_such_package" in said
    assert 'pip install -e ".[bench]"' in said


def test_speed_is_steps_by_time(monkeypatch):
    clock = [0.0]

    def play(steps):
        clock[0] += steps / 1_000

    monkeypatch.setattr("benchmarks.__main__.perf_counter", lambda: clock[0])
    assert measure({"steady": play}) == {"steady": pytest.approx(1_000)}


def test_a_live_figure_is_timed_at_both_ends_of_its_sliders():
    draw = """\
def draw(x):
    assert x in (0, 2, 5)
    return plotting.plot_scores({"x": np.arange(3.0)}, "points", "Three dots.")
"""
    cells = ["import numpy as np\nfrom marl_lessons import plotting", draw, "plotting.show_live(draw, x=(0, 5, 1, 2))"]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    (figure,) = lessons.time_figures(notebook)
    assert figure["name"] == "draw"
    assert figure["seconds"] > 0


def test_the_slowest_of_three_positions_is_what_a_live_figure_takes(monkeypatch, capsys):
    def draw(x):
        """Takes as many seconds as x."""

    monkeypatch.setattr(plotting, "show_live", lambda draw, **sliders: "shown")
    monkeypatch.setattr(lessons, "_time", lambda draw, position: (10 - position["x"], position["x"]))
    lessons.measure_figures()
    assert plotting.show_live(draw, x=(1, 7, 2, 5)) == "shown"
    assert capsys.readouterr().out == 'measured {"name": "draw", "seconds": 9, "processor": 7}\n'


def test_what_a_kernel_s_processes_used_counts_as_well(monkeypatch, capsys):
    monkeypatch.setattr(lessons, "process_time", lambda: 1.0)
    monkeypatch.setattr(lessons.os, "times", lambda: SimpleNamespace(children_user=0.5, children_system=0.25))
    monkeypatch.setattr(lessons, "find_peak", lambda: 99)
    lessons.print_used()
    assert capsys.readouterr().out == 'measured {"processor": 1.75, "megabytes": 99}\n'


def test_the_slowest_check_is_that_of_the_slowest_right_answer(monkeypatch, capsys):
    answers = {
        number: Answers(right=texts, wrong={}) for number, texts in {"1.1": "ac", "1.2": "b", "1.3": "d"}.items()
    }
    took = {"a": (9.0, 0.3), "b": (3.0, 0.7), "c": (1.0, 0.8), "d": (8.0, 0.1)}  # seconds, and those of the processor
    monkeypatch.setattr("tests.bank.bank.load_answers", lambda: answers)
    monkeypatch.setattr(lessons, "_time", lambda judge, options: took[options["text"]])
    lessons.print_slowest_check()
    last = capsys.readouterr().out.splitlines()[-1].split()
    assert last == ["exercise", "1.1,", "the", "slowest", "of", "3", "1.00", "0.80", "✓"]


def test_what_is_promised_of_lessons_is_what_the_course_allows():
    said = ROOT.joinpath("CONTRIBUTING.md").read_text(encoding="utf-8")
    assert f"{lessons.PROMISED_LESSON} processor seconds" in " ".join(said.split())
    assert (lessons.PROMISED_FIGURE, lessons.PROMISED_CHECK) == (1, 1)


def test_a_lesson_without_live_figures_has_none_to_time():
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1 / 0")])
    assert lessons.time_figures(notebook) == []


def test_a_notebook_is_measured_by_what_its_own_kernel_used():
    cells = ["held = bytearray(300_000_000)\ndel held", "import time\nwhile time.process_time() < 1: pass"]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    used = lessons.measure_notebook(notebook)
    assert used["seconds"] > 0
    assert used["processor"] >= 1
    assert used["megabytes"] is None or used["megabytes"] > 300
    assert [cell.source for cell in notebook.cells] == cells


def test_a_row_says_whether_the_promises_are_kept(capsys):
    lessons.print_row("quick", seconds=2.0, processor=0.9, promised=1)
    lessons.print_row("slow", seconds=2.0, processor=1.1, promised=1, megabytes=123.4)
    lessons.print_row("large", seconds=2.0, processor=0.9, promised=1, megabytes=1_001)
    lessons.print_row("both", seconds=2.0, processor=1.1, promised=1, megabytes=1_001)
    quick, slow, large, both = capsys.readouterr().out.splitlines()
    assert quick.endswith("0.90           ✓")
    assert slow.endswith("1.10      123  ✗ promised: 1 s")
    assert large.endswith("0.90     1001  ✗ promised: 1,000 MB")
    assert both.endswith("1.10     1001  ✗ promised: 1 s, 1,000 MB")


HOLDS = """\
from benchmarks.memory import find_peak
held = bytearray({size})
del held
print(find_peak())
"""


def find_peak_apart(size):
    code = HOLDS.format(size=size)
    return float(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)


@pytest.mark.skipif(memory.find_peak() is None, reason="this system does not tell how much memory a process held")
def test_the_peak_counts_what_was_given_back_and_nothing_of_the_process_that_started_it():
    held = np.ones(40_000_000)  # 320 MB here
    small, large = find_peak_apart(1_000), find_peak_apart(200_000_000)
    assert memory.find_peak() > held.nbytes / 1e6
    assert 0 < small < 100
    assert large - small == pytest.approx(200, rel=0.05)


@pytest.mark.parametrize(("system", "told", "megabytes"), [("darwin", 512_000_000, 512), ("freebsd14", 500_000, 512)])
def test_each_system_s_unit_is_heard(monkeypatch, system, told, megabytes):
    usage = SimpleNamespace(RUSAGE_SELF=0, getrusage=lambda who: SimpleNamespace(ru_maxrss=told))
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setitem(sys.modules, "resource", usage)
    assert memory.find_peak() == megabytes


def test_windows_tells_bytes(monkeypatch):
    process = SimpleNamespace(memory_info=lambda: SimpleNamespace(peak_wset=512_000_000))
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr("psutil.Process", lambda: process)
    assert memory.find_peak() == 512


@pytest.mark.parametrize("kind", crowds.KINDS)
def test_a_crowd_is_measured_in_a_process_of_its_own(kind):
    measured = crowds.measure_apart(kind, 1_000, 20)
    assert measured["seconds"] > 0
    assert measured["megabytes"] is None or 10 < measured["megabytes"] < 1_000
    assert 0 <= measured["share"] <= 1 + 1e-9


def test_a_promise_is_kept_only_if_both_time_and_memory_are(capsys):
    for seconds, megabytes in [(0.9, 99), (1.1, 99), (0.9, 101), (0.9, None)]:
        measured = {"seconds": seconds, "megabytes": megabytes, "share": 0.99}
        crowds.print_promise("many", measured, seconds=1, megabytes=100)
    verdicts = [line.partition(" promised")[0][-1] for line in capsys.readouterr().out.splitlines()]
    assert verdicts == ["✓", "✗", "✗", "✓"]


def test_a_class_answers_from_the_bank_in_the_cells_of_the_exercises(tmp_path):
    grading.make_class(1, 8, tmp_path)
    notebooks = [nbformat.read(path, 4) for path in sorted(tmp_path.glob("*.ipynb"))]
    untouched = nbformat.read(ROOT / "notebooks/01_games.ipynb", 4)
    assert len(notebooks) == 8
    for notebook in notebooks:
        changed = [new.source for new, old in zip(notebook.cells, untouched.cells, strict=True) if new != old]
        assert all(re.search(r'(exercise|check)\("1\.[1-4]"', source) for source in changed)
    assert len({tuple(cell.source for cell in notebook.cells) for notebook in notebooks}) > 4
