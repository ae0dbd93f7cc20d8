"""The leak test passes honest teams, and finds and names what others depend on."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marl_lessons.environments import Dispatch, Drift, TwoStep
from marl_lessons.leaks import SOURCES, GossipingTeam, HonestTeam, Leak, PeekingTeam, find_leaks
from marl_lessons.learners import COMA, IQL, REINFORCE, CentralActorCritic, FixedPolicy, RandomPolicy
from marl_lessons.policies import softmax
from marl_lessons.rollout import train

SMALL = {"runs": 32, "steps": 45}
GAMES = {"own": Dispatch("own"), "full": Dispatch(), "two-step": TwoStep(), "three": Dispatch("own")}


class LeakingTeam(HonestTeam):
    """A random team with memory in which one agent depends on one thing that it may not know."""

    def __init__(self, game, rng, agent, source):
        super().__init__(game, rng)
        self.agent, self.source = agent, source

    def watch(self, state):
        self.state = state

    def begin(self, started):
        super().begin(started)
        if self.source == "an earlier episode" and hasattr(self, "old"):
            self.memory[:, self.agent] = np.where(started, self.old, self.memory[:, self.agent])

    def policies(self, observations):
        mine = observations.copy()
        extra = {
            "state": lambda: self.state.reshape(len(mine), -1).sum(axis=1),
            "what others see": lambda: observations.sum(axis=1) - observations[:, self.agent],
            "other runs": lambda: np.roll(observations[:, self.agent], 1),
        }.get(self.source, lambda: 0)()
        mine[:, self.agent] = (mine[:, self.agent] + extra) % self.game.num_observations
        return super().policies(mine)

    def remember(self, observations, actions):
        memory = super().remember(observations, actions)
        if self.source == "what others saw or did":
            memory[:, self.agent] += actions.sum(axis=1) - actions[:, self.agent]
        self.old = memory[:, self.agent] % 7
        return memory


@settings(max_examples=10, deadline=None, derandomize=True)
@given(seed=st.integers(0, 10_000), name=st.sampled_from(sorted(GAMES)))
def test_a_random_honest_team_with_memory_passes(seed, name):
    rng = np.random.default_rng(seed)
    assert find_leaks(HonestTeam(GAMES[name], rng), GAMES[name], rng, **SMALL) == []


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("agent", [0, 1])
def test_any_dependence_is_found_and_named(source, agent):
    for seed in range(5):
        rng, game = np.random.default_rng(seed), Dispatch("own")
        found = find_leaks(LeakingTeam(game, rng, agent, source), game, rng, **SMALL)
        assert Leak(agent, source) in found
        assert {leak.agent for leak in found} == {agent}
        if source not in ("other runs",):
            assert {leak.source for leak in found} == {source}


def test_the_example_teams():
    game = Dispatch("own")
    rng = np.random.default_rng(0)
    assert find_leaks(PeekingTeam(game, rng), game, rng) == [Leak(1, "state")]
    assert find_leaks(GossipingTeam(game, rng), game, rng) == [
        Leak(0, "what others saw or did"),
        Leak(1, "what others saw or did"),
    ]
    assert find_leaks(HonestTeam(game, rng), game, rng) == []


class Copycat(RandomPolicy):
    """Acts at random, except that agent 1 does what agent 0 has just done."""

    last = None

    def begin(self, started):
        self.last = np.zeros(len(started), int) if self.last is None else np.where(started, 0, self.last)

    def act(self, observations, rng, explore=True):
        actions = super().act(observations, rng)
        actions[:, 1] = self.last
        self.last = actions[:, 0]
        return actions

    def policies(self, observations):
        policies = super().policies(observations)
        policies[:, 1] = np.eye(self.num_actions)[self.last]
        return policies


def test_what_others_did_by_chance_alone_is_found():
    found = find_leaks(Copycat(3), Dispatch("own"), np.random.default_rng(0))
    assert found == [Leak(1, "what others saw or did")]


class Mean:
    """Agents that see features, one of which acts by the mean over all runs."""

    def __init__(self, reads_others):
        self.reads_others = reads_others

    def act(self, observations, rng, explore=True):
        return self.policies(observations).argmax(axis=-1)

    def policies(self, observations):
        seen = observations[..., 0].copy()  # (R, N)
        if self.reads_others:
            seen[:, 1] -= seen[:, 1].mean()
        return softmax(seen[..., None] * np.arange(4))


def test_a_team_that_sees_features_and_has_no_memory_is_tested_too():
    rng = np.random.default_rng(0)
    assert find_leaks(Mean(reads_others=False), Drift(), rng, **SMALL) == []
    found = find_leaks(Mean(reads_others=True), Drift(), rng, **SMALL)
    assert Leak(1, "other runs") in found
    assert {leak.agent for leak in found} == {1}


@pytest.mark.parametrize(
    "make",
    [
        lambda game: IQL(game, 0.1, 0.9, 0.2),
        lambda game: REINFORCE(game, 0.1, 0.9),
        lambda game: CentralActorCritic(game, 0.1, 0.9, critic="central"),
        lambda game: COMA(game, 0.1, 0.9),
        lambda game: FixedPolicy(np.ones((2, 6, 3)) / 3),
    ],
)
def test_learners_that_a_critic_helped_in_training_do_not_leak(make):
    game, rng = Dispatch("own"), np.random.default_rng(0)
    learner = make(game)
    train(game, learner, 200, 16, rng)
    assert find_leaks(learner, game, rng, runs=16) == []


def test_too_few_runs_are_refused():
    with pytest.raises(ValueError, match="runs must be at least 4"):
        find_leaks(RandomPolicy(3), Dispatch(), np.random.default_rng(0), runs=3)
