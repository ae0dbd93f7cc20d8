"""Every number and claim that lesson 09 and its checks state is what the module computes.

What other tests assert already is not computed again here:

- canon/test_exact_rows and canon/test_shaping: the bonus on tables and in dispatch, foraging, the crowd.
- shaping/test_shaped: shaping by Φ is the same as beginning at Φ; what a difference reward subtracts.
- notebooks/test_prose: the numbers that a cell of the lesson prints.
"""

import itertools
from functools import cache

import nbformat
import numpy as np
import pytest

from marl_lessons import scoreboard, shaping, solvers
from marl_lessons.environments import Crowd, Dispatch, Foraging, Push
from marl_lessons.learners import IQL
from marl_lessons.policies import deterministic_joint_policy, joint_policy, linear_schedule
from marl_lessons.rollout import train
from tests.lessons.measures import answered, read_text, solve
from tools.build_notebooks import ROOT, read_lesson

LESSON = "09_reward_shaping"
TEXT, SOURCE = read_text(LESSON), read_lesson(LESSON)
FORAGING, PUSH = Foraging(size=4, horizon=15), Push(cells=4)
DISPATCH, TABLES = Dispatch(), Dispatch().to_tabular()
DISTANCE = np.append(FORAGING.count_fewest_steps(), 0)
PHI = np.array([0.25, 0.5, 0.75, 1.0, 0.0, 0.0])


def says(sentence, *numbers):
    """Tell whether the text has this sentence with these numbers in the places of {}."""
    return sentence.format(*(f"{number:g}".replace("-", "−") for number in numbers)) in TEXT


# The bonus


def test_the_bonus_by_hand_and_the_prize_that_it_outweighs():
    together, apart = solve("9.1", np.array([[0, 0], [0, 1]]))
    assert says("if they differ, $b$ = 0.2 · 2/2 − 0 = {}; if they do the same, 0.2 · 1/2 − 0.1 = {}.", apart, together)
    assert says("a prize of 0.19 by doing the *same*, together is now worth 0.19 + {}, and apart {}:", together, apart)
    assert 0.19 + together < apart < 1 + together


def test_the_two_worlds_are_described_as_they_are():
    assert says("on a {} × {} grid", FORAGING.size, FORAGING.size)
    assert says("after {} steps the loop cuts it off", FORAGING.horizon)
    assert says("(A cut at {} steps is no end to learners.)", FORAGING.horizon)
    assert "alpha=0.2, gamma=0.95, epsilon=linear_schedule(1.0, 0.05, 12_000))" in SOURCE
    assert "linear_schedule(0.2, 0.02, 10_000), linear_schedule(1.0, 0.05, 6_000)" in SOURCE
    assert "foraging, dispatch = environments.Foraging(size=4, horizon=15), environments.Dispatch()" in SOURCE
    assert SOURCE.count("gamma=0.95") == 4  # two learners and two scores


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


@pytest.mark.canon
def test_the_bonus_ruins_foraging():
    assert forage("no bonus", 1).mean() > 60
    assert forage("bonus", 1).mean() < 10
    assert answered("9.a").startswith("next to nothing in dispatch, and in foraging it ruins")


@pytest.mark.canon
def test_it_takes_20_times_the_bonus_to_harm_dispatch():
    scores = {strength: work(with_bonus(strength), seed=1) for strength in (0, 1, 20)}
    assert abs(scores[1].mean() - scores[0].mean()) < 6
    assert scores[20].mean() == pytest.approx(54, abs=4)


def test_the_text_says_20_times_and_54():
    assert says("At {} times its strength that score falls to about {}.", 20, 54)  # measured above
    assert '"no bonus": 0, "bonus": 1}' in SOURCE


def with_bonus(strength):
    return shaping.WithBonus(TABLES, shaping.diversity_bonus, strength)


def work(game, seed, runs=40):
    """Return the scores of workers under another seed than the lesson's, (R,)."""
    workers = IQL(game, linear_schedule(0.2, 0.02, 10_000), 0.9, linear_schedule(1.0, 0.05, 6_000))
    train(game, workers, 10_000, runs, np.random.default_rng(seed))
    return scoreboard.score_learner(workers, DISPATCH, runs)


def read_film():
    """Return what the film's alt texts say of each team, a list of sentences for each."""
    cells = nbformat.read(ROOT / "solutions" / f"{LESSON}.ipynb", as_version=4).cells
    (film,) = [cell for cell in cells if "plotting.watch(" in cell.source]
    lines = film.outputs[0].data["text/plain"].splitlines()
    return {name: [line for line in lines if line.startswith(f"{name}: ")] for name in ("no bonus", "bonus")}


def test_in_the_film_one_team_eats_and_the_other_walks_to_and_fro_and_differs_in_every_step():
    film = read_film()
    assert any("both load beside the food" in line for line in film["no bonus"])
    *steps, end = film["bonus"]
    assert [line.split("agent 0 ")[1].split(",")[0] for line in steps] == ["north", "south"] * 3
    assert {line.split("agent 1 ")[1].split(":")[0] for line in steps} == {"load", "north"}  # north is a wall
    assert "Agent 0 at (2, 3), agent 1 at (0, 0), food at (2, 2)" in end


