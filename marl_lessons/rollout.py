"""The one training loop: it plays a game in many runs at once and knows no learner by name."""

from dataclasses import dataclass
from itertools import count, islice
from typing import Protocol

import numpy as np

MAX_WINDOWS = 200


@dataclass(frozen=True)
class Transition:
    """One step of all R runs, as a learner receives it.

    Attributes:
        observations, next_observations: (R, N, …); the next ones are those before any reset.
        actions: integers (R, N).
        rewards: (R, N).
        terminated: booleans (R,), the game ended; do not bootstrap.
        truncated: booleans (R,), the horizon cut the episode off; bootstrap as usual. Never True where
            `terminated` is.
        state, next_state: (R, …), for learners that see the whole state in training.
    """

    observations: np.ndarray
    actions: np.ndarray
    rewards: np.ndarray
    next_observations: np.ndarray
    terminated: np.ndarray
    truncated: np.ndarray
    state: np.ndarray
    next_state: np.ndarray


class Learner(Protocol):
    """An action rule and an update rule, for all R runs and N agents at once.

    A learner that remembers something of an episode may also have a method `begin(started)`. The loop calls it with
    booleans (R,) before the first action of each episode: True in the runs in which one starts.
    """

    def act(self, observations, rng, explore=True):
        """Choose actions, integers (R, N), from observations (R, N, …); as `policies` says if `explore` is False."""

    def update(self, transition, rng):
        """Learn from one Transition; all that learning needs arrives here."""

    def policies(self, observations):
        """Say how likely each action is without exploring, (R, N, A), at observations (R, N, …)."""


@dataclass(frozen=True)
class History:
    """How training went, in K windows of steps.

    Attributes:
        steps: steps played at the end of each window, (K,).
        rewards: mean reward per step in each window, (K, R, N); (K, R) where only means over the agents are kept.
        returns: mean undiscounted return of the episodes that finished in the window, of the same shape; NaN
            where none did.
        episodes: number of episodes that finished in the window, (K, R).
    """

    steps: np.ndarray
    rewards: np.ndarray
    returns: np.ndarray
    episodes: np.ndarray

    def returns_by_episode(self):
        """List the returns of episodes that end in all runs at once, mean over the agents.

        Returns:
            (R, E), a column for each window in which every run finished: for each episode, where windows are shorter.
        """
        has_ended = (self.episodes > 0).all(axis=1)  # (K,)
        finished = self.returns[has_ended]  # (E, R, N) or (E, R)
        return (finished.mean(axis=2) if finished.ndim == 3 else finished).T


def train(game, learner, steps, runs, rng, progress=False, per_agent=True):
    """Let a learner play and learn in R independent runs.

    Every call starts anew: episodes begin in all runs, and nothing is left of those that an earlier call cut short.
    What the learner has learned stays.

    Parameters:
        game: a MarkovGame.
        learner: a Learner.
        steps: steps in each run; episodes follow one another within them.
        runs: R.
        rng: numpy random Generator; the same seed gives the same bytes.
        progress: show a progress bar.
        per_agent: keep what each agent earns; False keeps the means over agents only, so that a million fit.
    Returns:
        History.
    Raises:
        ValueError: if the learner's actions are not integers (R, N) in range, the game's rewards not (R, N) or its
            ends no booleans (R,), or `steps` is below 1.
    """
    if steps < 1:
        raise ValueError(f"steps must be at least 1, got {steps}; give the number of steps in each run.")
    recorder = _Recorder(steps, runs, game.num_agents, per_agent)
    transitions = islice(play(game, learner, runs, rng), steps)
    for step, transition in enumerate(_show_progress(transitions, steps) if progress else transitions):
        learner.update(transition, rng)
        recorder.record(step, transition)
    return recorder.history()


def evaluate(game, learner, runs, rng, gamma=1.0, horizon=None):
    """Play one episode in each run without exploring or learning.

        G_i = Σ_t γ^t r_i,t

    Parameters:
        game: a MarkovGame.
        learner: a Learner; its `update` is not called.
        runs: R.
        rng: numpy random Generator.
        gamma: discount factor of the returns.
        horizon: steps after which to stop; default is the game's own. A game with neither must end by itself.
    Returns:
        Returns (R, N).
    """
    returns = np.zeros((runs, game.num_agents))
    is_playing = np.ones(runs, dtype=bool)
    for time, transition in enumerate(play(game, learner, runs, rng, explore=False, horizon=horizon)):
        returns += gamma**time * transition.rewards * is_playing[:, None]
        is_playing &= ~(transition.terminated | transition.truncated)
        if not is_playing.any():
            return returns


