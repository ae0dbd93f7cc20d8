"""A learner's own team is trained like all others, and a slip in it gets a plain sentence."""

import inspect
import re

import numpy as np
import pytest

from marl_lessons import shaping
from marl_lessons.environments import Dispatch, Drift, RushHour
from marl_lessons.learners import COMA, IPPO, IQL, QMIX, FixedPolicy, HystereticQ, JointQ, RandomPolicy
from marl_lessons.rollout import train
from marl_lessons.scoreboard import read_policies, score_learner, score_policies
from marl_lessons.tryouts import try_team
from marl_lessons.views import OneHot, WithIdentity


def make_iql(game):
    return IQL(game, 0.1, 0.9, 0.3)


def make_on(look):
    """Return the maker of an IQL team that trains on a view of the game."""

    def make(game):
        view = look(game)
        return view, make_iql(view)

    return make


MAKERS = {
    "independent": make_iql,
    "by a controller": lambda game: JointQ(game, 0.1, 0.9, 0.3),
    "by a mix": lambda game: QMIX(game, 0.1, 0.9, 0.3),
    "by a critic": lambda game: COMA(game, 0.1, 0.9),
    "networks": lambda game: IPPO(game, 0.01, 0.9),
    "networks of features": lambda game: (OneHot(game), IPPO(OneHot(game), 0.01, 0.9)),
    "own view": make_on(lambda game: game.with_view("own")),
    "one table": make_on(WithIdentity),
    "with a bonus": make_on(lambda game: shaping.WithBonus(game, shaping.diversity_bonus)),
    "with a potential": make_on(
        lambda game: shaping.WithPotential(game.to_tabular(), np.arange(len(game.states)) / 9, 0.9)
    ),
    "never learning": lambda game: RandomPolicy(game.num_actions),
}


@pytest.mark.parametrize("game", [Dispatch(), RushHour()], ids=["dispatch", "rush hour"])
@pytest.mark.parametrize("make_team", MAKERS.values(), ids=list(MAKERS))
def test_any_learner_of_the_course_gives_policies_over_the_games_states(make_team, game):
    policies = try_team(make_team, game, steps=20, runs=3)
    assert policies.shape == (3, 2, len(game.states), game.num_actions)
    np.testing.assert_allclose(policies.sum(axis=-1), 1)
    assert score_policies(policies, game).shape == (3,)


def test_it_trains_as_train_does_and_scores_as_score_learner_does():
    game, team = Dispatch(), make_iql(Dispatch())
    train(game, team, steps=300, runs=4, rng=np.random.default_rng(7))
    policies = try_team(make_iql, game, steps=300, runs=4, seed=7)
    np.testing.assert_array_equal(policies, read_policies(team, game, 4))
    np.testing.assert_array_equal(score_policies(policies, game), score_learner(team, game, 4))


class Unfinished:
    def __init__(self, num_actions=3):
        self.num_actions = num_actions

    def act(self, observations, rng, explore=True):
        return rng.integers(self.num_actions, size=observations.shape[:2])

    def policies(self, observations):
        return np.ones((*observations.shape[:2], 3))


class Finished(Unfinished):
    def update(self, transition, rng):
        """Learn nothing."""


class Misread(Finished):
    def policies(self, observations):
        return np.full((*observations.shape[:2], 4), 0.25)


class Shapeless(Finished):
    def policies(self, observations):
        return np.full((len(observations), 3), 1 / 3)


class Flat(Finished):
    def policies(self, observations):
        return np.ones(observations.shape[:2])


class Lonely(Finished):
    def policies(self, observations):
        return np.full((len(observations), 1, 3), 1 / 3)


class Negative(Finished):
    def policies(self, observations):
        return np.broadcast_to([1.5, -0.5, 0.0], (*observations.shape[:2], 3))


class Silent:
    act, update = Finished.act, Finished.update


