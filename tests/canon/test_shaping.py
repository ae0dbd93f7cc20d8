"""What bonuses, potentials and difference rewards do to learners, measured again with the protocol of each row."""

from functools import cache

import numpy as np
import pytest

from marl_lessons import scoreboard, shaping
from marl_lessons.environments import Crowd, Dispatch, Foraging
from marl_lessons.learners import IQL
from marl_lessons.policies import linear_schedule
from marl_lessons.rollout import train
from tests.intervals import published

pytestmark = pytest.mark.canon


# Row 14: the crowd; 1,000 evenings, α = .1, ε .05 → 0, 10 runs.
@pytest.mark.parametrize(
    ("num_agents", "reward", "worth", "margin"),
    [
        (100, "global", 6.15, 0.5),
        (100, "local", 5.78, 0.15),
        (100, "difference", 11.03, 0.15),
        (50, "global", 11.4, 0.5),
        (50, "local", 11.4, 0.3),  # elsewhere 11.85 was measured
        (50, "difference", 11.97, 0.15),
    ],
)
def test_what_a_crowd_is_worth_by_what_its_agents_are_paid(num_agents, reward, worth, margin):
    game, rng = Crowd(num_agents, reward=reward), np.random.default_rng(0)
    learner = IQL(game, 0.1, 0.0, linear_schedule(0.05, 0.0, 1_000))
    train(game, learner, 1_000, 10, rng, per_agent=False)
    nights = learner.act(game.observe(game.reset(10, rng)), rng, explore=False)
    assert game.worth(game.count_guests(nights)).sum(axis=1).mean() == pytest.approx(worth, abs=margin)


# Row 32: foraging on 4 × 4; γ = .95, α = .2, ε 1 → .05, 40,000 steps, 30 runs.
GAMMA = 0.95
FORAGING = Foraging(4)
DISTANCE = np.append(FORAGING.count_fewest_steps(), 0)
PAID = {
    "nothing": FORAGING,
    "bonus": shaping.WithBonus(FORAGING, shaping.diversity_bonus),
    "bonus, a tenth": shaping.WithBonus(FORAGING, shaping.diversity_bonus, 0.1),
    "potential -.1 distance": shaping.WithPotential(FORAGING, -0.1 * DISTANCE, GAMMA),
    "potential γ^distance": shaping.WithPotential(FORAGING, GAMMA**DISTANCE, GAMMA),
}


@cache
def forage(paid):
    learner = IQL(PAID[paid], 0.2, GAMMA, linear_schedule(1.0, 0.05, 40_000))
    train(PAID[paid], learner, 40_000, 30, np.random.default_rng(0))
    return scoreboard.score_forager(learner, FORAGING, 30, GAMMA)


@pytest.mark.parametrize(
    ("paid", "mean", "margin"),
    [
        ("nothing", 93.2, 0.6),
        ("bonus", 8.6, 1.1),
        ("bonus, a tenth", 71.6, 3.8),
        ("potential -.1 distance", 97.3, 0.3),
        ("potential γ^distance", 87.2, 1.3),
    ],
)
def test_what_foragers_earn_by_what_they_are_paid_on_top(paid, mean, margin):
    assert forage(paid).mean() == published(mean, margin)


# Dispatch: 30,000 steps, 100 runs; the bonus at printed strength does no harm there.
@pytest.mark.parametrize(("strength", "mean"), [(1, 76.5), (10, 66.3), (20, 63)])
def test_what_the_bonus_does_to_dispatch(strength, mean):
    table = Dispatch().to_tabular()
    game = shaping.WithBonus(table, shaping.diversity_bonus, strength)
    learner = IQL(game, linear_schedule(0.1, 0.01, 30_000), 0.9, linear_schedule(1.0, 0.05, 18_000))
    train(game, learner, 30_000, 60, np.random.default_rng(0))
    assert scoreboard.score_learner(learner, Dispatch(), 60).mean() == pytest.approx(mean, abs=5)


def test_difference_rewards_do_not_help_in_dispatch():
    """30,000 steps at equal schedules, 60 runs each."""
    dispatch, scores = Dispatch(), {}
    for name, game in {"team": dispatch, "difference": shaping.WithDifferences(dispatch)}.items():
        learner = IQL(game, linear_schedule(0.1, 0.01, 30_000), 0.9, linear_schedule(1.0, 0.05, 18_000))
        train(game, learner, 30_000, 60, np.random.default_rng(0))
        scores[name] = scoreboard.score_learner(learner, dispatch, 60)
    assert scores["difference"].mean() < scores["team"].mean() + 2
