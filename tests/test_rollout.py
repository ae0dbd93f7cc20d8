"""The one loop: resets, truncation, bookkeeping and reproducibility."""

import itertools
import tracemalloc
from functools import partial

import numpy as np
import pytest
import tqdm.auto

from marl_lessons import games, rollout
from marl_lessons.environments import Dispatch, Drift, TwoStep
from marl_lessons.learners import RandomPolicy
from marl_lessons.markov_games import MarkovGame


class Counter(MarkovGame):
    """Each run counts its own steps from a random start and ends at 10; both agents receive the count."""

    num_agents, num_actions, num_observations = 2, 2, 11

    def __init__(self, horizon=None):
        self.horizon = horizon

    def reset(self, runs, rng):
        return rng.integers(5, size=runs)

    def observe(self, state):
        return np.stack([state, state], axis=1)

    def step(self, state, actions, rng):
        following = state + 1
        return following, np.stack([following, -following], axis=1), following == 10


class Recorder(RandomPolicy):
    """Plays at random and keeps every transition."""

    def __init__(self, num_actions):
        super().__init__(num_actions)
        self.transitions = []

    def update(self, transition, rng):
        self.transitions.append(transition)


class Returning:
    """Answers with whatever it was given."""

    def __init__(self, actions):
        self.actions = actions

    def act(self, observations, rng, explore=True):
        return self.actions

    def update(self, transition, rng):
        pass


class Rememberer(Recorder):
    """Keeps in which runs episodes start, with the number of steps before."""

    def __init__(self, num_actions):
        super().__init__(num_actions)
        self.starts = []

    def begin(self, started):
        self.starts.append((len(self.transitions), started.tolist()))


def record(game, steps, runs):
    learner = Recorder(game.num_actions)
    history = rollout.train(game, learner, steps, runs, np.random.default_rng(0))
    return learner.transitions, history


def test_each_run_starts_again_when_its_own_episode_has_ended():
    transitions, _ = record(Counter(), steps=30, runs=6)
    for before, after in itertools.pairwise(transitions):
        assert (before.next_state[before.terminated] == 10).all()
        assert (after.state[before.terminated] < 5).all()
        assert (after.state[~before.terminated] == before.next_state[~before.terminated]).all()


def test_the_last_transition_shows_the_end_and_not_the_next_start():
    transitions, _ = record(Counter(), steps=30, runs=6)
    for transition in transitions:
        np.testing.assert_array_equal(transition.next_observations[:, 0], transition.next_state)
        np.testing.assert_array_equal(transition.observations[:, 0], transition.state)


def test_the_horizon_truncates_and_never_where_the_game_has_ended():
    transitions, _ = record(Counter(horizon=6), steps=60, runs=8)
    terminated = np.array([transition.terminated for transition in transitions])  # (T, R)
    truncated = np.array([transition.truncated for transition in transitions])
    assert terminated.any()
    assert truncated.any()
    assert not (terminated & truncated).any()
    for run in range(8):
        ends = np.flatnonzero(terminated[:, run] | truncated[:, run])
        lengths = np.diff(ends, prepend=-1)
        assert (lengths[truncated[ends, run]] == 6).all()
        assert (lengths <= 6).all()


def test_a_run_that_ends_at_the_horizon_has_terminated():
    transitions, _ = record(games.chicken(), steps=3, runs=2)
    assert all(transition.terminated.all() and not transition.truncated.any() for transition in transitions)


@pytest.mark.parametrize("per_agent", [True, False])
def test_returns_by_episode_are_those_of_the_episodes_one_after_the_other(per_agent):
    game, runs, steps = Drift(horizon=10), 3, 60
    learner = Recorder(4)
    history = rollout.train(game, learner, steps, runs, np.random.default_rng(5), per_agent=per_agent)
    rewards = np.array([t.rewards.mean(axis=1) for t in learner.transitions])  # (T, R)
    np.testing.assert_allclose(history.returns_by_episode(), rewards.reshape(6, 10, runs).sum(axis=1).T)


