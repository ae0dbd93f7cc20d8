"""Every number that lesson 04 and its predictions state is what the module computes."""

import re

import numpy as np
import pytest

from marl_lessons import environments, games, scoreboard, solvers, train
from marl_lessons.exercises.registry import find_prediction
from marl_lessons.learners import IQL
from marl_lessons.policies import deterministic_joint_policy, joint_policy, linear_schedule
from marl_lessons.solvers import dynamics
from tests.lessons.measures import solve, standard_error, take_from_lesson

LESSON = "04_reward_structures"
TEAM_REWARD = np.array([[4.0, 0.0], [0.0, 1.0]])
BONUSES = np.array([0.0, 2.0]), np.array([0.0, 5.0])
DISPATCH = environments.Dispatch()
TABLE = DISPATCH.to_tabular()
A, B, H = range(3)
WITHOUT_HEAVY_TASKS = 45.9  # the score of the best team that never touches one, see lesson 03
LADDER = {0.0: 42, 0.5: 46, 0.75: 53, 1.0: 71}  # team share -> score


# Three structures


@pytest.mark.parametrize(
    ("game", "structure"),
    [
        (games.coordination(), "cooperative"),
        (games.matching_pennies(), "competitive"),
        (games.chicken(), "mixed"),
        (games.climbing(), "cooperative"),
        (games.rock_paper_scissors(), "competitive"),
        (games.stag_hunt(), "mixed"),
    ],
    ids=lambda value: getattr(value, "name", value),
)
def test_the_named_games_have_the_structure_that_the_lesson_names(game, structure):
    assert solve("4.1", game.payoffs) == structure


def test_in_chicken_both_suffer_most_if_both_dare_and_each_wants_the_other_to_yield():
    mine, yours = games.chicken().payoffs
    assert (mine[1, 1], yours[1, 1]) == (mine.min(), yours.min())
    assert games.chicken().pure_equilibria() == [(0, 1), (1, 0)]
    assert mine[1, 0] > mine[0, 1]
    assert yours[0, 1] > yours[1, 0]


# Team reward plus individual bonus


@pytest.fixture(scope="module")
def with_bonus():
    return games.MatrixGame([TEAM_REWARD + BONUSES[0][:, None], TEAM_REWARD + BONUSES[1]])


def test_the_team_has_two_equilibria_and_with_the_bonuses_only_bb_is_left(with_bonus):
    assert games.common_payoff(TEAM_REWARD).pure_equilibria() == [(0, 0), (1, 1)]
    assert with_bonus.pure_equilibria() == [(1, 1)]


def test_only_the_bonus_of_agent_1_outweighs_what_the_team_can_lose():
    assert BONUSES[0][1] < TEAM_REWARD[0, 0] - TEAM_REWARD[1, 0] < BONUSES[1][1]


def test_the_walk_from_aa_to_bb_raises_the_potential_from_4_to_5_to_8(with_bonus):
    table = solve("4.2", TEAM_REWARD, *BONUSES)
    assert [table[0, 0], table[0, 1], table[1, 1]] == [4, 5, 8]
    assert with_bonus.payoffs[1, 0].tolist() == [4, 5]  # agent 1 beside a
    assert with_bonus.payoffs[0, :, 1].tolist() == [0, 3]  # then agent 0 beside b
    assert with_bonus.payoffs[0, :, 0].tolist() == [4, 2]  # the docstring's example
    np.testing.assert_allclose(games.find_potential(with_bonus), table - table[0, 0])


@pytest.mark.parametrize("seed", range(5))
def test_with_a_potential_all_come_to_rest_and_without_one_some_or_all_do_not(seed):
    rng = np.random.default_rng(seed)
    common, own_0, own_1 = (rng.normal(size=(1_000, *shape)) for shape in ((3, 3), (3, 1), (1, 3)))
    kinds = (
        np.stack([common + own_0, common + own_1], axis=1),
        rng.normal(size=(1_000, 2, 3, 3)),
        np.stack([games.matching_pennies().payoffs] * 1_000),
    )
    late = [dynamics.improve_in_turns(payoffs, turns=24)[:, -2:].any(axis=1).mean() for payoffs in kinds]
    assert (late[0], late[2]) == (0, 1)
    assert abs(late[1] - 0.23) < 4 * np.sqrt(0.23 * 0.77 / 1_000)


