"""Every number that lesson 01 and its checks state is what the module computes: tables, drift, two ways to stop."""

import nashpy
import numpy as np
import pytest
from scipy import stats

from marl_lessons import environments, games, solvers
from marl_lessons.exercises.registry import find_exercise, find_prediction
from marl_lessons.learners import RandomPolicy
from marl_lessons.rollout import evaluate, train
from tests.lessons.measures import solve, standard_error

COIN = np.array([0.5, 0.5])
DRIFT = environments.Drift()


class Always:
    """The team of the lesson that plays one action, always."""

    def __init__(self, action):
        self.action = action

    def act(self, observations, rng, explore=True):
        return np.full(observations.shape[:2], self.action)

    def update(self, transition, rng):
        pass


# Two boxes and climbing


@pytest.fixture(scope="module")
def boxes():
    return games.symmetric([[4, 0], [3, 3]], "two boxes", ("heavy", "light"))


def test_the_heavy_box_pays_4_to_each_if_both_lift_it_and_who_tries_it_alone_gets_nothing(boxes):
    assert boxes.payoffs[:, 0, 0].tolist() == [4, 4]
    assert boxes.payoffs[:, 0, 1].tolist() == [0, 3]
    assert boxes.payoffs[:, 1, 0].tolist() == [3, 0]
    assert boxes.payoffs[:, 1, 1].tolist() == [3, 3]


def test_against_a_coin_the_heavy_box_pays_2_and_the_light_one_3(boxes):
    assert boxes.action_values(0, [None, COIN]).tolist() == [2, 3]
    assert find_exercise("1.1").reference == 2


def test_the_wrong_means_of_exercise_1_1_come_from_where_its_messages_say(boxes):
    mine, partners = boxes.payoffs
    assert mine[:, 1].mean() == 1.5
    assert mine.mean() == 2.5
    assert mine[:, 0].mean() == partners[0].mean() == 3.5
    assert (mine + partners)[0].mean() == 5.5


def test_heavy_pays_more_than_light_only_above_three_quarters(boxes):
    chances = np.linspace(0, 1, 101)
    values = np.array([solve("1.2", boxes.payoffs[0], np.array([p, 1 - p])) for p in chances])  # (101, 2)
    gain = values[:, 0] - values[:, 1]
    assert (gain[chances > 0.755] > 0).all()
    assert (gain[chances < 0.745] < 0).all()
    np.testing.assert_allclose(gain[75], 0, atol=1e-12)


def test_in_climbing_the_rows_are_worth_minus_6_33_and_minus_5_67_and_1_67_to_a_random_partner():
    payoffs = games.climbing().payoffs
    np.testing.assert_allclose(payoffs[0] @ np.ones(3) / 3, [-6.33, -5.67, 1.67], atol=0.005)
    np.testing.assert_array_equal(payoffs[0], [[11, -30, 0], [-30, 7, 6], [0, 0, 5]])


def test_the_best_response_in_climbing_is_the_answer_to_prediction_1_a():
    values = solve("1.2", games.climbing().payoffs[0], np.ones(3) / 3)  # (3,)
    assert "abc"[values.argmax()] == find_prediction("1.a").answer


def test_the_best_cell_of_climbing_is_in_the_row_that_is_the_worst_response():
    table = games.climbing().payoffs[0]
    assert np.unravel_index(table.argmax(), table.shape)[0] == table.mean(axis=1).argmin() == 0


# Equilibria


@pytest.mark.parametrize(
    ("game", "equilibria"),
    [
        (games.stag_hunt(), [(0, 0), (1, 1)]),
        (games.prisoners_dilemma(), [(1, 1)]),
        (games.matching_pennies(), []),
        (games.climbing(), [(0, 0), (1, 1)]),
    ],
    ids=lambda value: getattr(value, "name", None),
)
def test_the_equilibria_of_the_four_games(game, equilibria):
    assert game.pure_equilibria() == equilibria
    oracle, policies = nashpy.Game(*game.payoffs), np.eye(game.num_actions)
    for a, b in np.ndindex(game.action_counts):
        assert solve("1.3", game.payoffs, (a, b)) == ((a, b) in equilibria)
        assert all(oracle.is_best_response(policies[a], policies[b])) == ((a, b) in equilibria)


