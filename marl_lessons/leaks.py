"""The information-leak test: change what an agent may not know, and what it does must not move."""

from copy import deepcopy
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np

from marl_lessons.arrays import TOLERANCE
from marl_lessons.learners.tabular import check_integer_observations, number_views
from marl_lessons.policies import sample_actions, softmax
from marl_lessons.rollout import play
from marl_lessons.views import View

SOURCES = ("state", "what others see", "what others saw or did", "other runs", "an earlier episode")
MEMORIES = 7  # that an example team can tell apart


@dataclass(frozen=True)
class Leak:
    """Something that moves an agent's choice though the agent may not know it.

    Attributes:
        agent: which one, in 0 … N - 1.
        source: one of `SOURCES`.
    """

    agent: int
    source: str


@dataclass(frozen=True)
class _Record:
    """What a team was given in T steps of R runs, before it acted.

    Attributes:
        started: booleans (T, R), where an episode starts.
        state: (T, R, …).
        observations: (T, R, N, …).
    """

    started: np.ndarray
    state: np.ndarray
    observations: np.ndarray


def find_leaks(team, game, rng, runs=64, steps=50):
    """Find out which agents of a team act by what they may not know, and name what it is.

    The test records what the team is given in play. Then copies of the team are given the same again, with one thing
    changed: the state; what the others see now, or saw earlier in the episode, or did; half of the runs, of which the
    other half is judged; or the whole first episode, after which the later ones are judged. What the agent itself saw
    stays, and so must its probabilities. Where its own action was drawn otherwise, the two may remember different
    things, and the run is not compared any longer.

    Parameters:
        team: a Learner; its `update` is not called. What it remembers moves in `begin` and `act`; `policies` says
            what it would play. If it has a method `watch(state)`, it is handed the state (R, …) before it acts, as
            PettingZoo's `state()` is there for everybody: that is how a team can read it.
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
    record = _record(team, game, rng, runs, steps)
    other = _scramble(game, record, rng)
    seed = rng.integers(2**32)
    expected = _listen(team, record, record, seed)
    leaks = []
    for agent in range(game.num_agents):
        moved = {"what others see": _is_moved_now(team, record, _mix(record, other, agent), agent, seed)}
        for source, changed, asked, its_seed, judged in _change(record, other, agent, seed):
            heard = _listen(team, changed, asked, its_seed)
            moved[source] = moved.get(source) or _is_moved(expected, heard, agent, judged)
        leaks += [Leak(agent, source) for source in SOURCES if moved[source]]
    return leaks


def _record(team, game, rng, runs, steps):
    """Let a copy of the team play, and write down what it is given."""
    team = deepcopy(team)
    played = list(islice(play(_Watched(game, team), team, runs, rng), steps))
    ended = np.stack([step.terminated | step.truncated for step in played])  # (T, R)
    started = np.concatenate([np.ones((1, runs), bool), ended[:-1]])
    return _Record(started, *(np.stack([getattr(step, name) for step in played]) for name in ("state", "observations")))


def _scramble(game, record, rng):
    """Give every agent and run what somebody got at another time; of integer observations half are drawn anew."""
    steps, runs, num_agents = record.observations.shape[:3]
    state = rng.permutation(record.state.reshape(steps * runs, -1)).reshape(record.state.shape)
    columns = [rng.permutation(np.concatenate(record.observations[:, :, agent])) for agent in range(num_agents)]
    observations = np.stack(columns, axis=1).reshape(record.observations.shape)
    if game.num_observations is not None:
        anywhere = rng.integers(game.num_observations, size=observations.shape)
        observations = np.where(rng.random(observations.shape) < 0.5, anywhere, observations)
    return _Record(record.started, state, observations)


def _mix(record, other, agent):
    """Keep what one agent saw, and take from the other record what the others saw."""
    observations = other.observations.copy()
    observations[:, :, agent] = record.observations[:, :, agent]
    return replace(record, observations=observations)


def _change(record, other, agent, seed):
    """List for each source a record in which only that is changed, and how to use it.

    Returns:
        Tuples: source; what the team is given; at what it is asked; a seed to draw by; what to judge, (T, R).
    """
    everywhere = np.ones(record.started.shape, bool)
    is_first = np.cumsum(record.started, axis=0) == 1  # (T, R), the first episode of each run
    is_kept = everywhere & (np.arange(everywhere.shape[1]) < everywhere.shape[1] // 2)
    no_state, past = replace(record, state=other.state), _mix(record, other, agent)
    no_runs, no_episode = _choose(is_kept, record, other), _choose(~is_first, record, other)
    return [
        ("state", no_state, no_state, seed, everywhere),
        ("what others saw or did", past, record, seed, everywhere),
        ("what others saw or did", past, record, seed + 1, everywhere),  # they may act otherwise by chance alone
        ("other runs", no_runs, no_runs, seed, is_kept),
        ("an earlier episode", no_episode, no_episode, seed, ~is_first),
    ]


def _choose(where, record, other):
    """Take one record where (T, R) is True, and the other one elsewhere."""
    pairs = (record.state, other.state), (record.observations, other.observations)
    chosen = (np.where(where.reshape(*where.shape, *[1] * (one.ndim - 2)), one, two) for one, two in pairs)
    return _Record(record.started, *chosen)


def _give(team, record, seed):
    """Give a copy of the team what was recorded; yield the copy before each act, with the time and its random draws."""
    team, rng = deepcopy(team), np.random.default_rng(seed)
    for time, started in enumerate(record.started):
        if started.any() and hasattr(team, "begin"):
            team.begin(started)
        if hasattr(team, "watch"):
            team.watch(record.state[time])
        yield time, team, rng


def _listen(team, record, asked, seed):
    """Note what the team would play at `asked`, (T, R, N, A), and what it does when given the record, (T, R, N)."""
    policies, actions = [], []
    for time, now, rng in _give(team, record, seed):
        policies.append(now.policies(asked.observations[time]))
        actions.append(now.act(record.observations[time], rng))
    return np.stack(policies), np.stack(actions)


def _is_moved_now(team, record, mixed, agent, seed):
    """Say whether what the others see at this very moment moves the agent, its memory being what it was."""
    for time, now, rng in _give(team, record, seed):
        policies = [now.policies(seen.observations[time])[:, agent] for seen in (record, mixed)]
        if np.abs(policies[0] - policies[1]).max() > TOLERANCE:
            return True
        now.act(record.observations[time], rng)
    return False


def _is_moved(expected, heard, agent, judged):
    """Say whether the agent's probabilities differ where judged (T, R), and its own actions agreed so far."""
    (policies, actions), (new_policies, new_actions) = expected, heard
    is_other = (np.abs(policies - new_policies)[:, :, agent] > TOLERANCE).any(axis=-1)  # (T, R)
    agrees = (actions == new_actions)[:, :, agent] | ~judged
    agreed = np.concatenate([np.ones_like(agrees[:1]), np.logical_and.accumulate(agrees)[:-1]])
    return bool((is_other & agreed & judged).any())


