"""What the course's learners reach in games that others wrote."""

import numpy as np
import pytest

from marl_lessons.environments import Foraging
from marl_lessons.learners import IPPO, IQL, RandomPolicy, SharedQ
from marl_lessons.outside_games import SpreadByHand, level_based_foraging, simple_spread
from marl_lessons.policies import linear_schedule
from marl_lessons.rollout import evaluate, train
from marl_lessons.scoreboard import score_forager
from marl_lessons.views import Numbered
from tests.foraging_twins import SeenFromOutside

canon = pytest.mark.canon


def score_foragers(kind, alpha, runs, steps):
    """Scores (R,) of teams that learned in lbforaging, by our tables of the same game."""
    game = Numbered(level_based_foraging(size=4, levels=1, horizon=15), most=1_200)
    team = kind(game, alpha=alpha, gamma=0.95, epsilon=linear_schedule(1.0, 0.05, steps))
    train(game, team, steps, runs, np.random.default_rng(0))
    assert Foraging(size=4).num_playing <= len(game.numbers) <= 1_080  # and 240 without food
    return score_forager(team, SeenFromOutside(game), runs, gamma=0.95)


@canon
def test_iql_needs_tens_of_thousands_of_steps_of_foraging():
    assert score_foragers(IQL, 0.2, runs=5, steps=12_000).mean() == pytest.approx(69, abs=10)


@canon
def test_one_table_for_both_foragers_learns_faster_than_two():
    shared, own = (score_foragers(kind, 0.5, runs=8, steps=6_000) for kind in (SharedQ, IQL))
    assert own.mean() == pytest.approx(19, abs=7)
    assert shared.mean() > own.mean() + 10


@canon
def test_ippo_goes_a_third_of_the_way_from_random_play_to_the_rule_by_hand():
    game = simple_spread(local_ratio=0.0)
    options = {"batch": 250, "epochs": 8, "normalizes": True, "spread": 0.1}
    team = IPPO(game, learning_rate=0.01, gamma=0.9, **options)
    train(game, team, steps=3_000, runs=4, rng=np.random.default_rng(0))
    players = {"random": RandomPolicy(5), "team": team, "by hand": SpreadByHand(game)}
    earned = {
        name: np.mean([evaluate(game, player, 4, np.random.default_rng(seed)).mean() for seed in range(50)])
        for name, player in players.items()
    }
    assert earned["random"] == pytest.approx(-40, abs=3)
    assert earned["team"] == pytest.approx(-32, abs=4)
    assert earned["by hand"] == pytest.approx(-12.4, abs=1.5)
