"""What the tabular learners are known to find in small games, measured again with the protocol of each row.

A rate p over n runs may differ from the published one by 3·sqrt(p(1-p)/n); what should never or always happen may
differ by .02.
"""

from functools import cache

import numpy as np
import pytest

from marl_lessons import games, scoreboard
from marl_lessons.environments import Dispatch
from marl_lessons.learners import FMQ, IQL, DistributedQ, HystereticQ, JointActionLearner, JointQ, LenientQ
from marl_lessons.policies import exponential_schedule, linear_schedule
from marl_lessons.rollout import train
from tests.intervals import published
from tools.build_population import ArticlesHabits, FirstIndexIQL

pytestmark = pytest.mark.canon

RUNS = 200
PLAYS = 5_000
EPSILON = linear_schedule(1, 0, steps=4_000)
TEMPERATURE = exponential_schedule(5_000, np.exp(-0.003), floor=0.01)


def play(game, learner, runs=RUNS, plays=PLAYS):
    """Train with a fixed seed and return the final greedy joint actions (R, N)."""
    rng = np.random.default_rng(0)
    train(game, learner, plays, runs, rng)
    return learner.act(np.zeros((runs, game.num_agents), dtype=int), rng, explore=False)


def count_rate(joint_actions, *wanted):
    """Share of runs that end at one of the wanted joint actions."""
    return np.mean([(joint_actions == one).all(axis=-1) for one in wanted], axis=1).sum()


def tolerance(rate, runs=RUNS):
    return max(0.02, 3 * np.sqrt(rate * (1 - rate) / runs))


LEARNERS = {
    "IQL": lambda game: IQL(game, 0.1, 0.0, EPSILON),
    "joint actions": lambda game: JointActionLearner(game, 0.1, 0.0, EPSILON),
    "distributed": lambda game: DistributedQ(game, 0.0, EPSILON),
    "hysteretic": lambda game: HystereticQ(game, 0.1, 0.01, 0.0, EPSILON),
    "lenient": lambda game: LenientQ(game, 0.1, 0.0, EPSILON),
    "FMQ": lambda game: FMQ(game, 0.1, 0.0, EPSILON),
    "IQL softmax": lambda game: IQL(game, 0.1, 0.0, temperature=TEMPERATURE),
    "hysteretic softmax": lambda game: HystereticQ(game, 0.1, 0.01, 0.0, temperature=TEMPERATURE),
}


CLIMBING = {
    "certain": games.climbing(),
    "partly by chance": games.partially_stochastic_climbing(),
    "all by chance": games.stochastic_climbing(),
}


@cache
def climb(game, learner):
    """Play a form of climbing with a learner, both by name."""
    return play(CLIMBING[game], LEARNERS[learner](CLIMBING[game]))


# Rows 1, 2, 3: climbing, and what chance does to optimism.
@pytest.mark.parametrize(
    ("game", "learner", "rate"),
    [
        ("certain", "IQL", 0),
        ("certain", "joint actions", 0),
        ("certain", "distributed", 1),
        ("certain", "hysteretic", 1),
        ("certain", "lenient", 0.93),
        ("certain", "FMQ", 1),
        ("certain", "IQL softmax", 0.135),
        ("certain", "hysteretic softmax", 1),
        ("partly by chance", "IQL", 0),
        ("partly by chance", "distributed", 0),
        ("partly by chance", "hysteretic", 0.80),
        ("partly by chance", "lenient", 1),
        ("partly by chance", "FMQ", 0.997),
        ("all by chance", "IQL", 0),
        ("all by chance", "distributed", 0),
        ("all by chance", "hysteretic", 0.08),
        ("all by chance", "lenient", 0.02),
        ("all by chance", "FMQ", 0.10),
    ],
)
def test_how_often_climbing_ends_at_its_best_joint_action(game, learner, rate):
    assert count_rate(climb(game, learner), (0, 0)) == pytest.approx(rate, abs=tolerance(rate))


@pytest.mark.parametrize(
    ("game", "learner", "end", "rate"),
    [
        ("certain", "IQL", (2, 2), 0.94),
        ("certain", "IQL", (1, 2), 0.06),
        ("certain", "joint actions", (2, 2), 1),
        ("certain", "IQL softmax", (1, 1), 0.78),
        ("partly by chance", "distributed", (1, 1), 1),
    ],
)
def test_where_those_end_that_miss_the_best_of_climbing(game, learner, end, rate):
    assert count_rate(climb(game, learner), end) == pytest.approx(rate, abs=tolerance(rate))


@pytest.mark.parametrize(("epsilon", "rate"), [(0.05, 0.165), (0.1, 0.037), (0.2, 0)])
def test_with_a_constant_epsilon_iql_climbs_less_the_more_it_explores(epsilon, rate):
    ends = play(games.climbing(), IQL(games.climbing(), 0.1, 0.0, epsilon), runs=400)
    assert count_rate(ends, (0, 0)) == pytest.approx(rate, abs=tolerance(rate, runs=400))


def test_ties_broken_by_index_look_like_climbing():
    """The best joint action of climbing happens to be (0, 0), where an untrained argmax begins."""
    game = games.climbing()
    assert count_rate(play(game, FirstIndexIQL(game, 0.1, 0.0, 0.05)), (0, 0)) > 0.6


