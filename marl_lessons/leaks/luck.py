"""What a team is given once more, with the luck it has had or with other luck, and what it then does."""

from copy import deepcopy
from dataclasses import dataclass

import numpy as np

from marl_lessons.replays import tell


@dataclass(frozen=True)
class Record:
    """What a team was given in T steps of R runs, before it acted.

    Attributes:
        started: booleans (T, R), where an episode starts.
        state: (T, R, …).
        observations: (T, R, N, …).
    """

    started: np.ndarray
    state: np.ndarray
    observations: np.ndarray


class Luck(np.random.Generator):
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

    @property
    def drawn(self):
        """What was drawn so far: pairs of a method's name and a shape."""
        return self._drawn

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
class Heard:
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


def give(team, record, seed, agent=None):
    """Give a copy of the team what was recorded; yield the copy before each act, with the time and its luck."""
    team = deepcopy(team)
    for time, started in enumerate(record.started):
        tell(team, record.state[time], started)
        yield time, team, Luck([seed, time], record.observations.shape[1:3], agent)


def listen(team, record, asked, seed, agent=None):
    """Note what the team would play at `asked`, and what it does when given the record."""
    policies, actions, drawn = [], [], []
    for time, now, luck in give(team, record, seed, agent):
        policies.append(now.policies(asked.observations[time]))
        actions.append(now.act(record.observations[time], luck))
        drawn.append(luck.drawn)
    return Heard(np.stack(policies), np.stack(actions), drawn)
