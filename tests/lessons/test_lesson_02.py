"""Every number that lesson 02 states about structures, potentials and dilemmas is what the module computes."""

import re

import numpy as np
import pytest

from marl_lessons import games, train
from marl_lessons.exercises.registry import find_prediction
from marl_lessons.learners import IQL
from marl_lessons.policies import linear_schedule
from tests.lessons.measures import solve, take_from_lesson

LESSON = "02_reward_structures"
PENNIES = games.matching_pennies().payoffs[0]
TEAM_REWARD = np.array([[4.0, 0.0], [0.0, 1.0]])
BONUSES = np.array([0.0, 2.0]), np.array([0.0, 5.0])


# Three structures


@pytest.mark.parametrize(
    ("game", "structure"),
    [
        (games.coordination(), "cooperative"),
        (games.matching_pennies(), "competitive"),
        (games.chicken(), "mixed"),
        (games.climbing(), "cooperative"),
        (games.rock_paper_scissors(), "competitive"),
        (games.stag_hunt(), "mixed"),
        (games.permutation(3), "cooperative"),
    ],
    ids=lambda value: getattr(value, "name", value),
)
def test_the_named_games_have_the_structure_that_the_lesson_names(game, structure):
    assert solve("2.1", game.payoffs) == structure
    kind = {"cooperative": "common interest", "competitive": "zero-sum", "mixed": "general-sum"}[structure]
    assert kind in games.classify(game)


def test_in_chicken_both_suffer_most_if_both_dare_and_each_wants_the_other_to_yield():
    mine, yours = games.chicken().payoffs
    assert (mine[1, 1], yours[1, 1]) == (mine.min(), yours.min())
    assert games.chicken().pure_equilibria() == [(0, 1), (1, 0)]
    assert mine[1, 0] > mine[0, 1]
    assert yours[0, 1] > yours[1, 0]


# Team reward plus individual bonus


@pytest.fixture(scope="module")
def with_bonus():
    return games.MatrixGame([TEAM_REWARD + BONUSES[0][:, None], TEAM_REWARD + BONUSES[1]])


def test_the_bonus_moves_the_equilibrium_to_where_the_team_earns_1_instead_of_4(with_bonus):
    assert games.common_payoff(TEAM_REWARD).pure_equilibria() == [(0, 0), (1, 1)]
    assert with_bonus.pure_equilibria() == [(1, 1)]
    assert (TEAM_REWARD[0, 0], TEAM_REWARD[1, 1]) == (TEAM_REWARD.max(), 1) == (4, 1)


def test_only_the_bonus_of_agent_1_outweighs_what_the_team_can_gain():
    """From (a, a) alone, the team loses 4; agent 0's bonus does not make up for it, agent 1's does."""
    assert BONUSES[0][1] < TEAM_REWARD[0, 0] - TEAM_REWARD[1, 0] < BONUSES[1][1]


def test_from_aa_to_ba_the_reward_of_agent_0_falls_from_4_to_2(with_bonus):
    assert with_bonus.payoffs[0, :, 0].tolist() == [4, 2]
    table = solve("2.2", TEAM_REWARD, *BONUSES)
    assert table.tolist() == [[4, 5], [2, 8]]
    assert table[1, 0] - table[0, 0] == -2


def test_the_example_has_a_potential_and_matching_pennies_has_none(with_bonus):
    table = solve("2.2", TEAM_REWARD, *BONUSES)
    np.testing.assert_allclose(games.find_potential(with_bonus), table - table[0, 0])
    assert games.find_potential(games.matching_pennies()) is None


def test_where_the_potential_is_largest_nobody_can_gain(with_bonus):
    table = solve("2.2", TEAM_REWARD, *BONUSES)
    assert with_bonus.is_pure_equilibrium(np.unravel_index(table.argmax(), table.shape))


def test_in_turns_a_potential_may_lead_to_a_worse_equilibrium():
    """Beside action b, b is the best response, so the team stays at 1 although 4 is possible."""
    game = games.common_payoff(TEAM_REWARD)
    assert game.best_responses(0, [None, [0, 1]]).tolist() == [1]


# Improvement in turns


def never_rests(mine, yours):
    """Say whether two agents (tables (A, A)) who answer each other in turns from (0, 0) move for ever."""
    column, seen = 0, []
    while column not in seen:  # where agent 1 was before, everything repeats
        seen.append(column)
        column = int(yours[mine[:, column].argmax()].argmax())
    return column != seen[-1]


def test_with_a_team_reward_and_bonuses_everybody_comes_to_rest():
    rng = np.random.default_rng(20)
    for _ in range(1_000):
        common, own_0, own_1 = rng.normal(size=(3, 3)), rng.normal(size=(3, 1)), rng.normal(size=3)
        assert not never_rests(common + own_0, common + own_1)
    assert find_prediction("2.a").answer == "a"
    assert find_prediction("2.a").options["a"].text == "none"


