"""Plans are whole numbers of workers, and each worker has its part in them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from marl_lessons.plans import Plan, count_flows, deal, pair_up, share_out, stay_and_leave

needs = arrays(float, st.tuples(st.integers(1, 3), st.integers(1, 7)), elements=st.floats(0, 1e6))


@pytest.mark.parametrize(
    ("need", "workers", "shared"),
    [
        ([3, 2, 2], 10, [4, 3, 3]),  # quotas 4.29, 2.86, 2.86
        ([1, 1, 1], 10, [4, 3, 3]),  # all remainders are the same: the first one
        ([4, 1, 1], 2, [2, 0, 0]),  # quotas 4/3, 1/3, 1/3: as decimals their remainders differ by a hair
        ([0, 0], 5, [3, 2]),  # nobody needs anything
        ([0, 7], 5, [0, 5]),
        ([6], 12, [12]),
        ([0.1, 0.2, 0.3, 0.4], 10, [1, 2, 3, 4]),  # exact in spite of rounding
        ([5, 3, 1], 0, [0, 0, 0]),
    ],
)
def test_shares_by_hand(need, workers, shared):
    assert share_out(np.array(need), workers).tolist() == shared


@given(needs, st.integers(0, 10_000))
def test_shares_are_whole_sum_to_all_and_stay_within_one_of_the_quota(need, workers):
    shared = share_out(need, workers)
    assert shared.dtype == np.int64
    assert (shared.sum(axis=-1) == workers).all()
    totals = need.sum(axis=-1, keepdims=True)
    quotas = workers * np.divide(need, totals, out=np.full(need.shape, 1 / need.shape[-1]), where=totals > 0)
    assert (np.abs(shared - quotas) < 1 + 1e-6).all()


@given(needs, st.integers(0, 1_000))
def test_every_run_is_shared_out_by_itself(need, workers):
    assert share_out(need, workers).tolist() == [share_out(row, workers).tolist() for row in need]


@pytest.mark.parametrize("need", [[-1.0, 2.0], [np.nan, 1.0], [np.inf, 1.0]])
def test_needs_that_cannot_be_shared_by_are_refused(need):
    with pytest.raises(ValueError, match="needs must be finite and at least 0"):
        share_out(need, 3)


def test_pairs_by_hand():
    staying = np.array([0, 1, 2, 3, 5, 8])
    assert pair_up(1.0, staying).tolist() == [0, 0, 2, 2, 4, 8]
    assert pair_up(0.5, staying).tolist() == [0, 0, 2, 2, 2, 4]
    assert pair_up(np.array([0.0] * 6), staying).tolist() == [0] * 6


@st.composite
def plans(draw):
    """Draw the districts of workers (R, N), D, and a Plan."""
    districts, number = draw(st.integers(1, 5)), draw(st.integers(1, 15))
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    places = rng.integers(districts, size=(3, number))
    workers = (places[..., None] == np.arange(districts)).sum(axis=1)
    targets = share_out(rng.random((3, districts)), number)
    staying, _, _ = stay_and_leave(workers, targets)
    return places, workers, Plan(targets, pair_up(rng.random((3, districts)), staying))


@given(plans())
def test_who_is_dealt_a_plan_carries_it_out(drawn):
    places, workers, plan = drawn
    actions = deal(places, workers, plan)
    staying, leaving, _ = stay_and_leave(workers, plan.targets)
    destinations = np.where(actions < 2, places, actions - 2)
    for district in range(workers.shape[1]):
        is_here = places == district
        assert ((is_here & (actions == 1)).sum(axis=1) == plan.at_heavy[:, district]).all()
        assert ((is_here & (actions == 0)).sum(axis=1) == (staying - plan.at_heavy)[:, district]).all()
        assert ((is_here & (actions >= 2)).sum(axis=1) == leaving[:, district]).all()
        assert ((destinations == district).sum(axis=1) == plan.targets[:, district]).all()
    for run in range(3):
        flows = count_flows(workers[run], plan.targets[run])
        travels = actions[run] >= 2
        expected = np.zeros_like(flows)
        np.add.at(expected, (places[run][travels], destinations[run][travels]), 1)
        assert flows.tolist() == expected.tolist()


def test_of_a_district_the_first_ones_leave_the_next_ones_serve_heavy_tasks():
    places = np.array([[1, 0, 0, 1, 0, 0, 0]])
    actions = deal(places, np.array([[5, 2]]), Plan(np.array([[4, 3]]), np.array([[2, 2]])))
    assert actions.tolist() == [[1, 3, 1, 1, 1, 0, 0]]


def test_plans_are_dealt_in_hundreds_of_districts_too():
    places = np.random.default_rng(0).permutation(600)[None] // 2  # two workers in each of 300
    workers, targets = np.full((1, 300), 2), np.array([[3, 1] * 150])
    actions = deal(places, workers, Plan(targets, np.zeros_like(targets)))
    destinations = np.where(actions < 2, places, actions - 2)
    assert np.bincount(destinations[0]).tolist() == targets[0].tolist()
    assert (np.bincount(places[actions >= 2], minlength=300) == [0, 1] * 150).all()


@pytest.mark.parametrize("num_districts", [200, 300, 40_000, 70_000])  # up to 8 bits, 16 bits and more
def test_any_number_of_districts_is_dealt_out(num_districts):
    places = np.arange(num_districts)[None, ::-1]  # (1, N), a worker in each
    workers = np.ones((1, num_districts), dtype=np.int64)
    targets = workers.copy()
    targets[0, [0, -1]] = 0, 2  # the one of the first district goes to the last one
    actions = deal(places, workers, Plan(targets, np.zeros_like(workers)))
    assert actions[0, -1] == 2 + num_districts - 1
    assert (actions[0, :-1] == 0).all()
