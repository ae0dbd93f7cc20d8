"""Districts: the dispatch game grown to thousands of workers, all of it computed from counts."""

import numpy as np

from marl_lessons.markov_games import MarkovGame
from marl_lessons.plans import Counts
from marl_lessons.sketches import draw_map

LIGHT, HEAVY, GO = range(3)
VIEWS, REWARDS = ("local", "map"), ("team", "difference")
EDGES = np.array([0.0, 0.5, 1.0])  # of waiting work for each worker, in steps; they bound four levels
LEVELS = len(EDGES) + 1


class Districts(MarkovGame):
    """N workers in D districts serve light and heavy tasks, or travel to where more of them wait.

        r_d = min(n_light, l) + heavy_reward · min(⌊n_heavy / 2⌋, h) - lone_penalty · [n_heavy odd and below 2h]
        G = Σ_d r_d

    A district d of size n (N/D, rounded so that all sizes sum to N) has l ≤ 2n light and h ≤ n heavy tasks. After the
    service come Bin(n, light_arrival) light tasks and Bin(n, heavy_arrivals[busy]) heavy ones, a full queue turns
    tasks away, and each district turns from quiet to busy, or back, with probability `switch`. Who travels serves
    nothing in this step. Workers begin at home, n in each district, the queues and who is busy at random.

        "team": G        "difference": G - G without it, in this step

    A worker with the local view has three actions: light, heavy, or go to the neediest district, that in which
    (l + 2h) / workers is largest (the first one of equals). It sees how many light tasks wait in its own district for
    each worker there, none, up to half, up to one, or more, and the same of 2h: 16 observations. With the view of the
    map all see the state, and can name where they go: light, heavy, to district 0, …, to district D - 1. A single
    district leaves two actions, light and heavy. A state is (district of each worker, light, heavy, busy), (R, N + 3D).

    Parameters:
        num_agents, num_districts: N and D.
        reward: "team" or "difference".
        view: "local" (integers) or "map" (the whole state, as features).
        travel: False leaves light and heavy alone, and everybody at home.
        light_arrival: tasks for each home worker and step.
        heavy_arrivals: the same of heavy tasks, in a quiet and in a busy district.
        switch: probability that a district turns busy or quiet after a step.
        heavy_reward, lone_penalty: what a heavy task pays, and what it costs if a worker without a partner tries one,
            in units of one light task.
        horizon: steps of a shift, or None for one without end.
    Raises:
        ValueError: if there are fewer workers than districts, none of either, a name that is none of these, or a
            probability that is not in 0 … 1.
    Source: this course.
    """

    num_situations = LEVELS**2  # that a worker tells apart in its district

    def __init__(
        self,
        num_agents=120,
        num_districts=10,
        *,
        reward="team",
        view="local",
        travel=True,
        light_arrival=0.3,
        heavy_arrivals=(0.05, 0.65),
        switch=0.02,
        heavy_reward=4.0,
        lone_penalty=2.0,
        horizon=None,
    ):
        _check_choices(reward, view)
        _check_numbers(num_agents, num_districts, (light_arrival, *heavy_arrivals, switch))
        self.num_agents, self.num_districts, self.horizon = num_agents, num_districts, horizon
        self.reward, self.view = reward, view
        self.light_arrival, self.heavy_arrivals = light_arrival, np.array(heavy_arrivals, dtype=float)
        self.switch, self.heavy_reward, self.lone_penalty = switch, heavy_reward, lone_penalty
        self.sizes = np.full(num_districts, num_agents // num_districts, dtype=np.intp)  # (D,), n
        self.sizes[: num_agents % num_districts] += 1
        goes = ("go",) if view == "local" else tuple(f"to {district}" for district in range(num_districts))
        self.action_names = ("light", "heavy", *(goes if travel and num_districts > 1 else ()))
        self.num_actions = len(self.action_names)
        self.num_observations = self.num_situations if view == "local" else None
        self.observation_shape = () if view == "local" else (num_agents + 3 * num_districts,)

    def bound(self):
        """Compute what no team can exceed in the long run, as reward for each worker and step.

            max l + heavy_reward · h    where    l ≤ light_arrival,  h ≤ mean of heavy_arrivals,  l + 2h ≤ 1

        1.7 by default; where few districts are all busy at times, `solvers.bound_districts` comes closer.
        """
        heavy, light = self.heavy_arrivals.mean(), self.light_arrival
        if self.heavy_reward > 2:  # what is served first is worth more for each worker that it takes
            heavy = min(heavy, 0.5)
            return float(self.heavy_reward * heavy + min(light, 1 - 2 * heavy))
        return float(light + self.heavy_reward * min(heavy, (1 - light) / 2))

    def reset(self, runs, rng):
        """Draw states (R, N + 3D)."""
        home = np.repeat(np.arange(self.num_districts, dtype=np.int64), self.sizes)  # (N,)
        tops = 2 * self.sizes, self.sizes, np.ones_like(self.sizes)
        light, heavy, busy = (rng.integers(top + 1, size=(runs, self.num_districts)) for top in tops)
        return np.concatenate([np.broadcast_to(home, (runs, self.num_agents)), light, heavy, busy], axis=1)

    def split(self, state):
        """Split a state (R, N + 3D) into the district of each worker (R, N) and the Counts."""
        places, queues = state[:, : self.num_agents], state[:, self.num_agents :]
        return places, Counts(self.count(places), *np.split(queues, 3, axis=1))

    def count(self, places, chosen=None):
        """Count workers by district: integers (R, N) in 0 … D - 1, and booleans (R, N), or None for all -> (R, D)."""
        runs = len(places)
        numbered = places + self.num_districts * np.arange(runs, dtype=np.int64)[:, None]  # a number for each
        return np.bincount(
            numbered.ravel() if chosen is None else numbered[chosen], minlength=runs * self.num_districts
        ).reshape(runs, -1)

    def observe(self, state):
        """Number what each worker sees (R, N), or show all the state, (R, N, N + 3D), which takes no more memory."""
        if self.view == "map":
            return np.broadcast_to(state[:, None], (len(state), self.num_agents, state.shape[1]))
        places, counts = self.split(state)
        return np.take_along_axis(self.look(counts), places, axis=1)

    def look(self, counts):
        """Number what there is to see in each district, (…, D) in 0 … 15."""
        workers = np.maximum(counts.workers, 1)
        light, heavy = (np.searchsorted(EDGES, work / workers) for work in (counts.light, 2 * counts.heavy))
        return light * LEVELS + heavy

    def global_view(self, state):
        """Show the four Counts side by side, (R, 4D)."""
        return np.concatenate(self.split(state)[1], axis=1)

    def step(self, state, actions, rng):
        """Serve the queues and let workers travel, then let tasks arrive and districts turn."""
        places, counts = self.split(state)
        at = self._count_tasks(places, actions)
        left, earned = self.outcome(*at, counts)
        rewards = earned.sum(axis=1, keepdims=True)  # (R, 1)
        if self.reward == "difference":
            rewards = np.take_along_axis(self.missed_without(*at, counts), 3 * places + np.minimum(actions, GO), axis=1)
        next_places = np.where(actions < GO, places, self._find_destinations(actions, counts))
        next_state = np.concatenate([next_places, *self.arrive(left, rng)[1:]], axis=1)
        return next_state, np.broadcast_to(rewards, actions.shape), np.zeros(len(state), dtype=bool)

    def outcome(self, at_light, at_heavy, counts):
        """Work out what is served: the rules of the game, as a pure function.

        Parameters:
            at_light, at_heavy: how many workers of each district serve which tasks, integers (…, D).
            counts: the Counts before, of that shape.
        Returns:
            The Counts after service, with the same workers, and what each district earned, (…, D).
        """
        light, heavy = np.minimum(at_light, counts.light), np.minimum(at_heavy // 2, counts.heavy)
        left = counts._replace(light=counts.light - light, heavy=counts.heavy - heavy)
        return left, light + self._pay_heavy(at_heavy, counts.heavy)

    def _pay_heavy(self, at_heavy, heavy):
        is_wasted = (at_heavy % 2 == 1) & (at_heavy < 2 * heavy)
        return self.heavy_reward * np.minimum(at_heavy // 2, heavy) - self.lone_penalty * is_wasted

    def missed_without(self, at_light, at_heavy, counts):
        """Compute what a district would have missed in a step without one of its workers.

        Parameters:
            at_light, at_heavy, counts: as in `outcome`, (R, D).
        Returns:
            (R, 3D): at number 3d + 0, 1, 2 for a worker of district d at light tasks, at heavy ones, or on its way.
        """
        light = at_light <= counts.light
        heavy = self._pay_heavy(at_heavy, counts.heavy) - self._pay_heavy(at_heavy - 1, counts.heavy)
        return np.stack([light, heavy, np.zeros(light.shape)], axis=-1).reshape(len(light), -1)

    def earn(self, state, actions):
        """Compute what each district earns in a step, (R, D), whatever the workers are paid."""
        places, counts = self.split(state)
        return self.outcome(*self._count_tasks(places, actions), counts)[1]

    def _count_tasks(self, places, actions):
        return [self.count(places, actions == task) for task in (LIGHT, HEAVY)]

    def _find_destinations(self, actions, counts):
        if self.view == "map":
            return actions - GO
        need = (counts.light + 2 * counts.heavy) / np.maximum(counts.workers, 1)  # (R, D)
        return need.argmax(axis=1)[:, None]  # (R, 1)

    def arrive(self, counts, rng):
        """Let tasks arrive and districts turn busy or quiet, (…, D); the workers stay where they are."""
        shape = counts.busy.shape
        light = np.minimum(counts.light + rng.binomial(self.sizes, self.light_arrival, shape), 2 * self.sizes)
        heavy = np.minimum(counts.heavy + rng.binomial(self.sizes, self.heavy_arrivals[counts.busy]), self.sizes)
        busy = counts.busy ^ (rng.random(shape) < self.switch)
        return Counts(counts.workers, light, heavy, busy)

    def draw_on(self, axes, snapshot):
        """Draw a map: in each district what waits and who is there, a frame where it is busy, and who travels."""
        places, counts = self._split_one(snapshot.state)
        flows = np.zeros((self.num_districts, self.num_districts))
        if snapshot.actions is not None:
            np.add.at(flows, (places, self._split_one(snapshot.next_state)[0]), 1)
        self.draw_counts(axes, counts, flows)

    def draw_counts(self, axes, counts, flows):
        """Draw the map from Counts (D,) and how many workers go from each district to each, (D, D)."""
        shares = np.stack([counts.light / 2, counts.heavy, counts.workers / 2], axis=1) / self.sizes[:, None]
        draw_map(axes, shares, counts.workers, counts.busy, flows / self.sizes.sum())
        axes.set_xlabel("light tasks, heavy tasks, workers; orange frame: busy", fontsize=8)

    def tell(self, snapshot):
        """Say who does what, what is served, and what it pays the team."""
        places, counts = self._split_one(snapshot.state)
        at = () if snapshot.actions is None else self._count_tasks(places[None], snapshot.actions[None])
        return self.tell_counts(counts, *(numbers[0] for numbers in at))

    def tell_counts(self, counts, at_light=None, at_heavy=None):
        """Tell it from Counts (D,) and how many workers serve which tasks, (D,) each, or None at the end."""
        waiting = f"{counts.light.sum()} light and {counts.heavy.sum()} heavy tasks wait"
        if at_light is None:
            return f"{waiting}."
        left, earned = self.outcome(at_light, at_heavy, counts)
        travel = (counts.workers - at_light - at_heavy).sum()
        return (
            f"{waiting}. Of {self.sizes.sum()} workers {at_light.sum()} are at light ones, {at_heavy.sum()} at heavy "
            f"ones and {travel} on their way. Served: {(counts.light - left.light).sum()} light, "
            f"{(counts.heavy - left.heavy).sum()} heavy; the team earns {earned.sum():g}."
        )

    def say_earned(self, snapshots):
        """Say what the team has earned in some steps, whatever the agents were paid."""
        earned = sum(self.earn(snapshot.state[None], snapshot.actions[None]).sum() for snapshot in snapshots)
        return f"the team has earned {earned:,.0f}"

    def _split_one(self, state):
        places, counts = self.split(state[None])
        return places[0], Counts(*(numbers[0] for numbers in counts))


def _check_choices(reward, view):
    for name, choice, choices in [("reward", reward, REWARDS), ("view", view, VIEWS)]:
        if choice not in choices:
            raise ValueError(f"{name} must be one of {choices}, got {choice!r}; choose one of them.")


def _check_numbers(num_agents, num_districts, probabilities):
    if not 1 <= num_districts <= num_agents:
        got = f"got {num_agents} and {num_districts}; give every district a worker."
        raise ValueError(f"num_agents must be at least num_districts, and that at least 1, {got}")
    if min(probabilities) < 0 or max(probabilities) > 1:
        got = f"got {', '.join(map(str, probabilities))}; give probabilities."
        raise ValueError(f"light_arrival, heavy_arrivals and switch must lie in 0 … 1, {got}")