def test_the_equilibria_of_climbing_are_worth_11_and_7():
    game = games.climbing()
    assert [game.payoffs[0][cell] for cell in game.pure_equilibria()] == [11, 7]


def test_the_stag_hunt_is_the_two_boxes(boxes):
    np.testing.assert_array_equal(games.stag_hunt().payoffs, boxes.payoffs)


def test_in_the_prisoners_dilemma_a_lone_defector_rises_from_3_to_5_and_a_lone_cooperator_falls_from_1_to_0():
    payoffs = games.prisoners_dilemma().payoffs[0]
    assert (payoffs[0, 0], payoffs[1, 0]) == (3, 5)
    assert (payoffs[1, 1], payoffs[0, 1]) == (1, 0)


def test_in_matching_pennies_nobody_gains_by_changing_if_both_toss_their_coin():
    game = games.matching_pennies()
    for agent in range(2):
        assert game.action_values(agent, [COIN, COIN]).tolist() == [0, 0]


# The drift game


@pytest.fixture(scope="module")
def rewards_of_the_picture():
    """Mean rewards (R, T) of an agent in the random and the lazy team, drawn as the lesson draws them."""
    rng = np.random.default_rng(1)
    DRIFT.step(DRIFT.reset(2, rng), np.array([[0, 1, 2], [3, 3, 3]]), rng)  # the cells before the picture
    teams = RandomPolicy(4), Always(0)
    return [train(DRIFT, team, steps=100, runs=100, rng=rng).rewards.mean(axis=2).T for team in teams]


@pytest.fixture(scope="module")
def returns():
    """Return (R,) of the random and the lazy team."""
    rng = np.random.default_rng(4)
    return [evaluate(DRIFT, team, runs=2_000, rng=rng).mean(axis=1) for team in (RandomPolicy(4), Always(0))]


@pytest.fixture(scope="module")
def cells():
    return DRIFT.discretize()


@pytest.fixture(scope="module")
def best_return(cells):
    return cells.start @ solvers.value_iteration(cells, gamma=1.0, horizon=100).values[0]


def expect_rewards(bonus, push, push_variance):
    """Return the exact mean reward of an agent at each of 100 steps: x is normal, and |x| folded normal."""
    steps = np.arange(1, 101)
    deviation = np.sqrt(1 + (0.1**2 + push_variance) * steps)
    return bonus - stats.foldnorm.mean(push * steps / deviation, scale=deviation)


RANDOM_REWARDS = expect_rewards(bonus=0.05, push=3 * 0.075, push_variance=3 * 1.25 * 0.05**2)
LAZY_REWARDS = expect_rewards(bonus=0.1, push=0, push_variance=0)


def test_the_drift_game_has_the_numbers_of_the_prose():
    assert (DRIFT.num_agents, DRIFT.num_actions, DRIFT.horizon) == (3, 4, 100)
    assert (DRIFT.push, DRIFT.noise, DRIFT.bonus) == (0.05, 0.1, 0.1)


def test_a_random_action_pushes_by_0_075_on_average_and_action_0_not_at_all():
    assert DRIFT.push * np.arange(4).mean() == pytest.approx(0.075)
    state, rng = np.zeros((4_000, 4)), np.random.default_rng(0)
    for actions, push in [(rng.integers(4, size=(4_000, 3)), 3 * 0.075), (np.zeros((4_000, 3), int), 0)]:
        moved = DRIFT.step(state, actions, rng)[0][:, 0]
        assert abs(moved.mean() - push) < 4 * standard_error(moved)


def test_the_reward_of_the_random_team_falls_steadily_to_about_minus_22(rewards_of_the_picture):
    assert (np.diff(RANDOM_REWARDS) < 0).all()
    assert round(RANDOM_REWARDS[-1]) == -22
    last = rewards_of_the_picture[0][:, -1]
    assert abs(last.mean() - RANDOM_REWARDS[-1]) < 4 * standard_error(last)


