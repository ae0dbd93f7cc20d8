"""Every number and claim that lesson 03 and its checks state is what the module computes.

What other tests assert already is not computed again here:

- canon/test_learning: means of 76 and 89.5 in the dispatch game after 30,000 steps; where climbing ends after 5,000
  plays, and that a constant epsilon of 0.2 is enough to keep independent learners from the best of it.
- learners/test_article_q: the patient keeps the article's keys and rows; as printed it returns about -90, relabeled
  -2,272 without a trend.
- canon/test_competition: soccer against challengers, and minimax against random play; how far WoLF and plain gradients
  are from the solution.
- lessons/test_lesson_01: -1,133, -87.4 and -54.1 in the drift game. lessons/test_lesson_01_dispatch: 45.9.
"""

import re
from functools import cache

import numpy as np
import pytest
from scipy import stats

from marl_lessons import environments, games, scoreboard, solvers, views
from marl_lessons.checks.lesson_03 import action_shares, choose_actions
from marl_lessons.exercises import Outcome
from marl_lessons.exercises import evaluate as judge
from marl_lessons.exercises.registry import find_exercise, find_prediction
from marl_lessons.learners import IQL, ArticleQ, DistributedQ
from marl_lessons.policies import epsilon_greedy, joint_policy, linear_schedule, uniform_policy
from marl_lessons.rollout import evaluate, train
from marl_lessons.solvers import dynamics, zero_sum
from tests.lessons.measures import solve, standard_error, take_from_lesson

CLIMBING = games.climbing()
DISPATCH = environments.Dispatch()
DRIFT = environments.Drift()
RELABELED = views.Relabeled(DRIFT)
WITHOUT_HEAVY_TASKS = 45.9
LESSON = "03_independent_q_learning"


def answered(prediction_id):
    """Return the text of the option that comes true."""
    prediction = find_prediction(prediction_id)
    return prediction.options[prediction.answer].text


# One team, and a team of learners made of the three exercises


def test_the_heavy_box_pays_4_to_both_or_0_and_the_light_one_2():
    assert games.stag_hunt(x=2.0).payoffs[0].tolist() == [[4, 0], [2, 2]]


def test_with_another_seed_a_team_may_end_elsewhere():
    boxes, rng = games.stag_hunt(x=2.0), np.random.default_rng(30)
    learner = IQL(boxes, alpha=0.1, gamma=0.0, epsilon=linear_schedule(1, 0, 500))
    train(boxes, learner, steps=500, runs=200, rng=rng)
    heavy = (learner.act(np.zeros((200, 2), dtype=int), rng, explore=False) == 0).all(axis=1)
    assert 0.02 < heavy.mean() < 0.5


@pytest.fixture(scope="module")
def after_3000_steps():
    """Scores (R,) of the lesson's own class, made of the references, and of IQL, with the same schedules."""
    names = {"td_target": "3.1", "choose_actions": "3.2", "update_table": "3.3"}
    exercises = {name: find_exercise(number).reference for name, number in names.items()}
    (my_team,) = take_from_lesson(LESSON, "MyTeam", **exercises)
    epsilon = linear_schedule(1.0, 0.05, 2_000)
    scores = []
    for learner in (my_team(DISPATCH, 40, epsilon), IQL(DISPATCH, 0.1, 0.9, epsilon)):
        rng = np.random.default_rng(31)
        train(DISPATCH, learner, steps=3_000, runs=40, rng=rng)
        scores.append(scoreboard.score_learner(learner, DISPATCH, 40))
    return scores


def test_three_exercises_make_a_team_that_learns_to_lift_heavy_boxes(after_3000_steps):
    mine, _ = after_3000_steps
    assert mine.mean() - 4 * standard_error(mine) > WITHOUT_HEAVY_TASKS


def test_iql_of_the_module_learns_the_same_as_the_three_exercises(after_3000_steps):
    mine, module = after_3000_steps
    assert abs(mine.mean() - module.mean()) < 4 * np.hypot(standard_error(mine), standard_error(module))


TABLES = DISPATCH.to_tabular()  # which play faster


