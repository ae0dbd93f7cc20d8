"""The dispatch game plays by its rules, and its tables are the same game."""

import itertools

import numpy as np
import pytest

from marl_lessons.environments import Dispatch
from marl_lessons.rollout import evaluate

A, B, H = range(3)


class ServeOwnQueue:
    """Worker 0 serves A, worker 1 serves B."""

    def act(self, observations, rng, explore=True):
        return np.tile([A, B], (len(observations), 1))


def play_once(queues, actions, arrivals=(0, 0, 0), **parameters):
    following, own_rewards = Dispatch(**parameters).outcome(np.array(queues), np.array(actions), np.array(arrivals))
    return following.tolist(), own_rewards.sum()


@pytest.mark.parametrize(
    ("queues", "actions", "following", "reward"),
    [
        ([2, 2, 1], [A, B], [1, 1, 1], 2),  # one light task each
        ([2, 2, 1], [A, A], [0, 2, 1], 2),  # both at the same queue
        ([1, 0, 0], [A, A], [0, 0, 0], 1),  # one task for two workers
        ([0, 2, 0], [A, A], [0, 2, 0], 0),  # an empty queue
        ([2, 2, 1], [H, H], [2, 2, 0], 4),  # a heavy task takes two
        ([2, 2, 0], [H, H], [2, 2, 0], 0),  # nothing heavy waits
        ([2, 2, 1], [H, B], [2, 1, 1], -1),  # alone at a heavy task: -2, and 1 for the light one
        ([2, 2, 0], [A, H], [1, 2, 0], 1),  # alone where nothing waits costs nothing
    ],
)
def test_the_rules_by_hand(queues, actions, following, reward):
    assert play_once(queues, actions) == (following, reward)


def test_arrivals_come_after_the_service_and_a_full_queue_turns_tasks_away():
    assert play_once([2, 2, 1], [A, A], arrivals=[1, 1, 1]) == ([1, 2, 1], 2)


def test_parameters_set_the_rewards():
    assert play_once([0, 0, 1], [H, H], heavy_reward=7) == ([0, 0, 0], 7)
    assert play_once([0, 0, 1], [H, A], lone_penalty=5) == ([0, 0, 1], -5)


@pytest.mark.parametrize(
    ("queues", "actions", "own_rewards"),
    [
        ([2, 2, 1], [A, B], [1, 1]),
        ([1, 0, 0], [A, A], [0.5, 0.5]),  # two workers, one task
        ([2, 2, 1], [H, H], [2, 2]),  # half of the heavy task each
        ([2, 2, 1], [H, B], [-2, 1]),  # who goes alone pays
        ([0, 2, 0], [A, H], [0, 0]),
    ],
)
def test_what_each_worker_earned_itself(queues, actions, own_rewards):
    _, earned = Dispatch().outcome(np.array(queues), np.array(actions), np.zeros(3, dtype=int))
    assert earned.tolist() == own_rewards


@pytest.mark.parametrize(("team_share", "rewards"), [(0, [-2, 1]), (0.5, [-1.5, 0]), (1, [-1, -1])])
def test_the_team_share_mixes_the_teams_reward_with_each_workers_own(team_share, rewards):
    tabular = Dispatch(team_share=team_share).to_tabular()
    assert tabular.rewards[:, 17, H, B].tolist() == rewards


def test_the_start_is_uniform_over_all_states():
    starts = Dispatch().reset(36_000, np.random.default_rng(0))
    states, counts = np.unique(starts, axis=0, return_counts=True)
    assert (states == Dispatch().states).all()
    np.testing.assert_allclose(counts, 2_000, atol=5 * np.sqrt(2_000))


def test_the_full_view_numbers_the_states_in_the_order_of_the_tables():
    game = Dispatch()
    observations = game.observe(game.states)
    assert observations.tolist() == [[number, number] for number in range(18)]
    assert game.to_tabular().state_names[5] == "a=0 b=2 h=1"
    assert game.states[5].tolist() == [0, 2, 1]


def test_in_the_own_view_a_worker_sees_its_own_light_queue_and_the_heavy_one():
    game = Dispatch(view="own")
    seen = {agent: {} for agent in range(2)}
    for (a, b, h), observation in zip(game.states.tolist(), game.observe(game.states).tolist(), strict=True):
        seen[0].setdefault((a, h), set()).add(observation[0])
        seen[1].setdefault((b, h), set()).add(observation[1])
    for mapping in seen.values():
        assert sorted(mapping.values(), key=min) == [{number} for number in range(game.num_observations)]


def test_a_step_leaves_the_state_as_it_was_and_pays_both_workers_the_same():
    game, rng = Dispatch(), np.random.default_rng(0)
    state = game.reset(100, rng)
    before = state.copy()
    _, rewards, terminated = game.step(state, rng.integers(3, size=(100, 2)), rng)
    assert (state == before).all()
    assert (rewards[:, 0] == rewards[:, 1]).all()
    assert not terminated.any()


@pytest.mark.parametrize("joint_action", list(itertools.product(range(3), repeat=2)))
def test_the_tables_agree_with_the_frequencies_of_steps(joint_action):
    game, samples = Dispatch(), 4_000
    tabular = game.to_tabular()
    for state in [0, 9, 17]:
        queues = np.tile(game.states[state], (samples, 1))
        actions = np.tile(joint_action, (samples, 1))
        following, rewards, _ = game.step(queues, actions, np.random.default_rng(state))
        frequencies = np.bincount(game.observe(following)[:, 0], minlength=18) / samples
        np.testing.assert_allclose(frequencies, tabular.transitions[(state, *joint_action)], atol=0.04)
        assert (rewards == tabular.rewards[(0, state, *joint_action)]).all()


def test_the_game_and_its_tables_have_the_same_mean_return():
    returns = [
        evaluate(game, ServeOwnQueue(), 4_000, np.random.default_rng(1)).mean(axis=1)
        for game in [Dispatch(), Dispatch().to_tabular()]
    ]
    error = np.hypot(*[values.std() / np.sqrt(len(values)) for values in returns])
    assert abs(returns[0].mean() - returns[1].mean()) < 4 * error


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({"view": "partial"}, 'view must be "full" or "own", got \'partial\''),
        ({"heavy_arrival": 1.5}, "heavy_arrival must lie in 0 … 1, got 0.9 and 1.5"),
    ],
)
def test_wrong_parameters_are_refused(parameters, message):
    with pytest.raises(ValueError, match=message):
        Dispatch(**parameters)


def test_another_view_keeps_every_other_setting():
    settings = {"heavy_reward": 3.0, "lone_penalty": 1.0, "light_arrival": 0.4, "heavy_arrival": 0.2}
    settings |= {"horizon": 7, "team_share": 0.5}
    game, made = Dispatch(**settings).with_view("own"), Dispatch("own", **settings)
    assert vars(game).keys() == vars(made).keys()
    for name, value in vars(made).items():
        np.testing.assert_array_equal(vars(game)[name], value)