def test_the_reward_of_the_lazy_team_stays_above_minus_1_2(rewards_of_the_picture):
    assert LAZY_REWARDS.min() > -1.2
    assert rewards_of_the_picture[1].mean(axis=0).min() > -1.2


def test_the_grid_has_300_cells_from_minus_4_to_5(cells):
    assert cells.num_states == 300
    assert (cells.state_names[0], cells.state_names[-1]) == ("x=-3.985", "x=4.985")


def test_the_best_possible_return_is_about_minus_54(best_return):
    assert round(best_return) == -54


def test_the_teams_return_what_theory_says(returns):
    for earned, rewards in zip(returns, (RANDOM_REWARDS, LAZY_REWARDS), strict=True):
        assert abs(earned.mean() - rewards.sum()) < 4 * standard_error(earned)


def test_doing_nothing_comes_most_of_the_way_from_random_play_to_the_best(best_return):
    share = (LAZY_REWARDS.sum() - RANDOM_REWARDS.sum()) / (best_return - RANDOM_REWARDS.sum())
    assert share == pytest.approx(0.97, abs=0.005)


def test_the_lazy_team_collects_more_by_far_which_is_the_answer_to_prediction_1_b(returns):
    random, lazy = returns
    assert lazy.mean() > random.mean() + 1_000
    prediction = find_prediction("1.b")
    assert prediction.options[prediction.answer].text == "the team that always plays 0, by far"


# Two ways to stop


def test_a_stretch_of_1_and_2_is_worth_2_if_the_game_is_over_and_4_5_if_10_was_still_to_come():
    assert solve("1.5", np.array([1, 2]), 10, True, 0.5) == 1 + 0.5 * 2 == 2
    assert solve("1.5", np.array([1, 2]), 10, False, 0.5) == 2 + 0.25 * 10 == 4.5


def test_a_round_that_seems_to_follow_every_end_is_worth_20():
    assert solve("1.6", np.ones((1, 1)), np.ones(1), 0.95) == pytest.approx([20])


def test_staying_is_worth_1_425_and_leaving_1_and_with_the_end_forgotten_leaving_looks_better():
    leave, stay = np.array([1.0]), np.array([0.0, 1.5])
    assert [solve("1.5", rewards, 20.0, True, 0.95) for rewards in (leave, stay)] == pytest.approx([1, 1.425])
    assert solve("1.5", leave, 20.0, False, 0.95) > solve("1.5", stay, 20.0, False, 0.95)


# What the docstrings and the messages of the exercises say


@pytest.mark.parametrize(
    ("number", "arguments", "result"),
    [
        ("1.2", (np.array([[4, 0], [3, 3]]), np.array([0.9, 0.1])), [3.6, 3.0]),
        ("1.3", (games.prisoners_dilemma().payoffs, (1, 1)), True),
        ("1.3", (games.prisoners_dilemma().payoffs, (0, 0)), False),
        ("1.4", (np.array([2.0]), np.array([[0, 3]]), 4), [[-1.9, -2.0]]),
        ("1.5", (np.array([1, 2]), 10, False, 0.5), 4.5),
        ("1.5", (np.array([1, 2]), 10, True, 0.5), 2),
        ("1.6", (np.array([[0, 1], [1, 0]]), np.array([1, 0]), 0.5), [4 / 3, 2 / 3]),
    ],
)
def test_the_worked_example_of_an_exercise_is_right(number, arguments, result):
    np.testing.assert_allclose(solve(number, *arguments), result)


def test_a_reward_of_1_that_lasts_for_ever_is_worth_10():
    assert solve("1.6", np.eye(2), np.array([1, 0]), 0.9) == pytest.approx([10, 0])


def test_with_rewards_up_to_3_and_gamma_0_9_no_value_is_above_30():
    assert solve("1.6", np.eye(2), np.array([3, 1]), 0.9).max() == pytest.approx(30)


def test_with_5_actions_action_2_earns_no_bonus():
    assert solve("1.4", np.zeros(1), np.array([[1, 2]]), 5).tolist() == [[0.1, 0]]
