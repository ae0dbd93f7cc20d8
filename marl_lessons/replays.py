"""Shows a team the same again, or the same with parts of it changed: what an experiment on a team needs.

A team is a learner without `update`: it has `act` and `policies`, and may have `begin(started)` and `watch(state)`.
`watch` is for those that want to see the state: it is called before each step, as a simulator tells its state to
whoever asks.
"""

import copy

import numpy as np


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
    team, horizon = copy.deepcopy(team), game.horizon or np.inf
    state, started, age = game.reset(runs, rng), np.ones(runs, dtype=bool), np.zeros(runs, dtype=int)
    seen = []
    for _ in range(steps):
        observations = game.observe(state)
        seen.append((observations, state, started))
        _tell(team, state, started)
        next_state, _, terminated = game.step(state, team.act(observations, rng), rng)
        age += 1
        started = terminated | (age >= horizon)
        age[started] = 0
        state = next_state.copy()
        state[started] = game.reset(started.sum(), rng)
    return tuple(map(np.stack, zip(*seen, strict=True)))


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
        _tell(team, state, begins)
        policies.append(team.policies(seen))
        team.act(seen, luck)
    return np.stack(policies)


def _tell(team, state, started):
    """Call the two methods that a team may have or not."""
    if started.any() and hasattr(team, "begin"):
        team.begin(started)
    if hasattr(team, "watch"):
        team.watch(state)