def test_24_turns_are_enough_to_tell_who_never_rests():
    """Where all 9 joint actions and both turns have been, everything repeats: who moves after turn 24 moves at 240."""
    payoffs = np.random.default_rng(22).normal(size=(1_000, 2, 3, 3))
    moved = dynamics.improve_in_turns(payoffs, turns=240)
    np.testing.assert_array_equal(moved[:, 22:24].any(axis=1), moved[:, -2:].any(axis=1))


def test_in_turns_a_potential_may_lead_to_a_worse_equilibrium():
    """Beside action b, b is the best response, so the team stays at 1 although 4 is possible."""
    game = games.common_payoff(TEAM_REWARD)
    assert game.best_responses(0, [None, [0, 1]]).tolist() == [1]


# Social dilemmas


@pytest.mark.parametrize(
    ("bonus", "name"),
    [(0.1, "harmony"), (0.27, "stag hunt"), (0.35, "prisoner's dilemma"), (0.53, "prisoner's dilemma")],
)
def test_the_bonus_makes_the_game_that_the_lesson_names(bonus, name):
    game = games.defection_bonus(bonus)
    assert game.payoffs[0].tolist() == [[1, 0.7], [0.7 + bonus, 0.45 + bonus]]
    assert solve("4.3", *game.payoffs[0].ravel().tolist()) == name
    assert name in games.classify(game)


@pytest.mark.parametrize(
    ("threshold", "below", "above"),
    [
        (0.25, "harmony", "stag hunt"),
        (0.30, "stag hunt", "prisoner's dilemma"),
    ],
)
def test_the_game_changes_at_the_thresholds(threshold, below, above):
    names = [solve("4.3", *games.defection_bonus(threshold + step).payoffs[0].ravel()) for step in (-0.001, 0.001)]
    assert names == [below, above]


def test_the_stag_hunt_has_two_equilibria_and_the_good_one_pays_more():
    game = games.defection_bonus(0.27)
    assert game.pure_equilibria() == [(0, 0), (1, 1)]
    assert game.payoffs[0, 0, 0] > game.payoffs[0, 1, 1]


def test_at_0_35_defecting_pays_1_05_instead_of_1_and_0_8_instead_of_0_7():
    np.testing.assert_allclose(games.defection_bonus(0.35).payoffs[0], [[1, 0.7], [1.05, 0.8]])


@pytest.mark.parametrize(
    ("payoffs", "name"),
    [
        ((3, 0, 5, 1), "prisoner's dilemma"),
        ((4, 0, 3, 2), "stag hunt"),
        ((3, 2, 4, 1), "chicken"),
        ((5, 2, 4, 1), "harmony"),
    ],
)
def test_the_classic_payoffs_have_the_names_that_the_checks_give_them(payoffs, name):
    R, S, T, P = payoffs
    assert solve("4.3", R, S, T, P) == name
    assert name in games.classify(games.symmetric([[R, S], [T, P]]))


def share_of_cooperators(bonus, pairs, seed):
    """Return the share of pairs that end by cooperating, by the protocol of the lesson."""
    rng, game = np.random.default_rng(seed), games.defection_bonus(bonus)
    learners = IQL(game, alpha=0.1, gamma=0.0, epsilon=linear_schedule(1.0, 0.0, 1_600))
    train(game, learners, steps=2_000, runs=pairs, rng=rng)
    ends = learners.act(np.zeros((pairs, 2), dtype=int), rng, explore=False)  # (R, 2)
    return (ends == 0).all(axis=1).mean()


@pytest.mark.parametrize(
    ("bonus", "rate"), [(0.2, 1), (0.27, 0.99), (0.29, 0.89), (0.32, 0.32), (0.35, 0.02), (0.5, 0), (0.6, 0)]
)
def test_so_many_pairs_end_by_cooperating(bonus, rate):
    """2,000 plays, α = .1, γ = 0, ε from 1 to 0 over 80 %, 500 pairs: within 4 standard errors of canon row 24.

    The 0.32 at 0.32 is our own measurement, on 2,000 pairs: most, but not all, of the cooperation is gone there.
    """
    found = share_of_cooperators(bonus, pairs=500, seed=23)
    assert abs(found - rate) <= 4 * np.sqrt(rate * (1 - rate) / 500)


