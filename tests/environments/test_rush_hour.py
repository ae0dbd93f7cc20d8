"""The rush hour plays by its rules, and its tables are the same game."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure

from marl_lessons.environments import RushHour
from marl_lessons.markov_games import Snapshot
from marl_lessons.rollout import evaluate

A, B, C, H = range(4)
NOTHING = [0, 0, 0, 0]
QUIET, RUSH = 0, 2  # an hour of each kind


class ServeWhatIsNear:
    """Worker 0 serves A, worker 1 serves C."""

    def act(self, observations, rng, explore=True):
        return np.tile([A, C], (len(observations), 1))


def play_once(state, actions, succeeds=(True, True), arrivals=NOTHING, **parameters):
    inputs = np.array(state), np.array(actions), np.array(succeeds), np.array(arrivals)
    following, reward = RushHour(**parameters).outcome(*inputs)
    return following.tolist(), reward


@pytest.mark.parametrize(
    ("state", "actions", "succeeds", "following", "reward"),
    [
        ([0, 2, 2, 2, 1], [A, C], [True, True], [1, 1, 2, 1, 1], 2),  # one light task each
        ([0, 2, 2, 2, 1], [A, C], [True, False], [1, 1, 2, 2, 1], 1),  # worker 1 fails
        ([1, 2, 0, 0, 0], [A, A], [True, True], [2, 0, 0, 0, 0], 2),  # both at the same queue
        ([1, 1, 0, 0, 0], [A, A], [True, True], [2, 0, 0, 0, 0], 1),  # one task for two workers
        ([1, 1, 0, 0, 0], [A, A], [False, True], [2, 0, 0, 0, 0], 1),  # the other one serves it
        ([1, 0, 0, 0, 0], [A, B], [True, True], [2, 0, 0, 0, 0], 0),  # empty queues
        ([3, 0, 0, 0, 1], [H, H], [True, True], [0, 0, 0, 0, 0], 6),  # a heavy task takes both; after hour 3 comes 0
        ([3, 0, 0, 0, 1], [H, H], [True, False], [0, 0, 0, 0, 1], -2),  # one of the two fails
        ([3, 0, 0, 0, 1], [H, H], [False, False], [0, 0, 0, 0, 1], -2),  # both fail, and waste it once
        ([2, 0, 1, 0, 1], [H, B], [True, True], [3, 0, 0, 0, 1], -1),  # alone at a heavy task, and one light task
        ([2, 0, 1, 0, 0], [H, H], [False, True], [3, 0, 1, 0, 0], 0),  # nothing heavy waits: nothing is wasted
    ],
)
def test_the_rules_by_hand(state, actions, succeeds, following, reward):
    assert play_once(state, actions, succeeds) == (following, reward)


def test_arrivals_come_after_the_service_and_a_full_queue_turns_tasks_away():
    assert play_once([0, 2, 2, 0, 1], [A, A], arrivals=[1, 1, 1, 1]) == ([1, 1, 2, 1, 1], 2)


def test_parameters_set_the_rewards():
    assert play_once([0, 0, 0, 0, 1], [H, H], heavy_reward=7)[1] == 7
    assert play_once([0, 0, 0, 0, 1], [H, A], waste_penalty=5)[1] == -5


def test_by_default_two_quiet_hours_are_followed_by_two_of_rush_and_a_shift_has_twenty():
    game = RushHour()
    assert game.arrivals.tolist() == 2 * [[0.3, 0.3, 0.3, 0.5]] + 2 * [[0.9, 0.9, 0.9, 0.5]]
    assert game.speeds.tolist() == 2 * [[1, 0.8]] + 2 * [[1, 0.2]]
    assert game.horizon == game.to_tabular().horizon == 20
    assert RushHour(horizon=7).to_tabular().horizon == 7


def test_two_hundred_and_sixteen_states_in_the_order_of_the_tables():
    game = RushHour()
    tables = game.to_tabular()
    assert game.states.shape == (216, 5)
    assert game.observe(game.states).tolist() == [[number, number] for number in range(216)]
    assert tables.state_names[55] == game.name_state(game.states[55]) == "hour=1 a=0 b=0 c=0 h=1"
    assert tables.action_names == ("A", "B", "C", "H")


def test_in_the_own_view_a_worker_sees_the_hour_the_light_queues_next_to_it_and_the_heavy_one():
    game = RushHour(view="own")
    assert game.num_observations == 72
    for worker, columns in enumerate([[0, 1, 2, 4], [0, 2, 3, 4]]):
        seen = {}
        for state, observation in zip(game.states, game.observe(game.states)[:, worker].tolist(), strict=True):
            seen.setdefault(tuple(state[columns].tolist()), set()).add(observation)
        assert [seen[key] for key in sorted(seen)] == [{number} for number in range(72)]


def test_the_start_is_uniform_over_all_states():
    game = RushHour()
    counts = np.bincount(game.observe(game.reset(216_000, np.random.default_rng(0)))[:, 0], minlength=216)
    np.testing.assert_allclose(counts, 1_000, atol=5 * np.sqrt(1_000))


def test_a_step_leaves_the_state_as_it_was_and_pays_both_workers_the_same():
    game, rng = RushHour(), np.random.default_rng(0)
    state = game.reset(100, rng)
    before = state.copy()
    following, rewards, terminated = game.step(state, rng.integers(4, size=(100, 2)), rng)
    assert (state == before).all()
    assert (rewards[:, 0] == rewards[:, 1]).all()
    assert not terminated.any()
    assert (following[:, 0] == (state[:, 0] + 1) % 4).all()


@pytest.mark.parametrize(
    ("hour", "joint_action", "reward"),
    [
        (QUIET, (A, C), 1 + 0.8),
        (RUSH, (A, C), 1 + 0.2),
        (QUIET, (H, H), 0.8 * 6 - 0.2 * 2),
        (RUSH, (H, H), 0.2 * 6 - 0.8 * 2),
        (RUSH, (A, H), 1 - 2),
        (RUSH, (H, B), 0.2 - 2),
    ],
)
def test_the_expected_reward_by_hand(hour, joint_action, reward):
    game = RushHour()
    full = game.observe(np.array([[hour, 2, 2, 2, 1]]))[0, 0]
    assert game.to_tabular().rewards[:, full, *joint_action].tolist() == pytest.approx([reward] * 2)


def test_the_chance_of_a_state_by_hand():
    """From empty queues in a quiet hour: A and the heavy queue receive a task, B and C do not."""
    game = RushHour()
    before, after = game.observe(np.array([[0, 0, 0, 0, 0], [1, 1, 0, 0, 1]]))[:, 0]
    assert game.to_tabular().transitions[before, A, A, after] == pytest.approx(0.3 * 0.7 * 0.7 * 0.5)


@pytest.mark.parametrize(
    ("state", "joint_action"), [(53, (H, H)), (54, (A, B)), (160, (A, B)), (161, (C, C)), (162, (A, A)), (215, (H, H))]
)
def test_the_tables_agree_with_the_frequencies_of_steps(state, joint_action):
    game, samples, tables = RushHour(), 20_000, RushHour().to_tabular()
    states, actions = np.tile(game.states[state], (samples, 1)), np.tile(joint_action, (samples, 1))
    following, rewards, _ = game.step(states, actions, np.random.default_rng(state))
    frequencies = np.bincount(game.observe(following)[:, 0], minlength=216) / samples
    np.testing.assert_allclose(frequencies, tables.transitions[state, *joint_action], atol=0.02)
    error = rewards[:, 0].std() / np.sqrt(samples)
    assert rewards[:, 0].mean() == pytest.approx(tables.rewards[0, state, *joint_action], abs=4 * error + 1e-9)


@pytest.mark.parametrize(("tasks", "arrive"), [([0, 2, 0, 0, 0], [2, 3, 4]), ([0, 0, 0, 2, 0], [1, 2, 4])])
def test_each_success_and_each_arrival_has_luck_of_its_own(tasks, arrive):
    """One worker serves a queue of two, so that the pay tells whether it succeeds; what is empty tells arrivals."""
    game, samples = RushHour(speeds=[[0.5, 0.5]], arrivals=[[0.5] * 4]), 10_000
    states, actions = np.tile(tasks, (samples, 1)), np.tile([A, C], (samples, 1))
    following, rewards, _ = game.step(states, actions, np.random.default_rng(0))
    luck = np.column_stack([rewards[:, 0], following[:, arrive]])  # 0 or 1 each
    np.testing.assert_allclose(np.corrcoef(luck.T), np.eye(4), atol=4 / np.sqrt(samples))


def test_the_game_and_its_tables_have_the_same_mean_return():
    returns = [
        evaluate(game, ServeWhatIsNear(), 4_000, np.random.default_rng(1)).mean(axis=1)
        for game in [RushHour(), RushHour().to_tabular()]
    ]
    error = np.hypot(*[values.std() / np.sqrt(len(values)) for values in returns])
    assert abs(returns[0].mean() - returns[1].mean()) < 4 * error


probabilities = st.floats(0, 1).map(lambda number: round(number, 2))
variants = st.integers(1, 3).flatmap(
    lambda hours: st.fixed_dictionaries(
        {
            "arrivals": st.lists(st.tuples(*[probabilities] * 4), min_size=hours, max_size=hours),
            "speeds": st.lists(st.tuples(*[probabilities] * 2), min_size=hours, max_size=hours),
            "heavy_reward": st.floats(0, 10),
            "waste_penalty": st.floats(0, 10),
        }
    )
)


@settings(max_examples=20, deadline=None)
@given(variants, st.sampled_from(["full", "own"]))
def test_every_variant_has_tables_and_moves_on_by_an_hour(parameters, view):
    game, hours = RushHour(view, **parameters), len(parameters["arrivals"])
    tables = game.to_tabular()
    size = hours * 54
    assert tables.num_states == size
    assert game.num_observations == (size if view == "full" else hours * 18)
    assert tables.rewards.max() <= max(2, game.heavy_reward) + 1e-9
    assert tables.rewards.min() >= -game.waste_penalty - 1e-9
    hour_of = game.states[:, 0]
    reached = tables.transitions.max(axis=(1, 2)) > 0  # (S, S)
    assert ((hour_of[:, None] + 1) % hours == hour_of)[reached].all()


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_tasks_are_neither_lost_nor_invented(seed):
    game, rng = RushHour(), np.random.default_rng(seed)
    state, actions = game.reset(30, rng), rng.integers(4, size=(30, 2))
    succeeds, arrivals = rng.random((30, 2)) < 0.5, rng.random((30, 4)) < 0.5
    following, _ = game.outcome(state, actions, succeeds, arrivals)
    served = game.serve(state, actions, succeeds)
    left = state[:, 1:] - served
    assert (served >= 0).all()
    assert (left >= 0).all()
    turned_away = left + arrivals - following[:, 1:]
    assert np.isin(turned_away, [0, 1]).all()
    assert (following[:, 1:] == game.caps)[turned_away == 1].all()


def snapshot_of(state, actions, reward, next_state):
    return Snapshot(np.array(state), np.array(actions), np.array([reward, reward]), np.array(next_state))


@pytest.mark.parametrize(
    ("snapshot", "sentence"),
    [
        (
            snapshot_of([2, 1, 1, 1, 1], [A, C], 1.0, [3, 1, 2, 2, 1]),
            "hour=2 a=1 b=1 c=1 h=1: worker 0 to A and worker 1 to C. Served: 1 light, 0 heavy; worker 1 fails; "
            "the team earns 1.",
        ),
        (
            snapshot_of([0, 0, 0, 0, 1], [H, H], -2.0, [1, 0, 0, 0, 1]),
            "hour=0 a=0 b=0 c=0 h=1: worker 0 to H and worker 1 to H. Served: 0 light, 0 heavy; worker 1 fails; "
            "the team earns -2.",
        ),
        (
            snapshot_of([0, 0, 0, 0, 1], [H, H], 6.0, [1, 0, 1, 0, 1]),
            "hour=0 a=0 b=0 c=0 h=1: worker 0 to H and worker 1 to H. Served: 0 light, 1 heavy; the team earns 6.",
        ),
        (
            snapshot_of([1, 0, 2, 0, 1], [B, H], -1.0, [2, 0, 1, 0, 1]),
            "hour=1 a=0 b=2 c=0 h=1: worker 0 to B and worker 1 to H. Served: 1 light, 0 heavy, one alone at a heavy "
            "task; the team earns -1.",
        ),
        (
            snapshot_of([2, 1, 0, 0, 0], [A, A], 1.0, [3, 1, 0, 0, 0]),  # nobody missed worker 1
            "hour=2 a=1 b=0 c=0 h=0: worker 0 to A and worker 1 to A. Served: 1 light, 0 heavy; the team earns 1.",
        ),
        (
            snapshot_of([2, 0, 0, 0, 0], [A, C], 0.0, [3, 1, 1, 1, 0]),
            "hour=2 a=0 b=0 c=0 h=0: worker 0 to A and worker 1 to C. Served: 0 light, 0 heavy; the team earns 0.",
        ),
        (
            snapshot_of([2, 1, 0, 0, 0], [A, H], 1.0, [3, 0, 0, 0, 0]),  # nothing heavy waits: nobody is alone at it
            "hour=2 a=1 b=0 c=0 h=0: worker 0 to A and worker 1 to H. Served: 1 light, 0 heavy; the team earns 1.",
        ),
        (Snapshot(np.array([2, 1, 0, 0, 0])), "Waiting: hour=2 a=1 b=0 c=0 h=0."),
    ],
)
def test_a_step_is_told_with_who_fails(snapshot, sentence):
    assert RushHour().tell(snapshot) == sentence


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_what_is_told_of_a_step_is_what_was_served(seed):
    """Worker 0 never fails, so what was paid says it all."""
    game, rng = RushHour(), np.random.default_rng(seed)
    state, actions = game.reset(20, rng), rng.integers(4, size=(20, 2))
    succeeds, arrivals = np.stack([np.ones(20, bool), rng.random(20) < 0.5], axis=1), rng.random((20, 4)) < 0.5
    following, rewards = game.outcome(state, actions, succeeds, arrivals)
    served = game.serve(state, actions, succeeds)
    for now, did, paid, then, tasks in zip(state, actions, rewards, following, served, strict=True):
        told = game.tell(snapshot_of(now, did, paid, then))
        assert f"Served: {tasks[:3].sum()} light, {tasks[3]} heavy" in told


@pytest.mark.parametrize(("reward", "next_state", "crosses"), [(1.0, [3, 0, 2, 2, 1], 1), (2.0, [3, 0, 2, 1, 1], 0)])
def test_a_cross_is_drawn_on_who_fails_and_the_hour_is_dark(reward, next_state, crosses):
    axes = Figure().subplots()
    RushHour().draw_on(axes, snapshot_of([2, 1, 2, 2, 1], [A, C], reward, next_state))
    assert sum(collection.get_zorder() == 5 for collection in axes.collections) == crosses
    colors = [bar.get_facecolor()[0] for bar in axes.patches]
    assert np.argmin(colors) == 2
    heights = [bar.get_height() for bar in axes.patches]
    assert heights[0] == heights[1]
    assert heights[2] == heights[3] == pytest.approx(3 * heights[0])  # three times as many light tasks


def test_each_task_is_drawn_once_and_has_a_ring_if_it_is_served():
    axes = Figure().subplots()
    RushHour().draw_on(axes, snapshot_of([2, 2, 1, 1, 0], [A, C], 2.0, [3, 1, 1, 0, 0]))
    squares = axes.collections[:7]  # places for tasks, two at each light queue and one at the heavy one
    assert [square.get_offsets()[0].tolist() for square in squares] == [
        [0, 1], [0, 2], [1, 1], [1, 2], [2, 1], [2, 2], [3, 1],
    ]  # fmt: skip
    assert [len(square.get_facecolor()) for square in squares] == [1, 1, 1, 0, 1, 0, 0]  # none where no task waits
    is_green = [(square.get_edgecolor() == to_rgba("C2")).all() for square in squares]
    assert is_green == [True, False, False, False, True, False, False]
    chances = [text.get_text() for text in axes.texts if text.get_text().endswith("%")]
    assert chances == ["100%", "20%"]


def test_hours_are_as_high_as_they_bring_light_tasks():
    axes, game = Figure().subplots(), RushHour(arrivals=[[0.5, 0.5, 0.5, 0]] * 2 + [[0.5, 0.5, 0.5, 1]] * 2)
    game.draw_on(axes, Snapshot(np.array([0, 0, 0, 0, 0])))
    assert len({bar.get_height() for bar in axes.patches}) == 1


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({"view": "partial"}, 'view must be "full" or "own", got \'partial\''),
        ({"arrivals": [[0.5] * 4, [1.5] * 4]}, r"arrivals must be probabilities of shape \(hours, 4\)"),
        ({"arrivals": [[0.5] * 3]}, r"arrivals must be probabilities of shape \(hours, 4\), got \[\[0.5, 0.5, 0.5\]\]"),
        ({"speeds": [[1, 0.5]]}, r"speeds must be probabilities of shape \(4, 2\), got \[\[1, 0.5\]\]"),
        ({"speeds": [[1, -0.5]] * 4}, "speeds must be probabilities"),
    ],
)
def test_wrong_parameters_are_refused(parameters, message):
    with pytest.raises(ValueError, match=message):
        RushHour(**parameters)


def test_another_view_keeps_every_other_setting():
    settings = {"speeds": [(0.9, 0.5), (0.3, 1)], "arrivals": [(0.1, 0.2, 0.3, 0.4)] * 2, "heavy_reward": 3.0}
    settings |= {"waste_penalty": 0.5, "horizon": 7}
    game, made = RushHour(**settings).with_view("own"), RushHour("own", **settings)
    assert vars(game).keys() == vars(made).keys()
    for name, value in vars(made).items():
        np.testing.assert_array_equal(vars(game)[name], value)


@pytest.mark.parametrize(
    "settings",
    [
        {"arrivals": 0.5},
        {"arrivals": []},
        {"arrivals": [0.5] * 4},
        {"arrivals": [(0.5, 0.5), (0.5,)]},
        {"arrivals": [(np.nan,) * 4] * 4},
        {"speeds": [(1, 1)] * 3},
        {"speeds": np.full((4, 2), np.nan)},
        {"speeds": "fast"},
    ],
)
def test_what_are_no_probabilities_for_each_hour_is_refused(settings):
    with pytest.raises(
        ValueError, match=rf"{next(iter(settings))} must be probabilities of shape \((hours|4), (2|4)\)"
    ):
        RushHour(**settings)
