"""When agents all differ, by the definition, and the ideas that lead elsewhere: for exercise 13.1."""

import itertools
import math

import numpy as np

from marl_lessons.checks.lesson_13.all_differ_lists import (
    give_two_to_those_in_front,
    go_through,
    go_through_joint_actions,
    list_all,
    list_different,
    list_pairs,
    list_the_other_way_round,
    multiply_on_and_on,
    return_in_the_loop,
    take_all_rows,
    take_one_order,
)
from marl_lessons.exercises.judging.mistakes import Misconception


def use_the_first_row(policies):
    """The idea that all have agent 0's policy."""
    return go_through_joint_actions(np.repeat(policies[:1], len(policies), axis=0))


def take_the_mean_policy(policies):
    """The idea that the mean policy stands for all."""
    return go_through_joint_actions(np.repeat(policies.mean(axis=0, keepdims=True), len(policies), axis=0))


def not_all_alike(policies):
    """The idea that all differ unless all do the same."""
    return 1 - policies.prod(axis=0).sum()


def multiply_pairs(policies):
    """The idea that pairs differ or not, each by itself."""
    pairs = itertools.combinations(policies, 2)
    return float(np.prod([1 - mine @ yours for mine, yours in pairs]))


def neighbors_alone(policies):
    """The idea that each must differ from the one before."""
    return float(np.prod([1 - mine @ yours for mine, yours in itertools.pairwise(policies)]))


def likeliest_differ(policies):
    """The idea that everybody takes its likeliest action."""
    return float(len(set(policies.argmax(axis=1).tolist())) == len(policies))


def as_if_even(policies):
    """The formula for agents that draw evenly."""
    num_agents, num_actions = policies.shape
    return math.perm(num_actions, num_agents) / num_actions**num_agents


def as_if_even_and_as_many(policies):
    """The formula for agents that draw evenly, of as many actions as there are agents."""
    return math.factorial(len(policies)) / len(policies) ** len(policies)


def use_the_first_actions(policies):
    """The idea that N agents share out N actions, whatever else there is."""
    num_agents, num_actions = policies.shape
    enough = np.pad(policies, ((0, 0), (0, max(num_agents - num_actions, 0))))
    return go_through(lambda num_actions, num_agents: itertools.permutations(range(num_agents)))(enough)


def count_ways_over(policies):
    """The idea of listing orders of all actions, of which the first N are taken."""
    orders = itertools.permutations(range(policies.shape[1]))
    return float(sum(np.prod([row[action] for row, action in zip(policies, order, strict=False)]) for order in orders))


def subtract_pairs(policies):
    """The idea that what is left is 1 minus the chances that pairs do the same."""
    return 1 - sum(mine @ yours for mine, yours in itertools.combinations(policies, 2))


def can_differ(policies):
    """The idea that it is asked whether all can differ."""
    return float(go_through_joint_actions(policies) > 0)


def divide_by_orders(policies):
    """The idea that the order does not matter."""
    return go_through_joint_actions(policies) / math.factorial(len(policies))


GIVES_OUT_AGENTS = (
    "Your list gives out the numbers below N. It is the A *actions* that are given out, N at a time, one for each: "
    "`itertools.permutations(range(A), N)`."
)

DIFFER_MISCONCEPTIONS = (
    Misconception(
        go_through(list_all),
        "You add up *all* joint actions, also those in which agents do the same. Take those in which all differ: "
        "`itertools.permutations`.",
    ),
    Misconception(
        go_through(take_one_order),
        "You take each set of actions in one order only. Agent 0 on 1 and agent 1 on 0 is another joint action than "
        "agent 0 on 0 and agent 1 on 1, and counts as well.",
    ),
    Misconception(
        use_the_first_row,
        "You use agent 0's row for everybody. Each agent draws by its own row.",
    ),
    Misconception(
        take_the_mean_policy,
        "You use the mean of the rows for everybody. Each agent draws by its own row.",
    ),
    Misconception(
        not_all_alike,
        "You compute how likely it is that they do not *all* do the same. No two of them may do the same.",
    ),
    Misconception(
        multiply_pairs,
        "You multiply the chances of all pairs, as if pairs differed independently of one another. Go through the "
        "joint actions instead.",
    ),
    Misconception(
        neighbors_alone,
        "You compare each agent with the one before it only. No two of them may do the same.",
    ),
    Misconception(
        likeliest_differ,
        "You look at everybody's likeliest action. They draw: the less likely ones count too, by their probability.",
    ),
    Misconception(
        as_if_even,
        "Your numbers are right for agents that draw evenly. These draw by `policies`.",
    ),
    Misconception(
        as_if_even_and_as_many,
        "N!/Nᴺ is right for N agents that draw evenly, out of N actions. These draw by `policies`, and there may be "
        "fewer or more actions.",
    ),
    Misconception(
        go_through(list_different, collect=np.mean),
        "You take the *mean* over the joint actions in which all differ. They exclude one another: add their chances "
        "up.",
    ),
    Misconception(
        go_through(list_different, collect=max),
        "You return the chance of the likeliest joint action in which all differ. The others count too: add them up.",
    ),
    Misconception(
        return_in_the_loop,
        "You return the chance of one joint action only, the first. Add up all in which all differ.",
    ),
    Misconception(
        go_through(list_different, collect=lambda chances: chances[-1]),
        "You return the chance of the last joint action. `chance = …` drops those before it: `chance += …`.",
    ),
    Misconception(
        multiply_on_and_on,
        "Your product goes on from one joint action to the next. It begins anew, at 1, for each of them.",
    ),
    Misconception(
        take_all_rows,
        "`policies[:, actions]` takes *all* rows in each of these columns. Take one number of each row: "
        "`policies[np.arange(N), actions]`.",
    ),
    Misconception(
        subtract_pairs,
        "You subtract the chance of each pair that does the same. Where three do the same, three pairs do, and it is "
        "subtracted three times. Go through the joint actions instead.",
    ),
    Misconception(
        can_differ,
        "You say whether they *can* all differ. How likely is it?",
    ),
    Misconception(
        go_through(list_different, join=np.sum),
        "You add the probabilities within a joint action. All of it happens at once: multiply them.",
    ),
    Misconception(
        go_through(list_different, join=np.mean),
        "You take the mean of the probabilities within a joint action. All of it happens at once: multiply them.",
    ),
    Misconception(
        use_the_first_actions,
        "You share out the first N actions only. There may be more of them than agents: choose N out of A.",
    ),
    Misconception(
        go_through(lambda num_actions, num_agents: itertools.permutations(range(num_agents))),
        GIVES_OUT_AGENTS,
    ),
    Misconception(go_through(list_the_other_way_round), GIVES_OUT_AGENTS),
    *(
        Misconception(idea, "You give out two actions whatever the number of agents is: N at a time.")
        for idea in (give_two_to_those_in_front, go_through(list_pairs))
    ),
    Misconception(
        count_ways_over,
        "You list orders of *all* actions. If some are left over, the same joint action comes several times; and too "
        "few actions are no joint action at all. `itertools.permutations(range(A), N)` lists N at a time.",
    ),
    Misconception(
        divide_by_orders,
        "You divide by the number of orders. Who does what makes a difference: each order is a joint action of its "
        "own.",
    ),
)