# Row 4: the penalty game.
@pytest.mark.parametrize(
    ("k", "learner", "rate"),
    [
        (-10, "IQL", 0.955),
        (-10, "joint actions", 0.15),
        (-10, "hysteretic", 1),
        (-100, "IQL", 0),
        (-100, "joint actions", 0),
        (-100, "hysteretic", 0.998),
        (-100, "IQL softmax", 0.97),
    ],
)
def test_how_often_penalty_ends_at_a_best_joint_action(k, learner, rate):
    ends = play(games.penalty(k), LEARNERS[learner](games.penalty(k)))
    assert count_rate(ends, (0, 0), (2, 2)) == pytest.approx(rate, abs=tolerance(rate))
    assert count_rate(ends, (0, 0), (1, 1), (2, 2)) >= 0.98


# Row 10: dilemmas.
@pytest.mark.parametrize(
    ("game", "rate"),
    [
        (games.prisoners_dilemma(), 0),
        (games.stag_hunt(3), 0),
        (games.stag_hunt(2), 0.15),
        (games.stag_hunt(1), 1),
    ],
    ids=["prisoner's dilemma", "x=3", "x=2", "x=1"],
)
def test_how_often_independent_learners_end_up_cooperating(game, rate):
    assert count_rate(play(game, LEARNERS["IQL"](game)), (0, 0)) == pytest.approx(rate, abs=tolerance(rate))


# Row 23: all in.
@pytest.mark.parametrize(("num_agents", "rate"), [(5, 1.0), (6, 0.91), (8, 0.58), (10, 0.32)])
def test_the_more_agents_must_go_in_together_the_fewer_teams_do(num_agents, rate):
    game = games.all_in(num_agents)
    ends = play(game, FirstIndexIQL(game, 0.1, 0.0, EPSILON), runs=300)
    assert count_rate(ends, (1,) * num_agents) == pytest.approx(rate, abs=0.09)


def test_with_ties_broken_at_random_more_teams_of_ten_go_in():
    """In most plays both actions pay -1, and values that have settled there tie: the index decides for "out"."""
    game = games.all_in(10)
    ends = play(game, IQL(game, 0.1, 0.0, EPSILON), runs=300)
    assert count_rate(ends, (1,) * 10) == pytest.approx(0.54, abs=0.09)


# Row 24: a bonus for defecting, with 2,000 plays.
@pytest.mark.parametrize(("bonus", "rate"), [(0, 1), (0.2, 1), (0.27, 0.99), (0.29, 0.89), (0.35, 0.02), (0.5, 0)])
def test_the_bonus_decides_how_often_independent_learners_cooperate(bonus, rate):
    game = games.defection_bonus(bonus)
    learner = IQL(game, 0.1, 0.0, linear_schedule(1, 0, steps=1_600))
    ends = play(game, learner, runs=400, plays=2_000)
    assert count_rate(ends, (0, 0)) == pytest.approx(rate, abs=tolerance(rate, runs=400))


# The dispatch game: 30,000 steps; 0 is uniform play and 100 the joint optimum.
STEPS = 30_000


def shrink_alpha(steps=STEPS):
    return linear_schedule(0.1, 0.01, steps)


def explore_less(steps=STEPS):
    return linear_schedule(1, 0.05, 0.6 * steps)


DISPATCH_LEARNERS = {
    "habits": lambda game: ArticlesHabits(game, 0.1, 0.9, exponential_schedule(1, 0.995)),
    "IQL": lambda game: IQL(game, shrink_alpha(), 0.9, explore_less()),
    "hysteretic": lambda game: HystereticQ(
        game, shrink_alpha(), linear_schedule(0.01, 0.001, STEPS), 0.9, explore_less()
    ),
    "joint": lambda game: JointQ(game, shrink_alpha(), 0.9, explore_less()),
}


def score_dispatch(learner, game, steps=STEPS, runs=100):
    """Train, and return the exact score of what each run has learned, (R,)."""
    played = game.to_tabular() if game.view == "full" else game  # tables are stepped faster
    train(played, learner, steps, runs, np.random.default_rng(0))
    return scoreboard.score_learner(learner, game, runs)


@pytest.mark.parametrize(
    ("learner", "view", "mean", "margin"),
    [
        ("habits", "full", 62.2, 2.8),
        ("habits", "own", 51.5, 3.9),
        ("IQL", "full", 75.7, 2.1),
        ("IQL", "own", 64.7, 4.8),
        ("hysteretic", "full", 89.5, 0.7),
        ("hysteretic", "own", 93.0, 0.7),
        ("joint", "full", 91.4, 0.3),
    ],
)
def test_the_score_in_dispatch_agrees_with_the_published_mean_and_95_percent_margin(learner, view, mean, margin):
    game = Dispatch(view=view)
    scores = score_dispatch(DISPATCH_LEARNERS[learner](game), game)
    assert scores.mean() == published(mean, margin)


def test_with_four_times_the_data_the_joint_learner_scores_95():
    game, steps = Dispatch(), 4 * STEPS
    learner = JointQ(game, shrink_alpha(steps), 0.9, explore_less(steps))
    assert score_dispatch(learner, game, steps, runs=20).mean() == pytest.approx(95.4, abs=1.0)