def learn_from_both_actions(bonus, pairs, plays, seed):
    """The same learners, but each is told after every play what its other action would have paid."""
    rng, payoffs = np.random.default_rng(seed), games.defection_bonus(bonus).payoffs[0]
    values = np.zeros((pairs, 2, 2))  # pair, agent, action
    for play in range(plays):
        explores = rng.random((pairs, 2)) < max(0, 1 - play / (0.8 * plays))
        greedy = (values + 1e-9 * rng.random(values.shape)).argmax(axis=-1)
        actions = np.where(explores, rng.integers(2, size=greedy.shape), greedy)
        values += 0.1 * (payoffs.T[actions[:, ::-1]] - values)  # against what the other did
    return (values.argmax(axis=-1) == 0).all(axis=1).mean()


def test_told_about_both_actions_all_defect_at_0_32():
    assert learn_from_both_actions(0.32, pairs=500, plays=2_000, seed=24) == 0
    assert learn_from_both_actions(0.2, pairs=500, plays=2_000, seed=24) == 1  # where it pays they do cooperate


def test_prediction_4_a_comes_true_in_the_lesson_s_own_picture():
    prediction = find_prediction("4.a")
    assert prediction.options[prediction.answer].text == "nearly none"
    (draw_dilemma,) = take_from_lesson(LESSON, "draw_dilemma")
    alt = draw_dilemma(0.35).alt
    cooperating = int(re.match(r"β = 0.35: prisoner's dilemma. Of the pairs, (\d+)% have no defector", alt)[1])
    assert cooperating <= 6


# One step with full queues


def own_rewards():
    """What each worker earns itself with full queues (4, 2): light-light, light-heavy, heavy-light, heavy-heavy."""
    joint_actions = np.array([[A, B], [A, H], [H, B], [H, H]])
    return DISPATCH.outcome(np.array([2, 2, 1]), joint_actions, np.zeros(3, dtype=int))[1]


def make_step_game(team_share):
    """The lesson's game of one step, light or heavy."""
    (step_game,) = take_from_lesson(LESSON, "step_game", mix_rewards=lambda *arguments: solve("4.4", *arguments))
    return step_game(team_share)


@pytest.mark.parametrize("team_share", [0.0, 0.5, 1.0])
def test_the_step_game_is_what_the_workers_earn(team_share):
    payoffs = make_step_game(team_share).payoffs
    np.testing.assert_allclose(payoffs, solve("4.4", own_rewards(), team_share).T.reshape(2, 2, 2))


def test_own_rewards_add_up_to_the_team_s_reward():
    everything = np.array(list(np.ndindex(3, 3)))
    for state, queues in enumerate(DISPATCH.states):
        _, own = DISPATCH.outcome(queues, everything, np.zeros(3, dtype=int))
        np.testing.assert_allclose(own.sum(axis=1), TABLE.rewards[0, state].ravel())


@pytest.mark.parametrize("team_share", [0.0, 0.5, 1.0])
def test_the_dial_of_exercise_4_4_is_the_one_of_the_environment(team_share):
    np.testing.assert_allclose(
        solve("4.4", own_rewards(), team_share), environments.Dispatch(team_share=team_share).share(own_rewards())
    )


@pytest.mark.parametrize(("team_share", "needed"), [(0.0, 3 / 4), (0.5, 1 / 2), (1.0, 3 / 8)])
def test_heavy_is_better_above_the_probabilities_of_the_prose(team_share, needed):
    game = make_step_game(team_share)
    for step in (-0.01, 0, 0.01):
        light, heavy = game.action_values(0, [None, [1 - needed - step, needed + step]])
        assert np.sign(np.round(heavy - light, 9)) == np.sign(step)


def test_what_light_and_heavy_pay_is_what_the_prose_computes():
    for q in (0.0, 0.3, 1.0):
        partner = [None, [1 - q, q]]
        np.testing.assert_allclose(make_step_game(0.0).action_values(0, partner), [1, 4 * q - 2])
        np.testing.assert_allclose(make_step_game(1.0).action_values(0, partner), [2 - 3 * q, 5 * q - 1])


