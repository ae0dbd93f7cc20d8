"""A scoreboard of many methods, and a table of numbers in color, such as how groups do beside one another."""

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from marl_lessons.plotting.curves import HOLLOW, SCORE, bootstrap_interval, draw_exact
from marl_lessons.plotting.picture import COLORS, finish, render, start_figure

COLOR_MAP = "cividis"  # made for color-blind readers; it grows lighter, and so is read in gray as well
DARK = 0.5  # below that share of the color scale letters are white
FEW = 4  # columns whose names stand upright


def plot_scoreboard(methods, own=None, exact=None, x_label=SCORE, alt=None):
    """Draw the mean score of every method with its 95 % bootstrap interval, the best on top; your own stand out.

    Parameters:
        methods: label -> scores (R,). A single run is drawn as a diamond without interval: it has to be exact.
        own: label -> scores (R,), or what `kept_scores` returns. These have a star, a bold name and an arrow.
        exact: label -> number, drawn as a dashed line.
        x_label: with unit.
        alt: what the picture shows, in a sentence; default lists the means.
    Returns:
        Picture. Twenty methods fit on a screen.
    Raises:
        ValueError: if there is nothing to draw, or a label stands in both.
    """
    own = own or {}
    if not methods and not own:
        raise ValueError("methods must hold at least one method, got none; give its scores by name.")
    if set(methods) & set(own):
        raise ValueError(f"own must have other names than methods, got {sorted(set(methods) & set(own))}; rename.")
    summaries = {label: _summarize(values) for label, values in {**methods, **own}.items()}
    order = sorted(summaries, key=lambda label: -summaries[label][0])
    figure, axes = start_figure(x_label, "", height=1.1 + 0.235 * len(order))
    for row, label in enumerate(order):
        _draw_entry(axes, row, *summaries[label], label in own)
    axes.set_yticks(range(len(order)), [f"▶ {label}" if label in own else label for label in order])
    for tick, label in zip(axes.get_yticklabels(), order, strict=True):
        tick.set(weight="bold" if label in own else "normal", fontsize=9)
    axes.set_ylim(len(order) - 0.4, -0.6)
    axes.grid(axis="y", color="0.9")
    axes.set_axisbelow(True)
    draw_exact(axes.axvline, exact)
    return finish(figure, axes, alt or _describe(order, summaries, own))


def plot_table(table, rows, columns, alt, label=SCORE, axis_labels=("worker 1", "worker 0"), limits=(0, 100)):
    """Draw a table of numbers, each on its color; where rows and columns are the same, a frame marks the diagonal.

    Parameters:
        table: (M, K); nan leaves a cell empty.
        rows, columns: M and K names.
        alt: what the picture shows, in a sentence.
        label: of the color scale, with unit.
        axis_labels: what the columns are, and what the rows are.
        limits: the two ends of the color scale; numbers beyond have the color of that end.
    Returns:
        Picture.
    Raises:
        ValueError: if there are not as many names as rows and columns.
    """
    table, rows, columns = np.asarray(table, dtype=float), list(rows), list(columns)
    if table.shape != (len(rows), len(columns)):
        raise ValueError(f"table must have shape ({len(rows)}, {len(columns)}), got {table.shape}; name all of it.")
    size = min(2.9 + 0.42 * len(columns), 9.5), min(max(1.7 + 0.3 * len(rows), 3.4), 7)
    figure = Figure(figsize=size, layout="constrained")
    axes = figure.subplots()
    image = axes.imshow(table, cmap=COLOR_MAP, vmin=limits[0], vmax=limits[1], aspect="auto")
    for row, column in np.argwhere(np.isfinite(table)):
        _write_number(axes, row, column, table[row, column], limits)
    if rows == columns:
        for place in range(len(rows)):
            axes.add_patch(Rectangle((place - 0.5, place - 0.5), 1, 1, fill=False, linewidth=2, edgecolor="#D55E00"))
    slanted = {"rotation": 40, "ha": "right", "rotation_mode": "anchor"} if len(columns) > FEW else {}
    axes.set_xticks(range(len(columns)), columns, fontsize=9, **slanted)
    axes.set_yticks(range(len(rows)), rows, fontsize=9)
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    axes.set(xlabel=axis_labels[0], ylabel=axis_labels[1])
    figure.colorbar(image, ax=axes, pad=0.02, aspect=30).set_label(label, fontsize=9, wrap=True)
    return render(figure, alt)


def _summarize(values):
    """Find mean, low, high of scores (R,) or of a kept entry; where there is one run, low and high are None."""
    if hasattr(values, "low"):
        return values.mean, values.low, values.high
    values = np.asarray(values, dtype=float)
    if len(values) == 1:
        return float(values[0]), None, None
    return float(values.mean()), *(float(end) for end in bootstrap_interval(values))


def _draw_entry(axes, row, mean, low, high, is_own):
    if low is not None:
        axes.plot([low, high], [row, row], color="black", linewidth=2.5, zorder=3)
    kind, size = ("*", 14) if is_own else ("D", 7) if low is None else ("o", 8)
    axes.plot(mean, row, kind, color=COLORS[is_own], zorder=2.5, **HOLLOW | {"markersize": size})


def _describe(order, summaries, own):
    entries = [f"{label}{' (yours)' if label in own else ''}: {summaries[label][0]:.1f}" for label in order]
    return f"On average, the best first, {'; '.join(entries)}."


def _write_number(axes, row, column, number, limits):
    share = (number - limits[0]) / (limits[1] - limits[0])
    text = str(round(number)).replace("-", "−")
    axes.text(column, row, text, color="white" if share < DARK else "black", ha="center", va="center", fontsize=8.5)
