"""Every number and claim that lesson 08 and its checks state is what the module computes.

What other tests assert already is not computed again here:

- canon/test_learning: where climbing and penalty end after 5,000 plays, and dispatch after 30,000 steps.
- learners/test_independent_q: how each learner moves its values, and when leniency ends at which decay.
- notebooks/test_prose: the numbers that a cell of the lesson prints.
- lessons/test_06: the best possible team in dispatch meets at H, however full the light queues are.
"""

import re
from functools import cache

import nbformat
import numpy as np
import pytest

from marl_lessons import environments, games, scoreboard
from marl_lessons.exercises.registry import find_exercise
from marl_lessons.learners import IQL, DistributedQ, HystereticQ
from marl_lessons.policies import epsilon_greedy, linear_schedule
from marl_lessons.rollout import train
from tests.lessons.measures import answered, listen_to, solve, take_from_lesson
from tools.build_notebooks import ROOT

LESSON = "08_coordination"
CLIMBING, ONE_CELL, ALL_CELLS = games.climbing(), games.partially_stochastic_climbing(), games.stochastic_climbing()
FADING = linear_schedule(1.0, 0.0, 1_600)
make_ladder, train_teams, draw_ladder, settle = take_from_lesson(
    LESSON,
    *("make_ladder", "train_teams", "draw_ladder", "settle"),
    climbing=CLIMBING,
    expected_move=find_exercise("8.2").reference,
)
RATIOS = np.arange(0.0, 1.0, 0.025)


def end_teams(learner, game, seed, teams=200, plays=2_000):
    """Return where teams end under another seed than the lesson's, (teams, 2)."""
    rng = np.random.default_rng(seed)
    train(game, learner, plays, teams, rng)
    return learner.act(np.zeros((teams, 2), dtype=int), rng, explore=False)


def share_at(ends, *cells):
    """Return the share of the teams that end at one of the cells."""
    return sum((ends == cell).all(axis=1).mean() for cell in cells)


# Climbing, and why trying again is not enough


def test_beside_a_random_partner_a_looks_bad_and_c_best():
    np.testing.assert_allclose(CLIMBING.payoffs[0].mean(axis=1), [-6.33, -5.67, 1.67], atol=0.005)
    np.testing.assert_allclose(CLIMBING.payoffs[1].mean(axis=0), [-6.33, -7.67, 3.67], atol=0.005)


def test_teams_that_explore_on_for_10000_plays_stay_at_cc_but_for_a_few_at_bc():
    learners = IQL(CLIMBING, alpha=0.1, gamma=0.0, epsilon=FADING)
    assert share_at(end_teams(learners, CLIMBING, seed=1, teams=100), (2, 2)) > 0.85
    learners.epsilon = 0.1
    ends = end_teams(learners, CLIMBING, seed=2, teams=100, plays=10_000)
    assert share_at(ends, (2, 2)) > 0.75
    assert share_at(ends, (2, 2), (1, 2)) > 0.95
    assert answered("8.a") == "still at (c, c)"


def test_beside_a_c_that_explores_b_is_a_little_better_and_comes_with_a_loss_once_in_thirty_plays():
    partner = epsilon_greedy(np.array([0.0, 0.0, 1.0]), 0.1)
    values = CLIMBING.payoffs[0] @ partner
    assert 0 < values[1] - values[2] < 0.2
    assert partner[0] == pytest.approx(1 / 30)
    assert partner[0] ** 2 == pytest.approx(1 / 900)
    assert 0.1 * (CLIMBING.payoffs[0, 1, 0] - CLIMBING.payoffs[0, 1, 2]) == pytest.approx(-3.6)
    assert not CLIMBING.is_pure_equilibrium((2, 2))
    assert CLIMBING.payoffs[0, 1:, 2].tolist() == [6, 5]


