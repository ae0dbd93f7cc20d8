"""What policy gradients are known to find, exactly and from plays, measured again with the protocol of each row."""

import re
from functools import cache

import numpy as np
import pytest

from marl_lessons import games, scoreboard
from marl_lessons.environments import Dispatch
from marl_lessons.learners import REINFORCE, ActorCritic, ClippedActorCritic, NaturalActorCritic
from marl_lessons.policies import joint_policy
from marl_lessons.policy_gradients import counterfactual_advantages, estimate_gradient, log_gradient
from marl_lessons.rollout import train
from marl_lessons.solvers.policy_gradient import climb_payoffs, climb_values, spread_over_states
from tests.intervals import published
from tools.build_notebooks import read_lesson

pytestmark = pytest.mark.canon


def end_of_climb(game, starts, steps=2_000, rate=0.1):
    """Follow the exact gradient and return the policies at the end, (…, N, A)."""
    return climb_payoffs(game, starts, rate, steps, keep=steps)[-1]


def share_at(policies, *cells):
    """Return the share of runs (R,) whose likeliest joint action is one of the cells."""
    likeliest = policies.argmax(axis=-1)
    return sum((likeliest == cell).all(axis=-1).mean() for cell in cells)


# Row 5: the exact gradient on climbing and penalty; rates over 1,000 runs may differ by 3·sqrt(p(1-p)/n).
def test_from_even_chances_climbing_stalls_at_bc():
    policies = end_of_climb(games.climbing(), np.zeros((2, 3)))
    assert policies.argmax(axis=-1).tolist() == [1, 2]
    np.testing.assert_allclose(games.climbing().expected_payoffs(policies), 6.0, atol=0.02)


@pytest.mark.parametrize(("cell", "rate"), [((0, 0), 0.22), ((1, 1), 0.40), ((1, 2), 0.36)])
def test_where_random_starts_lead_in_climbing(cell, rate):
    """Slow shifts from (b, c) to (b, b) go on for thousands of steps, so that those two are compared after 5,000."""
    starts = np.random.default_rng(0).normal(size=(1_000, 2, 3))
    ends = end_of_climb(games.climbing(), starts, steps=5_000)
    assert share_at(ends, cell) == pytest.approx(rate, abs=3 * np.sqrt(rate * (1 - rate) / 1_000))


@pytest.mark.parametrize(("k", "rate"), [(-10, 0.85), (-25, 0.65), (-50, 0.51), (-75, 0.42), (-100, 0.36)])
def test_in_penalty_even_chances_lead_to_2_and_random_starts_at_times_to_10(k, rate):
    game = games.penalty(k)
    np.testing.assert_allclose(game.expected_payoffs(end_of_climb(game, np.zeros((2, 3)), rate=0.05)), 2, atol=0.02)
    starts = np.random.default_rng(0).normal(size=(1_000, 2, 3))
    found = share_at(end_of_climb(game, starts, rate=0.05), (0, 0), (2, 2))
    assert found == pytest.approx(rate, abs=3 * np.sqrt(rate * (1 - rate) / 1_000))


# Row 12: one play of the team that must agree, 200,000 of them.
@pytest.mark.parametrize("num_agents", [2, 4, 8, 10])
def test_a_sampled_gradient_points_uphill_as_often_as_all_agree(num_agents):
    rng, plays = np.random.default_rng(0), 200_000
    policies, actions = np.full((num_agents, 2), 0.5), rng.integers(2, size=(plays, num_agents))
    payoffs = games.all_agree(num_agents).payoffs[(0, *actions.T)]
    samples = payoffs[:, None] * log_gradient(policies, actions)[..., 1]  # (K, N)
    gradient = np.full(num_agents, 0.5 * 2.0**-num_agents)  # ½ · (2^-(N-1) - 2^-N)
    estimate = estimate_gradient(policies, actions, payoffs)[:, 1]
    np.testing.assert_allclose(estimate, gradient, atol=4 * samples.std() / np.sqrt(plays))
    chance = 2.0**-num_agents
    assert (samples @ gradient > 0).mean() == pytest.approx(chance, abs=3 * np.sqrt(chance / plays))


# Row 13: the variance of one play's gradient where the team earns the sum, in any of the equal agents.
@pytest.mark.parametrize("num_agents", [2, 16, 64])
@pytest.mark.parametrize("baseline", ["none", "value", "counterfactual"])
def test_the_variance_of_a_play_s_gradient_grows_with_the_team_unless_the_baseline_is_its_own(num_agents, baseline):
    actions = np.random.default_rng(0).integers(2, size=(100_000, num_agents))
    payoffs = actions.sum(axis=1)
    would_pay = (payoffs - actions[:, 0])[:, None] + [0, 1]  # beside what the others did
    policy = np.array([0.5, 0.5])
    advantages = {
        "none": payoffs,
        "value": payoffs - num_agents / 2,
        "counterfactual": counterfactual_advantages(would_pay, policy, actions[:, 0]),
    }[baseline]
    exact = {"none": (num_agents**2 + num_agents - 1) / 16, "value": (num_agents - 1) / 16, "counterfactual": 0}
    samples = advantages * log_gradient(policy, actions[:, 0])[:, 1]
    assert samples.mean() == pytest.approx(0.25, abs=4 * samples.std() / np.sqrt(len(samples)))
    assert samples.var() == pytest.approx(exact[baseline], rel=0.05, abs=1e-12)


