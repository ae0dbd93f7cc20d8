"""The Markov-game contract, and games given as explicit tables.

Axes, here and in every other module: R runs, N agents, A actions, S states.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from marl_lessons.arrays import check_distribution, check_shape, draw_index


@dataclass(frozen=True)
class Snapshot:
    """One step of one run, as a game draws and tells it: state (…), actions and rewards (N,), next state (…).

    Where the episode is over, or has just begun, there is a state alone.
    """

    state: np.ndarray
    actions: np.ndarray | None = None
    rewards: np.ndarray | None = None
    next_state: np.ndarray | None = None


class MarkovGame(ABC):
    """A description of a game in which N agents act at the same time, played in R runs at once.

        P(s' | s, a_1, …, a_N)   and   r_i(s, a_1, …, a_N, s')   for every agent i

    A game holds no state: the state is an array that travels from `reset` through `step`, so the same state can be
    stepped twice and nothing changes behind the caller's back.

    Attributes:
        num_agents: N.
        num_actions: A, the same for every agent.
        horizon: steps after which the loop, not the game, cuts an episode off (a truncation), or None.
        num_observations: observations are integers in 0 … num_observations - 1; None if they are features.
        observation_shape: shape of one agent's features; () where observations are integers.
        action_names: A names, or () for none.

    Source: Shapley 1953, "Stochastic games"; Littman 1994, "Markov games as a framework for …".
    """

    num_agents: int
    num_actions: int
    horizon: int | None = None
    num_observations: int | None = None
    observation_shape: tuple[int, ...] = ()
    action_names: tuple[str, ...] = ()

    @abstractmethod
    def reset(self, runs, rng):
        """Draw one start state for each run.

        Parameters:
            runs: R.
            rng: numpy random Generator, the only source of chance.
        Returns:
            State (R, …). What is in it is the game's own business.
        """

    @abstractmethod
    def observe(self, state):
        """Say what each agent sees of the state; a pure function.

        Parameters:
            state: (R, …), as `reset` or `step` returned it.
        Returns:
            Observations: integers (R, N), or features (R, N, *observation_shape).
        """

    @abstractmethod
    def step(self, state, actions, rng):
        """Play one step in every run; never changes `state`.

        Parameters:
            state: (R, …), of which no run has terminated.
            actions: integers (R, N) in 0 … A - 1.
            rng: numpy random Generator.
        Returns:
            next_state: (R, …).
            rewards: (R, N), one reward for each agent.
            terminated: booleans (R,), True where the game ended by its own rules: no reward can follow. The horizon
                is no end of the game; the loop reports it.
        """

    def global_view(self, state):
        """Say what may be seen in training by a critic that stands above the agents; a pure function.

        Parameters:
            state: (R, …), as `reset` or `step` returned it.
        Returns:
            (R, D); unless a game knows better, everybody's observations side by side.
        """
        observations = self.observe(state)  # (R, N, …)
        return observations.reshape(len(observations), -1)

    @cached_property
    def view_sizes(self):
        """How many values each column of `global_view` takes, D whole numbers, or None where it holds features.

        A game with a global view of its own sets its sizes itself; unless it does, its view counts as features.
        """
        is_own = type(self).global_view is not MarkovGame.global_view
        return None if is_own or self.num_observations is None else (self.num_observations,) * self.num_agents

    def draw_on(self, axes, snapshot):
        """Draw a Snapshot on matplotlib axes, agent i in the color "Ci"; without a picture of its own, in words."""
        axes.axis("off")
        axes.text(0.5, 0.5, self.tell(snapshot), ha="center", va="center", wrap=True, transform=axes.transAxes)

    def tell(self, snapshot):
        """Say in a sentence what happens in a Snapshot."""
        if snapshot.actions is None:
            return f"State: {self.name_state(snapshot.state)}."
        did = ", ".join(f"agent {agent}: {self.name_action(action)}" for agent, action in enumerate(snapshot.actions))
        return f"{did}; rewards {', '.join(f'{reward:.3g}' for reward in snapshot.rewards)}."

    def name_state(self, state):
        """Write one run's state in words."""
        return np.array2string(state, precision=2)

    def name_action(self, action):
        """Write an action as its name, or as its number where it has none."""
        return self.action_names[action] if self.action_names else str(action)


