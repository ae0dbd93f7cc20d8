"""Pictures carry what they show in words, are the same every time, and their intervals are those of scipy."""

import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from scipy import stats

from marl_lessons import games, plotting
from marl_lessons.display import Misuse
from marl_lessons.plotting import curves, fields, live, payoffs, picture


def draw_example(alt="the curve rises"):
    samples = np.random.default_rng(0).normal(size=(20, 10)).cumsum(axis=1)
    return plotting.plot_curves(
        np.arange(10),
        {"batch": samples, "known": np.arange(10)},
        "step",
        "reward",
        alt,
        exact={"optimum": 9},
        points={"mean of 20 teams": (4, samples[:, 4])},
    )


def test_the_bootstrap_interval_is_that_of_scipy():
    samples = np.random.default_rng(1).exponential(size=(60, 3))
    low, high = plotting.bootstrap_interval(samples)
    oracle = stats.bootstrap(
        (samples,), np.mean, axis=0, method="percentile", n_resamples=20_000, rng=np.random.default_rng(2)
    ).confidence_interval
    np.testing.assert_allclose(low, oracle.low, atol=0.03)
    np.testing.assert_allclose(high, oracle.high, atol=0.03)


def test_a_95_percent_interval_covers_the_true_mean_about_that_often():
    batches = np.random.default_rng(3).normal(size=(50, 400))  # 400 experiments of 50 runs
    low, high = plotting.bootstrap_interval(batches)
    covered = np.mean((low <= 0) & (high >= 0))
    # The percentile interval of 50 runs covers a little less than 95 %; 400 experiments have a standard error of 1.1 %.
    assert 0.90 < covered < 0.98


@given(st.lists(st.floats(-1e3, 1e3), min_size=2, max_size=30))
def test_the_interval_lies_within_the_samples(samples):
    low, high = plotting.bootstrap_interval(samples)
    assert min(samples) - 1e-6 <= low <= high <= max(samples) + 1e-6


def test_one_run_has_no_interval():
    with pytest.raises(ValueError, match="at least 2 runs along the first axis, got 1; run a batch"):
        plotting.bootstrap_interval([[1.0, 2.0]])


def test_the_same_arrays_give_the_same_bytes():
    assert draw_example().png == draw_example().png


def test_a_picture_shows_itself_as_html_with_its_alt_text_and_as_words():
    bundle = draw_example('rises & "stays"')._repr_mimebundle_()
    assert bundle["text/plain"] == 'rises & "stays"'
    assert 'alt="rises &amp; &quot;stays&quot;"' in bundle["text/html"]
    assert 'src="data:image/png;base64,' in bundle["text/html"]


def test_curves_name_their_axes_and_lines():
    texts = find_texts(plotting.plot_curves, np.arange(3), {"a": np.ones((4, 3))}, "step", "reward (points)", "alt")
    assert {"step", "reward (points)", "a"} <= texts


def test_scores_name_every_method_and_the_exact_answer():
    samples = {"random": np.arange(5.0), "best": np.ones(5)}
    texts = find_texts(plotting.plot_scores, samples, "score", "alt", {"100": 100})
    assert {"random", "best", "score", "100"} <= texts


def test_scores_name_their_means_and_the_axis_of_the_scoreboards_by_themselves():
    samples = {"random": np.arange(5.0) - 2.4, "best": np.full(5, 99.6)}
    assert plotting.plot_scores(samples).alt == "On average, random: 0; best: 100."
    assert {"score (0: random play, 100: best possible)"} <= find_texts(plotting.plot_scores, samples)
    assert plotting.plot_scores(samples, alt="best is best").alt == "best is best"


def test_the_interval_of_a_mean_is_drawn_on_top_of_its_hollow_marker():
    samples = {"almost the same": np.linspace(1.0, 1.01, 20), "wide": np.linspace(0.0, 9.0, 20)}
    (axes,) = draw_figure(plotting.plot_scores, samples, "score", "alt").axes
    for _, marker, bar in zip(*[iter(axes.lines)] * 3, strict=True):  # dots, marker and bar of each row
        assert marker.get_markerfacecolor() == "white"
        assert is_above(bar, marker, axes)
        assert bar.get_xdata().min() < marker.get_xdata()[0] < bar.get_xdata().max()


