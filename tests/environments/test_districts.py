"""Districts play by their rules, and what is computed from counts is what happens worker by worker."""

from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from marl_lessons.environments import Districts, districts
from marl_lessons.learners import FixedPolicy, RandomPolicy
from marl_lessons.markov_games import Snapshot
from marl_lessons.plans import Counts
from marl_lessons.rollout import evaluate, train

L, H, GO = range(3)


def make_state(places, light, heavy, busy=None):
    """Write down the state of one run, (1, N + 3D)."""
    return np.array([[*places, *light, *heavy, *(busy or [0] * len(light))]])


def still(num_agents, num_districts, **parameters):
    """Make a game in which nothing arrives and no district turns."""
    parameters = {"light_arrival": 0.0, "heavy_arrivals": (0.0, 0.0), "switch": 0.0} | parameters
    return Districts(num_agents, num_districts, **parameters)


def play_once(state, actions, num_districts=2, **parameters):
    game = still(len(actions), num_districts, **parameters)
    following, rewards, terminated = game.step(state, np.array([actions]), np.random.default_rng(0))
    assert not terminated.any()
    return following[0].tolist(), rewards[0].tolist()


@pytest.mark.parametrize(
    ("at_light", "at_heavy", "light", "heavy", "left", "earned"),
    [
        (2, 0, 3, 1, [1, 1], 2),  # a light task each
        (3, 0, 2, 1, [0, 1], 2),  # more workers than tasks
        (0, 2, 0, 1, [0, 0], 4),  # a heavy task takes two
        (0, 4, 0, 1, [0, 0], 4),  # two of four have nothing to do
        (0, 3, 0, 1, [0, 0], 4),  # the third one too, which costs nothing
        (0, 3, 0, 2, [0, 1], 2),  # the third one tries alone: 4 - 2
        (0, 1, 0, 5, [0, 5], -2),
        (0, 1, 0, 0, [0, 0], 0),  # nothing heavy waits
        (1, 5, 4, 3, [3, 1], 7),  # 1 + 8 - 2
    ],
)
def test_the_rules_by_hand(at_light, at_heavy, light, heavy, left, earned):
    numbers = (np.array([[number]]) for number in (at_light, at_heavy, at_light + at_heavy, light, heavy, 0))
    light_at, heavy_at, *counts = numbers
    after, reward = Districts().outcome(light_at, heavy_at, Counts(*counts))
    assert [after.light[0, 0], after.heavy[0, 0]] == left
    assert reward.tolist() == [[earned]]


def test_districts_serve_only_their_own_tasks_and_travelers_serve_nothing():
    """Workers 0 and 1 live in district 0, where one light task waits, the others in district 1, with 2 heavy ones."""
    state = make_state([0, 0, 1, 1, 1], light=[1, 0], heavy=[0, 2])
    assert play_once(state, [L, L, H, H, GO]) == ([0, 0, 1, 1, 1, 0, 0, 0, 1, 0, 0], [5] * 5)
    assert play_once(state, [GO, L, H, H, L]) == ([1, 0, 1, 1, 1, 0, 0, 0, 1, 0, 0], [5] * 5)  # 4/3 against 1/2


def test_with_the_view_of_the_map_workers_go_where_they_want():
    state = make_state([0, 0, 1], light=[2, 0], heavy=[0, 0])
    assert play_once(state, [GO + 1, L, GO], view="map") == ([1, 0, 0, 1, 0, 0, 0, 0, 0], [1] * 3)


@pytest.mark.parametrize(
    ("places", "light", "heavy", "neediest"),
    [
        ([0, 0, 0, 1], [5, 2], [0, 0], 1),  # 5/3 against 2
        ([0, 0, 0, 1], [7, 2], [0, 0], 0),  # 7/3 against 2
        ([0, 0, 1, 1], [3, 0], [0, 2], 1),  # 3/2 against 4/2: a heavy task is the work of two
        ([0, 0, 1, 1], [2, 0], [0, 1], 0),  # both need as much: the first one
        ([0, 0, 0, 0], [6, 2], [0, 0], 1),  # nobody counts as one worker: 6/4 against 2
    ],
)
def test_the_neediest_district_is_that_with_most_work_for_each_worker(places, light, heavy, neediest):
    following, _ = play_once(make_state(places, light, heavy), [GO] * 4)
    assert following[:4] == [neediest] * 4


