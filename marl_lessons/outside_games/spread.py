"""Simple spread, one of the particle environments, as its keepers wrote it, in package mpe2."""

from itertools import permutations

import numpy as np

from marl_lessons.outside_games.missing import require
from marl_lessons.pettingzoo_api import EnvGame
from marl_lessons.sketches import draw_agent, draw_arrow

SLIDE = 0.4  # how far a particle of speed 1 still slides: 0.1 (1 + 0.75 + 0.75² + …)
PUSH = 0.2  # how far one push moves it in the end: SLIDE times the speed of 0.5 that a push adds
RADIUS = 0.15  # of an agent; two that are closer than twice that touch
DIRECTIONS = ((0, 0), (-1, 0), (1, 0), (0, -1), (0, 1))


def simple_spread(agents=2, horizon=25, local_ratio=0.5):
    """Make simple spread: particles should cover as many landmarks as there are of them, and not touch.

        r_i = -(1 - local_ratio) Σ_landmarks (distance of the nearest agent) - local_ratio · (agents that i touches)

    Five actions: nothing, and a push to the left, to the right, down and up. An agent sees its own velocity and
    position, how far all landmarks and the other agents are to its right and above it, and two zeros for each other
    agent, who might say something in another game. Nothing ever ends this one.

    Parameters:
        agents: N, which is also the number of landmarks.
        horizon: steps until the episode is truncated.
        local_ratio: weight of what is one's own.
    Returns:
        MarkovGame of features.
    Raises:
        ModuleNotFoundError: if mpe2 is not installed.
    Source: mpe2 1.1, `simple_spread_v3`, there for three agents.
    """
    require("mpe2")
    from mpe2 import simple_spread_v3

    def make_env():
        return simple_spread_v3.parallel_env(N=agents, max_cycles=horizon, local_ratio=local_ratio)

    return SimpleSpread(make_env, horizon)


class SimpleSpread(EnvGame):
    """A game of simple spread with its picture; see `simple_spread`."""

    action_names = ("nothing", "left", "right", "down", "up")

    def draw_on(self, axes, snapshot):
        """Draw the landmarks as crosses, the agents with the circles that must not touch, and their pushes."""
        from matplotlib.patches import Circle  # here, because matplotlib is slow to load

        seen = snapshot.state.observations  # (N, F)
        places = seen[:, 2:4]
        landmarks = places[0] + find_ways(seen)[0]
        axes.scatter(*landmarks.T, 160, marker="x", linewidth=4, color="C4")
        for agent, (x, y) in enumerate(places):
            axes.add_patch(Circle((x, y), RADIUS, color=f"C{agent}", alpha=0.3))
            draw_agent(axes, x, y, agent)
        for agent, action in enumerate(() if snapshot.actions is None else snapshot.actions):
            right, up = DIRECTIONS[action]
            if action:
                draw_arrow(axes, *places[agent], 2 * PUSH * right, 2 * PUSH * up, agent)
        reach = max(1.2, np.abs(places).max() + 0.3)
        axes.set(xlim=(-reach, reach), ylim=(-reach, reach), xticks=[], yticks=[])
        axes.set_aspect("equal")

    def name_state(self, state):
        """Write down how far the nearest agent is from each landmark."""
        distances = " and ".join(f"{near:.2f}" for near in find_nearest(state.observations))
        return f"the nearest agent is {distances} from the landmarks"


def find_ways(observations):
    """Find the way from each agent to each landmark, right and up, (…, N, N, 2), in observations (…, N, F)."""
    agents = observations.shape[-2]
    return observations[..., 4 : 4 + 2 * agents].reshape(*observations.shape[:-1], agents, 2)


def find_nearest(observations):
    """Find how far the nearest agent is from each landmark, (…, N), in observations (…, N, F)."""
    return np.linalg.norm(find_ways(observations), axis=-1).min(axis=-2)


class SpreadByHand:
    """A rule thought out by hand for simple spread: each agent has a landmark of its own, and stops on it.

    Agents and landmarks are paired so that the sum of distances is least, counted from where agents would slide to if
    nobody pushed. An agent pushes along the longer way, while that is more than half of what a push moves it.

    Parameters:
        game: what `simple_spread` returned; of up to about six agents, since all pairings are tried.
    Source: this course.
    """

    def __init__(self, game):
        self.num_actions = game.num_actions
        self._pairings = np.array(list(permutations(range(game.num_agents))))  # (N!, N)

    def act(self, observations, rng, explore=True):
        """Choose actions (R, N); exploring or not makes no difference."""
        velocities = observations[..., :2]
        ways = find_ways(observations) - SLIDE * velocities[:, :, None]  # (R, N, landmarks, 2)
        distances = np.linalg.norm(ways, axis=-1)
        costs = distances[:, np.arange(self._pairings.shape[1]), self._pairings].sum(axis=-1)  # (R, N!)
        landmark = self._pairings[costs.argmin(axis=-1)]  # (R, N)
        way = np.take_along_axis(ways, landmark[..., None, None], axis=2)[:, :, 0]  # (R, N, 2)
        axis = np.abs(way).argmax(axis=-1)  # 0 across, 1 up
        longer = np.take_along_axis(way, axis[..., None], axis=-1)[..., 0]
        return np.where(np.abs(longer) < PUSH / 2, 0, 1 + 2 * axis + (longer > 0))

    def update(self, transition, rng):
        """Learn nothing."""

    def policies(self, observations):
        """Give what each agent does probability 1, (R, N, A)."""
        return np.eye(self.num_actions)[self.act(observations, None)]