def test_the_interval_of_a_point_is_drawn_on_top_of_its_hollow_marker():
    points = {"mean": (1, np.linspace(1.0, 1.01, 20))}
    figure = draw_figure(plotting.plot_curves, np.arange(3), {"a": np.ones(3)}, "x", "y", "alt", None, points)
    marker, _, (bar,) = figure.axes[0].containers[0]
    assert marker.get_markerfacecolor() == "white"
    assert is_above(bar, marker, figure.axes[0])


def test_an_exact_answer_hides_nothing_that_was_measured():
    figure = draw_figure(plotting.plot_curves, np.arange(3), {"a": np.ones(3)}, "x", "y", "alt", {"exact": 1.0})
    curve, exact = figure.axes[0].lines
    assert is_above(curve, exact, figure.axes[0])


def test_a_wide_curve_lies_beneath_those_that_it_would_hide():
    samples = {"a": np.ones(3), "b": np.ones(3)}
    figure = draw_figure(plotting.plot_curves, np.arange(3), samples, "x", "y", "alt", wide="b")
    curve, band = figure.axes[0].lines
    assert is_above(curve, band, figure.axes[0])
    assert band.get_linewidth() > 3 * curve.get_linewidth()


def test_the_y_axis_of_curves_can_stay_while_a_slider_moves():
    figure = draw_figure(plotting.plot_curves, np.arange(3), {"a": np.ones(3)}, "x", "y", "alt", limits=(-31, 12))
    assert figure.axes[0].get_ylim() == (-31, 12)


def test_the_sides_of_a_payoff_table_can_be_named():
    assert {"us", "them"} <= find_texts(plotting.plot_payoffs, games.prisoners_dilemma(), agents=("us", "them"))


def test_a_payoff_below_zero_has_a_minus_sign_as_on_the_axes():
    assert "−30" in find_texts(plotting.plot_payoffs, games.climbing())


def test_a_payoff_table_shows_every_payoff_and_says_its_equilibria():
    picture = plotting.plot_payoffs(games.prisoners_dilemma(), games.matching_pennies())
    assert picture.alt == (
        "Payoff table of prisoner's dilemma; equilibria in fixed actions: (defect, defect). "
        "Payoff table of matching pennies; equilibria in fixed actions: none."
    )
    assert {"cooperate", "defect", "agent 0", "agent 1", "5", "3"} <= find_texts(
        plotting.plot_payoffs, games.prisoners_dilemma()
    )


@pytest.mark.parametrize("successes", [0, 1, 50, 100])
def test_the_interval_of_a_share_is_that_of_scipy(successes):
    oracle = stats.binomtest(successes, 100).proportion_ci(method="wilson")
    low, high = picture.wilson_interval(successes / 100, 100)
    assert (low, high) == pytest.approx((oracle.low, oracle.high), abs=1e-4)


def test_rates_are_drawn_for_every_method():
    successes = {"IQL": np.zeros(50, dtype=bool), "hysteretic": np.ones(50, dtype=bool)}
    assert {"IQL", "hysteretic", "share"} <= find_texts(plotting.plot_rates, successes, "share", "alt")


def test_outcomes_are_shares_of_the_runs():
    ends = np.array([[1, 1]] * 3 + [[0, 1]])
    texts = find_texts(plotting.plot_outcomes, games.prisoners_dilemma(), ends, "alt")
    assert {"defect, defect", "cooperate, defect", "share of 4 runs that end there"} <= texts


def test_a_game_of_three_cannot_be_drawn_as_a_table():
    with pytest.raises(ValueError, match="2 agents to be drawn as a table, got 3"):
        plotting.plot_payoffs(games.all_agree(3))


def test_without_a_notebook_a_live_figure_prints_its_words(capsys):
    plotting.show_live(lambda slope: draw_example(f"slope {slope}"), slope=(0, 1, 0.5, 0.5))
    assert capsys.readouterr().out == "slope 0.5\n"


