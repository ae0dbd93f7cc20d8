"""Every number that lesson 04 and its predictions state is what the module computes."""

import re
from fractions import Fraction

import numpy as np
import pytest

from marl_lessons import environments, games, scoreboard, solvers, train
from marl_lessons.exercises.registry import find_prediction
from marl_lessons.policies import deterministic_joint_policy, joint_policy
from marl_lessons.solvers import dynamics
from tests.lessons.measures import solve, standard_error, take_from_lesson
from tools.build_notebooks import read_lesson

LESSON = "04_reward_structures"
PROSE = re.sub(r"\s+", " ", read_lesson(LESSON).replace("\n#", "\n"))
TEAM_REWARD = np.array([[4.0, 0.0], [0.0, 1.0]])
BONUSES = np.array([0.0, 2.0]), np.array([0.0, 5.0])
DISPATCH = environments.Dispatch()
TABLE = DISPATCH.to_tabular()
A, B, H = range(3)
WITHOUT_HEAVY_TASKS = scoreboard.DISPATCH_BESTS["best without heavy tasks"]
LADDER = {0.0: 42, 0.5: 46, 0.75: 53, 1.0: 70}  # team share -> score


def quote(pattern, text=PROSE):
    """Return the numbers that stand in the lesson's text where the pattern has an N, fractions too."""
    found = re.search(re.escape(pattern).replace("N", r"(-?\d+(?:[.,/]\d+)*)"), text)
    assert found, f"the lesson no longer says {pattern!r}"
    return [float(Fraction(number.replace(",", "").rstrip("."))) for number in found.groups()]


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


def test_the_team_has_two_equilibria_and_with_the_bonuses_only_yy_is_left(with_bonus):
    assert games.common_payoff(TEAM_REWARD).pure_equilibria() == [(0, 0), (1, 1)]
    assert with_bonus.pure_equilibria() == [(1, 1)]


def test_the_arrays_of_the_cell_are_those_of_the_tests_and_the_prose_tells_their_equilibria(with_bonus):
    assert quote("team_reward = np.array([[N, N], [N, N]])") == TEAM_REWARD.ravel().tolist()
    assert quote("np.array([N, N]), np.array([N, N]) # both like action y") == np.ravel(BONUSES).tolist()
    assert quote("and (x, x) pays N.") == [TEAM_REWARD[0, 0]]
    assert quote("Only (y, y) is left, where the team earns N.") == [TEAM_REWARD[1, 1]]


def test_only_the_bonus_of_agent_1_outweighs_what_the_team_can_lose():
    lost, bonus = quote("the team's reward falls by N, but its own bonus is N")
    assert (lost, bonus) == (TEAM_REWARD[0, 0] - TEAM_REWARD[0, 1], BONUSES[1][1])
    assert BONUSES[0][1] < TEAM_REWARD[0, 0] - TEAM_REWARD[1, 0] < bonus


def test_the_walk_from_xx_to_yy_raises_the_potential_by_the_gains_of_the_prose(with_bonus):
    table = solve("4.2", TEAM_REWARD, *BONUSES)
    assert [table[0, 0], table[0, 1], table[1, 1]] == quote("from N to N, then to N.")
    assert with_bonus.payoffs[1, 0, ::-1].tolist() == quote("it gains by y (N instead of N): now")  # beside x
    assert with_bonus.payoffs[0, ::-1, 1].tolist() == quote("agent 0 gains by y (N instead of N)")  # beside y
    fall = quote("agent 0's reward falls from N to N, so the table falls by N")
    assert [*with_bonus.payoffs[0, :, 0].tolist(), table[0, 0] - table[1, 0]] == fall
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
    together, alone, both = quote("who cooperate earn N each. If one of them slacks off, both get N; if both do, N")
    assert quote("$T = N + \\beta$ and $P = N + \\beta$") == [alone, both]
    assert game.payoffs[0].tolist() == [[together, alone], [alone + bonus, both + bonus]]
    assert solve("4.3", *game.payoffs[0].ravel().tolist()) == name
    assert name in games.classify(game)


