"""Every number that lesson 02 states about the dispatch game is what the module computes."""

import re

import numpy as np
import pytest

from marl_lessons import environments, games, scoreboard, train
from marl_lessons.exercises.registry import find_prediction
from marl_lessons.learners import IQL
from marl_lessons.policies import joint_policy, linear_schedule
from tests.lessons.measures import solve, standard_error

DISPATCH = environments.Dispatch()
TABLE = DISPATCH.to_tabular()
A, B, H = range(3)
WITHOUT_HEAVY_TASKS = 45.9  # the score of the best team that never touches one, see test_lesson_01_dispatch.py
LADDER = {0.0: 42, 0.5: 47, 0.75: 54, 1.0: 70}  # team share -> score


# One step with full queues


def own_rewards():
    """What each worker earns itself with full queues (4, 2): light-light, light-heavy, heavy-light, heavy-heavy."""
    joint_actions = np.array([[A, B], [A, H], [H, B], [H, H]])
    return DISPATCH.outcome(np.array([2, 2, 1]), joint_actions, np.zeros(3, dtype=int))[1]


def step_game(team_share):
    """The game of one step, light or heavy."""
    return games.MatrixGame(solve("2.6", own_rewards(), team_share).T.reshape(2, 2, 2))


def test_the_table_of_the_lesson_is_what_the_workers_earn_themselves():
    assert own_rewards().tolist() == [[1, 1], [1, -2], [-2, 1], [2, 2]]


def test_own_rewards_add_up_to_the_team_s_reward():
    everything = np.array(list(np.ndindex(3, 3)))
    for queues in DISPATCH.states:
        _, own = DISPATCH.outcome(queues, everything, np.zeros(3, dtype=int))
        state = DISPATCH.states.tolist().index(queues.tolist())
        np.testing.assert_allclose(own.sum(axis=1), TABLE.rewards[0, state].ravel())


@pytest.mark.parametrize("team_share", [0.0, 0.5, 1.0])
def test_the_dial_of_exercise_2_6_is_the_one_of_the_environment(team_share):
    np.testing.assert_allclose(
        solve("2.6", own_rewards(), team_share), environments.Dispatch(team_share=team_share).share(own_rewards())
    )


@pytest.mark.parametrize(("team_share", "needed"), [(0.0, 0.75), (0.5, 0.5), (1.0, 0.375)])
def test_a_worker_is_indifferent_where_its_partner_goes_to_h_with_this_probability(team_share, needed):
    light, heavy = step_game(team_share).action_values(0, [None, [1 - needed, needed]])
    assert light == pytest.approx(heavy)


@pytest.mark.parametrize("team_share", [0.0, 0.5, 1.0])
def test_all_three_are_stag_hunts_with_the_same_two_equilibria(team_share):
    game = step_game(team_share)
    (P, T), (S, R) = game.payoffs[0]  # going to H is to cooperate
    assert solve("2.3", R, S, T, P) == "stag hunt"
    assert game.pure_equilibria() == [(0, 0), (1, 1)]


def test_the_example_of_exercise_2_6():
    assert solve("2.6", np.array([[1, -2]]), 0.5).tolist() == [[0, -1.5]]


# The ladder


def learn(team_share, seed, steps=10_000, runs=100):
    """Train by the lesson's protocol and return the joint policies (R, S, A, A) that come out."""
    learners = IQL(
        environments.Dispatch(team_share=team_share),
        alpha=linear_schedule(0.1, 0.01, steps),
        gamma=0.9,
        epsilon=linear_schedule(1.0, 0.05, int(0.6 * steps)),
    )
    train(environments.Dispatch(team_share=team_share), learners, steps, runs, np.random.default_rng(seed))
    return joint_policy(np.eye(3)[learners.q_table.argmax(axis=-1)])


@pytest.fixture(scope="module")
def learned():
    """The policies at each position of the dial, with seeds that the lesson does not use."""
    return {share: learn(share, seed) for seed, share in enumerate(LADDER, 200)}


@pytest.mark.parametrize("team_share", LADDER)
def test_the_team_scores_what_the_lesson_says(learned, team_share):
    """10,000 steps, 100 pairs; two such means (the lesson's and this one) differ by √2 standard errors."""
    scores = scoreboard.score(learned[team_share])
    assert abs(scores.mean() - LADDER[team_share]) <= 0.5 + 4 * np.sqrt(2) * standard_error(scores)


def test_the_more_is_shared_the_better_the_team_and_the_more_heavy_work_gets_done(learned):
    goes_to_h = np.zeros_like(TABLE.rewards)
    goes_to_h[:, DISPATCH.states[:, H] == 1, H, H] = 1  # a heavy task is served
    heavy_work = TABLE.with_rewards(goes_to_h)
    for measure in (scoreboard.score, lambda policies: scoreboard.mean_value(heavy_work, policies)):
        means = [measure(policies).mean() for policies in learned.values()]
        assert means == sorted(means)


def test_paid_for_themselves_the_pairs_end_below_what_is_possible_without_heavy_tasks(learned):
    scores = scoreboard.score(learned[0.0])
    assert scores.mean() < WITHOUT_HEAVY_TASKS
    assert (scores > WITHOUT_HEAVY_TASKS + 2).mean() <= 0.03  # a rare pair keeps a little heavy work


def test_no_dot_of_the_selfish_pairs_in_the_picture_comes_far_beyond_45_9():
    assert scoreboard.score(learn(0.0, seed=4)).max() < WITHOUT_HEAVY_TASKS + 1


def test_even_with_all_shared_the_mean_is_far_from_100_and_the_pairs_differ_widely(learned):
    scores = scoreboard.score(learned[1.0])
    assert scores.mean() < 80
    assert np.ptp(scores) > 30


# Prediction 2.c


def test_for_a_selfish_worker_a_heavy_task_pays_2_or_costs_2_and_a_light_one_pays_1():
    mine = step_game(0.0).payoffs[0]
    assert mine.tolist() == [[1, 1], [-2, 2]]


def test_the_answer_to_prediction_2_c_is_the_option_nearest_to_the_selfish_score(learned):
    prediction = find_prediction("2.c")
    numbers = {label: float(re.search(r"\d+", option.text)[0]) for label, option in prediction.options.items()}
    mean = scoreboard.score(learned[0.0]).mean()
    assert min(numbers, key=lambda label: abs(numbers[label] - mean)) == prediction.answer