@pytest.mark.parametrize(
    ("game", "wanted", "rate"),
    [
        (games.penalty(-10), [(0, 0), (2, 2)], 0.89),
        (games.penalty(-100), [(0, 0), (2, 2)], 0.0),
        (games.stag_hunt(2), [(0, 0)], 0.18),
    ],
)
def test_learning_alone_does_well_where_a_mistake_is_cheap_and_flees_where_it_is_dear(game, wanted, rate):
    ends = end_teams(IQL(game, 0.1, 0.0, FADING), game, seed=3)
    assert share_at(ends, *wanted) == pytest.approx(rate, abs=0.03 + 3 * np.sqrt(rate * (1 - rate) / 200))


def test_a_hare_is_worth_a_stag_beside_a_coin_at_x_2():
    assert (games.stag_hunt(2).payoffs[0] @ [0.5, 0.5]).tolist() == [2, 2]


# What an optimist believes


def test_the_move_by_hand_goes_down_with_equal_steps_and_up_with_a_tenth():
    payoffs, chances = np.array([11, -30, 0]), np.full(3, 1 / 3)
    assert solve("8.2", 0, payoffs, chances, 0.1, 0.1) == pytest.approx(-0.633, abs=0.001)
    assert solve("8.2", 0, payoffs, chances, 0.1, 0.01) == pytest.approx(0.267, abs=0.001)


def test_to_agent_0_a_looks_best_below_a_fifth_and_worst_above_a_quarter():
    rests = np.array([[settle(row, ratio) for ratio in RATIOS] for row in CLIMBING.payoffs[0]])
    assert (rests[:, RATIOS < 0.199].argmax(axis=0) == 0).all()
    assert (rests[:, RATIOS > 0.201].argmax(axis=0) != 0).all()
    assert (rests[:, RATIOS >= 0.25].argmin(axis=0) == 0).all()


@pytest.mark.parametrize(("ratio", "best"), [(0.135, 0), (0.145, 2)])
def test_to_agent_1_a_looks_best_below_14_hundredths(ratio, best):
    assert np.argmax([settle(column, ratio) for column in CLIMBING.payoffs[1].T]) == best


def test_a_value_rests_where_its_expected_move_is_zero_and_with_equal_steps_at_the_mean():
    payoffs = CLIMBING.payoffs[0, 0]
    for ratio in RATIOS[1:]:
        value = settle(payoffs, ratio)
        assert solve("8.2", value, payoffs, np.full(3, 1 / 3), 1.0, ratio) == pytest.approx(0, abs=1e-6)
    assert settle(payoffs, 1.0) == pytest.approx(payoffs.mean())
    assert settle(payoffs, 0.0) == pytest.approx(11)


# The ladder and its schedules


def test_half_is_forgiven_after_as_many_times_as_the_decay_is_chosen_for():
    lenient = make_ladder(CLIMBING, FADING, half_after=300)["lenient"]
    assert lenient.start_temperature == 50
    assert 1 - np.exp(-50 * lenient.decay**300) == pytest.approx(0.5)


@cache
def find_rates(share_explored):
    """Return the shares of 100 teams that find 11 in 1,000 plays, as the live figure says."""
    words = draw_ladder(share_explored).alt
    return {name: int(percent) / 100 for name, percent in re.findall(r"(\w+) (\d+)%", words)}


def test_at_first_three_of_the_five_mostly_find_11_and_iql_never():
    rates = find_rates(0.8)
    assert list(rates) == ["IQL", "hysteretic", "lenient", "distributed", "FMQ"]
    assert rates["IQL"] == 0
    assert min(rates[name] for name in ("hysteretic", "distributed", "FMQ")) > 0.75
    assert 0.1 < rates["lenient"] < 0.45


@pytest.mark.parametrize(("share_explored", "low", "high"), [(0.8, 0.1, 0.45), (0.6, 0.9, 1)])
def test_lenient_teams_rise_from_few_to_nearly_all_where_exploring_ends_before_leniency(share_explored, low, high):
    schedule = linear_schedule(1.0, 0.0, int(1_000 * share_explored))
    learner = make_ladder(CLIMBING, schedule, half_after=500)["lenient"]
    assert low <= share_at(end_teams(learner, CLIMBING, seed=4, plays=1_000), (0, 0)) <= high
    assert listen_to(LESSON)("By 0.6 lenient teams rise from few to nearly all.")


