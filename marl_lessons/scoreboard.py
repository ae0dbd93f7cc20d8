"""The scoreboard of the dispatch game: every team of the course on one scale, exactly."""

from functools import cache

import numpy as np

from marl_lessons.environments import Dispatch
from marl_lessons.policies import uniform_policy
from marl_lessons.solvers import deterministic_joint_policy, evaluate_joint_policy, joint_policy, value_iteration

GAMMA = 0.9


def score(joint_policies):
    """Score joint policies by what the team earns: 0 is uniform play, 100 the exact joint optimum.

        100 (v(π) - v(uniform)) / (v* - v(uniform)),   v = mean value over the 18 start states, γ = 0.9

    Parameters:
        joint_policies: probabilities (…, S, A, A) over the states of `Dispatch.states`.
    Returns:
        Scores (…). A team can do worse than uniform play, below 0.
    """
    uniform_value, best_value = _find_ends_of_the_scale()
    return 100 * (_mean_value(joint_policies) - uniform_value) / (best_value - uniform_value)


def score_learner(learner, game, runs, rng):
    """Score what each run of a learner would do without exploring, in every state.

    Parameters:
        learner: a Learner, after training.
        game: the Dispatch game that it was trained on; what it observes there is what it gets to see here.
        runs: R, as in training.
        rng: numpy random Generator, which breaks the learner's ties.
    Returns:
        Scores (R,).
    """
    observations = game.observe(game.states)  # (S, N)
    choices = [learner.act(np.tile(seen, (runs, 1)), rng, explore=False) for seen in observations]  # S times (R, N)
    return score(deterministic_joint_policy(np.stack(choices, axis=1), game.num_actions))


@cache
def _find_ends_of_the_scale():
    uniform = joint_policy(uniform_policy(2, 18, 3))
    return _mean_value(uniform), value_iteration(_tables(), GAMMA).values.mean()


def _mean_value(joint_policies):
    return evaluate_joint_policy(_tables(), joint_policies, GAMMA)[..., 0, :].mean(axis=-1)


@cache
def _tables():
    return Dispatch().to_tabular()
