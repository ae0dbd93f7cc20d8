"""Cross-play is exact: agents beside partners that they were not trained with, on the scoreboard's scale."""

import numpy as np
import pytest

from marl_lessons import cross_play, scoreboard, solvers
from marl_lessons.environments import Dispatch, RushHour
from marl_lessons.learners import FixedPolicy
from marl_lessons.markov_games import TabularMarkovGame
from marl_lessons.policies import uniform_policy
from marl_lessons.rollout import evaluate
from marl_lessons.views import OneHot

# One step of "two gates": 4 if both come to gate a, 2 if both come to b, and -2 if they miss each other.
GATES = np.array([[4.0, -2.0], [-2.0, 2.0]])
A, B, EVEN = [[1.0, 0.0]], [[0.0, 1.0]], [[0.5, 0.5]]  # policies (S, A) of the one state that counts


def one_step(payoffs):
    """The game that plays a payoff table once; its second state is the end."""
    rewards = np.zeros((2, 2, 2, 2))
    rewards[:, 0] = payoffs
    transitions = np.zeros((2, 2, 2, 2))
    transitions[..., 1] = 1
    return TabularMarkovGame(transitions, rewards, start=[1.0, 0.0], terminal=[False, True])


def at_the_gates(*rows):
    """Policies (R, S, A) of rows of the first state."""
    return np.array([[*row, [0.5, 0.5]] for row in rows])


def draw_policies(runs, seed=0):
    return np.random.default_rng(seed).dirichlet(np.ones(3), size=(runs, 18))


def solve_by_hand(first, second):
    """Score one pair on dispatch state by state, between 8.1049 and 29.6890."""
    tables = Dispatch().to_tabular()
    moves, rewards = np.zeros((18, 18)), np.zeros(18)
    for state in range(18):
        for mine in range(3):
            for yours in range(3):
                chance = first[state, mine] * second[state, yours]
                moves[state] += chance * tables.transitions[state, mine, yours]
                rewards[state] += chance * tables.rewards[0, state, mine, yours]
    values = np.zeros(18)
    for _ in range(400):
        values = rewards + 0.9 * moves @ values
    return 100 * (values.mean() - 8.104886) / (29.688979 - 8.104886)


def test_everybody_meets_everybody():
    first, second = draw_policies(2), draw_policies(3, seed=1)
    pairs = cross_play.pair_everybody(first, second)
    assert pairs.shape == (2, 3, 18, 3, 3)
    assert pairs[1, 2, 7, 0, 1] == pytest.approx(first[1, 7, 0] * second[2, 7, 1])
    np.testing.assert_allclose(pairs.sum(axis=(-1, -2)), 1)


def test_the_gates_by_hand():
    """Even chances are worth .5, both at a 4. So 4 scores 100, .5 scores 0, 2 scores 43, a miss -71, a and even 14."""
    policies = at_the_gates(A, B, EVEN)
    scores = cross_play.cross_scores(policies, policies, one_step(GATES))
    expected = np.array([[4, -2, 1], [-2, 2, 0], [1, 0, 0.5]])
    np.testing.assert_allclose(scores, 100 * (expected - 0.5) / 3.5)


def test_who_is_row_and_who_is_column():
    game = one_step(np.array([[4.0, -2.0], [0.0, 2.0]]))  # worker 0 at a misses worker 1 at b: -2, the reverse costs 0
    policies = at_the_gates(A, B)
    scores = cross_play.cross_scores(policies, policies, game)
    assert scores[0, 1] < scores[1, 0]


def test_in_dispatch_scores_agree_with_values_that_are_summed_up_step_by_step():
    first, second = draw_policies(2), draw_policies(3, seed=1)
    scores = cross_play.cross_scores(first, second)
    expected = [[solve_by_hand(one, other) for other in second] for one in first]
    np.testing.assert_allclose(scores, expected, atol=1e-4)


def test_in_dispatch_a_score_is_what_play_earns_on_the_scale():
    first, second = draw_policies(1, seed=3), draw_policies(1, seed=4)
    team = FixedPolicy(np.stack([first[0], second[0]]))
    returns = evaluate(Dispatch(), team, 4_000, np.random.default_rng(1), gamma=0.9, horizon=100)[:, 0]
    earned = scoreboard.dispatch_scale().score(returns)
    error = earned.std() / np.sqrt(len(earned))
    assert cross_play.cross_scores(first, second)[0, 0] == pytest.approx(earned.mean(), abs=4 * error)