class _Watched(View):
    """The game, which shows the state to the team whenever it is observed."""

    def __init__(self, game, team):
        super().__init__(game)
        self.watch = getattr(team, "watch", None)

    def observe(self, state):
        if self.watch:
            self.watch(state)
        return self.game.observe(state)


class HonestTeam:
    """An example: every agent remembers something of what it saw and did itself, and plays at random by that.

        π_i(· | m_i, o_i),   m_i ← (2 m_i + o_i + a_i) mod 7,   m_i = 0 where an episode starts

    Parameters:
        game: a MarkovGame whose observations are integers.
        rng: numpy random Generator, for the preferences.
    """

    def __init__(self, game, rng):
        check_integer_observations(game)
        self.game = game
        self.preferences = rng.normal(size=(game.num_agents, MEMORIES, game.num_observations, game.num_actions))
        self.memory = None

    def begin(self, started):
        """Forget, in the runs in which an episode starts."""
        if self.memory is None:
            self.memory = np.zeros((len(started), self.game.num_agents), dtype=np.int64)
        self.memory[started] = 0

    def act(self, observations, rng, explore=True):
        """Draw actions (R, N), and remember."""
        actions = sample_actions(self.policies(observations), rng)
        self.memory = self.remember(observations, actions) % MEMORIES
        return actions

    def update(self, transition, rng):
        """Learn nothing."""

    def policies(self, observations):
        """Look the policies up by memory and observation, (R, N, A)."""
        return softmax(self.preferences[np.arange(self.game.num_agents), self.memory, observations])

    def remember(self, observations, actions):
        """Say what each agent remembers from now on, integers (R, N)."""
        return 2 * self.memory + observations + actions


class GossipingTeam(HonestTeam):
    """An example that leaks: all agents share one memory of what everybody saw."""

    def remember(self, observations, actions):
        common = (2 * self.memory + observations + actions).sum(axis=1, keepdims=True)  # (R, 1)
        return np.broadcast_to(common, actions.shape)


class PeekingTeam(HonestTeam):
    """An example that leaks: the last agent reads the state."""

    def watch(self, state):
        """Note the number of the global view, (R,)."""
        self.peeked = number_views(self.game, state)

    def policies(self, observations):
        peeking = observations.copy()
        peeking[:, -1] = (observations[:, -1] + self.peeked) % self.game.num_observations
        return super().policies(peeking)
