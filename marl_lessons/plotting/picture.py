"""What every figure shares: the palette, the axes, and the finished picture with its alt text."""

import base64
import html
import io
from dataclasses import dataclass

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

from marl_lessons.display import fit_to_terminal

# Okabe & Ito's palette, told apart by color-blind readers too; line styles and markers say the same once more.
COLORS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9")
LINE_STYLES = ("-", "-.", ":", (0, (5, 1, 1, 1, 1, 1)), (0, (1, 1)), (0, (3, 1, 1, 1)))  # dashes mean an exact answer
MARKERS = ("o", "s", "^", "D", "v", "P")
DOTS_PER_INCH = 110
DOTS_OF_SMALL, COLORS_OF_SMALL = 80, 32  # per inch, and different ones


@dataclass(frozen=True, repr=False)
class Picture:
    """A finished figure with its alt text. As the last line of a cell it shows itself; at a prompt, its alt text."""

    png: bytes
    alt: str

    def __repr__(self):
        return fit_to_terminal(self.alt)

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {"text/html": self.html, "text/plain": repr(self)}

    @property
    def html(self):
        """The picture as an <img> that carries its data and its alt text."""
        data = base64.b64encode(self.png).decode()
        alt = html.escape(self.alt, quote=True)
        return f'<img style="max-width:100%" alt="{alt}" src="data:image/png;base64,{data}">'


def start_figure(x_label, y_label, height=3.4):
    """Make a figure with one pair of labeled axes."""
    figure = Figure(figsize=(6.8, height), layout="constrained")
    axes = figure.subplots()
    axes.set(xlabel=x_label, ylabel=y_label)
    axes.spines[["top", "right"]].set_visible(False)
    return figure, axes


def wilson_interval(shares, runs):
    """Compute the 95 % Wilson interval of a share that was counted over runs; it has a width at 0 and at 1 too.

        (p + z²/2n ± z √(p(1 - p)/n + z²/4n²)) / (1 + z²/n)

    Parameters:
        shares: p (…), in 0 … 1.
        runs: n.
    Returns:
        Lower and upper ends, (2, …).
    Source: Wilson 1927.
    """
    z = 1.96  # standard errors on either side
    center = shares + z**2 / (2 * runs)
    margin = z * np.sqrt(shares * (1 - shares) / runs + z**2 / (4 * runs**2))
    return np.array([center - margin, center + margin]) / (1 + z**2 / runs)


def draw_shares(axes, shares, runs):
    """Draw shares of runs as bars, each with its 95 % Wilson interval.

    Parameters:
        axes: where to draw.
        shares: label -> share in 0 … 1.
        runs: the number of runs that each share was counted over.
    """
    values = np.array(list(shares.values()))
    errors = np.abs(wilson_interval(values, runs) - values)  # (2, bars)
    axes.barh(range(len(values)), values, xerr=errors, capsize=4, color=COLORS[2])
    axes.set_yticks(range(len(values)), shares)
    axes.set(xlim=(0, 1.02), ylim=(len(values) - 0.5, -0.5))
    axes.spines[["top", "right"]].set_visible(False)


def finish(figure, axes, alt):
    """Add the legend, if anything has a label, and turn the figure into a Picture."""
    if axes.get_legend_handles_labels()[0]:
        figure.legend(loc="outside upper center", ncols=3, frameon=False, fontsize=9)
    return render(figure, alt)


def render(figure, alt):
    """Turn a figure into a Picture."""
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=DOTS_PER_INCH, metadata={"Software": None})  # the same bytes every time
    return Picture(buffer.getvalue(), alt)


def render_small(figure, alt):
    """Turn a figure into a Picture of few colors and dots, of which a page can hold many."""
    buffer = io.BytesIO()
    Image.fromarray(to_pixels(figure)).quantize(COLORS_OF_SMALL).save(buffer, format="png", optimize=True)
    return Picture(buffer.getvalue(), alt)


def to_pixels(figure):
    """Turn a figure into an array of red, green and blue, uint8 (height, width, 3)."""
    figure.set_dpi(DOTS_OF_SMALL)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    return np.asarray(canvas.buffer_rgba())[..., :3].copy()
