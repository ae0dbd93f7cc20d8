"""The game of districts for those who decide for a group: heads of districts, and a coordinator above them."""

import numpy as np

from marl_lessons.environments import Districts
from marl_lessons.markov_games import MarkovGame
from marl_lessons.plans import Counts, Plan, count_flows, pair_up, share_out, stay_and_leave

SHARES = np.array([0.0, 0.25, 0.5, 0.75, 1.0])
SPREADS = np.array([0.1, 0.2, 0.3])  # edges between four levels of how many workers are not where the work is


def carry_out(game, counts, plan, rng):
    """Play one step of the districts by a plan, from counts alone: 10,000 workers are no harder than ten.

    Parameters:
        game: a Districts game.
        counts: Counts (…, D); `busy` may lack leading axes, and then they all meet the same arrivals.
        plan: a Plan (…, D).
        rng: numpy random Generator.
    Returns:
        The next Counts, and what each district earned, (…, D).
    """
    staying, _, _ = stay_and_leave(counts.workers, plan.targets)
    left, earned = game.outcome(staying - plan.at_heavy, plan.at_heavy, counts)
    return game.arrive(left._replace(workers=plan.targets), rng), earned


class ByDistrict(MarkovGame):
    """The same game with D heads of districts as its agents, and a coordinator who moves workers every k steps.

    Each chooses one of five shares, 0, ¼, ½, ¾ or 1. A head sends this share of its workers, in whole pairs, to heavy
    tasks, and the others to light ones; it sees what a worker sees in its district, and is paid what the district
    earns, for each worker at home there. The coordinator, the last agent, sends workers this share of the way from
    where they are to where the work is:

        targets = (1 - share) · workers + share · N (l + 2h) / Σ (l + 2h),   rounded by `share_out`

    It sees how many of all workers are not where the work is, less than .1, .2 or .3, or more, and is paid what the
    team earns for each worker. For k - 1 steps after its turn nothing that it does counts, and it sees `waiting`: a
    learner such as `PatientQ` waits with it.

    A state is (workers, light, heavy, busy of each district, steps since the coordinator's turn), (R, 4D + 1).

    Parameters:
        game: a Districts game.
        every: k, or None for no coordinator: everybody stays at home.
    Attributes:
        waiting: what the coordinator observes where it is not its turn.
        sizes: how many workers are at home in each district, (D,).
    Raises:
        ValueError: if `every` is below 1.
    Source: this course; decisions that hold for some time: Sutton, Precup & Singh 1999.
    """

    num_actions = len(SHARES)
    action_names = ("0", "1/4", "1/2", "3/4", "1")

    def __init__(self, game, every=5):
        if every is not None and every < 1:
            raise ValueError(f"every must be at least 1 step, or None for no coordinator, got {every}.")
        self.game, self.every, self.sizes, self.horizon = game, every, game.sizes, game.horizon
        self.num_agents = game.num_districts + (every is not None)
        self.coordinator_sees = game.num_situations  # the first of its observations, above all of the heads'
        self.num_observations = game.num_situations + len(SPREADS) + 2
        self.waiting = self.num_observations - 1

    def reset(self, runs, rng):
        """Draw states (R, 4D + 1), with everybody at home."""
        _, counts = self.game.split(self.game.reset(runs, rng))
        return np.concatenate([*counts, np.zeros((runs, 1), dtype=np.int64)], axis=1)

    def split(self, state):
        """Split a state (R, 4D + 1) into Counts (R, D) and whether it is the coordinator's turn, (R,)."""
        return Counts(*np.split(state[:, :-1], 4, axis=1)), (state[:, -1] == 0) & (self.every is not None)

    def observe(self, state):
        """Number what heads and coordinator see, (R, D + 1)."""
        counts, is_turn = self.split(state)
        seen = self.game.look(counts)  # (R, D)
        if self.every is None:
            return seen
        _, _, missing = stay_and_leave(counts.workers, self._find_work(counts))
        level = np.searchsorted(SPREADS, missing.sum(axis=1) / self.sizes.sum(), side="right")  # (R,)
        return np.column_stack([seen, np.where(is_turn, self.coordinator_sees + level, self.waiting)])

    def step(self, state, actions, rng):
        """Carry out what heads and coordinator have decided."""
        counts, _ = self.split(state)
        after, earned = carry_out(self.game, counts, self.plan(state, actions), rng)
        rewards = earned / self.sizes  # (R, D)
        if self.every is not None:
            rewards = np.column_stack([rewards, earned.sum(axis=1) / self.sizes.sum()])
        time = (state[:, -1:] + 1) % (self.every or 1)
        return np.concatenate([*after, time], axis=1), rewards, np.zeros(len(state), dtype=bool)

    def plan(self, state, actions):
        """Turn actions (R, D + 1) into a Plan (R, D)."""
        counts, is_turn = self.split(state)
        share = np.where(is_turn, SHARES[actions[:, -1]], 0.0)[:, None]  # (R, 1) of the way
        wanted = (1 - share) * counts.workers + share * self._find_work(counts)
        targets = share_out(wanted, self.sizes.sum())
        staying, _, _ = stay_and_leave(counts.workers, targets)
        return Plan(targets, pair_up(SHARES[actions[:, : len(self.sizes)]], staying))

    def _find_work(self, counts):
        return share_out(counts.light + 2 * counts.heavy, self.sizes.sum())

    def earn(self, state, actions):
        """Compute what each district earns in a step, (R, D)."""
        at_light, at_heavy, counts = self._count_tasks(state, actions)
        return self.game.outcome(at_light, at_heavy, counts)[1]

    def bound(self):
        """Compute what no team can exceed: see `Districts.bound`."""
        return self.game.bound()

    def _count_tasks(self, state, actions):
        counts, _ = self.split(state)
        plan = self.plan(state, actions)
        staying, _, _ = stay_and_leave(counts.workers, plan.targets)
        return staying - plan.at_heavy, plan.at_heavy, counts

    def draw_on(self, axes, snapshot):
        """Draw the map of the districts."""
        counts, flows = self._count_one(snapshot.state), np.zeros((len(self.sizes),) * 2)
        if snapshot.actions is not None:
            flows = count_flows(counts.workers, self._count_one(snapshot.next_state).workers)
        self.game.draw_counts(axes, counts, flows)

    def tell(self, snapshot):
        """Say what the workers do, as the game of the workers does."""
        if snapshot.actions is None:
            return self.game.tell_counts(self._count_one(snapshot.state))
        at_light, at_heavy, _ = self._count_tasks(snapshot.state[None], snapshot.actions[None])
        return self.game.tell_counts(self._count_one(snapshot.state), at_light[0], at_heavy[0])

    say_earned = Districts.say_earned

    def _count_one(self, state):
        return Counts(*np.split(state[:-1], 4))