def learn_dispatch(learner, steps):
    """Return the learner and the scores of its teams, (60,)."""
    rng = np.random.default_rng(32)
    train(TABLES, learner, steps, runs=60, rng=rng)
    return learner, scoreboard.score_learner(learner, DISPATCH, 60)


@pytest.fixture(scope="module")
def iql():
    alpha, epsilon = linear_schedule(0.1, 0.01, 30_000), linear_schedule(1.0, 0.05, 18_000)
    return learn_dispatch(IQL(TABLES, alpha, 0.9, epsilon), 30_000)


def test_independent_teams_score_about_76_and_lie_between_55_and_95(iql):
    _, scores = iql
    assert abs(scores.mean() - 76) < 4 * standard_error(scores)
    assert 52 < scores.min() < 65
    assert 85 < scores.max() < 98


@pytest.mark.parametrize(("state", "low", "high"), [("a=1 b=1", 0.85, 1), ("a=1 b=2", 0.3, 0.7), ("a=2 b=2", 0, 0.15)])
def test_nearly_all_meet_at_h_by_short_queues_some_with_one_fuller_and_few_by_full_ones(iql, state, low, high):
    learner, _ = iql
    meets = (learner.q_table.argmax(axis=-1) == 2).all(axis=1)  # (R, S)
    assert low <= meets[:, TABLES.state_names.index(f"{state} h=1")].mean() <= high


def test_distributed_teams_score_nearly_100_after_a_third_of_the_steps():
    _, scores = learn_dispatch(DistributedQ(TABLES, 0.9, linear_schedule(1.0, 0.05, 6_000)), 10_000)
    assert 97 < scores.mean() <= 100


# The ground moves


def test_against_a_frozen_partner_q_learning_finds_the_true_values():
    """Both play uniformly for ever, so each is a frozen partner to the other."""
    learner = IQL(CLIMBING, alpha=linear_schedule(0.1, 0.005, 1_500), gamma=0.0, epsilon=1.0)
    train(CLIMBING, learner, steps=2_000, runs=300, rng=np.random.default_rng(33))
    learned = learner.q_table[:, 0, 0]  # (R, A)
    true = CLIMBING.payoffs[0].mean(axis=1)  # (A,)
    for action in range(3):
        assert abs(learned[:, action].mean() - true[action]) < 4 * standard_error(learned[:, action])


def test_with_a_learning_partner_the_true_values_of_b_and_c_rise_and_b_overtakes():
    learners, rng = IQL(CLIMBING, 0.1, 0.0, linear_schedule(1.0, 0.0, 800)), np.random.default_rng(34)
    first = CLIMBING.payoffs[0].mean(axis=1)  # (A,), against a partner who explores all the time
    train(CLIMBING, learners, steps=800, runs=100, rng=rng)
    partner = epsilon_greedy(learners.q_table[:, 1, 0], 0.0)  # (R, A)
    last = (partner @ CLIMBING.payoffs[0].T).mean(axis=0)  # (A,)
    assert first[2] > first[1]
    assert (last[1:] > first[1:] + 3).all()
    assert last[1] > last[2]


# A patient


@pytest.fixture(scope="module")
def by_episode():
    """Mean returns (R, 20) of the first 20 episodes, as printed and relabeled."""
    histories = [train(game, ArticleQ(game), 2_000, 10, np.random.default_rng(35)) for game in (DRIFT, RELABELED)]
    ended = ~np.isnan(histories[0].returns[:, 0, 0])
    return [history.returns[ended].mean(axis=2).T for history in histories]


def test_the_relabeled_game_is_the_same_if_one_calls_the_actions_by_their_new_names():
    state, actions = DRIFT.reset(5, np.random.default_rng(0)), np.array([[0, 1, 2]] * 5)
    steps = [game.step(state, a, np.random.default_rng(1)) for game, a in ((DRIFT, actions), (RELABELED, 3 - actions))]
    for plain, relabeled in zip(*steps, strict=True):
        np.testing.assert_array_equal(plain, relabeled)


