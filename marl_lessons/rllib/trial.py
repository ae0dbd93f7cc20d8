"""A training that says how it goes: the score, and what it cost."""

import numpy as np

from marl_lessons.costs import Meter
from marl_lessons.environments import Dispatch
from marl_lessons.rllib.ray_process import explain_missing
from marl_lessons.rllib.shared_policy import SharedPolicy, show_network
from marl_lessons.rllib.training import train
from marl_lessons.rollout import evaluate
from marl_lessons.scoreboard import score_learner


def try_it(game=None, steps=4_000, seed=0, **resources):
    """Train as `train` does and print after each batch how good the policy is and what it cost so far.

    Parameters:
        game: a MarkovGame; default is dispatch, which is judged by its exact score, others by their mean return.
        steps, seed, resources: as for `train`.
    Returns:
        SharedPolicy; None where RLlib is not installed, which a sentence says then.
    """
    if missing := explain_missing():
        print(missing)
        return None
    game = Dispatch() if game is None else game
    judge = _score if game.action_names == Dispatch.action_names else _evaluate
    print(f"{'steps':>8}{'greedy':>9}{'drawn':>9}{'seconds':>9}{'on processors':>15}{'memory in GB':>14}")
    with Meter() as meter:

        def watch(step, policy):
            drawn = SharedPolicy(policy.compute_logits, greedy=False)
            values = f"{judge(policy, game):9.1f}{judge(drawn, game):9.1f}"
            costs = f"{meter.seconds:9.0f}{meter.processor_seconds:15.0f}{meter.peak_memory / 1e9:14.2f}"
            print(f"{step:8}{values}{costs}", flush=True)

        return train(game, steps, seed, watch, **resources)


def _score(policy, game):
    return score_learner(policy, show_network(game), runs=1)[0]


def _evaluate(policy, game, runs=200):
    horizon = game.horizon or 100  # a game may have none, and never end
    return evaluate(show_network(game), policy, runs, np.random.default_rng(0), horizon=horizon).mean()
