"""Teams of which it is known who cheats, and a game for them: what the leak tests of exercise 12.4 are tried on."""

import copy

import numpy as np

from marl_lessons.markov_games import MarkovGame
from marl_lessons.policies import sample_actions, softmax

HONEST = ("sees its own", "remembers what it saw", "remembers what it did")
LEAKS = ("reads the state", "hears the agent before it", "remembers what the agent before it saw")
A_LITTLE = ", a little"  # a leak that moves the probabilities of the last two actions, by a ten-thousandth
AT_TIMES = ", at times"  # a leak that shows in every second run alone, at steps 1 and 2
NUM_ACTIONS, ROWS = 3, 101


class Lots(MarkovGame):
    """Every agent draws a number in each step and sees it; the state holds all of them, and one that nobody sees.

    An episode ends after 4 steps, or with probability 0.1 after each.
    """

    horizon, num_actions, num_observations = 4, NUM_ACTIONS, 5

    def __init__(self, num_agents):
        self.num_agents = num_agents

    def __repr__(self):
        return f"Lots({self.num_agents} agents)"

    def reset(self, runs, rng):
        """Draw numbers (R, N + 1)."""
        return rng.integers(self.num_observations, size=(runs, self.num_agents + 1))

    def observe(self, state):
        """Show every agent its own number, (R, N)."""
        return state[:, :-1]

    def step(self, state, actions, rng):
        """Draw anew; it pays nothing."""
        return self.reset(len(state), rng), np.zeros(actions.shape), rng.random(len(state)) < 0.1


class MadeTeam:
    """A team whose agents draw by the numbers that they know, however they came to know them.

    Parameters:
        kinds: for each agent one of `HONEST`, or one of `LEAKS`, also followed by `A_LITTLE` or `AT_TIMES`.
        seed: of the probabilities.
    """

    def __init__(self, kinds, seed=0):
        self.kinds = tuple(kinds)
        plain = [_take_plain(kind) for kind in self.kinds]
        self.knows = {name: np.array([kind == name for kind in plain]) for name in (*HONEST[1:], *LEAKS)}
        self.is_little, self.is_at_times = (_end(self.kinds, how) for how in (A_LITTLE, AT_TIMES))
        self.table = softmax(np.random.default_rng(seed).normal(size=(len(self.kinds), ROWS, NUM_ACTIONS)))
        self.seen_last = self.did_last = self.state = None
        self.steps, self.said = 0, None

    def __deepcopy__(self, memo):
        return copy.copy(self)  # nothing that it holds is ever changed in place

    def __repr__(self):
        return f"MadeTeam of: {'; '.join(self.kinds)}"

    @property
    def who_leaks(self):
        """Booleans (N,), by the way the team is made."""
        return np.array([_take_plain(kind) in LEAKS for kind in self.kinds])

    def begin(self, started):
        """Forget what was, in the runs (R,) in which an episode starts."""
        if self.seen_last is None:
            self.seen_last = np.zeros((len(started), len(self.kinds)), dtype=int)
            self.did_last = self.seen_last.copy()
        self.seen_last, self.did_last = (
            np.where(started[:, None], 0, last) for last in (self.seen_last, self.did_last)
        )
        self.said = None

    def watch(self, state):
        """See the state, (R,) or (R, D)."""
        self.state, self.said = state.reshape(len(state), -1), None

    def policies(self, observations):
        """Say how likely each action is, (R, N, A)."""
        if self.said is not None and np.array_equal(self.said[0], observations):  # the same again, before it acts
            return self.said[1].copy()
        if self.state is None or self.seen_last is None:
            raise ValueError("Nobody told this team that an episode starts. `record` and `replay` do: ask them.")
        before = np.arange(len(self.kinds)) - 1  # the agent before: of agent 0 the last one
        sources = {
            "remembers what it saw": lambda: self.seen_last,
            "remembers what it did": lambda: self.did_last,
            "reads the state": lambda: (self.state @ (1 + np.arange(self.state.shape[1])))[:, None],
            "hears the agent before it": lambda: observations[:, before],
            "remembers what the agent before it saw": lambda: self.seen_last[:, before],
        }  # each (R, N) or (R, 1)
        known = sum(who * sources[name]() for name, who in self.knows.items() if who.any())
        if self.is_at_times.any():
            is_time = (np.arange(len(observations)) % 2 == 1)[:, None] & (self.steps in (1, 2))
            known = known * (is_time | ~self.is_at_times)
        policies = self.table[before + 1, (7 * observations + 23 * known) % ROWS]  # (R, N, A)
        if self.is_little.any():
            by_sight = self.table[before + 1, 7 * observations % ROWS]
            moved = by_sight + 1e-4 * (policies - by_sight)[..., 1:2] * [0, 1, -1]
            policies = np.where(self.is_little[:, None], moved, policies)
        self.said = observations.copy(), policies
        return self.said[1].copy()

    def act(self, observations, rng, explore=True):
        """Draw actions (R, N), and remember."""
        actions = sample_actions(self.policies(observations), rng)
        self.seen_last, self.did_last = observations + 1, actions + 1
        self.steps, self.said = self.steps + 1, None
        return actions


def _take_plain(kind):
    """Leave out how much or how often something leaks."""
    return kind.removesuffix(A_LITTLE).removesuffix(AT_TIMES)


def _end(kinds, how):
    """Say of each kind whether it ends so, booleans (N,)."""
    return np.array([kind.endswith(how) for kind in kinds])
