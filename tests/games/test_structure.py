"""Kinds of games, and the potentials that some of them have."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from marl_lessons import games
from marl_lessons.games import MatrixGame

small_integers = st.integers(-3, 3)


@pytest.mark.parametrize(
    ("game", "kinds"),
    [
        (games.climbing(), {"common interest", "potential"}),
        (games.permutation(3), {"common interest", "potential"}),
        (games.matching_pennies(), {"zero-sum"}),
        (games.rock_paper_scissors(), {"zero-sum"}),
        (games.battle_of_sexes(), {"general-sum", "potential"}),
        (games.prisoners_dilemma(), {"general-sum", "potential", "prisoner's dilemma"}),
        (games.stag_hunt(x=3), {"general-sum", "potential", "stag hunt"}),
        (games.chicken(), {"general-sum", "potential", "chicken"}),
        (games.symmetric([[1, 2], [3, 2.5]]), {"general-sum", "potential", "deadlock"}),
        (games.symmetric([[4, 2], [3, 1]]), {"general-sum", "potential", "harmony"}),
        (games.coordination(), {"common interest", "potential"}),
    ],
    ids=lambda value: getattr(value, "name", ""),
)
def test_each_game_is_of_the_kinds_of_the_literature(game, kinds):
    assert set(games.classify(game)) == kinds


def test_the_reason_states_the_four_numbers():
    reason = games.classify(games.prisoners_dilemma())["prisoner's dilemma"]
    assert "T > R > P > S" in reason
    assert "R = 3, S = 0, T = 5, P = 1" in reason


@given(arrays(float, (2, 3, 4), elements=small_integers))
def test_a_potential_exists_just_where_gains_around_every_square_of_deviations_cancel(payoffs):
    cancels = all(
        (payoffs[0, r2, c] - payoffs[0, r, c])
        + (payoffs[1, r2, c2] - payoffs[1, r2, c])
        + (payoffs[0, r, c2] - payoffs[0, r2, c2])
        + (payoffs[1, r, c] - payoffs[1, r, c2])
        == 0
        for r, r2 in itertools.combinations(range(3), 2)
        for c, c2 in itertools.combinations(range(4), 2)
    )  # Monderer & Shapley 1996, theorem 2.8
    assert (games.find_potential(MatrixGame(payoffs)) is not None) == cancels


@given(
    arrays(float, (2, 3, 2), elements=small_integers),
    arrays(float, (3, 3, 3), elements=small_integers),
)
def test_a_team_reward_with_bonuses_for_own_actions_has_that_sum_as_its_potential(team_reward, bonuses):
    """The article's "team reward + individual bonus" is an exact potential game."""
    own = [bonuses[0, 0, :2][:, None, None], bonuses[1, 0, :3][:, None], bonuses[2, 0, :2]]
    game = MatrixGame(np.stack([team_reward + bonus for bonus in own]))
    expected = team_reward + sum(own)
    potential = games.find_potential(game)
    np.testing.assert_allclose(potential, expected - expected[0, 0, 0], atol=1e-12)
    best = np.unravel_index(potential.argmax(), potential.shape)
    assert game.is_pure_equilibrium(best)
