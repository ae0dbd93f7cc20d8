"""Level-based foraging as its inventors wrote it, in package lbforaging."""

import numpy as np
from gymnasium import spaces
from pettingzoo import ParallelEnv

from marl_lessons.outside_games.missing import require
from marl_lessons.pettingzoo_api import EnvGame
from marl_lessons.sketches import draw_agent, draw_grid, draw_move

MOVES = ((0, 0), (-1, 0), (1, 0), (0, -1), (0, 1), (0, 0))
LOAD = 5


def level_based_foraging(size=5, agents=2, foods=1, levels=2, sight=None, together=True, horizon=25):
    """Make level-based foraging: agents walk on a grid, and load food beside which their levels add up to its own.

        r_i = (food's level / levels of all food) · (level of i / levels of all that load it),   else 0

    Six actions: stay, north, south, west, east and load. An agent sees row, column and level of each food, of itself
    and of each other agent; a critic that sees the whole state has the grid of food and every agent's row, column and
    level. The episode ends when no food is left.

    Parameters:
        size: rows and columns, at least 4.
        agents, foods: their numbers; of food less where no more fits off the edge.
        levels: agents' levels are drawn from 1 … levels.
        sight: how many squares an agent sees in each direction, in a window of its own; default is all of the grid.
        together: whether all food is so heavy that the three weakest agents are just able to load it (with two, both).
        horizon: steps until the episode is truncated. Published experiments take 50.
    Returns:
        MarkovGame of features; `views.Numbered` makes numbers of them.
    Raises:
        ModuleNotFoundError: if lbforaging is not installed.
        ValueError: if the grid is too small.
    Source: lbforaging 2.0; "Foraging-5x5-2p-1f-coop-v3" there is the default here, but for its horizon.
    """
    require("lbforaging")
    if size < 4:
        raise ValueError(f"size must be at least 4, so that food finds a place, got {size}; enlarge the grid.")
    options = {
        "players": agents,
        "max_num_food": foods,
        "field_size": (size, size),
        "sight": size if sight is None else sight,
        "min_player_level": 1,
        "max_player_level": levels,
        "min_food_level": 1,
        "max_food_level": None,  # the sum of the three lowest levels of agents
        "force_coop": together,
        "max_episode_steps": horizon,
    }
    return LevelBasedForaging(size, lambda: ForagingEnv(options), horizon)


class LevelBasedForaging(EnvGame):
    """A game of level-based foraging with its picture; see `level_based_foraging`.

    Parameters:
        size: rows and columns of the grid.
        make_env, horizon: as for `pettingzoo_api.from_parallel_env`.
    """

    action_names = ("stay", "north", "south", "west", "east", "load")

    def __init__(self, size, make_env, horizon):
        super().__init__(make_env, horizon)
        self.size = size

    def draw_on(self, axes, snapshot):
        """Draw the grid, each food with its level, the agents, and where each wants to go; who loads has a ring."""
        field, agents = self._read(snapshot.state)
        draw_grid(axes, self.size, self.size)
        for row, column in np.argwhere(field):
            axes.scatter(column, row, 500, marker="*", color="C4")
            axes.text(column, row, int(field[row, column]), ha="center", va="center")
        for agent, (row, column, _) in enumerate(agents):
            draw_agent(axes, column, row, agent)
        for agent, action in enumerate(() if snapshot.actions is None else snapshot.actions):
            draw_move(axes, agents[agent, :2], MOVES[action], agent)
            if action == LOAD:
                axes.scatter(*agents[agent, 1::-1], 900, color="none", edgecolor=f"C{agent}", linewidth=2.5)

    def name_state(self, state):
        """Write down where the agents and the food are, as (row, column), and their levels."""
        field, agents = self._read(state)
        foods = [(row, column, field[row, column]) for row, column in np.argwhere(field)]
        named = [(f"agent {agent}", place) for agent, place in enumerate(agents)]
        named += [("food", place) for place in foods]
        said = [f"{name} of level {level:.0f} at ({row:.0f}, {column:.0f})" for name, (row, column, level) in named]
        return ", ".join(said) + ("" if foods else ", no food left")

    def _read(self, state):
        """Take a state apart: levels of food (size, size), and row, column and level of each agent (N, 3)."""
        seen = state.global_view
        return seen[: self.size**2].reshape(self.size, self.size), seen[self.size**2 :].reshape(-1, 3)


class ForagingEnv(ParallelEnv):
    """lbforaging's environment, which speaks of all agents in lists, in PettingZoo's dictionaries.

    lbforaging also calls an episode ended that only ran out of time; here that is a truncation.

    Parameters:
        options: what lbforaging's own ForagingEnv takes.
    """

    metadata = {"name": "level_based_foraging", "render_modes": []}  # noqa: RUF012  (PettingZoo wants it here)
    render_mode = None

    def __init__(self, options):
        from lbforaging import foraging

        self._env = foraging.ForagingEnv(**options)
        self.possible_agents = [f"agent_{agent}" for agent in range(options["players"])]
        self.agents = []
        self._observation_spaces = dict(zip(self.possible_agents, self._env.observation_space, strict=True))
        self._action_spaces = dict(zip(self.possible_agents, self._env.action_space, strict=True))
        self.state_space = spaces.Box(0, np.inf, (self._env.field.size + 3 * options["players"],), dtype=np.float64)

    def observation_space(self, agent):
        """Return the agent's observation space."""
        return self._observation_spaces[agent]

    def action_space(self, agent):
        """Return the agent's action space."""
        return self._action_spaces[agent]

    def reset(self, seed=None, options=None):
        """Start an episode; returns observations and (empty) infos."""
        self.agents = list(self.possible_agents)
        seen, _ = self._env.reset(seed=seed)
        return self._name(seen), self._name([{} for _ in self.agents])

    def step(self, actions):
        """Play one step; returns observations, rewards, terminations, truncations and infos."""
        seen, rewards, is_over, _, _ = self._env.step([actions[agent] for agent in self.agents])
        is_eaten = not self._env.field.any()
        ends = (dict.fromkeys(self.agents, is_eaten), dict.fromkeys(self.agents, is_over and not is_eaten))
        result = self._name(seen), self._name(map(float, rewards)), *ends, self._name([{} for _ in self.agents])
        if is_over:
            self.agents = []
        return result

    def state(self):
        """Return the grid of food, row by row, and every agent's row, column and level."""
        agents = [(*player.position, player.level) for player in self._env.players]
        return np.concatenate([self._env.field.ravel(), np.ravel(agents)]).astype(float)

    def _name(self, values):
        return dict(zip(self.agents, values, strict=True))