def test_history_keeps_mean_rewards_and_the_returns_of_finished_episodes():
    transitions, history = record(Counter(), steps=500, runs=3)
    assert history.steps[-1] == 500
    assert history.rewards.shape == history.returns.shape == (200, 3, 2)
    lengths = np.diff(history.steps, prepend=0)
    total = np.sum([transition.rewards for transition in transitions], axis=0)  # (R, N)
    np.testing.assert_allclose((history.rewards * lengths[:, None, None]).sum(axis=0), total)
    # From start s an episode pays (s+1) + … + 10 to agent 0.
    starts = [set() for _ in range(3)]
    for transition in transitions:
        for run in range(3):
            starts[run].add(sum(range(transition.state[run] + 1, 11)))
    finished = history.returns[history.episodes == 1]  # (episodes, N), windows with one episode
    assert set(finished[:, 0]) <= set.union(*starts)
    np.testing.assert_array_equal(finished[:, 1], -finished[:, 0])
    assert np.isnan(history.returns[history.episodes == 0]).all()
    ends = np.sum([transition.terminated for transition in transitions], axis=0)
    assert history.episodes.sum(axis=0).tolist() == ends.tolist()


def test_a_short_training_has_one_window_for_each_step():
    _, history = record(games.chicken(), steps=7, runs=2)
    assert history.steps.tolist() == [1, 2, 3, 4, 5, 6, 7]
    assert (history.episodes == 1).all()
    np.testing.assert_array_equal(history.returns, history.rewards)


@pytest.mark.parametrize("game", [Dispatch(), Drift(), TwoStep()], ids=["dispatch", "drift", "two-step"])
def test_the_same_seed_gives_the_same_bytes(game):
    def run(seed):
        history = rollout.train(game, RandomPolicy(game.num_actions), 150, 5, np.random.default_rng(seed))
        return history.rewards.tobytes() + history.returns.tobytes()

    assert run(7) == run(7)
    assert run(7) != run(8)


def test_evaluation_plays_one_episode_in_each_run_and_discounts():
    learner = Recorder(2)
    returns = rollout.evaluate(Counter(), learner, 50, np.random.default_rng(0), gamma=0.5)
    starts = Counter().reset(50, np.random.default_rng(0))
    expected = [sum(0.5**t * (start + 1 + t) for t in range(10 - start)) for start in starts]
    np.testing.assert_allclose(returns[:, 0], expected)
    np.testing.assert_allclose(returns[:, 1], np.negative(expected))
    assert learner.transitions == []


def test_a_learner_that_wants_to_know_hears_before_its_first_action_where_an_episode_starts():
    learner = Rememberer(2)
    rollout.train(Counter(horizon=6), learner, 30, 6, np.random.default_rng(0))
    ends = [(seen.terminated | seen.truncated).tolist() for seen in learner.transitions[:-1]]
    assert learner.starts == [(0, [True] * 6), *[(step, ended) for step, ended in enumerate(ends, 1) if any(ended)]]


@pytest.mark.parametrize("play_once", [rollout.train, rollout.evaluate])
def test_every_training_and_every_evaluation_starts_anew(play_once):
    learner, options = Rememberer(2), {"steps": 3} if play_once is rollout.train else {}
    for _ in range(2):
        learner.starts.clear()
        play_once(Counter(horizon=6), learner, runs=4, rng=np.random.default_rng(0), **options)
        assert learner.starts[0][1] == [True] * 4


def test_a_learner_learns_with_the_generator_of_the_training():
    class Drawing(RandomPolicy):
        def update(self, transition, rng):
            self.rng = rng

    learner, rng = Drawing(2), np.random.default_rng(0)
    rollout.train(Counter(), learner, 1, 2, rng)
    assert learner.rng is rng


def test_means_over_the_agents_are_those_of_what_each_agent_earns():
    each, mean = (
        rollout.train(Dispatch(team_share=0.0), RandomPolicy(3), 300, 4, np.random.default_rng(0), per_agent=per_agent)
        for per_agent in (True, False)
    )
    assert each.rewards.shape == each.returns.shape == (200, 4, 2)
    np.testing.assert_allclose(mean.rewards, each.rewards.mean(axis=-1))
    np.testing.assert_allclose(mean.returns, each.returns.mean(axis=-1))
    np.testing.assert_array_equal(mean.episodes, each.episodes)


