"""The exact numbers that the lessons show, each by its row in the literature or in the article."""

import itertools
import math

import nashpy
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from marl_lessons import games, scoreboard, shaping, solvers
from marl_lessons.environments import Dispatch, TwoStep
from marl_lessons.markov_games import TabularMarkovGame
from marl_lessons.policies import deterministic_joint_policy, joint_policy, uniform_policy

UNIFORM_PAIR = uniform_policy(2, 3)


# Row 1: the climbing game.
def test_beside_a_uniform_partner_the_safe_actions_of_climbing_look_best():
    game = games.climbing()
    np.testing.assert_allclose(game.action_values(0, UNIFORM_PAIR), [-19 / 3, -17 / 3, 5 / 3])
    np.testing.assert_allclose(game.action_values(1, UNIFORM_PAIR), [-19 / 3, -23 / 3, 11 / 3])


# Row 4: the penalty game.
@pytest.mark.parametrize("k", [-10, -100])
def test_beside_a_uniform_partner_the_worst_equilibrium_of_penalty_looks_best(k):
    """The good actions are worth (10 + k)/3, the safe one 2/3."""
    values = games.penalty(k).action_values(0, UNIFORM_PAIR)
    np.testing.assert_allclose(values, [(10 + k) / 3, 2 / 3, (10 + k) / 3], atol=1e-12)


# Row 6: the two-step game, gamma = .99.
def test_the_additive_fit_of_branch_2b():
    np.testing.assert_allclose(solvers.additive_fit(TwoStep().rewards[0, 2]), [[-1.5, 2.5], [2.5, 6.5]])


def test_additive_values_choose_the_branch_that_pays_7():
    after_2a, after_2b = (0.99 * solvers.additive_fit(TwoStep().rewards[0, state]).max() for state in [1, 2])
    np.testing.assert_allclose([after_2a, after_2b], [6.93, 6.435])


def test_the_optimum_of_the_two_step_game_takes_the_branch_that_pays_8():
    optimum = solvers.value_iteration(TwoStep(), gamma=0.99)
    np.testing.assert_allclose(optimum.joint_action_values[0], [[6.93, 6.93], [7.92, 7.92]])
    np.testing.assert_allclose(optimum.values, [7.92, 7, 8, 0])
    assert optimum.joint_actions[0, 0] == 1
    assert optimum.joint_actions[2].tolist() == [1, 1]


# Row 7: the QTRAN matrix.
def test_the_additive_fit_of_the_qtran_matrix():
    payoffs = games.qtran().payoffs[0]
    fit = solvers.additive_fit(payoffs)
    np.testing.assert_allclose(fit[[0, 0, 1], [0, 1, 1]], [-6.22, -4.89, -3.56], atol=0.005)
    assert ((payoffs - fit) ** 2).sum() == pytest.approx(455.1, abs=0.05)


# Row 8: climbing, factorized.
def test_the_additive_fit_of_climbing_overrates_the_joint_action_cc():
    payoffs = games.climbing().payoffs[0]
    fit = solvers.additive_fit(payoffs)
    assert np.unravel_index(fit.argmax(), fit.shape) == (2, 2)
    assert fit[2, 2] == pytest.approx(8.78, abs=0.005)
    assert payoffs[2, 2] == 5


# Row 10: the stag hunt.
@pytest.mark.parametrize(("x", "indifferent_at"), [(3, 0.75), (2, 0.5), (1, 0.25)])
def test_a_hunter_is_indifferent_if_its_partner_hunts_the_stag_with_probability_x_over_4(x, indifferent_at):
    game = games.stag_hunt(x)
    mixed = [indifferent_at, 1 - indifferent_at]
    stag, hare = game.action_values(0, [mixed, mixed])
    assert stag == hare
    equilibria = [pair[0] for pair in nashpy.Game(*game.payoffs).support_enumeration()]
    assert any(np.allclose(policy, mixed) for policy in equilibria)


