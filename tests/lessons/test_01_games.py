"""Every number that lesson 01 and its checks state is what the module computes."""

import ast
import re

import nashpy
import numpy as np
import pytest

from marl_lessons import games
from marl_lessons.exercises.registry import find_exercise, find_prediction
from tests.lessons.measures import read_text, solve, take_from_lesson
from tools.build_notebooks import read_lesson

COIN = np.array([0.5, 0.5])
CHANCES = np.linspace(0, 1, 101)


@pytest.fixture(scope="module")
def boxes():
    """The game that the lesson begins with."""
    table = re.search(r"my_table = (\[\[.*\]\])", read_lesson("01_games"))[1]
    return games.symmetric(ast.literal_eval(table), "two boxes", ("heavy", "light"))


def find_numbers(pattern):
    """Return the numbers that stand in a sentence of the lesson."""
    found = re.search(pattern, read_text("01_games"))
    assert found, f"no sentence of the lesson matches {pattern}"
    return [float(number.replace("−", "-")) for number in found.groups()]


# Two boxes


def test_the_heavy_box_pays_4_to_each_if_both_lift_it_and_who_tries_it_alone_gets_nothing(boxes):
    assert boxes.payoffs[:, 0, 0].tolist() == [4, 4]
    assert boxes.payoffs[:, 0, 1].tolist() == [0, 3]
    assert boxes.payoffs[:, 1, 0].tolist() == [3, 0]
    assert boxes.payoffs[:, 1, 1].tolist() == [3, 3]
    assert find_numbers(r"A light box pays (\d+) to .* The heavy box pays (\d+) to each") == [3, 4]


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
    values = np.array([solve("1.2", boxes.payoffs[0], np.array([p, 1 - p])) for p in CHANCES])  # (101, 2)
    gain = values[:, 0] - values[:, 1]
    assert (gain[CHANCES > 0.755] > 0).all()
    assert (gain[CHANCES < 0.745] < 0).all()
    np.testing.assert_allclose(gain[75], 0, atol=1e-12)
    crossing, heavy, same, light = find_numbers(r"cross at ([\d.]+), where (\d+) · ([\d.]+) = (\d+)\.")
    assert crossing == same == CHANCES[75]
    assert heavy * same == light
    assert [heavy, light] == [boxes.payoffs[0, 0, 0], boxes.payoffs[0, 1, 0]]


def test_who_leaves_light_light_alone_gets_0_instead_of_3(boxes):
    before, after = boxes.payoffs[0, 1, 1], boxes.payoffs[0, 0, 1]
    assert [boxes.payoffs[1, 1, 1], boxes.payoffs[1, 1, 0]] == [before, after]
    assert find_numbers(r"who changes alone gets (\d+) instead of (\d+)") == [after, before]


# Climbing


def test_in_climbing_the_rows_are_worth_minus_6_33_and_minus_5_67_and_1_67_to_a_random_partner():
    payoffs = games.climbing().payoffs
    np.testing.assert_array_equal(payoffs, [[[11, -30, 0], [-30, 7, 6], [0, 0, 5]]] * 2)
    np.testing.assert_allclose(payoffs[0] @ np.ones(3) / 3, [-6.33, -5.67, 1.67], atol=0.005)


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
    assert find_numbers(r"two equilibria, worth (\d+) and (\d+)") == [11, 7]


def test_at_b_c_of_climbing_which_pays_6_only_agent_1_gains_by_changing():
    payoffs = games.climbing().payoffs
    assert payoffs[:, 1, 2].tolist() == [6, 6]
    assert find_numbers(r"which is \((\d), (\d)\) in code and pays (\d+) to both") == [1, 2, 6]
    assert payoffs[0, :, 2].max() == 6 < payoffs[1, 1, :].max()


def test_the_stag_hunt_is_the_two_boxes(boxes):
    np.testing.assert_array_equal(games.stag_hunt().payoffs, boxes.payoffs)


def test_in_the_prisoners_dilemma_defecting_always_pays_more_and_the_equilibrium_less_than_cooperating():
    payoffs = games.prisoners_dilemma().payoffs
    assert (payoffs[0, 1] > payoffs[0, 0]).all()
    assert (payoffs[:, 0, 0] > payoffs[:, 1, 1]).all()


def test_in_matching_pennies_nobody_gains_by_changing_if_both_toss_their_coin():
    game = games.matching_pennies()
    for agent in range(2):
        assert game.action_values(agent, [COIN, COIN]).tolist() == [0, 0]
        assert game.best_responses(agent, [COIN, COIN]).tolist() == [0, 1]