def test_a_game_that_is_given_counts_for_its_own_scale():
    game, policies = Dispatch(heavy_reward=8.0), draw_policies(2)
    tables = game.to_tabular()
    scores = cross_play.cross_scores(policies, policies, game)
    np.testing.assert_allclose(scores, cross_play.cross_scores(policies, policies, tables))
    scale, joint = scoreboard.find_scale(tables), cross_play.pair_everybody(policies, policies)
    np.testing.assert_allclose(scores, scale.score(scoreboard.mean_value(tables, joint)))
    assert abs(scores - cross_play.cross_scores(policies, policies)).max() > 1


@pytest.mark.parametrize("game", [Dispatch(view="own"), OneHot(Dispatch())], ids=["own view", "one-hot"])
def test_a_view_of_a_game_counts_as_the_game(game):
    policies = draw_policies(2)
    np.testing.assert_array_equal(
        cross_play.cross_scores(policies, policies, game), cross_play.cross_scores(policies, policies)
    )


def test_the_rush_hour_has_other_states_and_actions():
    game = RushHour()
    tables = game.to_tabular()
    best = solvers.value_iteration(tables, 0.9).joint_actions  # (S, N)
    first, second = np.eye(tables.num_actions)[best.T][:, None]  # (1, S, A) each
    uniform = uniform_policy(1, tables.num_states, tables.num_actions)
    assert cross_play.cross_scores(first, second, game) == pytest.approx(100)
    assert cross_play.cross_scores(uniform, uniform, game) == pytest.approx(0)
    assert cross_play.best_partner_scores(second, 1, game) == pytest.approx([100])


def test_a_team_is_judged_in_both_seats():
    game = one_step(np.array([[4.0, -2.0], [0.0, 2.0]]))
    team = np.stack([at_the_gates(A), at_the_gates(B)], axis=1)  # worker 0 at a, worker 1 at b
    others = np.stack([at_the_gates(A, B), at_the_gates(B, B)], axis=1)  # two teams
    # Even chances are worth 1. Our a meets b and b: -2, -2. Our b is met by a and b: -2, 2.
    assert cross_play.score_beside(team, others, game) == pytest.approx([100 * (-1 - 1) / 3])


def test_the_worst_partners_come_first():
    game = one_step(GATES)
    population = {
        name: np.stack([at_the_gates(row)] * 2, axis=1) for name, row in {"good": A, "even": EVEN, "bad": B}.items()
    }
    scores = cross_play.worst_partners(population["good"], population, game)
    assert list(scores) == ["bad", "even", "good"]
    assert [values.tolist() for values in scores.values()] == [
        pytest.approx([100 * (value - 0.5) / 3.5]) for value in (-2, 1, 4)
    ]


def test_the_worst_partners_are_those_beside_which_the_runs_do_worst_on_average():
    population = {
        name: np.stack([at_the_gates(row)] * 2, axis=1) for name, row in {"good": A, "even": EVEN, "bad": B}.items()
    }
    mixed = np.stack([at_the_gates(A, B)] * 2, axis=1)  # earns 4 and -2, 1 and 0, and -2 and 2
    assert list(cross_play.worst_partners(mixed, population, one_step(GATES))) == ["bad", "even", "good"]


def test_in_the_table_worker_0_is_of_the_row():
    game = one_step(np.array([[4.0, -2.0], [0.0, 2.0]]))  # even chances are worth 1
    population = {name: np.stack([at_the_gates(row)] * 2, axis=1) for name, row in {"a": A, "b": B}.items()}
    expected = np.array([[4, -2], [0, 2]])
    np.testing.assert_allclose(cross_play.cross_table(population, game), 100 * (expected - 1) / 3)


def test_in_the_table_runs_of_a_method_meet_other_runs():
    game = one_step(GATES)
    one_of_each = np.stack([at_the_gates(A, B)] * 2, axis=1)  # in self-play, both runs meet their like
    alone = np.stack([at_the_gates(A)] * 2, axis=1)
    table = cross_play.cross_table({"mixed": one_of_each, "alone": alone}, game)
    expected = np.array([[-2, 1], [1, 4]])
    np.testing.assert_allclose(table, 100 * (expected - 0.5) / 3.5)


def test_the_best_partner_by_hand():
    """Beside a the best is a, beside b it is b, and beside even chances a, worth 1, rather than b, worth 0."""
    game, policies = one_step(GATES), at_the_gates(A, B, EVEN)
    answers = cross_play.best_partners(policies, 0, game)
    assert answers[:, 0].argmax(axis=-1).tolist() == [0, 1, 0]
    np.testing.assert_allclose(
        cross_play.best_partner_scores(policies, 0, game), 100 * (np.array([4, 2, 1]) - 0.5) / 3.5
    )


