"""Foraging: two agents must find each other at the food, and load it together."""

import numpy as np

from marl_lessons.markov_games import MarkovGame
from marl_lessons.sketches import draw_agent, draw_grid, draw_move

MOVES = np.array([[0, 0], [-1, 0], [1, 0], [0, -1], [0, 1], [0, 0]])
LOAD = 5
FOOD = 2  # its row among the three squares of a state


class Foraging(MarkovGame):
    """Two agents on a square grid earn 1 when both stand beside the food and load in the same step.

        r_i = 1 if both load beside the food, and the episode ends; else 0

    The food lies off the edge, and nobody enters its square. Agents that want the same square stay where they are.
    Food and agents start on different squares, drawn uniformly. Every agent sees the whole state, as its number.

    Parameters:
        size: rows and columns of the grid, at least 3. The usual 5 × 5 grid has 4,968 states, a 4 × 4 one 840.
        horizon: steps until the loop truncates the episode.
    Attributes:
        squares: row and column of both agents and of the food, for each of the states, (S, 3, 2).
        num_playing: S; the state with this number is the end.
    Raises:
        ValueError: if the grid is too small.
    Source: Albrecht & Ramamoorthy 2013; Papoudakis et al. 2021 ("Foraging-5x5-2p-1f-coop"). Differs: one level
        for all, so that the two are always needed; the team's reward is 1, not ½ each.
    """

    num_agents = 2
    num_actions = 6
    action_names = ("stay", "north", "south", "west", "east", "load")

    def __init__(self, size=5, horizon=25):
        if size < 3:
            raise ValueError(
                f"size must be at least 3, so that a square lies off the edge, got {size}; enlarge the grid."
            )
        self.size = size
        self.horizon = horizon
        self.squares = _list_states(size)  # (S, 3, 2)
        self.num_playing = len(self.squares)
        self.num_observations = self.num_playing + 1
        self.outcomes = self._tabulate()  # (S, A, A)

    def reset(self, runs, rng):
        """Draw states (R,) uniformly."""
        return rng.integers(self.num_playing, size=runs)

    def observe(self, state):
        """Show the state's number (R,) to both agents: (R, N)."""
        return np.repeat(state[:, None], 2, axis=1)

    def step(self, state, actions, rng):
        """Move both agents, or load the food; nothing is left to chance."""
        next_state = self.outcomes[state, actions[:, 0], actions[:, 1]]  # (R,)
        is_loaded = next_state == self.num_playing
        return next_state, np.repeat(is_loaded[:, None].astype(float), 2, axis=1), is_loaded

    def move(self, squares, actions):
        """Work out one step by the rules.

        Parameters:
            squares: (…, 3, 2), as in `squares`.
            actions: integers (…, N).
        Returns:
            The agents' next squares (…, N, 2), and whether they loaded the food, booleans (…).
        """
        agents, food = squares[..., :FOOD, :], squares[..., FOOD:, :]
        is_beside = np.abs(agents - food).sum(axis=-1) == 1  # (…, N)
        is_loaded = (is_beside & (actions == LOAD)).all(axis=-1)  # (…)
        targets = agents + MOVES[actions]  # (…, N, 2)
        is_free = ((targets >= 0) & (targets < self.size)).all(axis=-1) & (targets != food).any(axis=-1)  # (…, N)
        targets = np.where(is_free[..., None], targets, agents)
        is_clash = (targets[..., 0, :] == targets[..., 1, :]).all(axis=-1)  # (…)
        return np.where(is_clash[..., None, None], agents, targets), is_loaded

    def count_fewest_steps(self):
        """Count the steps that the best team needs from every state, by going back from the end.

            n(s) = 1 + min_a n(s'(s, a)),   n(end) = 0

        Returns:
            Steps (S,); the discounted optimum is γ^(n - 1).
        """
        steps = np.append(np.full(self.num_playing, np.inf), 0.0)  # (S + 1,)
        while np.isinf(steps).any():
            steps[:-1] = 1 + steps[self.outcomes].min(axis=(1, 2))
        return steps[:-1]

    def evaluate_policies(self, policies, gamma):
        """Compute what joint policies are worth from every state within the horizon, exactly.

            V_t(s) = Σ_a π(a|s) [ r(s, a) + γ V_{t+1}(s'(s, a)) ],   V_horizon = V(end) = 0

        Parameters:
            policies: probabilities (R, S or more, A, A); rows beyond the S states are not read.
            gamma: discount factor.
        Returns:
            Values (R, S), in units of return.
        """
        chances = policies[:, : self.num_playing].reshape(len(policies), self.num_playing, -1)  # (R, S, A A)
        outcomes = self.outcomes.reshape(self.num_playing, -1)  # (S, A A)
        earned = (chances * (outcomes == self.num_playing)).sum(axis=-1)  # (R, S)
        values = np.zeros((len(policies), self.num_playing + 1))
        for _ in range(self.horizon):
            values[:, :-1] = earned + gamma * (chances * values[:, outcomes]).sum(axis=-1)
        return values[:, :-1]

    def draw_on(self, axes, snapshot):
        """Draw the grid, the food, the agents, and where each wants to go; who loads has a ring."""
        draw_grid(axes, self.size, self.size)
        if snapshot.state == self.num_playing:
            axes.set_title(self.name_state(snapshot.state))
            return
        *agents, food = self.squares[snapshot.state]
        axes.scatter(food[1], food[0], 500, marker="*", color="C4")
        for agent, square in enumerate(agents):
            draw_agent(axes, *square[::-1], agent)
        for agent, action in enumerate(() if snapshot.actions is None else snapshot.actions):
            draw_move(axes, agents[agent], MOVES[action], agent)
            if action == LOAD:
                axes.scatter(*agents[agent][::-1], 900, color="none", edgecolor=f"C{agent}", linewidth=2.5)

    def tell(self, snapshot):
        """Say what each agent does, and whether the food is loaded."""
        if snapshot.actions is None:
            where = "" if snapshot.state == self.num_playing else ", as (row, column)"
            return f"{self.name_state(snapshot.state)}{where}."
        did = ", ".join(f"agent {agent} {self.name_action(action)}" for agent, action in enumerate(snapshot.actions))
        if snapshot.next_state == self.num_playing:
            return f"{did}: both load beside the food, and each earns 1."
        loading = np.count_nonzero(np.equal(snapshot.actions, LOAD))
        why = ("", "it takes two, so ", "not both stand beside the food, so ")[loading]
        return f"{did}: {why}nobody earns."

    def name_state(self, state):
        """Write down where the agents and the food are, as (row, column)."""
        if state == self.num_playing:
            return "The food is loaded"
        places = ["({}, {})".format(*square) for square in self.squares[state]]
        return "Agent 0 at {}, agent 1 at {}, food at {}".format(*places)

    def _tabulate(self):
        actions = np.moveaxis(np.indices((6, 6)), 0, -1)  # (A, A, N)
        agents, is_loaded = self.move(self.squares[:, None, None], actions)  # (S, A, A, N, 2) and (S, A, A)
        food = np.broadcast_to(self.squares[:, None, None, FOOD:], (*is_loaded.shape, 1, 2))
        numbers = np.full(self.size**6, -1)
        numbers[self._encode(self.squares)] = np.arange(self.num_playing)
        return np.where(is_loaded, self.num_playing, numbers[self._encode(np.concatenate([agents, food], axis=-2))])

    def _encode(self, squares):
        coordinates = np.moveaxis(squares.reshape(*squares.shape[:-2], 6), -1, 0)
        return np.ravel_multi_index(tuple(coordinates), (self.size,) * 6)


def _list_states(size):
    """List the squares of both agents and the food wherever they differ and the food is off the edge, (S, 3, 2)."""
    squares = np.indices((size,) * 6).reshape(3, 2, -1).transpose(2, 0, 1)  # (size⁶, 3, 2)
    first, second, food = (squares[:, which] @ [size, 1] for which in range(3))
    is_central = ((squares[:, FOOD] > 0) & (squares[:, FOOD] < size - 1)).all(axis=-1)
    return squares[is_central & (first != second) & (first != food) & (second != food)]
