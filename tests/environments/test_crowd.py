"""In the crowd a night is worth less the fuller it is, and the three rewards are what they say."""

import itertools
from unittest.mock import Mock

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from marl_lessons.environments import Crowd
from marl_lessons.markov_games import Snapshot

RNG = np.random.default_rng(0)


def worth_by_hand(nights, num_nights, capacity):
    """G of one evening's nights, a list."""
    counts = [nights.count(night) for night in range(num_nights)]
    return sum(count * np.exp(-count / capacity) for count in counts)


def pay(reward, nights, num_nights=3, capacity=2.0):
    game = Crowd(len(nights), num_nights, capacity, reward)
    return game.step(game.reset(1, RNG), np.array([nights]), RNG)[1][0]


@given(st.lists(st.integers(0, 2), min_size=1, max_size=6))
def test_each_reward_is_what_its_name_says(nights):
    team = worth_by_hand(nights, 3, 2.0)
    np.testing.assert_allclose(pay("global", nights), team)
    own = [nights.count(night) * np.exp(-nights.count(night) / 2) for night in nights]
    np.testing.assert_allclose(pay("local", nights), own)
    without = [worth_by_hand(nights[:agent] + nights[agent + 1 :], 3, 2.0) for agent in range(len(nights))]
    np.testing.assert_allclose(pay("difference", nights), team - np.array(without), atol=1e-12)


def test_many_runs_are_counted_at_once():
    game = Crowd(4, 3)
    actions = RNG.integers(3, size=(50, 4))
    expected = [np.bincount(row, minlength=3) for row in actions]
    np.testing.assert_array_equal(game.count_guests(actions), expected)


@pytest.mark.parametrize(("num_agents", "num_nights", "capacity"), [(6, 3, 2.0), (9, 3, 1.0), (5, 2, 5.0), (3, 1, 1.0)])
def test_the_best_spread_is_that_of_trying_all(num_agents, num_nights, capacity):
    game = Crowd(num_agents, num_nights, capacity)
    counts, best = game.find_best_counts()
    spreads = itertools.product(range(num_agents + 1), repeat=num_nights)
    tried = [game.worth(np.array(spread)).sum() for spread in spreads if sum(spread) == num_agents]
    assert best == pytest.approx(max(tried))
    assert counts.sum() == num_agents
    assert game.worth(counts).sum() == pytest.approx(best)


def find_best_worth(game):
    """Find the best G by dynamic programming over the nights: W_k(n) = max_x g(x) + W_{k-1}(n - x)."""
    worth = game.worth(np.arange(game.num_agents + 1))
    total = worth
    for _ in range(game.num_actions - 1):
        total = np.array([(worth[: n + 1] + total[n::-1]).max() for n in range(game.num_agents + 1)])
    return total[-1]


@given(st.integers(1, 60), st.integers(1, 7), st.floats(0.2, 40))
def test_the_best_spread_is_that_of_dynamic_programming(num_agents, num_nights, capacity):
    game = Crowd(num_agents, num_nights, capacity)
    counts, best = game.find_best_counts()
    assert counts.shape == (num_nights,)
    assert counts.min() >= 0
    assert counts.sum() == num_agents
    assert best == pytest.approx(find_best_worth(game), rel=1e-12)
    assert game.worth(counts).sum() == pytest.approx(best, rel=1e-12)


@pytest.mark.parametrize("capacity", [20.0, 40.0, 100.0])  # half of a seventh, a seventh, and more
def test_of_two_hundred_and_eighty_the_best_spread_is_that_of_dynamic_programming(capacity):
    game = Crowd(280, capacity=capacity)
    assert game.find_best_counts()[1] == pytest.approx(find_best_worth(game), rel=1e-12)


def test_the_worth_of_a_night_bends_down_up_to_where_it_is_said_to_and_then_up():
    for capacity in (0.3, 1.0, 5.0, 33.3):
        game = Crowd(capacity=capacity)
        guests = np.arange(1, 300)
        bends = game.worth(guests + 1) - 2 * game.worth(guests) + game.worth(guests - 1)
        turn = 1 / np.tanh(1 / (2 * capacity))
        assert (bends[guests < turn] < 0).all()
        assert (bends[guests > turn] >= 0).all()


def test_the_best_spread_of_a_million_fills_all_nights_but_one_to_their_capacity():
    counts, best = Crowd(1_000_000, capacity=50_000).find_best_counts()
    assert counts[:6] == pytest.approx(np.full(6, 50_000), abs=1_000)
    assert counts.sum() == 1_000_000
    assert best == pytest.approx(6 * 50_000 / np.e + 700_000 * np.exp(-14), rel=1e-4)


def test_of_a_hundred_the_best_crowd_sends_seventy_on_one_night():
    counts, best = Crowd(100).find_best_counts()
    assert sorted(counts.tolist()) == [5] * 6 + [70]
    assert best == pytest.approx(30 / np.e, abs=1e-3)


def test_every_evening_is_an_episode():
    game = Crowd(5)
    state, rewards, terminated = game.step(game.reset(2, RNG), np.zeros((2, 5), dtype=int), RNG)
    assert terminated.all()
    assert rewards.shape == (2, 5)
    assert game.observe(state).shape == (2, 5)


def test_ten_thousand_agents_are_paid_from_seven_counts():
    game = Crowd(10_000, capacity=500, reward="difference")
    actions = RNG.integers(7, size=(2, 10_000))
    rewards = game.step(game.reset(2, RNG), actions, RNG)[1]
    counts = game.count_guests(actions)
    assert counts.sum(axis=1).tolist() == [10_000] * 2
    np.testing.assert_allclose(
        rewards[0, 0], game.worth(counts[0, actions[0, 0]]) - game.worth(counts[0, actions[0, 0]] - 1)
    )


def test_a_hundred_agents_and_seven_nights_for_five_are_usual():
    game = Crowd()
    assert (game.num_agents, game.num_actions, game.capacity, game.reward) == (100, 7, 5, "global")


def test_it_says_how_many_come():
    game = Crowd(3, 3, 1.0)
    assert game.tell(Snapshot(np.int64(0), np.array([0, 2, 2]))) == "Guests by night: 1, 0, 2; worth 0.639 together."
    assert game.tell(Snapshot(np.int64(0))) == "Nobody has chosen yet."


def test_the_picture_shows_the_guests_of_each_night_the_capacity_and_room_for_all():
    axes, game = Mock(), Crowd(3, 3, 1.0)
    game.draw_on(axes, Snapshot(np.int64(0), np.array([0, 2, 2])))
    assert axes.bar.call_args.args[1].tolist() == [1, 0, 2]
    assert axes.axhline.call_args.args == (1.0,)
    assert axes.set.call_args.kwargs["ylim"] == (0, 3)
    game.draw_on(axes, Snapshot(np.int64(0)))
    assert axes.bar.call_args.args[1].tolist() == [0, 0, 0]


@pytest.mark.parametrize(
    ("options", "message"), [({"reward": "mine"}, "reward must be"), ({"capacity": 0}, "capacity")]
)
def test_what_cannot_be_is_refused(options, message):
    with pytest.raises(ValueError, match=message):
        Crowd(**options)
