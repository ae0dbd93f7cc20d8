"""The squeeze pays for an amount a little above the mean, and the difference reward is what one agent changes."""

import itertools
from unittest.mock import Mock

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from marl_lessons.environments import Squeeze
from marl_lessons.markov_games import Snapshot

RNG = np.random.default_rng(0)


def pay(reward, amounts):
    game = Squeeze(len(amounts), mean=10.0, spread=6.0, reward=reward)
    _, rewards, terminated = game.step(game.reset(1, RNG), np.array([amounts]), RNG)
    assert terminated.all()
    return rewards[0]


def worth_by_hand(total):
    return total * np.exp(-((total - 10) ** 2) / 36)


@given(st.lists(st.integers(0, 9), min_size=1, max_size=6))
def test_each_reward_is_what_its_name_says(amounts):
    team = worth_by_hand(sum(amounts))
    np.testing.assert_allclose(pay("global", amounts), [team] * len(amounts), atol=1e-12)
    without = [worth_by_hand(sum(amounts) - amount) for amount in amounts]
    np.testing.assert_allclose(pay("difference", amounts), team - np.array(without), atol=1e-12)


@given(st.permutations([0, 3, 5, 5, 9]))
def test_agents_are_paid_for_what_they_do_not_for_who_they_are(amounts):
    order = np.argsort(amounts)
    np.testing.assert_allclose(pay("difference", amounts)[order], pay("difference", sorted(amounts)), atol=1e-12)


def test_every_agent_sees_the_same_nothing():
    game = Squeeze(4)
    assert game.observe(game.reset(3, RNG)).tolist() == [[0] * 4] * 3


def test_the_best_total_is_that_of_trying_all():
    game = Squeeze(3, mean=12.0, spread=5.0)
    tried = {sum(amounts): worth for amounts in itertools.product(range(10), repeat=3)
             for worth in [game.worth(sum(amounts))]}  # fmt: skip
    total, best = game.find_best_total()
    assert best == max(tried.values()) == tried[total]
    assert Squeeze(3, mean=100.0).find_best_total()[0] == 27  # all that three can supply


def test_a_hundred_agents_that_choose_one_of_ten_amounts_around_four_hundred_are_usual():
    game = Squeeze()
    assert (game.num_agents, game.num_actions, game.mean, game.spread, game.reward) == (100, 10, 400, 200, "global")


def test_it_says_what_is_supplied():
    game = Squeeze(3)
    assert game.tell(Snapshot(np.int64(0), np.array([9, 9, 2]))) == "Together the agents supply 20, worth 0.541."
    assert game.tell(Snapshot(np.int64(0))) == "Nobody has chosen yet."


def test_the_picture_shows_what_all_can_supply_and_where_they_are():
    axes, game = Mock(), Squeeze(3)
    game.draw_on(axes, Snapshot(np.int64(0)))
    assert not axes.scatter.called
    game.draw_on(axes, Snapshot(np.int64(0), np.array([9, 9, 2])))
    amounts, worth = axes.plot.call_args.args
    assert (amounts[0], amounts[-1]) == (0, 27)
    np.testing.assert_allclose(worth, game.worth(amounts))
    assert axes.scatter.call_args.args[:2] == (20, game.worth(20))
    assert axes.set.call_args.kwargs == {"xlabel": "amount", "ylabel": "G"}


@pytest.mark.parametrize(("options", "message"), [({"reward": "local"}, "reward must be"), ({"spread": 0}, "spread")])
def test_what_cannot_be_is_refused(options, message):
    with pytest.raises(ValueError, match=message):
        Squeeze(**options)
