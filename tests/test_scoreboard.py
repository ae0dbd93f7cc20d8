"""The scoreboard puts every team on one exact scale."""

import numpy as np
import pytest

from marl_lessons import scoreboard, solvers
from marl_lessons.environments import Dispatch
from marl_lessons.learners import FixedPolicy
from marl_lessons.policies import uniform_policy
from marl_lessons.rollout import evaluate


def serve_own_queue(num_observations):
    policies = np.zeros((2, num_observations, 3))
    policies[0, :, 0] = policies[1, :, 1] = 1
    return policies


def test_uniform_play_scores_0_and_the_joint_optimum_100():
    best = solvers.value_iteration(Dispatch().to_tabular(), 0.9).joint_actions
    assert scoreboard.score(solvers.joint_policy(uniform_policy(2, 18, 3))) == pytest.approx(0)
    assert scoreboard.score(solvers.deterministic_joint_policy(best, 3)) == pytest.approx(100)


def test_many_runs_are_scored_at_once():
    policies = np.stack([uniform_policy(2, 18, 3), serve_own_queue(18)])  # (R, N, S, A)
    scores = scoreboard.score(solvers.joint_policy(policies))
    assert scores[0] == pytest.approx(0)
    assert scores[1] == pytest.approx(scoreboard.score(solvers.joint_policy(serve_own_queue(18))))


@pytest.mark.parametrize(("view", "num_observations"), [("full", 18), ("own", 6)])
def test_a_learner_is_scored_by_what_it_does_at_what_it_sees(view, num_observations):
    team = FixedPolicy(serve_own_queue(num_observations))
    scores = scoreboard.score_learner(team, Dispatch(view=view), runs=2, rng=np.random.default_rng(0))
    assert scores == pytest.approx([scoreboard.score(solvers.joint_policy(serve_own_queue(18)))] * 2)


def test_a_score_is_what_play_earns_on_the_scale():
    returns = evaluate(
        Dispatch(), FixedPolicy(serve_own_queue(18)), 4_000, np.random.default_rng(1), gamma=0.9, horizon=100
    )[:, 0]
    earned = 100 * (returns - 8.1049) / (29.689 - 8.1049)
    error = earned.std() / np.sqrt(len(earned))
    assert earned.mean() == pytest.approx(scoreboard.score(solvers.joint_policy(serve_own_queue(18))), abs=4 * error)