def test_what_a_worker_sees_of_its_own_district():
    """0, up to 1/2, up to 1, more: of light tasks for each worker, then of the workers that heavy ones need."""
    light, heavy = [0, 1, 2, 3, 2], [0, 0, 1, 2, 1]
    state = make_state([0, 0, 1, 1, 2, 2, 3, 3, 4], light, heavy)
    seen = Districts(9, 5).observe(state)[0]
    assert seen.tolist() == [0, 0, 4, 4, 10, 10, 15, 15, 15]


def test_a_single_district_or_no_travel_leaves_two_actions():
    for view in ("local", "map"):
        assert Districts(7, 1, view=view).action_names == ("light", "heavy")
    assert Districts(8, 4, travel=False).action_names == Districts(8, 4, travel=False, view="map").action_names
    assert Districts(8, 4, travel=False).num_actions == 2
    following, rewards = play_once(make_state([0] * 4, [3], [2]), [L, L, H, H], num_districts=1)
    assert following == [0, 0, 0, 0, 1, 1, 0]
    assert rewards == [6] * 4


def test_names_of_actions():
    assert Districts(4, 2).action_names == ("light", "heavy", "go")
    assert Districts(4, 2, view="map").action_names == ("light", "heavy", "to 0", "to 1")


def test_the_bound_by_hand():
    """.3 light tasks and .35 heavy ones for each worker keep everybody busy: .3 + 2 · .35 = 1."""
    assert Districts().bound() == pytest.approx(0.3 + 4 * 0.35)
    assert Districts(heavy_arrivals=(0.4, 1.0)).bound() == pytest.approx(4 * 0.5)  # .7 heavy ones are too many
    assert Districts(heavy_arrivals=(0.45, 0.45)).bound() == pytest.approx(4 * 0.45 + 0.1)
    assert Districts(heavy_reward=2.5, heavy_arrivals=(1, 1)).bound() == pytest.approx(2.5 * 0.5)
    assert Districts(heavy_reward=1.5).bound() == pytest.approx(0.3 + 1.5 * 0.35)
    assert Districts(heavy_reward=1.5, heavy_arrivals=(1, 1)).bound() == pytest.approx(0.3 + 1.5 * 0.35)


def test_arrivals_have_their_means_and_busy_districts_turn_as_often_as_they_should():
    game, rng = Districts(23, 3), np.random.default_rng(0)
    nothing = np.zeros((20_000, 3), dtype=np.int64)
    busy = rng.integers(2, size=nothing.shape)
    after = game.arrive(Counts(nothing, nothing, nothing, busy), rng)
    for came, chances in [(after.light, (0.3, 0.3)), (after.heavy, (0.05, 0.65))]:
        for kind, chance in enumerate(chances):
            shares = np.where(busy == kind, came / game.sizes, np.nan)  # tasks for each home worker
            np.testing.assert_allclose(np.nanmean(shares, axis=0), [chance] * 3, atol=0.01)
    turned = after.busy != busy
    assert turned.mean() == pytest.approx(0.02, abs=0.003)
    assert (turned[:, 0] & turned[:, 1]).mean() < 0.003  # each district turns by itself


def test_full_queues_turn_tasks_away():
    game = Districts(8, 2, light_arrival=1.0, heavy_arrivals=(1.0, 1.0))
    state = make_state([0] * 4 + [1] * 4, light=[7, 8], heavy=[4, 1])
    following, _, _ = game.step(state, np.full((1, 8), GO), np.random.default_rng(0))
    assert following[0, 8:12].tolist() == [8, 8, 4, 4]


