"""The benchmarks' game is what it says, its contestants play it, and what cannot run is named."""

import importlib

import nbformat
import numpy as np
import pytest

from benchmarks import crowds, lessons, meeting, single_runs
from benchmarks.__main__ import measure, prepare_those_installed
from benchmarks.article_loop import prepare_article_loop


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


def test_a_lesson_without_live_figures_has_none_to_time():
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1 / 0")])
    assert lessons.time_figures(notebook) == []


def test_a_row_says_whether_the_promise_is_kept(capsys):
    lessons.print_row("quick", seconds=2.0, processor=0.9, promised=1)
    lessons.print_row("slow", seconds=2.0, processor=1.1, promised=1)
    quick, slow = capsys.readouterr().out.splitlines()
    assert quick.endswith("0.90  ✓")
    assert slow.endswith("1.10  ✗ promised: 1")


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
