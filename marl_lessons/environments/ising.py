"""The Ising game: many agents on a grid, each of which wants to point where its four neighbors point."""

import numpy as np

from marl_lessons.markov_games import MarkovGame

SEES = ("neighbors", "everybody")
BINS = 21  # into which the mean of everybody is sorted


class Ising(MarkovGame):
    """N agents on a square grid without edges point down or up, and earn by agreeing with their four neighbors.

        r_i = ½ a_i Σ_j a_j   over the four neighbors j of i;   a = -1 (action 0, down) or 1 (action 1, up)

    The grid is colored like a checkerboard, and only one color moves in a step, the other one in the next: whoever
    moves can rely on what it sees of its neighbors. Those whose turn it is not keep their direction whatever action
    they give, and earn 0. Two steps are a sweep. Rows and columns are joined at their ends, as on a torus.

    An agent whose turn it is sees how many neighbors point up, 0 … 4, and otherwise 5. Where it sees everybody instead,
    it sees in which of 21 equal bins around -1, -0.9, …, 1 their mean direction lies, 0 … 20, and otherwise 21.

    A state is the agents' directions, row by row, and last the color that moves, 0 or 1: int8 (R, N + 1).

    Parameters:
        side: rows and columns of the grid, an even number; N = side².
        sees: "neighbors" or "everybody".
        start_up: probability with which an agent points up at first; 0.5 is disorder, 1 is perfect order.
        horizon: steps until the loop truncates the episode, or None.
    Raises:
        ValueError: if `side` is not even, `sees` is neither, or `start_up` is no probability.
    Source: Ising 1925; as a game of many learners Yang et al. 2018. Differs: the colors take turns, as in
        simulations of magnets, because with everybody at once the grid flickers between two checkerboards.
    """

    num_actions = 2
    action_names = ("down", "up")

    def __init__(self, side=20, sees="neighbors", start_up=0.5, horizon=None):
        if side < 2 or side % 2:
            raise ValueError(f"side must be even and at least 2, got {side}; the colors must close around the torus.")
        if sees not in SEES:
            raise ValueError(f"sees must be one of {SEES}, got {sees!r}; choose one of them.")
        if not 0 <= start_up <= 1:
            raise ValueError(f"start_up must lie in 0 … 1, got {start_up}; give a probability.")
        self.side, self.sees, self.start_up, self.horizon = side, sees, start_up, horizon
        self.num_agents = side**2
        self.waits = 5 if sees == "neighbors" else BINS  # what those see whose turn it is not
        self.num_observations = self.waits + 1
        self.colors = (np.indices((side, side)).sum(axis=0) % 2).ravel()  # (N,)

    def reset(self, runs, rng):
        """Draw every direction; color 0 moves first."""
        points_up = rng.random((runs, self.num_agents)) < self.start_up
        return np.append(np.where(points_up, 1, -1), np.zeros((runs, 1)), axis=1).astype(np.int8)

    def observe(self, state):
        """Number what each agent sees, (R, N): see the class."""
        if self.sees == "neighbors":
            seen = (self.sum_neighbors(state) + 4) // 2
        else:
            mean = state[:, :-1].mean(axis=1, keepdims=True)  # (R, 1)
            seen = np.rint((mean + 1) / 2 * (BINS - 1))
        return np.where(self._is_moving(state), seen, self.waits).astype(np.int64)

    def step(self, state, actions, rng):
        """Turn the agents of the color that moves, and pay them; nothing is left to chance, and nothing ends."""
        is_moving = self._is_moving(state)  # (R, N)
        directions = np.where(is_moving, 2 * actions - 1, state[:, :-1])
        rewards = 0.5 * directions * self.sum_neighbors(state) * is_moving
        next_state = np.append(directions, 1 - state[:, -1:], axis=1).astype(np.int8)
        return next_state, rewards, np.zeros(len(state), dtype=bool)

    def sum_neighbors(self, state):
        """Add up the directions of each agent's four neighbors, (R, N + 1) -> int8 (R, N)."""
        grid = self.to_grid(state)
        summed = sum(np.roll(grid, shift, axis) for shift in (-1, 1) for axis in (1, 2))
        return summed.reshape(len(state), -1)

    def order(self, state):
        """Measure how far the agents agree, |mean direction|, (R,): 0 is disorder, 1 means that all point alike."""
        return np.abs(state[:, :-1].mean(axis=1))

    def to_grid(self, state):
        """Put the directions where the agents stand, (R, N + 1) -> int8 (R, side, side)."""
        return state[:, :-1].reshape(-1, self.side, self.side)

    def draw_on(self, axes, snapshot):
        """Draw the grid: yellow squares point up, dark ones down."""
        axes.imshow(self.to_grid(snapshot.state[None])[0], cmap="cividis", vmin=-1, vmax=1)
        axes.set(xticks=[], yticks=[])

    def tell(self, snapshot):
        """Say how many point up, how ordered that is, and how many turn around."""
        if snapshot.actions is None:
            return f"{self.name_state(snapshot.state)}."
        turned = np.count_nonzero(snapshot.next_state[:-1] != snapshot.state[:-1])
        turning = f"of the {self.num_agents // 2} whose turn it is, {turned} turn around"
        return f"{self.name_state(snapshot.state)}; {turning}."

    def name_state(self, state):
        """Write one run's state as how many point up, and its order."""
        up = np.count_nonzero(state[:-1] == 1)
        return f"{up} of {self.num_agents} point up, order {self.order(state[None])[0]:.2f}"

    def _is_moving(self, state):
        return self.colors == state[:, -1:]  # (R, N)