class TabularMarkovGame(MarkovGame):
    """A Markov game given by its tables; every agent sees the state.

        P(s' | s, a) = transitions[s, a_1, …, a_N, s'],   E[r_i | s, a] = rewards[i, s, a_1, …, a_N]

    Parameters:
        transitions: probabilities (S, A, …, A, S).
        rewards: expected rewards (N, S, A, …, A).
        start: distribution (S,) of the first state.
        terminal: booleans (S,); entering such a state ends the episode, and its value is 0. Default: none.
        horizon: steps until the loop truncates an episode, or None.
        state_names, action_names: S and A names, or None.
    Raises:
        ValueError: where shapes disagree, a distribution does not sum to 1, or a number is not finite.
    """

    def __init__(self, transitions, rewards, start, terminal=None, horizon=None, state_names=None, action_names=None):
        self.transitions = np.asarray(transitions, dtype=float)
        self.rewards = np.asarray(rewards, dtype=float)
        self.start = np.asarray(start, dtype=float)
        self.num_states = self.num_observations = len(self.start)
        self.view_sizes = (self.num_states,)
        self.terminal = np.zeros(self.num_states, bool) if terminal is None else np.asarray(terminal, bool)
        self.num_agents = len(self.rewards)
        self.num_actions = self.transitions.shape[1]
        self.horizon = horizon
        self.state_names = tuple(state_names or ())
        self.action_names = tuple(action_names or ())
        self._check_tables()

    def reset(self, runs, rng):
        """Draw states (R,) from `start`."""
        return draw_index(np.broadcast_to(np.cumsum(self.start), (runs, self.num_states)), rng)

    def observe(self, state):
        """Show the state's index (R,) to every agent: (R, N)."""
        return np.repeat(state[:, None], self.num_agents, axis=1)

    def global_view(self, state):
        """Show the state's index once: (R, 1)."""
        return state[:, None]

    def step(self, state, actions, rng):
        """Draw the next states (R,) and look up the expected rewards (R, N)."""
        cell = np.ravel_multi_index((state, *actions.T), self.rewards.shape[1:])  # (R,)
        successors, cumulative = self._successors
        drawn = draw_index(cumulative.take(cell, axis=0), rng)  # (R,)
        next_state = successors[cell, drawn]  # (R,)
        return next_state, self._rewards_by_cell.take(cell, axis=0), self.terminal[next_state]

    def name_state(self, state):
        """Write one run's state as its name, or as its number where it has none."""
        return self.state_names[state] if self.state_names else str(state)

    def with_rewards(self, rewards):
        """Build the same game with other expected rewards (N, S, A, …, A)."""
        names = self.state_names, self.action_names
        return TabularMarkovGame(self.transitions, rewards, self.start, self.terminal, self.horizon, *names)

    @cached_property
    def _successors(self):
        """List the K states that can follow each cell (s, a), with running sums of their probabilities.

        Where few states can follow, this is much shorter than a row of `transitions`, and a step much faster.
        """
        transitions = self.transitions.reshape(-1, self.num_states)  # (cells, S)
        is_possible = transitions > 0
        num_successors = is_possible.sum(axis=-1).max()  # K
        # A stable sort brings the possible states to the front, in their order.
        successors = np.argsort(~is_possible, axis=-1, kind="stable")[:, :num_successors]  # (cells, K)
        return successors, np.cumsum(np.take_along_axis(transitions, successors, axis=-1), axis=-1)

    @cached_property
    def _rewards_by_cell(self):
        return self.rewards.reshape(self.num_agents, -1).T.copy()  # (cells, N)

    def _check_tables(self):
        table = (self.num_states, *[self.num_actions] * self.num_agents)  # (S, A, …, A)
        check_shape("transitions", self.transitions, (*table, self.num_states))
        check_shape("rewards", self.rewards, (self.num_agents, *table))
        check_shape("terminal", self.terminal, (self.num_states,))
        check_distribution("transitions", self.transitions)
        check_distribution("start", self.start)
        if not np.isfinite(self.rewards).all():
            raise ValueError("rewards must be finite, got NaN or infinity; correct those entries.")
        if self.start[self.terminal].any():
            raise ValueError(
                "start must give terminal states probability 0, got "
                f"{self.start[self.terminal].sum():.3g}; start the episode in another state."
            )
        for name, names, count in [
            ("state_names", self.state_names, self.num_states),
            ("action_names", self.action_names, self.num_actions),
        ]:
            if names and len(names) != count:
                raise ValueError(f"{name} must hold {count} names, got {len(names)}; give one each, or None.")