@pytest.mark.parametrize(
    ("prose", "at", "below", "above"),
    [
        ("Below N there is harmony", 0, "harmony", "stag hunt"),
        ("From N to N it is a stag hunt", 0, "harmony", "stag hunt"),
        ("From N to N it is a stag hunt", 1, "stag hunt", "prisoner's dilemma"),
        ("Above N it is a prisoner's dilemma", 0, "stag hunt", "prisoner's dilemma"),
    ],
)
def test_the_game_changes_at_the_thresholds(prose, at, below, above):
    threshold = quote(prose)[at]
    names = [solve("4.3", *games.defection_bonus(threshold + step).payoffs[0].ravel()) for step in (-0.001, 0.001)]
    assert names == [below, above]


def test_the_stag_hunt_has_two_equilibria_and_the_good_one_pays_more():
    game = games.defection_bonus(0.27)
    assert game.pure_equilibria() == [(0, 0), (1, 1)]
    assert game.payoffs[0, 0, 0] > game.payoffs[0, 1, 1]


def test_prediction_4_a_tells_what_defecting_pays():
    prediction = find_prediction("4.a")
    bonus, both_cooperate, both_defect = quote(
        "a bonus of N two cooperators get N each and two defectors N each", prediction.question
    )
    (R, S), (T, P) = games.defection_bonus(bonus).payoffs[0]
    np.testing.assert_allclose([both_cooperate, both_defect], [R, P])
    gains = quote("whatever the other one does, by N or by N.", prediction.options["b"].reason)
    np.testing.assert_allclose(gains, [T - R, P - S])
    pays = quote("defecting pays N instead of N, beside a defector N instead of N", prediction.options["c"].reason)
    np.testing.assert_allclose(pays, [T, R, P, S])


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
    """Return the share of pairs that end by cooperating: the lesson's own function, on other luck."""

    def train_on_other_luck(game, learners, steps, runs, rng):
        return train(game, learners, steps, runs, np.random.default_rng(seed))

    (learn_pairs,) = take_from_lesson(LESSON, "learn_pairs", train=train_on_other_luck)
    return (learn_pairs(games.defection_bonus(bonus), pairs) == 0).all(axis=1).mean()


@pytest.mark.parametrize(
    ("bonus", "rate"), [(0.2, 1), (0.27, 0.99), (0.29, 0.89), (0.32, 0.32), (0.35, 0.02), (0.5, 0)]
)
def test_so_many_pairs_end_by_cooperating(bonus, rate):
    """2,000 plays, α = .1, γ = 0, ε from 1 to 0 over 80 %, 500 pairs: within 4 standard errors of canon row 24.

    The 0.32 at 0.32 is our own measurement, on 2,000 pairs: most, but not all, of the cooperation is gone there.
    """
    found = share_of_cooperators(bonus, pairs=500, seed=23)
    assert abs(found - rate) <= 4 * np.sqrt(rate * (1 - rate) / 500)


@pytest.mark.parametrize("seed", [1, 2])
def test_what_the_prose_says_of_the_slider_holds_under_other_seeds(seed):
    (nearly_nobody,), (a_third,) = (
        quote("and from about N nearly nobody cooperates"),
        quote("(At N about a third still do"),
    )
    lowest, highest, step, start = quote("bonus=(N, N, N, N))")
    for seen in (nearly_nobody, a_third, start):
        assert lowest <= seen <= highest
        assert round((seen - lowest) / step, 6) % 1 == 0  # the slider stops there
    assert share_of_cooperators(0.29, 200, seed) > 0.75  # the last stop of the stag hunt: most
    assert 0.2 < share_of_cooperators(a_third, 200, seed) < 0.45
    assert share_of_cooperators(nearly_nobody, 200, seed) < 0.06 < share_of_cooperators(nearly_nobody - step, 200, seed)