def test_at_a_plain_prompt_a_picture_says_its_words():
    assert repr(draw_example("rises from 0 to 1")) == "rises from 0 to 1"


def test_a_terminal_breaks_the_words_of_a_picture_between_words(monkeypatch):
    monkeypatch.setenv("COLUMNS", "20")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert repr(draw_example("rises from 0 to 1 in ten steps")) == "rises from 0 to 1 in\nten steps"


def build_controls(draw, limits=(0, 1, 0.25, 0.5)):
    """Returns the number of the slider, the HTML that says whether it computes, and the one that holds the picture."""
    row, status, image = live.build_controls(draw, draw_example(), {"slope": limits}).children
    return row.children[0], status, image


def test_moving_a_slider_draws_the_picture_anew():
    number, _, image = build_controls(lambda slope: draw_example(f"slope {slope}"))
    number.value = 0.75
    assert 'alt="slope 0.75"' in image.value


def test_the_number_carries_the_name_and_the_limits():
    number, _, _ = build_controls(lambda slope: draw_example())
    assert (number.description, number.min, number.max, number.step, number.value) == ("slope", 0, 1, 0.25, 0.5)


@pytest.mark.parametrize(
    ("limits", "moved", "rounded"),
    [
        ((0.02, 0.7, 0.03, 0.35), 0.5299999999999999, 0.53),
        ((0.02, 0.7, 0.03, 0.35), 0.413, 0.41),
        ((0.025, 1.0, 0.1, 0.5), 0.125, 0.125),
        ((0.0, 1e-4, 1e-5, 1e-5), 3.0000000000000004e-05, 3e-05),
        ((2, 50, 1, 10), 12, 12),
    ],
)
def test_a_number_has_as_many_digits_as_its_step_and_is_drawn_once(limits, moved, rounded):
    drawn = []
    number, _, _ = build_controls(lambda slope: drawn.append(slope) or draw_example(), limits)
    number.value = moved
    assert (number.value, drawn) == (rounded, [rounded])
    assert type(number.value) is type(limits[-1])


def test_while_it_computes_it_says_so():
    def look(slope):
        seen.append(status.value)
        return draw_example()

    seen = []
    number, status, _ = build_controls(look)
    idle = status.value
    number.value = 0.75
    assert "Computing …" in seen[-1]
    assert status.value == idle


def test_an_error_behind_a_slider_is_said_and_the_next_move_works():
    def fail_at_one(slope):
        if slope == 1:
            raise KeyError("<lost>")
        return draw_example(f"slope {slope}")

    number, _, image = build_controls(fail_at_one)
    number.value = 1
    assert "KeyError: &#x27;&lt;lost&gt;&#x27;" in image.value
    number.value = 0.25
    assert 'alt="slope 0.25"' in image.value


class Speechless(Exception):
    def __str__(self):
        raise SystemExit


@pytest.mark.parametrize(
    ("act", "words"), [(sys.exit, "SystemExit"), (exit, "SystemExit"), (Speechless.__str__, "SystemExit")]
)
def test_what_would_end_the_kernel_behind_a_slider_is_said(act, words):
    number, _, image = build_controls(lambda slope: act(None))
    number.value = 1
    assert words in image.value


def test_an_error_without_words_behind_a_slider_is_named():
    def fail(slope):
        raise Speechless

    number, status, image = build_controls(fail)
    idle = status.value
    number.value = 1
    assert (image.value, status.value) == ("<code>Speechless</code>", idle)


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        ((0, 1, 0.5), r"slope must be four numbers, \(low, high, step, start\), got \(0, 1, 0\.5\)"),
        (3, "slope must be four numbers"),
        ((0, 1, "a", 0), "slope must be four numbers"),
        ((1, 0, 0.5, 0.5), "low < high"),
        ((0, 1, 0.5, 2), "a start between them"),
        ((0, 1, 0, 0.5), "a step above 0"),
    ],
)
def test_a_slider_without_its_four_numbers_is_answered_with_the_remedy(limits, words):
    with pytest.raises(Misuse, match=words):
        plotting.show_live(lambda slope: draw_example(), slope=limits)