@pytest.mark.parametrize(("later", "action"), [(1.05, 0), (1.2, 1)])
def test_the_best_partner_counts_a_step_later_at_nine_tenths(later, action):
    """By action 0 it takes 1 now, by action 1 the team moves on and earns `later` in the next step."""
    transitions, rewards = np.zeros((3, 2, 2, 3)), np.zeros((2, 3, 2, 2))
    transitions[0, :, 1, 1] = transitions[0, :, 0, 2] = transitions[1:, :, :, 2] = 1
    rewards[:, 0, :, 0], rewards[:, 1] = 1, later
    game = TabularMarkovGame(transitions, rewards, start=[1, 0, 0], terminal=[False, False, True])
    assert cross_play.best_partners(uniform_policy(1, 3, 2), 0, game)[0, 0].argmax() == action


@pytest.mark.parametrize("worker", [0, 1])
def test_in_dispatch_no_partner_does_better_than_the_best(worker):
    policies, others = draw_policies(3), draw_policies(30, seed=1)
    best = cross_play.best_partner_scores(policies, worker)
    answers = cross_play.best_partners(policies, worker)
    seats = [(policies, others), (others, policies)][worker]
    scores = cross_play.cross_scores(*seats)
    scores = scores if worker == 0 else scores.T
    assert (scores < best[:, None]).all()
    beside = cross_play.cross_scores(*[(policies, answers), (answers, policies)][worker])
    np.testing.assert_allclose(beside.diagonal(), best)


@pytest.mark.parametrize("worker", [0, 1])
def test_the_best_partner_of_half_of_the_best_team_is_the_other_half(worker):
    best = solvers.value_iteration(Dispatch().to_tabular(), 0.9).joint_actions  # (S, N)
    policies = np.eye(3)[best[:, worker]][None]
    assert cross_play.best_partner_scores(policies, worker) == pytest.approx([100])


def test_beside_a_partner_at_random_the_best_one_leaves_heavy_tasks():
    answer = cross_play.best_partners(uniform_policy(1, 18, 3))[0]
    assert answer[-1].argmax() != 2  # a=2 b=2 h=1


def test_the_best_partner_works_for_the_team_where_each_is_paid_its_own():
    policies = draw_policies(2)
    own = cross_play.best_partners(policies, 0, Dispatch(team_share=0.0))
    np.testing.assert_array_equal(own, cross_play.best_partners(policies))


def test_what_single_precision_has_rounded_is_good_enough():
    policies = draw_policies(2).astype(np.float32)
    scores = cross_play.cross_scores(policies, policies)
    np.testing.assert_allclose(scores, cross_play.cross_scores(draw_policies(2), draw_policies(2)), atol=1e-3)
    assert np.isfinite(cross_play.best_partner_scores(policies)).all()


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        (np.ones((2, 18, 3)), r"second\[0\]\[0\] must sum to 1, got 3"),
        (np.full((2, 18, 3), np.nan), "second must hold finite probabilities"),
        (np.ones((18, 3)) / 3, r"second must have shape \(runs, 18, 3\), got \(18, 3\)"),
        (np.ones((2, 2, 18, 3)) / 3, r"second must have shape .* such as team\[:, 0\]"),
        (np.ones((2, 6, 3)) / 3, r"second must have shape"),
        (np.ones((0, 18, 3)) / 3, r"second must have"),
    ],
)
def test_what_are_no_policies_is_refused(bad, message):
    with pytest.raises(ValueError, match=message):
        cross_play.cross_scores(draw_policies(1), bad)
    with pytest.raises(ValueError, match=message.replace("second", "first")):
        cross_play.cross_scores(bad, draw_policies(1))


@pytest.mark.parametrize("worker", [2, -1, None])
def test_another_worker_is_refused(worker):
    with pytest.raises(ValueError, match="worker must be 0 or 1"):
        cross_play.best_partners(draw_policies(1), worker)


def test_cross_play_is_of_two_workers_and_says_so():
    transitions, team = np.ones((1, 2, 2, 2, 1)), uniform_policy(4, 3, 1, 2)
    game = TabularMarkovGame(transitions, np.arange(24.0).reshape(3, 1, 2, 2, 2), [1])
    first = team[:, 0]
    for call in (
        lambda: cross_play.cross_scores(first, first, game),
        lambda: cross_play.cross_table({"team": team}, game),
        lambda: cross_play.score_beside(team, team, game),
        lambda: cross_play.best_partners(first, 2, game),
        lambda: cross_play.best_partner_scores(first, 0, game),
    ):
        with pytest.raises(ValueError, match="game must have 2 agents for cross-play, got 3; put workers"):
            call()