def test_the_prose_counts_pairs_plays_and_steps_as_the_cells_do():
    pairs, plays = quote("`train` lets N pairs play N times")
    assert quote("def learn_pairs(game, pairs=N)") == [pairs]
    assert quote("train(game, learners, steps=N,", PROSE.replace("_", "")) == [plays]
    pairs, steps = quote("they train N pairs at each of four positions of the dial, for N steps")
    assert quote("train(game, workers, steps=N, runs=N,", PROSE.replace("_", "")) == [steps, pairs]
    assert quote("for share in (N, N, N, N)") == list(LADDER)
    pairs, turns = quote("The same for N pairs with random payoffs, who take turns N times")
    assert quote('"unrelated payoffs": rng.normal(size=(N, 2, 3, 3))', PROSE.replace("_", "")) == [pairs]
    assert quote("dynamics.improve_in_turns(payoffs, turns=N)") == [turns]


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


def test_told_about_both_actions_all_defect_where_a_third_cooperates():
    (bonus,) = quote("(At N about a third still do")
    assert learn_from_both_actions(bonus, pairs=500, plays=2_000, seed=24) == 0
    assert learn_from_both_actions(0.2, pairs=500, plays=2_000, seed=24) == 1  # where it pays they do cooperate


@pytest.mark.parametrize("seed", [1, 2])
def test_those_who_still_cooperate_last_tried_defecting_when_the_partner_often_defected(seed):
    """Beside their partner, who cooperates now, defecting would pay more than they believe."""
    (bonus,) = quote("(At N about a third still do: they last tried defecting when the partner often defected, too.)")
    game, kept = games.defection_bonus(bonus), []

    def train_and_keep(game, learners, steps, runs, rng):
        kept.append(learners)
        return train(game, learners, steps, runs, np.random.default_rng(seed))

    (learn_pairs,) = take_from_lesson(LESSON, "learn_pairs", train=train_and_keep)
    cooperating = (learn_pairs(game) == 0).all(axis=1)
    (R, _), (T, P) = game.payoffs[0]
    believed = kept[0].q_table[cooperating].reshape(-1, 2)  # of cooperating and of defecting
    np.testing.assert_allclose(believed[:, 0], R, atol=0.01)
    assert believed[:, 1].max() < R < T
    often = (T - believed[:, 1].mean()) / (T - P)  # how often the partner defected, recent plays most
    assert 0.25 < often < 0.5


def test_prediction_4_a_comes_true_in_the_lesson_s_own_picture():
    prediction = find_prediction("4.a")
    assert prediction.options[prediction.answer].text == "nearly none"
    (draw_dilemma,) = take_from_lesson(LESSON, "draw_dilemma")
    (cooperating,) = quote("β = 0.35: prisoner's dilemma. N% of the pairs end by cooperating.", draw_dilemma(0.35).alt)
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


@pytest.mark.parametrize(
    ("team_share", "prose"),
    [
        (0.0, "is better if $q$ is above N."),
        (0.5, "In the middle it is enough that $q$ is above N,"),
        (1.0, "the right N "),
    ],
)
def test_heavy_is_better_above_the_probabilities_of_the_prose(team_share, prose):
    (needed,), game = quote(prose), make_step_game(team_share)
    for step in (-0.01, 0, 0.01):
        light, heavy = game.action_values(0, [None, [1 - needed - step, needed + step]])
        assert np.sign(np.round(heavy - light, 9)) == np.sign(step)


def test_what_light_and_heavy_pay_is_what_the_prose_computes():
    light, both, alone, slope, offset = quote("Light pays N for certain, heavy $Nq - N(1 - q) = Nq - N$.")
    for q in (0.0, 0.3, 1.0):
        values = make_step_game(0.0).action_values(0, [None, [1 - q, q]])
        np.testing.assert_allclose(values, [light, both * q - alone * (1 - q)])
        np.testing.assert_allclose(values[1], slope * q - offset)


