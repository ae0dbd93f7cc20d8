"""Littman's soccer: two players, one ball, and no winning policy without chance."""

import itertools
from functools import cached_property

import numpy as np

from marl_lessons.markov_games import MarkovGame, TabularMarkovGame
from marl_lessons.sketches import draw_agent, draw_grid, draw_move

MOVES = ((-1, 0), (1, 0), (0, 1), (0, -1), (0, 0))
LEFT_SCORES, RIGHT_SCORES, DRAWN = range(3)  # the terminal states, after all others
ENDINGS = ("0 scores", "1 scores", "drawn")


class Soccer(MarkovGame):
    """Two players on a small pitch, who move in random order; who carries the ball into the other's goal wins.

        r_0 = 1 if the left player scores, -1 if the right player does, else 0;   r_1 = -r_0

    The left player starts in column 1 of the upper middle row and attacks the goal beyond the right edge, the
    right player is the mirror image. Goals are as high as the two middle rows. A player that would enter the
    other's square stays where it is, and the other then has the ball. The first ball is drawn by lot.

    Parameters:
        rows, columns: size of the pitch, at least 2 and 4. The original has 760 states, and 3 terminal ones.
        draw: probability that a step without a goal ends the match. Playing on with probability 0.9 is worth
            as much as gamma = 0.9: use one of them, draw for matches and gamma for learning and planning.
        random_start: start from any state, so that learners see all of them, not from the two kick-offs only.
        horizon: steps until the loop truncates a match, or None.
    Attributes:
        states: the states that are not terminal, as ((row, column), (row, column), who has the ball).
    Raises:
        ValueError: if the pitch is too small, or draw is not in 0 … 1.
    Source: Littman 1994, section 5.
    """

    num_agents = 2
    num_actions = 5
    action_names = ("north", "south", "east", "west", "stand")

    def __init__(self, rows=4, columns=5, *, draw=0.0, random_start=False, horizon=None):
        if rows < 2 or columns < 4:
            raise ValueError(f"rows must be at least 2 and columns 4, got {rows} and {columns}; enlarge the pitch.")
        if not 0 <= draw <= 1:
            raise ValueError(f"draw must lie in 0 … 1, got {draw}; give a probability.")
        self.rows, self.columns = rows, columns
        self.goal_rows = {(rows - 1) // 2, rows // 2}
        self.draw = draw
        self.horizon = horizon
        squares = list(itertools.product(range(rows), range(columns)))
        self.states = [(*pair, ball) for pair in itertools.permutations(squares, 2) for ball in (0, 1)]
        self.num_playing = len(self.states)
        self.num_observations = self.num_playing + 3
        self._number = {state: number for number, state in enumerate(self.states)}
        self.starts = np.arange(self.num_playing) if random_start else self._list_kick_offs()

    def number(self, left, right, ball):
        """Look up the number of a state: the squares (row, column) of both players, and who has the ball, 0 or 1."""
        return self._number[left, right, ball]

    def reset(self, runs, rng):
        """Draw one of the starts for each run: states (R,)."""
        return rng.choice(self.starts, size=runs)

    def observe(self, state):
        """Show the state's number (R,) to both players: (R, N)."""
        return np.repeat(state[:, None], 2, axis=1)

    def step(self, state, actions, rng):
        """Draw who moves first, move both, and draw whether the match ends."""
        runs = len(state)
        next_state = self._outcomes[state, actions[:, 0], actions[:, 1], rng.integers(2, size=runs)]  # (R,)
        is_drawn = (next_state < self.num_playing) & (rng.random(runs) < self.draw)
        next_state = np.where(is_drawn, self.num_playing + DRAWN, next_state)
        goals = self._goals[next_state]  # (R,)
        return next_state, np.stack([goals, -goals], axis=1), next_state >= self.num_playing

    def move(self, left, right, ball, joint_action, first):
        """Work out one step by the rules.

        Parameters:
            left, right, ball: a state, as in `states`.
            joint_action: the actions of the left and the right player.
            first: who moves first, 0 or 1.
        Returns:
            Number of the next state.
        """
        squares = [left, right]
        for player in (first, 1 - first):
            row, column = (here + by for here, by in zip(squares[player], MOVES[joint_action[player]], strict=True))
            goal_column = self.columns if player == 0 else -1
            if (row, column) == squares[1 - player]:
                ball = 1 - player
            elif ball == player and column == goal_column and row in self.goal_rows:
                return self.num_playing + (LEFT_SCORES if player == 0 else RIGHT_SCORES)
            elif 0 <= row < self.rows and 0 <= column < self.columns:
                squares[player] = row, column
        return self.number(*squares, ball)

    def to_tabular(self):
        """Write the game down as exact tables.

        Returns:
            TabularMarkovGame with the states of `states`, then "0 scores", "1 scores" and "drawn".
            Its rewards are those expected from state and joint action.
        """
        size, table = self.num_observations, (self.num_observations, 5, 5)
        transitions = np.zeros((*table, size))
        transitions[np.arange(self.num_playing, size), :, :, np.arange(self.num_playing, size)] = 1
        state, left, right = np.indices((self.num_playing, 5, 5))
        for first in (0, 1):
            transitions[state, left, right, self._outcomes[..., first]] += 0.5
        still_playing = transitions[: self.num_playing, ..., : self.num_playing]  # a view
        transitions[: self.num_playing, ..., self.num_playing + DRAWN] = self.draw * still_playing.sum(axis=-1)
        still_playing *= 1 - self.draw
        is_terminal = np.arange(size) >= self.num_playing
        goals = np.where(is_terminal[:, None, None], 0.0, transitions @ self._goals)  # (S, A, A)
        return TabularMarkovGame(
            transitions,
            rewards=np.stack([goals, -goals]),
            start=np.bincount(self.starts, minlength=size) / len(self.starts),
            terminal=is_terminal,
            horizon=self.horizon,
            state_names=[*map(str, self.states), *ENDINGS],
            action_names=self.action_names,
        )

    def draw_on(self, axes, snapshot):
        """Draw the pitch with its goals, the players, the ball, and where each player wants to go."""
        draw_grid(axes, self.rows, self.columns, margin=0.3)
        for row in self.goal_rows:  # each in the color of the player who attacks it
            axes.vlines([-0.6, self.columns - 0.4], row - 0.5, row + 0.5, color=["C1", "C0"], linewidth=6)
        axes.set_xlabel("0 attacks the right goal, 1 the left one")
        if snapshot.state >= self.num_playing:
            middle = (self.columns - 1) / 2, (self.rows - 1) / 2
            said = axes.text(*middle, self.name_state(snapshot.state), ha="center", va="center", fontsize=16)
            said.set_bbox({"facecolor": "white", "edgecolor": "none"})
            return
        *squares, ball = self.states[snapshot.state]
        for player, (row, column) in enumerate(squares):
            draw_agent(axes, column, row, player)
        axes.scatter(squares[ball][1] + 0.28, squares[ball][0] + 0.28, 110, color="white", edgecolor="black", zorder=5)
        for player, action in enumerate(() if snapshot.actions is None else snapshot.actions):
            draw_move(axes, squares[player], MOVES[action], player)

    def tell(self, snapshot):
        """Say what both players do, who has the ball afterwards, and whether a goal falls."""
        if snapshot.actions is None:
            return f"{self.name_state(snapshot.state)}."
        did = " and ".join(f"{player} {self.name_action(action)}" for player, action in enumerate(snapshot.actions))
        if snapshot.next_state >= self.num_playing:
            return f"{did}: {self.name_state(snapshot.next_state)}."
        before, after = self.states[snapshot.state][2], self.states[snapshot.next_state][2]
        return f"{did}: {after} {'keeps' if before == after else 'gets'} the ball."

    def name_state(self, state):
        """Write down where the players are, as (row, column), and who has the ball; or how the match ended."""
        if state >= self.num_playing:
            return ENDINGS[state - self.num_playing]
        left, right, ball = self.states[state]
        return f"0 at {left}, 1 at {right}, {ball} has the ball"

    def _list_kick_offs(self):
        row = (self.rows - 1) // 2
        return np.array([self.number((row, 1), (row, self.columns - 2), ball) for ball in (0, 1)])

    @cached_property
    def _outcomes(self):
        """Number of the next state for each state, joint action and who moves first, (S, A, A, 2)."""
        cases = itertools.product(self.states, range(5), range(5), (0, 1))
        numbers = [self.move(*state, (left, right), first) for state, left, right, first in cases]
        return np.array(numbers).reshape(self.num_playing, 5, 5, 2)

    @property
    def _goals(self):
        return np.concatenate([np.zeros(self.num_playing), [1.0, -1.0, 0.0]])  # (S,)