def test_as_printed_the_curve_is_at_its_end_within_ten_episodes(by_episode):
    printed, _ = by_episode
    late = printed[:, 10:].mean(axis=1)
    assert printed[:, 0].mean() < -500
    assert abs(late.mean() + 90) < 4 * standard_error(late)


def test_relabeled_it_falls_to_twice_as_bad_as_random_play_which_is_the_answer_to_prediction_3_a(by_episode):
    """Stated as about -2,250; always pushing hardest returns -2,272."""
    _, relabeled = by_episode
    assert relabeled[:, 0].mean() > -1_500
    assert relabeled[:, 10:].mean() == pytest.approx(-2_250, rel=0.02)
    assert "below random play" in answered("3.a")


def test_about_3_percent_of_the_rows_that_the_article_s_learner_needs_were_seen_before():
    learner, steps = ArticleQ(DRIFT), 3_000
    train(DRIFT, learner, steps, runs=5, rng=np.random.default_rng(43))
    assert 1 - learner.num_rows / (5 * 3 * steps) == pytest.approx(0.03, abs=0.02)


def test_always_0_is_the_best_and_always_3_the_worst_of_the_constant_teams():
    """The position is normal, so its distance from 0 is folded normal, as in the tests of lesson 01."""
    steps = np.arange(1, 101)
    deviation = np.sqrt(1 + 0.01 * steps)
    distances = [stats.foldnorm.mean(0.15 * action * steps / deviation, scale=deviation).sum() for action in range(4)]
    returns = np.array([10, 10, 0, 0]) - distances
    assert returns[0] == pytest.approx(-87.4, abs=0.1)
    assert (np.diff(returns) < 0).all()


def test_nearly_every_state_of_random_play_is_new():
    rng = np.random.default_rng(36)
    state, keys = DRIFT.reset(100, rng), []
    for _ in range(100):
        state, _, _ = DRIFT.step(state, rng.integers(4, size=(100, 3)), rng)
        keys += [str(row) for row in np.round(state, 1).tolist()]
    assert len(keys) == 10_000
    assert solve("3.4", keys) < 0.01
    assert re.fullmatch(r"\[(-?\d+\.\d, ){3}-?\d+\.\d\]", keys[0])


