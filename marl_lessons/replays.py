"""Shows a team the same again, or the same with parts of it changed: what an experiment on a team needs.

A team is a learner without `update`: it has `act` and `policies`, and may have `begin(started)` and `watch(state)`.
`watch` is for those that want to see the state: it is called before each step, as a simulator tells its state to
whoever asks.
"""

import copy
from itertools import islice

import numpy as np

from marl_lessons.rollout import play
from marl_lessons.views import View


def record(team, game, rng, runs=None, steps=6):
    """Let a team play, and write down what there is to see.

    Parameters:
        team: a Learner, or a team as above; a copy of it plays.
        game: a MarkovGame.
        rng: numpy random Generator.
        runs, steps: R and T; episodes follow one another. Without `runs`, as many as the team has tables for
            (`num_runs`); 16 if it has none yet.
    Returns:
        observations (T, R, N, …), states (T, R, …) and booleans (T, R): True where an episode starts.
    """
    runs = runs or getattr(team, "num_runs", None) or 16
    watched = _Watched(game)
    steps = list(islice(play(watched, _Told(copy.deepcopy(team), watched), runs, rng), steps))
    ended = [step.terminated | step.truncated for step in steps]
    started = np.stack([np.ones(runs, dtype=bool), *ended[:-1]])
    return np.stack([step.observations for step in steps]), np.stack([step.state for step in steps]), started


def replay(team, observations, states, started):
    """Show a team a record, step by step, and say what it would play: always from the same memory, with the same luck.

    Parameters:
        team: a Learner, or a team as above; a copy of it plays, so that the team itself learns and remembers nothing.
        observations (T, R, N, …), states (T, R, …), started (T, R): as `record` gives them, or changed.
    Returns:
        Policies (T, R, N, A): how likely each action is, at each step.
    """
    team, luck, policies = copy.deepcopy(team), np.random.default_rng(0), []
    for seen, state, begins in zip(observations, states, started, strict=True):
        tell(team, state, begins)
        policies.append(team.policies(seen))
        team.act(seen, luck)
    return np.stack(policies)


def tell(team, state, started):
    """Call the two methods that a team may have or not: `begin` where episodes start, then `watch`."""
    if started.any() and hasattr(team, "begin"):
        team.begin(started)
    if hasattr(team, "watch"):
        team.watch(state)


class _Watched(View):
    """The game, which remembers the state that was observed last."""

    def observe(self, state):
        self.state = state
        return self.game.observe(state)


class _Told:
    """A team that is told of starts and of the state just before it acts."""

    def __init__(self, team, watched):
        self.team, self.watched = team, watched

    def begin(self, started):
        self.started = started

    def act(self, observations, rng, explore=True):
        tell(self.team, self.watched.state, self.started)
        self.started = np.zeros_like(self.started)
        return self.team.act(observations, rng)
