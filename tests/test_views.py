"""A view changes what agents see or what actions are called, and nothing else."""

import numpy as np
import pytest

from marl_lessons import games
from marl_lessons.environments import Dispatch, Drift, Relay
from marl_lessons.learners import IQL
from marl_lessons.rollout import train
from marl_lessons.views import Numbered, OneHot, Relabeled, Tiled, WithIdentity


class Watched(Dispatch):
    """A game that knows better than to put observations side by side."""

    def global_view(self, state):
        return state / self.caps


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


def test_one_hot_features_say_which_observation_it_is():
    game, plain = OneHot(Dispatch(view="own")), Dispatch(view="own")
    state = game.reset(40, rng())
    features = game.observe(state)
    assert features.shape == (40, 2, 6)
    assert game.observation_shape == (6,)
    assert game.num_observations is None
    np.testing.assert_array_equal(features.argmax(axis=-1), plain.observe(state))
    assert (np.sort(features, axis=-1) == [0, 0, 0, 0, 0, 1]).all()


def test_one_hot_features_cannot_be_made_of_features():
    with pytest.raises(ValueError, match="game must have integer observations, got features; use it as it is"):
        OneHot(Drift())


def test_what_was_seen_before_has_the_number_that_it_had():
    game = Numbered(Drift(), most=6)
    assert game.num_observations == 6
    assert Numbered(Drift()).num_observations == 10_000
    assert game.observation_shape == ()
    assert game.observe(np.array([[5.0, 0, 0, 0], [7, 0, 0, 0], [5, 0, 0, 0]])).tolist() == [[0] * 3, [1] * 3, [0] * 3]
    assert game.observe(np.array([[0.0, 0, 0, 0], [-0.0, 0, 0, 0], [7, 0, 0, 0]])).tolist() == [
        [2] * 3,
        [2] * 3,
        [1] * 3,
    ]
    assert len(game.numbers) == 3
    assert game.number(np.array([[[7.0, 0, 0, 0]]])).tolist() == [[1]]


def test_agents_that_see_the_same_see_the_same_number():
    game = Numbered(OneHot(Dispatch(view="own")), most=6)
    state = game.reset(50, rng())
    seen, plain = game.observe(state), Dispatch(view="own").observe(state)
    assert seen.dtype == np.int64
    pairs = {*zip(plain.ravel().tolist(), seen.ravel().tolist(), strict=True)}
    assert len(pairs) == 6 == len(dict(pairs)) == len({number for _, number in pairs})


def test_numbers_of_features_learn_as_the_integers_behind_them_do():
    def run(game):
        learner = IQL(game, alpha=0.2, gamma=0.9, epsilon=0.2)
        return train(game, learner, 300, 4, rng()).rewards

    np.testing.assert_array_equal(run(Numbered(OneHot(Dispatch()), most=18)), run(Dispatch()))


def test_a_critic_sees_the_number_of_the_global_view():
    game = Numbered(Drift(), most=40)
    state = np.array([[5.0, 0, 0, 0], [7, 0, 0, 0], [5, 0, 0, 0]])
    assert game.global_view(state).tolist() == [[0], [1], [0]]
    assert game.view_sizes == (40,)
    assert game.numbers == {}  # those of agents are others


def test_more_different_features_than_promised_are_refused():
    game = Numbered(Drift(), most=3)
    with pytest.raises(
        ValueError, match=r"observations must take at most 3 different values, got one more; raise `most`"
    ):
        game.observe(game.reset(9, rng()))


def test_integers_need_no_numbers():
    with pytest.raises(
        ValueError, match="game must have features to number, got integer observations; use it as it is"
    ):
        Numbered(Dispatch())


@pytest.mark.parametrize("groups", [None, [1, 0], [0, 0], [3, 3]])
def test_an_identity_and_an_observation_make_one_number_from_which_both_can_be_read(groups):
    game, plain = WithIdentity(Dispatch(view="own"), groups), Dispatch(view="own")
    state = plain.reset(40, rng())
    group, seen = np.divmod(game.observe(state), plain.num_observations)
    np.testing.assert_array_equal(seen, plain.observe(state))
    np.testing.assert_array_equal(group, np.tile([0, 1] if groups is None else groups, (40, 1)))
    assert (
        game.num_observations == plain.num_observations * game.num_groups == plain.num_observations * (group.max() + 1)
    )


def test_an_identity_stands_behind_the_features_as_one_of_its_own():
    game = WithIdentity(Drift(), groups=np.arange(3) % 2)
    state = game.reset(5, rng())
    seen = game.observe(state)
    assert game.observation_shape == (6,) == seen.shape[2:]
    np.testing.assert_array_equal(seen[..., :4], Drift().observe(state))
    np.testing.assert_array_equal(seen[..., 4:], [[[1, 0], [0, 1], [1, 0]]] * 5)


def test_small_numbers_of_groups_make_large_numbers_of_observations():
    game = WithIdentity(Dispatch(), np.array([0, 100], dtype=np.int8))  # 100 · 18 is more than eight bits hold
    seen = game.observe(game.reset(5, rng()))
    assert (seen[:, 1] == 1800 + seen[:, 0]).all()


@pytest.mark.parametrize("groups", [[0], [0, -1], [0.0, 1.0], [[0, 1]]])
def test_groups_must_number_the_agents(groups):
    with pytest.raises(ValueError, match="groups must be 2 whole numbers from 0 up, got"):
        WithIdentity(Dispatch(), groups)


VIEWS = {
    "relabeled": lambda: (Relabeled(Watched()), Watched()),
    "one hot": lambda: (OneHot(Watched()), Watched()),
    "tiled": lambda: (Tiled(Drift(), [0.0]), Drift()),
    "with identity": lambda: (WithIdentity(Watched()), Watched()),
}


@pytest.mark.parametrize("make", VIEWS.values(), ids=VIEWS)
def test_a_view_hands_through_what_the_game_shows_a_critic(make):
    view, game = make()
    state = game.reset(7, rng())
    np.testing.assert_array_equal(view.global_view(state), game.global_view(state))
    assert view.view_sizes == game.view_sizes


def test_views_can_be_laid_over_one_another():
    game = OneHot(Relabeled(Tiled(Drift(), [0.0])))
    assert game.observe(np.array([[0.5, 0, 0, 0]])).tolist() == [[[0, 1]] * 3]
    state, actions = game.reset(5, rng()), np.zeros((5, 3), dtype=int)
    np.testing.assert_array_equal(game.step(state, actions, rng())[0], Drift().step(state, actions + 3, rng())[0])


def test_a_critic_sees_one_hot_features_where_the_game_shows_it_integers():
    game = OneHot(games.chicken())
    assert game.global_view(game.reset(3, rng())).tolist() == [[1, 1]] * 3
    game = OneHot(Dispatch(view="own"))
    state = game.reset(9, rng())
    side_by_side = game.observe(state).reshape(9, 12)
    np.testing.assert_array_equal(game.global_view(state), side_by_side)
    assert game.view_sizes is None


def test_one_hot_features_keep_what_only_a_critic_sees():
    game, plain = OneHot(Relay()), Relay()
    code, flag, time = plain.global_view(plain.reset(1, rng()))[0]
    assert game.global_view(plain.reset(1, rng()))[0].nonzero()[0].tolist() == [code, 2 + flag, 5 + time]
