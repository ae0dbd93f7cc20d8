"""Every number and claim that lesson 09 and its checks state is what the module computes.

What other tests assert already is not computed again here:

- canon/test_exact_rows and canon/test_shaping: the bonus on tables and in dispatch, foraging, the crowd.
- shaping/test_shaped: shaping by Φ is the same as beginning at Φ; what a difference reward subtracts.
- notebooks/test_prose: the numbers that a cell of the lesson prints.
"""

import itertools
from functools import cache

import numpy as np
import pytest

from marl_lessons import scoreboard, shaping, solvers
from marl_lessons.environments import Crowd, Dispatch, Foraging, Push
from marl_lessons.exercises.registry import find_prediction
from marl_lessons.learners import IQL
from marl_lessons.plotting.watch import record
from marl_lessons.policies import deterministic_joint_policy, joint_policy, linear_schedule
from marl_lessons.rollout import train
from tests.lessons.measures import solve, take_from_lesson

LESSON = "09_reward_shaping"
FORAGING, PUSH = Foraging(size=4, horizon=15), Push(cells=4)
DISPATCH, TABLES = Dispatch(), Dispatch().to_tabular()
DISTANCE = np.append(FORAGING.count_fewest_steps(), 0)
PHI = np.array([0.25, 0.5, 0.75, 1.0, 0.0, 0.0])
train_foragers, learn_evenings = take_from_lesson(LESSON, "train_foragers", "learn_evenings")


@cache
def answered(prediction_id):
    """Return the text of the option that comes true."""
    prediction = find_prediction(prediction_id)
    return prediction.options[prediction.answer].text


# The bonus


def test_the_bonus_by_hand_and_the_prize_that_it_outweighs():
    together, apart = solve("9.1", np.array([[0, 0], [0, 1]]))
    assert (together, apart) == (0, 0.2)
    assert 0.19 + together < apart < 0.21 + together


FORAGERS = {
    "no bonus": FORAGING,
    "bonus": shaping.WithBonus(FORAGING, shaping.diversity_bonus),
    "γ^d": shaping.WithPotential(FORAGING, 0.95**DISTANCE, 0.95),
    "γ^d - 1": shaping.WithPotential(FORAGING, 0.95**DISTANCE - 1, 0.95),
}


@cache
def forage(paid, seed, runs=6):
    """Return the scores of teams under another seed than the lesson's, (R,)."""
    foragers = IQL(FORAGERS[paid], 0.2, 0.95, linear_schedule(1.0, 0.05, 12_000))
    train(FORAGERS[paid], foragers, 12_000, runs, np.random.default_rng(seed))
    return scoreboard.score_forager(foragers, FORAGING, runs, 0.95)


def test_the_bonus_ruins_foraging():
    assert forage("no bonus", 1).mean() > 60
    assert forage("bonus", 1).mean() < 10
    assert answered("9.a").startswith("next to nothing in dispatch, and in foraging it ruins")


@pytest.mark.canon
def test_it_takes_20_times_the_bonus_to_harm_dispatch():
    scores = {strength: work(with_bonus(strength), seed=1) for strength in (0, 1, 20)}
    assert abs(scores[1].mean() - scores[0].mean()) < 6
    assert scores[20].mean() == pytest.approx(55, abs=5)


def with_bonus(strength):
    return shaping.WithBonus(TABLES, shaping.diversity_bonus, strength)


def work(game, seed, runs=40):
    """Return the scores of workers under another seed than the lesson's, (R,)."""
    workers = IQL(game, linear_schedule(0.2, 0.02, 10_000), 0.9, linear_schedule(1.0, 0.05, 6_000))
    train(game, workers, 10_000, runs, np.random.default_rng(seed))
    return scoreboard.score_learner(workers, DISPATCH, runs)


@pytest.mark.canon
def test_in_the_film_one_team_eats_and_the_other_differs_in_every_step_and_never_loads_together():
    plain, diverse = (train_foragers(FORAGERS[name]) for name in ("no bonus", "bonus"))
    eats, starves = (record(FORAGING, team, seed=3, runs=12, run=0) for team in (plain, diverse))
    assert len(eats) < 10
    assert len(starves) == 16
    assert all(snapshot.actions[0] != snapshot.actions[1] for snapshot in starves[:-1])


