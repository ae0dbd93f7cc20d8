"""Figures: arrays in, picture out, each with a sentence that says what it shows (its alt text)."""

import base64
import html
import io
from dataclasses import dataclass

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from marl_lessons.display import is_in_kernel, show

# Okabe & Ito's palette, told apart by color-blind readers too; line styles and markers say the same once more.
COLORS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9")
LINE_STYLES = ("-", "-.", ":", (0, (5, 1, 1, 1, 1, 1)), (0, (1, 1)), (0, (3, 1, 1, 1)))  # dashes mean an exact answer
MARKERS = ("o", "s", "^", "D", "v", "P")
EXACT_STYLE = {"color": "black", "linestyle": (0, (6, 3)), "linewidth": 1.2}
DOTS_PER_INCH = 110
RESAMPLES = 4_000


@dataclass(frozen=True)
class Picture:
    """A finished figure with its alt text. As the last line of a cell it shows itself."""

    png: bytes
    alt: str

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {"text/html": self.html, "text/plain": self.alt}

    @property
    def html(self):
        """The picture as an <img> that carries its data and its alt text."""
        data = base64.b64encode(self.png).decode()
        return f'<img alt="{html.escape(self.alt, quote=True)}" src="data:image/png;base64,{data}">'


def bootstrap_interval(samples, level=0.95, seed=0):
    """Compute a bootstrap interval of the mean over runs.

    Parameters:
        samples: (R, …), one entry for each run.
        level: probability that the interval is meant to cover the true mean with.
        seed: of the resampling, so that the same samples give the same picture.
    Returns:
        Lower and upper ends, each (…).
    Raises:
        ValueError: if there are fewer than two runs, which say nothing about their spread.
    Source: Efron & Tibshirani 1993, chapter 13 (percentile interval).
    """
    samples = np.asarray(samples, dtype=float)
    runs = len(samples)
    if runs < 2:
        raise ValueError(f"samples must hold at least 2 runs along the first axis, got {runs}; run a batch.")
    # How often each run is drawn, in every resample: means of all resamples are then one matrix product.
    weights = np.random.default_rng(seed).multinomial(runs, np.full(runs, 1 / runs), size=RESAMPLES) / runs  # (B, R)
    means = weights @ samples.reshape(runs, -1)  # (B, …)
    low, high = np.quantile(means, [(1 - level) / 2, (1 + level) / 2], axis=0)
    return low.reshape(samples.shape[1:]), high.reshape(samples.shape[1:])


def plot_curves(x, samples, x_label, y_label, alt, exact=None, points=None):
    """Draw the mean over runs of each quantity, shaded by its 95 % bootstrap interval.

    Parameters:
        x: (K,).
        samples: label -> (R, K), any number of runs; label -> (K,) for a curve that is known exactly.
        x_label, y_label: with units.
        alt: what the picture shows, in a sentence.
        exact: label -> number, drawn as a dashed line.
        points: label -> (x, samples (R,)), drawn as a dot with its interval.
    Returns:
        Picture.
    """
    figure, axes = _start_figure(x_label, y_label)
    for index, (label, values) in enumerate(samples.items()):
        values = np.asarray(values, dtype=float)
        if values.ndim == 2:
            axes.fill_between(x, *bootstrap_interval(values), color=COLORS[index], alpha=0.25, linewidth=0)
            values = values.mean(axis=0)
        axes.plot(x, values, color=COLORS[index], linestyle=LINE_STYLES[index], label=label)
    for index, (label, (position, values)) in enumerate((points or {}).items(), start=len(samples)):
        mean, interval = np.mean(values), np.array(bootstrap_interval(values))[:, None]  # (2, 1)
        style = {"color": COLORS[index], "marker": MARKERS[index], "markersize": 5, "capsize": 6, "linewidth": 2}
        axes.errorbar(position, mean, np.abs(interval - mean), label=label, zorder=3, **style)
    _draw_exact(axes.axhline, exact)
    return _finish(figure, axes, alt)


def plot_scores(samples, x_label, alt, exact=None, limits=None):
    """Draw the runs of each method as a row of dots, with the mean and its 95 % bootstrap interval.

    Parameters:
        samples: label -> (R,).
        x_label: with unit.
        alt: what the picture shows, in a sentence.
        exact: label -> number, drawn as a dashed line.
        limits: ends of the x-axis; default is what the dots need.
    Returns:
        Picture.
    """
    figure, axes = _start_figure(x_label, "", height=1.2 + 0.55 * len(samples))
    for row, values in enumerate(samples.values()):
        # Spread evenly instead of at random: the picture does not change from build to build.
        heights = row + 0.25 * np.linspace(-1, 1, len(values))[np.argsort(np.arange(len(values)) * 7919 % len(values))]
        axes.plot(values, heights, ".", color=COLORS[row], alpha=0.25, markersize=4)
        low, high = bootstrap_interval(values)
        axes.plot([low, high], [row, row], color="black", linewidth=2.5)
        axes.plot(np.mean(values), row, MARKERS[row], color=COLORS[row], markeredgecolor="black", markersize=8)
    axes.set_yticks(range(len(samples)), samples)
    axes.set(xlim=limits, ylim=(len(samples) - 0.5, -0.5))
    _draw_exact(axes.axvline, exact)
    return _finish(figure, axes, alt)


