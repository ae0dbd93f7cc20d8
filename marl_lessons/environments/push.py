"""Push: a heavy box in a corridor moves only if both agents push the same way."""

import numpy as np

from marl_lessons.markov_games import TabularMarkovGame
from marl_lessons.sketches import draw_agent, draw_arrow, draw_grid

LEFT, RIGHT = range(2)
APART = 0.42  # from the middle of the box to an agent, in cells


class Push(TabularMarkovGame):
    """Two agents push a heavy box through a corridor, to one of two ends with different prizes.

        both push left → one cell to the left,   both push right → one to the right,   else the box stays

    The prize of an end is paid to both agents when the box gets there, and the game is over; nothing else pays. An end
    without a prize is a wall. The box starts in the leftmost cell. States 0 … cells - 1 are the cells, then come the
    left and the right end. With one cell and a wall on the left it is the game in which both must push at once; with
    one cell and two prizes it has two exits.

    Parameters:
        cells: places of the box between the ends.
        prizes: of the left and of the right end, in units of reward; None for a wall.
        horizon: steps until the loop truncates the episode, or None.
    Raises:
        ValueError: if there is no cell.
    Source: this course.
    """

    def __init__(self, cells=2, prizes=(0.5, 1.0), horizon=25):
        if cells < 1:
            raise ValueError(f"cells must be at least 1, got {cells}; give the box a place.")
        self.cells, self.prizes = cells, prizes
        places = np.arange(cells + 2)  # the two ends are the last
        transitions = np.zeros((cells + 2, 2, 2, cells + 2))  # (S, A, A, S)
        team_rewards = np.zeros((cells + 2, 2, 2))  # (S, A, A)
        transitions[places, :, :, places] = 1  # the box stays
        for direction, last in ((LEFT, 0), (RIGHT, cells - 1)):
            targets = places[:cells] + (-1, 1)[direction]
            targets[last] = last if prizes[direction] is None else cells + direction
            transitions[:cells, direction, direction] = np.eye(cells + 2)[targets]
            team_rewards[last, direction, direction] = prizes[direction] or 0
        super().__init__(
            transitions,
            rewards=np.stack([team_rewards] * 2),  # (N, S, A, A)
            start=np.eye(cells + 2)[0],
            terminal=places >= cells,
            horizon=horizon,
            state_names=(*(f"cell {cell}" for cell in range(cells)), "left end", "right end"),
            action_names=("left", "right"),
        )

    def draw_on(self, axes, snapshot):
        """Draw the corridor with its prizes, the box, and on either side of it an agent with the way it pushes."""
        draw_grid(axes, 1, self.cells, margin=1)
        for prize, place in zip(self.prizes, (-1, self.cells), strict=True):
            axes.text(place, 0, "wall" if prize is None else f"{prize:g}", ha="center", va="center")
        place = {self.cells: -1, self.cells + 1: self.cells}.get(int(snapshot.state), int(snapshot.state))
        axes.scatter(place, 0, 900, marker="s", color="0.75", edgecolor="0.35", zorder=1)
        for agent, action in enumerate(() if snapshot.actions is None else snapshot.actions):
            height = 0.62 * (1, -1)[agent]
            draw_agent(axes, place, height, agent)
            draw_arrow(axes, place + 0.17 * (2 * action - 1), height, 0.4 * (2 * action - 1), 0, agent)
        axes.set(ylim=(1, -1))

    def tell(self, snapshot):
        """Say who pushes where, what the box does, and what is paid."""
        if snapshot.actions is None:
            return f"The box is at the {self.name_state(snapshot.state)}."
        pushes = " and ".join(
            f"agent {agent} {self.name_action(action)}" for agent, action in enumerate(snapshot.actions)
        )
        moves = "stays" if snapshot.state == snapshot.next_state else f"moves to {self.name_state(snapshot.next_state)}"
        paid = ", ".join(f"{reward:.3g}" for reward in snapshot.rewards)
        return f"{self.name_state(snapshot.state)}: {pushes}; the box {moves}; rewards {paid}."
