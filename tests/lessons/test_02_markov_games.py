"""Every number that lesson 02 and its checks state is what the module computes."""

import re

import numpy as np
import pytest
from scipy import stats

from marl_lessons import environments
from marl_lessons.exercises.registry import find_exercise, find_prediction
from marl_lessons.learners import RandomPolicy
from marl_lessons.plotting.watch import record
from marl_lessons.rollout import evaluate
from tests.lessons.measures import solve, standard_error, take_from_lesson

DRIFT = environments.Drift()
Repeat, count_ends = take_from_lesson(
    "02_markov_games", "Repeat", "count_ends", find_truncated=find_exercise("2.3").reference
)
TEAMS = RandomPolicy(4), Repeat([0, 0, 0])


def expect_rewards(bonus, push, push_variance):
    """Return the exact mean reward of an agent at each of 100 steps: x is normal, and |x| folded normal."""
    steps = np.arange(1, 101)
    deviation = np.sqrt(1 + (0.1**2 + push_variance) * steps)
    return bonus - stats.foldnorm.mean(push * steps / deviation, scale=deviation)


RANDOM_REWARDS = expect_rewards(bonus=0.05, push=3 * 0.075, push_variance=3 * 1.25 * 0.05**2)
ZERO_REWARDS = expect_rewards(bonus=0.1, push=0, push_variance=0)


# The drift game


def test_the_drift_game_has_the_numbers_of_the_prose():
    assert (DRIFT.num_agents, DRIFT.num_actions, DRIFT.horizon) == (3, 4, 100)
    assert (DRIFT.push, DRIFT.noise, DRIFT.bonus) == (0.05, 0.1, 0.1)
    start = DRIFT.reset(4_000, np.random.default_rng(0))
    assert start.shape == (4_000, 4)
    assert stats.kstest(start[:, 0], "norm").pvalue > 0.001


def test_nobody_is_paid_for_the_other_three_numbers():
    state, actions = np.zeros((2, 4)), np.zeros((2, 3), dtype=int)
    state[1, 1:] = 100
    next_state, rewards, _ = DRIFT.step(state, actions, np.random.default_rng(0))
    np.testing.assert_allclose(rewards, 0.1 - np.abs(next_state[:, :1]) * np.ones(3))


def test_a_random_action_pushes_by_0_075_on_average_and_action_0_not_at_all():
    assert DRIFT.push * np.arange(4).mean() == pytest.approx(0.075)
    state, rng = np.zeros((4_000, 4)), np.random.default_rng(0)
    for actions, push in [(rng.integers(4, size=(4_000, 3)), 3 * 0.075), (np.zeros((4_000, 3), int), 0)]:
        moved = DRIFT.step(state, actions, rng)[0][:, 0]
        assert abs(moved.mean() - push) < 4 * standard_error(moved)


def test_the_noise_of_100_steps_has_a_standard_deviation_of_1():
    assert DRIFT.noise * np.sqrt(DRIFT.horizon) == pytest.approx(1)


def test_random_play_is_worth_minus_1133_and_always_playing_0_minus_87_4():
    assert round(RANDOM_REWARDS.sum()) == -1133
    assert round(ZERO_REWARDS.sum(), 1) == -87.4


@pytest.mark.parametrize("seed", range(3))
def test_the_teams_return_what_theory_says(seed):
    rng = np.random.default_rng(seed)
    for team, exact in zip(TEAMS, (RANDOM_REWARDS, ZERO_REWARDS), strict=True):
        earned = evaluate(DRIFT, team, runs=500, rng=rng).mean(axis=1)
        assert abs(earned.mean() - exact.sum()) < 4 * standard_error(earned)


def test_the_team_that_plays_0_collects_more_by_far_which_is_the_answer_to_prediction_2_a():
    assert ZERO_REWARDS.sum() > RANDOM_REWARDS.sum() + 1_000
    prediction = find_prediction("2.a")
    assert prediction.options[prediction.answer].text == "the team that always plays 0, by far"


# Two ways to stop