def test_a_bonus_for_ever_is_worth_4_in_foraging_and_2_in_push():
    assert says("so $V$ = 0.2 / (1 − 0.95) = {},", round(sum(0.2 * 0.95**step for step in range(2_000)), 6))
    plain, paid = (solvers.value_iteration(game, 0.9) for game in PUSH_GAMES.values())
    assert plain.joint_actions[:4].tolist() == [[1, 1]] * 4
    assert paid.joint_actions[0].tolist() in ([0, 1], [1, 0])
    assert says("both left is worth {}. Four times", plain.joint_action_values[0, 0, 0])
    assert says("both right is worth 0.9³ · 1 = {}, the best.", plain.values[0].round(6))
    assert says("for ever is worth 0.2 / (1 − 0.9) = {}.", paid.values[0].round(6))
    assert says("the left end each gets {}, at the right end {},", *PUSH.prizes)


PUSH_GAMES = {"no bonus": PUSH, "bonus": shaping.add_bonus(PUSH, shaping.diversity_bonus)}


# Potentials


def test_the_gains_by_hand():
    step, stay = solve("9.2", PHI[[0, 0]], PHI[[1, 0]], np.array([False, False]), 0.9)
    assert says("from cell 0 to cell 1 it adds 0.9 · 0.5 − 0.25 = {};", step.round(6))
    assert says("for staying in cell 0 it adds 0.9 · 0.25 − 0.25 = {}.", stay.round(6))
    assert says("with Φ = {}, {}, {} and {} in the four cells", *PHI[:4])


def list_policies():
    """List the 256 joint policies of push that fix a push for each agent and cell, (256, S, A, A)."""
    choices = np.array(list(itertools.product((0, 1), repeat=8))).reshape(256, 2, 4)
    return joint_policy(np.eye(2)[np.pad(choices, ((0, 0), (0, 0), (0, 2)))])


@pytest.mark.parametrize("potential", [PHI, np.array([3.0, -1, 0, 7, 0, 0])])
def test_all_256_policies_fall_by_the_potential_of_every_state(potential):
    policies = list_policies()
    assert says("Now *all* {} joint policies", len(np.unique(policies.reshape(len(policies), -1), axis=0)))
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
    assert says("Φ = {}, the cells 0, and forgets", 5)
    assert says("worth 0.5 + 0.9 · 5 = {}, far more than {}.", 5, 0.729)


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
    assert says("brings 0.1 − 0.9 · 0.1 = {},", round(0.1 - 0.9 * 0.1, 6))
    assert says("0.9 Φ₀ − Φ₀ = 0.2, so Φ₀ = {};", round(0.2 / (0.9 - 1), 6))
    assert says("0 − Φ₀ = 0, so Φ₀ = {}.", 0)
    assert '"0.1 a cell": 0.1 * (moves' in SOURCE
    assert "phi = np.array([0.25, 0.5, 0.75, 1.0, 0.0, 0.0])" in SOURCE


# What a potential changes


def push_on(potential, seed):
    """Return what 100 teams end up pushing, (R, N, four cells)."""
    game = shaping.WithPotential(PUSH, potential, 0.9)
    teams = IQL(game, 0.1, 0.9, linear_schedule(1.0, 0.0, 1_600))
    train(game, teams, 2_000, 100, np.random.default_rng(seed))
    return teams.q_table.argmax(axis=3)[:, :, :4]


@pytest.mark.parametrize(
    ("potential", "low", "high"), [(0 * PHI, 0, 0.1), (PHI, 0.95, 1), (np.ones(6), 0.95, 1), (-np.ones(6), 0, 0.05)]
)
def test_the_potential_and_its_level_decide_which_end_is_reached(potential, low, high):
    assert "How many of 100 teams" in TEXT
    assert "alpha=0.1, gamma=0.9, epsilon=linear_schedule(1.0, 0.0, 1_600))" in SOURCE
    assert '"Φ = 1": one, "Φ = −1": -one}' in SOURCE
    assert "nothing, one = np.zeros(6), np.ones(6)" in SOURCE
    pushes = push_on(potential, seed=5)
    assert low <= (pushes == 1).all(axis=(1, 2)).mean() <= high
    if high < 0.5:
        assert (pushes[:, :, 0] == 0).all(axis=1).mean() > 0.9  # both left in cell 0


def test_both_left_is_an_equilibrium_too():
    left = deterministic_joint_policy(np.zeros((6, 2), dtype=int), 2)
    worth = solvers.evaluate_joint_policy(PUSH, left, 0.9)[0]
    answer = solvers.best_response(PUSH, 0, [None, np.eye(2)[np.zeros(6, int)]], 0.9)
    np.testing.assert_allclose(answer.values, worth)


def test_foraging_has_many_more_states_than_push_and_the_food_is_near():
    assert says("in {} states instead of {}.", FORAGING.num_playing, PUSH.cells)
    steps = FORAGING.count_fewest_steps()
    assert says("still needs, {} to {}.", steps.min(), steps.max())


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


