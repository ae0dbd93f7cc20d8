"""Where gradients lead: arrows over two policies, and the paths of many runs."""

import numpy as np
from matplotlib.figure import Figure

from marl_lessons.plotting.picture import COLORS, LINE_STYLES, MARKERS, finish, start_figure

CORNERS = np.array([[0, 0], [0.5, np.sqrt(0.75)], [1, 0]])  # of a triangle, for actions 0, 1 and 2
NUDGES = ((-0.06, -0.02, "right"), (0, 0.04, "center"), (0.06, -0.02, "left"))  # from a corner to its name


def plot_flow(chances, arrows, paths, action, alt):
    """Draw which way the probabilities of an action move, of agent 0 to the right and of agent 1 up, and paths of runs.

    Parameters:
        chances: probabilities at which the arrows stand, of both agents, (G,).
        arrows: which way they point, (G, G, 2), agent 0's axis first; they are all drawn at one length.
        paths: label -> (T, R, 2), where R runs were at T times; a marker shows where they end.
        action: its name.
        alt: what the picture shows, in a sentence.
    Returns:
        Picture.
    """
    figure, axes = start_figure(f"agent 0: probability of {action}", f"agent 1: probability of {action}", height=4.6)
    lengths = np.maximum(np.linalg.norm(arrows, axis=-1, keepdims=True), np.finfo(float).tiny)
    right, up = np.moveaxis(arrows / lengths, -1, 0)  # (G, G) each
    axes.quiver(
        *np.meshgrid(chances, chances, indexing="ij"), right, up, color="0.6", scale=28, width=0.004, pivot="mid"
    )
    for index, (label, runs) in enumerate(paths.items()):
        _draw_paths(axes, np.moveaxis(np.asarray(runs), -1, 0), index, label)
    axes.set_aspect("equal")
    return finish(figure, axes, alt)


def plot_triangles(paths, action_names, alt, bold=None):
    """Draw the paths of policies of three actions, in a triangle for each agent; a corner is an action for certain.

    Parameters:
        paths: label -> (T, R, N, 3), the policies of R runs at T times; a marker shows where they end.
        action_names: three names.
        alt: what the picture shows, in a sentence.
        bold: label of the paths that are drawn in black, and thick; their end hides no other one.
    Returns:
        Picture.
    Raises:
        ValueError: if the policies are not of three actions.
    """
    num_agents, num_actions = next(iter(paths.values())).shape[-2:]
    if num_actions != 3:
        raise ValueError(f"paths must be of 3 actions, a corner for each, got {num_actions}; use plot_flow for 2.")
    figure = Figure(figsize=(3.4 * num_agents, 3.7), layout="constrained")
    for agent, axes in enumerate(np.atleast_1d(figure.subplots(1, num_agents))):
        axes.fill(*CORNERS.T, fill=False, edgecolor="0.6")
        for corner, (right, up, side), name in zip(CORNERS, NUDGES, action_names, strict=True):
            axes.text(corner[0] + right, corner[1] + up, name, ha=side, fontsize=12)
        for index, (label, policies) in enumerate(paths.items()):
            points = np.moveaxis(policies[:, :, agent] @ CORNERS, -1, 0)  # (2, T, R)
            _draw_paths(axes, points, index, label if agent == 0 else None, label == bold)
        axes.set(title=f"agent {agent}", aspect="equal", xlim=(-0.15, 1.15), ylim=(-0.08, 1.0))
        axes.axis("off")
    return finish(figure, figure.axes[0], alt)


def _draw_paths(axes, points, index, label, is_bold=False):
    """Draw the paths of runs in one color and style: points (2, T, R)."""
    color = "black" if is_bold else COLORS[index]
    style = {"color": color, "linestyle": LINE_STYLES[index], "linewidth": 2.5 if is_bold else 1.3}
    axes.plot(*points, alpha=0.7, **style)
    axes.plot(*points[:, 0], ".", color=color, markersize=8 if is_bold else 3)
    end = {"markersize": 13, "fillstyle": "none", "markeredgewidth": 2} if is_bold else {"markersize": 7}  # a ring
    axes.plot(*points[:, -1], MARKERS[index], color=color, clip_on=False, zorder=3, **end)
    axes.plot([], [], marker=MARKERS[index], label=label, **style)
