"""Competition in numbers: how fast play converges, what soccer is worth, and how quickly foragers can meet."""

from itertools import islice

import numpy as np
import pytest

from marl_lessons import games, solvers
from marl_lessons.environments import Foraging, Soccer
from marl_lessons.learners import IQL, PHC, WoLFPHC
from marl_lessons.policies import joint_policy, linear_schedule, uniform_policy
from marl_lessons.rollout import play, train
from marl_lessons.solvers import dynamics, zero_sum

PENNIES, ROCK = games.matching_pennies(), games.rock_paper_scissors()
CENTER = np.array([0.5, 0.5])


# Row 9: cycling and converging.
@pytest.mark.parametrize(("game", "after_1000", "after_10000"), [(PENNIES, 0.046, 0.0142), (ROCK, 0.053, 0.0167)])
def test_fictitious_play_is_less_and_less_exploitable(game, after_1000, after_10000):
    """Both move at once, the first play is (0, 1), and ties go to the first action."""
    policies = dynamics.fictitious_play(game, steps=10_000, first_actions=[0, 1])
    exploitabilities = zero_sum.exploitability(game, policies)[[999, 9_999]]
    np.testing.assert_allclose(exploitabilities, [after_1000, after_10000], atol=1e-9)


def test_simultaneous_gradient_ascent_spirals_out_by_an_exact_factor():
    path = dynamics.gradient_ascent(PENNIES, start=(0.5, 0.52), rate=0.05, steps=100, project=False)
    radius = np.linalg.norm(path - CENTER, axis=-1)
    np.testing.assert_allclose(radius / radius[0], (1 + 16 * 0.05**2) ** (np.arange(101) / 2))
    assert radius[100] / radius[0] == pytest.approx(7.107, abs=0.0005)


@pytest.mark.parametrize("steps", [1_000, 5_000])
def test_infinitesimal_gradient_ascent_keeps_its_distance_of_one_half(steps):
    path = dynamics.gradient_ascent(PENNIES, start=(0.9, 0.2), rate=0.001, steps=steps)
    assert np.linalg.norm(path[-1] - CENTER) == pytest.approx(0.50, abs=0.005)


@pytest.mark.parametrize(("steps", "distance"), [(1_000, 0.014), (5_000, 0)])
def test_winning_slowly_and_losing_fast_spirals_in(steps, distance):
    path = dynamics.gradient_ascent(PENNIES, start=(0.9, 0.2), rate=0.001, steps=steps, losing_rate=0.004)
    assert np.linalg.norm(path[-1] - CENTER) == pytest.approx(distance, abs=0.0005)


def climb_sampled(game, learner_class, **rates):
    """Mean deviation from the equilibrium after 25,000 plays in 20 runs, from random policies, ε = .1.

    All schedules run eight times as fast as in the paper, which plays 200,000 times.
    """
    rng = np.random.default_rng(0)
    first = rng.dirichlet(np.ones(game.num_actions), size=(20, 2, 1))  # (R, N, O, A)
    learner = learner_class(game, lambda t: 1 / (10 + t / 1_250), 0.0, epsilon=0.1, initial=first, **rates)
    train(game, learner, steps=25_000, runs=20, rng=rng)
    return np.abs(learner.policy_table - 1 / game.num_actions).max(axis=-1).mean()


@pytest.mark.canon
@pytest.mark.parametrize("game", [PENNIES, ROCK], ids=lambda game: game.name)
def test_sampled_hill_climbing_converges_if_it_wins_slowly_and_circles_otherwise(game):
    """With 200,000 plays: .045 against .227 in matching pennies, .042 against .206 in rock, paper, scissors."""

    def slow(t):
        return 1 / (2_500 + t)

    assert climb_sampled(game, WoLFPHC, delta_win=slow, delta_lose=lambda t: 4 * slow(t)) < 0.08
    assert climb_sampled(game, PHC, delta=slow) > 0.15


# Row 11: Littman's soccer, gamma = .9, which counts as a draw with .1 a step.
class SoccerShares:
    """The exact tables, the minimax policies, and the share of decided matches that the left player wins."""

    def __init__(self):
        self.pitch = Soccer()
        self.game = self.pitch.to_tabular()
        self.solution = zero_sum.shapley_iteration(self.game, 0.9)
        self.uniform = uniform_policy(763, 5)
        goals = self.game.transitions[..., 760:762] * ~self.game.terminal[:, None, None, None]  # (S, A, A, 2)
        self.counting_goals = self.game.with_rewards(np.moveaxis(goals, -1, 0))

    def answer(self, agent, policies):
        best = solvers.best_response(self.game, agent, policies, 0.9)
        return np.eye(5)[best.joint_actions[:, 0]]

    def __call__(self, left, right):
        both = joint_policy(np.stack([left, right]))
        won, lost = solvers.evaluate_joint_policy(self.counting_goals, both, 0.9) @ self.game.start
        return 100 * won / (won + lost)


@pytest.fixture(scope="module")
def shares():
    return SoccerShares()


def test_the_first_ball_is_worth_19_hundredths(shares):
    with_ball, without = shares.solution.values[shares.pitch.starts]
    assert with_ball == pytest.approx(0.1916, abs=0.0001)
    assert without == pytest.approx(-with_ball)


def test_minimax_wins_99_of_100_against_random_and_half_against_its_best_response(shares):
    minimax = shares.solution.policies[0]
    assert shares(minimax, shares.uniform) == pytest.approx(99.5, abs=1.5)
    assert shares(minimax, shares.answer(1, [minimax, None])) == pytest.approx(50, abs=1e-4)


def test_the_best_answer_to_random_play_beats_it_and_loses_every_match_to_its_challenger(shares):
    greedy = shares.answer(0, [None, shares.uniform])
    assert shares(greedy, shares.uniform) == pytest.approx(99.7, abs=1.5)
    assert shares(greedy, shares.answer(1, [greedy, None])) == 0


# Row 22: mini foraging.
def test_the_best_foragers_need_3_50_steps_on_average():
    fewest = Foraging().count_fewest_steps()
    assert fewest.mean() == pytest.approx(3.50, abs=0.005)
    assert fewest.max() == 6


@pytest.mark.canon
def test_independent_learners_always_meet_but_need_longer_than_the_best():
    """About 5.5 steps after training for 200,000: α = .2, γ = .95, ε linear from 1 to .05; then 1,500 greedy steps."""
    game, steps = Foraging(), 200_000
    learner, rng = IQL(game, 0.2, 0.95, linear_schedule(1, 0.05, steps)), np.random.default_rng(0)
    train(game, learner, steps, runs=5, rng=rng)
    greedy = islice(play(game, learner, 5, rng, explore=False), 1_500)
    terminated, truncated = np.sum([(seen.terminated, seen.truncated) for seen in greedy], axis=(0, 2))
    assert truncated / (terminated + truncated) < 0.02
    assert 5 * 1_500 / (terminated + truncated) == pytest.approx(5.5, abs=0.4)
