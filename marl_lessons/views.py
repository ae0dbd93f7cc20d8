"""The same game seen or labeled otherwise, to find out what a learner lives on."""

import numpy as np

from marl_lessons.markov_games import MarkovGame


class Relabeled(MarkovGame):
    """The same game with its actions numbered otherwise: what was action `labels[a]` is now called a.

    A learner that lives on what is in the game learns as before; one that lives on the numbers does not.

    Parameters:
        game: a MarkovGame.
        labels: a permutation of 0 … A - 1; default is the reverse, a → A - 1 - a.
    Raises:
        ValueError: if `labels` is no permutation.
    """

    def __init__(self, game, labels=None):
        self.game = game
        self.num_agents, self.num_actions, self.horizon = game.num_agents, game.num_actions, game.horizon
        self.num_observations, self.observation_shape = game.num_observations, game.observation_shape
        self.labels = np.arange(game.num_actions)[::-1] if labels is None else np.asarray(labels)
        if sorted(self.labels) != list(range(game.num_actions)):
            raise ValueError(
                f"labels must be a permutation of 0 … {game.num_actions - 1}, got {self.labels}; name each once."
            )
        self.action_names = tuple(game.action_names[label] for label in self.labels) if game.action_names else ()

    def reset(self, runs, rng):
        return self.game.reset(runs, rng)

    def observe(self, state):
        return self.game.observe(state)

    def step(self, state, actions, rng):
        return self.game.step(state, self.labels[actions], rng)


class Tiled(MarkovGame):
    """The same game, of whose features the agents see only in which tile one of them lies.

        o_i = number of edges ≤ feature

    Parameters:
        game: a MarkovGame whose observations are features (R, N, F).
        edges: increasing, K edges between K + 1 tiles, in units of the feature.
        feature: which one, in 0 … F - 1.
    Raises:
        ValueError: if the game's observations are integers, or the edges do not increase.
    """

    def __init__(self, game, edges, feature=0):
        self.game = game
        self.num_agents, self.num_actions, self.horizon = game.num_agents, game.num_actions, game.horizon
        self.action_names = game.action_names
        self.edges = np.asarray(edges, dtype=float)
        self.feature = feature
        self.num_observations = len(self.edges) + 1
        if game.num_observations is not None:
            raise ValueError("game must have features to tile, got integer observations; use it as it is.")
        if (np.diff(self.edges) <= 0).any():
            raise ValueError(f"edges must increase, got {self.edges}; sort them and drop repeated ones.")

    def reset(self, runs, rng):
        return self.game.reset(runs, rng)

    def observe(self, state):
        return np.searchsorted(self.edges, self.game.observe(state)[..., self.feature], side="right")

    def step(self, state, actions, rng):
        return self.game.step(state, actions, rng)