def play(game, learner, runs, rng, explore=True, horizon=None):
    """Play on and on, one Transition at a time; a run whose episode ends starts the next one by itself.

    A learner that has a method `begin` is told in which runs an episode starts: at first in all of them.

    Parameters:
        game, learner, runs, rng: as in `train`.
        explore: passed on to the learner.
        horizon: steps after which an episode is truncated; default is the game's own.
    Yields:
        Transition.
    """
    horizon = horizon or game.horizon or np.inf
    begin = getattr(learner, "begin", _ignore)
    state = game.reset(runs, rng)  # (R, …)
    observations = game.observe(state)  # (R, N, …)
    age = np.zeros(runs, dtype=np.int64)
    begin(np.ones(runs, dtype=bool))
    for step in count():
        actions = learner.act(observations, rng, explore)
        if step == 0:  # once is enough to find a learner that was written wrong, and costs no time later
            _check_actions(actions, game, runs)
        next_state, rewards, terminated = game.step(state, actions, rng)
        if step == 0:
            _check_step(game, rewards, terminated, runs)
        next_observations = game.observe(next_state)
        age += 1
        truncated = ~terminated & (age >= horizon)  # (R,)
        yield Transition(observations, actions, rewards, next_observations, terminated, truncated, state, next_state)
        ended = terminated | truncated
        age[ended] = 0
        state, observations = next_state, next_observations
        if ended.any():
            state = _restart(game, state, ended, rng)
            observations = game.observe(state)
            begin(ended)


def _ignore(started):
    """Stand in for `begin` where a learner has none."""


def _restart(game, state, ended, rng):
    state = state.copy()  # the learner may have kept the old one
    state[ended] = game.reset(ended.sum(), rng)
    return state


def _check_actions(actions, game, runs):
    expected = f"integers of shape {(runs, game.num_agents)} in 0 … {game.num_actions - 1}"
    remedy = "return one action for every run and agent from the learner's act()."
    if not isinstance(actions, np.ndarray):
        raise ValueError(f"actions must be {expected}, got a {type(actions).__name__}; {remedy}")
    if actions.shape != (runs, game.num_agents) or not np.issubdtype(actions.dtype, np.integer):
        raise ValueError(f"actions must be {expected}, got {actions.dtype} {actions.shape}; {remedy}")
    if actions.min() < 0 or actions.max() >= game.num_actions:
        raise ValueError(f"actions must be {expected}, got {actions.min()} … {actions.max()}; {remedy}")


def _check_step(game, rewards, terminated, runs):
    """Raise a ValueError where a game that was written wrong returns something else than the contract asks for."""
    for name, array, shape, kinds, what in [
        ("rewards", rewards, (runs, game.num_agents), "fiu", "numbers"),
        ("terminated", terminated, (runs,), "b", "booleans"),
    ]:
        if not isinstance(array, np.ndarray):
            got = type(array).__name__
        elif array.shape != shape or array.dtype.kind not in kinds:
            got = f"{array.dtype} of shape {array.shape}"
        else:
            continue
        raise ValueError(f"{name} must be {what} of shape {shape}, got {got}; correct the game's step().")


def _show_progress(transitions, steps):
    from tqdm.auto import tqdm  # imported here, because tqdm.auto pulls in widgets

    return tqdm(transitions, total=steps, unit="step")


class _Recorder:
    """Adds up rewards and returns in at most MAX_WINDOWS windows, so that memory stays small."""

    def __init__(self, steps, runs, num_agents, per_agent):
        num_windows = min(steps, MAX_WINDOWS)
        columns = num_agents if per_agent else 1
        self.per_agent = per_agent
        self.window_of = np.arange(steps, dtype=np.int64) * num_windows // steps  # (T,)
        self.rewards = np.zeros((num_windows, runs, columns))
        self.returns = np.zeros((num_windows, runs, columns))
        self.episodes = np.zeros((num_windows, runs), dtype=np.int64)
        self.running_return = np.zeros((runs, columns))

    def record(self, step, transition):
        window = self.window_of[step]
        rewards = transition.rewards if self.per_agent else transition.rewards.mean(axis=1, keepdims=True)
        ended = transition.terminated | transition.truncated  # (R,)
        self.rewards[window] += rewards
        self.running_return += rewards
        self.returns[window] += self.running_return * ended[:, None]
        self.episodes[window] += ended
        self.running_return *= ~ended[:, None]

    def history(self):
        lengths = np.bincount(self.window_of)  # (K,)
        episodes = self.episodes[..., None]  # (K, R, 1)
        kept = slice(None) if self.per_agent else 0
        return History(
            steps=np.cumsum(lengths),
            rewards=(self.rewards / lengths[:, None, None])[..., kept],
            returns=np.where(episodes > 0, self.returns / np.maximum(episodes, 1), np.nan)[..., kept],
            episodes=self.episodes,
        )