# Row 12: one sample of the policy gradient when all must agree.
@pytest.mark.parametrize("num_agents", [2, 4, 8, 10])
def test_a_sampled_gradient_points_uphill_with_probability_two_to_the_minus_n(num_agents):
    """With logits 0, the score of agent i is a_i - 1/2; all 2^N joint actions are equally likely."""
    payoffs = games.all_agree(num_agents).payoffs[0].ravel()  # (2^N,)
    scores = np.indices((2,) * num_agents).reshape(num_agents, -1).T - 0.5  # (2^N, N)
    samples = payoffs[:, None] * scores
    gradient = samples.mean(axis=0)  # (N,)
    assert (samples @ gradient > 0).mean() == 2.0**-num_agents


# Row 18: the diversity bonus and a game in which both should do the same.
@pytest.mark.parametrize(("num_agents", "gap"), [(2, 0.2), (3, 1 / 3), (4, 0.45), (5, 0.56)])
def test_the_bonus_pays_this_much_more_if_all_differ(num_agents, gap):
    different, same = shaping.diversity_bonus(np.array([range(num_agents), [0] * num_agents]))
    np.testing.assert_allclose(different - same, gap)


def test_the_bonus_flips_a_coordination_game_whose_advantage_is_below_its_gap():
    flipped = shaping.add_bonus(games.coordination(reward=0.19), shaping.diversity_bonus)
    kept = shaping.add_bonus(games.coordination(reward=0.21), shaping.diversity_bonus)
    assert flipped.pure_equilibria() == [(0, 1), (1, 0)]
    assert kept.pure_equilibria() == [(0, 0), (1, 1)]


# Row 19: the push game.
@pytest.fixture
def push_game():
    """Both push: +1 and the end. Otherwise 0, and stay."""
    both_push = np.array([[0, 0], [0, 1]])
    transitions = np.zeros((2, 2, 2, 2))
    transitions[0] = np.stack([1 - both_push, both_push], axis=-1)
    transitions[1, ..., 1] = 1
    team_rewards = np.stack([both_push, np.zeros((2, 2))])
    return TabularMarkovGame(transitions, np.stack([team_rewards] * 2), start=[1, 0], terminal=[False, True])


def solve_and_score(shaped, true_game, gamma):
    """Value of the shaped optimum at the start, its joint action, and what it truly returns."""
    optimum = solvers.value_iteration(shaped, gamma)
    policy = deterministic_joint_policy(optimum.joint_actions, shaped.num_actions)
    true_values = solvers.evaluate_joint_policy(true_game, policy, gamma).mean(axis=0)
    return optimum.values[0], tuple(optimum.joint_actions[0].tolist()), true_values[0]


def test_with_the_bonus_the_best_team_never_pushes_together(push_game):
    shaped = shaping.add_bonus(push_game, shaping.diversity_bonus)
    value, joint_action, true_return = solve_and_score(shaped, push_game, gamma=0.9)
    assert value == pytest.approx(2.0)
    assert joint_action in [(0, 1), (1, 0)]
    assert true_return == 0


@pytest.mark.parametrize(("gamma", "pushes"), [(0.5, True), (0.79, True), (0.81, False), (0.95, False)])
def test_the_bonus_flips_the_push_game_just_above_gamma_of_point_8(push_game, gamma, pushes):
    shaped = shaping.add_bonus(push_game, shaping.diversity_bonus)
    assert (solve_and_score(shaped, push_game, gamma)[1] == (1, 1)) == pushes


@pytest.mark.parametrize("potential", [-5, 5])
def test_potential_shaping_leaves_the_push_game_its_optimum(push_game, potential):
    shaped = shaping.add_potential(push_game, [potential, 0], gamma=0.9)
    value, joint_action, true_return = solve_and_score(shaped, push_game, gamma=0.9)
    assert joint_action == (1, 1)
    assert value == pytest.approx(1 - potential)
    assert true_return == pytest.approx(1)


# Row 20: a potential in a terminal state (one agent, gamma = .9).
@pytest.fixture
def two_exits():
    """Exit A pays .5, exit B pays 1."""
    transitions = np.zeros((3, 2, 3))
    transitions[0, 0, 1] = transitions[0, 1, 2] = transitions[1, :, 1] = transitions[2, :, 2] = 1
    return TabularMarkovGame(transitions, [[[0.5, 1], [0, 0], [0, 0]]], start=[1, 0, 0], terminal=[False, True, True])


