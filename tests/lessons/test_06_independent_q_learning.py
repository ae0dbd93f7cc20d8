"""Every number and claim that lesson 06 and its checks state is what the module computes.

Elsewhere: canon/test_learning has the mean of 76 in the dispatch game.
"""

from types import SimpleNamespace

import nbformat
import numpy as np
import pytest
from scipy import stats

from marl_lessons import environments, games, scoreboard, solvers
from marl_lessons.checks.lesson_06 import action_shares, choose_actions
from marl_lessons.exercises import Outcome
from marl_lessons.exercises import evaluate as judge
from marl_lessons.exercises.registry import find_exercise, find_prediction
from marl_lessons.learners import IQL
from marl_lessons.policies import linear_schedule
from marl_lessons.rollout import train
from tests.lessons.measures import solve, standard_error, take_from_lesson
from tools.build_notebooks import ROOT, read_lesson

BOXES = games.symmetric([[4, 0], [2, 2]], "two boxes", ("heavy", "light"))
CLIMBING = games.climbing()
DISPATCH = environments.Dispatch()
TABLES = DISPATCH.to_tabular()  # which play faster
WITHOUT_HEAVY_TASKS = scoreboard.DISPATCH_BESTS["best without heavy tasks"]
LESSON = "06_independent_q_learning"
TEXT = " ".join(read_lesson(LESSON).replace("\n#", "\n").split())
STEPS = {"td_target": "6.1", "choose_actions": "6.2", "update_table": "6.3", "worth_now": "6.4"}
SOLUTIONS = {name: find_exercise(number).reference for name, number in STEPS.items()}


# One team, and a team of learners made of the three exercises


def test_two_plays_by_hand_make_the_value_0_38():
    table, values = np.zeros((1, 1, 1)), []
    for _ in range(2):
        table = solve("6.3", table, np.array([0]), np.array([0]), np.array([2.0]), 0.1)
        values.append(table.item())
    np.testing.assert_allclose(values, [0.2, 0.38])
    assert "After one play the value is 0.1 · 2 = 0.2, after two it is 0.2 + 0.1 · 1.8 = 0.38." in TEXT


def test_exploring_fades_to_three_quarters_after_125_plays():
    assert linear_schedule(1.0, 0.0, 500)(125) == 0.75
    assert "fading = linear_schedule(1.0, 0.0, 500) # fading(125) is 0.75" in TEXT


def test_a_target_by_hand():
    target = solve("6.1", np.array([[1.0]] * 2), np.array([[10.0]] * 2), np.array([False, True]), 0.5)
    np.testing.assert_allclose(target, [[6], [1]])
    assert "Then $y = 1 + 5 = 6$; if the game has ended, $y = 1$." in TEXT


def test_some_teams_end_at_the_heavy_box_and_most_do_not():
    (train_one_team,) = take_from_lesson(
        LESSON, "train_one_team", boxes=BOXES, fading=linear_schedule(1, 0, 500), rng=None
    )
    rng = np.random.default_rng(30)
    heavy = [values[0][0] > values[0][1] for values in (train_one_team(rng) for _ in range(60))]
    assert 0.02 < np.mean(heavy) < 0.5


def learn_dispatch(learner, game, steps, runs):
    """Return the scores of a learner's teams, (R,)."""
    train(game, learner, steps, runs, np.random.default_rng(31))
    return scoreboard.score_learner(learner, DISPATCH, runs)


def test_three_exercises_make_a_team_that_learns_what_iql_of_the_module_learns():
    (my_team,) = take_from_lesson(LESSON, "MyTeam", **SOLUTIONS)
    epsilon = linear_schedule(1.0, 0.05, 2_000)
    team, module_team = my_team(DISPATCH, 40, epsilon), IQL(TABLES, 0.1, 0.9, epsilon)
    mine, module = learn_dispatch(team, DISPATCH, 3_000, 40), learn_dispatch(module_team, TABLES, 3_000, 40)
    np.testing.assert_allclose(team.tables.mean(), module_team.q_table.mean(), rtol=0.05)  # so alpha and gamma agree
    assert mine.mean() - 4 * standard_error(mine) > WITHOUT_HEAVY_TASKS
    assert abs(mine.mean() - module.mean()) < 4 * np.hypot(standard_error(mine), standard_error(module))


def test_before_training_it_plays_at_random():
    (my_team,) = take_from_lesson(LESSON, "MyTeam", **SOLUTIONS)
    np.testing.assert_allclose(scoreboard.score_learner(my_team(DISPATCH, 2, None), DISPATCH, 2), 0, atol=1e-9)


