"""What central critics are known to help with, and with what not, measured again with the protocol of each row."""

from functools import cache

import numpy as np
import pytest

from marl_lessons import scoreboard
from marl_lessons.environments import Dispatch, Relay, TwoStep
from marl_lessons.environments.two_step import COOPERATIVE, START
from marl_lessons.learners import COMA, IPPO, MAPPO, CentralActorCritic
from marl_lessons.policies import joint_policy, linear_schedule
from marl_lessons.rollout import train
from marl_lessons.solvers import evaluate_joint_policy
from tests.intervals import published

canon = pytest.mark.canon


# Row 25: exact.
@pytest.mark.parametrize(
    ("policies", "value"),
    [
        ([[0.5, 0.5], [0.5, 0.5]], 2.475),  # both uniform
        ([[0.5, 0.5], [0.0, 1.0]], 4.455),  # the partner is greedy
        ([[0.0, 1.0], [0.0, 1.0]], 7.92),
    ],
)
def test_the_target_of_a_joint_critic_moves_while_policies_change(policies, value):
    game = TwoStep()
    in_every_state = np.repeat(np.array(policies)[:, None], game.num_states, axis=1)  # (N, S, A)
    values = evaluate_joint_policy(game, joint_policy(in_every_state), 0.99)[0]  # (S,)
    after_b = game.transitions[START, 1, 0] @ values  # into the game that agent 0 chose
    assert after_b == values[COOPERATIVE]
    assert 0.99 * after_b == pytest.approx(value, abs=1e-9)


# Row 26, bit for bit, stands in tests/learners.


# Row 28: actors .2, critics .1, entropy .02; 200 runs, of row w = 2 as well.
SHORT = {"episodes": 2_500}
LONG = {"episodes": 1_500, "lit": (0.3, 0.3), "delay": 2}


@cache
def _score_relay(critic, trace, episodes, lit, options):
    game = Relay(lit, **dict(options))
    learner = CentralActorCritic(game, 0.2, 1.0, critic=critic, trace=trace, critic_alpha=0.1, entropy=0.02)
    train(game, learner, episodes * (game.delay + 2), 200, np.random.default_rng(0))
    return scoreboard.score_relay(learner, game, 200)


def score_relay(critic, trace, episodes, lit=(0.6, 0.3), **options):
    """Train 200 runs; return their scores."""
    return _score_relay(critic, trace, episodes, lit, tuple(options.items()))


@canon
@pytest.mark.parametrize(
    ("setting", "trace", "local", "central"),
    [
        (SHORT, 0.0, (3.8, 0.1), (93.5, 2)),
        (SHORT, 1.0, (97.9, 1), (96.3, 1)),
        (SHORT | {"remembers": True}, 0.0, (97, 1), (96, 1)),
        (LONG | {"day": 1.0}, 0.0, (40, 5), (81, 4)),
        (LONG | {"day": 1.0}, 0.9, (80, 4), (93, 2)),
        (LONG | {"day": 1.0, "remembers": True}, 0.0, (82, 3), (81, 3)),
        (LONG | {"day": 2.0}, 0.0, (61, 6), (77, 5)),
        (LONG | {"day": 2.0}, 0.5, (67, 6), (85, 4)),
        (LONG | {"day": 2.0}, 0.9, (67, 6), (90, 3)),
        (LONG | {"day": 2.0}, 1.0, (68, 6), (89, 3)),
    ],
)
def test_the_relay_with_a_local_and_with_a_central_critic(setting, trace, local, central):
    for critic, (mean, margin) in (("local", local), ("central", central)):
        scores = score_relay(critic, trace, **setting)
        assert scores.mean() == published(mean, margin), critic


@canon
@pytest.mark.parametrize(("sensors", "mean"), [(1, 88), (10, 83), (50, 75)])
def test_noise_that_it_sees_makes_a_central_critic_worse(sensors, mean):
    scores = score_relay("central", 0.5, **LONG, day=1.0, sensors=sensors)
    assert scores.mean() == published(mean, 4)


# Row 30: 30,000 steps, α = β = .1, 100 runs.
@cache
def score_dispatch(kind, view, initial=0.0, entropy=0.01):
    game = Dispatch(view)
    schedule = linear_schedule(entropy, 0.0, 24_000) if entropy >= 1 else entropy
    options = {"critic": "central"} if kind == "central" else {}
    learner_class = COMA if kind == "COMA" else CentralActorCritic
    learner = learner_class(game, 0.1, 0.9, initial=initial, entropy=schedule, **options)
    train(game, learner, 30_000, 100, np.random.default_rng(0))
    return scoreboard.score_learner(learner, game, 100)


@canon
@pytest.mark.parametrize(
    ("kind", "view", "options", "mean", "margin"),
    [
        ("COMA", "full", {}, 65.7, 3.6),
        ("COMA", "full", {"initial": 27.0}, 85.8, 2.5),
        ("COMA", "full", {"entropy": 1.0}, 70.8, 3.6),
        ("COMA", "full", {"initial": 27.0, "entropy": 1.0}, 93, 1),
        ("COMA", "own", {}, 63.0, 5),
        ("COMA", "own", {"initial": 27.0}, 77.8, 5),
        ("COMA", "own", {"entropy": 1.0}, 57.8, 4.4),
        ("COMA", "own", {"initial": 27.0, "entropy": 1.0}, 99.8, 0.1),
        ("local", "full", {"initial": 27.0, "entropy": 1.0}, 86.8, 2.2),
        ("local", "own", {"initial": 27.0, "entropy": 1.0}, 74, 5.3),
        ("central", "own", {"initial": 27.0, "entropy": 1.0}, 62, 4.8),
    ],
)
def test_the_counterfactual_critic_on_dispatch(kind, view, options, mean, margin):
    assert score_dispatch(kind, view, **options).mean() == published(mean, margin)


# With networks.
@canon
def test_with_networks_too_it_is_what_the_critic_sees_that_counts():
    """λ = 0, 20 runs, entropy .1 falling to 0, batches of 20 steps; the tables say 4 and 96."""
    scores = {}
    for kind in (IPPO, MAPPO):
        learner = kind(Relay(), 0.01, 1.0, batch=20, trace=0.0, entropy=linear_schedule(0.1, 0.0, 4_000))
        train(Relay(), learner, 5_000, 20, np.random.default_rng(0))
        scores[kind] = scoreboard.score_relay(learner, Relay(), 20)
    assert scores[MAPPO].mean() > scores[IPPO].mean() + 25