@pytest.mark.parametrize("team_share", [0.0, 0.5, 1.0])
def test_all_three_are_stag_hunts_and_only_the_last_one_is_cooperative(team_share):
    game = make_step_game(team_share)
    (P, T), (S, R) = game.payoffs[0]  # going to H is to cooperate
    assert solve("4.3", R, S, T, P) == "stag hunt"
    assert game.pure_equilibria() == [(0, 0), (1, 1)]
    assert solve("4.1", game.payoffs) == ("cooperative" if team_share == 1 else "mixed")


def test_a_heavy_task_gives_each_what_the_prose_says():
    own, team = quote("a heavy task gives each an own reward of N, so the team N.")
    assert own_rewards()[3].tolist() == [own, own]
    assert own_rewards()[3].sum() == team


def test_the_example_of_exercise_4_4():
    assert solve("4.4", np.array([[1, -2]]), 0.5).tolist() == [[0, -1.5]]


# The ladder


def learn(team_share, seed):
    """Train by the lesson's own function, on other luck, and return the joint policies (R, S, A, A)."""

    def train_on_other_luck(game, workers, steps, runs, rng):
        return train(game, workers, steps, runs, np.random.default_rng(seed))

    (train_workers,) = take_from_lesson(LESSON, "train_workers", train=train_on_other_luck)
    return joint_policy(np.eye(3)[train_workers(team_share).q_table.argmax(axis=-1)])


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
    assert quote("from a mean score of about N to about N.") == [LADDER[0.0], LADDER[1.0]]


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


LIGHT_ONLY = np.zeros((18, 3, 3), dtype=bool)
LIGHT_ONLY[:, :H, :H] = True
FOR_ITSELF = environments.Dispatch(team_share=0.0).to_tabular()


@pytest.mark.parametrize(("allowed", "earned"), [(True, [14.8, 14.9]), (LIGHT_ONLY, [8.6, 9.4])])
def test_so_much_each_worker_earns_for_itself_under_the_plans_of_the_cell(allowed, earned):
    plan = solvers.value_iteration(TABLE, gamma=0.9, allowed=allowed)
    policy = deterministic_joint_policy(plan.joint_actions, 3)
    values = solvers.evaluate_joint_policy(FOR_ITSELF, policy, gamma=0.9).mean(axis=1)
    assert values.round(1).tolist() == earned


def least_and_most(allowed, worker):
    """Return the least and the most that a worker earns for itself under any plan that is best for the team."""
    values = solvers.value_iteration(TABLE, gamma=0.9, allowed=allowed).values
    worth = np.where(allowed, TABLE.rewards[0] + 0.9 * TABLE.transitions @ values, -np.inf)
    best = worth > worth.max(axis=(1, 2), keepdims=True) - 1e-9
    ends = []
    for sign in (-1, 1):
        own = np.zeros(18)
        for _ in range(300):
            own = np.where(best, sign * FOR_ITSELF.rewards[worker] + 0.9 * FOR_ITSELF.transitions @ own, -np.inf)
            own = own.max(axis=(1, 2))
        ends.append(sign * own.mean())
    return ends


@pytest.mark.parametrize("worker", [0, 1])
def test_each_worker_earns_much_more_with_heavy_tasks_whichever_of_the_best_plans_is_taken(worker):
    least, _ = least_and_most(True, worker)
    _, most = least_and_most(LIGHT_ONLY, worker)
    assert least > 1.5 * most


def test_the_answer_to_prediction_4_b_is_the_option_nearest_to_the_selfish_score(learned):
    prediction = find_prediction("4.b")
    numbers = {label: float(re.search(r"\d+", option.text)[0]) for label, option in prediction.options.items()}
    mean = scoreboard.score(learned[0.0]).mean()
    assert min(numbers, key=lambda label: abs(numbers[label] - mean)) == prediction.answer


def test_for_a_selfish_worker_a_heavy_task_pays_2_or_costs_2_and_a_light_one_pays_1():
    assert make_step_game(0.0).payoffs[0].tolist() == [[1, 1], [-2, 2]]
