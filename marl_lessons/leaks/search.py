"""The information-leak test: change what an agent may not know, and what it does must not move."""

from copy import deepcopy
from dataclasses import dataclass, replace

import numpy as np

from marl_lessons import replays
from marl_lessons.arrays import TOLERANCE
from marl_lessons.leaks.luck import Heard, Luck, Record, give, listen

SOURCES = ("state", "what others see", "what others saw or did", "other runs", "an earlier episode")
PAST = SOURCES[2]
LUCKS = 8  # other luck that a team is tried with
SURELY = 10  # times that something would be expected, so that never cannot be chance


@dataclass(frozen=True)
class Leak:
    """Something that moves an agent's choice though the agent may not know it.

    Attributes:
        agent: which one, in 0 … N - 1.
        source: one of `SOURCES`.
    """

    agent: int
    source: str


def find_leaks(team, game, rng, runs=64, steps=50):
    """Find out which agents of a team act by what they may not know, and name what it is.

    The test records what the team is given in play. Then copies of the team are given the same again, with one thing
    changed: the state; what the others see now, or saw earlier in the episode, or did; half of the runs, of which the
    other half is judged; or the whole first episode, after which the later ones are judged. What the agent itself saw
    and its luck stay, and so must its probabilities, and what it does. Where its own action was another one, the two
    may remember different things, and the run is not compared any longer.

    Luck is no leak: an agent may toss a coin, also one that all of them see. Draws in arrays (R, N, …) are taken for
    the agents' own luck. Where a team draws otherwise, an agent that knows what the others did by chance is found
    only if no luck of its own moves it; and actions that `policies` does not tell of only if it draws arrays (R, …).

    Parameters:
        team: a Learner; its `update` is not called. What it remembers moves in `begin` and `act`; `policies` says
            what it would play. If it has a method `watch(state)`, it is handed the state (R, …) after `begin` and
            before it acts, as PettingZoo's `state()` is there for everybody: that is how a team can read it.
        game: the MarkovGame that it plays.
        rng: numpy random Generator.
        runs: R, at least 4; for a learner that has made its tables, their number of runs.
        steps: steps to play, best more than one episode.
    Returns:
        List of Leak, in the order of agents and sources; [] if nothing was found. The more runs and steps, the rarer
        the dependence that is found.
    Raises:
        ValueError: if there are fewer than 4 runs.
    Source: this course; testing by what must not change is metamorphic testing (Chen, Cheung & Yiu 1998).
    """
    if runs < 4:
        raise ValueError(f"runs must be at least 4, so that half of them can change, got {runs}; give more.")
    observations, state, started = replays.record(team, game, rng, runs, steps)
    record = Record(started, state, observations)
    other = _scramble(game, record, rng)
    seed = int(rng.integers(2**32))
    expected = listen(team, record, record, seed)
    leaks = []
    for agent in range(game.num_agents):
        moved = {"what others see": _is_moved_now(team, record, _mix(record, other, agent), agent, seed)}
        for source, changed, asked, luck_of, judged in _change(record, other, agent):
            heard = listen(team, changed, asked, seed, luck_of)
            by_act = not (source == PAST and moved["what others see"])  # it acts by what they see at that moment
            moved[source] = moved.get(source) or _is_moved(expected, heard, agent, judged, by_act)
        if not moved[PAST] and not expected.draws_by_agent:
            moved[PAST] = _is_moved_by_chance(team, record, expected, agent, seed)
        leaks += [Leak(agent, source) for source in SOURCES if moved[source]]
    return leaks


def _scramble(game, record, rng):
    """Give every agent and run what somebody got at another time; of integer observations half are drawn anew."""
    steps, runs, num_agents = record.observations.shape[:3]
    state = rng.permutation(record.state.reshape(steps * runs, -1)).reshape(record.state.shape)
    columns = [rng.permutation(np.concatenate(record.observations[:, :, agent])) for agent in range(num_agents)]
    observations = np.stack(columns, axis=1).reshape(record.observations.shape)
    if game.num_observations is not None:
        anywhere = rng.integers(game.num_observations, size=observations.shape)
        observations = np.where(rng.random(observations.shape) < 0.5, anywhere, observations)
    return Record(record.started, state, observations)