def test_with_unrelated_payoffs_nearly_one_in_four_never_rests():
    rng = np.random.default_rng(21)
    rate = np.mean([never_rests(*rng.normal(size=(2, 3, 3))) for _ in range(10_000)])
    assert abs(rate - 0.231) < 4 * np.sqrt(0.231 * 0.769 / 10_000)
    assert find_prediction("2.a").options["b"].text == "nearly one in four"


def test_in_matching_pennies_nobody_ever_rests():
    assert never_rests(PENNIES, -PENNIES)


def test_24_turns_are_enough_to_tell_who_never_rests():
    """The lesson's loop on fresh games, beside the loop above: after 18 turns everything has repeated."""
    (improve_in_turns,) = take_from_lesson(LESSON, "improve_in_turns")
    payoffs = np.random.default_rng(22).normal(size=(1_000, 2, 3, 3))
    moves_on = improve_in_turns(payoffs, turns=24)[:, -2:].any(axis=1)
    assert moves_on.tolist() == [never_rests(*pair) for pair in payoffs]


# Social dilemmas


@pytest.mark.parametrize(
    ("bonus", "name"), [(0.1, "harmony"), (0.27, "stag hunt"), (0.35, "prisoner's dilemma"), (0.6, "deadlock")]
)
def test_the_bonus_makes_the_game_that_the_lesson_names(bonus, name):
    game = games.defection_bonus(bonus)
    (R, S), (T, P) = game.payoffs[0].tolist()
    assert game.payoffs[0].tolist() == [[1, 0.7], [0.7 + bonus, 0.45 + bonus]]
    assert solve("2.3", R, S, T, P) == name
    assert name in games.classify(game)


@pytest.mark.parametrize(
    ("threshold", "below", "above"),
    [
        (0.25, "harmony", "stag hunt"),
        (0.30, "stag hunt", "prisoner's dilemma"),
        (0.55, "prisoner's dilemma", "deadlock"),
    ],
)
def test_the_game_changes_at_the_thresholds(threshold, below, above):
    names = [solve("2.3", *games.defection_bonus(threshold + step).payoffs[0].ravel()) for step in (-0.001, 0.001)]
    assert names == [below, above]


def test_the_stag_hunt_has_two_equilibria_and_the_good_one_pays_more():
    game = games.defection_bonus(0.27)
    assert game.pure_equilibria() == [(0, 0), (1, 1)]
    assert game.payoffs[0, 0, 0] > game.payoffs[0, 1, 1]


def test_at_0_35_defecting_pays_1_05_instead_of_1_and_0_8_instead_of_0_7():
    np.testing.assert_allclose(games.defection_bonus(0.35).payoffs[0], [[1, 0.7], [1.05, 0.8]])


@pytest.mark.parametrize(
    ("payoffs", "name"),
    [
        ((3, 0, 5, 1), "prisoner's dilemma"),
        ((4, 0, 3, 2), "stag hunt"),
        ((3, 2, 4, 1), "chicken"),
        ((5, 2, 4, 1), "harmony"),
        ((1, 0, 3, 2), "deadlock"),
    ],
)
def test_the_classic_payoffs_have_the_names_that_the_checks_give_them(payoffs, name):
    R, S, T, P = payoffs
    assert solve("2.3", R, S, T, P) == name
    assert name in games.classify(games.symmetric([[R, S], [T, P]]))


def learn_pairs(bonus, pairs, plays=2_000):
    """Return the share of pairs that end by cooperating, by the protocol of the lesson with a fresh seed."""
    rng = np.random.default_rng(23)
    learners = IQL(
        games.defection_bonus(bonus), alpha=0.1, gamma=0.0, epsilon=linear_schedule(1.0, 0.0, int(0.8 * plays))
    )
    train(games.defection_bonus(bonus), learners, steps=plays, runs=pairs, rng=rng)
    ends = learners.act(np.zeros((pairs, 2), dtype=int), rng, explore=False)  # (R, 2)
    return (ends == 0).all(axis=1).mean()


@pytest.mark.parametrize(
    ("bonus", "rate"), [(0.2, 1), (0.27, 0.99), (0.29, 0.89), (0.32, 0.31), (0.35, 0.02), (0.5, 0), (0.6, 0)]
)
def test_so_many_pairs_end_by_cooperating(bonus, rate):
    """2,000 plays, α = .1, γ = 0, ε from 1 to 0 over 80 %, 500 pairs: within 4 standard errors of canon row 24.

    The 0.31 at 0.32 is our own measurement, on 2,000 pairs: most, but not all, of the cooperation is gone there.
    """
    assert abs(learn_pairs(bonus, pairs=500) - rate) <= 4 * np.sqrt(rate * (1 - rate) / 500)


def test_at_0_35_the_prediction_that_nearly_none_cooperates_comes_true():
    prediction = find_prediction("2.b")
    assert prediction.options[prediction.answer].text == "nearly none"
    (draw_dilemma,) = take_from_lesson(LESSON, "draw_dilemma")
    alt = draw_dilemma(0.35).alt
    cooperating = int(re.fullmatch(r"b = 0.35: prisoner's dilemma. (\d+)% of 200 pairs end by cooperating.", alt)[1])
    assert cooperating <= 6
