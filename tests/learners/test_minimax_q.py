"""Minimax Q-learning finds the values and policies that Shapley's iteration computes."""

import numpy as np
import pytest

from marl_lessons import games, solvers
from marl_lessons.environments import Drift
from marl_lessons.learners import MinimaxQ
from marl_lessons.markov_games import TabularMarkovGame
from marl_lessons.policies import exponential_schedule
from marl_lessons.rollout import Transition, train
from marl_lessons.solvers import zero_sum


@pytest.fixture(scope="module")
def contest():
    """Three states with rock-paper-scissors-like stakes, the last one terminal."""
    rng = np.random.default_rng(5)
    rewards = rng.normal(size=(3, 3, 3))
    return TabularMarkovGame(
        transitions=rng.dirichlet([2, 2, 0.5], size=(3, 3, 3)),
        rewards=np.stack([rewards, -rewards]),
        start=[0.5, 0.5, 0],
        terminal=[False, False, True],
    )


@pytest.fixture(scope="module")
def trained(contest):
    learner = MinimaxQ(contest, alpha=exponential_schedule(0.5, 0.9995), gamma=0.9, epsilon=0.5)
    train(contest, learner, steps=12_000, runs=10, rng=np.random.default_rng(0))
    return learner


def transition(state, joint_action, reward, next_state, terminated=False):
    """One step of one run."""
    seen, seen_next = np.array([[state, state]]), np.array([[next_state, next_state]])
    ended = np.array([terminated])
    return Transition(
        seen, np.array([joint_action]), np.array([[reward, -reward]]), seen_next, ended, ~ended, seen, seen_next
    )


def test_the_learned_values_are_those_of_shapley(contest, trained):
    exact = zero_sum.shapley_iteration(contest, 0.9)
    np.testing.assert_allclose(trained.values[:, :2], np.tile(exact.values[:2], (10, 1)), atol=0.1)


def test_nobody_can_exploit_what_was_learned(contest, trained):
    """Uniform play, for comparison, loses more than ten times as much to its best responses."""

    def exploit(policies):
        answers = [solvers.best_response(contest, agent, policies, 0.9).values @ contest.start for agent in (0, 1)]
        return sum(answers)

    learned = np.mean([exploit(policies) for policies in trained.policy_table])
    assert learned < 0.1 * exploit(np.full((2, 3, 3), 1 / 3))


def test_in_rock_paper_scissors_it_plays_every_action_a_third_of_the_time():
    game = games.rock_paper_scissors()
    learner = MinimaxQ(game, alpha=0.1, gamma=0.0, epsilon=0.2)
    train(game, learner, steps=1_500, runs=20, rng=np.random.default_rng(0))
    np.testing.assert_allclose(learner.policy_table, 1 / 3, atol=1e-3)


def test_one_update_by_hand(contest):
    """α = 1/2: Q(0, 2, 1) becomes half of r + γ V(1) = 4; against the other columns' 0, that is worth 0."""
    learner = MinimaxQ(contest, alpha=0.5, gamma=0.5, epsilon=0.0)
    learner.act(np.array([[0, 0]]), np.random.default_rng(0))
    learner.values[0, 1] = 6
    learner.update(transition(0, (2, 1), 1.0, 1), np.random.default_rng(0))
    assert learner.q_table[0, 0, 2, 1] == 2
    assert np.count_nonzero(learner.q_table) == 1
    assert learner.values[0, 0] == 0


def test_it_bootstraps_after_a_truncation_and_not_after_the_end(contest):
    for terminated, target in [(False, 1 + 0.5 * 6), (True, 1)]:
        learner = MinimaxQ(contest, alpha=1.0, gamma=0.5, epsilon=0.0)
        learner.act(np.array([[0, 0]]), np.random.default_rng(0))
        learner.values[0, 1] = 6
        learner.update(transition(0, (0, 0), 1.0, 1, terminated), np.random.default_rng(0))
        assert learner.q_table[0, 0, 0, 0] == target


def test_games_and_runs_that_do_not_fit_are_refused(contest):
    with pytest.raises(ValueError, match="game must have 2 agents, got 3"):
        MinimaxQ(games.all_agree(3), 0.1, 0.9, 0.1)
    with pytest.raises(ValueError, match="game must have integer observations"):
        MinimaxQ(Drift(num_agents=2), 0.1, 0.9, 0.1)
    learner = MinimaxQ(contest, 0.1, 0.9, 0.1)
    learner.act(np.zeros((3, 2), dtype=int), np.random.default_rng(0))
    with pytest.raises(ValueError, match="observations must be of 3 runs, as at first, got 4"):
        learner.act(np.zeros((4, 2), dtype=int), np.random.default_rng(0))
