"""Every number and claim that lesson 13 and its checks state is what the module computes.

What other tests assert already is not computed again here:

- learners/test_shared, environments/test_ising, test_crowd, test_squeeze, test_districts, solvers/test_mean_field: the
  learners, the games and the exact answers.
- canon: the order of the Ising game, a million agents, and the shared tables of districts.
- notebooks/test_prose: the numbers that a cell of the lesson prints.
"""

import itertools
import math
from functools import cache

import numpy as np
import pytest

from marl_lessons import environments, games, scoreboard
from marl_lessons.exercises.registry import find_exercise
from marl_lessons.learners import IQL, MeanFieldQ, SharedQ
from marl_lessons.policies import linear_schedule
from marl_lessons.rollout import play, train
from marl_lessons.solvers import mean_field
from marl_lessons.views import WithIdentity
from tests.lessons.measures import answered, listen_to, read_code, solve

LESSON = "13_sharing_and_mean_fields"
says = listen_to(LESSON)
CODE = read_code(LESSON)
EPSILON, SOFTMAX = {"epsilon": 0.1}, {"temperature": 0.3}


# What grows with the team


@pytest.mark.parametrize("num_agents", [1, 2, 5])
def test_the_laws_of_noise(num_agents):
    """Plays until the noise of my push is down to its slope squared, by going through all joint actions."""
    actions = np.indices((2,) * num_agents).reshape(num_agents, -1)  # (N, 2^N)
    for baseline, plays in [(0, num_agents**2 + num_agents - 1), (num_agents / 2, num_agents - 1)]:
        pushes = (actions.sum(axis=0) - baseline) * (actions[0] - 0.5)
        assert pushes.mean() == pytest.approx(1 / 4)
        assert pushes.var() * 16 == pytest.approx(plays)
    assert "agents**2 + agents - 1" in CODE
    assert "np.maximum(agents - 1, 1)" in CODE
    assert says(
        "about N²: one play has variance N²/16, the mean of so many 1/16, the slope squared. With a baseline, N − 1."
    )


# One policy for all


def test_the_chances_that_all_differ():
    halves = np.array([[0.5, 0.5, 0, 0], [0.5, 0.5, 0, 0], [0, 0, 0.5, 0.5], [0, 0, 0.5, 0.5]])
    assert solve("13.1", halves) == pytest.approx(0.25)
    assert solve("13.1", np.full((4, 4), 0.25)) == pytest.approx(math.factorial(4) / 4**4)
    assert solve("13.1", np.eye(4)) == 1
    assert mean_field.best_shared_value(4) == pytest.approx(0.094, abs=0.0005)
    for p in (0.1, 0.5, 0.8):
        assert solve("13.1", np.array([[p, 1 - p]] * 2)) == pytest.approx(2 * p * (1 - p))
    assert says("differ with probability $2p(1 - p)$: at most ½, at $p$ = ½.", "so $N!/N^N$ together: 4!/4⁴ =")
    assert "even = np.full((4, 4), 0.25)" in CODE
    assert says("the chance to ½ · ½ =", "probability $1/N^N$")


def test_numpy_keeps_the_last_of_several_values_for_one_entry():
    table, entries, news = np.zeros(2), np.array([0, 0, 0, 1]), np.array([1.0, 2.0, 6.0, 4.0])
    table[entries] += news
    assert table.tolist() == [6, 4]
    assert solve("13.2", entries, news, 2).tolist() == [3, 4]
    assert says("Three agents have news for entry 0.", "and writes 1, 2 and 6 to the same place: the last one stays.")


def sit_down(game, seed, runs=20):
    """Return the chances that teams at the desks all differ once they have learned, (R,)."""
    team, rng = SharedQ(game, 0.1, 0.0, linear_schedule(1.0, 0.2, 2_000)), np.random.default_rng(seed)
    train(game, team, 2_500, runs, rng)
    return np.array([solve("13.1", policies) for policies in team.policies(game.observe(game.reset(runs, rng)))])


def test_at_the_desks_one_table_is_a_herd_and_identity_finds_roles():
    desks = games.permutation(4)
    assert "linear_schedule(1.0, 0.2, 2_000)" in CODE
    assert sit_down(desks, seed=3).mean() < 0.04  # even chances: .094
    assert sit_down(WithIdentity(desks), seed=3).min() == 1
    assert says(
        "far worse than even chances (9 %)", "Twenty teams of four learn at the desks", "Then they no longer explore:"
    )