def read_pictures(source):
    """Return the texts beside the pictures of the cells that hold a source, in the solved lesson."""
    cells = nbformat.read(ROOT / "solutions" / f"{LESSON}.ipynb", as_version=4).cells
    outputs = [cell.outputs for cell in cells if cell.cell_type == "code" and source in cell.source]
    return [output.data["text/plain"] for (output,) in filter(None, outputs)]


def test_in_the_film_beginners_stand_alone_at_h_and_the_trained_team_meets_there():
    assert "Fifty teams in the dispatch game, 3,000 steps each, while ε falls from 1 to 0.05" in TEXT
    assert "schedule = linear_schedule(1.0, 0.05, 2_000)" in TEXT
    assert "train(dispatch, my_team, steps=3_000, runs=50, rng=rng)" in TEXT
    (film,) = read_pictures("plotting.watch(")
    lines = film.splitlines()
    before, after = ([line for line in lines if line.startswith(name)] for name in ("before training:", "after 3,000"))
    assert any("one alone at a heavy task" in line for line in before)
    assert any("Served: 0 light, 0 heavy" in line for line in before)  # at empty queues
    assert sum("worker 0 to H and worker 1 to H" in line for line in after) > 1


@pytest.fixture(scope="module")
def iql():
    alpha, epsilon = linear_schedule(0.1, 0.01, 30_000), linear_schedule(1.0, 0.05, 18_000)
    learner = IQL(TABLES, alpha, 0.9, epsilon)
    return learner, learn_dispatch(learner, TABLES, 30_000, 60)


def test_independent_teams_score_about_76_some_below_60_and_some_above_90(iql):
    _, scores = iql
    assert abs(scores.mean() - 76) < 4 * standard_error(scores)
    assert 45 < scores.min() < 60
    assert 90 < scores.max() < 98
    assert "luck alone puts some below 60 and some above 90." in TEXT
    assert "dispatch game, some below 60, some above 90." in TEXT


@pytest.mark.parametrize(("seen", "low", "high"), [("a=1 b=1", 0.85, 1), ("a=1 b=2", 0.3, 0.7), ("a=2 b=2", 0, 0.2)])
def test_nearly_all_meet_at_h_by_short_queues_some_with_one_fuller_and_few_by_full_ones(iql, seen, low, high):
    learner, _ = iql
    meets = (learner.q_table.argmax(axis=-1) == 2).all(axis=1)  # (R, S)
    assert low <= meets[:, TABLES.state_names.index(f"{seen} h=1")].mean() <= high


def test_in_all_other_cases_some_teams_meet_at_h(iql):
    learner, _ = iql
    meets = (learner.q_table.argmax(axis=-1) == 2).all(axis=1).mean(axis=0)  # (S,)
    named = ("a=1 b=1 h=1", "a=2 b=2 h=1")
    others = [meets[s] for s, name in enumerate(TABLES.state_names) if name.endswith("h=1") and name not in named]
    assert len(others) == 7
    assert 0.1 < min(others) <= max(others) < 0.75


def test_the_best_possible_team_always_meets_at_a_heavy_task():
    optimum = solvers.value_iteration(TABLES, gamma=0.9)
    has_heavy = [name.endswith("h=1") for name in TABLES.state_names]
    assert (optimum.joint_actions[has_heavy] == 2).all()


def test_by_full_queues_alone_a_light_task_is_certain_wherever_the_partner_goes():
    certain = {}
    for seen in ("a=1 b=1", "a=2 b=2"):
        light = TABLES.rewards[0, TABLES.state_names.index(f"{seen} h=1"), :2, :2]  # each worker at A or B
        certain[seen] = (light == 2).all()
    assert certain == {"a=1 b=1": False, "a=2 b=2": True}
    sentence = (
        "With one task in A and one in B nearly all do. With two in each, where a light task is certain wherever the "
    )
    assert f"{sentence}partner goes, few do." in TEXT


# The ground moves


def test_against_a_partner_that_mostly_lifts_heavy_by_hand():
    np.testing.assert_allclose(solve("6.4", np.array([[4, 0], [2, 2]]), 0, 0.5), [0.75 * 4, 2])
    assert "So heavy is worth 0.75 · 4 = 3 to me, and light 2." in TEXT


def test_against_a_frozen_partner_q_learning_finds_the_true_values():
    """Both play uniformly for ever, so each is a frozen partner to the other."""
    learner = IQL(CLIMBING, alpha=linear_schedule(0.1, 0.005, 1_500), gamma=0.0, epsilon=1.0)
    train(CLIMBING, learner, steps=2_000, runs=300, rng=np.random.default_rng(33))
    learned, true = learner.q_table[:, 0, 0], solve("6.4", CLIMBING.payoffs[0], 0, 1.0)  # (R, A), (A,)
    np.testing.assert_allclose(true, [-6.33, -5.67, 1.67], atol=0.005)
    for action in range(3):
        assert abs(learned[:, action].mean() - true[action]) < 4 * standard_error(learned[:, action])