def test_the_start_has_everybody_at_home_and_queues_of_every_length():
    game = Districts(11, 3)
    places, counts = game.split(game.reset(2_000, np.random.default_rng(0)))
    assert (places == [0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2]).all()
    assert (counts.workers == [4, 4, 3]).all()
    for queue, top in [(counts.light, 8), (counts.heavy, 4), (counts.busy, 1)]:
        assert sorted(set(queue[:, 0])) == list(range(top + 1))
    assert counts.busy.mean() == pytest.approx(0.5, abs=0.05)


@st.composite
def steps(draw, reward="team", view="local"):
    """Draw a game, a state (R, N + 3D) that may occur, and actions (R, N)."""
    districts = draw(st.integers(1, 4))
    game = still(draw(st.integers(districts, 9)), districts, reward=reward, view=view)
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    state = game.reset(3, rng)
    state[:, : game.num_agents] = rng.integers(districts, size=(3, game.num_agents))
    return game, state, rng.integers(game.num_actions, size=(3, game.num_agents))


def serve_one_by_one(game, state, actions):
    """Play one run's step as workers do it: one takes a light task, two take a heavy one. Returns state and G."""
    places, (light, heavy, busy) = state[: game.num_agents].tolist(), np.split(state[game.num_agents :].copy(), 3)
    earned, waits_for_partner, next_places = 0.0, [False] * game.num_districts, list(places)
    work = [
        (light[place] + 2 * heavy[place]) / max(places.count(place), 1) for place in range(game.num_districts)
    ]  # before anybody does anything
    for worker, (place, action) in enumerate(zip(places, actions.tolist(), strict=True)):
        if action == L and light[place]:
            light[place], earned = light[place] - 1, earned + 1
        elif action == H and waits_for_partner[place]:
            heavy[place], earned = heavy[place] - 1, earned + 4
            waits_for_partner[place] = False
        elif action == H and heavy[place]:
            waits_for_partner[place] = True
        elif action >= GO:
            next_places[worker] = action - GO if game.view == "map" else int(np.argmax(work))
    return [*next_places, *light, *heavy, *busy], earned - 2 * sum(waits_for_partner)


@given(st.sampled_from(["local", "map"]).flatmap(lambda view: steps(view=view)))
def test_counts_say_what_happens_worker_by_worker(step):
    game, state, actions = step
    before = state.copy()
    following, rewards, _ = game.step(state, actions, np.random.default_rng(0))
    for run in range(3):
        expected, earned = serve_one_by_one(game, state[run], actions[run])
        assert following[run].tolist() == expected
        assert (rewards[run] == earned).all()
    assert (state == before).all()
    assert (game.earn(state, actions).sum(axis=1) == rewards[:, 0]).all()


@given(st.sampled_from(["local", "map"]).flatmap(lambda view: steps(reward="difference", view=view)))
def test_the_difference_reward_is_what_the_team_earns_less_without_the_worker(step):
    game, state, actions = step
    _, rewards, _ = game.step(state, actions, np.random.default_rng(0))
    for worker in range(game.num_agents):
        without = actions.copy()
        without[:, worker] = GO  # to serve nothing in this step is to be away
        lost = game.earn(state, actions).sum(axis=1) - game.earn(state, without).sum(axis=1)
        assert rewards[:, worker].tolist() == lost.tolist()


@given(steps())
def test_observations_and_states_stay_legal(step):
    game, state, actions = step
    game = Districts(game.num_agents, game.num_districts)
    for _ in range(5):
        state, _, _ = game.step(state, actions, np.random.default_rng(1))
        places, counts = game.split(state)
        assert places.min() >= 0
        assert places.max() < game.num_districts
        assert (counts.workers.sum(axis=1) == game.num_agents).all()
        for queue, top in [(counts.light, 2 * game.sizes), (counts.heavy, game.sizes), (counts.busy, 1)]:
            assert (queue >= 0).all()
            assert (queue <= top).all()
        assert set(game.observe(state).ravel()) <= set(range(16))
        assert (game.global_view(state)[:, : game.num_districts] == counts.workers).all()


