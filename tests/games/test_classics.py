"""The games of the literature pay what it says, and have the equilibria that it finds."""

import itertools

import numpy as np
import pytest

from marl_lessons import games


@pytest.mark.parametrize(
    ("game", "equilibria"),
    [
        (games.climbing(), [(0, 0), (1, 1)]),
        (games.penalty(), [(0, 0), (1, 1), (2, 2)]),
        (games.prisoners_dilemma(), [(1, 1)]),
        (games.stag_hunt(), [(0, 0), (1, 1)]),
        (games.chicken(), [(0, 1), (1, 0)]),
        (games.matching_pennies(), []),
        (games.rock_paper_scissors(), []),
        (games.battle_of_sexes(), [(0, 0), (1, 1)]),
        (games.all_agree(3), [(0, 0, 0), (0, 0, 1), (0, 1, 0), (1, 0, 0), (1, 1, 1)]),
    ],
    ids=lambda value: getattr(value, "name", ""),
)
def test_the_named_games_have_the_pure_equilibria_of_the_literature(game, equilibria):
    assert game.pure_equilibria() == equilibria


@pytest.mark.parametrize("game", [games.partially_stochastic_climbing(), games.stochastic_climbing()])
def test_chance_changes_the_payoffs_of_climbing_and_not_their_averages(game):
    np.testing.assert_array_equal(game.payoffs, games.climbing().payoffs)
    actions = np.repeat(np.indices((3, 3)).reshape(2, -1).T, 4_000, axis=0)  # each joint action 4,000 times
    _, rewards, terminated = game.step(np.zeros(len(actions), int), actions, np.random.default_rng(0))
    paid = rewards.reshape(3, 3, 4_000, 2)
    assert terminated.all()
    np.testing.assert_array_equal(paid[..., 0], paid[..., 1])
    for cell in np.ndindex(3, 3):
        assert set(paid[cell][:, 0]) == set(game.outcomes[:, 0, *cell])
    np.testing.assert_allclose(paid.mean(axis=2)[..., 0], game.payoffs[0], atol=4 * 35 / np.sqrt(4_000))


def test_all_in_pays_only_those_who_all_go_in():
    payoffs = games.all_in(3).payoffs
    assert (payoffs[:, 1, 1, 1] == 10).all()
    assert (payoffs[:, 0, 0, 0] == 0).all()
    assert (np.delete(payoffs.reshape(3, 8), [0, 7], axis=1) == -1).all()


def test_matching_pennies_pays_the_matcher():
    assert games.matching_pennies().payoffs[:, 0, 0].tolist() == [1, -1]


def test_paper_beats_rock():
    assert games.rock_paper_scissors().payoffs[:, 1, 0].tolist() == [1, -1]


def test_the_6_of_the_climbing_game_is_above_the_diagonal():
    assert games.climbing().payoffs[:, 1, 2].tolist() == [6, 6]


def test_permutation_pays_for_exactly_the_permutations():
    game = games.permutation(4)
    paid = {tuple(joint_action) for joint_action in np.argwhere(game.payoffs[0] == 1).tolist()}
    assert paid == set(itertools.permutations(range(4)))