# Row 31: dispatch, 30,000 steps, scored greedily; 100 runs.
SAMPLED = {
    "actor-critic, .1": lambda game: ActorCritic(game, 0.1, 0.9),
    "actor-critic, .03": lambda game: ActorCritic(game, 0.03, 0.9),
    "natural": lambda game: NaturalActorCritic(game, 0.005, 0.9),
    "clipped": lambda game: ClippedActorCritic(game, 0.01, 0.9),
    "clipped, half": lambda game: ClippedActorCritic(game, 0.005, 0.9),
    "clipped, double": lambda game: ClippedActorCritic(game, 0.02, 0.9),
    "REINFORCE": lambda game: REINFORCE(game, 0.03, 0.9),
}


@cache
def score_sampled(name, view):
    """Train 100 runs; return their scores."""
    game = Dispatch(view=view)
    learner = SAMPLED[name](game)
    train(game.to_tabular() if view == "full" else game, learner, 30_000, 100, np.random.default_rng(0))
    return scoreboard.score_learner(learner, game, 100)


@pytest.mark.parametrize(
    ("name", "view", "mean", "margin"),
    [
        ("actor-critic, .1", "full", 74.8, 4.0),
        ("actor-critic, .03", "full", 82.0, 3.0),
        ("clipped", "full", 84.4, 3.7),
        ("clipped, half", "full", 84.4, 3.7),
        ("clipped, double", "full", 84.4, 3.7),
        ("natural", "full", 84.7, 3.2),
        ("REINFORCE", "full", 83.2, 2.3),
        ("actor-critic, .1", "own", 64.5, 5.3),
        ("REINFORCE", "own", 65.6, 5.3),
    ],
)
def test_the_score_of_a_policy_gradient_in_dispatch(name, view, mean, margin):
    assert score_sampled(name, view).mean() == published(mean, margin)


def read_scoreboard():
    """Return the table of lesson 10: team -> score."""
    rows = re.findall(r"^# \| \**(.+?)\** \| \**(\d+)\** \|$", read_lesson("10_policy_gradients"), flags=re.M)
    return {team: int(score) for team, score in rows}


@pytest.mark.parametrize(
    ("team", "name"),
    [
        ("actor–critic, α = 0.1", "actor-critic, .1"),
        ("actor–critic, α = 0.03", "actor-critic, .03"),
        ("clipped steps (as in PPO)", "clipped"),
        ("natural steps", "natural"),
        ("REINFORCE, α = 0.03", "REINFORCE"),
    ],
)
def test_the_scoreboard_of_the_lesson_shows_what_100_runs_score(team, name):
    scores = score_sampled(name, "full")
    assert read_scoreboard()[team] == pytest.approx(scores.mean(), abs=1)
    assert 1.96 * scores.std() / 10 < 3.5


@pytest.mark.parametrize(
    ("team", "score"),
    [
        ("the article's learner (lesson 07)", 62.2),  # canon/test_learning
        ("independent Q-learning", 75.7),
        ("hysteretic", 89.5),
        ("exact gradient (next cell)", 92.45),  # below
        ("distributed, 10,000 steps", 98),  # lessons/test_08_coordination
    ],
)
def test_the_scoreboard_of_the_lesson_repeats_what_other_tests_assert(team, score):
    assert read_scoreboard()[team] == pytest.approx(score, abs=0.51)


def score_exact(view, preferences, steps=3_000):
    """Follow the exact gradient of dispatch from preferences (R, N, O, A); return the scores (R,)."""
    dispatch = Dispatch(view=view)
    observations = dispatch.observe(dispatch.states)
    policies = climb_values(dispatch.to_tabular(), preferences, observations, 0.9, rate=2.0, steps=steps)
    return scoreboard.score(joint_policy(spread_over_states(policies, observations)))


@pytest.mark.parametrize(("view", "num_seen", "score"), [("full", 18, 92.45), ("own", 6, 45.90)])
def test_the_exact_gradient_of_dispatch_from_nearly_even_chances(view, num_seen, score):
    """A hair of noise lets two workers who are exactly alike fall to different sides."""
    preferences = 1e-6 * np.random.default_rng(0).normal(size=(5, 2, num_seen, 3))
    np.testing.assert_allclose(score_exact(view, preferences), score, atol=0.05)


@pytest.mark.parametrize(("view", "num_seen", "mean", "margin"), [("full", 18, 82, 4), ("own", 6, 70, 7)])
def test_the_exact_gradient_of_dispatch_from_random_starts(view, num_seen, mean, margin):
    preferences = np.random.default_rng(0).normal(size=(100, 2, num_seen, 3))
    scores = score_exact(view, preferences, steps=1_500)
    assert scores.mean() == published(mean, margin)
