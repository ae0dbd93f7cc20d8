"""Who decides for a group plays the game of the workers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from marl_lessons import scoreboard, views
from marl_lessons.environments import Districts
from marl_lessons.groups import SHARES, ByDistrict, carry_out
from marl_lessons.learners import RandomPolicy
from marl_lessons.markov_games import Snapshot
from marl_lessons.plans import Counts, deal
from marl_lessons.rollout import play


def make_state(workers, light, heavy, busy=(0, 0), time=0):
    return np.array([[*workers, *light, *heavy, *busy, time]])


def make_game(every=2, num_agents=10):
    return ByDistrict(Districts(num_agents, 2), every)


def test_what_a_plan_is_by_hand():
    """Work is 8 + 0 and 4 + 2 · 2, so that 5 workers belong in each district."""
    game, state = make_game(), make_state([9, 1], light=[8, 4], heavy=[0, 2])
    for share, targets in enumerate([[9, 1], [8, 2], [7, 3], [6, 4], [5, 5]]):
        plan = game.plan(state, np.array([[0, 4, share]]))
        assert plan.targets.tolist() == [targets]
        assert plan.at_heavy.tolist() == [[0, 0]]  # a single worker in district 1 is no pair


def test_heads_send_whole_pairs():
    game, state = make_game(None), make_state([7, 3], light=[0, 0], heavy=[5, 5])
    at_heavy = [game.plan(state, np.array([[share, share]])).at_heavy[0].tolist() for share in range(5)]
    assert at_heavy == [[0, 0], [2, 0], [4, 2], [6, 2], [6, 2]]


def test_where_it_is_not_its_turn_nothing_that_the_coordinator_does_counts():
    state = make_state([9, 1], light=[8, 4], heavy=[0, 2], time=1)
    assert make_game().plan(state, np.array([[0, 0, 4]])).targets.tolist() == [[9, 1]]
    alone = ByDistrict(Districts(10, 2), None)
    assert alone.num_agents == 2
    assert alone.plan(make_state([9, 1], [8, 4], [0, 2]), np.array([[0, 0]])).targets.tolist() == [[9, 1]]


def test_what_heads_and_coordinator_see():
    game = make_game(every=3)
    state = make_state([9, 1], light=[8, 4], heavy=[0, 2])
    own = Districts(10, 2).look(Counts(*np.split(state[:, :-1], 4, axis=1)))
    assert game.observe(state).tolist() == [[*own[0], 16 + 3]]  # 4 of 10 workers are not where the work is
    assert game.observe(make_state([5, 5], [8, 4], [0, 2]))[0, -1] == 16
    assert game.observe(make_state([6, 4], [8, 4], [0, 2]))[0, -1] == 17  # a tenth
    assert game.observe(make_state([7, 3], [8, 4], [0, 2]))[0, -1] == 18
    assert game.observe(make_state([8, 2], [8, 4], [0, 2]))[0, -1] == 19
    assert game.observe(make_state([5, 5], [8, 4], [0, 2], time=2))[0, -1] == game.waiting == 20
    assert game.num_observations == 21


def test_what_they_are_paid():
    """District 0 serves 3 light tasks with 6 workers, district 1 a heavy and a light one with 4: 3/5, 5/5, and 8/10."""
    game, state = make_game(), make_state([6, 4], light=[3, 1], heavy=[0, 1])
    _, rewards, _ = game.step(state, np.array([[0, 2, 0]]), np.random.default_rng(0))
    np.testing.assert_allclose(rewards, [[3 / 5, 5 / 5, 8 / 10]])
    assert game.earn(state, np.array([[0, 2, 0]])).tolist() == [[3, 5]]


def test_each_head_is_paid_for_each_worker_at_home_in_its_own_district():
    """Four live in district 0 and three in district 1, and each district serves two light tasks."""
    game, state = make_game(num_agents=7), make_state([4, 3], light=[2, 2], heavy=[0, 0])
    _, rewards, _ = game.step(state, np.array([[0, 0, 0]]), np.random.default_rng(0))
    np.testing.assert_allclose(rewards, [[2 / 4, 2 / 3, 4 / 7]])


def test_the_coordinator_decides_every_five_steps_unless_told_otherwise_and_is_bound_as_the_workers_are():
    game = ByDistrict(Districts(10, 2, light_arrival=0.1))
    assert game.every == 5
    assert game.bound() == Districts(10, 2, light_arrival=0.1).bound() == pytest.approx(1.5)


def test_the_picture_of_heads_draws_who_goes_from_where_to_where(monkeypatch):
    drawn = []
    monkeypatch.setattr(Districts, "draw_counts", lambda game, axes, counts, flows: drawn.append((counts, flows)))
    game, state = make_game(), make_state([9, 1], light=[8, 4], heavy=[0, 2])
    actions = np.array([[0, 0, 4]])
    following, rewards, _ = game.step(state, actions, np.random.default_rng(0))
    game.draw_on(None, Snapshot(state[0], actions[0], rewards[0], following[0]))
    game.draw_on(None, Snapshot(following[0]))
    assert drawn[0][0].workers.tolist() == [9, 1]
    assert drawn[0][1].tolist() == [[0, 4], [0, 0]]
    assert not drawn[1][1].any()


@pytest.mark.parametrize("every", [1, 2, 5, None])
def test_the_coordinator_s_turn_comes_every_k_steps_from_the_start(every):
    game = ByDistrict(Districts(12, 3, horizon=7), every)
    steps = play(game, RandomPolicy(5), 2, np.random.default_rng(0))
    turns = [game.split(transition.state)[1].tolist() for transition, _ in zip(steps, range(14), strict=False)]
    expected = [every is not None and time % every == 0 for time in [*range(7), *range(7)]]
    assert turns == [[turn] * 2 for turn in expected]


@given(st.integers(1, 4), st.integers(0, 2**32))
def test_heads_play_the_same_game_as_the_workers_whom_they_tell_what_to_do(districts, seed):
    rng = np.random.default_rng(seed)
    workers_game = Districts(9, districts, view="map")
    heads_game = ByDistrict(workers_game, 1)
    state = workers_game.reset(2, np.random.default_rng(seed))
    heads_state = heads_game.reset(2, np.random.default_rng(seed))
    for step in range(4):
        places, counts = workers_game.split(state)
        actions = rng.integers(5, size=(2, heads_game.num_agents))
        done = deal(places, counts.workers, heads_game.plan(heads_state, actions))
        assert (heads_game.earn(heads_state, actions) == workers_game.earn(state, done)).all()
        if districts > 1:
            assert (workers_game.split(state)[1].workers == heads_state[:, :districts]).all()
        state, rewards, _ = workers_game.step(state, done, np.random.default_rng(step))
        heads_state, of_heads, _ = heads_game.step(heads_state, actions, np.random.default_rng(step))
        np.testing.assert_allclose(of_heads[:, -1] * 9, rewards[:, 0])
        np.testing.assert_array_equal(np.concatenate(workers_game.split(state)[1], axis=1), heads_state[:, :-1])


def test_side_by_side_all_rules_meet_the_same_arrivals():
    game = Districts(40, 4)
    _, counts = game.split(game.reset(3, np.random.default_rng(0)))
    both = Counts(*(np.stack([numbers] * 2) for numbers in counts[:3]), counts.busy)  # two rules on three shifts
    plan = ByDistrict(game, 1).plan(np.column_stack([*counts, np.zeros((3, 1), dtype=int)]), np.full((3, 5), 4))
    after, earned = carry_out(game, both, plan, np.random.default_rng(1))
    assert earned.shape == (2, 3, 4)
    assert (after.light[0] == after.light[1]).all()
    assert after.busy.shape == (3, 4)


def test_the_film_of_heads_tells_what_the_workers_do():
    game, state = make_game(), make_state([9, 1], light=[8, 4], heavy=[0, 2])[0]
    step = Snapshot(state, np.array([0, 0, 4]), np.zeros(3), state)
    assert game.tell(step) == (
        "12 light and 2 heavy tasks wait. Of 10 workers 6 are at light ones, 0 at heavy ones and 4 on their way. "
        "Served: 6 light, 0 heavy; the team earns 6."
    )
    assert game.tell(Snapshot(state)) == "12 light and 2 heavy tasks wait."
    assert game.say_earned([step, step]) == "the team has earned 12"


def test_scores_look_behind_views_that_only_show_more():
    game = ByDistrict(Districts(12, 3), 5)
    team = RandomPolicy(len(SHARES))
    scores = [
        scoreboard.score_districts(team, one, 3, np.random.default_rng(0)) for one in (game, views.WithIdentity(game))
    ]
    assert scores[0].tolist() == scores[1].tolist()


def test_a_coordinator_who_decides_less_than_every_step_is_refused():
    with pytest.raises(ValueError, match="every must be at least 1 step, or None for no coordinator, got 0"):
        make_game(0)
