"""Rows 15, 16, 21, 23 and 33: what many agents learn that share a table, see their neighbors, or are paid by counts."""

from itertools import islice

import numpy as np
import pytest

from marl_lessons import games
from marl_lessons.environments import Crowd, Ising, Squeeze
from marl_lessons.learners import IQL, MeanFieldQ, SharedQ
from marl_lessons.policies import linear_schedule
from marl_lessons.rollout import play, train
from marl_lessons.solvers import mean_field
from marl_lessons.views import WithIdentity

canon = pytest.mark.canon
RIGHT_VALUES = [[2 - up, up - 2] for up in range(5)] + [[0, 0]]  # of the Ising game without a future: what is earned


# Row 15: the Ising game, 20 x 20, alpha .1, everybody's softmax at a temperature.
def follow_order(game, temperature, sweeps, runs, initial=0.0):
    """Learn, and return the order after each sweep, (sweeps, R)."""
    learner, rng = MeanFieldQ(game, 0.1, 0.0, temperature, initial=initial), np.random.default_rng(0)
    orders = []
    for step, transition in enumerate(islice(play(game, learner, runs, rng), 2 * sweeps)):
        learner.update(transition, rng)
        if step % 2:
            orders.append(game.order(transition.next_state))
    return np.array(orders)


@canon
@pytest.mark.parametrize(
    ("temperature", "low", "high"),
    [(0.8, 0.96, 0.99), (1.0, 0.89, 0.93), (1.1, 0.72, 0.86), (1.15, 0.5, 0.75), (1.2, 0.3, 0.6), (1.5, 0.05, 0.2)],
)
def test_learned_order_is_onsager_s_but_for_a_grid_of_400_that_forgets_it_slowly(temperature, low, high):
    """Published: .87 (1.0), .77 (1.1), .61 (1.15), .30 (1.2), .12 (1.5), each ± .1."""
    orders = follow_order(Ising(20), temperature, sweeps=1_500, runs=10)[-500:].mean(axis=0)
    assert low < orders.mean() < high
    if temperature <= 1.0:
        assert orders.mean() == pytest.approx(mean_field.ising_order(temperature), abs=0.02)


@canon
@pytest.mark.parametrize(("temperature", "margin"), [(1.0, 0.01), (1.5, 0.02), (1.8, 0.07), (2.2, 0.1), (2.5, 0.1)])
def test_who_sees_the_mean_of_everybody_learns_the_order_of_the_mean_field(temperature, margin):
    orders = follow_order(Ising(20, sees="everybody"), temperature, sweeps=1_500, runs=10)[-500:].mean(axis=0)
    assert orders.mean() == pytest.approx(mean_field.mean_field_order(temperature), abs=margin)


@canon
def test_a_cold_grid_that_starts_in_disorder_stands_in_stripes_for_long_but_not_for_ever():
    disordered = follow_order(Ising(20), 0.6, sweeps=3_000, runs=20, initial=RIGHT_VALUES)
    ordered = follow_order(Ising(20, start_up=1.0), 0.6, sweeps=100, runs=20, initial=RIGHT_VALUES)
    assert ordered[50:].mean() == pytest.approx(mean_field.ising_order(0.6), abs=0.01)
    assert 0.15 <= (disordered[99] < 0.9).mean() <= 0.65
    assert (disordered[-1] > 0.9).mean() >= 0.9


# Row 16: the squeeze.
def test_the_best_of_the_usual_squeeze_is_423_and_uniform_play_of_100_agents_has_98_percent_of_it():
    rng = np.random.default_rng(0)
    total, best = Squeeze().find_best_total()
    assert (total, best) == (445, pytest.approx(423.03, abs=0.005))
    amounts = {num_agents: rng.integers(10, size=(4_000, num_agents)).sum(axis=1) for num_agents in (100, 500)}
    assert Squeeze().worth(amounts[100]).mean() / best == pytest.approx(0.978, abs=0.005)
    assert Squeeze().worth(amounts[500]).mean() == pytest.approx(0, abs=1e-3)
    for num_agents, those in amounts.items():
        easy, hard = (Squeeze(num_agents, times * num_agents, times / 2 * num_agents) for times in (4, 2))
        assert easy.worth(those).mean() / easy.find_best_total()[1] > 0.97
        assert 0.003 < hard.worth(those).mean() / hard.find_best_total()[1] < 0.015


def squeeze(num_agents, mean, spread, reward, runs=10):
    """Learn for 1,000 plays; return the share of the best G in each run."""
    game, rng = Squeeze(num_agents, mean, spread, reward), np.random.default_rng(0)
    learner = IQL(game, 0.05, 0.0, linear_schedule(0.3, 0.0, 1_000))
    train(game, learner, 1_000, runs, rng, per_agent=False)
    actions = learner.act(game.observe(game.reset(runs, rng)), rng, explore=False)
    return game.worth(actions.sum(axis=1)) / game.find_best_total()[1]


