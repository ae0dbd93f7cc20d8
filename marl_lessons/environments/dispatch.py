"""The dispatch game: two workers, two queues of light tasks, one of heavy tasks."""

import numpy as np

from marl_lessons.markov_games import MarkovGame, TabularMarkovGame
from marl_lessons.sketches import draw_agent

HEAVY = 2
WORKERS_NEEDED = np.array([1, 1, 2])
NO_ARRIVALS = np.zeros(3, dtype=np.int64)


class Dispatch(MarkovGame):
    """Two workers choose in every step which of three queues to serve: A, B (light tasks) or H (heavy ones).

        r = light tasks served + heavy_reward · heavy tasks served - lone_penalty · [n_H = 1 and h > 0]
        queues' = min(queues - served + arrivals, caps)

    One worker serves one light task, a heavy task takes both; n_H counts the workers at H. Queues (a, b, h)
    hold at most (2, 2, 1) tasks, and a full queue turns tasks away. The start is uniform over the 18 states.
    Both workers receive r, or each something between r and what it earned itself, where own_0 + own_1 = r:

        r_i = team_share · r + (1 - team_share) · own_i

    Parameters:
        view: "full" shows (a, b, h) to both workers; "own" shows (a, h) to worker 0 and (b, h) to worker 1.
        heavy_reward, lone_penalty: in units of one light task.
        light_arrival, heavy_arrival: probability that a queue receives a task after a step.
        horizon: length of a shift, in steps.
        team_share: 1 pays both workers the team's reward, 0 pays each its own, anything between mixes.
    Raises:
        ValueError: if `view` is neither of the two, or an arrival probability is not in 0 … 1.
    Source: this course.
    """

    num_agents = 2
    num_actions = 3
    action_names = ("A", "B", "H")
    caps = np.array([2, 2, 1])

    def __init__(
        self,
        view="full",
        *,
        heavy_reward=4.0,
        lone_penalty=2.0,
        light_arrival=0.9,
        heavy_arrival=0.5,
        horizon=20,
        team_share=1.0,
    ):
        if view not in ("full", "own"):
            raise ValueError(f'view must be "full" or "own", got {view!r}; choose one of them.')
        self.view = view
        self.heavy_reward = heavy_reward
        self.lone_penalty = lone_penalty
        self.arrival_probabilities = np.array([light_arrival, light_arrival, heavy_arrival])
        self.horizon = horizon
        self.team_share = team_share
        self.num_observations = 18 if view == "full" else 6
        if self.arrival_probabilities.min() < 0 or self.arrival_probabilities.max() > 1:
            raise ValueError(
                "light_arrival and heavy_arrival must lie in 0 … 1, "
                f"got {light_arrival} and {heavy_arrival}; give probabilities."
            )

    def with_view(self, view):
        """Build the same game with another view: all arrivals and rewards stay."""
        light_arrival, _, heavy_arrival = self.arrival_probabilities
        return Dispatch(
            view,
            heavy_reward=self.heavy_reward,
            lone_penalty=self.lone_penalty,
            light_arrival=light_arrival,
            heavy_arrival=heavy_arrival,
            horizon=self.horizon,
            team_share=self.team_share,
        )

    @property
    def states(self):
        """All queues (a, b, h) in the order of `to_tabular`, (18, 3)."""
        return np.indices(self.caps + 1).reshape(3, -1).T

    def reset(self, runs, rng):
        """Draw queues (R, 3) uniformly."""
        return rng.integers(self.caps + 1, size=(runs, 3))

    def observe(self, state):
        """Number what each worker sees: (R, N) in 0 … 17 (full view) or 0 … 5 (own view)."""
        if self.view == "full":
            return np.repeat(self._number(state)[:, None], 2, axis=1)
        own_light, heavy = state[:, :HEAVY], state[:, HEAVY:]  # (R, 2) and (R, 1)
        return own_light * 2 + heavy

    def step(self, state, actions, rng):
        """Serve the queues, then let new tasks arrive; the game itself never ends."""
        arrivals = rng.random(state.shape) < self.arrival_probabilities  # (R, 3)
        next_state, own_rewards = self.outcome(state, actions, arrivals)
        return next_state, self.share(own_rewards), np.zeros(len(state), dtype=bool)

    def outcome(self, queues, actions, arrivals):
        """Work out what follows once chance has spoken: the rules of the game, as a pure function.

        Parameters:
            queues: tasks waiting, integers (…, 3).
            actions: integers (…, N).
            arrivals: new tasks 0 or 1, (…, 3).
        Returns:
            Next queues (…, 3) and what each worker earned itself (…, N). Workers at one queue divide what it pays,
            so that the sum is the team's reward.
        """
        workers = (actions[..., None] == np.arange(3)).sum(axis=-2)  # (…, 3), how many serve each queue
        served = np.minimum(workers // WORKERS_NEEDED, queues)  # (…, 3)
        is_wasted = (workers == 1) & (queues > 0) & (WORKERS_NEEDED == 2)  # (…, 3), one worker at a heavy task
        paid = served * np.array([1, 1, self.heavy_reward]) - self.lone_penalty * is_wasted  # (…, 3), by each queue
        own_rewards = np.take_along_axis(paid / np.maximum(workers, 1), actions, axis=-1)  # (…, N)
        return np.minimum(queues - served + arrivals, self.caps), own_rewards

    def share(self, own_rewards):
        """Turn what the workers earned themselves (…, N) into their rewards (…, N); see the equation above."""
        team_reward = own_rewards.sum(axis=-1, keepdims=True)  # (…, 1)
        return self.team_share * team_reward + (1 - self.team_share) * own_rewards

    def reward_without(self, state, actions):
        """Compute what the team would have earned in a step without one of the workers.

        Parameters:
            state: queues (R, 3).
            actions: integers (R, N).
        Returns:
            What the other one would have earned alone, (R, N), for each worker that is taken away.
        """
        alone = actions[:, ::-1, None]  # (R, N, 1), the other worker by itself
        queues = np.broadcast_to(state[:, None], (*actions.shape, 3))  # (R, N, 3)
        _, own_rewards = self.outcome(queues, alone, NO_ARRIVALS)
        return own_rewards[..., 0]

    def draw_on(self, axes, snapshot):
        """Draw the tasks above their queues, with a ring around those that are served, and below them the workers."""
        served = np.zeros(3) if snapshot.actions is None else self._count_served(snapshot)
        for queue, waiting in enumerate(snapshot.state):
            for place in range(self.caps[queue]):
                ring = "C2" if place < served[queue] else "0.6"
                filling = "0.35" if place < waiting else "none"
                axes.scatter(queue, 1 + place, 700, marker="s", color=filling, edgecolor=ring, linewidth=3)
        for worker, queue in enumerate(() if snapshot.actions is None else snapshot.actions):
            draw_agent(axes, queue + 0.3 * worker - 0.15, 0, worker)
        axes.set_xticks(range(3), ["A", "B", "H: takes both"])
        axes.set_yticks([0, 1, 2], ["workers", "next task", "one more"])
        axes.set(xlim=(-0.6, 2.6), ylim=(-0.6, 2.6))
        axes.tick_params(length=0)
        axes.spines[:].set_visible(False)

    def tell(self, snapshot):
        """Say who goes where, what is served, and what it pays the team."""
        if snapshot.actions is None:
            return f"Waiting: {self.name_state(snapshot.state)}."
        went = " and ".join(f"worker {worker} to {'ABH'[queue]}" for worker, queue in enumerate(snapshot.actions))
        served = self._count_served(snapshot)
        is_lone = (snapshot.actions == HEAVY).sum() == 1 and snapshot.state[HEAVY] > 0
        alone = ", one alone at a heavy task" if is_lone else ""
        _, own_rewards = self.outcome(snapshot.state, snapshot.actions, NO_ARRIVALS)
        return (
            f"{self.name_state(snapshot.state)}: {went}. Served: {served[:HEAVY].sum()} light, {served[HEAVY]} heavy"
            f"{alone}; the team earns {own_rewards.sum():g}."
        )

    def _count_served(self, snapshot):
        left, _ = self.outcome(snapshot.state, snapshot.actions, NO_ARRIVALS)
        return snapshot.state - left  # (3,)

    def name_state(self, state):
        """Write the queues as in `to_tabular`: "a=2 b=1 h=1"."""
        return "a={} b={} h={}".format(*state)

    def to_tabular(self):
        """Write the game down as exact tables, by going through every state, joint action and arrival.

        Returns:
            TabularMarkovGame with S = 18 in the order of `states`. Its agents see the whole state, whatever
            the view; to use policies of another view, look them up at `observe(states)`.
        """
        queues = self.states[:, None, None, None]  # (S, 1, 1, 1, 3)
        joint_actions = np.moveaxis(np.indices((3, 3)), 0, -1)[:, :, None]  # (A, A, 1, N)
        arrivals = np.indices((2, 2, 2)).reshape(3, -1).T  # (8, 3)
        chances = np.where(arrivals, self.arrival_probabilities, 1 - self.arrival_probabilities).prod(axis=-1)
        # (S, A, A, 8, 3) and, since rewards do not depend on the arrivals, (S, A, A, 1, N)
        next_queues, own_rewards = self.outcome(queues, np.broadcast_to(joint_actions, (18, 3, 3, 1, 2)), arrivals)
        is_next = self._number(next_queues)[..., None] == np.arange(18)  # (S, A, A, 8, S)
        return TabularMarkovGame(
            transitions=np.einsum("k,sabkt->sabt", chances, is_next),
            rewards=np.moveaxis(self.share(own_rewards[:, :, :, 0]), -1, 0),
            start=np.full(18, 1 / 18),
            horizon=self.horizon,
            state_names=[self.name_state(queues) for queues in self.states],
            action_names=self.action_names,
        )

    def _number(self, queues):
        return np.ravel_multi_index(tuple(np.moveaxis(queues, -1, 0)), tuple(self.caps + 1))