def test_heads_three_times_in_four_is_the_partner_of_the_cell():
    assert "if it shows heads three times in four?" in read_text("01_games")
    assert "action_values(pennies.payoffs[0], np.array([0.75, 0.25]))" in read_lesson("01_games")
    assert solve("1.2", games.matching_pennies().payoffs[0], np.array([0.75, 0.25])).tolist() == [0.5, -0.5]


def test_the_chances_of_the_picture_are_those_of_the_text():
    assert "with probability 0, 0.01, …, 1." in read_text("01_games")
    assert "chance = np.linspace(0, 1, 101)" in read_lesson("01_games")
    np.testing.assert_allclose(CHANCES[:2], [0, 0.01])


# Best against whom?


def respond_to_habits(penalty):
    """Return booleans (101, 3): which actions of climbing are best against partners who play a with a probability."""
    table = np.array([[11, penalty, 0], [penalty, 7, 6], [0, 0, 5]])
    return np.array([solve("1.4", table, np.array([p, (1 - p) / 2, (1 - p) / 2])) for p in CHANCES])


@pytest.mark.parametrize(
    ("sentence", "sure_enough"),
    [
        (r"With the penalty at (−\d+), .* with a probability above about ([\d.]+)\.", 17.5 / 28.5),
        (r"At (−\d+) it takes about ([\d.]+) to dare a", 10 / 21),
    ],
)
def test_a_is_best_against_partners_who_play_it_with_the_probabilities_of_the_prose(sentence, sure_enough):
    penalty, told = find_numbers(sentence)
    assert told == pytest.approx(sure_enough, abs=0.005)
    np.testing.assert_array_equal(respond_to_habits(penalty)[:, 0], sure_enough < CHANCES)


def test_at_minus_30_b_is_best_at_first_then_c_then_a():
    order = respond_to_habits(-30).argmax(axis=1)
    assert order[np.flatnonzero(np.diff(order, prepend=-1))].tolist() == [1, 2, 0]
    assert "b against partners who hardly ever play a, c in the middle, and a only against" in read_text("01_games")
    assert CHANCES[order == 1].max() < 0.12  # hardly ever


@pytest.mark.parametrize("penalty", range(-30, 1))
def test_from_minus_7_on_c_is_best_against_nobody(penalty):
    (told,) = find_numbers(r"from (−\d+) on c is never best")
    assert respond_to_habits(penalty)[:, 2].any() == (penalty < told)
    table = np.array([[11, penalty, 0], [penalty, 7, 6], [0, 0, 5]])
    assert np.argwhere(table == table.max()).tolist() == [[0, 0]]  # (a, a) is the best cell all along


@pytest.mark.parametrize("penalty", [-30, -7])
def test_the_picture_of_the_lesson_counts_what_is_best_against_the_same_partners(penalty):
    values, best = find_exercise("1.2").reference, find_exercise("1.4").reference
    (draw,) = take_from_lesson("01_games", "draw_climbing", chance=CHANCES, action_values=values, best_responses=best)
    counts = [int(count) for count in re.findall(r"best against (\d+) of 101", draw(penalty).alt)]
    assert counts == respond_to_habits(penalty).sum(axis=0).tolist()


@pytest.mark.parametrize("penalty", [-17, -16, -13, -12])
def test_where_two_actions_tie_both_count(penalty):
    assert respond_to_habits(penalty).sum() == 102


# What the docstrings of the exercises say


@pytest.mark.parametrize(
    ("number", "arguments", "result", "said"),
    [
        ("1.2", ([[4, 0], [3, 3]], [0.9, 0.1]), [3.6, 3.0], "with [[4, 0], [3, 3]] and [0.9, 0.1] the values are {}."),
        ("1.3", (games.prisoners_dilemma().payoffs, (1, 1)), True, "in the prisoner's dilemma (1, 1) is an equil"),
        ("1.3", (games.prisoners_dilemma().payoffs, (0, 0)), False, "is an equilibrium and (0, 0) is not."),
        ("1.4", ([[4, 0], [3, 3]], [0.75, 0.25]), [True, True], "with [[4, 0], [3, 3]] and [0.75, 0.25] it gives {};"),
        ("1.4", ([[4, 0], [3, 3]], [0.5, 0.5]), [False, True], "with [0.5, 0.5] it gives {}."),
    ],
)
def test_the_worked_example_of_an_exercise_is_right(number, arguments, result, said):
    payoffs, other = arguments
    np.testing.assert_allclose(solve(number, np.array(payoffs), other if number == "1.3" else np.array(other)), result)
    assert said.format(result) in read_lesson("01_games")
