"""A record holds what there was to see; a replay is always the same, and leaves the team as it is."""

from typing import ClassVar

import numpy as np
import pytest

from marl_lessons import environments, games
from marl_lessons.leaks import HonestTeam
from marl_lessons.learners import COMA, IPPO, IQL, FixedPolicy, RandomPolicy
from marl_lessons.policies import sample_actions
from marl_lessons.replays import record, replay
from marl_lessons.rollout import train


class Rememberer:
    """A team that plays what it saw at the last step, and knows the state."""

    def begin(self, started):
        old = getattr(self, "memory", np.zeros((len(started), 2), dtype=int))
        self.memory = np.where(started[:, None], -1, old)

    def watch(self, state):
        self.state = state

    def policies(self, observations):
        return np.eye(3)[self.memory % 3]

    def act(self, observations, rng, explore=True):
        actions = sample_actions(self.policies(observations), rng)
        self.memory = observations
        return actions


def test_a_record_holds_observations_of_its_states_and_episodes_start_where_the_horizon_ends_them():
    game = environments.Dispatch("own", horizon=3)
    seen, states, started = record(RandomPolicy(3), game, np.random.default_rng(0), runs=5, steps=7)
    assert (seen.shape, states.shape, started.shape) == ((7, 5, 2), (7, 5, 3), (7, 5))
    assert all((game.observe(state) == now).all() for state, now in zip(states, seen, strict=True))
    assert (started == np.array([True, False, False, True, False, False, True])[:, None]).all()


def test_a_game_that_ends_by_itself_starts_anew():
    _, states, started = record(RandomPolicy(2), environments.TwoStep(), np.random.default_rng(0), runs=4, steps=4)
    assert started.tolist() == [[True] * 4, [False] * 4] * 2
    assert (states[::2] == 0).all()


def test_a_replay_follows_the_memory_of_the_team_which_forgets_when_an_episode_starts():
    game, team = environments.Dispatch("own", horizon=3), Rememberer()
    seen, states, started = record(team, game, np.random.default_rng(0), runs=5, steps=6)
    policies = replay(team, seen, states, started)
    assert policies.shape == (6, 5, 2, 3)
    np.testing.assert_array_equal(policies[1], np.eye(3)[seen[0] % 3])
    np.testing.assert_array_equal(policies[3], np.eye(3)[np.full((5, 2), 2)])
    assert not vars(team)  # neither of them touches the team itself


@pytest.mark.parametrize("team", [IQL(games.climbing(), 0.1, 0.0, 0.1), FixedPolicy(np.full((2, 1, 3), 1 / 3))])
def test_learners_are_teams_and_a_replay_is_the_same_every_time(team):
    parts = record(team, games.climbing(), np.random.default_rng(0), runs=3, steps=4)
    np.testing.assert_array_equal(replay(team, *parts), replay(team, *parts))
    assert getattr(team, "q_table", None) is None


@pytest.mark.parametrize(
    ("kind", "options"), [(IQL, (0.1, 0.9, 0.1)), (COMA, (0.1, 0.9)), (IPPO, (0.01, 0.9))], ids=["IQL", "COMA", "IPPO"]
)
def test_a_trained_learner_is_recorded_in_as_many_runs_as_it_was_trained_in(kind, options):
    game = environments.Dispatch("own")
    team = kind(game, *options)
    assert team.num_runs is None
    assert record(team, game, np.random.default_rng(0))[2].shape == (6, 16)
    train(game, team, 3, 5, np.random.default_rng(0))
    assert team.num_runs == 5
    parts = record(team, game, np.random.default_rng(0))
    assert replay(team, *parts).shape == (6, 5, 2, 3)


def test_a_team_that_remembers_what_it_did_by_chance_replays_the_same_every_time():
    game, rng = environments.Dispatch("own"), np.random.default_rng(0)
    team = HonestTeam(game, rng)
    parts = record(team, game, rng, runs=20, steps=6)
    np.testing.assert_array_equal(replay(team, *parts), replay(team, *parts))


class Starter(RandomPolicy):
    """Notes whenever it is told that episodes start; so do its copies."""

    told: ClassVar = []

    def begin(self, started):
        self.told.append(started.tolist())


def test_a_team_is_told_of_starts_where_there_are_some_only():
    game, team = environments.Dispatch("own", horizon=3), Starter(3)
    team.told.clear()
    parts = record(team, game, np.random.default_rng(0), runs=2, steps=6)
    assert team.told == [[True, True]] * 2
    replay(team, *parts)
    assert team.told == [[True, True]] * 4