def test_with_an_identity_for_each_agent_one_table_is_a_table_for_each_again():
    desks, tables = games.permutation(3), []
    for game, kind in ((desks, IQL), (WithIdentity(desks), SharedQ)):
        team = kind(game, 0.1, 0.0, 0.3)
        train(game, team, 50, 4, np.random.default_rng(0))
        tables.append(team.q_table.reshape(4, 3, 3))
    np.testing.assert_allclose(*tables, atol=1e-12)
    assert says("With N groups of one agent it is a table for each again")


# Two hundred workers


@cache
def work(kind, seed, workers=200):
    """Return the scores of every 10 steps, (R, 30), the learner and its game."""
    districts = environments.Districts(workers, 10, reward="difference")
    game = WithIdentity(districts, np.arange(workers) % 3) if "kinds" in kind else districts
    learner = (IQL if "own" in kind else SharedQ)(game, 0.05, 0.9, **(SOFTMAX if "softmax" in kind else EPSILON))
    learner.average = find_exercise("13.2").reference
    return scoreboard.train_in_districts(learner, game, 300, 10, np.random.default_rng(seed)), learner, game


def share_in_the_fullest(kind, seed):
    """Return what share of two hundred workers is in the fullest district in the last 50 of 300 steps of learning."""
    game, rng, shares = environments.Districts(200, 10, reward="difference"), np.random.default_rng(seed), []
    learner = (IQL if kind == "own" else SharedQ)(game, 0.05, 0.9, **EPSILON)
    for transition in itertools.islice(play(game, learner, 10, rng), 300):
        learner.update(transition, rng)
        shares.append(game.split(transition.state)[1].workers.max(axis=1) / 200)
    return np.mean(shares[-50:])


@pytest.mark.parametrize("seed", [1, 2])
def test_one_table_is_ahead_at_first_and_herds_in_the_end(seed):
    own, one = work("own", seed)[0], work("one", seed)[0]
    assert one[:, 1:3].mean() > own[:, 1:3].mean() + 5
    assert one[:, -5:].mean() < own[:, -5:].mean() - 5
    assert answered("13.a") == "ahead at first, behind in the end"
    assert "kind(game, 0.05, 0.9, **explores)" in CODE
    assert "steps=300, runs=10" in CODE
    assert says("Both explore with ε = 0.1, and learn with α = 0.05 and γ = 0.9.")


@pytest.mark.parametrize("seed", [1, 2])
def test_a_herd_fills_one_district(seed):
    assert share_in_the_fullest("one", seed=seed) == pytest.approx(0.5, abs=0.07)
    assert share_in_the_fullest("own", seed=seed) == pytest.approx(0.25, abs=0.05)
    assert says("By the end the fullest district holds about half of all workers; of those with own tables, a quarter")


def test_identity_and_chance_cure_the_herd_and_own_tables_learn_slowly():
    scores = {kind: work(kind, 1)[0].mean(axis=0) for kind in ("one", "kinds", "own softmax", "one softmax")}
    assert scores["kinds"][-5:].mean() > scores["one"][-5:].mean() + 15
    assert scores["one softmax"][3:5].mean() > 70
    assert scores["one softmax"][-5:].mean() == pytest.approx(88, abs=4)
    assert scores["own softmax"][4:12].max() < 70 < scores["own softmax"][20:].mean()
    assert says("one table with softmax passes 70 within 50 steps, and ends at 86 to 90.")
    assert says("Own tables with softmax need about 170 steps for 70:")


def test_with_twenty_workers_nobody_does_well():
    for kind in ("own", "kinds", "own softmax", "one softmax"):
        assert work(kind, 1, workers=20)[0][:, -5:].mean() < 55
    assert says("With 20 workers a district has two, and nobody does well.")


def test_the_districts_are_as_the_text_tells_them():
    districts = environments.Districts(200, 10, reward="difference")
    assert (districts.num_observations, districts.num_actions) == (16, 3)
    assert (1 / districts.switch, districts.heavy_reward, districts.lone_penalty) == (50, 4, 2)
    assert says(
        "own tables hold 200 · 16 · 3 = 9,600 numbers, one table 48.", "**quiet** or **busy** for about 50 steps."
    )
    assert (200 * 16 * 3, 16 * 3) == (9_600, 48)
    assert says("(they pay 1) and heavy ones (4 for two workers; a lone one costs 2)")


