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


class Coins(HonestTeam):
    """Honest agents that also remember a coin: their own, a rare one, or one that all of them see."""

    def __init__(self, game, rng, toss):
        super().__init__(game, rng)
        self.toss = toss

    def act(self, observations, rng, explore=True):
        actions = super().act(observations, rng)
        self.memory = (self.memory + self.toss(rng, actions.shape)) % 7
        return actions


TOSSES = {
    "own": lambda rng, shape: rng.integers(2, size=shape),
    "rare": lambda rng, shape: rng.random(shape) < 0.04,
    "seen by all": lambda rng, shape: rng.integers(2, size=(shape[0], 1)),
    "one after the other": lambda rng, shape: np.stack([rng.integers(2, size=shape[0]) for _ in range(shape[1])], 1),
}


@pytest.mark.parametrize("toss", TOSSES.values(), ids=TOSSES)
def test_luck_is_no_leak(toss):
    rng, game = np.random.default_rng(0), Dispatch("own")
    assert find_leaks(Coins(game, rng, toss), game, rng) == []


class Unsure(HonestTeam):
    """Honest agents that draw only where they are not certain: what one sees moves the luck of the next."""

    def policies(self, observations):
        policies = super().policies(observations)
        is_certain = (observations % 2 == 0)[..., None]
        return np.where(is_certain, np.eye(self.game.num_actions)[policies.argmax(axis=-1)], policies)

    def act(self, observations, rng, explore=True):
        policies = self.policies(observations)
        actions = policies.argmax(axis=-1)
        for run, agent in zip(*np.nonzero(policies.max(axis=-1) < 1), strict=True):
            actions[run, agent] = rng.choice(self.game.num_actions, p=policies[run, agent])
        self.memory = self.remember(observations, actions) % 7
        return actions


def test_luck_that_is_drawn_only_where_it_is_needed_is_no_leak():
    rng, game = np.random.default_rng(0), Dispatch("own")
    assert find_leaks(Unsure(game, rng), game, rng) == []


class CoinedCopycat(Copycat):
    """The same with a coin of its own, or with luck that is drawn for one agent after the other."""

    coin, one_by_one = 0, False

    def act(self, observations, rng, explore=True):
        actions = super().act(observations, rng)
        if self.one_by_one:
            actions[:, 0] = self.last = rng.integers(3, size=len(actions))
        else:
            self.coin = rng.integers(2, size=len(actions))
        return actions

    def policies(self, observations):
        policies = super().policies(observations)
        policies[:, 0] = 1 / 3
        policies[:, 1] = softmax(policies[:, 1] + 5 * np.eye(3)[np.broadcast_to(self.coin, len(policies))])
        return policies


@pytest.mark.parametrize("one_by_one", [False, True])
def test_what_others_did_by_chance_is_found_beside_other_luck(one_by_one):
    team = CoinedCopycat(3)
    team.one_by_one = one_by_one
    found = find_leaks(team, Dispatch("own"), np.random.default_rng(0))
    assert found == [Leak(1, "what others saw or did")]


class Liar(HonestTeam):
    """A team whose `policies` are honest, while agent 1 acts by the state, or by what agent 0 sees."""

    def __init__(self, game, rng, by_state):
        super().__init__(game, rng)
        self.by_state = by_state

    def watch(self, state):
        self.state = state.reshape(len(state), -1).sum(axis=1)

    def act(self, observations, rng, explore=True):
        actions = super().act(observations, rng)
        actions[:, 1] = (actions[:, 1] + (self.state if self.by_state else observations[:, 0])) % 3
        return actions


@pytest.mark.parametrize(("by_state", "source"), [(True, "state"), (False, "what others see")])
def test_actions_of_which_the_policies_do_not_tell_are_found(by_state, source):
    rng, game = np.random.default_rng(0), Dispatch("own")
    assert find_leaks(Liar(game, rng, by_state), game, rng) == [Leak(1, source)]


class ForgettingWatcher(PeekingTeam):
    """Peeks, and forgets what it has peeked at where an episode starts."""

    def begin(self, started):
        super().begin(started)
        self.peeked = None


def test_the_state_is_shown_after_an_episode_has_begun():
    rng, game = np.random.default_rng(0), Dispatch("own")
    assert find_leaks(ForgettingWatcher(game, rng), game, rng) == [Leak(1, "state")]


def test_an_honest_team_remembers_as_it_says():
    """m ← (2 m + o + a) mod 7."""
    team = HonestTeam(Dispatch("own"), np.random.default_rng(0))
    team.begin(np.array([True]))
    memory, rng = np.zeros((1, 2), int), np.random.default_rng(1)
    for seen in ([[5, 1]], [[2, 4]], [[3, 3]]):
        actions = team.act(np.array(seen), rng)
        memory = (2 * memory + seen + actions) % 7
        np.testing.assert_array_equal(team.memory, memory)


class Whisper(HonestTeam):
    """Agent 1 acts otherwise where agent 0 sees what it never sees in play."""

    def policies(self, observations):
        policies = super().policies(observations)
        policies[observations[:, 0] == 3, 1] = [1, 0]
        return policies


def test_what_only_an_observation_that_never_came_would_show_is_found():
    """In the two-step game nobody acts at its end, which is observation 3."""
    rng = np.random.default_rng(0)
    assert find_leaks(Whisper(TwoStep(), rng), TwoStep(), rng) == [Leak(1, "what others see")]


def test_one_earlier_episode_is_enough():
    rng, game = np.random.default_rng(0), Dispatch("own")
    team = LeakingTeam(game, rng, 0, "an earlier episode")
    assert find_leaks(team, game, rng, steps=25) == [Leak(0, "an earlier episode")]  # an episode has 20


class Wasteful(HonestTeam):
    """Honest agents that draw more than they need where agent 0 sees an odd number somewhere: other luck follows."""

    def act(self, observations, rng, explore=True):
        if observations[0, 0] % 2:
            rng.random((len(observations), 3))
        return super().act(observations, rng)


def test_other_luck_after_other_draws_is_no_leak():
    rng, game = np.random.default_rng(0), Dispatch("own")
    assert find_leaks(Wasteful(game, rng), game, rng) == []


@pytest.mark.parametrize("seed", [1, 2, 10])
def test_a_rare_coin_that_all_of_them_see_is_no_leak_even_in_a_few_runs(seed):
    game = Dispatch("own")
    team = Coins(game, np.random.default_rng(seed), lambda rng, shape: rng.random((shape[0], 1)) < 0.1)
    assert find_leaks(team, game, np.random.default_rng(seed), runs=4, steps=4) == []


@pytest.mark.parametrize("seed", range(3))
def test_what_others_did_by_chance_is_found_in_a_few_runs(seed):
    team = CoinedCopycat(3)
    team.one_by_one = True
    found = find_leaks(team, Dispatch("own"), np.random.default_rng(seed), runs=8, steps=10)
    assert found == [Leak(1, "what others saw or did")]
