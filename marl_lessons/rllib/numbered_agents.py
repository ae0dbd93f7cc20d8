"""PettingZoo's environments with numbers for names, so that a seed gives the same training twice."""

from pettingzoo import ParallelEnv


class NumberedAgents(ParallelEnv):
    """The same environment, in which the agents are called 0, 1, …

    RLlib keeps names in sets. Those of words come in another order each time that Python starts, and the networks would
    be fed in another order too.

    Parameters:
        env: a ParallelEnv.
    """

    def __init__(self, env):
        self.env, self.metadata, self._names = env, env.metadata, list(env.possible_agents)
        self._numbers = {name: number for number, name in enumerate(self._names)}
        self.possible_agents = list(range(len(self._names)))

    @property
    def agents(self):
        """The numbers of the agents that still play."""
        return [self._numbers[name] for name in self.env.agents]

    def observation_space(self, agent):
        return self.env.observation_space(self._names[agent])

    def action_space(self, agent):
        return self.env.action_space(self._names[agent])

    def reset(self, seed=None, options=None):
        return self._rename(self.env.reset(seed=seed, options=options))

    def step(self, actions):
        return self._rename(self.env.step({self._names[agent]: action for agent, action in actions.items()}))

    def _rename(self, told):
        """Turn dictionaries by name into dictionaries by number."""
        return tuple({self._numbers[name]: value for name, value in by_name.items()} for by_name in told)
