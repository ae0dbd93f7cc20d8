"""Games that other people wrote, played by the learners of this course.

    game = outside_games.simple_spread()
    team = IPPO(game, learning_rate=0.005, gamma=0.9)
    history = train(game, team, steps=10_000, runs=4, rng=rng)

Whatever else speaks PettingZoo comes in as these two do, by `pettingzoo_api.from_parallel_env`. They need the extra
`games`, which the tests bring; no lesson does.

Source: Christianos, Schäfer & Albrecht 2020 (lbforaging); Mordatch & Abbeel 2018, Lowe et al. 2017 (particle
environments, now in mpe2); Papoudakis et al. 2021, who compare learners on both.
"""

from importlib.util import find_spec
from itertools import permutations

import numpy as np
from pettingzoo import ParallelEnv

from marl_lessons.pettingzoo_api import from_parallel_env

SLIDE = 0.4  # how far a particle of speed 1 still slides: 0.1 (1 + 0.75 + 0.75² + …)
PUSH = 0.2  # how far one push moves it, in all: SLIDE times the speed of 0.5 that a push adds


def level_based_foraging(size=5, agents=2, foods=1, levels=2, sight=None, together=True, horizon=25):
    """Make level-based foraging: agents walk on a grid, and load food beside which their levels add up to its own.

        r_i = (food's level / all food's levels) · (level of i / levels of all that load),   0 for who does not load

    Six actions: stay, north, south, west, east and load. An agent sees row, column and level of each food, of itself
    and of each other agent. The episode ends when no food is left.

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
    _require("lbforaging")
    if size < 4:
        raise ValueError(f"size must be at least 4, so that agents cannot fill the inside, got {size}; enlarge it.")
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
    game = from_parallel_env(lambda: ForagingEnv(options), horizon)
    game.action_names = ("stay", "north", "south", "west", "east", "load")
    return game


def simple_spread(agents=2, horizon=25, local_ratio=0.5):
    """Make simple spread: particles should cover as many landmarks as there are of them, and not touch.

        r_i = -(1 - local_ratio) Σ_landmarks (distance of the nearest agent) - local_ratio · (agents that i touches)

    Five actions: nothing, and a push to the left, to the right, down and up. An agent sees its own velocity and
    position, and how far all landmarks and the other agents are to its right and above it. Nothing ever ends it.

    Parameters:
        agents: N, which is also the number of landmarks.
        horizon: steps until the episode is truncated.
        local_ratio: weight of what is one's own.
    Returns:
        MarkovGame of features.
    Raises:
        ModuleNotFoundError: if mpe2 is not installed.
    Source: mpe2 1.1, `simple_spread_v3`.
    """
    _require("mpe2")
    from mpe2 import simple_spread_v3

    def make_env():
        return simple_spread_v3.parallel_env(N=agents, max_cycles=horizon, local_ratio=local_ratio)

    game = from_parallel_env(make_env, horizon)
    game.action_names = ("nothing", "left", "right", "down", "up")
    return game


def try_game(make_game, **options):
    """Make a game, or say in a sentence what is missing, and return None.

    Parameters:
        make_game: `level_based_foraging`, `simple_spread`, or a function of your own that raises ModuleNotFoundError
            where a package is missing.
        options: what to call it with.
    """
    try:
        return make_game(**options)
    except ModuleNotFoundError as error:
        print(error)


def _require(package):
    if find_spec(package) is None:
        raise ModuleNotFoundError(
            f"This game cannot be played here, because {package} is not installed: run `%pip install {package}` in a "
            "cell, and then this cell again. No exercise needs it."
        )


class ForagingEnv(ParallelEnv):
    """lbforaging's environment, which speaks of all agents in lists, in PettingZoo's dictionaries.

    It also calls an episode ended that only ran out of time; here that is a truncation.

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
        terminated = not self._env.field.any()
        flags = terminated, is_over and not terminated
        result = (
            self._name(seen),
            self._name(map(float, rewards)),
            *(dict.fromkeys(self.agents, flag) for flag in flags),
            self._name([{} for _ in self.agents]),
        )
        if is_over:
            self.agents = []
        return result

    def _name(self, values):
        return dict(zip(self.agents, values, strict=True))


class SpreadByHand:
    """A rule thought out by hand for simple spread: each agent has a landmark of its own, and stops on it.

    Agents and landmarks are paired so that the sum of distances is least, counted from where agents would slide to if
    nobody pushed. An agent pushes along the longer way, while that is more than half of what a push moves it.

    Parameters:
        game: what `simple_spread` returned; of up to about six agents, since all pairings are tried.
    Source: this course.
    """

    def __init__(self, game):
        self.num_actions = game.num_actions
        self._pairings = np.array(list(permutations(range(game.num_agents))))  # (N!, N)

    def act(self, observations, rng, explore=True):
        """Choose actions (R, N); exploring or not makes no difference."""
        runs, agents = observations.shape[:2]
        velocities, landmarks = observations[..., :2], observations[..., 4 : 4 + 2 * agents]
        ways = landmarks.reshape(runs, agents, agents, 2) - SLIDE * velocities[:, :, None]  # (R, N, landmarks, 2)
        distances = np.linalg.norm(ways, axis=-1)
        costs = distances[:, np.arange(agents), self._pairings].sum(axis=-1)  # (R, N!)
        landmark = self._pairings[costs.argmin(axis=-1)]  # (R, N)
        way = np.take_along_axis(ways, landmark[..., None, None], axis=2)[:, :, 0]  # (R, N, 2)
        axis = np.abs(way).argmax(axis=-1)  # 0 across, 1 up
        longer = np.take_along_axis(way, axis[..., None], axis=-1)[..., 0]
        return np.where(np.abs(longer) < PUSH / 2, 0, 1 + 2 * axis + (longer > 0))

    def update(self, transition, rng):
        """Learn nothing."""

    def policies(self, observations):
        """Give what each agent does probability 1, (R, N, A)."""
        return np.eye(self.num_actions)[self.act(observations, None)]
