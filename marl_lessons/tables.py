"""A game written down as tables, and a team as what it plays in each of their states."""

import numpy as np

from marl_lessons.markov_games import TabularMarkovGame
from marl_lessons.views import Relabeled, View


def write_down(game):
    """Write the game behind all views down as tables.

    Parameters:
        game: a game with `to_tabular` and `states`, an array (S, …); a TabularMarkovGame; or a view of one of them.
    Returns:
        TabularMarkovGame, and the S states in the same order.
    Raises:
        ValueError: if it is none of these.
    """
    while isinstance(game, View):
        game = game.game
    if isinstance(game, TabularMarkovGame):
        return game, np.arange(game.num_states)
    states = getattr(game, "states", None)
    if not (isinstance(states, np.ndarray) and hasattr(game, "to_tabular")):
        raise ValueError(
            f"game must have to_tabular and an array of its states, got {type(game).__name__}; use rollout.evaluate."
        )
    return game.to_tabular(), states


def read_policies(learner, game, runs):
    """Read what each run of a learner plays without exploring, in every state of a game.

    Parameters:
        learner: a Learner, after training.
        game: the game that it was trained on, or a view of it, if it has `states` and `to_tabular` or is given by
            tables. What the agents observe there is what they get to see here. Their actions must bear the names of
            those of the game behind all views.
        runs: R, as in training.
    Returns:
        Probabilities (R, N, S, A), in the order of the game's `states`.
    Raises:
        ValueError: if the actions have other names or numbers, or the game cannot be written down as tables.
    """
    tables, states = write_down(game)
    _refuse_relabeled(game)
    if tuple(game.action_names) != tables.action_names:
        raise ValueError(
            f"game must name its actions {tables.action_names}, got {game.action_names}; "
            "train on another view of the game, or on the game itself."
        )
    return ask_policies(learner, game.observe(states), runs)


def ask_policies(learner, observations, runs):
    """Ask a learner what it plays at observations (S, N, …), which gives policies (R, N, S, A)."""
    in_every_run = [np.broadcast_to(seen, (runs, *seen.shape)) for seen in observations]  # S times (R, N, …)
    return np.stack([learner.policies(seen) for seen in in_every_run], axis=2)


def _refuse_relabeled(game):
    """Refuse a view with other numbers for its actions: where these have no names, nothing else would tell."""
    while isinstance(game, View):
        if isinstance(game, Relabeled) and not game.action_names:
            raise ValueError(
                "game must number its actions as the game behind it does, got Relabeled; train without it."
            )
        game = game.game