def test_with_means_only_the_history_of_many_agents_fits_where_one_step_does():
    """One array of a step has 0.8 MB; what each of 100,000 agents earns in 200 windows would take 160 MB, twice."""
    crowd, rng = Drift(num_agents=100_000), np.random.default_rng(0)
    tracemalloc.start()
    rollout.train(crowd, RandomPolicy(4), 200, 1, rng, per_agent=False)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 30 * 8 * 100_000


def test_evaluation_stops_at_the_horizon():
    returns = rollout.evaluate(Counter(), RandomPolicy(2), 20, np.random.default_rng(0), horizon=1)
    np.testing.assert_array_equal(returns[:, 0], Counter().reset(20, np.random.default_rng(0)) + 1)


def test_evaluation_does_not_explore():
    class Shy(RandomPolicy):
        def act(self, observations, rng, explore=True):
            return np.full(observations.shape[:2], int(explore))

    always_first = games.chicken().payoffs[:, 0, 0]
    returns = rollout.evaluate(games.chicken(), Shy(2), 3, np.random.default_rng(0))
    assert (returns == always_first).all()


@pytest.mark.parametrize(
    ("actions", "message"),
    [
        ([[0, 1]], r"actions must be integers of shape \(3, 2\) in 0 … 1, got a list"),
        (np.zeros((2, 3), int), r"got int64 \(2, 3\)"),
        (np.zeros((3, 2)), r"got float64 \(3, 2\)"),
        (np.full((3, 2), 2), "got 2 … 2; return one action for every run and agent"),
        (np.full((3, 2), -1), "got -1 … -1"),
    ],
)
def test_actions_that_break_the_contract_are_refused(actions, message):
    with pytest.raises(ValueError, match=message):
        rollout.train(games.chicken(), Returning(actions), 5, 3, np.random.default_rng(0))


def test_a_training_without_steps_is_refused():
    with pytest.raises(ValueError, match="steps must be at least 1, got 0"):
        rollout.train(games.chicken(), RandomPolicy(2), 0, 3, np.random.default_rng(0))


def test_a_progress_bar_counts_the_steps_and_changes_no_number(capsys, monkeypatch):
    # Where a test before this one has loaded tqdm, it has read TQDM_DISABLE already.
    monkeypatch.setattr("tqdm.auto.tqdm", partial(tqdm.std.tqdm, disable=False))
    shown, hidden = (
        rollout.train(games.chicken(), RandomPolicy(2), 30, 3, np.random.default_rng(0), progress=progress)
        for progress in [True, False]
    )
    assert "30/30" in capsys.readouterr().err
    np.testing.assert_array_equal(shown.rewards, hidden.rewards)


def test_memory_does_not_grow_with_the_number_of_steps():
    history = rollout.train(games.chicken(), RandomPolicy(2), 2_000, 4, np.random.default_rng(0))
    assert history.rewards.shape == (200, 4, 2)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            lambda rewards, ends: (rewards[:, 0], ends),
            r"rewards must be numbers of shape \(3, 2\), got float64 of shape",
        ),
        (lambda rewards, ends: (rewards.tolist(), ends), r"rewards must be numbers .*, got list; correct"),
        (lambda rewards, ends: (rewards > 0, ends), "rewards must be numbers .*, got bool of shape"),
        (lambda rewards, ends: (rewards, False), r"terminated must be booleans of shape \(3,\), got bool; correct"),
        (lambda rewards, ends: (rewards, ends.astype(int)), "terminated must be booleans .*, got int64 of shape"),
        (lambda rewards, ends: (rewards, ends[:, None]), r"terminated must be .*, got bool of shape \(3, 1\); correct"),
    ],
)
def test_a_game_that_returns_something_else_than_it_should_is_refused(change, words):
    class Wrong(Dispatch):
        def step(self, state, actions, rng):
            next_state, *rest = super().step(state, actions, rng)
            return next_state, *change(*rest)

    with pytest.raises(ValueError, match=words):
        rollout.train(Wrong(), RandomPolicy(3), steps=5, runs=3, rng=np.random.default_rng(0))