def plot_payoffs(*two_agent_games):
    """Draw payoff tables: agent 0 picks the row, agent 1 the column; a frame marks each pure equilibrium.

    A payoff is underlined by a bar where it is the best that this agent can get against the other's action.

    Parameters:
        two_agent_games: MatrixGames with N = 2.
    Returns:
        Picture, whose alt text lists the equilibria.
    Raises:
        ValueError: if a game has another number of agents.
    """
    for game in two_agent_games:
        if game.num_agents != 2:
            raise ValueError(f"game must have 2 agents to be drawn as a table, got {game.num_agents}; slice it first.")
    figure = Figure(figsize=(3.1 * len(two_agent_games) + 0.3, 3.1), layout="constrained")
    for axes, game in zip(np.atleast_1d(figure.subplots(1, len(two_agent_games))), two_agent_games, strict=True):
        _draw_table(axes, game)
    return _render(figure, " ".join(_describe_equilibria(game) for game in two_agent_games))


def show_live(draw, **sliders):
    """Show a picture that is drawn again whenever a slider moves.

    Parameters:
        draw: called with one number for each slider; returns a Picture.
        sliders: name -> (low, high, step, start), with underscores for spaces in the name; a whole number as start
            makes a slider of whole numbers.
    """
    start = {name: value for name, (_, _, _, value) in sliders.items()}
    picture = draw(**start)
    show(picture.alt, picture.html, _build_sliders(draw, picture, sliders) if is_in_kernel() else None)


def _build_sliders(draw, picture, sliders):
    import ipywidgets as widgets

    image = widgets.HTML(picture.html)
    controls = {
        name: (widgets.IntSlider if isinstance(value, int) else widgets.FloatSlider)(
            value=value,
            min=low,
            max=high,
            step=step,
            description=name.replace("_", " "),
            continuous_update=False,
            style={"description_width": "initial"},
            layout=widgets.Layout(width="32em"),
        )
        for name, (low, high, step, value) in sliders.items()
    }

    def redraw(_):
        try:
            image.value = draw(**{name: control.value for name, control in controls.items()}).html
        except Exception as error:  # a learner's own function may be behind the picture
            image.value = f"<code>{html.escape(f'{type(error).__name__}: {error}')}</code>"

    for control in controls.values():
        control.observe(redraw, names="value")
    return widgets.VBox([*controls.values(), image])


def _start_figure(x_label, y_label, height=3.4):
    figure = Figure(figsize=(6.8, height), layout="constrained")
    axes = figure.subplots()
    axes.set(xlabel=x_label, ylabel=y_label)
    axes.spines[["top", "right"]].set_visible(False)
    return figure, axes


def _draw_exact(draw_line, exact):
    for label, value in (exact or {}).items():
        draw_line(value, label=label, **EXACT_STYLE)


def _finish(figure, axes, alt):
    if axes.get_legend_handles_labels()[0]:
        figure.legend(loc="outside upper center", ncols=3, frameon=False, fontsize=9)
    return _render(figure, alt)


def _render(figure, alt):
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=DOTS_PER_INCH, metadata={"Software": None})  # the same bytes every time
    return Picture(buffer.getvalue(), alt)


def _draw_table(axes, game):
    rows, columns = game.action_counts
    names = game.action_names or tuple(str(action) for action in range(max(rows, columns)))
    best = [table >= table.max(axis=agent, keepdims=True) for agent, table in enumerate(game.payoffs)]
    for a, b in np.ndindex(rows, columns):
        for agent, offset in ((0, -0.22), (1, 0.22)):
            is_best = best[agent][a, b]
            weight, text = ("bold" if is_best else "normal"), f"{game.payoffs[agent, a, b]:g}"
            axes.text(b + offset, a, text, color=COLORS[agent], weight=weight, ha="center", va="center", fontsize=12)
            if is_best:
                axes.plot([b + offset - 0.13, b + offset + 0.13], [a + 0.17] * 2, color=COLORS[agent], linewidth=2)
    for a, b in game.pure_equilibria():
        axes.add_patch(Rectangle((b - 0.44, a - 0.42), 0.88, 0.84, fill=False, linewidth=2.2))
    axes.set_xticks(range(columns), names[:columns])
    axes.set_yticks(range(rows), names[:rows], rotation=90, va="center")
    axes.set_xticks(np.arange(1, columns) - 0.5, minor=True)
    axes.set_yticks(np.arange(1, rows) - 0.5, minor=True)
    axes.grid(which="minor", color="0.8")
    axes.tick_params(which="both", length=0)
    axes.set(title=game.name, xlim=(-0.5, columns - 0.5), ylim=(rows - 0.5, -0.5))
    axes.set_xlabel("agent 1", color=COLORS[1])
    axes.set_ylabel("agent 0", color=COLORS[0])


def _describe_equilibria(game):
    names = game.action_names or tuple(str(action) for action in range(max(game.action_counts)))
    found = [f"({names[a]}, {names[b]})" for a, b in game.pure_equilibria()]
    title = game.name or "the game"
    return f"Payoff table of {title}; pure equilibria: {', '.join(found) if found else 'none'}."