def _mix(record, other, agent):
    """Keep what one agent saw, and take from the other record what the others saw."""
    observations = other.observations.copy()
    observations[:, :, agent] = record.observations[:, :, agent]
    return replace(record, observations=observations)


def _change(record, other, agent):
    """List for each source a record in which only that is changed, and how to use it.

    Returns:
        Tuples: source; what the team is given; at what it is asked; whose luck alone stays, None for everybody's;
        what to judge, (T, R).
    """
    everywhere = np.ones(record.started.shape, bool)
    is_first = np.cumsum(record.started, axis=0) == 1  # (T, R), the first episode of each run
    is_kept = everywhere & (np.arange(everywhere.shape[1]) < everywhere.shape[1] // 2)
    no_state, past = replace(record, state=other.state), _mix(record, other, agent)
    no_runs, no_episode = _choose(is_kept, record, other), _choose(~is_first, record, other)
    return [
        ("state", no_state, no_state, None, everywhere),
        (PAST, past, record, None, everywhere),
        (PAST, record, record, agent, everywhere),  # the others may act otherwise by chance alone
        ("other runs", no_runs, no_runs, None, is_kept),
        ("an earlier episode", no_episode, no_episode, None, ~is_first),
    ]


def _choose(where, record, other):
    """Take one record where (T, R) is True, and the other one elsewhere."""
    pairs = (record.state, other.state), (record.observations, other.observations)
    chosen = (np.where(where.reshape(*where.shape, *[1] * (one.ndim - 2)), one, two) for one, two in pairs)
    return Record(record.started, *chosen)


def _is_moved_now(team, record, mixed, agent, seed):
    """Say whether what the others see at this very moment moves the agent, its memory being what it was."""
    for time, now, _ in give(team, record, seed):
        heard = []
        for seen, asked in ((mixed, deepcopy(now)), (record, now)):  # the team itself goes on by the record
            luck = Luck([seed, time], record.observations.shape[1:3])
            policies = asked.policies(seen.observations[time])
            heard.append(Heard(policies[None], asked.act(seen.observations[time], luck)[None], [luck.drawn]))
        if _is_moved(*heard, agent, np.ones((1, len(policies)), bool)):
            return True
    return False


def _is_moved(expected, heard, agent, judged, by_act=True):
    """Say whether the agent plays otherwise where judged (T, R), and its own actions agreed so far."""
    is_other = (np.abs(expected.policies - heard.policies)[:, :, agent] > TOLERANCE).any(axis=-1)  # (T, R)
    acts_alike = (expected.actions == heard.actions)[:, :, agent]
    if by_act:  # the same luck and the same probabilities must give the same action
        is_other |= ~acts_alike & expected.drew_like(heard)[:, None]
    return bool((is_other & _so_far(acts_alike | ~judged) & judged).any())


def _so_far(agrees):
    """Say for each step (T, R) whether all the steps before it agreed."""
    return np.concatenate([np.ones_like(agrees[:1]), np.logical_and.accumulate(agrees)[:-1]])


def _is_moved_by_chance(team, record, expected, agent, seed):
    """Say whether the agent plays otherwise where the others did, and never where all did the same with other luck."""
    as_others, as_luck = [], []
    for change in range(1, LUCKS + 1):
        heard = listen(team, record, record, seed + change)
        is_other = (np.abs(expected.policies - heard.policies)[:, :, agent] > TOLERANCE).any(axis=-1)[1:]  # (T - 1, R)
        alike = expected.actions == heard.actions
        own, everybody = _so_far(alike[:, :, agent])[1:], _so_far(alike.all(axis=-1))[1:]
        as_others.append(is_other[own & ~everybody])
        as_luck.append(is_other[everybody])
    as_others, as_luck = np.concatenate(as_others), np.concatenate(as_luck)
    would_show = len(as_luck) * as_others.mean() if len(as_others) else 0  # times, if it were luck that moves it
    return bool(would_show > SURELY and not as_luck.any())
