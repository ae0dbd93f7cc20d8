"""Every number and claim that lesson 05 states is what the module computes.

What canon/test_competition asserts already is not computed again here: soccer against random play and against
challengers, what minimax guarantees there, and that WoLF comes to rest.
"""

import re
from functools import cache

import nashpy
import numpy as np
import pytest

from marl_lessons import games, solvers
from marl_lessons.environments import Soccer
from marl_lessons.exercises.registry import find_exercise
from marl_lessons.learners import FixedPolicy, MinimaxQ
from marl_lessons.plotting.watch import record
from marl_lessons.policies import uniform_policy
from marl_lessons.rollout import evaluate, train
from marl_lessons.solvers import dynamics, zero_sum
from tests.lessons.measures import solve, take_from_lesson
from tools.build_notebooks import read_lesson

LESSON = "05_competition"
SOURCE = read_lesson(LESSON)
FILM_SEED = re.compile(r"duels, seed=(\d+)")
PENNIES = games.matching_pennies().payoffs[0]
ROCK = games.rock_paper_scissors().payoffs[0]
LOPSIDED = np.array([[2.0, -1.0], [-1.0, 1.0]])


@pytest.mark.parametrize(
    ("said", "done"),
    [
        ("a tenth of the way", "alpha=0.1,"),
        ("random action in 20 % of its plays", "epsilon=0.2)"),
        ("called off with probability 0.1", "environments.Soccer(draw=0.1)"),
        ("play 20,000 matches against random play and 20,000 against", "matches=20_000"),
        ("divided by 20,000", "matches=20_000"),
        ("Let two agents play 10,000 times", "plays=10_000"),
        ("all 100 runs have found", "runs=100,"),
        ("if both coins show heads, you\n# win 2.", "lopsided = np.array([[2.0, -1.0], [-1.0, 1.0]])"),
        ("what lies further ahead counts less than 0.01", "sweeps=50"),  # 0.9 ** 50 = 0.005
    ],
)
def test_the_text_and_the_code_have_the_same_settings(said, done):
    assert said in SOURCE
    assert done in SOURCE


# Guarantees


def test_in_pennies_no_single_action_is_safe():
    assert games.matching_pennies().pure_equilibria() == []


@pytest.mark.parametrize(("heads", "guarantee"), [(1, -1), (0.75, -0.5), (0.5, 0)])
def test_a_coin_with_this_chance_of_heads_guarantees(heads, guarantee):
    assert solve("5.1", PENNIES, np.array([heads, 1 - heads])) == guarantee


def test_in_lopsided_pennies_the_guarantee_rises_to_0_2_at_heads_0_4_and_falls_again():
    guarantees = np.array([solve("5.1", LOPSIDED, np.array([p, 1 - p])) for p in np.linspace(0, 1, 101)])
    assert guarantees[40] == pytest.approx(0.2)
    assert (np.diff(guarantees[:41]) > 0).all()
    assert (np.diff(guarantees[40:]) < 0).all()


def test_at_heads_0_4_both_answers_are_worth_0_2_and_who_plays_more_heads_is_answered_with_tails():
    np.testing.assert_allclose(np.array([0.4, 0.6]) @ LOPSIDED, [0.2, 0.2])
    assert (np.array([0.41, 0.59]) @ LOPSIDED).argmin() == 1
    assert (np.array([0.39, 0.61]) @ LOPSIDED).argmin() == 0


def test_both_sides_of_lopsided_pennies_play_heads_at_0_4_for_a_value_of_0_2():
    best = zero_sum.minimax(LOPSIDED)
    (row, column), *others = nashpy.Game(LOPSIDED).support_enumeration()
    assert not others
    np.testing.assert_allclose([best.row_policy, best.column_policy, row, column], [[0.4, 0.6]] * 4)
    assert best.value == pytest.approx(0.2)
    assert row @ LOPSIDED @ column == pytest.approx(0.2)


def test_with_three_quarters_heads_only_the_column_agent_can_gain():
    row, column = np.array([0.75, 0.25]), np.array([0.5, 0.5])
    now = row @ PENNIES @ column
    assert (PENNIES @ column).max() == now == 0
    assert solve("5.2", PENNIES, row, column) == now - (row @ PENNIES).min() == 0.5


@pytest.mark.parametrize("payoffs", [PENNIES, ROCK, LOPSIDED])
def test_at_the_minimax_solution_exploitability_is_0(payoffs):
    best = zero_sum.minimax(payoffs)
    assert solve("5.2", payoffs, best.row_policy, best.column_policy) == pytest.approx(0, abs=1e-9)


# Fictitious play


def test_after_heads_and_heads_the_row_agent_plays_heads_and_the_column_agent_tails():
    assert solve("5.3", PENNIES, np.array([1, 0]), np.array([1, 0])) == (0, 1)


