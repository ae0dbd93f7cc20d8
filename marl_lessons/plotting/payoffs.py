"""Payoff tables, with best responses and pure equilibria marked, and where a batch of runs ended."""

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from marl_lessons.plotting.picture import COLORS, draw_shares, render


def plot_payoffs(*two_agent_games, agents=("agent 0", "agent 1")):
    """Draw payoff tables: agent 0 picks the row, agent 1 the column; a frame marks each pure equilibrium.

    A payoff is underlined by a bar where it is the best that this agent can get against the other's action.

    Parameters:
        two_agent_games: MatrixGames with N = 2.
        agents: what to write at the rows and at the columns.
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
        _draw_table(axes, game, agents)
    return render(figure, " ".join(_describe_equilibria(game) for game in two_agent_games))


def plot_outcomes(game, joint_actions, alt, unit="runs"):
    """Draw a payoff table, and beside it how many runs ended in each joint action.

    Parameters:
        game: a MatrixGame with N = 2.
        joint_actions: integers (R, N), where each run ended.
        alt: what the picture shows, in a sentence.
        unit: what the runs are called, in the plural.
    Returns:
        Picture. The bars carry their 95 % Wilson interval.
    """
    figure = Figure(figsize=(6.8, 3.1), layout="constrained")
    left, right = figure.subplots(1, 2)
    _draw_table(left, game, ("agent 0", "agent 1"))
    cells = list(np.ndindex(game.action_counts))
    names = [", ".join(game.action_names[action] for action in cell) for cell in cells]
    shares = {name: (joint_actions == cell).all(axis=1).mean() for name, cell in zip(names, cells, strict=True)}
    draw_shares(right, shares, len(joint_actions))
    right.set_xlabel(f"share of {len(joint_actions)} {unit} that end there")
    return render(figure, alt)


def _draw_table(axes, game, agents):
    rows, columns = game.action_counts
    names = game.action_names or tuple(str(action) for action in range(max(rows, columns)))
    best = [table >= table.max(axis=agent, keepdims=True) for agent, table in enumerate(game.payoffs)]
    for a, b in np.ndindex(rows, columns):
        for agent, offset in ((0, -0.22), (1, 0.22)):
            is_best = best[agent][a, b]
            weight, text = ("bold" if is_best else "normal"), f"{game.payoffs[agent, a, b]:g}".replace("-", "−")
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
    axes.set_xlabel(agents[1], color=COLORS[1])
    axes.set_ylabel(agents[0], color=COLORS[0])


def _describe_equilibria(game):
    names = game.action_names or tuple(str(action) for action in range(max(game.action_counts)))
    found = [f"({names[a]}, {names[b]})" for a, b in game.pure_equilibria()]
    title = game.name or "the game"
    return f"Payoff table of {title}; equilibria in fixed actions: {', '.join(found) if found else 'none'}."
