"""The information-leak test: change what an agent may not know, and what it does must not move."""

from copy import deepcopy
from dataclasses import dataclass, replace

import numpy as np

from marl_lessons import replays
from marl_lessons.arrays import TOLERANCE
from marl_lessons.learners.tabular import check_integer_observations, number_views
from marl_lessons.policies import sample_actions, softmax

SOURCES = ("state", "what others see", "what others saw or did", "other runs", "an earlier episode")
PAST = SOURCES[2]
MEMORIES = 7  # that an example team can tell apart
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
    record = _Record(started, state, observations)
    other = _scramble(game, record, rng)
    seed = int(rng.integers(2**32))
    expected = _listen(team, record, record, seed)
    leaks = []
    for agent in range(game.num_agents):
        moved = {"what others see": _is_moved_now(team, record, _mix(record, other, agent), agent, seed)}
        for source, changed, asked, luck_of, judged in _change(record, other, agent):
            heard = _listen(team, changed, asked, seed, luck_of)
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
    return _Record(record.started, state, observations)


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
    return _Record(record.started, *chosen)


class _Luck(np.random.Generator):
    """A random Generator that notes the shapes of what is drawn, and may keep the luck of one agent alone.

    Parameters:
        seed: of all draws.
        shape: (R, N), how the draws of an array begin that belong to agents.
        agent: whose draws are the same as without this; None for everybody's.
    """

    def __init__(self, seed, shape, agent=None):
        super().__init__(np.random.PCG64(seed))
        self._shape, self._agent, self._others = shape, agent, np.random.default_rng([*seed, 1])
        self._drawn = []

    def __getattribute__(self, name):
        method = super().__getattribute__(name)
        if name.startswith("_") or not callable(method) or name == "spawn":
            return method

        def draw(*arguments, **options):
            drawn = method(*arguments, **options)
            self._drawn.append((name, np.shape(drawn)))
            if self._agent is None or np.shape(drawn)[:2] != self._shape:
                return drawn
            other = getattr(self._others, name)(*arguments, **options)
            other[:, self._agent] = drawn[:, self._agent]
            return other

        return draw


@dataclass(frozen=True)
class _Heard:
    """What a team would play, (T, R, N, A), what it did, (T, R, N), and the shapes of what it drew at each step."""

    policies: np.ndarray
    actions: np.ndarray
    drawn: list

    @property
    def draws_by_agent(self):
        """Whether all luck is drawn in arrays (R, N, …)."""
        return all(shape[:2] == self.actions.shape[1:] for draws in self.drawn for _, shape in draws)

    def drew_like(self, other):
        """Say at which steps (T,) both drew the same arrays (R, …), so that each run had the same luck."""
        runs = self.actions.shape[1]
        pairs = zip(self.drawn, other.drawn, strict=True)
        return np.array([one == two and all(shape[:1] == (runs,) for _, shape in one) for one, two in pairs])


def _give(team, record, seed, agent=None):
    """Give a copy of the team what was recorded; yield the copy before each act, with the time and its luck."""
    team = deepcopy(team)
    for time, started in enumerate(record.started):
        if started.any() and hasattr(team, "begin"):
            team.begin(started)
        if hasattr(team, "watch"):
            team.watch(record.state[time])
        yield time, team, _Luck([seed, time], record.observations.shape[1:3], agent)


def _listen(team, record, asked, seed, agent=None):
    """Note what the team would play at `asked`, and what it does when given the record."""
    policies, actions, drawn = [], [], []
    for time, now, luck in _give(team, record, seed, agent):
        policies.append(now.policies(asked.observations[time]))
        actions.append(now.act(record.observations[time], luck))
        drawn.append(luck._drawn)
    return _Heard(np.stack(policies), np.stack(actions), drawn)


def _is_moved_now(team, record, mixed, agent, seed):
    """Say whether what the others see at this very moment moves the agent, its memory being what it was."""
    for time, now, _ in _give(team, record, seed):
        heard = []
        for seen, asked in ((mixed, deepcopy(now)), (record, now)):  # the team itself goes on by the record
            luck = _Luck([seed, time], record.observations.shape[1:3])
            policies = asked.policies(seen.observations[time])
            heard.append(_Heard(policies[None], asked.act(seen.observations[time], luck)[None], [luck._drawn]))
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
        heard = _listen(team, record, record, seed + change)
        is_other = (np.abs(expected.policies - heard.policies)[:, :, agent] > TOLERANCE).any(axis=-1)[1:]  # (T - 1, R)
        alike = expected.actions == heard.actions
        own, everybody = _so_far(alike[:, :, agent])[1:], _so_far(alike.all(axis=-1))[1:]
        as_others.append(is_other[own & ~everybody])
        as_luck.append(is_other[everybody])
    as_others, as_luck = np.concatenate(as_others), np.concatenate(as_luck)
    would_show = len(as_luck) * as_others.mean() if len(as_others) else 0  # times, if it were luck that moves it
    return bool(would_show > SURELY and not as_luck.any())


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
