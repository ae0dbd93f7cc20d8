"""The matrix games that the literature keeps returning to."""

import numpy as np

from marl_lessons.games.matrix_games import ChanceGame, MatrixGame, common_payoff, symmetric


def climbing():
    """Climbing: the best joint action (a, a) is guarded by heavy losses.

    [[11, -30, 0], [-30, 7, 6], [0, 0, 5]], agent 0 picks the row. The transpose, with the 6 below the
    diagonal, circulates too. Source: Claus & Boutilier 1998.
    """
    return common_payoff([[11, -30, 0], [-30, 7, 6], [0, 0, 5]], "climbing", "abc")


def partially_stochastic_climbing():
    """Climbing in which (b, b) pays 14 or 0, each half of the time: still 7 on average.

    Source: Kapetanakis & Kudenko 2002.
    """
    lucky, unlucky = climbing().payoffs, climbing().payoffs  # (N, A, A) each
    lucky[:, 1, 1], unlucky[:, 1, 1] = 14, 0
    return ChanceGame([lucky, unlucky], "partially stochastic climbing", "abc")


def stochastic_climbing():
    """Climbing in which every joint action pays one of two numbers, with the same averages as before.

    [[10/12, 5/-65, 8/-8], [5/-65, 14/0, 12/0], [5/-5, 5/-5, 7/3]]. Source: Kapetanakis & Kudenko 2002.
    """
    first = common_payoff([[10, 5, 8], [5, 14, 12], [5, 5, 7]])
    second = common_payoff([[12, -65, -8], [-65, 0, 0], [-5, -5, 3]])
    return ChanceGame([first.payoffs, second.payoffs], "stochastic climbing", "abc")


def penalty(k=-10.0):
    """Penalty: two equally good joint actions, and a loss `k` for mixing them up.

    [[10, 0, k], [0, 2, 0], [k, 0, 10]]. Source: Claus & Boutilier 1998.
    """
    return common_payoff([[10, 0, k], [0, 2, 0], [k, 0, 10]], "penalty", "abc")


def prisoners_dilemma():
    """Prisoner's dilemma: defecting is better whatever the other does, yet both prefer (C, C) to (D, D).

    [[3, 0], [5, 1]] for agent 0, the transpose for agent 1. Source: Axelrod 1984.
    """
    return symmetric([[3, 0], [5, 1]], "prisoner's dilemma", ("cooperate", "defect"))


def stag_hunt(x=3.0):
    """Stag hunt: together the stag pays 4, the hare pays `x` for certain.

    [[4, 0], [x, x]] for agent 0, the transpose for agent 1. An agent is indifferent if its partner hunts
    the stag with probability x/4. Source: the story is Rousseau's (1755); Harsanyi & Selten 1988.
    """
    return symmetric([[4, 0], [x, x]], "stag hunt", ("stag", "hare"))


def chicken():
    """Chicken: who dares wins if the other yields, and both lose most if both dare.

    [[3, 2], [4, 1]] for agent 0, the transpose for agent 1. Source: the order T > R > S > P of Macy &
    Flache 2002; the numbers are the ranks.
    """
    return symmetric([[3, 2], [4, 1]], "chicken", ("yield", "dare"))


def matching_pennies():
    """Matching pennies: agent 0 wins if the coins match, agent 1 if they differ; zero-sum.

    [[1, -1], [-1, 1]] for agent 0. Source: von Neumann & Morgenstern 1944.
    """
    table = np.array([[1, -1], [-1, 1]])
    return MatrixGame([table, -table], "matching pennies", ("heads", "tails"))


def rock_paper_scissors():
    """Rock, paper, scissors: each action beats one and loses to another; zero-sum.

    [[0, -1, 1], [1, 0, -1], [-1, 1, 0]] for agent 0, the transpose for agent 1.
    """
    table = [[0, -1, 1], [1, 0, -1], [-1, 1, 0]]
    return symmetric(table, "rock, paper, scissors", ("rock", "paper", "scissors"))


def coordination(reward=1.0):
    """Coordination: the team earns `reward` if both do the same, and nothing otherwise.

    [[reward, 0], [0, reward]]. Source: Schelling 1960.
    """
    return common_payoff([[reward, 0], [0, reward]], "coordination", "ab")


def battle_of_sexes():
    """Battle of the sexes: both want to go out together, but each prefers another place.

    (2, 1) at (opera, opera), (1, 2) at (boxing, boxing), 0 apart. Source: Luce & Raiffa 1957.
    """
    return MatrixGame([[[2, 0], [0, 1]], [[1, 0], [0, 2]]], "battle of the sexes", ("opera", "boxing"))


def qtran():
    """The matrix of QTRAN, which no sum of one value per agent can represent.

    [[8, -12, -12], [-12, 0, 0], [-12, 0, 0]]. Source: Son et al. 2019.
    """
    return common_payoff([[8, -12, -12], [-12, 0, 0], [-12, 0, 0]], "QTRAN", "abc")


def all_agree(num_agents):
    """All agree: N agents earn 1 if all of them play action 1, else 0. Source: Lowe et al. 2017."""
    table = np.zeros((2,) * num_agents)
    table[(1,) * num_agents] = 1
    return common_payoff(table, "all agree")


def all_in(num_agents, reward=10.0, penalty=-1.0):
    """All in: N agents earn `reward` if all play action 1, `penalty` if only some do, and nothing if none does.

    Source: our numbers, after the N-agent climbing problems of the literature.
    """
    table = np.full((2,) * num_agents, penalty)
    table[(0,) * num_agents], table[(1,) * num_agents] = 0, reward
    return common_payoff(table, "all in", ("out", "in"))


def permutation(num_agents):
    """Permutation: N agents with N actions earn 1 if no two agree, else 0. Source: Fu et al. 2022."""
    joint_actions = np.indices((num_agents,) * num_agents)  # (N, A, …, A)
    everyone_differs = (np.diff(np.sort(joint_actions, axis=0), axis=0) > 0).all(axis=0)
    return common_payoff(everyone_differs, "permutation")


def defection_bonus(bonus):
    """A team reward, and a private bonus for defecting: the size of the bonus decides which game it is.

    Team reward 1 at (C, C), 0.7 at (C, D) and (D, C), 0.45 at (D, D); whoever defects gets `bonus` on top:
    [[1, 0.7], [0.7 + bonus, 0.45 + bonus]] for agent 0, the transpose for agent 1.
    Source: our numbers; the kinds of game are those of Macy & Flache 2002.
    """
    return symmetric([[1, 0.7], [0.7 + bonus, 0.45 + bonus]], "defection bonus", ("cooperate", "defect"))