def test_27_is_what_the_best_team_earns_from_empty_queues_and_takes_as_a_potential_a_tenth_of_it_in_each_step():
    values, empty = solvers.value_iteration(TABLES, 0.9).values, 0
    assert DISPATCH.states[empty].tolist() == [0, 0, 0]
    about = "constant potential of {}, about what the best team earns from empty queues (γ = 0.9)."
    assert says(about, round(values[empty]))
    assert says("adds 0.9 · 27 − 27 = {} in each step", round(0.9 * 27 - 27, 6))
    assert "np.full(18, 27.0)" in SOURCE


# The crowd


def test_what_nights_are_worth():
    crowd = Crowd(100)
    five, fourteen, seventy = crowd.worth(np.array([5, 14, 70]))
    assert five == max(crowd.worth(np.arange(101)))
    assert says("5 · 0.368 = {}. With 14 a night is worth {}, with 70", round(five, 2), round(fourteen, 2))
    assert seventy < 0.001
    counts, best = crowd.find_best_counts()
    assert sorted(counts) == [5] * 6 + [70]
    assert "a hundred agents choose one of seven nights" in TEXT
    assert "Six nights with 5 guests, and the other 70 all on the seventh" in TEXT
    assert "one of the 70 thinks of night 0 instead" in TEXT
    assert says("on the seventh: 6 · 1.84 = {}.", round(best, 2))


@cache
def choose_nights(agents, reward, seed=4, runs=4):
    """Return how many come on each night after 1,000 times, (R, K), under another seed than the lesson's."""
    crowd, rng = Crowd(agents, num_nights=7, capacity=5.0, reward=reward), np.random.default_rng(seed)
    learners = IQL(crowd, 0.1, 0.0, linear_schedule(0.05, 0.0, 1_000))
    train(crowd, learners, 1_000, runs, rng, per_agent=False)
    return crowd.count_guests(learners.act(crowd.observe(np.zeros(runs, int)), rng, explore=False))


def share_of_best(agents, reward, **settings):
    """Return what all nights are worth, as a share of the best, (R,)."""
    crowd = Crowd(agents)
    return crowd.worth(choose_nights(agents, reward, **settings)).sum(axis=1) / crowd.find_best_counts()[1]


def test_of_a_hundred_agents_only_those_paid_by_difference_come_near_the_best():
    assert share_of_best(100, "difference").mean() > 0.99
    assert max(share_of_best(100, reward).mean() for reward in ("global", "local")) < 0.65
    assert np.abs(choose_nights(100, "local") - 100 / 7).max() < 4  # they fill up alike
    assert answered("9.b").startswith("difference")
    assert says("an agent hears {} others in it", 100 - 1)
    assert "Independent learners choose 1,000 times" in TEXT
    assert "num_nights=7, capacity=5.0" in SOURCE
    assert "alpha=0.1, gamma=0.0, epsilon=linear_schedule(0.05, 0.0, 1_000))" in SOURCE


@pytest.mark.parametrize(
    ("agents", "others", "difference"), [(20, (0.75, 0.97), 0.98), (60, (0.9, 0.98), 0.98), (200, (0.04, 0.1), 0.8)]
)
def test_up_to_60_agents_global_and_local_pay_lose_on_average_a_quarter_at_most_and_at_200_nearly_everything(
    agents, others, difference
):
    for reward in ("global", "local"):
        assert others[0] < share_of_best(agents, reward).mean() < others[1]
    assert share_of_best(agents, "difference").mean() > difference
    assert says("Up to {} agents the first two lose on average a quarter at most, at {} nearly everything.", 60, 200)


def test_the_text_says_above_which_size_some_crowds_overfill_two_nights():
    assert says("Difference rewards stay near the best, but above {} some crowds overfill two nights.", 100)  # below


@pytest.mark.canon
@pytest.mark.parametrize(
    ("agents", "low", "high"),
    [(80, 0, 0), (100, 0, 0), (120, 0.01, 0.15), (140, 0.05, 0.3), (160, 0.1, 0.45), (180, 0.3, 0.7), (200, 0.3, 0.8)],
)
def test_above_100_agents_some_crowds_overfill_two_nights_and_stay_near_the_best(agents, low, high):
    """At every place of the slider from 80 on, with the lesson's seed 0 and six others, ten crowds each."""
    guests = np.concatenate([choose_nights(agents, "difference", seed=seed, runs=10) for seed in range(7)])
    overfill_two = ((guests > 15).sum(axis=1) == 2).mean()  # five are best, 14 or 15 are what local pay comes to
    assert low <= overfill_two <= high
    worths = Crowd(agents).worth(guests).sum(axis=1)
    assert worths.mean() > 0.9 * Crowd(agents).find_best_counts()[1]


def test_in_the_best_crowd_difference_pay_says_stay_and_local_pay_go():
    nights = np.repeat(np.arange(7), [5] * 6 + [70])
    stays, moves = (solve("9.4", chosen, 5.0)[99] for chosen in (nights, np.append(nights[:-1], 0)))
    assert moves < stays < 0
    local = Crowd(100).worth(np.array([70, 6]))
    assert "lure it over: {:.2f} against {:.2f}.".format(*local) in TEXT


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