@pytest.fixture(scope="module", params=[PENNIES, ROCK], ids=["pennies", "rock, paper, scissors"])
def gaps(request):
    """The exploitability of the averages after each of 10,000 plays, by the lesson's own loop."""
    (play,) = take_from_lesson(LESSON, "play_fictitiously", **lesson_functions())
    return play(request.param)


def lesson_functions():
    names = {
        "guaranteed_payoff": "5.1",
        "exploitability": "5.2",
        "answer_the_past": "5.3",
        "challenge": "5.4",
    }
    return {name: find_exercise(number).reference for name, number in names.items()}


def test_the_picture_has_a_labeled_tick_above_and_below_the_curves(gaps):
    bottom, top = map(float, re.search(r"ends = .*\(([\d.]+), (\d+)\)", SOURCE).groups())
    assert bottom == 0.01 < gaps.min()
    assert 1 < gaps.max() <= 2 < top


def test_a_hundred_times_as_many_plays_bring_about_one_more_digit(gaps):
    plays = np.unique(np.geomspace(10, 10_000, 60).astype(int))
    slope, start = np.polyfit(np.log(plays), np.log(gaps[plays - 1]), 1)
    assert slope == pytest.approx(-0.5, abs=0.02)
    assert np.abs(start + slope * np.log(plays) - np.log(gaps[plays - 1])).max() < 0.3
    np.testing.assert_allclose(gaps[[9, 99]] / gaps[[999, 9_999]], 10, rtol=0.12)


@pytest.mark.parametrize("payoffs", [PENNIES, ROCK])
@pytest.mark.parametrize("seed", range(2))
def test_ties_broken_by_lot_bring_about_one_more_digit_too(payoffs, seed):
    rng = np.random.default_rng(seed)
    counts, gaps = [np.eye(len(payoffs))[0]] * 2, []
    for _ in range(5_000):
        rows, columns = payoffs @ counts[1], counts[0] @ payoffs
        gaps.append((rows.max() - columns.min()) / counts[0].sum())
        answers = [rng.choice(np.flatnonzero(v == v.max())) for v in (rows, -columns)]
        counts = [own + np.eye(len(payoffs))[answer] for own, answer in zip(counts, answers, strict=True)]
    assert np.mean(gaps[45:55]) / np.mean(gaps[4_500:5_000]) == pytest.approx(10, abs=4)


@pytest.mark.parametrize("payoffs", [PENNIES, ROCK])
def test_what_any_two_certain_actions_give_away_is_2(payoffs):
    certain = np.eye(len(payoffs))
    assert {solve("5.2", payoffs, row, column) for row in certain for column in certain} == {2}


# Without the table


@pytest.mark.parametrize("seed", [1, 2])
def test_minimax_q_finds_heads_at_0_4_in_every_run_and_plays_it_at_the_moment(seed):
    game = games.MatrixGame([LOPSIDED, -LOPSIDED])
    learner = MinimaxQ(game, alpha=0.1, gamma=0.0, epsilon=0.2)
    train(game, learner, steps=1_000, runs=100, rng=np.random.default_rng(seed))
    np.testing.assert_allclose(learner.policies(np.zeros((100, 2), dtype=int)), [[[0.4, 0.6]] * 2] * 100, atol=0.005)


@pytest.mark.parametrize("start", [(0.9, 0.2), (0.1, 0.9), (0.6, 0.3)])
def test_with_wolf_play_itself_settles(start):
    game = games.matching_pennies()
    path = dynamics.gradient_ascent(game, start, 0.001, 4_000, losing_rate=0.004)
    assert zero_sum.exploitability(game, np.stack([path[-1], 1 - path[-1]], axis=-1)) < 1e-4


# Teams against teams


@pytest.fixture(scope="module")
def gates():
    return games.merge_teams(games.team_contest(), [[0, 1], [2, 3]]).payoffs[0]


def test_with_one_coin_the_attackers_break_even_and_no_policy_does_better(gates):
    assert solve("5.1", gates, np.array([0.5, 0, 0, 0.5])) == 0
    assert zero_sum.minimax(gates).value == pytest.approx(0, abs=1e-9)


def test_with_a_coin_each_the_attackers_guarantee_minus_one_half_and_no_pair_of_coins_does_better(gates):
    assert solve("5.1", gates, np.full(4, 0.25)) == -0.5
    coins = np.linspace([0, 1], [1, 0], 101)  # (101, 2)
    attack = gates.reshape(2, 2, 4)
    guarantees = np.einsum("ga,hb,abd->ghd", coins, coins, attack).min(axis=-1)  # every pair of coins
    assert guarantees.max() == pytest.approx(-0.5)


def test_with_a_coin_each_the_attackers_miss_each_other_half_of_the_time():
    """Two fair coins differ in two of four cases; then no gate falls, whatever the defenders do."""
    payoffs = games.team_contest().payoffs[0]
    assert (payoffs[[0, 1], [1, 0]] == -1).all()
    assert (payoffs == 1).any(axis=(2, 3)).mean() == 0.5


