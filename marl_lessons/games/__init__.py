"""Matrix games: the classics by name, teams against teams, and what kind of game the payoffs make."""

from marl_lessons.games.classics import (
    all_agree,
    all_in,
    battle_of_sexes,
    chicken,
    climbing,
    coordination,
    defection_bonus,
    matching_pennies,
    partially_stochastic_climbing,
    penalty,
    permutation,
    prisoners_dilemma,
    qtran,
    rock_paper_scissors,
    stag_hunt,
    stochastic_climbing,
)
from marl_lessons.games.matrix_games import ChanceGame, MatrixGame, common_payoff, symmetric
from marl_lessons.games.structure import classify, find_potential
from marl_lessons.games.team_games import merge_teams, team_contest

__all__ = [
    "ChanceGame",
    "MatrixGame",
    "all_agree",
    "all_in",
    "battle_of_sexes",
    "chicken",
    "classify",
    "climbing",
    "common_payoff",
    "coordination",
    "defection_bonus",
    "find_potential",
    "matching_pennies",
    "merge_teams",
    "partially_stochastic_climbing",
    "penalty",
    "permutation",
    "prisoners_dilemma",
    "qtran",
    "rock_paper_scissors",
    "stag_hunt",
    "stochastic_climbing",
    "symmetric",
    "team_contest",
]
