"""Scoreboards and tables say in words what they show, stay on a screen, and mark one's own by more than color."""

import io

import numpy as np
import pytest
from PIL import Image

from marl_lessons.exercises.kept_scores import KeptScores
from marl_lessons.plotting import boards, plot_scoreboard, plot_table

SCREEN = 1280, 800  # dots
RNG = np.random.default_rng(0)
METHODS = {f"method {number}": RNG.normal(5 * number, 3, size=20) for number in range(20)}


def size_of(picture):
    return Image.open(io.BytesIO(picture.png)).size


def draw_on_figure(monkeypatch, draw):
    """Draw, and return the axes instead of a picture."""
    kept = []
    monkeypatch.setattr(boards, "finish", lambda figure, axes, alt: kept.append(axes))
    monkeypatch.setattr(boards, "render", lambda figure, alt: kept.append(figure.axes[0]))
    draw()
    return kept[0]


def names(labels):
    return [label.get_text() for label in labels]


def test_twenty_methods_fit_on_a_screen():
    width, height = size_of(plot_scoreboard(METHODS, {"mine": [3, 4]}, {"best possible": 100}))
    assert width < SCREEN[0]
    assert height < SCREEN[1]


def test_a_table_of_twenty_methods_fits_on_a_screen():
    labels = [f"a method of {number}" for number in range(20)]
    width, height = size_of(plot_table(RNG.normal(50, 40, (20, 20)), labels, labels, "A table."))
    assert width < SCREEN[0]
    assert height < SCREEN[1]


def test_the_best_is_on_top_and_one_s_own_has_an_arrow_and_a_bold_name(monkeypatch):
    own = {"mine": [60, 62], "kept": KeptScores(mean=30.0, low=20.0, high=40.0, runs=5)}
    methods = {"low": [1, 2, 3], "high": [90, 91], "careful": [45.9]}
    axes = draw_on_figure(monkeypatch, lambda: plot_scoreboard(methods, own))
    assert names(axes.get_yticklabels()) == ["high", "▶ mine", "careful", "▶ kept", "low"]
    assert [label.get_weight() for label in axes.get_yticklabels()] == ["normal", "bold", "normal", "bold", "normal"]
    marks = {line.get_ydata()[0]: line for line in axes.lines if len(line.get_xdata()) == 1}
    assert [marks[row].get_marker() for row in range(5)] == ["o", "*", "D", "*", "o"]
    assert [marks[row].get_xdata()[0] for row in range(5)] == [90.5, 61, 45.9, 30, 2]
    assert len({marks[row].get_color() for row in (0, 2, 4)}) == 1 < len({marks[row].get_color() for row in (0, 1)})
    assert axes.yaxis_inverted()  # row 0 is the highest


def test_exact_answers_are_dashed_lines_and_the_axis_is_that_of_the_scoreboards(monkeypatch):
    axes = draw_on_figure(monkeypatch, lambda: plot_scoreboard({"low": [1, 2]}, exact={"best": 100, "light": 45.9}))
    lines = {line.get_label(): line for line in axes.lines}
    assert [lines[label].get_xdata()[0] for label in ("best", "light")] == [100, 45.9]
    assert all(lines[label].is_dashed() for label in ("best", "light"))
    assert axes.get_xlabel() == "score (0: random play, 100: best possible)"


def test_each_mean_has_its_interval_and_a_single_exact_run_has_none(monkeypatch):
    own = {"kept": KeptScores(mean=30.0, low=20.0, high=40.0, runs=5)}
    axes = draw_on_figure(monkeypatch, lambda: plot_scoreboard({"pair": [90, 92], "careful": [45.9]}, own))
    bars = {line.get_ydata()[0]: list(line.get_xdata()) for line in axes.lines if len(line.get_xdata()) == 2}
    assert bars == {0: [90, 92], 2: [20, 40]}


def test_the_alt_text_lists_the_means_unless_one_is_given():
    picture = plot_scoreboard({"low": [1, 2, 3], "high": [90, 91]}, {"mine": [60, 62]})
    assert picture.alt == "On average, the best first, high: 90.5; mine (yours): 61.0; low: 2.0."
    assert plot_scoreboard({"low": [1, 2]}, alt="Low.").alt == "Low."


def test_own_entries_alone_are_a_scoreboard():
    assert plot_scoreboard({}, {"mine": [60, 62]}).alt == "On average, the best first, mine (yours): 61.0."


def test_an_empty_scoreboard_and_a_name_that_stands_in_both_are_refused():
    with pytest.raises(ValueError, match="methods must hold at least one method, got none"):
        plot_scoreboard({})
    with pytest.raises(ValueError, match=r"own must have other names than methods, got \['IQL'\]"):
        plot_scoreboard({"IQL": [1, 2]}, {"IQL": [1, 2]})


def test_every_number_of_a_table_is_written_and_read_on_its_color(monkeypatch):
    table = [[-0.2, 100, -45.6], [49, 51, np.nan], [-0.5, 7.5, 250]]
    axes = draw_on_figure(monkeypatch, lambda: plot_table(table, "abc", "def", "A table."))
    assert names(axes.texts) == ["0", "100", "−46", "49", "51", "0", "8", "250"]
    colors = [text.get_color() for text in axes.texts]
    assert colors == ["white", "black", "white", "white", "black", "white", "white", "black"]
    assert names(axes.get_xticklabels()) == list("def")
    assert names(axes.get_yticklabels()) == list("abc")
    assert len(axes.patches) == 0


def test_where_rows_and_columns_are_the_same_the_diagonal_is_framed(monkeypatch):
    axes = draw_on_figure(monkeypatch, lambda: plot_table(np.eye(3), "abc", "abc", "A table."))
    assert [patch.get_xy() for patch in axes.patches] == [(-0.5, -0.5), (0.5, 0.5), (1.5, 1.5)]


@pytest.mark.parametrize("limits", [(0, 100), (-50, 50)])
def test_the_colors_of_a_table_reach_from_limit_to_limit_and_its_axes_say_who_is_who(monkeypatch, limits):
    """By default the scale of the scoreboards; rows are worker 0."""
    options = {} if limits == (0, 100) else {"limits": limits, "axis_labels": ("across", "down"), "label": "unit"}
    axes = draw_on_figure(monkeypatch, lambda: plot_table(np.eye(2), "ab", "ab", "A table.", **options))
    (image,) = axes.images
    assert image.get_clim() == limits
    across, down = options.get("axis_labels", ("worker 1", "worker 0"))
    assert (axes.get_xlabel(), axes.get_ylabel()) == (across, down)
    said = options.get("label", "score (0: random play, 100: best possible)")
    assert image.colorbar.ax.get_ylabel() == said


def test_a_table_with_too_few_names_is_refused():
    with pytest.raises(ValueError, match=r"table must have shape \(2, 3\), got \(3, 3\); name all of it"):
        plot_table(np.eye(3), "ab", "abc", "A table.")


def test_the_same_numbers_make_the_same_picture():
    assert plot_scoreboard(METHODS).png == plot_scoreboard(METHODS).png
