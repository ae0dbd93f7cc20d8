"""The dispatch game: two workers, two queues of light tasks, one of heavy tasks."""

import numpy as np

from marl_lessons.markov_games import MarkovGame, TabularMarkovGame

HEAVY = 2
WORKERS_NEEDED = np.array([1, 1, 2])


class Dispatch(MarkovGame):
    """Two workers choose in every step which of three queues to serve: A, B (light tasks) or H (heavy ones).

        r = light tasks served + heavy_reward · heavy tasks served - lone_penalty · [n_H = 1 and h > 0]
        queues' = min(queues - served + arrivals, caps)

    One worker serves one light task, a heavy task takes both; n_H counts the workers at H. Queues (a, b, h)
    hold at most (2, 2, 1) tasks, and a full queue turns tasks away. Both workers receive r. The start is
    uniform over the 18 states.

    Parameters:
        view: "full" shows (a, b, h) to both workers; "own" shows (a, h) to worker 0 and (b, h) to worker 1.
        heavy_reward, lone_penalty: in units of one light task.
        light_arrival, heavy_arrival: probability that a queue receives a task after a step.
        horizon: length of a shift, in steps.
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
    ):
        if view not in ("full", "own"):
            raise ValueError(f'view must be "full" or "own", got {view!r}; choose one of them.')
        self.view = view
        self.heavy_reward = heavy_reward
        self.lone_penalty = lone_penalty
        self.arrival_probabilities = np.array([light_arrival, light_arrival, heavy_arrival])
        self.horizon = horizon
        self.num_observations = 18 if view == "full" else 6
        if self.arrival_probabilities.min() < 0 or self.arrival_probabilities.max() > 1:
            raise ValueError(
                "light_arrival and heavy_arrival must lie in 0 … 1, "
                f"got {light_arrival} and {heavy_arrival}; give probabilities."
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
        next_state, team_reward = self.outcome(state, actions, arrivals)
        return next_state, np.repeat(team_reward[:, None], 2, axis=1), np.zeros(len(state), dtype=bool)

    def outcome(self, queues, actions, arrivals):
        """Work out what follows once chance has spoken: the rules of the game, as a pure function.

        Parameters:
            queues: tasks waiting, integers (…, 3).
            actions: integers (…, N).
            arrivals: new tasks 0 or 1, (…, 3).
        Returns:
            Next queues (…, 3) and team reward (…).
        """
        workers = (actions[..., None] == np.arange(3)).sum(axis=-2)  # (…, 3), how many serve each queue
        served = np.minimum(workers // WORKERS_NEEDED, queues)  # (…, 3)
        is_wasted = (workers[..., HEAVY] == 1) & (queues[..., HEAVY] > 0)  # (…)
        team_reward = served @ np.array([1, 1, self.heavy_reward]) - self.lone_penalty * is_wasted
        return np.minimum(queues - served + arrivals, self.caps), team_reward

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
        # (S, A, A, 8, 3) and, since the reward does not depend on the arrivals, (S, A, A, 1)
        next_queues, team_reward = self.outcome(queues, joint_actions, arrivals)
        is_next = self._number(next_queues)[..., None] == np.arange(18)  # (S, A, A, 8, S)
        return TabularMarkovGame(
            transitions=np.einsum("k,sabkt->sabt", chances, is_next),
            rewards=np.stack([team_reward[..., 0]] * 2),
            start=np.full(18, 1 / 18),
            horizon=self.horizon,
            state_names=[f"a={a} b={b} h={h}" for a, b, h in self.states],
            action_names=self.action_names,
        )

    def _number(self, queues):
        return np.ravel_multi_index(tuple(np.moveaxis(queues, -1, 0)), tuple(self.caps + 1))
