"""A learner's own team, tried out: trained like all others, and read as probabilities; a slip gets a plain sentence."""

import numpy as np

from marl_lessons.learners.tabular import QLearner, TabularLearner
from marl_lessons.markov_games import MarkovGame
from marl_lessons.policies import value_at
from marl_lessons.rollout import train
from marl_lessons.tables import read_policies, write_down

METHODS = ("act", "update", "policies")
SHARES = ("gamma", "epsilon", "alpha", "beta")  # settings that lie in 0 … 1


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
        TypeError: if `make_team` does not return a learner, or `game` is none.
        ValueError: if the game cannot be written down as tables, or the view has other rules; if the learner was made
            for something else than it trains on, if it acts otherwise than the game allows, or its probabilities are
            none; if a setting such as `gamma`, or a count, lies out of its range.
    """
    _check_arguments(game, steps=steps, runs=runs)
    view, learner = _make(make_team, game)
    train(view, learner, steps, runs, np.random.default_rng(seed))
    policies = read_policies(learner, view, runs)
    if policies.ndim != 4 or policies.shape[:2] != (runs, game.num_agents):
        raise ValueError(
            f"the team's policies must be (R, N, A), here {(runs, game.num_agents, game.num_actions)}, at observations "
            f"(R, N), got {(*policies.shape[:2], *policies.shape[3:])}; look at what policies() returns."
        )
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


def _check_arguments(game, **counts):
    if not isinstance(game, MarkovGame):
        raise TypeError(f"game must be a game, got {_describe(game)}; give one such as environments.Dispatch().")
    for name, count in counts.items():
        if not isinstance(count, (int, np.integer)) or count < 1:
            raise ValueError(f"{name} must be a whole number from 1 up, got {count!r}; write one such as 50 or 30_000.")


def _make(make_team, game):
    if not callable(make_team):
        raise TypeError(
            f"make_team must be a function, got {_describe(make_team)}; give its name without brackets, make_team."
        )
    team = make_team(game)
    view, learner = team if isinstance(team, (tuple, list)) and len(team) == 2 else (game, team)
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
    _check_fit(view, learner)
    _check_settings(learner)
    _check_rules(view, game)
    return view, learner


def _check_rules(view, game):
    """Refuse a view that leads to other states than the game; whether it pays otherwise is its own affair."""
    ours, theirs = (write_down(one)[0].transitions for one in (game, view))
    if ours.shape != theirs.shape or not np.allclose(ours, theirs):
        raise ValueError(
            "make_team must train on the game that it is given, or on a view of it, got a game with other rules "
            '(states, chances); make the view of `game`, such as game.with_view("own").'
        )


def _check_fit(view, learner):
    """Refuse a learner that was made for fewer observations than there are in what it trains on."""
    made_for, there_are = getattr(learner, "num_observations", None), view.num_observations
    if made_for is not None and there_are is not None and made_for < there_are:
        raise ValueError(
            f"make_team must make the team for what it trains on, got one for {made_for} observations in place of "
            f"{there_are}; make it of `game`, or return (view, learner) if it was made of a view."
        )


def _check_settings(learner):
    """Refuse a learner with tables whose step sizes, discount factor or exploring begin out of 0 … 1."""
    names = SHARES if isinstance(learner, QLearner) else SHARES[:2] if isinstance(learner, TabularLearner) else ()
    for name in names:
        setting = getattr(learner, name, None)
        begins = setting if setting is None else value_at(setting, 0)
        numbers = np.asarray(0 if begins is None else begins)
        if numbers.dtype.kind not in "iuf" or not ((numbers >= 0) & (numbers <= 1)).all():
            remedy = "for a schedule write linear_schedule(start, end, steps)" if numbers.ndim else "correct it"
            raise ValueError(f"{name} must lie in 0 … 1, got {begins}; {remedy}.")


def _find_remedy(learner, missing):
    if learner is None:
        return "; is `return` missing?"
    if isinstance(learner, type):
        return f"; call it, such as {learner.__name__}(game, …)."
    if isinstance(learner, (tuple, list)):
        return f" of {len(learner)}; return the learner alone, without a comma, or (view, learner)."
    if len(missing) < len(METHODS):
        return f" without the method {missing[0]}; write it."
    return "; return one of marl_lessons.learners, such as IQL(game, …)."


def _describe(value):
    if value is None:
        return "None"
    return f"the class {value.__name__}" if isinstance(value, type) else f"something of type {type(value).__name__}"