@pytest.mark.parametrize("team_share", [0.0, 0.5, 1.0])
def test_all_three_are_stag_hunts_and_only_the_last_one_is_cooperative(team_share):
    game = make_step_game(team_share)
    (P, T), (S, R) = game.payoffs[0]  # going to H is to cooperate
    assert solve("4.3", R, S, T, P) == "stag hunt"
    assert game.pure_equilibria() == [(0, 0), (1, 1)]
    assert solve("4.1", game.payoffs) == ("cooperative" if team_share == 1 else "mixed")


def test_the_example_of_exercise_4_4():
    assert solve("4.4", np.array([[1, -2]]), 0.5).tolist() == [[0, -1.5]]


# The ladder


def learn(team_share, seed, steps=10_000, runs=100):
    """Train by the lesson's protocol and return the joint policies (R, S, A, A) that come out."""
    game = environments.Dispatch(team_share=team_share).to_tabular()
    alpha, epsilon = linear_schedule(0.1, 0.01, steps), linear_schedule(1.0, 0.05, int(0.6 * steps))
    learners = IQL(game, alpha=alpha, gamma=0.9, epsilon=epsilon)
    train(game, learners, steps, runs, np.random.default_rng(seed))
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


def test_the_more_is_shared_the_better_the_team(learned):
    means = [scoreboard.score(policies).mean() for policies in learned.values()]
    assert means == sorted(means)


def test_paid_for_themselves_hardly_a_pair_ends_beyond_what_is_possible_without_heavy_tasks(learned):
    scores = scoreboard.score(learned[0.0])
    assert scores.mean() < WITHOUT_HEAVY_TASKS
    assert (scores > WITHOUT_HEAVY_TASKS + 1).mean() <= 0.03  # a rare pair keeps a little heavy work


def test_even_with_all_shared_the_mean_is_far_from_100_and_the_pairs_differ_widely(learned):
    scores = scoreboard.score(learned[1.0])
    assert scores.mean() < 80
    assert np.ptp(scores) > 30


def serves_heavy_tasks(policies):
    """Tell on how many of the 9 states with a heavy task both workers go there, for each pair."""
    return policies[:, DISPATCH.states[:, H] == 1, H, H].sum(axis=1)


def test_the_middle_pairs_of_the_film_differ_in_the_heavy_tasks_that_they_serve(learned):
    for share, at_least, at_most in ((0.0, 0, 1), (1.0, 3, 9)):
        scores = scoreboard.score(learned[share])
        middle = scores.argsort()[45:55]
        assert at_least <= np.median(serves_heavy_tasks(learned[share][middle])) <= at_most


# Risk, not opposed interests


@pytest.mark.parametrize(("may_serve_heavy", "earned"), [(True, [14.8, 14.9]), (False, [8.6, 9.4])])
def test_each_worker_would_earn_more_for_itself_under_the_team_s_optimum(may_serve_heavy, earned):
    light_only = np.zeros((18, 3, 3), dtype=bool)
    light_only[:, :H, :H] = True
    for_itself = environments.Dispatch(team_share=0.0).to_tabular()
    allowed = True if may_serve_heavy else light_only
    plan = solvers.value_iteration(for_itself, gamma=0.9, allowed=allowed)
    policy = deterministic_joint_policy(plan.joint_actions, 3)
    values = solvers.evaluate_joint_policy(for_itself, policy, gamma=0.9).mean(axis=1)
    assert values.round(1).tolist() == earned
    of_the_team = solvers.value_iteration(TABLE, gamma=0.9, allowed=allowed)
    np.testing.assert_array_equal(plan.joint_actions, of_the_team.joint_actions)


def test_the_answer_to_prediction_4_b_is_the_option_nearest_to_the_selfish_score(learned):
    prediction = find_prediction("4.b")
    numbers = {label: float(re.search(r"\d+", option.text)[0]) for label, option in prediction.options.items()}
    mean = scoreboard.score(learned[0.0]).mean()
    assert min(numbers, key=lambda label: abs(numbers[label] - mean)) == prediction.answer


def test_for_a_selfish_worker_a_heavy_task_pays_2_or_costs_2_and_a_light_one_pays_1():
    assert make_step_game(0.0).payoffs[0].tolist() == [[1, 1], [-2, 2]]