def test_a_potential_of_a_terminal_state_buys_the_worse_exit(two_exits):
    wrong = shaping.add_potential(two_exits, [0, 5, 0], gamma=0.9, zero_at_end=False)
    optimum = solvers.value_iteration(wrong, gamma=0.9)
    np.testing.assert_allclose(optimum.joint_action_values[0], [5.0, 1.0])


def test_with_terminal_potential_zero_the_better_exit_stays_better(two_exits):
    right = shaping.add_potential(two_exits, [0, 5, 0], gamma=0.9)
    optimum = solvers.value_iteration(right, gamma=0.9)
    np.testing.assert_allclose(optimum.joint_action_values[0], [0.5, 1.0])


# Row 21: one policy shared by agents that must differ.
@pytest.mark.parametrize(("num_agents", "best"), [(2, 0.5), (3, 0.222), (4, 0.094), (5, 0.038)])
def test_a_shared_policy_without_identity_differs_with_probability_n_factorial_over_n_to_the_n(num_agents, best):
    game = games.permutation(num_agents)
    value = game.expected_payoffs([uniform_policy(num_agents)] * num_agents)[0]
    assert value == pytest.approx(math.factorial(num_agents) / num_agents**num_agents)
    assert value == pytest.approx(best, abs=0.0005)
    assert game.expected_payoffs(np.eye(num_agents))[0] == 1


@given(st.integers(2, 4).flatmap(lambda n: st.lists(st.floats(0.01, 1), min_size=n, max_size=n)))
def test_no_shared_policy_beats_the_uniform_one(weights):
    num_agents = len(weights)
    shared = np.array(weights) / np.sum(weights)
    value = games.permutation(num_agents).expected_payoffs([shared] * num_agents)[0]
    assert value <= math.factorial(num_agents) / num_agents**num_agents + 1e-12


# Row 24: the bonus for defecting decides which game it is.
@pytest.mark.parametrize(
    ("low", "high", "dilemma"),
    [
        (0, 0.25, "harmony"),
        (0.25, 0.30, "stag hunt"),
        (0.30, 0.55, "prisoner's dilemma"),
        (0.55, 1.00, "deadlock"),
    ],
)
def test_the_bonus_sets_the_dilemma(low, high, dilemma):
    for bonus in [low + 1e-6, (low + high) / 2, high - 1e-6]:
        assert dilemma in games.classify(games.defection_bonus(bonus))


@pytest.mark.parametrize("threshold", [0.25, 0.30, 0.55])
def test_at_a_threshold_two_payoffs_tie(threshold):
    (reward, sucker), (temptation, punishment) = games.defection_bonus(threshold).payoffs[0]
    pairs = [(punishment, sucker), (temptation, reward), (punishment, reward)]
    assert sum(math.isclose(*pair) for pair in pairs) == 1


# Row 25: the targets of a joint critic follow the policies.
def test_the_value_of_branch_b_rises_as_the_policies_improve():
    uniform, greedy = np.full((4, 2), 0.5), np.tile([0.0, 1.0], (4, 1))
    values = [
        0.99 * solvers.evaluate_joint_policy(TwoStep(), joint_policy(np.stack(pair)), 0.99)[0, 2]
        for pair in [(uniform, uniform), (uniform, greedy), (greedy, greedy)]
    ]
    np.testing.assert_allclose(values, [2.475, 4.455, 7.92])


# The article: no terminal handling (one agent, gamma = .95).
def exit_now_or_later(bootstraps_through_the_reset):
    """State 0: exit for +1, or go on to state 1, from where +1.5 follows. State 2 is the end."""
    end = 0 if bootstraps_through_the_reset else 2
    transitions = np.zeros((3, 2, 3))
    transitions[0, 0, end] = transitions[0, 1, 1] = transitions[1, :, end] = transitions[2, :, 2] = 1
    return TabularMarkovGame(
        transitions, [[[1, 0], [1.5, 1.5], [0, 0]]], start=[1, 0, 0], terminal=[False, False, True]
    )


