"""Figures: arrays in, picture out, each with a sentence that says what it shows (its alt text)."""

from marl_lessons.plotting.boards import plot_scoreboard, plot_table
from marl_lessons.plotting.curves import bootstrap_interval, plot_curves, plot_rates, plot_scores
from marl_lessons.plotting.diagram import plot_central_critic, plot_diagram, plot_shared_value
from marl_lessons.plotting.fields import plot_flow, plot_triangles
from marl_lessons.plotting.live import show_live
from marl_lessons.plotting.payoffs import plot_outcomes, plot_payoffs
from marl_lessons.plotting.picture import Picture
from marl_lessons.plotting.watch import Film, watch

__all__ = [
    "Film",
    "Picture",
    "bootstrap_interval",
    "plot_central_critic",
    "plot_curves",
    "plot_diagram",
    "plot_flow",
    "plot_outcomes",
    "plot_payoffs",
    "plot_rates",
    "plot_scoreboard",
    "plot_scores",
    "plot_shared_value",
    "plot_table",
    "plot_triangles",
    "show_live",
    "watch",
]