def test_a_bonus_for_ever_is_worth_4_in_foraging_and_2_in_push():
    assert pytest.approx(4) == 0.2 / (1 - 0.95)
    assert sum(0.2 * 0.95**step for step in range(2_000)) == pytest.approx(4)
    values = {name: solvers.value_iteration(game, 0.9) for name, game in PUSH_GAMES.items()}
    assert values["no bonus"].values[0] == pytest.approx(0.9**3)
    assert values["no bonus"].joint_actions[:4].tolist() == [[1, 1]] * 4
    assert values["bonus"].values[0] == pytest.approx(2)
    assert values["bonus"].joint_actions[0].tolist() in ([0, 1], [1, 0])
    assert values["no bonus"].joint_action_values[0, 0, 0] == 0.5


PUSH_GAMES = {"no bonus": PUSH, "bonus": shaping.add_bonus(PUSH, shaping.diversity_bonus)}


# Potentials


def test_the_gains_by_hand():
    step, stay = solve("9.2", PHI[[0, 0]], PHI[[1, 0]], np.array([False, False]), 0.9)
    assert step == pytest.approx(0.2)
    assert stay == pytest.approx(-0.025)


def list_policies():
    """List the 256 joint policies of push that fix a push for each agent and cell, (256, S, A, A)."""
    choices = np.array(list(itertools.product((0, 1), repeat=8))).reshape(256, 2, 4)
    return joint_policy(np.eye(2)[np.pad(choices, ((0, 0), (0, 0), (0, 2)))])


@pytest.mark.parametrize("potential", [PHI, np.array([3.0, -1, 0, 7, 0, 0])])
def test_all_256_policies_fall_by_the_potential_of_every_state(potential):
    policies = list_policies()
    assert len(np.unique(policies.reshape(256, -1), axis=0)) == 256
    plain, shaped = (
        solvers.evaluate_joint_policy(game, policies, 0.9)
        for game in (PUSH, shaping.add_potential(PUSH, potential, 0.9))
    )
    np.testing.assert_allclose(plain - shaped, np.broadcast_to(potential, plain.shape), atol=1e-9)


def test_an_end_that_keeps_its_potential_buys_the_worse_exit():
    for zero_at_end, (actions, worth) in {False: ([0, 0], 5.0), True: ([1, 1], 0.729)}.items():
        shaped = shaping.add_potential(PUSH, [0, 0, 0, 0, 5, 0], 0.9, zero_at_end)
        optimum = solvers.value_iteration(shaped, 0.9)
        assert optimum.joint_actions[0].tolist() == actions
        assert optimum.values[0] == pytest.approx(worth)


def test_of_the_three_offers_one_comes_from_a_potential():
    moves = shaping.list_transitions(PUSH)
    where = moves.states, moves.next_states, moves.terminated
    gain = solve("9.2", PHI[moves.states], PHI[moves.next_states], moves.terminated, 0.9)
    offers = [
        (shaping.diversity_bonus(moves.actions)[:, 0], False),
        (gain, True),
        (0.1 * (moves.next_states - moves.states) * ~moves.terminated, False),
    ]
    for offer, is_safe in offers:
        assert solve("9.3", *where, offer, 6, 0.9) == is_safe
        assert (shaping.find_shaping_potential(*where, offer, 6, 0.9).potential is not None) == is_safe
    assert pytest.approx(0.01) == 0.1 - 0.9 * 0.1
    assert pytest.approx(0.2) == (0.9 - 1) * -2


# What a potential changes


def push_right(potential, seed, start=0.0):
    """Return the share of 100 teams that end up pushing right in all cells."""
    game = shaping.WithPotential(PUSH, potential, 0.9)
    teams = IQL(game, 0.1, 0.9, linear_schedule(1.0, 0.0, 1_600), initial=start)
    train(game, teams, 2_000, 100, np.random.default_rng(seed))
    return (teams.q_table.argmax(axis=3)[:, :, :4] == 1).all(axis=(1, 2)).mean()


@pytest.mark.parametrize(
    ("potential", "low", "high"), [(0 * PHI, 0, 0.1), (PHI, 0.95, 1), (np.ones(6), 0.95, 1), (-np.ones(6), 0, 0.05)]
)
def test_the_potential_and_its_level_decide_which_end_is_reached(potential, low, high):
    assert low <= push_right(potential, seed=5) <= high