def test_shared_tables_learn_by_the_learner_s_own_average():
    desks, tables = games.permutation(3), []
    for own in (True, False):
        team = SharedQ(desks, 0.1, 0.0, 0.3)
        if own:
            team.average = find_exercise("13.2").reference
        train(desks, team, 60, 5, np.random.default_rng(0))
        tables.append(team.q_table)
    np.testing.assert_allclose(*tables, atol=1e-12)


# One number for the crowd


def test_the_mean_field_by_hand():
    assert 1 / (1 + math.exp(-2)) == pytest.approx(0.88, abs=0.005)
    up = 1 / (1 + math.exp(-4))
    assert (up, 1 - up) == pytest.approx((0.982, 0.018), abs=0.0005)
    assert solve("13.3", 1, np.array([1.0, 4.0]), 1).round(3).tolist() == [0.964, 0.462]
    assert solve("13.3", 1, np.array([1.0, 4.0]), 2).round(3).tolist() == [0.959, 0.227]
    assert says(
        "1/(1 + 0.135) = 0.88",
        "so 0.982 − 0.018 = 0.964, and that is tanh 2.",
        "Then tanh 1.928 = 0.959",
        "tanh 0.231 = 0.227",
    )
    for temperature in (1.0, 1.7):
        found = solve("13.3", 1, np.array([temperature]), 1_000)[0]
        assert found == pytest.approx(mean_field.mean_field_order(temperature))
    for m in (-0.4, 0.3, 1.0):  # the mean of 1 and -1, drawn by the softmax of 2m and -2m
        up = 1 / (1 + math.exp(-4 * m / 1.3))
        assert up - (1 - up) == pytest.approx(math.tanh(2 * m / 1.3))
    assert solve("13.3", 1, np.array([1.9, 2.1]), 1_000).round(2).tolist() == [0.38, 0]
    assert says("**the common opinion ends at τ = 2.**")


@cache
def settle(sees, temperature, seed=1):
    """Return the last 200 boards of 4 runs that have learned, (200, 4, 20, 20), as the lesson does."""
    ising, rng = environments.Ising(20, sees, start_up=1.0), np.random.default_rng(seed)
    crowd = MeanFieldQ(ising, 0.5, 0.0, temperature)
    train(ising, crowd, 200, 4, rng, per_agent=False)
    seen = []
    for step in itertools.islice(play(ising, crowd, 4, rng), 400):
        crowd.update(step, rng)
        seen.append(ising.to_grid(step.next_state))
    return np.array(seen[-200:])


def order(sees, temperature, seed=1):
    return np.abs(settle(sees, temperature, seed).mean(axis=(2, 3))).mean()


def test_agents_that_see_neighbors_lose_their_order_near_the_exact_temperature():
    assert mean_field.critical_temperature() == pytest.approx(1.135, abs=0.0005)
    assert order("neighbors", 1.0) == pytest.approx(float(mean_field.ising_order(1.0)), abs=0.03)
    assert 0.45 < order("neighbors", 1.14) < 0.8  # on 400 agents much is left
    assert order("neighbors", 1.4) < 0.35
    assert answered("13.b") == "near 1.1"
    assert says("1/ln(1 + √2) = 1.135. On 400 agents much is left just above it.)")


@pytest.mark.parametrize("temperature", [1.0, 1.4, 1.7])
def test_agents_that_see_everybody_follow_the_mean_field(temperature):
    expected = float(mean_field.mean_field_order(temperature))
    assert order("everybody", temperature) == pytest.approx(expected, abs=0.05)
    assert says("They follow the mean field: it is right *for them*.")


def test_beside_a_1_more_agents_say_1_than_in_the_crowd_if_they_see_their_neighbors():
    for sees, extra in {"neighbors": (0.1, 0.18), "everybody": (-0.02, 0.02)}.items():
        actions = settle(sees, 2.0)[-50:, 0]
        beside = (1 + solve("13.4", actions)[actions == 1].mean()) / 2
        assert extra[0] < beside - (actions == 1).mean() < extra[1]
    assert says("Who sees everybody has neighbors like anyone.")


def test_how_far_the_mean_field_of_a_night_is_off():
    """Exact: the mean of x exp(-x/b) over a binomial x, from its generating function."""
    assert says(
        "| agents | 20 | 200 | 2,000 | 20,000 |", "| the mean field is too low by | 5.7 % | 3.3 % | 0.4 % | 0.04 % |"
    )
    off = []
    for num_agents in (20, 200, 2_000, 20_000):
        p, b = 1 / 7, num_agents / 20
        shrink = math.exp(-1 / b)
        exact = num_agents * p * shrink * (1 - p + p * shrink) ** (num_agents - 1)
        off.append(100 - 100 * num_agents * p * math.exp(-num_agents * p / b) / exact)
    np.testing.assert_allclose(off, [5.7, 3.3, 0.36, 0.037], atol=0.05)
    np.testing.assert_allclose(off[2], off[3] * 10, rtol=0.02)


