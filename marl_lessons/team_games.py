"""Teams against teams: cooperation inside, competition between."""

import numpy as np

from marl_lessons.matrix_games import MatrixGame
from marl_lessons.simplex import solve_matrix_games


def team_contest():
    """Two attackers and two defenders choose between a north and a south gate, each on its own.

    A gate falls if both attackers come to it, unless both defenders stand there. The attackers then win 1 each
    and the defenders lose 1 each; otherwise it is the other way round. Agents 0 and 1 attack.
    Source: this course; the problem of teams that cannot correlate is that of von Stengel & Koller 1997.
    """
    actions = np.indices((2, 2, 2, 2))  # (N, A, A, A, A)
    attackers_meet, defenders_meet = actions[0] == actions[1], actions[2] == actions[3]
    gate_falls = attackers_meet & ~(defenders_meet & (actions[0] == actions[2]))
    payoff = np.where(gate_falls, 1, -1)
    return MatrixGame([payoff, payoff, -payoff, -payoff], "team contest", ("north", "south"))


def merge_teams(game, teams):
    """Let each team act as one agent, whose actions are the joint actions of its members.

        u_T(a_T, a_-T) = mean of u_i(a) over the members i of T

    A mixed policy of the merged agent may correlate its members, as if they tossed a coin in common.

    Parameters:
        game: a MatrixGame.
        teams: lists of agents, in which every agent occurs once.
    Returns:
        MatrixGame with one agent for each team. Joint actions are numbered with the last member running fastest.
    Raises:
        ValueError: if an agent is missing or occurs twice.
    """
    order = [agent for team in teams for agent in team]
    if sorted(order) != list(range(game.num_agents)):
        raise ValueError(f"teams must name each of {game.num_agents} agents once, got {teams}; correct the lists.")
    ordered = game.payoffs.transpose(0, *(1 + agent for agent in order))  # (N, team by team)
    sizes = [int(np.prod([game.action_counts[agent] for agent in team])) for team in teams]
    return MatrixGame([ordered[list(team)].mean(axis=0).reshape(sizes) for team in teams], f"{game.name}, merged")


def maximin_without_correlation(payoffs, resolution=201):
    """Find what two team members can guarantee if each tosses a coin of its own.

        max_{x_1, x_2} min_b Σ_{a_1, a_2} x_1(a_1) x_2(a_2) M(a_1, a_2, b)

    It is no linear program, but becomes one once x_1 is fixed: one is solved for each x_1 on a grid.

    Parameters:
        payoffs: M (2, A_2, B), what the team receives for its members' actions and the opponents' joint action.
        resolution: number of grid points from x_1 = (0, 1) to (1, 0).
    Returns:
        The guarantee, exact where a best x_1 lies on the grid and else slightly low, and both members' policies.
    Source: team-maxmin, von Stengel & Koller 1997.
    """
    first_policies = np.linspace([0.0, 1.0], [1.0, 0.0], resolution)  # (G, 2)
    tables = np.tensordot(first_policies, payoffs, axes=1)  # (G, A_2, B)
    solution = solve_matrix_games(tables)
    best = solution.value.argmax()
    return solution.value[best], first_policies[best], solution.row_policy[best]
