"""One network for all agents: how it sees a game, and how it plays as a Learner of ours."""

from copy import deepcopy

import numpy as np

from marl_lessons.markov_games import MarkovGame
from marl_lessons.policies import sample_actions, softmax
from marl_lessons.views import OneHot, WithIdentity


class SharedPolicy:
    """A trained network as a Learner that learns no more: all agents, in all runs, ask the same one.

    Parameters:
        compute_logits: function from features (B, F) to logits (B, A).
        greedy: whether `policies` give all probability to the likeliest action, the first of several, or are the
            network's own probabilities.
    """

    def __init__(self, compute_logits, greedy=True):
        self.compute_logits, self.greedy = compute_logits, greedy

    def act(self, observations, rng, explore=True):
        """Draw actions (R, N); exploring or not makes no difference."""
        return sample_actions(self.policies(observations), rng)

    def update(self, transition, rng):
        """Learn nothing."""

    def policies(self, observations):
        """Say how likely each action is, (R, N, A), at features (R, N, F)."""
        rows = observations.reshape(-1, observations.shape[-1])  # (R·N, F)
        logits = np.asarray(self.compute_logits(rows), dtype=float).reshape(*observations.shape[:2], -1)
        return np.eye(logits.shape[-1])[logits.argmax(axis=-1)] if self.greedy else softmax(logits)


def show_network(game):
    """Show a game as one network for all agents can play it: features, and after them who the agent is.

    Parameters:
        game: a MarkovGame.
    Returns:
        MarkovGame with features (R, N, F + N); whole numbers become ones among zeros.
    Raises:
        ValueError: if it is no MarkovGame, or its features do not stand in a row.
    """
    if not isinstance(game, MarkovGame):
        raise ValueError(
            f"game must be a MarkovGame, got {type(game).__name__}; "
            "wrap an environment of PettingZoo with pettingzoo_api.from_parallel_env."
        )
    if len(game.observation_shape) > 1:
        raise ValueError(f"game must show its features in a row, got {game.observation_shape}; flatten them.")
    return WithIdentity(game if game.num_observations is None else OneHot(game))


def read_module(module):
    """Turn RLlib's network, as it is now, into a function from features (B, F) to logits (B, A)."""
    import torch

    module = deepcopy(module)  # the other one goes on learning

    def compute_logits(features):
        with torch.no_grad():
            batch = {"obs": torch.tensor(features, dtype=torch.float32)}
            return module.forward_inference(batch)["action_dist_inputs"].numpy()

    return compute_logits
