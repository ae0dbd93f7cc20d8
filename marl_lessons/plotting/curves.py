"""Batches of runs as curves and as rows of dots, with their intervals and the exact answers."""

import itertools

import numpy as np

from marl_lessons.plotting.picture import COLORS, LINE_STYLES, MARKERS, draw_shares, finish, start_figure

EXACT_DASHES = ((6, 3), (2, 2), (10, 2, 2, 2), (1, 3))  # of the lines for exact answers
HOLLOW = {"markerfacecolor": "white", "markersize": 9, "markeredgewidth": 2}  # a short interval is seen inside of it
RESAMPLES = 4_000
SCORE = "score (0: random play, 100: best possible)"
FEW = 8  # numbers on a logarithmic axis, each of which is written below it


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


def plot_curves(x, samples, x_label, y_label, alt, exact=None, points=None, scale="linear", wide=None, limits=None):
    """Draw the mean over runs of each quantity, shaded by its 95 % bootstrap interval.

    Parameters:
        x: (K,).
        samples: label -> (R, K), any number of runs; label -> (K,) for a curve that is known exactly.
        x_label, y_label: with units.
        alt: what the picture shows, in a sentence.
        exact: label -> number, drawn as a dashed line.
        points: label -> (x, samples (R,)), drawn as a hollow marker with its interval.
        scale: of both axes, "linear" or "log".
        wide: label of the curve that is drawn as a wide pale band beneath the others, to be seen where they lie on it.
        limits: ends of the y-axis; default is what the curves need.
    Returns:
        Picture.
    """
    figure, axes = start_figure(x_label, y_label)
    axes.set(xscale=scale, yscale=scale)
    if scale == "log" and len(x) <= FEW:
        axes.set_xticks(x, x)
        axes.set_xticks([], minor=True)
    for index, (label, values) in enumerate(samples.items()):
        values = np.asarray(values, dtype=float)
        if values.ndim == 2:
            axes.fill_between(x, *bootstrap_interval(values), color=COLORS[index], alpha=0.25, linewidth=0)
            values = values.mean(axis=0)
        band = {"linewidth": 9, "alpha": 0.35, "zorder": 1.5} if label == wide else {"linestyle": LINE_STYLES[index]}
        axes.plot(x, values, color=COLORS[index], label=label, **band)
    for index, (label, (position, values)) in enumerate((points or {}).items(), start=len(samples)):
        mean, interval = np.mean(values), np.array(bootstrap_interval(values))[:, None]  # (2, 1)
        style = {"color": COLORS[index], "ecolor": "black", "elinewidth": 2.5, "fmt": MARKERS[index], **HOLLOW}
        axes.errorbar(position, mean, np.abs(interval - mean), label=label, zorder=3, barsabove=True, **style)
    draw_exact(axes.axhline, exact)
    if limits:
        axes.set_ylim(limits)
    return finish(figure, axes, alt)


def plot_scores(samples, x_label=SCORE, alt=None, exact=None, limits=None):
    """Draw the runs of each method as a row of dots; a hollow marker is the mean, the bar its 95 % bootstrap interval.

    Parameters:
        samples: label -> (R,).
        x_label: with unit; default is what the scoreboards of the course count.
        alt: what the picture shows, in a sentence; default is the mean of each, rounded.
        exact: label -> number, drawn as a dashed line.
        limits: ends of the x-axis; default is what the dots need.
    Returns:
        Picture.
    """
    figure, axes = start_figure(x_label, "", height=1.2 + 0.55 * len(samples))
    for row, values in enumerate(samples.values()):
        # Spread evenly instead of at random: the picture does not change from build to build.
        heights = row + 0.25 * np.linspace(-1, 1, len(values))[np.argsort(np.arange(len(values)) * 7919 % len(values))]
        axes.plot(values, heights, ".", color=COLORS[row], alpha=0.25, markersize=4)
        low, high = bootstrap_interval(values)
        axes.plot(np.mean(values), row, MARKERS[row], color=COLORS[row], **HOLLOW)
        axes.plot([low, high], [row, row], color="black", linewidth=2.5)
    axes.set_yticks(range(len(samples)), samples)
    axes.set_ylim(len(samples) - 0.5, -0.5)
    draw_exact(axes.axvline, exact)
    if limits:
        axes.set_xlim(limits)
    return finish(figure, axes, alt or _list_means(samples))


def plot_rates(successes, x_label, alt):
    """Draw how often each method succeeds, with its 95 % Wilson interval.

    Parameters:
        successes: label -> booleans (R,), one for each run.
        x_label: what the share is of.
        alt: what the picture shows, in a sentence.
    Returns:
        Picture.
    """
    figure, axes = start_figure(x_label, "", height=1.0 + 0.4 * len(successes))
    runs = len(next(iter(successes.values())))
    draw_shares(axes, {label: np.mean(found) for label, found in successes.items()}, runs)
    return finish(figure, axes, alt)


def _list_means(samples):
    means = (f"{label}: {round(float(np.mean(values)))}" for label, values in samples.items())
    return f"On average, {'; '.join(means)}."


def draw_exact(draw_line, exact):
    """Draw exact answers, label -> number or None, as dashed lines; draw_line: axes.axhline or axes.axvline."""
    for (label, value), dashes in zip((exact or {}).items(), itertools.cycle(EXACT_DASHES), strict=False):
        style = {
            "color": "black",
            "linestyle": (0, dashes),
            "linewidth": 1.2,
            "zorder": 1.5,
        }  # below all that was measured
        draw_line(value, label=label, **style)
