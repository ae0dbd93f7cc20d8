"""A small PettingZoo environment of which all is known beforehand: what exercise 14.4 is tried on."""

import numpy as np
from gymnasium import spaces
from pettingzoo import ParallelEnv

NAMES = ("ann", "bob", "cleo", "dan")
NUM_OBSERVATIONS, NUM_ACTIONS, LONGEST = 4, 3, 110


class Village(ParallelEnv):
    """Each agent runs errands for a number of steps of its own, and then leaves.

    What an agent sees next depends on the seed, on time and on what it did; what it earns on that and on what the
    others saw. Without a seed, `reset` takes the next one.

    Parameters:
        stays: for each agent, in how many steps it acts, from 1 up.
        is_cut: agents leave because the environment truncates their errands; else they are done (terminated). One for
            all, or one for each.
        number: of the table of what is earned.
    """

    metadata = {"name": "Village"}  # noqa: RUF012

    def __init__(self, stays, is_cut=False, number=0):
        self.stays, self.is_cut, self.number = tuple(stays), is_cut, number
        self.possible_agents = list(NAMES[: len(stays)])
        self.agents, self._next_seed = [], number
        size = (LONGEST, len(stays), NUM_OBSERVATIONS, NUM_ACTIONS)
        self._pays = np.random.default_rng(number).integers(-9, 10, size) / 2

    def __repr__(self):
        return f"Village({self.stays}, {self.is_cut}, {self.number})"

    def observation_space(self, agent):
        """Return what an agent may see."""
        return spaces.Discrete(NUM_OBSERVATIONS)

    def action_space(self, agent):
        """Return what an agent may do."""
        return spaces.Discrete(NUM_ACTIONS)

    def reset(self, seed=None, options=None):
        """Start; returns observations and infos."""
        self._seed = self._next_seed if seed is None else int(seed)
        self._next_seed = self._seed + 1
        self.agents, self._time = list(self.possible_agents), 0
        self._seen = {agent: (self._seed + 3 * place) % NUM_OBSERVATIONS for place, agent in enumerate(self.agents)}
        return dict(self._seen), {agent: {} for agent in self.agents}

    def step(self, actions):
        """Play one step of those that are still here."""
        if not self.agents:
            raise RuntimeError(
                "step needs a running episode, got none; every agent has left, and `agents` names nobody: stop there."
            )
        if set(actions) != set(self.agents):
            raise ValueError(f"actions must have the keys {self.agents}, got {list(actions)}; give one each.")
        playing = list(self.agents)
        places = {agent: self.possible_agents.index(agent) for agent in playing}
        rewards = {
            agent: float(self._pays[self._time, places[agent], self._seen[agent], int(actions[agent])])
            for agent in playing
        }
        self._time += 1
        self._seen = {
            agent: (self._seen[agent] + 2 * int(actions[agent]) + self._time + self._seed) % NUM_OBSERVATIONS
            for agent in playing
        }
        leaves = {agent: self._time >= self.stays[places[agent]] for agent in playing}
        self.agents = [agent for agent in playing if not leaves[agent]]
        cuts = np.broadcast_to(self.is_cut, len(self.stays))
        done = {agent: leaves[agent] and not cuts[places[agent]] for agent in playing}
        cut = {agent: leaves[agent] and bool(cuts[places[agent]]) for agent in playing}
        return dict(self._seen), rewards, done, cut, {agent: {} for agent in playing}