@pytest.mark.parametrize(("bootstraps_through_the_reset", "exit_and_wait"), [(False, (1, 1.425)), (True, (20, 19.475))])
def test_bootstrapping_through_the_reset_flips_the_policy(bootstraps_through_the_reset, exit_and_wait):
    optimum = solvers.value_iteration(exit_now_or_later(bootstraps_through_the_reset), gamma=0.95)
    np.testing.assert_allclose(optimum.joint_action_values[0], exit_and_wait)


# The dispatch game, gamma = .9; score 0 is uniform play and 100 the joint optimum.
TABLES = Dispatch().to_tabular()
SCALE = scoreboard.dispatch_scale()


def every_policy(observations, num_observations):
    """All deterministic policies on observations (S,), as (3^num_observations, S, A)."""
    choices = np.array(list(itertools.product(range(3), repeat=num_observations)))
    return np.eye(3)[choices[:, observations]]


def pair_up(first, second):
    """Pair every policy (P, S, A) with every policy (Q, S, A): (P, Q, N, S, A)."""
    return np.stack(np.broadcast_arrays(first[:, None], second[None]), axis=-3)


def test_uniform_dispatch_is_worth_8_10_and_the_optimum_29_69():
    assert SCALE.uniform == pytest.approx(8.10, abs=0.005)
    assert SCALE.best == pytest.approx(29.69, abs=0.005)


def test_without_heavy_tasks_dispatch_scores_at_most_45_9():
    only_light = np.zeros((3, 3), dtype=bool)
    only_light[:2, :2] = True
    best = solvers.value_iteration(TABLES, 0.9, allowed=only_light)
    assert SCALE.score(best.values.mean()) == pytest.approx(45.9, abs=0.05)


def test_the_own_view_is_enough_for_a_score_of_100():
    """No policy scores above 100, so it is enough to find one: let the workers answer each other in turn."""
    observations = Dispatch(view="own").observe(Dispatch().states).T  # (N, S)
    first, second = (every_policy(seen, 6) for seen in observations)
    best = 0.0
    for start in range(0, 729, 91):
        reply = second[[start]]
        for _ in range(4):
            answer = first[[scoreboard.score(joint_policy(pair_up(first, reply)[:, 0])).argmax()]]
            scores = scoreboard.score(joint_policy(pair_up(answer, second)[0]))
            reply = second[[scores.argmax()]]
        best = max(best, scores.max())
    assert best == pytest.approx(100)


def test_blind_to_heavy_tasks_the_best_own_view_scores_55():
    light_queues = Dispatch().states[:, :2].T  # (N, S)
    pairs = pair_up(*(every_policy(seen, 3) for seen in light_queues))
    scores = scoreboard.score(joint_policy(pairs))  # (27, 27)
    assert scores.max() == pytest.approx(55, abs=0.5)


@pytest.mark.parametrize(("heavy_reward", "is_better"), [(4, False), (4.99, False), (5.01, True), (6, True)])
def test_beside_a_uniform_partner_serving_h_beats_serving_a_only_if_a_heavy_task_pays_more_than_5(
    heavy_reward, is_better
):
    """With full queues and the partner at A, B or H, going to A earns 2, 2, -1 and going to H -1, -1, heavy_reward."""
    tabular = Dispatch(heavy_reward=heavy_reward).to_tabular()
    full_queues = tabular.state_names.index("a=2 b=2 h=1")
    at_a, _, at_h = tabular.rewards[0, full_queues].mean(axis=-1)
    assert (at_h > at_a) == is_better


@pytest.mark.parametrize(
    ("strength", "expected"),
    [(1, 100), (2, 100), (3, 100), (4, 100), (6, 99), (8, 99), (10, 75), (12, 64), (15, 64), (20, 45)],
)
def test_the_optimum_of_dispatch_with_the_diversity_bonus_is_truly_worth(strength, expected):
    shaped = shaping.add_bonus(TABLES, lambda actions: strength * shaping.diversity_bonus(actions))
    optimum = solvers.value_iteration(shaped, 0.9)
    policy = deterministic_joint_policy(optimum.joint_actions, 3)
    assert scoreboard.score(policy) == pytest.approx(expected, abs=0.5)
