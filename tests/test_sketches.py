"""The map draws each place where it belongs, as full as it is, and arrows from where to where."""

import numpy as np
import pytest
from matplotlib.colors import same_color
from matplotlib.figure import Figure

from marl_lessons.sketches import draw_map


def draw(shares, marked, flows):
    axes = Figure().subplots()
    draw_map(axes, np.array(shares), [f"place {number}" for number in range(len(shares))], marked, np.array(flows))
    return axes


def test_places_stand_in_rows_from_the_top_and_marked_ones_have_orange_frames():
    axes = draw(np.zeros((5, 3)), [False, True, False, False, True], np.zeros((5, 5)))
    corners = [(min(line.get_xdata()) + 0.45, min(line.get_ydata()) + 0.45) for line in axes.lines]
    np.testing.assert_allclose(corners, [(0, 0), (1, 0), (2, 0), (0, 1), (1, 1)], atol=1e-9)
    assert [same_color(line.get_color(), "C1") for line in axes.lines] == [False, True, False, False, True]
    assert axes.get_ylim() == pytest.approx((1.6, -0.6))  # y goes down
    for text, (x, y) in zip(axes.texts, corners, strict=True):
        assert text.get_position() == pytest.approx((x, y - 0.41))  # at the top of its frame


@pytest.mark.parametrize(("places", "columns", "rows"), [(1, 1, 1), (4, 2, 2), (10, 4, 3), (20, 5, 4)])
def test_a_map_is_about_as_wide_as_high(places, columns, rows):
    axes = draw(np.zeros((places, 3)), [False] * places, np.zeros((places, places)))
    assert axes.get_xlim() == pytest.approx((-0.6, columns - 0.4))
    assert axes.get_ylim() == pytest.approx((rows - 0.4, -0.6))


def test_bars_stand_on_the_bottom_as_high_as_they_are_filled_and_never_higher():
    axes = draw([[0.5, 1.0, 3.0]], [False], [[0]])
    frames, bars = axes.patches[::2], axes.patches[1::2]
    assert [-bar.get_height() for bar in frames] == [0.5] * 3
    assert [-bar.get_height() for bar in bars] == [0.25, 0.5, 0.5]
    assert [bar.get_x() + 0.09 for bar in bars] == pytest.approx([-0.26, 0, 0.26])
    assert [bar.get_y() for bar in bars] == pytest.approx([0.41] * 3)
    for bar, color in zip(bars, ("C0", "C1", "0.4"), strict=True):
        assert same_color(bar.get_facecolor(), color)


def test_arrows_lead_from_where_to_where_and_grow_with_how_many_go():
    axes = draw(np.zeros((4, 3)), [False] * 4, [[0.9, 0.25, 0, 0], [0, 0, 0, 0], [0, 0.5, 0, 0], [0, 0, 0, 0]])
    arrows = [text for text in axes.texts if text.get_text() == ""]
    assert [(arrow.xyann, arrow.xy, arrow.arrow_patch.get_linewidth()) for arrow in arrows] == [
        ((0, 0), (1, 0), 1 + 12 * 0.25),
        ((0, 1), (1, 0), 1 + 12 * 0.5),
    ]
