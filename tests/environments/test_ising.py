"""In the Ising game one color of a checkerboard moves at a time, and earns by agreeing with its neighbors."""

import itertools
from unittest.mock import Mock

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from marl_lessons.environments import Ising
from marl_lessons.learners import MeanFieldQ
from marl_lessons.markov_games import Snapshot
from marl_lessons.rollout import play, train

RNG = np.random.default_rng(0)
GRID = [
    [1, 1, -1, 1],
    [-1, 1, -1, -1],
    [1, 1, 1, -1],
    [-1, -1, 1, 1],
]
# Neighbors of (0, 0): up (3, 0) -1, down (1, 0) -1, left (0, 3) 1, right (0, 1) 1.
SUMS = [
    [0, 0, 2, 0],
    [2, 0, 0, -2],
    [-2, 2, 0, 2],
    [2, 2, 0, 0],
]  # by hand


def make_state(grid=GRID, color=0):
    return np.append(np.ravel(grid), color)[None].astype(np.int8)


def test_neighbors_are_added_up_around_the_torus():
    assert Ising(4).sum_neighbors(make_state()).reshape(4, 4).tolist() == SUMS


@pytest.mark.parametrize("color", [0, 1])
def test_who_moves_sees_how_many_neighbors_point_up_and_the_others_that_they_wait(color):
    seen = Ising(4).observe(make_state(color=color)).reshape(4, 4)
    for row, column in itertools.product(range(4), repeat=2):
        is_turn = (row + column) % 2 == color
        assert seen[row, column] == ((SUMS[row][column] + 4) // 2 if is_turn else 5)
    assert seen.dtype == np.int64


@pytest.mark.parametrize("color", [0, 1])
@pytest.mark.parametrize("action", [0, 1])
def test_one_color_turns_and_earns_half_of_what_agrees_with_it(color, action):
    game = Ising(4)
    next_state, rewards, terminated = game.step(make_state(color=color), np.full((1, 16), action), RNG)
    for row, column in itertools.product(range(4), repeat=2):
        is_turn, direction = (row + column) % 2 == color, 2 * action - 1
        assert game.to_grid(next_state)[0, row, column] == (direction if is_turn else GRID[row][column])
        assert rewards.reshape(4, 4)[row, column] == (0.5 * direction * SUMS[row][column] if is_turn else 0)
    assert next_state[0, -1] == 1 - color
    assert not terminated.any()


@given(seed=st.integers(0, 10_000), up=st.booleans())
def test_turning_everything_around_turns_what_is_seen_and_keeps_what_is_earned(seed, up):
    game, rng = Ising(6), np.random.default_rng(seed)
    state, actions = game.reset(2, rng), rng.integers(2, size=(2, 36))
    mirrored = state.copy()
    mirrored[:, :-1] *= -1
    seen, seen_mirrored = game.observe(state), game.observe(mirrored)
    np.testing.assert_array_equal(np.where(seen == 5, 5, 4 - seen), seen_mirrored)
    (after, earned, _), (after_mirrored, earned_mirrored, _) = (
        game.step(state, actions, rng),
        game.step(mirrored, 1 - actions, rng),
    )
    np.testing.assert_array_equal(after[:, :-1], -after_mirrored[:, :-1])
    np.testing.assert_array_equal(earned, earned_mirrored)


@given(seed=st.integers(0, 10_000), down=st.integers(0, 5), right=st.integers(0, 5))
def test_no_place_on_the_torus_is_special(seed, down, right):
    game, rng = Ising(6), np.random.default_rng(seed)
    state = game.reset(1, rng)
    shifted = np.roll(game.to_grid(state)[0], (down, right), axis=(0, 1))
    sums = np.roll(game.sum_neighbors(state).reshape(6, 6), (down, right), axis=(0, 1))
    np.testing.assert_array_equal(game.sum_neighbors(make_state(shifted)).reshape(6, 6), sums)


def test_who_sees_everybody_sees_the_bin_of_the_mean_direction():
    game = Ising(4, sees="everybody")
    assert game.num_observations == 22
    for up, expected in [(0, 0), (5, 6), (8, 10), (9, 11), (11, 14), (16, 20)]:
        state = make_state([1] * up + [-1] * (16 - up))
        assert set(game.observe(state)[0, game.colors == 0]) == {expected}
        assert set(game.observe(state)[0, game.colors == 1]) == {21}


def test_order_is_how_far_all_point_alike():
    game = Ising(2)
    states = [make_state(grid) for grid in ([1, 1, 1, 1], [-1, -1, -1, -1], [1, -1, 1, -1], [-1, 1, -1, -1])]
    assert [float(game.order(state)[0]) for state in states] == [1, 1, 0, 0.5]


@pytest.mark.parametrize(("start_up", "share"), [(0, 0), (0.5, 0.5), (0.9, 0.9), (1, 1)])
def test_as_many_point_up_at_first_as_is_asked_for(start_up, share):
    state = Ising(20, start_up=start_up).reset(50, np.random.default_rng(0))
    assert (state[:, :-1] == 1).mean() == pytest.approx(share, abs=0.02)
    assert set(np.unique(state[:, :-1])) <= {-1, 1}
    assert (state[:, -1] == 0).all()


def test_values_of_what_is_seen_are_the_rewards_and_those_of_waiting_are_zero():
    """Whoever moves knows its reward from what it sees: a · (number up - 2)."""
    game = Ising(6)
    learner = MeanFieldQ(game, alpha=0.5, gamma=0.0, temperature=10.0)
    train(game, learner, 200, 2, np.random.default_rng(0))
    np.testing.assert_allclose(learner.q_table[0], [[2 - up, up - 2] for up in range(5)] + [[0, 0]], atol=1e-6)


def test_an_ordered_grid_stays_ordered_when_it_is_cold_and_not_when_it_is_hot():
    for temperature, holds in [(0.5, lambda order: order > 0.95), (5.0, lambda order: order < 0.3)]:
        game = Ising(10, start_up=1.0)
        learner = MeanFieldQ(game, 0.1, 0.0, temperature, initial=[[2 - up, up - 2] for up in range(5)] + [[0, 0]])
        *_, last = (step for step, _ in zip(play(game, learner, 4, np.random.default_rng(0)), range(60), strict=False))
        assert holds(game.order(last.next_state)).all()


def test_it_says_how_many_point_up_and_turn_around():
    game, state = Ising(4), make_state()
    after, rewards, _ = game.step(state, np.ones((1, 16), dtype=int), RNG)
    step = Snapshot(state[0], np.ones(16, dtype=int), rewards[0], after[0])
    assert game.tell(step) == "9 of 16 point up, order 0.12; of the 8 whose turn it is, 3 turn around."
    assert game.tell(Snapshot(state[0])) == "9 of 16 point up, order 0.12."


def test_four_hundred_agents_in_disorder_that_see_their_neighbors_are_usual():
    game = Ising()
    assert (game.num_agents, game.sees, game.start_up, game.horizon) == (400, "neighbors", 0.5, None)


def test_the_picture_is_as_dark_or_bright_as_the_directions_even_where_all_point_alike():
    axes = Mock()
    Ising(4).draw_on(axes, Snapshot(make_state()[0]))
    assert axes.imshow.call_args.args[0].tolist() == GRID
    assert (axes.imshow.call_args.kwargs["vmin"], axes.imshow.call_args.kwargs["vmax"]) == (-1, 1)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"side": 3}, "side must be even"),
        ({"side": 0}, "side must be even"),
        ({"sees": "nobody"}, "sees must be one of"),
        ({"start_up": 1.5}, "start_up must lie in"),
        ({"start_up": -0.1}, "start_up must lie in"),
    ],
)
def test_what_cannot_be_is_refused(options, message):
    with pytest.raises(ValueError, match=message):
        Ising(**options)
