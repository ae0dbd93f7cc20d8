"""Boxes and arrows: who hands what to whom, and who sees what."""

from itertools import pairwise

import numpy as np
from matplotlib.figure import Figure

from marl_lessons.plotting.picture import COLORS, render


def plot_diagram(panels, alt):
    """Draw boxes with words and arrows between them, one panel beside the other.

    Parameters:
        panels: title -> (boxes, arrows). boxes: words -> (x, y, agent), where the box stands, in widths of a box, and
            whose it is, as a color, or None for nobody's. arrows: ways along the boxes, each by the words of two or
            more.
        alt: what the picture shows, in a sentence.
    Returns:
        Picture.
    """
    spans = [np.array([box[:2] for box in boxes.values()]) for boxes, _ in panels.values()]
    widths = [np.ptp(span[:, 0]) + 1 for span in spans]
    height = max(np.ptp(span[:, 1]) for span in spans) + 1
    figure = Figure(figsize=(1.45 * sum(widths), 0.8 * height + 0.3), layout="constrained")
    all_axes = figure.subplots(1, len(panels), width_ratios=widths)
    for axes, (title, (boxes, arrows)), span in zip(np.atleast_1d(all_axes), panels.items(), spans, strict=True):
        (left, low), (right, high) = span.min(axis=0), span.max(axis=0)
        axes.set(xlim=(left - 0.5, right + 0.5), ylim=(low - 0.5, high + 0.5), title=title)
        axes.axis("off")
        _draw_boxes(axes, boxes, arrows)
    return render(figure, alt)


def plot_shared_value():
    """Draw how two agents learn one value together, and how each acts by itself later.

    Returns:
        Picture.
    """
    sees, likes = ["what 0 sees", "what 1 sees"], ["0's utility of\nits action", "1's utility of\nits action"]
    best, acts = ["0's best\nutility", "1's best\nutility"], ["0 acts", "1 acts"]
    value, reward = "value of\nthe team", "reward of\nthe team"
    training = {"state": (2, 1.3, None), "mix": (2, 0.5, None), value: (3, 0.5, None), reward: (3, 1.3, None)}
    acting, learned, done = {}, [("state", "mix", value), (reward, value)], []
    for agent in range(2):
        training |= {sees[agent]: (0, 1 - agent, agent), likes[agent]: (1, 1 - agent, agent)}
        acting |= {words[agent]: (x, 1 - agent, agent) for x, words in enumerate((sees, best, acts))}
        learned.append((sees[agent], likes[agent], "mix"))
        done.append((sees[agent], best[agent], acts[agent]))
    alt = (
        "In training the utilities of both agents and the state go into a mix, which makes the value of the team; the "
    )
    alt += "team's reward corrects it. When they act, each agent uses what it sees and its own utilities."
    return plot_diagram({"in training": (training, learned), "when they act": (acting, done)}, alt)


def plot_central_critic():
    """Draw who sees what in the relay when the team plays, and what a central critic sees while it learns.

    Returns:
        Picture.
    """
    play = {"code": (0, 1, None), "scout": (1.3, 1, 0), "flag": (2.6, 1, None), "runner": (3.9, 1, 1)}
    learn = {**play, "critic": (1.95, 2.4, None)}
    sights = [("code", "scout", "flag", "runner")]
    told = [("code", "critic"), ("flag", "critic"), ("critic", "scout"), ("critic", "runner")]
    alt = "When the team plays, the scout sees the code and raises a flag, which the runner sees. While it learns, a "
    alt += "central critic sees code and flag, and tells both."
    return plot_diagram({"when it plays": (play, sights), "while it learns": (learn, sights + told)}, alt)


def _draw_boxes(axes, boxes, arrows):
    """Draw the boxes of a panel, and arrows from edge to edge."""
    drawn = {}
    for words, (x, y, agent) in boxes.items():
        color = "0.35" if agent is None else COLORS[agent]
        frame = {"boxstyle": "round,pad=0.4", "facecolor": "white", "edgecolor": color, "linewidth": 1.8}
        drawn[words] = axes.text(x, y, words, ha="center", va="center", fontsize=9, bbox=frame)
    for start, end in (pair for chain in arrows for pair in pairwise(chain)):
        arrow = {"arrowstyle": "-|>", "linewidth": 1.5, "color": "0.35", "shrinkA": 3, "shrinkB": 3}
        arrow |= {"patchA": drawn[start].get_bbox_patch(), "patchB": drawn[end].get_bbox_patch()}
        axes.annotate("", boxes[end][:2], boxes[start][:2], arrowprops=arrow)