def test_a_stretch_of_1_and_2_is_worth_2_if_the_game_is_over_and_4_5_if_10_was_still_to_come():
    assert solve("2.2", np.array([1, 2]), 10, True, 0.5) == 1 + 0.5 * 2 == 2
    assert solve("2.2", np.array([1, 2]), 10, False, 0.5) == 2 + 0.25 * 10 == 4.5


def test_rounds_that_seem_to_follow_every_end_are_worth_20_and_a_1_for_ever_is_worth_10():
    assert pytest.approx(20) == 1 + 0.95 * 20
    assert pytest.approx(10) == 1 + 0.9 * 10


def test_staying_is_worth_1_425_and_leaving_1_and_with_the_end_forgotten_leaving_looks_better():
    leave, stay = np.array([1.0]), np.array([0.0, 1.5])
    assert [solve("2.2", rewards, 20.0, True, 0.95) for rewards in (leave, stay)] == pytest.approx([1, 1.425])
    assert solve("2.2", leave, 20.0, False, 0.95) > solve("2.2", stay, 20.0, False, 0.95)


@pytest.mark.parametrize("steps", [1, 20, 100])
def test_with_the_right_value_it_does_not_matter_when_we_stop_watching(steps):
    assert solve("2.2", np.ones(steps), 10.0, False, 0.9) == pytest.approx(10)


# Foraging


def count(game, team, runs, seed):
    """Return how many of the runs the game ended, and how many were cut off, as the lesson prints them."""
    words = count_ends(game, team, runs, np.random.default_rng(seed))
    return [int(number.replace(",", "")) for number in re.findall(r"[\d,]*\d", words)]


def test_the_drift_game_never_ends_by_itself():
    assert count(DRIFT, TEAMS[0], 100, 0) == [0, 100]


@pytest.mark.parametrize("seed", range(3))
def test_3_of_14_runs_of_foraging_end_if_both_always_load(seed):
    ended, cut_off = count(environments.Foraging(size=3), Repeat([5, 5]), 10_000, seed)
    assert ended + cut_off == 10_000
    assert abs(ended / 10_000 - 3 / 14) < 4 * np.sqrt(3 / 14 * 11 / 14 / 10_000)


def test_agents_that_load_are_done_at_once_or_never_and_start_on_8_squares_of_which_4_lie_beside_the_food():
    game = environments.Foraging(size=3)
    assert game.num_playing == 8 * 7
    assert game.horizon == 25
    assert game.action_names[5] == "load"
    states = np.arange(game.num_playing)
    loaded = game.outcomes[states, 5, 5]
    assert (loaded == game.num_playing).sum() == 4 * 3
    assert ((loaded == game.num_playing) | (loaded == states)).all()


def test_in_the_film_the_team_that_loads_ends_the_game_at_once_and_random_play_is_cut_off_after_6_steps():
    game = environments.Foraging(size=3, horizon=6)
    loading, random = (record(game, team, seed=1) for team in (Repeat([5, 5]), RandomPolicy(num_actions=6)))
    assert loading[0].state == random[0].state
    assert [len(loading) - 1, loading[-1].state] == [1, game.num_playing]
    assert len(random) - 1 == 6
    assert random[-1].state != game.num_playing


# What the docstrings of the exercises say


@pytest.mark.parametrize(
    ("number", "arguments", "result"),
    [
        ("2.1", (np.array([2.0]), np.array([[0, 3]]), 4), [[-1.9, -2.0]]),
        ("2.1", (np.array([2.0]), np.array([[0, 3, 3]]), 4), [[-1.9, -2.0, -2.0]]),
        ("2.2", (np.array([1, 2]), 10, False, 0.5), 4.5),
        ("2.2", (np.array([1, 2]), 10, True, 0.5), 2),
        ("2.3", (np.array([True, False, False]), np.array([5, 5, 4]), 5), [False, True, False]),
    ],
)
def test_the_worked_example_of_an_exercise_is_right(number, arguments, result):
    np.testing.assert_allclose(solve(number, *arguments), result)


def test_with_5_actions_action_2_earns_no_bonus():
    assert solve("2.1", np.zeros(1), np.array([[1, 2]]), 5).tolist() == [[0.1, 0]]