# A million agents


def learn_evenings(num_agents, plays, alpha, runs, seed):
    """Return guests of each night, (R, K), and the scores (R,)."""
    crowd = environments.Crowd(num_agents, 7, num_agents / 20, "difference")
    agents, rng = IQL(crowd, alpha, 0.0, linear_schedule(0.2, 0.0, plays)), np.random.default_rng(seed)
    train(crowd, agents, plays, runs, rng, per_agent=False)
    guests = crowd.count_guests(agents.act(crowd.observe(np.zeros(runs, int)), rng, explore=False))
    return guests, 100 * crowd.worth(guests).sum(axis=1) / crowd.find_best_counts()[1]


def test_crowds_that_learn_as_the_million_reach_the_best_nearly_always():
    guests, scores = learn_evenings(10_000, 100, 0.2, runs=5, seed=8)
    assert (scores > 98).mean() >= 0.7
    assert (scores[(guests > 10_000 / 7).sum(axis=1) == 1] > 97).all()
    assert "[(10_000, 1_000, 0.1), (1_000_000, 100, 0.2)]" in CODE


@pytest.mark.canon
def test_a_few_of_a_hundred_crowds_fill_two_nights():
    found = [learn_evenings(10_000, 100, 0.2, runs=20, seed=seed) for seed in range(5)]
    guests, scores = (np.concatenate(parts) for parts in zip(*found, strict=True))
    fill_two = (guests > 10_000 / 7).sum(axis=1) == 2
    assert 1 <= fill_two.sum() <= 12
    assert scores[fill_two].mean() == pytest.approx(83, abs=1.5)
    assert np.median(scores) > 98.5


@pytest.mark.canon
@pytest.mark.parametrize("seed", [1, 2])
def test_ten_thousand_agents_come_to_the_best_in_a_thousand_plays(seed):
    assert learn_evenings(10_000, 1_000, 0.1, runs=2, seed=seed)[1].min() > 99.5


def test_the_text_tells_of_crowds_that_fill_two_nights():
    best = environments.Crowd(10_000, 7, 500, "difference").find_best_counts()[0]
    assert sorted(best) == [500] * 6 + [7_000]
    assert says("(Of a hundred crowds of 10,000 that learn as the million did, a few fill *two* nights instead of one")
    assert says("and score about 83.)")  # measured above


def test_random_play_in_the_squeeze_gets_nearly_all():
    totals = np.random.default_rng(5).integers(10, size=(1_000, 100)).sum(axis=1)
    squeeze = environments.Squeeze(100)
    assert squeeze.worth(totals).mean() / squeeze.find_best_total()[1] == pytest.approx(0.98, abs=0.005)
    assert says("with 100 agents random play gets 98 % of the best")


# What the docstrings of the exercises say


@pytest.mark.parametrize(
    ("number", "arguments", "result"),
    [
        ("13.1", (np.full((2, 2), 0.5),), 0.5),
        ("13.2", (np.array([2, 0, 2]), np.array([1, 4, 3]), 3), [4, 0, 2]),
        ("13.3", (1, np.array([1, 4]), 2), [0.959, 0.227]),
        ("13.4", (np.array([[[1, 1, 1], [1, -1, 1], [1, 1, 1]]]),), [[[1, 0.5, 1], [0.5, 1, 0.5], [1, 0.5, 1]]]),
    ],
)
def test_the_worked_example_of_an_exercise_is_right(number, arguments, result):
    np.testing.assert_allclose(solve(number, *arguments), result, atol=0.0005)


@pytest.mark.parametrize(
    "shown",
    [
        "Example: [[0.5, 0.5], [0.5, 0.5]] gives 0.5.",
        "Example: entries [2, 0, 2], values [1, 4, 3] and num_entries 3 give [4, 0, 2].",
        "Example: start 1, temperatures [1, 4] and rounds 2 give [0.959, 0.227].",
        "Example: [[[1, 1, 1], [1, -1, 1], [1, 1, 1]]] gives [[[1, 0.5, 1], [0.5, 1, 0.5], [1, 0.5, 1]]].",
    ],
)
def test_the_docstrings_show_the_examples_that_were_worked_out(shown):
    assert shown in CODE
