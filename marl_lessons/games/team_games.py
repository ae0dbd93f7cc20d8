"""Teams against teams: cooperation inside, competition between."""

import numpy as np

from marl_lessons.games.matrix_games import MatrixGame


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