@canon
def test_a_squeeze_that_grows_with_its_agents_is_learned_from_difference_rewards_alone():
    assert squeeze(500, 400, 200, "difference").max() < 0.01
    assert np.median(squeeze(500, 1_000, 500, "difference")) > 0.98
    assert squeeze(500, 1_000, 500, "global").max() < 0.1


# Row 21: agents that must all differ.
@pytest.mark.parametrize("num_agents", [2, 3, pytest.param(4, marks=canon), pytest.param(5, marks=canon)])
def test_agents_learn_to_differ_with_an_identity_or_a_table_each_and_not_with_a_policy_for_all(num_agents):
    game, runs = games.permutation(num_agents), 100
    told, epsilon = WithIdentity(game), linear_schedule(1, 0, 1_600)
    teams = {
        "greedy": (game, SharedQ(game, 0.1, 0.0, epsilon)),
        "softmax": (game, MeanFieldQ(game, 0.1, 0.0, temperature=0.05)),
        "identity": (told, SharedQ(told, 0.1, 0.0, epsilon)),
        "own tables": (game, IQL(game, 0.1, 0.0, epsilon)),
    }
    earned = {}
    for name, (played, learner) in teams.items():
        train(played, learner, 2_000, runs, np.random.default_rng(0))
        policies = learner.policies(played.observe(np.zeros(runs, dtype=np.int64)))  # (R, N, A)
        earned[name] = np.array([game.expected_payoffs(list(team))[0] for team in policies])
    best_shared = mean_field.best_shared_value(num_agents)
    assert earned["greedy"].max() <= best_shared + 1e-9
    assert earned["softmax"].max() <= best_shared + 1e-9
    assert earned["softmax"].mean() > 0.75 * best_shared
    assert earned["identity"].mean() >= 0.98
    assert earned["own tables"].mean() >= 0.98


# Row 33: the crowd, with the difference reward; capacity N/20, seven nights.
def spread_out(crowd, game, learner, plays, runs):
    """Learn, and return the share of the best G in each run."""
    rng = np.random.default_rng(0)
    train(game, learner, plays, runs, rng, per_agent=False)
    nights = learner.act(game.observe(game.reset(runs, rng)), rng, explore=False)
    return crowd.worth(crowd.count_guests(nights)).sum(axis=1) / crowd.find_best_counts()[1]


def make_crowd(num_agents):
    return Crowd(num_agents, capacity=num_agents / 20, reward="difference")


def explore_less(plays):
    return linear_schedule(0.3, 0.0, plays)


@canon
def test_two_thousand_agents_reach_the_best_spread_in_a_thousand_plays():
    crowd = make_crowd(2_000)
    learner = IQL(crowd, linear_schedule(0.4, 0.05, 1_000), 0.0, explore_less(1_000))
    assert spread_out(crowd, crowd, learner, 1_000, runs=10).min() > 0.99


@canon
def test_ten_thousand_agents_nearly_reach_it_in_a_hundred_plays_in_most_runs():
    """In a few runs two nights are overcrowded in place of one, which is worth .83."""
    crowd = make_crowd(10_000)
    shares = spread_out(crowd, crowd, IQL(crowd, 0.2, 0.0, explore_less(100)), 100, runs=20)
    assert np.median(shares) > 0.98
    assert (shares > 0.98).mean() >= 0.75


@canon
def test_a_million_agents_nearly_reach_it_in_a_hundred_plays():
    crowd = make_crowd(1_000_000)
    assert spread_out(crowd, crowd, IQL(crowd, 0.2, 0.0, explore_less(100)), 100, runs=1) > 0.98


@canon
def test_one_table_for_all_sends_everybody_to_one_night_unless_it_is_played_by_its_softmax():
    crowd = make_crowd(20_000)
    assert spread_out(crowd, crowd, SharedQ(crowd, 0.1, 0.0, explore_less(100)), 100, runs=5).max() < 0.01
    steady, herding = (MeanFieldQ(crowd, alpha, 0.0, temperature=0.01) for alpha in (0.05, 0.2))
    assert spread_out(crowd, crowd, steady, 100, runs=5).min() > 0.98
    assert spread_out(crowd, crowd, herding, 100, runs=5).max() < 0.5


@canon
@pytest.mark.parametrize(("groups", "low", "high"), [(20, 0.0, 0.85), (1_000, 0.98, 1.0)])
def test_identities_part_a_crowd_as_long_as_few_agents_share_one(groups, low, high):
    """Where a thousand share one, they try every night in every play, and all groups learn the same."""
    crowd = make_crowd(20_000)
    game = WithIdentity(crowd, np.arange(20_000) % groups)
    shares = spread_out(crowd, game, SharedQ(game, 0.1, 0.0, explore_less(100)), 100, runs=5)
    assert low <= shares.min() <= shares.max() <= high + 1e-9