def follow(epsilon, seed):
    """Return how the true worth of b and c goes on average, (K, 2), every 20 plays."""
    (draw,) = take_from_lesson(
        LESSON,
        "draw_true_worth",
        climbing=CLIMBING,
        rng=np.random.default_rng(seed),
        worth_now=SOLUTIONS["worth_now"],
        plotting=SimpleNamespace(plot_curves=lambda plays, curves, *texts: curves),
    )
    curves = draw(epsilon)
    return np.stack([curves[name].mean(axis=0) for name in ("action b", "action c")], axis=1)


@pytest.mark.parametrize("seed", [34, 35])
def test_at_a_constant_epsilon_b_rises_by_nearly_six_points_within_100_plays_and_stays_behind_c(seed):
    worth = follow(linear_schedule(0.5, 0.5, 1), seed)
    np.testing.assert_allclose(worth[0], [-5.67, 1.67], atol=0.005)
    np.testing.assert_allclose(worth[5:], np.tile([0.17, 3.33], (46, 1)), atol=0.3)
    assert 5.5 < worth[5, 0] - worth[0, 0] < 6
    assert (worth[:, 0] < worth[:, 1]).all()
    assert find_prediction("6.a").options[find_prediction("6.a").answer].text == "both more; c stays better"
    assert "moved by nearly six points within the first hundred plays" in TEXT


def test_under_the_schedule_the_favorite_is_c_from_early_on_and_the_rest_of_the_way_is_that_of_epsilon():
    epsilon = linear_schedule(1.0, 0.0, 800)
    worth = follow(epsilon, 36)
    expected = [solve("6.4", CLIMBING.payoffs[0], 2, epsilon(play))[1:] for play in range(200, 1_001, 20)]
    np.testing.assert_allclose(worth[10:], expected, atol=0.3)
    np.testing.assert_allclose(worth[-1], [6, 5], atol=0.2)
    assert "b is truly better, 6 against 5." in TEXT


def test_the_two_pictures_end_where_the_text_says():
    ends = ["action b ends at 0.17, action c ends at 3.33", "action b ends at 6.00, action c ends at 5.00"]
    assert read_pictures("draw_true_worth(linear_schedule(") == ends


# What the docstrings of the exercises say, and how fair the random one is


@pytest.mark.parametrize(
    ("number", "arguments", "result"),
    [
        ("6.1", (np.array([[1, 2]]), np.array([[10, 10]]), np.array([False]), 0.5), [[6, 7]]),
        ("6.1", (np.array([[1, 2]]), np.array([[10, 10]]), np.array([True]), 0.5), [[1, 2]]),
        ("6.2", (np.array([[1, 5, 2]]), 0, np.random.default_rng(39)), [1]),
        ("6.3", (np.zeros((1, 2, 2)), np.array([1]), np.array([0]), np.array([10]), 0.1), [[[0, 0], [1, 0]]]),
        ("6.4", (np.array([[4, 0], [2, 2]]), 0, 0.5), [3, 2]),
    ],
)
def test_the_worked_example_of_an_exercise_is_right(number, arguments, result):
    np.testing.assert_allclose(solve(number, *arguments), result)


def test_of_two_best_actions_each_is_chosen_half_of_the_time():
    chosen = solve("6.2", np.tile([5, 5, 2], (1_000, 1)), 0, np.random.default_rng(40))
    assert stats.binomtest(int((chosen == 0).sum()), 1_000).pvalue > 1e-4
    assert chosen.max() == 1


def test_fewer_than_one_right_answer_in_30000_misses_a_share_of_exercise_6_2(monkeypatch):
    """The shares that the checks compare, recorded; those that are expected to be 0 cannot be missed."""
    compared = []
    monkeypatch.setattr(choose_actions, "expect_shares", lambda *given: compared.append((given[3].size, given[4])))
    assert judge("6.2", find_exercise("6.2").reference).outcome is Outcome.PASSED
    false_alarm = 0
    for draws, share in [(draws, share) for draws, shares in compared for share in shares]:
        counts = np.arange(draws + 1)
        margin = action_shares.STANDARD_ERRORS * np.sqrt(share * (1 - share) / draws)
        is_missed = np.abs(counts / draws - share) > margin
        false_alarm += stats.binom.pmf(counts, draws, share)[is_missed].sum()
    assert 0 < false_alarm < 1 / 30_000