@pytest.mark.parametrize("drawn", [None, Figure()])
def test_what_is_drawn_must_be_a_picture(drawn):
    with pytest.raises(Misuse, match="draw must return a Picture, got an object of type"):
        plotting.show_live(lambda slope: drawn, slope=(0, 1, 0.5, 0.5))


def draw_figure(plot, *arguments, **named):
    """Returns the figure that a plotting function draws, before it becomes a picture."""
    figures = []
    with pytest.MonkeyPatch.context() as patch:
        for module in (payoffs, picture):
            patch.setattr(module, "render", lambda figure, alt: figures.append(figure))
        plot(*arguments, **named)
    (figure,) = figures
    return figure


def find_texts(plot, *arguments, **named):
    """Returns every text that a plotting function writes into its figure."""
    figure = draw_figure(plot, *arguments, **named)
    figure.draw_without_rendering()
    return {text.get_text() for text in figure.findobj(lambda artist: hasattr(artist, "get_text"))}


def is_above(above, below, axes):
    """Tells whether one artist is painted after another; of equal ones, the later in the axes comes later."""
    order = sorted(axes.get_children(), key=lambda artist: artist.get_zorder())
    return order.index(above) > order.index(below)


def test_arrows_of_any_length_are_drawn_alike_and_paths_end_in_a_marker(monkeypatch):
    drawn = []
    monkeypatch.setattr(fields, "finish", lambda figure, axes, alt: drawn.append(axes))
    grid = np.linspace(0.1, 0.9, 3)
    arrows = np.zeros((3, 3, 2))
    arrows[0, 2] = 0.001, 0  # at x = 0.1, y = 0.9
    path = np.random.default_rng(0).random((4, 5, 2))
    plotting.plot_flow(grid, arrows, {"to a": path}, "a", "one arrow")
    quiver = drawn[0].collections[0]
    np.testing.assert_allclose(quiver.get_offsets()[2], [0.1, 0.9])
    assert quiver.U[2] == 1
    assert np.count_nonzero(quiver.U) == 1
    ends = next(line for line in drawn[0].lines if line.get_marker() == "o" and len(line.get_xdata()))
    np.testing.assert_allclose(ends.get_xydata(), path[-1])


def test_a_certain_policy_stands_in_its_corner(monkeypatch):
    drawn = []
    monkeypatch.setattr(fields, "finish", lambda figure, axes, alt: drawn.append(figure))
    policies = np.eye(3)[np.array([[[0, 1]], [[2, 1]]])]  # (T, R, N, 3)
    plotting.plot_triangles({"run": policies}, "abc", "two agents")
    for agent, axes in enumerate(drawn[0].axes):
        np.testing.assert_allclose(axes.lines[0].get_xydata(), fields.CORNERS[[[0, 1], [2, 1]]][:, agent])


def test_the_end_of_a_bold_path_is_a_ring_in_which_another_end_is_seen(monkeypatch):
    drawn = []
    monkeypatch.setattr(fields, "finish", lambda figure, axes, alt: drawn.append(figure))
    path = np.eye(3)[np.array([[[0]], [[2]]])]  # (T, R, N, 3)
    plotting.plot_triangles({"run": path, "even": path}, "abc", "one agent", bold="even")
    shown = [line for line in drawn[0].axes[0].lines if len(line.get_xdata()) == 1 and line.get_marker() != "."]
    plain, ring = shown
    assert ring.get_fillstyle() == "none"
    assert ring.get_markersize() > plain.get_markersize() + 4
    np.testing.assert_allclose(plain.get_xydata(), ring.get_xydata())


def test_a_triangle_is_for_three_actions():
    with pytest.raises(ValueError, match="paths must be of 3 actions, a corner for each, got 2"):
        plotting.plot_triangles({"run": np.ones((2, 1, 2, 2)) / 2}, "ab", "no")