def test_with_little_exploring_only_the_distributed_stay_at_the_top():
    rates = find_rates(0.2)
    assert rates["distributed"] > 0.9
    assert max(rate for name, rate in rates.items() if name != "distributed") < 0.9
    assert rates["hysteretic"] < 0.65  # optimism needs enough exploring


def test_without_exploring_all_five_find_it_at_times_by_luck():
    """Exactly 1/6 or 1/4: the first joint action that pays is a, a in one of six or of four ways."""
    rates = find_rates(0.0)
    assert min(rates.values()) > 0.04
    assert max(rates.values()) < 0.40


# Payoffs by lot


def test_all_versions_of_climbing_have_the_same_means_and_pay_what_the_lesson_says():
    for game in (ONE_CELL, ALL_CELLS):
        np.testing.assert_array_equal(game.payoffs, CLIMBING.payoffs)
        assert len(game.outcomes) == 2
    assert sorted(ONE_CELL.outcomes[:, 0, 1, 1]) == [0, 14]
    assert (np.ptp(ONE_CELL.outcomes, axis=0) > 0).sum() == 2  # (b, b) of both agents
    assert (np.ptp(ALL_CELLS.outcomes, axis=0) > 0).all()


@pytest.mark.parametrize(
    ("game", "name", "rate"),
    [
        (ONE_CELL, "distributed", 0),
        (ALL_CELLS, "distributed", 0),
        (ONE_CELL, "hysteretic", 0.74),
        (ALL_CELLS, "hysteretic", 0.07),
        (ONE_CELL, "lenient", 1),
        (ALL_CELLS, "lenient", 0.95),
        (ONE_CELL, "FMQ", 0.975),
        (ALL_CELLS, "FMQ", 0.17),
    ],
)
def test_luck_in_one_cell_fools_the_distributed_and_luck_everywhere_all_whose_optimism_never_changes(game, name, rate):
    learner = make_ladder(game, FADING, half_after=1_200)[name]
    found = share_at(end_teams(learner, game, seed=5, teams=100), (0, 0))
    assert abs(found - rate) <= max(0.03, 4 * np.sqrt(rate * (1 - rate) / 100))
    if name == "distributed":
        assert answered("8.b") == "at (b, b)"


def test_with_partner_and_lot_both_averaged_no_ratio_makes_a_look_best():
    for agent in (0, 1):
        by_action = np.moveaxis(ALL_CELLS.outcomes[:, agent], 1 + agent, 0).reshape(3, -1)  # (A, outcomes and partner)
        rests = np.array([[settle(payoffs, ratio) for ratio in RATIOS] for payoffs in by_action])
        assert (rests.argmax(axis=0) != 0).all()


@pytest.mark.parametrize(("game", "most"), [(ONE_CELL, 0.1), (ALL_CELLS, 0.25)])
def test_leniency_that_fades_too_early_finds_little_by_lot(game, most):
    learner = make_ladder(game, FADING, half_after=400)["lenient"]
    assert share_at(end_teams(learner, game, seed=6), (0, 0)) < most
    assert listen_to(LESSON)("Put 400 in place of 1_200 and run the cell again: few lenient teams end at (a, a)")


# Agreeing, and dispatch


def test_without_the_rule_half_of_the_teams_miss_each_other():
    penalty = games.penalty(-100)
    good = [(0, 0), (2, 2)]
    assert share_at(end_teams(DistributedQ(penalty, 0.0, FADING), penalty, seed=8), *good) == 1
    without = end_teams(HystereticQ(penalty, 1.0, 0.0, 0.0, FADING), penalty, seed=9)
    assert share_at(without, *good) == pytest.approx(0.5, abs=0.12)


def test_the_learner_that_the_lesson_gives_the_rule_to_runs_on_it():
    penalty = games.penalty(-100)
    ends = []
    for rule in (DistributedQ(penalty, 0.0, FADING).intend, find_exercise("8.3").reference):
        learner = DistributedQ(penalty, 0.0, FADING)
        learner.intend = rule
        ends.append(end_teams(learner, penalty, seed=10, teams=20, plays=300))
    np.testing.assert_array_equal(*ends)


