"""The bound of the districts lies between what a team earns and what arrives."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from marl_lessons import solvers
from marl_lessons.environments import Districts
from marl_lessons.solvers.district_bounds import find_busy_chain


def test_districts_that_are_always_the_same_have_the_bound_that_is_found_by_hand():
    for arrivals in (0.35, 0.5, 0.2):
        game = Districts(heavy_arrivals=(arrivals, arrivals))
        assert solvers.bound_districts(game) == pytest.approx(game.bound())


def test_a_single_district_that_never_turns_is_quiet_or_busy_for_ever():
    """Quiet: .3 + 4 · .05 = .5. Busy: all at heavy tasks, 4 · 1/2 = 2. Each half of the time."""
    game = Districts(10, 1, switch=0.0)
    assert solvers.bound_districts(game) == pytest.approx(1.25)
    assert game.bound() == pytest.approx(1.7)


def test_more_districts_come_closer_to_what_arrives():
    bounds = [solvers.bound_districts(Districts(120, districts)) for districts in (1, 4, 10, 20, 60)]
    assert (np.diff(bounds) > 0).all()
    np.testing.assert_allclose(bounds[:4], [1.305, 1.5935, 1.6531, 1.6745], atol=5e-5)
    assert bounds[-1] <= Districts().bound()


def test_where_light_tasks_pay_best_they_are_served_first():
    game = Districts(10, 1, heavy_reward=0.0)
    assert solvers.bound_districts(game) == pytest.approx(0.3)


def test_a_single_district_played_well_comes_close_to_its_bound():
    """All heavy tasks first, then light ones: what a district of 400 can do at best."""
    game, rng = Districts(400, 1), np.random.default_rng(0)
    _, counts = game.split(game.reset(1_000, rng))
    earned = []
    for _ in range(400):
        at_heavy = np.minimum(2 * counts.heavy, 400)
        left, pay = game.outcome(400 - at_heavy, at_heavy, counts)
        earned.append(pay.mean() / 400)
        counts = game.arrive(left, rng)
    share = np.mean(earned[100:]) / solvers.bound_districts(game)
    assert 0.97 < share < 1.01  # how often the districts were busy makes it uncertain by .005


@given(st.integers(1, 6), st.floats(0, 1))
def test_the_chain_is_what_the_districts_do(num_districts, switch):
    chances, moves = find_busy_chain(num_districts, switch)
    assert chances.sum() == pytest.approx(1)
    np.testing.assert_allclose(chances @ moves, chances, atol=1e-12)
    possible = chances > 0
    np.testing.assert_allclose(moves[possible].sum(axis=1), 1)


def test_the_chain_by_brute_force():
    """All joint states of three districts, summed up by how many are busy and whether the first one is."""
    states = np.indices((2, 2, 2)).reshape(3, -1).T  # (8, 3)
    number = 2 * states.sum(axis=1) + states[:, 0]
    _, moves = find_busy_chain(3, 0.1)
    for state, own in zip(states, number, strict=True):
        turned = (states != state).sum(axis=1)
        expected = np.bincount(number, weights=0.1**turned * 0.9 ** (3 - turned), minlength=8)
        np.testing.assert_allclose(moves[own], expected)
