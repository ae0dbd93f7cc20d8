"""A view changes what agents see or what actions are called, and nothing else."""

import numpy as np
import pytest

from marl_lessons import games
from marl_lessons.environments import Dispatch, Drift
from marl_lessons.views import Relabeled, Tiled


def rng():
    return np.random.default_rng(0)


def test_relabeled_actions_do_what_their_labels_do():
    game, state = Drift(), Drift().reset(5, rng())
    actions = np.tile([0, 1, 3], (5, 1))
    for changed, plain in zip(
        Relabeled(game).step(state, actions, rng()), game.step(state, 3 - actions, rng()), strict=True
    ):
        np.testing.assert_array_equal(changed, plain)


def test_relabeling_renames_the_actions_and_keeps_the_rest():
    game = Relabeled(Dispatch(), labels=[1, 2, 0])
    assert game.action_names == ("B", "H", "A")
    assert (game.num_agents, game.num_actions, game.num_observations, game.horizon) == (2, 3, 18, 20)
    np.testing.assert_array_equal(game.observe(game.reset(9, rng())), Dispatch().observe(Dispatch().reset(9, rng())))


def test_labels_must_be_a_permutation():
    with pytest.raises(ValueError, match=r"labels must be a permutation of 0 … 2, got \[0 0 1\]"):
        Relabeled(Dispatch(), labels=[0, 0, 1])


def test_a_tile_reaches_from_its_edge_up_to_the_next():
    game = Tiled(Drift(), edges=[-1, 0, 2])
    features = np.array([[-9, 0, 0, 0], [-1, 0, 0, 0], [-0.01, 0, 0, 0], [0, 0, 0, 0], [5, 0, 0, 0]], dtype=float)
    assert game.num_observations == 4
    assert game.observe(features).tolist() == [[tile] * 3 for tile in [0, 1, 1, 2, 3]]


def test_tiles_leave_the_game_as_it_is():
    game, plain = Tiled(Drift(), edges=[0.0]), Drift()
    state = game.reset(4, rng())
    np.testing.assert_array_equal(state, plain.reset(4, rng()))
    actions = np.ones((4, 3), dtype=int)
    for tiled, untiled in zip(game.step(state, actions, rng()), plain.step(state, actions, rng()), strict=True):
        np.testing.assert_array_equal(tiled, untiled)


def test_another_feature_can_be_tiled():
    state = np.array([[0.0, 0, 7, 0]])
    assert Tiled(Drift(), edges=[5], feature=2).observe(state).tolist() == [[1, 1, 1]]


def test_tiles_need_features_and_increasing_edges():
    with pytest.raises(ValueError, match="game must have features to tile"):
        Tiled(games.climbing(), [0])
    with pytest.raises(ValueError, match="edges must increase"):
        Tiled(Drift(), [0, 0])
