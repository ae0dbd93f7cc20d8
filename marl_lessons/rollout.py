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
    """An action rule and an update rule, for all R runs and N agents at once."""

    def act(self, observations, rng, explore=True):
        """Choose actions, integers (R, N), from observations (R, N, …); greedily if `explore` is False."""

    def update(self, transition):
        """Learn from one Transition."""


@dataclass(frozen=True)
class History:
    """How training went, in K windows of steps.

    Attributes:
        steps: steps played at the end of each window, (K,).
        rewards: mean reward per step in each window, (K, R, N).
        returns: mean undiscounted return of the episodes that finished in the window, (K, R, N); NaN where
            none did.
        episodes: number of episodes that finished in the window, (K, R).
    """

    steps: np.ndarray
    rewards: np.ndarray
    returns: np.ndarray
    episodes: np.ndarray


def train(game, learner, steps, runs, rng, progress=False):
    """Let a learner play and learn in R independent runs.

    Parameters:
        game: a MarkovGame.
        learner: a Learner.
        steps: steps in each run; episodes follow one another within them.
        runs: R.
        rng: numpy random Generator; the same seed gives the same bytes.
        progress: show a progress bar.
    Returns:
        History.
    Raises:
        ValueError: if the learner's actions are not integers (R, N) in range, or `steps` is below 1.
    """
    if steps < 1:
        raise ValueError(f"steps must be at least 1, got {steps}; give the number of steps in each run.")
    recorder = _Recorder(steps, runs, game.num_agents)
    transitions = islice(play(game, learner, runs, rng), steps)
    for step, transition in enumerate(_show_progress(transitions, steps) if progress else transitions):
        learner.update(transition)
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


def choose_joint_actions(learner, observations, runs, rng):
    """Ask a trained learner what it would do, without exploring, at each of S observations.

    Parameters:
        learner: a Learner.
        observations: (S, N, …), for example `game.observe(states)`.
        runs: R, as in the learner's training.
        rng: numpy random Generator, for ties.
    Returns:
        Integers (R, S, N), as `solvers.deterministic_joint_policy` takes them.
    """
    in_every_run = [np.broadcast_to(seen, (runs, *seen.shape)) for seen in observations]  # S times (R, N, …)
    return np.stack([learner.act(seen, rng, explore=False) for seen in in_every_run], axis=1)


def check_runs(expected, runs):
    """Raise a ValueError unless the number of runs is the one for which a learner has made its tables."""
    if runs != expected:
        raise ValueError(f"observations must be of {expected} runs, as at first, got {runs}; make a new learner.")


def check_integer_observations(game):
    """Raise a ValueError unless the game's observations are integers, as tables need them."""
    if game.num_observations is None:
        raise ValueError("game must have integer observations, got features; discretize what its agents see.")


def play(game, learner, runs, rng, explore=True, horizon=None):
    """Play on and on, one Transition at a time; a run whose episode ends starts the next one by itself.

    Parameters:
        game, learner, runs, rng: as in `train`.
        explore: passed on to the learner.
        horizon: steps after which an episode is truncated; default is the game's own.
    Yields:
        Transition.
    """
    horizon = horizon or game.horizon or np.inf
    state = game.reset(runs, rng)  # (R, …)
    observations = game.observe(state)  # (R, N, …)
    age = np.zeros(runs, dtype=int)
    for step in count():
        actions = learner.act(observations, rng, explore)
        if step == 0:  # once is enough to find a learner that was written wrong, and costs no time later
            _check_actions(actions, game, runs)
        next_state, rewards, terminated = game.step(state, actions, rng)
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


def _show_progress(transitions, steps):
    from tqdm.auto import tqdm  # imported here, because tqdm.auto pulls in widgets

    return tqdm(transitions, total=steps, unit="step")


class _Recorder:
    """Adds up rewards and returns in at most MAX_WINDOWS windows, so that memory stays small."""

    def __init__(self, steps, runs, num_agents):
        num_windows = min(steps, MAX_WINDOWS)
        self.window_of = np.arange(steps) * num_windows // steps  # (T,)
        self.rewards = np.zeros((num_windows, runs, num_agents))
        self.returns = np.zeros((num_windows, runs, num_agents))
        self.episodes = np.zeros((num_windows, runs), dtype=int)
        self.running_return = np.zeros((runs, num_agents))

    def record(self, step, transition):
        window = self.window_of[step]
        ended = transition.terminated | transition.truncated  # (R,)
        self.rewards[window] += transition.rewards
        self.running_return += transition.rewards
        self.returns[window] += self.running_return * ended[:, None]
        self.episodes[window] += ended
        self.running_return *= ~ended[:, None]

    def history(self):
        lengths = np.bincount(self.window_of)  # (K,)
        episodes = self.episodes[..., None]  # (K, R, 1)
        return History(
            steps=np.cumsum(lengths),
            rewards=self.rewards / lengths[:, None, None],
            returns=np.where(episodes > 0, self.returns / np.maximum(episodes, 1), np.nan),
            episodes=self.episodes,
        )
