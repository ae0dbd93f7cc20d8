"""Two teams of two: what coordination inside a team is worth against the other team, exactly."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from marl_lessons import games
from marl_lessons.games import MatrixGame
from marl_lessons.solvers import zero_sum

CONTEST = games.team_contest()
TEAMS = [[0, 1], [2, 3]]
COMMON_COIN = np.array([0.5, 0, 0, 0.5])  # both north or both south
OWN_COINS = np.full(4, 0.25)


def test_a_gate_falls_to_two_attackers_unless_both_defenders_stand_there():
    for joint_action in itertools.product((0, 1), repeat=4):
        falls = joint_action[:2] == (0, 0) != joint_action[2:] or joint_action[:2] == (1, 1) != joint_action[2:]
        win = 1 if falls else -1
        assert CONTEST.payoffs[(slice(None), *joint_action)].tolist() == [win, win, -win, -win]


def test_the_contest_is_zero_sum():
    assert "zero-sum" in games.classify(CONTEST)
    assert "zero-sum" in games.classify(games.merge_teams(CONTEST, TEAMS))


def test_with_a_common_coin_in_each_team_the_contest_is_even():
    solution = zero_sum.minimax(games.merge_teams(CONTEST, TEAMS).payoffs[0])
    assert solution.value == pytest.approx(0)
    np.testing.assert_allclose(solution.row_policy, COMMON_COIN, atol=1e-9)
    np.testing.assert_allclose(solution.column_policy, COMMON_COIN, atol=1e-9)


@pytest.mark.parametrize(
    ("attackers", "defenders", "value"),
    [
        (COMMON_COIN, COMMON_COIN, 0),
        (COMMON_COIN, OWN_COINS, 0.5),
        (OWN_COINS, COMMON_COIN, -0.5),
        (OWN_COINS, OWN_COINS, -0.25),
    ],
)
def test_what_the_attackers_win_with_common_or_own_coins(attackers, defenders, value):
    merged = games.merge_teams(CONTEST, TEAMS)
    np.testing.assert_allclose(merged.expected_payoffs([attackers, defenders]), [value, -value])


@given(st.integers(0, 10_000))
def test_merging_keeps_the_mean_payoffs_of_each_team(seed):
    rng = np.random.default_rng(seed)
    game = MatrixGame(rng.normal(size=(3, 2, 3, 2)))
    policies = [rng.dirichlet(np.ones(count)) for count in (2, 3, 2)]
    merged = games.merge_teams(game, [[2, 0], [1]])
    assert merged.action_counts == (4, 3)
    together = merged.expected_payoffs([np.outer(policies[2], policies[0]).ravel(), policies[1]])
    alone = game.expected_payoffs(policies)
    np.testing.assert_allclose(together, [(alone[0] + alone[2]) / 2, alone[1]])


def test_every_agent_must_be_in_one_team():
    with pytest.raises(ValueError, match=r"teams must name each of 2 agents once, got \[\[0\], \[0\]\]"):
        games.merge_teams(games.chicken(), [[0], [0]])
