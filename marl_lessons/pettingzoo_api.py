"""Our games as PettingZoo environments, and PettingZoo's environments as our games."""

from dataclasses import dataclass

import numpy as np
from gymnasium import spaces
from pettingzoo import ParallelEnv

from marl_lessons.markov_games import MarkovGame, Snapshot


def to_parallel_env(game, render_mode=None):
    """Wrap one run of a game as a PettingZoo ParallelEnv.

    Parameters:
        game: a MarkovGame; its horizon becomes the environment's truncation.
        render_mode: what `render` returns of the latest step: "rgb_array" the game's picture, "ansi" its sentence.
    Returns:
        ParallelEnv with agents "agent_0", "agent_1", …
    Source: Terry et al. 2021 (PettingZoo).
    """
    return GameEnv(game, render_mode)


def from_parallel_env(make_env, horizon=None):
    """Play a PettingZoo ParallelEnv as a MarkovGame, one copy of the environment in each run.

    Observations of discrete spaces stay integers; all others are flattened to features. An agent that finishes before
    the others receives reward 0 and its last observation until they have finished too.

    Parameters:
        make_env: function without arguments that returns a new ParallelEnv.
        horizon: the number of steps after which the environment truncates itself, if it does.
    Returns:
        MarkovGame. A foreign environment cannot go back, so each of its states can be stepped only once.
    Raises:
        ValueError: if `make_env` is no function, or actions are not discrete or differ in number, or observations
            differ in size; and in `step` if the environment truncates itself at another step than `horizon`.
    Source: Terry et al. 2021 (PettingZoo).
    """
    if not callable(make_env):
        raise ValueError("make_env must be a function that makes an environment, got none; put lambda: before it.")
    return EnvGame(make_env, horizon)


class GameEnv(ParallelEnv):
    """One run of a MarkovGame, in PettingZoo's dictionaries; see `to_parallel_env`."""

    def __init__(self, game, render_mode=None):
        self.metadata = {"name": type(game).__name__, "render_modes": ["rgb_array", "ansi"]}
        self.game, self.render_mode = game, render_mode
        self.possible_agents = [f"agent_{agent}" for agent in range(game.num_agents)]
        self.agents = []
        self._observation_spaces = {agent: _observation_space_of(game) for agent in self.possible_agents}
        self._action_spaces = {agent: spaces.Discrete(game.num_actions) for agent in self.possible_agents}
        self.state_space = _state_space_of(game)
        self._rng = np.random.default_rng()

    def observation_space(self, agent):
        """Return the agent's observation space."""
        return self._observation_spaces[agent]

    def action_space(self, agent):
        """Return the agent's action space."""
        return self._action_spaces[agent]

    def reset(self, seed=None, options=None):
        """Start an episode; returns observations and (empty) infos."""
        if seed is not None:
            self._rng = np.random.default_rng(seed)
        self.agents = list(self.possible_agents)
        self._state = self.game.reset(1, self._rng)  # (1, …)
        self._latest = Snapshot(self._state[0])
        self._age = 0
        return self._observe(), self._inform()

    def step(self, actions):
        """Play one step; returns observations, rewards, terminations, truncations and infos."""
        if not self.agents:
            raise RuntimeError("step needs a running episode, got none; call reset() first.")
        if set(actions) != set(self.agents):
            raise ValueError(f"actions must have the keys {self.agents}, got {list(actions)}; give one each.")
        joint_action = np.array([[actions[agent] for agent in self.possible_agents]])  # (1, N)
        before = self._state[0]
        self._state, rewards, terminated = self.game.step(self._state, joint_action, self._rng)
        self._latest = Snapshot(before, joint_action[0], rewards[0], self._state[0])
        self._age += 1
        terminated = bool(terminated[0])
        truncated = not terminated and self._age == self.game.horizon
        rewards = dict(zip(self.agents, rewards[0].tolist(), strict=True))
        ends = (dict.fromkeys(self.agents, flag) for flag in (terminated, truncated))
        result = self._observe(), rewards, *ends, self._inform()
        if terminated or truncated:
            self.agents = []
        return result

    def render(self):
        """Show the latest step, or the start: pixels (height, width, 3), a sentence, or None, by `render_mode`."""
        from marl_lessons.plotting.watch import draw_pixels  # here, because matplotlib is slow to load

        if self.render_mode == "ansi":
            return self.game.tell(self._latest)
        return draw_pixels(self.game, self._latest) if self.render_mode == "rgb_array" else None

    def state(self):
        """Return the game's global view, for centralized training."""
        return self.game.global_view(self._state)[0].astype(float)

    def _observe(self):
        return dict(zip(self.agents, self.game.observe(self._state)[0], strict=True))

    def _inform(self):
        return {agent: {} for agent in self.agents}  # nothing to add, but every agent must have its own


def _observation_space_of(game):
    if game.num_observations is not None:
        return spaces.Discrete(game.num_observations)
    return spaces.Box(-np.inf, np.inf, game.observation_shape, dtype=np.float64)


def _state_space_of(game):
    any_state = game.reset(1, np.random.default_rng(0))
    return spaces.Box(-np.inf, np.inf, game.global_view(any_state).shape[1:], dtype=np.float64)


