"""Every number that lesson 02 states about competition is what the module computes."""

import nashpy
import numpy as np
import pytest

from marl_lessons import games
from marl_lessons.solvers import dynamics, zero_sum
from tests.lessons.measures import solve

PENNIES = games.matching_pennies().payoffs[0]
LOPSIDED = np.array([[2.0, -1.0], [-1.0, 1.0]])


# Guarantees


@pytest.mark.parametrize(("heads", "guarantee"), [(1, -1), (0.75, -0.5), (0.5, 0)])
def test_a_coin_with_this_chance_of_heads_guarantees(heads, guarantee):
    assert solve("2.4", PENNIES, np.array([heads, 1 - heads])) == guarantee


def test_in_lopsided_pennies_the_guarantee_rises_to_0_2_at_heads_0_4_and_falls_again():
    guarantees = np.array([solve("2.4", LOPSIDED, np.array([p, 1 - p])) for p in np.linspace(0, 1, 101)])
    assert guarantees[40] == pytest.approx(0.2)
    assert (np.diff(guarantees[:41]) > 0).all()
    assert (np.diff(guarantees[40:]) < 0).all()


def test_both_sides_of_lopsided_pennies_play_heads_at_0_4_for_a_value_of_0_2():
    best = zero_sum.minimax(LOPSIDED)
    (row, column), *others = nashpy.Game(LOPSIDED).support_enumeration()
    assert not others
    np.testing.assert_allclose([best.row_policy, best.column_policy, row, column], [[0.4, 0.6]] * 4)
    assert best.value == pytest.approx(0.2)
    assert row @ LOPSIDED @ column == pytest.approx(0.2)


def test_with_three_quarters_heads_only_the_column_agent_can_gain():
    row, column = np.array([0.75, 0.25]), np.array([0.5, 0.5])
    now = row @ PENNIES @ column
    assert (PENNIES @ column).max() == now == 0
    assert solve("2.5", PENNIES, row, column) == now - (row @ PENNIES).min() == 0.5


@pytest.mark.parametrize("payoffs", [PENNIES, games.rock_paper_scissors().payoffs[0], LOPSIDED])
def test_at_the_minimax_solution_exploitability_is_0(payoffs):
    best = zero_sum.minimax(payoffs)
    assert solve("2.5", payoffs, best.row_policy, best.column_policy) == pytest.approx(0, abs=1e-9)


# Fictitious play


@pytest.fixture(scope="module", params=[games.matching_pennies, games.rock_paper_scissors], ids=lambda f: f.__name__)
def fictitious(request):
    """The game, the frequencies of both agents (T, A), and their exploitability (T,)."""
    game = request.param()
    frequencies = dynamics.fictitious_play(game, steps=10_000, first_actions=[0, 0])
    gaps = np.array([solve("2.5", game.payoffs[0], row, column) for row, column in zip(*frequencies, strict=True)])
    return game, frequencies, gaps


def test_the_exploitability_after_1_000_and_10_000_plays(fictitious):
    game, _, gaps = fictitious
    expected = {"matching pennies": (0.044, 0.014), "rock, paper, scissors": (0.042, 0.013)}[game.name]
    assert (round(gaps[999], 3), round(gaps[9_999], 3)) == expected


def test_on_logarithmic_axes_it_falls_along_a_line_with_slope_minus_one_half(fictitious):
    _, _, gaps = fictitious
    plays = np.unique(np.geomspace(10, 10_000, 60).astype(int))
    slope, start = np.polyfit(np.log(plays), np.log(gaps[plays - 1]), 1)
    assert slope == pytest.approx(-0.5, abs=0.02)
    assert np.abs(start + slope * np.log(plays) - np.log(gaps[plays - 1])).max() < 0.3
    np.testing.assert_allclose(gaps[[9, 99]] / gaps[[999, 9_999]], 10, rtol=0.12)


def test_what_they_play_jumps_about_while_their_averages_settle(fictitious):
    game, frequencies, _ = fictitious
    counts = frequencies[0] * np.arange(1, 10_001)[:, None]  # (T, A)
    last_plays = np.diff(counts[-1_000:], axis=0).argmax(axis=1)
    assert set(last_plays) == set(range(game.num_actions))
    np.testing.assert_allclose(frequencies[0][-1], 1 / game.num_actions, atol=0.01)


# Teams against teams


@pytest.fixture(scope="module")
def attack():
    """The attackers' payoffs (2, 2, 4): their two actions, and the defenders' joint action."""
    return games.team_contest().payoffs[0].reshape(2, 2, 4)


def test_attackers_who_act_as_one_toss_one_coin_and_break_even():
    as_one = games.merge_teams(games.team_contest(), [[0, 1], [2, 3]])
    together = zero_sum.minimax(as_one.payoffs[0])
    assert together.value == pytest.approx(0, abs=1e-9)
    np.testing.assert_allclose(together.row_policy, [0.5, 0, 0, 0.5], atol=1e-9)


def test_attackers_with_a_coin_each_guarantee_minus_one_half_and_no_pair_of_coins_does_better(attack):
    alone, first, second = zero_sum.maximin_without_correlation(attack)
    assert alone == pytest.approx(-0.5)
    np.testing.assert_allclose([first, second], 0.5)
    coins = np.linspace([0, 1], [1, 0], 101)  # (101, 2)
    guarantees = np.einsum("ga,hb,abd->ghd", coins, coins, attack).min(axis=-1)  # every pair of coins
    assert guarantees.max() == pytest.approx(-0.5)


def test_with_a_coin_each_the_attackers_miss_each_other_half_of_the_time():
    """Two fair coins differ in two of four cases; then no gate falls, whatever the defenders do."""
    payoffs = games.team_contest().payoffs[0]
    assert (payoffs[[0, 1], [1, 0]] == -1).all()
    assert (payoffs == 1).any(axis=(2, 3)).mean() == 0.5
