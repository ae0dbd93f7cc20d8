"""The scale from random play to the best team, for every game given by tables, and what a team plays there."""

from dataclasses import dataclass
from hashlib import blake2b

import numpy as np

from marl_lessons.arrays import TOLERANCE
from marl_lessons.markov_games import TabularMarkovGame
from marl_lessons.policies import joint_policy, uniform_policy
from marl_lessons.solvers import evaluate_joint_policy, value_iteration
from marl_lessons.views import Relabeled, View

GAMMA = 0.9
_SCALES = {}  # from gamma and what is in a game's tables to its Scale


@dataclass(frozen=True)
class Scale:
    """The two ends by which a team is measured, in units of return.

    Attributes:
        uniform: what uniform play is worth; it scores 0.
        best: what the best joint policy is worth; it scores 100.
    """

    uniform: float
    best: float

    def score(self, values):
        """Score values (…) of teams: 100 (v - v(uniform)) / (v* - v(uniform)). A team can score below 0."""
        return 100 * (values - self.uniform) / (self.best - self.uniform)


def find_scale(game, gamma=GAMMA):
    """Find the ends of the scale of a game exactly; asked again about the same tables, it remembers.

    Parameters:
        game: a TabularMarkovGame.
        gamma: discount factor.
    Returns:
        Scale, of mean values over the game's agents and starts.
    Raises:
        ValueError: if uniform play is worth as much as the best, as where all that one agent gains another loses.
    """
    arrays = (game.transitions, game.rewards, game.start, game.terminal)
    key = gamma, game.rewards.shape, blake2b(b"".join(array.tobytes() for array in arrays)).digest()
    if key not in _SCALES:
        uniform = joint_policy(uniform_policy(game.num_agents, game.num_states, game.num_actions))
        optimum = value_iteration(game, gamma)
        _SCALES[key] = Scale(float(mean_value(game, uniform, gamma)), float(optimum.values @ game.start))
    scale = _SCALES[key]
    if scale.best - scale.uniform <= TOLERANCE * max(1, abs(scale.best)):
        raise ValueError(
            f"game must pay a good team more than random play, got {scale.best:.3g} for both, mean over the agents; "
            "where their interests are opposed, judge each agent by its own return, with rollout.evaluate."
        )
    return scale


def mean_value(game, joint_policies, gamma=GAMMA):
    """Compute what joint policies are worth to the team.

        v(π) = Σ_s P(start in s) · mean over the agents of V_i(s)

    Parameters:
        game: a TabularMarkovGame.
        joint_policies: probabilities (…, S, A, …, A).
        gamma: discount factor.
    Returns:
        Values (…), in units of return.
    """
    return evaluate_joint_policy(game, joint_policies, gamma).mean(axis=-2) @ game.start


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


def _refuse_relabeled(game):
    """Refuse a view with other numbers for its actions: where these have no names, nothing else would tell."""
    while isinstance(game, View):
        if isinstance(game, Relabeled) and not game.action_names:
            raise ValueError(
                "game must number its actions as the game behind it does, got Relabeled; train without it."
            )
        game = game.game


def ask_policies(learner, observations, runs):
    """Ask a learner what it plays at observations (S, N, …), which gives policies (R, N, S, A)."""
    in_every_run = [np.broadcast_to(seen, (runs, *seen.shape)) for seen in observations]  # S times (R, N, …)
    return np.stack([learner.policies(seen) for seen in in_every_run], axis=2)


def write_down(game):
    """Write the game behind all views down as tables; return them, and its states in the same order."""
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
