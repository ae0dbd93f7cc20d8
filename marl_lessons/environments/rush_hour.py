"""The rush hour: a harder dispatch game, with a slower worker, a third light queue, and hours that differ."""

import numpy as np

from marl_lessons.markov_games import MarkovGame, TabularMarkovGame
from marl_lessons.sketches import draw_agent

HOUR, HEAVY = 0, 3  # the hour's column of a state, and the heavy queue among the queues
# Which of (hour, a, b, c, h) worker 0 and worker 1 see in each view.
ALL_COLUMNS, OWN_COLUMNS = np.tile(np.arange(5), (2, 1)), np.array([[0, 1, 2, 4], [0, 2, 3, 4]])
QUIET, RUSH = (0.3, 0.3, 0.3, 0.5), (0.9, 0.9, 0.9, 0.5)  # how likely each queue receives a task
AT_EASE, IN_TRAFFIC = (1.0, 0.8), (1.0, 0.2)  # how likely each worker succeeds
NO_ARRIVALS = np.zeros(4, dtype=np.int64)


class RushHour(MarkovGame):
    """Two workers choose in every step which of four queues to serve: A, B, C (light tasks) or H (heavy ones).

        r = light tasks served + heavy_reward · heavy tasks served - waste_penalty · [h > 0, n_H > 0, none served]
        queues' = min(queues - served + arrivals, caps),   hour' = hour + 1, and after the last hour 0

    What a worker does in a step succeeds with a probability that depends on the hour: worker 0 never fails, worker 1
    is slower and mostly fails in the two rush hours. A success serves one light task; a heavy task takes both workers,
    and the success of both. Where somebody stands at a heavy task that is not served, because one is alone or one
    fails, the team pays the penalty, once. Queues (a, b, c, h) hold at most (2, 2, 2, 1) tasks, and a full queue turns
    tasks away. What arrives depends on the hour, too. The start is uniform over all states (hour, a, b, c, h). Both
    workers receive r.

    With other speeds, arrivals and rewards it is a game that nobody has seen; the number of hours is up to you.

    Parameters:
        view: "full" shows the state to both workers; "own" shows (hour, a, b, h) to worker 0 and (hour, b, c, h) to
            worker 1.
        speeds: probabilities (hours, 2) that what a worker does in this hour succeeds.
        arrivals: probabilities (hours, 4) that a queue receives a task after a step that begins in this hour.
        heavy_reward, waste_penalty: in units of one light task.
        horizon: length of a shift, in steps, one hour each.
    Raises:
        ValueError: if `view` is neither of the two, or arrivals or speeds are no probabilities of these shapes.
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
        speeds=(AT_EASE, AT_EASE, IN_TRAFFIC, IN_TRAFFIC),
        arrivals=(QUIET, QUIET, RUSH, RUSH),
        heavy_reward=6.0,
        waste_penalty=2.0,
        horizon=20,
    ):
        if view not in ("full", "own"):
            raise ValueError(f'view must be "full" or "own", got {view!r}; choose one of them.')
        self.view, self.horizon = view, horizon
        self.heavy_reward, self.waste_penalty = heavy_reward, waste_penalty
        self.arrivals = _check_probabilities("arrivals", arrivals, 4)
        self.speeds = _check_probabilities("speeds", speeds, 2, len(self.arrivals))
        self.sizes = np.array([len(self.arrivals), *(self.caps + 1)])  # how many values each column of a state takes
        columns = ALL_COLUMNS if view == "full" else OWN_COLUMNS
        self.places = _find_places(self.sizes, columns)  # (5, N)
        self.num_observations = int(self.sizes[columns[0]].prod())

    def with_view(self, view):
        """Build the same game with another view: all hours, speeds, arrivals and rewards stay."""
        kept = {"speeds": self.speeds, "arrivals": self.arrivals, "horizon": self.horizon}
        return RushHour(view, **kept, heavy_reward=self.heavy_reward, waste_penalty=self.waste_penalty)

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
        succeeds = luck[:, :2] < self.speeds[state[:, HOUR]]  # (R, N)
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
        is_there = (actions[..., 0] == HEAVY) | (actions[..., 1] == HEAVY)  # (…), somebody is at the heavy queue
        is_wasted = is_there & (state[..., -1] > 0) & (served[..., HEAVY] == 0)
        rewards = served @ np.array([1, 1, 1, self.heavy_reward]) - self.waste_penalty * is_wasted
        queues = np.minimum(state[..., 1:] - served + arrivals, self.caps)
        following = np.empty((*queues.shape[:-1], 5), dtype=np.int64)
        following[..., HOUR] = (state[..., HOUR] + 1) % self.sizes[HOUR]
        following[..., 1:] = queues
        return following, rewards

    def serve(self, state, actions, succeeds):
        """Count the tasks that are served at each queue, (…, 4); parameters as in `outcome`."""
        at_work = ((actions[..., None] == np.arange(4)) & succeeds[..., None]).sum(axis=-2)  # (…, 4)
        at_work[..., HEAVY] //= 2
        return np.minimum(at_work, state[..., 1:])

    def draw_on(self, axes, snapshot):
        """Draw hours, tasks, with a ring around those that are served, and workers, with a cross on who fails."""
        self._draw_hours(axes, snapshot.state[HOUR])
        served, fails = self._look_back(snapshot)
        for queue, waiting in enumerate(snapshot.state[1:]):
            for place in range(self.caps[queue]):
                ring = "C2" if place < served[queue] else "0.6"
                filling = "0.35" if place < waiting else "none"
                axes.scatter(queue, 1 + place, 500, marker="s", color=filling, edgecolor=ring, linewidth=3)
        for worker, queue in enumerate(() if snapshot.actions is None else snapshot.actions):
            place = queue + 0.48 * worker - 0.24
            draw_agent(axes, place, 0, worker)
            axes.text(
                place, -0.45, f"{self.speeds[snapshot.state[HOUR], worker]:.0%}", ha="center", va="top", fontsize=7
            )
            if fails[worker]:
                axes.scatter(place, 0, 500, marker="x", color="black", linewidth=2, zorder=5)
        axes.set_xticks(range(4), ["A", "B", "C", "H: takes both"])
        axes.set_yticks([-0.6, 0, 1, 2, 3], ["their chance", "workers", "next task", "one more", "hour"])
        axes.set(xlim=(-0.6, 3.7), ylim=(-1, 3.6))
        axes.tick_params(length=0)
        axes.spines[:].set_visible(False)

    def _draw_hours(self, axes, now):
        """Draw a bar for each hour, as high as it brings light tasks; the one that it is now is dark."""
        width = 3.6 / len(self.arrivals)
        for hour, height in enumerate(self.arrivals[:, :HEAVY].mean(axis=1)):
            middle, color = width * (hour + 0.5) - 0.3, "0.35" if hour == now else "0.85"
            axes.bar(middle, 0.8 * height, 0.9 * width, 2.7, color=color)
            axes.text(middle, 2.75, hour, color="white" if hour == now else "0.4", ha="center", fontsize=7)

    def tell(self, snapshot):
        """Say who goes where, what is served, who fails, and what it pays the team."""
        if snapshot.actions is None:
            return f"Waiting: {self.name_state(snapshot.state)}."
        names = [self.action_names[queue] for queue in snapshot.actions]
        went = " and ".join(f"worker {worker} to {name}" for worker, name in enumerate(names))
        served, fails = self._look_back(snapshot)
        is_lone = (snapshot.actions == HEAVY).sum() == 1 and snapshot.state[-1] > 0
        alone = ", one alone at a heavy task" if is_lone else ""
        failed = "".join(f"; worker {worker} fails" for worker in np.flatnonzero(fails))
        return (
            f"{self.name_state(snapshot.state)}: {went}. Served: {served[:HEAVY].sum()} light, {served[HEAVY]} heavy"
            f"{alone}{failed}; the team earns {snapshot.rewards.mean():g}."
        )

    def _look_back(self, snapshot):
        """Find what was served (4,) and who failed (N,), from what was paid and what waits after the step."""
        if snapshot.actions is None:
            return np.zeros(4, dtype=np.int64), np.zeros(2, dtype=bool)
        possible = _list_bits(2)  # (4, N)
        following, rewards = self.outcome(snapshot.state, snapshot.actions, possible, NO_ARRIVALS)
        arrived = snapshot.next_state[1:] - following[:, 1:]  # (4, 4)
        agrees = ((arrived == 0) | (arrived == 1)).all(axis=1) & np.isclose(rewards, snapshot.rewards.mean())
        likeliest = (agrees * _weigh(possible, self.speeds[snapshot.state[HOUR]])).argmax()
        served = self.serve(snapshot.state, snapshot.actions, possible)  # (4, 4), the last row if both succeed
        is_less = served[likeliest] < served[-1]  # (4,)
        return served[likeliest], ~possible[likeliest] & is_less[snapshot.actions]

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
        hours = self.states[:, HOUR, None]  # (S, 1)
        luck = _weigh(succeeds, self.speeds[hours])  # (S, 4)
        chances = luck[:, :, None] * _weigh(arrivals, self.arrivals[hours])[:, None]  # (S, 4, 16)
        following, rewards = self.outcome(states, joint_actions, succeeds[:, None], arrivals)
        size = len(self.states)
        cells = np.arange(size * 16).reshape(size, 4, 4, 1, 1) * size + self._number(following)
        weights = np.broadcast_to(chances[:, None, None], cells.shape)  # (S, A, A, 4, 16)
        transitions = np.bincount(cells.ravel(), weights.ravel(), minlength=16 * size**2)
        return TabularMarkovGame(
            transitions=transitions.reshape(size, 4, 4, size),
            rewards=np.repeat(np.einsum("sabl,sl->sab", rewards[..., 0], luck)[None], 2, axis=0),
            start=np.full(size, 1 / size),
            horizon=self.horizon,
            state_names=[self.name_state(state) for state in self.states],
            action_names=self.action_names,
        )

    def _number(self, state):
        return state @ _find_places(self.sizes, ALL_COLUMNS)[:, 0]


def _find_places(sizes, columns):
    """Find by what to multiply a state (…, 5) to number what its columns (N, K) show to each of N: (5, N)."""
    places = np.zeros((len(columns), 5), dtype=np.int64)
    for row, shown in zip(places, columns, strict=True):
        row[shown] = np.append(np.cumprod(sizes[shown][:0:-1])[::-1], 1)
    return places.T


def _list_bits(count):
    """List all ways of False and True, booleans (2^count, count)."""
    return np.indices((2,) * count).reshape(count, -1).T == 1


def _weigh(bits, probabilities):
    """Compute how likely each row of bits is, by the probabilities (…, count) that each is 1."""
    return np.where(bits, probabilities, 1 - probabilities).prod(axis=-1)


def _check_probabilities(name, numbers, columns, hours=None):
    """Check probabilities (hours, columns); without a number of hours, at least one."""
    try:
        checked = np.asarray(numbers, dtype=float)
    except (TypeError, ValueError):  # rows of different lengths, or no numbers
        checked = np.empty(0)
    fits = checked.ndim == 2 and len(checked) == (hours or max(len(checked), 1)) and checked.shape[1] == columns
    if not fits or not ((checked >= 0) & (checked <= 1)).all():
        shape = f"({hours or 'hours'}, {columns})"
        raise ValueError(f"{name} must be probabilities of shape {shape}, got {numbers}; give a row for each hour.")
    return checked
