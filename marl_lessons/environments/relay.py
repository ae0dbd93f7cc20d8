"""The relay: a scout who knows the code, a runner who can use it, and nothing between them but a flag."""

from itertools import product

import numpy as np

from marl_lessons.markov_games import MarkovGame
from marl_lessons.sketches import draw_agent, draw_arrow

SCOUT, RUNNER = range(2)
PASS, ONE, TWO = range(3)
CODE, FLAG, TIME, DAY, SENSOR = range(5)
SILENCE = 0.1  # what it pays the team if the scout raises no flag


class Relay(MarkovGame):
    """A scout sees one of two codes and may raise a flag; the runner sees the flag and picks a gate.

        first step:  the scout stays silent (+0.1) or raises flag 1 or 2
        last step:   the runner waits or picks gate 1 or 2:   r = [gate is the code] + lit[flag],   lit of no flag = 0

    Both agents receive what the team is paid. In the first step only the scout acts, in the last one only the runner,
    in the delay between them nobody. The codes are equally likely. The scout sees the code in the first step only, the
    runner the flag in the last one only; both see the time. An episode has delay + 2 steps, and is over by itself.

    A state is (code - 1, flag, time, day, sensor), of which a critic sees all columns that can change. The day, good or
    bad by chance and for a whole episode, adds +day or -day to every step; no agent sees it. The sensor shows a
    number without any meaning, drawn anew in every step.

    Parameters:
        lit: what flag 1 and flag 2 pay if the runner picks any gate, in units of reward.
        delay: steps between the first and the last one.
        day: what a day adds or takes in each step; 0 for days that are all alike.
        remembers: whether the scout still knows the code and its flag after the first step.
        sensors: how many numbers the sensor shows; 0 for no sensor.
    Raises:
        ValueError: if `delay` or `sensors` is negative.
    Source: this course.
    """

    num_agents = 2
    num_actions = 3
    action_names = ("pass", "1", "2")

    def __init__(self, lit=(0.6, 0.3), *, delay=0, day=0.0, remembers=False, sensors=0):
        if delay < 0 or sensors < 0:
            raise ValueError(f"delay and sensors must be at least 0, got {delay} and {sensors}; 0 is none.")
        self.lit, self.delay, self.day = (0.0, *lit), delay, day
        self.remembers, self.sensors = remembers, sensors
        later = (delay + 1) * (6 if remembers else 1)  # what the scout can see after the first step
        self.num_observations = max(2 + later, 3 + delay + 1)
        sizes = np.array([2, 3, delay + 2, 2 if day else 1, max(sensors, 1)])
        self._columns = np.flatnonzero(sizes > 1)
        self.view_sizes = tuple(sizes[self._columns].tolist())

    @property
    def states(self):
        """The states in which somebody decides: both codes in the first step, then code and flag in the last, (8, 5).

        The day and the sensor, which no agent sees, are 0 in them.
        """
        first = [(code, 0, 0, 0, 0) for code in range(2)]
        last = [(code, flag, self.delay + 1, 0, 0) for code in range(2) for flag in range(3)]
        return np.array(first + last, dtype=np.int64)

    def reset(self, runs, rng):
        """Draw states (R, 5) of the first step."""
        state = np.zeros((runs, 5), dtype=np.int64)
        state[:, [CODE, DAY]] = rng.integers(2, size=(runs, 2))
        state[:, SENSOR] = self._draw_sensor(runs, rng)
        return state

    def observe(self, state):
        """Number what each agent sees, (R, N): see the class; a number means something else to each of them."""
        code, flag, time = state[..., CODE], state[..., FLAG], state[..., TIME]
        remembered = 6 * (time - 1) + 3 * code + flag if self.remembers else time - 1
        scout = np.where(time == 0, code, 2 + remembered)
        runner = np.where(time == self.delay + 1, flag, 3 + time)
        return np.stack([scout, runner], axis=-1)

    def global_view(self, state):
        """Show all columns of the state that can change, (R, D)."""
        return state[:, self._columns]

    def step(self, state, actions, rng):
        """Let the scout or the runner act, or time pass."""
        time = state[:, TIME]
        next_state = state.copy()
        next_state[:, FLAG] = np.where(time == 0, actions[:, SCOUT], state[:, FLAG])
        next_state[:, TIME] += 1
        next_state[:, SENSOR] = self._draw_sensor(len(state), rng)
        team_rewards = self.pay(state, actions) + self.day * (2 * state[:, DAY] - 1)
        is_last = time == self.delay + 1
        next_state[is_last, TIME] = self.delay + 1  # there is no later time
        return next_state, np.repeat(team_rewards[:, None], 2, axis=1), is_last

    def pay(self, state, actions):
        """Work out what a step pays the team on an ordinary day.

        Parameters:
            state: (…, 5).
            actions: integers (…, N).
        Returns:
            Rewards (…).
        """
        state, actions = np.asarray(state), np.asarray(actions)
        code, flag, time = state[..., CODE], state[..., FLAG], state[..., TIME]
        scout, runner = actions[..., SCOUT], actions[..., RUNNER]
        at_gate = (runner == code + 1) + (runner != PASS) * np.array(self.lit)[flag]
        return np.where(time == 0, SILENCE * (scout == PASS), (time == self.delay + 1) * at_gate)

    def evaluate_policies(self, policies):
        """Compute what joint policies earn in an episode on average, exactly and without discount.

            J(π) = Σ_c ½ Σ_f π(f | first, c) [0.1 [f is no flag] + Σ_a π(a | last, c, f) r(c, f, a)]

        Parameters:
            policies: probabilities (…, 8, A, A) in the states of `states`.
        Returns:
            Returns (…).
        """
        actions = np.moveaxis(np.indices((3, 3)), 0, -1)  # (A, A, N)
        paid = (policies * self.pay(self.states[:, None, None], actions)).sum(axis=(-2, -1))  # (…, 8)
        flags = policies[..., :2, :, :].sum(axis=-1)  # (…, 2, A), what the scout does by code
        later = paid[..., 2:].reshape(*paid.shape[:-1], 2, 3)  # (…, 2, A), what follows by code and flag
        return (paid[..., :2] + (flags * later).sum(axis=-1)).mean(axis=-1)

    def list_policies(self):
        """List every way in which a scout who sees the code and a runner who sees the flag can choose for certain.

        Returns:
            Joint policies (243, 8, A, A) of zeros and ones in the states of `states`, the scout's choice changing
            last: 9 ways to answer two codes by 27 to answer three flags.
        """
        answers = np.array(list(product(range(3), repeat=5)))  # (243, 5), to both codes, then to the three flags
        passes = np.zeros_like(answers)  # whose turn it is not
        scout = np.concatenate([answers[:, :2], passes, passes[:, :1]], axis=1)  # (243, 8)
        runner = np.concatenate([passes[:, :2], answers[:, 2:], answers[:, 2:]], axis=1)
        return np.eye(3)[scout][..., None] * np.eye(3)[runner][..., None, :]

    def draw_on(self, axes, snapshot):
        """Draw the scout, the flag, and the runner before two gates, of which the right one is green."""
        code, flag, time, day, _ = snapshot.state
        for gate in range(2):
            color = "C2" if gate == code else "0.85"
            axes.scatter(3, 1 - gate, 1500, marker="s", color=color, edgecolor="0.35", linewidth=2)
            axes.text(3, 1 - gate, gate + 1, ha="center", va="center")
        box = {"boxstyle": "round", "facecolor": "0.85" if flag else "1"}
        axes.text(1, 0.5, _name_flag(flag), ha="center", va="center", bbox=box)
        for agent, x in enumerate((0, 2)):
            draw_agent(axes, x, 0.5, agent)
        axes.text(0, 0, f"sees code {code + 1}" if time == 0 else "", ha="center")
        axes.text(1.5, -0.55, self._name_day(day), ha="center")
        if snapshot.actions is not None:
            self._draw_action(axes, time, *snapshot.actions)
        axes.set(xlim=(-0.6, 3.5), ylim=(-0.7, 1.7), xticks=[], yticks=[])
        axes.spines[:].set_visible(False)

    def _draw_action(self, axes, time, scout, runner):
        if time == 0 and scout != PASS:
            draw_arrow(axes, 0.15, 0.7, 0.5, 0.35, SCOUT)
            axes.text(0.35, 1.15, f"raises {scout}", ha="center")
        if time == self.delay + 1 and runner != PASS:
            draw_arrow(axes, 2.15, 0.5, 0.55, 0.42 * (3 - 2 * runner), RUNNER)

    def tell(self, snapshot):
        """Say who sees what, what is done, and what the team is paid."""
        if snapshot.actions is None:
            return f"{self.name_state(snapshot.state)}."
        (scout, runner), time = snapshot.actions, snapshot.state[TIME]
        did = "Time passes"
        if time == 0:
            did = "The scout stays silent" if scout == PASS else f"The scout raises flag {scout}"
        elif time == self.delay + 1:
            did = "The runner waits" if runner == PASS else f"The runner picks gate {runner}"
        return f"{self.name_state(snapshot.state)}. {did}; the team earns {snapshot.rewards[0]:.3g}."

    def name_state(self, state):
        """Write code, flag and time in words, and the day where days differ."""
        code, flag, time, day, _ = state
        words = [f"Code {code + 1}", _name_flag(flag), f"step {time}", self._name_day(day)]
        return ", ".join(filter(None, words))

    def _name_day(self, day):
        return f"{('bad', 'good')[day]} day" if self.day else ""

    def _draw_sensor(self, runs, rng):
        return rng.integers(self.sensors, size=runs) if self.sensors else np.zeros(runs, dtype=np.int64)


def _name_flag(flag):
    return f"flag {flag}" if flag else "no flag"
