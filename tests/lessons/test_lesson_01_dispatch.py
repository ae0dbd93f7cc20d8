"""Every number that lesson 01 and its predictions state about the dispatch game is what the module computes."""

import re

import numpy as np
import pytest

from marl_lessons import environments, scoreboard, solvers
from marl_lessons.exercises.registry import find_prediction
from marl_lessons.learners import FixedPolicy, RandomPolicy
from marl_lessons.policies import joint_policy, uniform_policy
from marl_lessons.rollout import evaluate
from tests.lessons.measures import solve, standard_error

DISPATCH = environments.Dispatch()
NOTHING_NEW = np.zeros(3, dtype=int)
A, B, H = range(3)


@pytest.fixture(scope="module")
def table():
    return DISPATCH.to_tabular()


def value_of(table, policies):
    """Return the exact mean value of policies (2, 18, 3), as the lesson computes it."""
    chance = joint_policy(policies)  # (S, A, A)
    transitions = np.einsum("sab,sabt->st", chance, table.transitions)
    rewards = np.einsum("sab,sab->s", chance, table.rewards[0])
    return solve("1.6", transitions, rewards, 0.9).mean()


def eager_policies(p):
    """Return the policies (2, 18, 3) of workers who go to a waiting heavy task with probability p."""
    policies = np.zeros((2, 18, 3))
    policies[:, :, H] = p * DISPATCH.states[:, H]
    policies[[0, 1], :, [A, B]] = 1 - policies[:, :, H]
    return policies


@pytest.fixture(scope="module")
def random_value(table):
    return value_of(table, uniform_policy(2, 18, 3))


@pytest.fixture(scope="module")
def optimum(table):
    return solvers.value_iteration(table, gamma=0.9)


def score_without_heavy_tasks(game):
    """Return the score of the best team that never touches a heavy task."""
    table = game.to_tabular()
    light_only = np.zeros((18, 3, 3), dtype=bool)
    light_only[:, :H, :H] = True
    cautious = solvers.value_iteration(table, gamma=0.9, allowed=light_only).values.mean()
    return scoreboard.find_scale(table).score(cautious)


@pytest.fixture(scope="module")
def valley(table):
    """Exact scores (51,) of eager workers with p = 0, 0.02, …, 1."""
    values = np.array([value_of(table, eager_policies(p)) for p in np.linspace(0, 1, 51)])
    return scoreboard.dispatch_scale().score(values)


def test_the_dispatch_game_has_the_numbers_of_the_prose():
    assert DISPATCH.caps.tolist() == [2, 2, 1]
    assert DISPATCH.arrival_probabilities.tolist() == [0.9, 0.9, 0.5]
    assert (DISPATCH.heavy_reward, DISPATCH.lone_penalty, DISPATCH.horizon) == (4, 2, 20)


def earn_once(queues, actions):
    """Return what the team earns in one step."""
    return DISPATCH.outcome(np.array(queues), np.array(actions), NOTHING_NEW)[1].sum()


def test_together_at_h_is_best_two_light_tasks_come_second_and_alone_at_h_is_worst():
    assert [earn_once([2, 1, 1], actions) for actions in ([H, H], [A, B], [A, H])] == [4, 2, -1]


def test_a_worker_who_finds_no_task_or_no_task_left_earns_nothing():
    assert earn_once([0, 0, 0], [A, H]) == 0
    assert earn_once([1, 0, 0], [A, A]) == 1


def test_there_are_18_states_and_9_joint_actions(table):
    assert table.transitions.shape == (3 * 3 * 2, 3, 3, 18)
    assert table.rewards.shape == (2, 18, 3, 3)
    assert [table.state_names[state] for state in (0, 1, 17)] == ["a=0 b=0 h=0", "a=0 b=0 h=1", "a=2 b=2 h=1"]


def test_random_play_is_worth_8_10_and_the_best_possible_29_69(table, random_value, optimum):
    assert f"{random_value:.2f} {optimum.values.mean():.2f}" == "8.10 29.69"
    uniform = joint_policy(uniform_policy(2, 18, 3))
    assert solvers.evaluate_joint_policy(table, uniform, 0.9)[0].mean() == pytest.approx(random_value)


def test_what_comes_after_100_steps_can_be_forgotten():
    assert f"{solve('1.5', np.zeros(100), 1, False, 0.9):.5f}" == "0.00003"


def test_a_thousand_random_teams_earn_what_random_play_is_worth(random_value):
    rng = np.random.default_rng(2)
    earned = evaluate(DISPATCH, RandomPolicy(3), runs=1_000, rng=rng, gamma=0.9, horizon=100)[:, 0]
    assert abs(earned.mean() - random_value) < 4 * standard_error(earned)


def test_whenever_a_heavy_task_waits_both_should_go_for_it_and_otherwise_take_light_ones(table, optimum):
    for state, (a, b, h) in enumerate(DISPATCH.states):
        joint_action = tuple(optimum.joint_actions[state])
        if h:
            assert joint_action == (H, H)
        else:
            assert table.rewards[(0, state, *joint_action)] == min(2, a + b)


def test_without_a_heavy_task_it_is_best_that_both_take_from_the_longer_queue(optimum):
    for state, (a, b, h) in enumerate(DISPATCH.states):
        if h == 0 and a != b:
            longer = A if a > b else B
            value = optimum.joint_action_values[state, longer, longer]
            assert value == pytest.approx(optimum.values[state], abs=1e-9)


def test_from_two_tasks_and_one_it_is_as_good_to_take_one_of_each(optimum):
    state = DISPATCH.states.tolist().index([2, 1, 0])
    values = optimum.joint_action_values[state]
    assert values[A, B] == pytest.approx(values[A, A], abs=1e-9)


def test_a_team_without_heavy_tasks_scores_45_9_and_the_nearest_option_is_the_answer_to_prediction_1_c():
    score = score_without_heavy_tasks(DISPATCH)
    assert f"{score:.1f}" == "45.9"
    prediction = find_prediction("1.c")
    options = {label: float(re.search(r"\d+", option.text)[0]) for label, option in prediction.options.items()}
    assert min(options, key=lambda label: abs(options[label] - score)) == prediction.answer


def test_with_a_heavy_task_in_50_steps_a_team_without_them_would_score_about_79():
    assert round(score_without_heavy_tasks(environments.Dispatch(heavy_arrival=1 / 50))) == 79


def test_the_score_falls_from_45_to_8_near_one_third_and_climbs_to_99(valley):
    bottom = valley.argmin()
    assert [round(score) for score in valley[[0, bottom, -1]]] == [45, 8, 99]
    assert abs(bottom / 50 - 1 / 3) <= 0.02
    assert (np.diff(valley[: bottom + 1]) < 0).all()
    assert (np.diff(valley[bottom:]) > 0).all()


def test_the_last_point_is_missing_because_the_workers_never_help_at_each_others_queue(table, optimum):
    a, b, h = DISPATCH.states.T
    helpful = np.zeros((2, 18, 3))
    helpful[0, range(18), np.select([h > 0, a > 0], [H, A], B)] = 1
    helpful[1, range(18), np.select([h > 0, b > 0], [H, B], A)] = 1
    assert value_of(table, helpful) == pytest.approx(optimum.values.mean())


def test_eager_teams_earn_what_is_computed(table):
    policies = eager_policies(0.5)
    rng = np.random.default_rng(3)
    earned = evaluate(DISPATCH, FixedPolicy(policies), runs=1_000, rng=rng, gamma=0.9, horizon=100)[:, 0]
    assert abs(earned.mean() - value_of(table, policies)) < 4 * standard_error(earned)
