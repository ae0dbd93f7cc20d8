"""What the diversity bonus is, and the ideas that lead to another number: for exercise 9.1."""

import numpy as np

from marl_lessons.exercises.judging.mistakes import Misconception


def pay_team_by_team(actions):
    """The definition, agent by agent: who is the first to take its action counts as different."""
    bonuses = []
    for team in actions.tolist():
        unique = sum(action not in team[:agent] for agent, action in enumerate(team))
        bonuses.append(0.2 * unique / len(team) - 0.1 * (len(team) - unique))
    return np.array(bonuses)


def combine(rule):
    """Return the function that pays each team by rule(N, u)."""
    return lambda actions: np.array([rule(len(team), len(set(team))) for team in actions.tolist()], dtype=float)


def count_as(count):
    """Return the function that counts the different actions of a team, a list, in another way."""

    def pay(actions):
        pairs = [(len(team), count(team)) for team in actions.tolist()]
        return np.array([0.2 * unique / agents - 0.1 * (agents - unique) for agents, unique in pairs])

    return pay


def take_for_agents(count):
    """Return the function that takes count(R, N) for N."""

    def pay(actions):
        agents, unique = count(*actions.shape), np.array([len(set(team)) for team in actions.tolist()])
        return 0.2 * unique / agents - 0.1 * (agents - unique)

    return pay


def pay_all_as_one(actions):
    """The idea that all teams together have one number of different actions."""
    agents, unique = actions.shape[1], len(np.unique(actions))
    return np.full(len(actions), 0.2 * unique / agents - 0.1 * (agents - unique))


def pay_for_sharing(actions):
    """The idea that everybody who shares an action is one too many."""
    bonuses = []
    for team in actions.tolist():
        sharing = sum(team.count(action) > 1 for action in team)
        bonuses.append(0.2 * len(set(team)) / len(team) - 0.1 * sharing)
    return np.array(bonuses)


DIVERSITY_MISCONCEPTIONS = (
    Misconception(
        combine(lambda agents, unique: 0.2 * unique / agents),
        "Your bonus lacks the second part: 0.1 is taken away for each agent above the number of different actions.",
    ),
    Misconception(
        combine(lambda agents, unique: -0.1 * (agents - unique)),
        "Your bonus lacks the first part: 0.2 times the share of different actions.",
    ),
    Misconception(
        combine(lambda agents, unique: 0.2 * unique / agents + 0.1 * (agents - unique)),
        "You *pay* 0.1 for each agent too many. It is taken away.",
    ),
    Misconception(
        combine(lambda agents, unique: 0.2 * unique - 0.1 * (agents - unique)),
        "You multiply 0.2 by the number of different actions. It is their share: divide by the number of agents.",
    ),
    Misconception(
        combine(lambda agents, unique: 0.2 * unique / agents - 0.1 * (agents - unique) / agents),
        "You divide both parts by the number of agents. Only the first one is a share.",
    ),
    Misconception(
        combine(lambda agents, unique: 0.2 * (unique == agents) - 0.1 * (agents - unique)),
        "You pay 0.2 only where all the actions differ. The first part is a share, u/N.",
    ),
    Misconception(
        combine(lambda agents, unique: 0.2 * unique / agents - 0.1 * (unique < agents)),
        "You take away 0.1 once, however many agents are too many. It is 0.1 for each of them.",
    ),
    Misconception(
        combine(lambda agents, unique: 0.2 * agents / unique - 0.1 * (agents - unique)),
        "You have the share upside down: different actions divided by agents.",
    ),
    Misconception(
        combine(lambda agents, unique: 0.2 * unique / 2 - 0.1 * (2 - unique)),
        "You count two agents, whatever the size of the team. `len(row)` counts them.",
    ),
    Misconception(
        pay_all_as_one,
        "You count the different actions of all the teams together. Each row is a team of its own.",
    ),
    Misconception(
        pay_for_sharing,
        "You take 0.1 away for everybody who shares an action. Where two do the same, only one is too many: N - u.",
    ),
    Misconception(
        count_as(lambda team: 1 + np.count_nonzero(np.diff(team))),
        "You compare each agent with its neighbor only. The same action may come again further on: `len(set(row))`.",
    ),
    Misconception(
        count_as(lambda team: max(team) + 1),
        "You take the largest action for the number of different ones. Some actions between may be missing.",
    ),
    Misconception(
        count_as(lambda team: sum(team.count(action) == 1 for action in team)),
        "You count only the actions that exactly one agent takes. One that several take is one different action too.",
    ),
    Misconception(
        count_as(lambda team: 1 + sum(action != team[0] for action in team)),
        "You compare everybody with agent 0 only. The others may do the same as one another: `len(set(row))`.",
    ),
    Misconception(
        count_as(np.count_nonzero),
        "You count the actions that are not 0. Count how many *different* ones there are; 0 is one like the others.",
    ),
    Misconception(
        count_as(lambda team: len(set(team)) - 1),
        "You find one different action too few in every team. Do you count the changes along a row? Then add 1.",
    ),
    Misconception(
        combine(lambda agents, unique: 0.1 * unique / agents - 0.2 * (agents - unique)),
        "You have 0.1 and 0.2 exchanged: 0.2 times the share, minus 0.1 for each agent too many.",
    ),
    Misconception(
        combine(lambda agents, unique: 0.2 * unique / agents - 0.1 * agents - unique),
        "N - u lacks its brackets in your formula, so that 0.1 multiplies N alone: `0.1 * (num_agents - unique)`.",
    ),
    Misconception(
        take_for_agents(lambda runs, agents: runs),
        "You take the number of teams for N. N is the number of agents, the length of a row: `actions.shape[1]`.",
    ),
    Misconception(
        take_for_agents(lambda runs, agents: runs * agents),
        "You take the agents of all teams together for N. N is the length of *one* row: `actions.shape[1]`.",
    ),
)