# Soccer


@cache
def pitch():
    """The tables, the bully and the minimax policy."""
    game = Soccer().to_tabular()
    random_play = uniform_policy(game.num_states, 5)
    bully = np.eye(5)[solvers.best_response(game, 0, [None, random_play], 0.9).joint_actions[:, 0]]
    return game, {
        "random play": random_play,
        "bully": bully,
        "minimax": zero_sum.shapley_iteration(game, 0.9).policies[0],
    }


@cache
def build_challenger(name):
    """The lesson's own challenger, (S, A), and the guarantee that it finds."""
    game, policies = pitch()
    setting = {"soccer": game, "gamma": 0.9, "one_hot": np.eye(5)}
    (build,) = take_from_lesson(LESSON, "build_challenger", **lesson_functions(), **setting)
    return build(policies[name])


@pytest.mark.parametrize(("name", "guarantee"), [("random play", -0.537), ("bully", -0.492), ("minimax", 0)])
def test_what_each_policy_guarantees_is_what_the_exact_best_response_leaves_it(name, guarantee):
    game, policies = pitch()
    exact = -solvers.best_response(game, 1, [policies[name], None], 0.9).values @ game.start
    assert exact == pytest.approx(guarantee, abs=0.001)
    if name != "random play":  # for the sake of time
        assert build_challenger(name)[1] == pytest.approx(exact, abs=0.001)


def test_against_random_play_safety_costs_0_14_a_match_and_decides_fewer():
    game, policies = pitch()
    against_random = []
    for name in ("minimax", "bully"):
        joint = policies[name][:, :, None] * policies["random play"][:, None]  # (S, A, A)
        transitions = np.einsum("sab,sabt->st", joint, game.transitions)
        rewards = (joint * game.rewards[0]).sum(axis=(1, 2))
        against_random.append(game.start @ np.linalg.solve(np.eye(len(transitions)) - 0.9 * transitions, rewards))
    assert against_random == pytest.approx([0.400, 0.537], abs=0.001)


def test_matches_under_another_seed_say_the_same():
    _, policies = pitch()
    rng = np.random.default_rng(1)

    def count(left, right):
        goals = evaluate(Soccer(draw=0.1), FixedPolicy(np.stack([left, right])), 20_000, rng)[:, 0]
        return (goals > 0).sum(), (goals < 0).sum()

    decided = []
    for name in ("bully", "minimax"):
        won, lost = count(policies[name], policies["random play"])
        assert won / (won + lost) > 0.985  # the bully: 0.995, minimax: 0.993
        decided.append(won + lost)
    assert decided == pytest.approx([10_800, 8_100], rel=0.03)
    won, lost = count(policies["bully"], build_challenger("bully")[0])
    assert won == 0
    assert -lost / 20_000 == pytest.approx(-0.492, abs=0.015)
    won, lost = count(policies["minimax"], build_challenger("minimax")[0])
    assert won + lost == pytest.approx(7_400, rel=0.05)
    assert won / (won + lost) == pytest.approx(0.5, abs=0.02)


def test_in_the_last_film_the_bully_loses_to_its_challenger_and_the_minimax_policy_wins():
    _, policies = pitch()
    for name, ending in (("bully", "1 scores."), ("minimax", "0 scores.")):
        duel = FixedPolicy(np.stack([policies[name], build_challenger(name)[0]]))
        film = record(Soccer(horizon=25), duel, seed=int(FILM_SEED.search(SOURCE)[1]))
        assert Soccer().tell(film[-1]) == ending
        assert len(film) <= 10


def test_in_steps_3_to_6_of_the_last_film_a_coin_decides_whether_minimax_stands_or_goes_north():
    said = "in steps 3 to 6 it stands three times, then goes north."
    assert said in SOURCE.replace("\n# ", " ")
    _, policies = pitch()
    duel = FixedPolicy(np.stack([policies["minimax"], build_challenger("minimax")[0]]))
    steps = record(Soccer(horizon=25), duel, seed=int(FILM_SEED.search(SOURCE)[1]))[3:7]
    assert len({int(step.state) for step in steps}) == 1  # nobody moves
    assert [Soccer().name_action(step.actions[0]) for step in steps] == ["stand", "stand", "stand", "north"]
    np.testing.assert_allclose(policies["minimax"][steps[0].state], [0.5, 0, 0, 0, 0.5], atol=0.01)


def test_the_bully_never_tosses_coins_and_the_minimax_policy_does_in_some_places():
    game, policies = pitch()
    playing = ~game.terminal
    assert (policies["bully"][playing].max(axis=1) == 1).all()
    assert 0 < (policies["minimax"][playing].max(axis=1) < 0.99).mean() < 0.5


def test_the_pitch_has_4_by_5_squares_760_states_and_3_ends():
    pitch = Soccer()
    assert (pitch.rows, pitch.columns, pitch.num_playing, pitch.num_observations) == (4, 5, 760, 763)
