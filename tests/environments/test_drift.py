"""The article's environment moves and pays as in the article, and its tables approximate it."""

import numpy as np
import pytest
from scipy import stats

from marl_lessons import solvers
from marl_lessons.environments import Drift
from marl_lessons.learners import RandomPolicy
from marl_lessons.rollout import evaluate

STEPS = np.arange(1, 101)


class AlwaysZero:
    def act(self, observations, rng, explore=True):
        return np.zeros(observations.shape[:2], dtype=int)


class GreedyOnCells:
    """Looks the best joint action up in the cell of x_0 and the step of the episode."""

    def __init__(self, optimum, low=-4.0, high=5.0):
        self.joint_actions = iter(optimum.joint_actions)  # one (S, N) for each step
        self.inner_edges = np.linspace(low, high, optimum.values.shape[1] + 1)[1:-1]

    def act(self, observations, rng, explore=True):
        return next(self.joint_actions)[np.digitize(observations[:, 0, 0], self.inner_edges)]


@pytest.fixture(scope="module")
def cells():
    return Drift().discretize()


@pytest.fixture(scope="module")
def optimum(cells):
    return solvers.value_iteration(cells, gamma=1, horizon=100)


def mean_absolute_normal(mean, variance):
    """E|X| of a normal X: the folded normal distribution."""
    return stats.foldnorm.mean(abs(mean) / np.sqrt(variance), scale=np.sqrt(variance))


def return_of_always_zero():
    """x_0 after t steps is N(0, 1 + 0.01·t), and every step pays the bonus 0.1."""
    return sum(0.1 - mean_absolute_normal(0, 1 + 0.01 * t) for t in STEPS)


def return_of_uniform_play():
    """The sum of three actions has mean 4.5 and variance 3.75; half of the steps pay the bonus."""
    return sum(0.05 - mean_absolute_normal(0.225 * t, 1 + (0.01 + 3.75 * 0.05**2) * t) for t in STEPS)


def measure(learner, seed=0, runs=10_000):
    returns = evaluate(Drift(), learner, runs, np.random.default_rng(seed)).mean(axis=1)
    return returns.mean(), 3 * returns.std() / np.sqrt(runs)


def test_only_the_first_number_is_pushed_and_all_drift():
    game, rng = Drift(), np.random.default_rng(0)
    state = np.zeros((20_000, 4))
    following, _, _ = game.step(state, np.tile([3, 2, 1], (20_000, 1)), rng)
    np.testing.assert_allclose(following.mean(axis=0), [0.3, 0, 0, 0], atol=0.004)
    np.testing.assert_allclose(following.std(axis=0), 0.1, atol=0.003)
    assert not state.any()


def test_the_reward_is_paid_after_the_move_with_a_bonus_for_low_actions():
    game, rng = Drift(), np.random.default_rng(0)
    following, rewards, terminated = game.step(np.ones((5, 4)), np.tile([0, 1, 2], (5, 1)), rng)
    np.testing.assert_allclose(rewards + np.abs(following[:, :1]), np.tile([0.1, 0.1, 0], (5, 1)))
    assert not terminated.any()


def test_starts_are_standard_normal():
    starts = Drift().reset(20_000, np.random.default_rng(0))
    assert stats.kstest(starts.ravel(), "norm").pvalue > 0.001


def test_always_zero_returns_minus_87():
    """The article's code measures about -84 over 500 episodes, whose standard error is 2.9."""
    mean, error = measure(AlwaysZero())
    assert return_of_always_zero() == pytest.approx(-87.42, abs=0.01)
    assert abs(mean - return_of_always_zero()) < error
    assert abs(-84 - return_of_always_zero()) < 2 * 2.9


def test_uniform_play_returns_minus_1133():
    """The article's code measures about -1,136 over 500 episodes, whose standard error is 5.6."""
    mean, error = measure(RandomPolicy(4))
    assert return_of_uniform_play() == pytest.approx(-1133.25, abs=0.01)
    assert abs(mean - return_of_uniform_play()) < error
    assert abs(-1136 - return_of_uniform_play()) < 2 * 5.6


def test_on_the_cells_always_zero_is_worth_the_exact_return_within_a_tenth(cells):
    only_zero = np.zeros((4, 4, 4), dtype=bool)
    only_zero[0, 0, 0] = True
    plan = solvers.value_iteration(cells, gamma=1, horizon=100, allowed=only_zero)
    assert cells.start @ plan.values[0] == pytest.approx(return_of_always_zero(), abs=0.1)


def test_the_greedy_policy_of_the_cells_earns_its_optimum_in_the_continuous_game(cells, optimum):
    predicted = cells.start @ optimum.values[0]
    assert predicted == pytest.approx(-54.12, abs=0.05)
    mean, error = measure(GreedyOnCells(optimum))
    assert abs(mean - predicted) < error + 0.1


def test_each_cell_expects_the_distance_and_the_bonuses(cells):
    state = 133  # the cell around 0
    assert cells.state_names[state] == "x=0.005"
    center = -4 + 9 / 300 * (state + 0.5)
    for joint_action in [(0, 0, 0), (3, 1, 2)]:
        distance = mean_absolute_normal(center + 0.05 * sum(joint_action), 0.01)
        expected = [0.1 * (action < 2) - distance for action in joint_action]
        np.testing.assert_allclose(cells.rewards[(slice(None), state, *joint_action)], expected, atol=2e-3)


def test_the_cells_take_less_than_100_megabytes(cells):
    assert cells.transitions.nbytes + cells.rewards.nbytes < 100e6


def test_an_empty_range_is_refused():
    with pytest.raises(ValueError, match="low must lie below high and cells above 0, got 2, 1 and 9"):
        Drift().discretize(low=2, high=1, cells=9)
