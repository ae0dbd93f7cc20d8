"""The rush hour: a harder dispatch game, with a slower worker, a third light queue, and hours that differ."""

import numpy as np

from marl_lessons.markov_games import MarkovGame, TabularMarkovGame
from marl_lessons.sketches import draw_agent

HOUR, HEAVY = 0, 3  # the hour's column of a state, and the heavy queue among the queues
# Of what worker 0 and worker 1 see of (hour, a, b, c, h) in the own view: each the light queues next to it.
OWN_COLUMNS = np.array([[0, 1, 2, 4], [0, 2, 3, 4]])
QUIET, RUSH = (0.3, 0.3, 0.3, 0.6), (0.9, 0.9, 0.9, 0.3)
NO_ARRIVALS = np.zeros(4, dtype=np.int64)


class RushHour(MarkovGame):
    """Two workers choose in every step which of four queues to serve: A, B, C (light tasks) or H (heavy ones).

        r = light tasks served + heavy_reward · heavy tasks served - waste_penalty · [h > 0, n_H > 0, none served]
        queues' = min(queues - served + arrivals, caps),   hour' = hour + 1, and after the last hour 0

    What a worker does in a step succeeds with the probability `speeds[worker]`. A success serves one light task; a
    heavy task takes both workers, and the success of both. Who stands at a heavy task that is not served, alone or
    because one of two fails, wastes something. Queues (a, b, c, h) hold at most (2, 2, 2, 1) tasks, and what arrives
    depends on the hour. The start is uniform over all states (hour, a, b, c, h). Both workers receive r.

    Parameters:
        view: "full" shows the state to both workers; "own" shows (hour, a, b, h) to worker 0 and (hour, b, c, h) to
            worker 1.
        speeds: probabilities (2,) that what a worker does succeeds.
        arrivals: probabilities (hours, 4) that a queue receives a task after a step that begins in this hour.
        heavy_reward, waste_penalty: in units of one light task.
        horizon: length of a shift, in steps, one hour each.
    Raises:
        ValueError: if `view` is neither of the two, or speeds and arrivals are no probabilities of these shapes.
    Source: this course.
    """

    num_agents = 2
    num_actions = 4
    action_names = ("A", "B", "C", "H")
    caps = np.array([2, 2, 2, 1])

    def __init__(
        self,
        view="full",
        *,
        speeds=(1.0, 0.7),
        arrivals=(QUIET, QUIET, RUSH, RUSH),
        heavy_reward=4.0,
        waste_penalty=2.0,
        horizon=20,
    ):
        if view not in ("full", "own"):
            raise ValueError(f'view must be "full" or "own", got {view!r}; choose one of them.')
        self.view, self.horizon = view, horizon
        self.heavy_reward, self.waste_penalty = heavy_reward, waste_penalty
        self.speeds = _check_probabilities("speeds", speeds, (2,))
        self.arrivals = _check_probabilities("arrivals", arrivals, (len(arrivals), 4))
        self.sizes = np.array([len(self.arrivals), *(self.caps + 1)])  # how many values each column of a state takes
        columns = np.tile(np.arange(5), (2, 1)) if view == "full" else OWN_COLUMNS
        self.places = _find_places(self.sizes, columns)  # (5, N)
        self.num_observations = int(self.sizes[columns[0]].prod())

    @property
    def states(self):
        """All states (hour, a, b, c, h) in the order of `to_tabular`, (S, 5)."""
        return np.indices(self.sizes).reshape(5, -1).T

    def reset(self, runs, rng):
        """Draw states (R, 5) uniformly."""
        return rng.integers(self.sizes, size=(runs, 5))

    def observe(self, state):
        """Number what each worker sees: (R, N), in 0 … S - 1 in the full view."""
        return state @ self.places

    def step(self, state, actions, rng):
        """Serve the queues, then let new tasks arrive; the game itself never ends."""
        luck = rng.random((len(state), 6))
        succeeds = luck[:, :2] < self.speeds  # (R, N)
        arrivals = luck[:, 2:] < self.arrivals[state[:, HOUR]]  # (R, 4)
        next_state, rewards = self.outcome(state, actions, succeeds, arrivals)
        return next_state, np.repeat(rewards[:, None], 2, axis=1), np.zeros(len(state), dtype=bool)

    def outcome(self, state, actions, succeeds, arrivals):
        """Work out what follows once chance has spoken: the rules of the game, as a pure function.

        Parameters:
            state: (hour, a, b, c, h), integers (…, 5).
            actions: integers (…, N).
            succeeds: booleans (…, N), whether what each worker does succeeds.
            arrivals: new tasks 0 or 1, (…, 4).
        Returns:
            Next state (…, 5) and the team's reward (…).
        """
        served = self.serve(state, actions, succeeds)  # (…, 4)
        is_wasted = (actions == HEAVY).any(axis=-1) & (state[..., -1] > 0) & (served[..., HEAVY] == 0)
        rewards = served @ np.array([1, 1, 1, self.heavy_reward]) - self.waste_penalty * is_wasted
        queues = np.minimum(state[..., 1:] - served + arrivals, self.caps)
        hours = np.broadcast_to((state[..., :1] + 1) % self.sizes[HOUR], (*queues.shape[:-1], 1))
        return np.concatenate([hours, queues], axis=-1), rewards

    def serve(self, state, actions, succeeds):
        """Count the tasks that are served at each queue, (…, 4); parameters as in `outcome`."""
        at_work = ((actions[..., None] == np.arange(4)) & succeeds[..., None]).sum(axis=-2)  # (…, 4)
        at_work[..., HEAVY] //= 2
        return np.minimum(at_work, state[..., 1:])

    def name_state(self, state):
        """Write a state as in `to_tabular`: "hour=0 a=2 b=1 c=0 h=1"."""
        return "hour={} a={} b={} c={} h={}".format(*state)

    def to_tabular(self):
        """Write the game down as exact tables, by going through every state, joint action, success and arrival.

        Returns:
            TabularMarkovGame in the order of `states`. Its agents see the whole state, whatever the view, and earn
            what is expected: who trains there never sees the luck of a single step.
        """
        states = self.states[:, None, None, None, None]  # (S, 1, 1, 1, 1, 5)
        joint_actions = np.moveaxis(np.indices((4, 4)), 0, -1)[:, :, None, None]  # (A, A, 1, 1, N)
        succeeds, arrivals = _list_bits(2), _list_bits(4)  # (4, N) and (16, 4)
        luck = _weigh(succeeds, self.speeds)  # (4,)
        chances = luck[:, None] * _weigh(arrivals, self.arrivals[self.states[:, HOUR], None])[:, None]  # (S, 4, 16)
        following, rewards = self.outcome(states, joint_actions, succeeds[:, None] == 1, arrivals)
        size = len(self.states)
        cells = np.arange(size * 16).reshape(size, 4, 4, 1, 1) * size + following @ _find_places(self.sizes)
        weights = np.broadcast_to(chances[:, None, None], cells.shape)  # (S, A, A, 4, 16)
        transitions = np.bincount(cells.ravel(), weights.ravel(), minlength=16 * size**2)
        return TabularMarkovGame(
            transitions=transitions.reshape(size, 4, 4, size),
            rewards=np.repeat((rewards[..., 0] @ luck)[None], 2, axis=0),
            start=np.full(size, 1 / size),
            horizon=self.horizon,
            state_names=[self.name_state(state) for state in self.states],
            action_names=self.action_names,
        )


def _find_places(sizes, columns=np.arange(5)):
    """Find by what to multiply a state (…, 5) to number what some of its columns show: (5, …)."""
    columns = np.atleast_2d(columns)
    places = np.zeros((len(columns), 5), dtype=np.int64)
    for row, shown in zip(places, columns, strict=True):
        row[shown] = np.append(np.cumprod(sizes[shown][::-1])[-2::-1], 1)
    return places.squeeze(axis=0) if len(columns) == 1 else places.T


def _list_bits(count):
    """List all ways of 0 and 1, (2^count, count)."""
    return np.indices((2,) * count).reshape(count, -1).T


def _weigh(bits, probabilities):
    """Compute how likely each row of bits is, by the probabilities (…, count) that each is 1."""
    return np.where(bits, probabilities, 1 - probabilities).prod(axis=-1)


def _check_probabilities(name, numbers, shape):
    numbers = np.asarray(numbers, dtype=float)
    if numbers.shape != shape or numbers.min() < 0 or numbers.max() > 1:
        raise ValueError(f"{name} must be probabilities of shape {shape}, got {numbers.tolist()}; correct them.")
    return numbers