def test_both_left_is_an_equilibrium_too():
    left = deterministic_joint_policy(np.zeros((6, 2), dtype=int), 2)
    worth = solvers.evaluate_joint_policy(PUSH, left, 0.9)[0]
    answer = solvers.best_response(PUSH, 0, [None, np.eye(2)[np.zeros(6, int)]], 0.9)
    np.testing.assert_allclose(answer.values, worth)


@pytest.mark.canon
def test_in_foraging_the_low_level_helps_and_the_high_one_harms():
    alone = forage("no bonus", 1).mean()
    assert forage("γ^d - 1", 2).mean() > alone + 4
    assert forage("γ^d", 2).mean() < alone - 10


@pytest.mark.canon
def test_in_dispatch_a_constant_27_helps_and_differences_do_not():
    alone = work(TABLES, seed=2, runs=60).mean()
    assert work(shaping.WithPotential(TABLES, np.full(18, 27.0), 0.9), seed=2, runs=60).mean() > alone + 3
    assert work(shaping.WithDifferences(DISPATCH), seed=2, runs=60).mean() < alone + 1
    assert pytest.approx(2.7) == (1 - 0.9) * 27


# The crowd


def test_what_nights_are_worth():
    crowd = Crowd(100)
    assert crowd.worth(np.array([5, 14, 70])).tolist() == pytest.approx([1.84, 0.85, 0.0], abs=0.005)
    counts, best = crowd.find_best_counts()
    assert sorted(counts) == [5] * 6 + [70]
    assert best == pytest.approx(11.04, abs=0.005)


def test_of_a_hundred_agents_only_those_paid_by_difference_come_near_the_best():
    worths = {}
    for reward in ("global", "local", "difference"):
        crowd, rng = Crowd(100, reward=reward), np.random.default_rng(4)
        agents = IQL(crowd, 0.1, 0.0, linear_schedule(0.05, 0.0, 1_000))
        train(crowd, agents, 1_000, 5, rng, per_agent=False)
        guests = crowd.count_guests(agents.act(crowd.observe(np.zeros(5, int)), rng, explore=False))
        worths[reward] = crowd.worth(guests).sum(axis=1).mean()
        if reward == "local":
            assert np.abs(guests - 100 / 7).max() < 4
            assert guests.mean() == pytest.approx(14, abs=0.5)
    assert worths["difference"] == pytest.approx(11.04, abs=0.05)
    assert max(worths["global"], worths["local"]) < 7
    assert answered("9.b").startswith("difference")


@pytest.mark.parametrize(
    ("agents", "others", "difference"), [(20, (0.78, 0.97), 0.98), (60, (0.9, 0.98), 0.98), (200, (0.04, 0.1), 0.8)]
)
def test_up_to_60_agents_global_and_local_pay_lose_a_fifth_at_most_and_at_200_nearly_everything(
    agents, others, difference
):
    _, best = Crowd(agents).find_best_counts()
    for reward in ("global", "local"):
        assert others[0] < learn_evenings(agents, reward).mean() / best < others[1]
    assert learn_evenings(agents, "difference").mean() / best > difference


def test_in_the_best_crowd_difference_pay_says_stay_and_local_pay_go():
    nights = np.repeat(np.arange(7), [5] * 6 + [70])
    moved = nights.copy()
    moved[99] = 0
    stays, moves = (solve("9.4", chosen, 5.0)[99] for chosen in (nights, moved))
    assert moves < stays < 0
    local = [Crowd(100).worth(count) for count in (70, 6)]
    assert local == pytest.approx([0.0, 1.81], abs=0.005)


# What the docstrings of the exercises say


@pytest.mark.parametrize(
    ("number", "arguments", "result"),
    [
        ("9.1", (np.array([[0, 1], [2, 2]]),), [0.2, 0]),
        ("9.2", (np.array([2, 2]), np.array([10, 10]), np.array([False, True]), 0.5), [3, -2]),
        ("9.3", (np.zeros(2, int), np.zeros(2, int), np.zeros(2, bool), np.array([0.2, 0]), 1, 0.9), False),
        ("9.3", (np.zeros(2, int), np.zeros(2, int), np.zeros(2, bool), np.array([0.2, 0.2]), 1, 0.9), True),
        ("9.4", (np.array([0, 0, 1]), 1), [-0.097, -0.097, 0.368]),
    ],
)
def test_the_worked_example_of_an_exercise_is_right(number, arguments, result):
    np.testing.assert_allclose(solve(number, *arguments), result, atol=0.0005)