@dataclass
class _Moment:
    """One moment in the life of one copy of a foreign environment: an entry of the state array."""

    env: ParallelEnv
    age: int
    observations: np.ndarray  # (N, …)
    global_view: np.ndarray | None  # (D,), where the environment has one
    has_terminated: np.ndarray  # (N,)
    is_over: bool = False  # stepped already, or the episode has ended


class EnvGame(MarkovGame):
    """A PettingZoo ParallelEnv as a MarkovGame whose state is (R,) moments; see `from_parallel_env`."""

    def __init__(self, make_env, horizon=None):
        self.make_env, self.horizon = make_env, horizon
        first_env = make_env()
        self._idle_envs = [first_env]
        self.agents = list(first_env.possible_agents)
        self.num_agents = len(self.agents)
        self._action_spaces = [first_env.action_space(agent) for agent in self.agents]
        self._observation_spaces = [first_env.observation_space(agent) for agent in self.agents]
        self.num_actions = _count_actions(self._action_spaces)
        self._read_observation_spaces()
        if self.num_observations is not None and not hasattr(first_env, "state_space"):
            self.view_sizes = (self.num_observations,) * self.num_agents

    def reset(self, runs, rng):
        """Start an episode in `runs` copies of the environment, seeded from `rng`; (R,) moments."""
        return np.array([self._start(int(rng.integers(2**31))) for _ in range(runs)], dtype=object)

    def observe(self, state):
        """Stack what the agents saw: (R, N, …)."""
        return np.stack([moment.observations for moment in state])

    def global_view(self, state):
        """Stack the environments' own states, where they have them: (R, D)."""
        views = [moment.global_view for moment in state]
        return super().global_view(state) if views[0] is None else np.stack(views)

    def step(self, state, actions, rng):
        """Step every copy; the environments were seeded in `reset`, so `rng` is not used."""
        moments, rewards = zip(*map(self._step_one, state, actions), strict=True)
        terminated = np.array([moment.has_terminated.all() for moment in moments])
        return np.array(moments, dtype=object), np.array(rewards, dtype=float), terminated

    def name_state(self, state):
        seen = zip(self.agents, state.observations, strict=True)
        return "; ".join(f"{name} sees {np.array2string(observation, precision=2)}" for name, observation in seen)

    def _start(self, seed):
        # Copies whose episode is over serve again, because some environments are slow to build.
        env = self._idle_envs.pop() if self._idle_envs else self.make_env()
        observations, _ = env.reset(seed=seed)
        seen = np.stack([self._encode(agent, observations[name]) for agent, name in enumerate(self.agents)])
        return _Moment(env, 0, seen, _read_state(env), has_terminated=np.zeros(self.num_agents, dtype=bool))

    def _step_one(self, moment, actions):
        if moment.is_over:
            raise ValueError(
                "state must be the newest one, got one that was stepped before or has ended, and a foreign "
                "environment cannot go back; step the state that the last step or reset returned."
            )
        moment.is_over = True
        env = moment.env
        live = [(agent, name) for agent, name in enumerate(self.agents) if name in env.agents]
        chosen = {name: int(actions[agent] + self._action_spaces[agent].start) for agent, name in live}
        seen, rewards, terminations, _, _ = env.step(chosen)
        observations, has_terminated = moment.observations.copy(), moment.has_terminated.copy()
        for agent, name in live:
            observations[agent] = self._encode(agent, seen[name])
            has_terminated[agent] = terminations[name]
        following = _Moment(env, moment.age + 1, observations, _read_state(env), has_terminated, not env.agents)
        if following.is_over:
            self._idle_envs.append(env)
            self._check_horizon(following)
        return following, [rewards.get(name, 0.0) for name in self.agents]

    def _encode(self, agent, observation):
        space = self._observation_spaces[agent]
        if self.num_observations is not None:
            return int(observation) - space.start
        return spaces.flatten(space, observation)

    def _read_observation_spaces(self):
        if all(isinstance(space, spaces.Discrete) for space in self._observation_spaces):
            self.num_observations = int(max(space.n for space in self._observation_spaces))
            return
        sizes = [spaces.flatdim(space) for space in self._observation_spaces]
        if len(set(sizes)) > 1:
            raise ValueError(
                f"observation spaces must have one size for all agents, got {sizes} numbers; "
                "pad the smaller ones, for example with supersuit.pad_observations_v0."
            )
        self.observation_shape = (sizes[0],)

    def _check_horizon(self, moment):
        if not moment.has_terminated.all() and moment.age != self.horizon:
            raise ValueError(
                f"horizon must be {moment.age}, got {self.horizon}: the environment truncated itself after "
                f"{moment.age} steps; call from_parallel_env(make_env, horizon={moment.age})."
            )


def _read_state(env):
    if not hasattr(env, "state_space"):  # the only sign that an environment has a state to show
        return None
    return np.array(env.state(), dtype=float).ravel()  # a copy: it may change its own array in the next step


def _count_actions(action_spaces):
    if not all(isinstance(space, spaces.Discrete) for space in action_spaces):
        raise ValueError(
            f"action spaces must be Discrete, got {action_spaces}; choose the environment's discrete "
            "version, or wrap it so that each action is one of a list."
        )
    counts = [int(space.n) for space in action_spaces]
    if len(set(counts)) > 1:
        raise ValueError(
            f"action spaces must have one size for all agents, got {counts} actions; "
            "pad the smaller ones, for example with supersuit.pad_action_space_v0."
        )
    return counts[0]