def test_the_view_of_the_map_shows_the_state_to_everybody_and_takes_no_memory():
    game = Districts(10_000, 20, view="map")
    state = game.reset(2, np.random.default_rng(0))
    observations = game.observe(state)
    assert observations.shape == (2, *[game.num_agents], *game.observation_shape)
    assert (observations[1, 1_234] == state[1]).all()
    assert np.shares_memory(observations, state)


def test_both_views_meet_the_same_luck():
    states = []
    for view in ("local", "map"):
        game = Districts(12, 3, view=view)
        state = game.reset(2, np.random.default_rng(0))
        states.append(game.step(state, np.zeros((2, 12), dtype=np.int64), np.random.default_rng(1))[0])
    assert (states[0] == states[1]).all()


def test_ten_thousand_workers_are_trained_on_in_means():
    history = train(Districts(10_000, 20), RandomPolicy(3), 20, 2, np.random.default_rng(0), per_agent=False)
    assert history.rewards.shape == (20, 2)
    assert (history.rewards > 0).all()


def test_a_shift_ends_where_it_should():
    team = FixedPolicy(np.eye(3)[np.zeros((4, 16), dtype=int)])
    assert evaluate(Districts(4, 2, horizon=5), team, 3, np.random.default_rng(0)).shape == (3, 4)


def test_a_step_is_told_in_a_sentence():
    game, state = still(5, 2), make_state([0, 0, 1, 1, 1], light=[1, 0], heavy=[0, 2])[0]
    actions = np.array([L, L, H, H, GO])
    assert game.tell(Snapshot(state, actions, np.full(5, 5.0), state)) == (
        "1 light and 2 heavy tasks wait. Of 5 workers 2 are at light ones, 2 at heavy ones and 1 on their way. "
        "Served: 1 light, 1 heavy; the team earns 5."
    )
    assert game.tell(Snapshot(state)) == "1 light and 2 heavy tasks wait."
    assert game.say_earned([Snapshot(state, actions, np.full(5, 5.0), state)] * 2) == "the team has earned 10"


def test_the_map_shows_queues_and_workers_by_how_many_there_can_be_and_travelers_by_their_share(monkeypatch):
    drawn = []
    monkeypatch.setattr(districts, "draw_map", lambda axes, *numbers: drawn.extend(numbers))
    game, state = still(5, 2), make_state([0, 0, 0, 1, 1], light=[3, 1], heavy=[3, 1], busy=[1, 0])
    actions = np.array([[L, L, L, GO, GO]])
    following, rewards, _ = game.step(state, actions, np.random.default_rng(0))
    axes = SimpleNamespace(set_xlabel=lambda *words, **options: None)
    game.draw_on(axes, Snapshot(state[0], actions[0], rewards[0], following[0]))
    shares, workers, busy, flows = drawn
    assert shares.tolist() == [[3 / 6, 3 / 3, 3 / 6], [1 / 4, 1 / 2, 2 / 4]]  # of 2 n, n and 2 n
    assert (workers.tolist(), busy.tolist()) == ([3, 2], [1, 0])
    assert flows.tolist() == [[3 / 5, 0], [2 / 5, 0]]  # who stays is drawn as no arrow


def test_a_game_of_a_hundred_and_twenty_workers_in_ten_districts_is_usual():
    game = Districts()
    assert (game.num_agents, game.num_districts, game.reward, game.view) == (120, 10, "team", "local")


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({"reward": "global"}, r"reward must be one of \('team', 'difference'\), got 'global'"),
        ({"view": "own"}, r"view must be one of \('local', 'map'\), got 'own'"),
        ({"num_agents": 3, "num_districts": 4}, "num_agents must be at least num_districts"),
        ({"num_districts": 0}, "and that at least 1, got 120 and 0"),
        ({"heavy_arrivals": (0.1, 1.5)}, "must lie in 0 … 1, got 0.3, 0.1, 1.5, 0.02"),
    ],
)
def test_wrong_parameters_are_refused(parameters, message):
    with pytest.raises(ValueError, match=message):
        Districts(**parameters)
