"""Ways to list joint actions and to go through them, right and wrong: for exercise 13.1."""

import itertools
import math

import numpy as np


def go_through_joint_actions(policies):
    """The definition: of all joint actions, those in which nobody does what another does."""
    num_agents, num_actions = policies.shape
    chance, rows = 0.0, policies.tolist()
    for actions in itertools.product(range(num_actions), repeat=num_agents):
        if len(set(actions)) == num_agents:
            chance += math.prod(row[action] for row, action in zip(rows, actions, strict=True))
    return chance


def go_through(list_actions, join=np.prod, collect=sum):
    """Return the function that joins the probabilities of each of the listed joint actions, and collects these."""

    def answer(policies):
        num_agents, num_actions = policies.shape
        agents = np.arange(num_agents)
        joined = [join(policies[agents, actions]) for actions in list_actions(num_actions, num_agents)]
        return float(collect(joined)) if joined else 0.0

    return answer


def list_different(num_actions, num_agents):
    """List the joint actions in which all differ, as the solution does."""
    return itertools.permutations(range(num_actions), num_agents)


def list_all(num_actions, num_agents):
    """List all joint actions."""
    return itertools.product(range(num_actions), repeat=num_agents)


def take_one_order(num_actions, num_agents):
    """List the sets of actions, each in one order."""
    return itertools.combinations(range(num_actions), num_agents)


def list_the_other_way_round(num_actions, num_agents):
    """List orders of the agents, as many at a time as there are actions."""
    return itertools.permutations(range(num_agents), num_actions)


def list_pairs(num_actions, num_agents):
    """List orders of two actions, however many agents there are."""
    return itertools.permutations(range(num_actions), 2)


def give_two_to_those_in_front(policies):
    """The idea of two actions, of which each of the first agents takes one."""
    ways = list_pairs(policies.shape[1], len(policies))
    return float(sum(math.prod(row[action] for row, action in zip(policies, way, strict=False)) for way in ways))


def return_in_the_loop(policies):
    """The chance of the first joint action from a `return` inside of the loop; without any it returns nothing."""
    agents, num_actions = np.arange(len(policies)), policies.shape[1]
    for actions in list_different(num_actions, len(policies)):
        return np.prod(policies[agents, actions])
    return None


def multiply_on_and_on(policies):
    """The idea of a product that does not begin anew at the next joint action."""
    total, chance = 0.0, 1.0
    for actions in list_different(policies.shape[1], len(policies)):
        for row, action in zip(policies, actions, strict=True):
            chance *= row[action]
        total += chance
    return total


def take_all_rows(policies):
    """The idea that `policies[:, actions]` takes one number of each row: it takes whole columns."""
    lists = list_different(policies.shape[1], len(policies))
    return float(sum(np.prod(policies[:, actions]) for actions in lists))
