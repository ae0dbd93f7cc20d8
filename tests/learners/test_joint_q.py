"""The joint learner finds what is best for the team; learners of joint actions know values and still stand alone."""

from itertools import islice

import numpy as np
import pytest

from marl_lessons import games, solvers
from marl_lessons.environments import Dispatch, Drift, TwoStep
from marl_lessons.learners import JointActionLearner, JointQ
from marl_lessons.rollout import play, train


def test_the_joint_learner_finds_the_exact_values_and_the_optimum_of_the_two_step_game():
    learner = JointQ(TwoStep(), alpha=0.5, gamma=0.99, epsilon=1.0)
    rng = np.random.default_rng(0)
    train(TwoStep(), learner, 1_000, 4, rng)
    optimum = solvers.value_iteration(TwoStep(), 0.99)
    exact = optimum.joint_action_values.reshape(4, 4)
    np.testing.assert_allclose(learner.q_table[:, :3], [exact[:3]] * 4, atol=1e-3)
    at_the_start, at_2b = (learner.policies(np.full((4, 2), state)) for state in (0, 2))
    assert (at_the_start[:, 0] == [0, 1]).all()
    assert (at_2b == [0, 1]).all()


def test_in_a_general_sum_game_the_joint_learner_maximizes_the_mean_reward():
    game = games.prisoners_dilemma()
    learner = JointQ(game, alpha=0.1, gamma=0.0, epsilon=1.0)
    train(game, learner, 500, 2, np.random.default_rng(0))
    np.testing.assert_allclose(learner.q_table[:, 0], [game.payoffs.mean(axis=0).ravel()] * 2, atol=0.01)
    assert (learner.act(np.zeros((2, 2), int), np.random.default_rng(0), explore=False) == 0).all()


@pytest.mark.parametrize("make", [JointQ, JointActionLearner])
def test_each_agent_explores_by_itself(make):
    learner = make(games.climbing(), 0.1, 0.0, epsilon=0.3)
    learner.act(np.zeros((10_000, 2), int), np.random.default_rng(0))
    learner.q_table.reshape(10_000, -1)[:, ::9] = 1  # joint action (0, 0), once for each agent that has a table
    actions = learner.act(np.zeros((10_000, 2), int), np.random.default_rng(0))
    deviates = actions != 0
    np.testing.assert_allclose(deviates.mean(axis=0), 0.2, atol=0.02)
    assert deviates.all(axis=1).mean() == pytest.approx(0.04, abs=0.01)


def test_agents_that_see_different_things_have_no_common_controller():
    game = Dispatch(view="own")
    observations = game.observe(np.array([[0, 2, 1]]))
    with pytest.raises(ValueError, match="observations must be the same for all agents, got different ones"):
        JointQ(game, 0.1, 0.9, 0.1).act(observations, np.random.default_rng(0))


@pytest.mark.parametrize("make", [JointQ, JointActionLearner])
def test_features_and_another_number_of_runs_are_refused(make):
    with pytest.raises(ValueError, match="game must have integer observations"):
        make(Drift(), 0.1, 0.9, 0.1)
    learner = make(games.climbing(), 0.1, 0.0, 0.1)
    learner.act(np.zeros((3, 2), int), np.random.default_rng(0))
    with pytest.raises(ValueError, match="observations must be of 3 runs, as at first, got 2"):
        learner.act(np.zeros((2, 2), int), np.random.default_rng(0))


def test_before_anything_was_seen_the_others_are_expected_to_play_uniformly():
    game = games.climbing()
    learner = JointActionLearner(game, 1.0, 0.0, epsilon=1.0)
    learner.act(np.zeros((1, 2), int), np.random.default_rng(0))
    learner.q_table[:] = game.payoffs[:, None]
    uniform = [[1 / 3] * 3] * 2
    expected = [game.action_values(agent, uniform) for agent in range(2)]
    np.testing.assert_allclose(learner.expected_values(np.zeros((1, 2), int))[0], expected)


def test_expected_values_average_over_what_the_others_did():
    """Three agents in two runs, against exact action values under the frequencies counted by hand."""
    game = games.MatrixGame(np.random.default_rng(0).normal(size=(3, 2, 2, 2)))
    learner = JointActionLearner(game, alpha=1.0, gamma=0.0, epsilon=1.0)
    rng = np.random.default_rng(1)
    transitions = list(islice(play(game, learner, runs=2, rng=rng), 60))
    for transition in transitions:
        learner.update(transition, rng)
    chose_1 = np.mean([transition.actions for transition in transitions], axis=0)  # (R, N)
    expected = [[game.action_values(agent, np.stack([1 - p, p], axis=-1)) for agent in range(3)] for p in chose_1]
    np.testing.assert_allclose(learner.expected_values(np.zeros((2, 3), int)), expected)


def test_without_exploring_the_joint_learner_takes_the_first_of_several_best_joint_actions():
    """Agents that each drew one of the two for themselves would miss one another half of the time."""
    learner, rng = JointQ(games.penalty(), 0.1, 0.0, epsilon=0.0), np.random.default_rng(0)
    nothing = np.zeros((500, 2), dtype=int)
    learner.act(nothing, rng)
    learner.q_table[:] = games.penalty().payoffs[0].ravel()  # (a, a) and (c, c) are best
    assert (learner.act(nothing, rng, explore=False) == 0).all()
    drawn = learner.act(nothing, rng)
    assert set(map(tuple, drawn.tolist())) == {(0, 0), (2, 2)}