def test_epsilon_is_below_a_twentieth_in_the_sixth_of_500_episodes_after_1_percent_of_the_training():
    epsilons = 0.995 ** np.arange(50_000)
    first = find_exercise("3.5").reference
    assert epsilons[first] < 0.05 <= epsilons[first - 1]
    assert -(-first // 100) == 6
    assert round(1 - first / 50_000, 2) == 0.99
    assert np.log(0.05) / np.log(0.995) == pytest.approx(597.6, abs=0.05)


def test_the_wrong_numbers_of_exercise_3_5_come_from_where_its_messages_say():
    steps = find_exercise("3.5").reference
    wrong = {
        steps - 1: f"{0.995 ** (steps - 1):.4f}",
        round((1 - 0.05) / 0.005): "took away 0.005",
        int(np.argmax(0.95 ** np.arange(100) < 0.05)): "factor of 0.95.",
        int(np.argmax(0.995 ** np.arange(200) < 0.5)): "below 0.5.",
        -(-steps // 100): "In *episodes*",
    }
    for number, words in wrong.items():
        assert words in judge("3.5", number).text


def test_with_the_end_forgotten_the_wrong_choice_looks_better_by_half_a_point():
    leave, stay = (solve("1.5", np.array(rewards), 20.0, False, 0.95) for rewards in ([1.0], [0.0, 1.5]))
    assert leave - stay == pytest.approx(0.525)


# The cure, and learning alone where it is enough

EDGES = np.arange(-1.5, 6.01, 0.25)
TILED = views.Tiled(DRIFT, EDGES)


def train_tiled(game, gamma, steps, exploring):
    """Return a trained learner and the mean returns (R,) of its teams over 40 episodes of 100 steps."""
    rng, runs = np.random.default_rng(41), 15
    learner = IQL(game, linear_schedule(0.1, 0.002, 30_000), gamma, linear_schedule(1.0, 0.05, exploring))
    train(game, learner, steps, runs, rng)
    return learner, np.mean([evaluate(TILED, learner, runs, rng).mean(axis=1) for _ in range(40)], axis=0)


def test_the_cured_teams_push_left_of_zero_let_go_before_it_and_return_about_minus_70():
    learner, returns = train_tiled(views.Tiled(environments.Drift(horizon=25), EDGES), 0.8, 30_000, 24_000)
    assert abs(returns.mean() + 70) < 4 * standard_error(returns)
    assert returns.mean() - 4 * standard_error(returns) > -87.4
    pushes = learner.q_table.argmax(axis=-1).mean(axis=(0, 1))  # (tiles,)
    assert pushes[1:5].min() > 1  # x from -1.5 to -0.5
    assert pushes[6:9].max() < 0.3  # x from -0.25 to 0.5


def test_without_short_episodes_and_a_shorter_sight_they_do_worse_than_nothing():
    _, returns = train_tiled(TILED, 0.99, 5_000, 4_000)
    assert returns.mean() + 4 * standard_error(returns) < -87.4


def test_independent_foragers_shrink_their_episodes_from_25_steps_to_about_6_of_2_7_at_best():
    game = environments.Foraging(size=4)
    learner = IQL(game, alpha=0.2, gamma=0.95, epsilon=linear_schedule(1.0, 0.05, 20_000))
    history = train(game, learner, steps=20_000, runs=10, rng=np.random.default_rng(42))
    lengths = np.minimum(100 / np.maximum(history.episodes, 1), 25).mean(axis=1)  # (K,) windows of 100 steps each
    assert lengths[:10].mean() > 23
    assert lengths[-5:].mean() == pytest.approx(6, abs=1)
    assert game.count_fewest_steps().mean() == pytest.approx(2.7, abs=0.05)


# Climbing and the ladder of optimism


def test_while_the_partner_explores_c_pays_most_so_that_none_ends_at_aa():
    np.testing.assert_allclose(CLIMBING.payoffs[0].mean(axis=1), [-6.33, -5.67, 1.67], atol=0.005)
    assert answered("3.b") == "none"


def test_two_c_are_no_equilibrium_since_agent_0_would_get_6_with_b():
    assert CLIMBING.payoffs[0, :, 2].tolist() == [0, 6, 5]
    assert not CLIMBING.is_pure_equilibrium((2, 2))


def test_hysteretic_learning_is_plain_with_equal_rates_and_forgets_nothing_good_with_beta_0():
    values, targets = np.random.default_rng(37).normal(size=(2, 50))
    np.testing.assert_allclose(solve("3.6", values, targets, 0.3, 0.3), values + 0.3 * (targets - values))
    np.testing.assert_allclose(solve("3.6", values, targets, 1.0, 0.0), np.maximum(values, targets))


make_ladder, train_teams, draw_ladder = take_from_lesson(
    LESSON, "make_ladder", "train_teams", "draw_ladder", climbing=CLIMBING
)


@cache
def find_rates(share_explored):
    """Return the shares of 100 teams that find 11 in 1,000 plays, as the live figure says."""
    words = draw_ladder(share_explored).alt
    return {name: int(percent) / 100 for name, percent in re.findall(r"(\w+) (\d+)%", words)}


def test_optimists_find_11_nearly_always_and_iql_never():
    rates = find_rates(0.8)
    assert list(rates) == ["IQL", "lenient", "hysteretic", "distributed", "FMQ"]
    assert rates["IQL"] == 0
    assert min(rate for name, rate in rates.items() if name != "IQL") > 0.85


def test_with_little_exploring_only_the_distributed_stay_at_the_top():
    rates = find_rates(0.1)
    assert rates["distributed"] > 0.85
    assert max(rate for name, rate in rates.items() if name != "distributed") < 0.85


def test_without_exploring_all_five_find_it_at_times_by_luck():
    """Of 2,000 teams 15 % of IQL, hysteretic learners and FMQ, 23 % of lenient and 25 % of distributed ones."""
    rates = find_rates(0.0)
    assert min(rates.values()) > 0.04
    assert max(rates.values()) < 0.42


@pytest.mark.parametrize(
    ("game", "name", "rate"),
    [
        (games.partially_stochastic_climbing(), "distributed", 0),
        (games.partially_stochastic_climbing(), "hysteretic", 0.79),
        (games.stochastic_climbing(), "distributed", 0),
        (games.stochastic_climbing(), "lenient", 0),
        (games.stochastic_climbing(), "hysteretic", 0.10),
        (games.stochastic_climbing(), "FMQ", 0.12),
    ],
)
def test_luck_in_one_cell_lures_the_distributed_and_luck_everywhere_all_optimists(game, name, rate):
    """3,000 plays, 100 teams; the rates are those of 300 teams with another seed."""
    learner = make_ladder(game, linear_schedule(1.0, 0.0, 2_400))[name]
    found = (train_teams(learner, game, plays=3_000) == 0).all(axis=1).mean()
    assert abs(found - rate) <= max(0.02, 4 * np.sqrt(rate * (1 - rate) / 100))


def test_all_versions_of_climbing_have_the_same_means_and_pay_what_the_lesson_says():
    partly, fully = games.partially_stochastic_climbing(), games.stochastic_climbing()
    for game in (partly, fully):
        np.testing.assert_array_equal(game.payoffs, CLIMBING.payoffs)
        np.testing.assert_array_equal(game.outcomes.mean(axis=0), game.payoffs)
    assert sorted(partly.outcomes[:, 0, 1, 1]) == [0, 14]
    assert len(partly.outcomes) == len(fully.outcomes) == 2
    assert (np.ptp(fully.outcomes, axis=0) > 0).all()
    assert (np.ptp(partly.outcomes, axis=0) > 0).sum() == 2  # (b, b) of both agents


def test_a_share_of_100_teams_is_certain_to_a_tenth():
    assert 1.96 * np.sqrt(0.5 * 0.5 / 100) < 0.10


# Against each other


@pytest.mark.parametrize(("losing_rate", "swing"), [(0.001, 1.0), (0.004, 0.0)])
def test_with_the_same_rate_the_probability_swings_for_ever_and_with_wolf_it_settles_at_one_half(losing_rate, swing):
    path = dynamics.gradient_ascent(games.matching_pennies(), [0.9, 0.2], 0.001, 8_000, losing_rate=losing_rate)
    late = path[-2_000:, 0]
    assert np.ptp(late) == pytest.approx(swing, abs=0.01)
    assert (late.min() + late.max()) / 2 == pytest.approx(0.5, abs=0.01)


def test_what_q_learners_prefer_is_always_exploitable_by_2_and_their_average_falls_more_slowly_than_fictitious_play():
    game, rng = games.rock_paper_scissors(), np.random.default_rng(38)
    players, policies = IQL(game, alpha=0.1, gamma=0.0, epsilon=0.1), []
    for _ in range(200):
        train(game, players, steps=10, runs=50, rng=rng)
        policies.append(epsilon_greedy(players.q_table[:, :, 0], 0.0))  # (R, 2, 3)
    averages = np.cumsum(policies, axis=0) / np.arange(1, 201)[:, None, None, None]  # (K, R, 2, 3)
    now, average = (
        zero_sum.exploitability(game, np.moveaxis(pairs, 2, 0)).mean(axis=1) for pairs in (policies, averages)
    )
    fictitious = zero_sum.exploitability(game, dynamics.fictitious_play(game, steps=2_000, first_actions=[0, 0]))
    assert now.min() > 1.9
    assert average[199] < average[49] / 1.5 < average[4] / 3
    assert (average[9:] > fictitious[99::10]).all()


def test_the_best_answer_to_random_play_wins_more_than_99_percent_of_its_decided_matches_against_it():
    pitch = environments.Soccer()
    assert len(pitch.states) == 760
    game = pitch.to_tabular()
    random = uniform_policy(2, game.num_states, 5)
    bully = np.eye(5)[solvers.best_response(game, 0, random, 0.9).joint_actions[:, 0]]
    goals = game.transitions[..., 760:762] * ~game.terminal[:, None, None, None]  # (S, A, A, 2), into either end
    counting = game.with_rewards(np.moveaxis(goals, -1, 0))
    played = joint_policy(np.stack([bully, random[1]]))
    won, lost = solvers.evaluate_joint_policy(counting, played, 0.9) @ game.start
    assert won / (won + lost) == pytest.approx(0.996, abs=0.0005)
    assert "wins more than 99 %" in find_prediction("3.c").question
    assert answered("3.c") == "none"


# What the docstrings of the exercises say, and how fair the random one is


@pytest.mark.parametrize(
    ("number", "arguments", "result"),
    [
        ("3.1", (np.array([[1, 2]]), np.array([[10, 10]]), np.array([False]), 0.5), [[6, 7]]),
        ("3.1", (np.array([[1, 2]]), np.array([[10, 10]]), np.array([True]), 0.5), [[1, 2]]),
        ("3.2", (np.array([[1, 5, 2]]), 0, np.random.default_rng(39)), [1]),
        ("3.3", (np.zeros((1, 2, 2)), np.array([1]), np.array([0]), np.array([10]), 0.1), [[[0, 0], [1, 0]]]),
        ("3.4", (["a", "b", "a", "a"],), 0.5),
        ("3.6", (np.zeros(2), np.array([10, -10]), 0.1, 0.01), [1, -0.1]),
    ],
)
def test_the_worked_example_of_an_exercise_is_right(number, arguments, result):
    np.testing.assert_allclose(solve(number, *arguments), result)


def test_of_two_best_actions_each_is_chosen_half_of_the_time():
    chosen = solve("3.2", np.tile([5, 5, 2], (1_000, 1)), 0, np.random.default_rng(40))
    assert stats.binomtest(int((chosen == 0).sum()), 1_000).pvalue > 1e-4
    assert chosen.max() == 1


def test_fewer_than_one_right_answer_in_30000_misses_a_share_of_exercise_3_2(monkeypatch):
    """The shares that the checks compare, recorded; those that are expected to be 0 cannot be missed."""
    compared = []
    monkeypatch.setattr(choose_actions, "expect_shares", lambda *given: compared.append((given[3].size, given[4])))
    assert judge("3.2", find_exercise("3.2").reference).outcome is Outcome.PASSED
    false_alarm = 0
    for draws, share in [(draws, share) for draws, shares in compared for share in shares]:
        counts = np.arange(draws + 1)
        margin = action_shares.STANDARD_ERRORS * np.sqrt(share * (1 - share) / draws)
        is_missed = np.abs(counts / draws - share) > margin
        false_alarm += stats.binom.pmf(counts, draws, share)[is_missed].sum()
    assert 0 < false_alarm < 1 / 30_000


# Other games


@pytest.mark.parametrize(
    ("game", "wanted", "rate"),
    [
        (games.coordination(), [(0, 0), (1, 1)], 1.0),
        (games.penalty(-10), [(0, 0), (2, 2)], 0.92),
        (games.penalty(-100), [(0, 0), (2, 2)], 0.0),
        (games.stag_hunt(1), [(0, 0)], 1.0),
        (games.stag_hunt(2), [(0, 0)], 0.18),
        (games.stag_hunt(3), [(0, 0)], 0.0),
        (games.prisoners_dilemma(), [(0, 0)], 0.0),
    ],
)
def test_learning_alone_does_well_where_a_mistake_is_cheap_and_flees_where_it_is_dear(game, wanted, rate):
    """3,000 plays, as in the lesson; ±3 standard errors of 200 teams, and 4 points for the rate itself."""
    learners = IQL(game, alpha=0.1, gamma=0.0, epsilon=linear_schedule(1.0, 0.0, 2_400))
    rng = np.random.default_rng(11)
    train(game, learners, steps=3_000, runs=200, rng=rng)
    ends = learners.act(np.zeros((200, 2), dtype=int), rng, explore=False)
    share = sum((ends == cell).all(axis=1).mean() for cell in wanted)
    assert share == pytest.approx(rate, abs=0.04 + 3 * np.sqrt(rate * (1 - rate) / 200))