@pytest.mark.parametrize(
    ("make_team", "error", "words"),
    [
        (lambda game: (make_iql(game),), TypeError, "got something of type tuple of 1; return the learner alone"),
        (lambda game: (game, make_iql(game), 5), TypeError, "of 3; return the learner alone, without a comma"),
        (lambda game: make_iql(Dispatch("own")), ValueError, "got one for 6 observations in place of 18; make it of"),
        (lambda game: IQL(game, 0.1, gamma=9, epsilon=0.3), ValueError, "gamma must lie in 0 … 1, got 9; correct it."),
        (lambda game: IQL(game, 0.1, 0.9, -0.1), ValueError, "epsilon must lie in 0 … 1, got -0.1"),
        (lambda game: IQL(game, lambda step: 2.0, 0.9, 0.1), ValueError, "alpha must lie in 0 … 1, got 2.0"),
        (lambda game: IQL(game, 0.1, 0.9, (1, 0.05, 900)), ValueError, "for a schedule write linear_schedule("),
        (
            lambda game: IQL(game, lambda step: 2.0 * (step == 0), 0.9, 0.1),
            ValueError,
            "alpha must lie in 0 … 1, got 2.0",
        ),
        (lambda game: IQL(game, "0.1", 0.9, 0.1), ValueError, "alpha must lie in 0 … 1, got 0.1; correct it."),
        (lambda game: HystereticQ(game, 0.1, 2.0, 0.9, 0.1), ValueError, "beta must lie in 0 … 1, got 2.0"),
        (lambda game: COMA(game, 0.1, 9), ValueError, "gamma must lie in 0 … 1, got 9"),
        (lambda game: Flat(), ValueError, "must be (R, N, A), here (2, 2, 3), at observations (R, N), got (2, 2)"),
        (lambda game: Lonely(), ValueError, "at observations (R, N), got (2, 1, 3); look at what policies() returns."),
        (lambda game: Negative(), ValueError, "must be probabilities that sum to 1 over the actions"),
        (lambda game: Silent(), TypeError, "without the method policies; write it."),
        (lambda game: Shapeless(), ValueError, "must be (R, N, A), here (2, 2, 3), at observations (R, N), got (2, 3)"),
        (IQL, TypeError, "alpha"),  # Python's own: it lacks arguments
        (lambda game: None, TypeError, "got None; is `return` missing?"),
        (lambda game: IQL, TypeError, "got the class IQL; call it, such as IQL(game, …)."),
        (lambda game: "IQL", TypeError, "got something of type str; return one of marl_lessons.learners"),
        (lambda game: Unfinished(), TypeError, "without the method update; write it."),
        (lambda game: (make_iql(game), game), TypeError, "got the learner first; exchange the two."),
        (lambda game: ("own", make_iql(game)), TypeError, "got something of type str first."),
        (make_iql(Dispatch()), TypeError, "give its name without brackets, make_team."),
        (
            make_on(lambda game: RushHour()),
            ValueError,
            "got one with 4 actions in place of 3; make the view of `game`.",
        ),
        (lambda game: Finished(5), ValueError, "actions must be integers of shape (2, 2) in 0 … 2"),
        (lambda game: Finished(), ValueError, "must be probabilities that sum to 1 over the actions"),
        (lambda game: Misread(), ValueError, "must be over 3 actions, as the game has, got 4"),
        (lambda game: FixedPolicy(np.ones((2, 6, 3)) / 3), IndexError, "out of bounds"),
    ],
)
def test_a_slip_is_told_in_a_sentence(make_team, error, words):
    with pytest.raises(error, match=re.escape(words)):
        try_team(make_team, Dispatch(), steps=30, runs=2)


def test_a_list_of_view_and_learner_will_do():
    as_list, as_pair = (try_team(make, Dispatch(), 20, 2) for make in (lambda game: [game, make_iql(game)], make_iql))
    np.testing.assert_array_equal(as_list, as_pair)


def test_a_gradient_learner_may_take_large_steps():
    assert try_team(lambda game: COMA(game, 2.0, 0.9), Dispatch(), 20, 2).shape == (2, 2, 18, 3)


@pytest.mark.parametrize("game", [None, "dispatch", Dispatch])
def test_what_is_no_game_is_refused(game):
    with pytest.raises(TypeError, match="game must be a game, got"):
        try_team(make_iql, game)


def test_without_being_asked_it_trains_50_runs_of_30_000_steps_from_seed_0():
    defaults = {name: parameter.default for name, parameter in inspect.signature(try_team).parameters.items()}
    assert (defaults["steps"], defaults["runs"], defaults["seed"]) == (30_000, 50, 0)


def test_the_least_counts_and_the_ends_of_the_ranges_will_do():
    policies = try_team(lambda game: IQL(game, 1.0, 1.0, 0.0), Dispatch(), steps=np.int64(1), runs=1)
    assert policies.shape == (1, 2, 18, 3)


def test_a_learner_made_for_more_than_its_view_shows_will_do():
    policies = try_team(lambda game: (game.with_view("own"), make_iql(game)), Dispatch(), 20, 2)
    assert policies.shape == (2, 2, 18, 3)


def test_a_count_in_words_is_told_in_quotes():
    with pytest.raises(ValueError, match="runs must be a whole number from 1 up, got 'many'"):
        try_team(make_iql, Dispatch(), runs="many")


@pytest.mark.parametrize("counts", [{"steps": 0}, {"steps": 1e4}, {"runs": 0}, {"runs": "many"}])
def test_what_is_no_count_is_refused(counts):
    with pytest.raises(ValueError, match="must be a whole number from 1 up, got"):
        try_team(make_iql, Dispatch(), **counts)


CALM = RushHour(speeds=np.ones((4, 2)))


@pytest.mark.parametrize("other", [RushHour(), RushHour("own"), RushHour(speeds=[(1, 1)], arrivals=[(0.5,) * 4])])
def test_a_view_of_another_game_with_as_many_actions_is_refused(other):
    with pytest.raises(ValueError, match=r'other rules .* such as game.with_view\("own"\)'):
        try_team(make_on(lambda game: other), CALM, 20, 2)


@pytest.mark.parametrize(
    "look",
    [lambda game: game.with_view("own"), lambda game: RushHour(speeds=game.speeds, waste_penalty=0), OneHot],
    ids=["own view", "other pay", "features"],
)
def test_a_view_may_show_less_and_pay_otherwise(look):
    def make(game):
        view = look(game)
        return view, RandomPolicy(4)

    assert try_team(make, CALM, 5, 2).shape == (2, 2, 216, 4)


def test_what_has_no_tables_is_refused_before_it_trains():
    with pytest.raises(ValueError, match="must have to_tabular"):
        try_team(lambda game: RandomPolicy(3), Drift(), steps=10**9)
