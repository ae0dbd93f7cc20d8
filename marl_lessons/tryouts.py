"""A learner's own team, tried out: trained like all others, and read as probabilities; a slip gets a plain sentence."""

import numpy as np

from marl_lessons.markov_games import MarkovGame
from marl_lessons.rollout import train
from marl_lessons.scoreboard import read_policies

METHODS = ("act", "update", "policies")


def try_team(make_team, game, steps=30_000, runs=50, seed=0):
    """Make a team for a game, train it, and write down what it plays without exploring.

    Parameters:
        make_team: a function from the game to an untrained learner; or to a pair (view, learner), where the team is to
            train on a view of the game: with other rewards, or with less to see.
        game: a game with `states` and `to_tabular`, such as Dispatch or RushHour, or one given by tables.
        steps, runs: of training, R runs side by side.
        seed: of the generator that all chance comes from.
    Returns:
        Policies (R, N, S, A), in the order of the game's states.
    Raises:
        TypeError: if `make_team` does not return a learner.
        ValueError: if the learner acts otherwise than the game allows, or its probabilities are none.
    """
    view, learner = _make(make_team, game)
    train(view, learner, steps, runs, np.random.default_rng(seed))
    policies = read_policies(learner, view, runs)
    if policies.shape[-1] != game.num_actions:
        raise ValueError(
            f"the team's policies must be over {game.num_actions} actions, as the game has, got "
            f"{policies.shape[-1]}; take game.num_actions for a number of your own."
        )
    if not np.allclose(policies.sum(axis=-1), 1) or policies.min() < 0:
        raise ValueError(
            "the team's policies must be probabilities that sum to 1 over the actions; look at what policies() returns."
        )
    return policies


def _make(make_team, game):
    if not callable(make_team):
        raise TypeError(
            f"make_team must be a function, got {_describe(make_team)}; give its name without brackets, make_team."
        )
    team = make_team(game)
    view, learner = team if isinstance(team, tuple) and len(team) == 2 else (game, team)
    if isinstance(learner, MarkovGame) and not isinstance(view, MarkovGame):
        raise TypeError("make_team must return (view, learner), got the learner first; exchange the two.")
    missing = [method for method in METHODS if isinstance(learner, type) or not hasattr(learner, method)]
    if missing:
        raise TypeError(f"make_team must return a learner, got {_describe(learner)}{_find_remedy(learner, missing)}")
    if not isinstance(view, MarkovGame):
        raise TypeError(f"make_team must return (view, learner) with a view of the game, got {_describe(view)} first.")
    if view.num_actions != game.num_actions:
        raise ValueError(
            f"make_team must train on the game that it is given, or on a view of it, got one with {view.num_actions} "
            f"actions in place of {game.num_actions}; make the view of `game`."
        )
    return view, learner


def _find_remedy(learner, missing):
    if learner is None:
        return "; is `return` missing?"
    if isinstance(learner, type):
        return f"; call it, such as {learner.__name__}(game, …)."
    if len(missing) < len(METHODS):
        return f" without the method {missing[0]}; write it."
    return "; return one of marl_lessons.learners, such as IQL(game, …)."


def _describe(value):
    if value is None:
        return "None"
    return f"the class {value.__name__}" if isinstance(value, type) else f"something of type {type(value).__name__}"