DISPATCH = environments.Dispatch()
TABLE = DISPATCH.to_tabular()


@cache
def train_workers(name, seed, half_after=5_000):
    """Return a learner of the ladder that has learned dispatch as the lesson's."""
    schedules = linear_schedule(0.2, 0.02, 10_000), linear_schedule(0.02, 0.002, 10_000)
    learner = make_ladder(TABLE, linear_schedule(1.0, 0.05, 6_000), half_after, *schedules, gamma=0.9)[name]
    train(TABLE, learner, 10_000, runs=40, rng=np.random.default_rng(seed))
    return learner


def score(learner):
    return scoreboard.score_learner(learner, DISPATCH, 40).mean()


@pytest.mark.parametrize(
    ("name", "low", "high", "dare"),
    [
        ("IQL", 68, 81, False),
        ("hysteretic", 83, 91, True),
        ("lenient", 82, 91, True),
        ("distributed", 97, 100, True),
    ],
)
def test_dispatch_is_easier_for_optimists_under_another_seed(name, low, high, dare):
    learner = train_workers(name, seed=11)
    assert low < score(learner) < high
    assert listen_to(LESSON)("New lines on our scoreboard, after 10,000 steps: IQL")
    full = np.full((40, 2), TABLE.state_names.index("a=2 b=2 h=1"))
    meet = (learner.policies(full)[:, :, 2] == 1).all(axis=1).mean()
    assert meet > 0.6 if dare else meet < 0.4


def test_fmq_gains_nothing_in_dispatch():
    assert score(train_workers("FMQ", seed=11)) == pytest.approx(score(train_workers("IQL", seed=11)), abs=6)


def test_lenient_workers_who_forgive_half_after_200_times_do_worse_than_iql():
    assert score(train_workers("lenient", seed=11, half_after=200)) < score(train_workers("IQL", seed=11))


def read_film(team):
    """Return what the lesson's film tells of a team: [(waiting at A, at B, at H, where they go, what they earn)]."""
    cells = nbformat.read(ROOT / "solutions" / f"{LESSON}.ipynb", as_version=4).cells
    (cell,) = [cell for cell in cells if "plotting.watch(" in cell.source]
    told = cell.outputs[0].data["text/plain"]
    step = rf"^{team}: a=(\d) b=(\d) h=(\d): worker 0 to (\w) and worker 1 to (\w)\..* earns (-?\d)\.$"
    steps = re.findall(step, told, re.MULTILINE)
    return [(int(a), int(b), int(h), first + second, int(earned)) for a, b, h, first, second, earned in steps]


def test_in_the_film_the_distributed_team_always_meets_at_h_and_the_iql_team_only_while_a_is_not_full():
    optimists, alone = read_film("distributed"), read_film("IQL")
    assert len(optimists) == len(alone) == 8
    assert [sum(step[-1] for step in film) for film in (alone, optimists)] == [21, 26]
    assert {went for _, _, at_h, went, _ in optimists if at_h} == {"HH"}
    assert {(at_a == 2, went) for at_a, _, at_h, went, _ in alone if at_h} == {(True, "AA"), (False, "HH")}
    assert {earned for *_, went, earned in alone if went == "AA"} == {2}


# What the docstrings of the exercises say


@pytest.mark.parametrize(
    ("number", "arguments", "result"),
    [
        ("8.1", (np.zeros(2), np.array([10, -10]), 0.1, 0.01), [1, -0.1]),
        ("8.2", (0, np.array([10, -10]), np.array([0.5, 0.5]), 0.1, 0.01), 0.45),
        ("8.3", (np.zeros(2, int), np.array([[10, 2]] * 2), np.array([1, 1]), np.array([10, 12])), [0, 1]),
    ],
)
def test_the_worked_example_of_an_exercise_is_right(number, arguments, result):
    np.testing.assert_allclose(solve(number, *arguments), result)