def test_the_few_numbers_of_a_logarithmic_axis_are_written_below_it(monkeypatch):
    drawn = []
    monkeypatch.setattr(curves, "finish", lambda figure, axes, alt: drawn.append(axes))
    plotting.plot_curves(np.array([2, 8, 64]), {"a": np.array([1, 2, 3])}, "agents", "y", "rising", scale="log")
    assert [label.get_text() for label in drawn[0].get_xticklabels()] == ["2", "8", "64"]


def test_a_diagram_draws_its_boxes_and_arrows_and_takes_only_arrows_between_its_boxes():
    boxes = {"what 0 sees": (0, 0, 0), "mix": (1, 0.5, None)}
    picture = plotting.plot_diagram({"one": (boxes, [("what 0 sees", "mix")]), "two": (boxes, [])}, "Two boxes.")
    assert picture.alt == "Two boxes."
    assert picture.png != plotting.plot_diagram({"one": (boxes, []), "two": (boxes, [])}, "Two boxes.").png
    with pytest.raises(KeyError):
        plotting.plot_diagram({"one": (boxes, [("mix", "nowhere")])}, "")


def test_the_diagram_of_a_shared_value_says_what_goes_into_it():
    assert "the utilities of both agents and the state go into a mix" in plotting.plot_shared_value().alt


def test_the_diagram_of_a_central_critic_says_what_it_sees():
    assert "a central critic sees code and flag, and tells both" in plotting.plot_central_critic().alt


@pytest.fixture
def read_diagram(monkeypatch):
    """Return for each panel of a diagram its axes, its boxes by words, and the pairs of words that arrows join."""
    from marl_lessons.plotting import diagram

    monkeypatch.setattr(diagram, "render", lambda figure, alt: figure)

    def read(figure):
        for axes in figure.axes:
            boxes = {text.get_text(): text for text in axes.texts if text.get_text()}
            words = {text.get_position(): name for name, text in boxes.items()}
            arrows = [text for text in axes.texts if not text.get_text()]
            yield axes, boxes, {(words[arrow.xyann], words[arrow.xy]) for arrow in arrows}

    return read


def test_arrows_lead_from_box_to_box_boxes_have_the_color_of_their_agent_and_a_place(read_diagram):
    boxes = {"what 0 sees": (0, 0, 0), "mix": (3, 1.5, None)}
    figure = plotting.plot_diagram({"one": (boxes, [("what 0 sees", "mix")]), "two": ({"mix": (0, 0, None)}, [])}, "")
    (axes, drawn, arrows), (other_axes, *_) = read_diagram(figure)
    assert arrows == {("what 0 sees", "mix")}
    colors = [drawn[words].get_bbox_patch().get_edgecolor() for words in boxes]
    assert colors == [to_rgba(picture.COLORS[0]), to_rgba("0.35")]
    assert (axes.get_xlim(), axes.get_ylim()) == ((-0.5, 3.5), (-0.5, 2.0))
    assert tuple(figure.get_size_inches()) == pytest.approx((1.45 * (4 + 1), 0.8 * 2.5 + 0.3))
    assert other_axes.get_gridspec().get_width_ratios() == [4, 1]


def test_who_hands_what_to_whom_in_the_diagrams_of_the_lessons(read_diagram):
    (_, _, training), (_, _, acting) = read_diagram(plotting.plot_shared_value())
    assert {("state", "mix"), ("mix", "value of\nthe team"), ("reward of\nthe team", "value of\nthe team")} < training
    for agent in "01":
        assert {(f"what {agent} sees", f"{agent}'s utility of\nits action")} < training
        assert {(f"{agent}'s utility of\nits action", "mix")} < training
    assert acting == {
        pair
        for agent in "01"
        for pair in [(f"what {agent} sees", f"{agent}'s best\nutility"), (f"{agent}'s best\nutility", f"{agent} acts")]
    }
    (_, _, playing), (_, _, learning) = read_diagram(plotting.plot_central_critic())
    assert playing == {("code", "scout"), ("scout", "flag"), ("flag", "runner")}
    assert learning - playing == {("code", "critic"), ("flag", "critic"), ("critic", "scout"), ("critic", "runner")}
