"""Update rules, by hand and beside the averages and limits that theory names."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from marl_lessons.update_rules import (
    average_by_entry,
    best_values,
    count_best,
    intend_better,
    maximum_bonus,
    move_hysteretically,
    move_leniently,
    move_toward,
    td_target,
)

pairs_of_tables = arrays(float, (2, 3, 2), elements=st.integers(-5, 5))


@given(arrays(float, st.tuples(st.integers(1, 4), st.integers(1, 3), st.integers(1, 5)), elements=st.integers(-9, 9)))
def test_the_best_value_is_the_maximum_over_actions(q_values):
    np.testing.assert_array_equal(best_values(q_values), q_values.max(axis=-1))


def test_a_target_adds_the_discounted_next_value_unless_the_game_has_ended():
    targets = td_target(np.array([[1.0, 2.0], [1.0, 2.0]]), np.array([[10.0, 20.0]] * 2), [[False], [True]], gamma=0.5)
    assert targets.tolist() == [[6, 12], [1, 2]]


def test_moving_toward_a_target_with_alpha_one_over_n_averages_the_targets():
    targets = np.array([3.0, 8.0, -2.0, 5.0])
    value = np.zeros(())
    for n, target in enumerate(targets, start=1):
        value = move_toward(value, target, 1 / n)
    assert value == pytest.approx(targets.mean())


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(-9, 9)), max_size=12))
def test_what_belongs_to_one_entry_is_averaged_and_the_rest_is_zero(pairs):
    entries, values = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    expected = [[value for entry, value in pairs if entry == one] or [0] for one in range(5)]
    np.testing.assert_allclose(average_by_entry(entries, values, 5), [np.mean(those) for those in expected])


@given(arrays(float, (2, 6), elements=st.integers(-9, 9)), st.permutations(range(12)))
def test_neither_order_nor_shape_matters_to_an_average(values, order):
    entries = np.arange(12) % 5
    in_order = average_by_entry(entries.reshape(2, 6), values, 7)
    np.testing.assert_allclose(average_by_entry(entries[order], values.ravel()[order], 7), in_order)


def test_bad_news_moves_a_hysteretic_value_less_than_good_news():
    moved = move_hysteretically(np.array([1.0, 1.0]), np.array([2.0, 0.0]), alpha=0.5, beta=0.1)
    assert moved.tolist() == [1.5, 0.9]


@given(pairs_of_tables)
def test_the_hysteretic_rule_lies_between_plain_and_distributed(tables):
    """β = α gives the plain rule; α = 1 and β = 0 give the maximum."""
    q_values, targets = tables
    plain = move_toward(q_values, targets, 0.3)
    np.testing.assert_array_equal(move_hysteretically(q_values, targets, 0.3, 0.3), plain)
    np.testing.assert_array_equal(move_hysteretically(q_values, targets, 1.0, 0.0), np.maximum(q_values, targets))


def test_bad_news_is_believed_with_probability_exp_of_minus_t():
    luck = np.random.default_rng(0).random(100_000)
    moved = move_leniently(np.ones(100_000), np.zeros(100_000), 1.0, np.full(100_000, 0.7), luck)
    assert (moved == 0).mean() == pytest.approx(np.exp(-0.7), abs=0.005)
    assert set(np.unique(moved)) == {0, 1}


@given(pairs_of_tables, st.floats(0, 100), st.floats(0, 1, exclude_max=True))
def test_good_news_is_always_believed_and_at_temperature_0_all_news(tables, temperature, luck):
    q_values, targets = tables
    plain = move_toward(q_values, targets, 0.3)
    lenient = move_leniently(q_values, targets, 0.3, np.full_like(q_values, temperature), np.full_like(q_values, luck))
    np.testing.assert_array_equal(lenient[targets >= q_values], plain[targets >= q_values])
    cold = move_leniently(q_values, targets, 0.3, np.zeros_like(q_values), np.full_like(q_values, luck))
    np.testing.assert_array_equal(cold, plain)


def test_an_intention_changes_for_something_better_and_not_for_something_as_good():
    policy, q_values = np.array([0, 0, -1]), np.array([[10.0, 2.0], [10.0, 2.0], [0.0, 0.0]])
    assert intend_better(policy, q_values, np.array([1, 1, 1]), np.array([10.0, 12.0, -3.0])).tolist() == [0, 1, -1]


@given(st.lists(st.integers(-3, 3), min_size=1, max_size=20))
def test_the_best_and_its_count_agree_with_the_whole_sequence(targets):
    best, times_best = np.array(-np.inf), np.array(0)
    for target in targets:
        best, times_best = count_best(best, times_best, np.array(float(target)))
    assert best == max(targets)
    assert times_best == targets.count(max(targets))


def test_the_maximum_bonus_weights_the_best_by_how_often_it_came():
    bonus = maximum_bonus(np.array([14.0, -5.0, -np.inf]), np.array([2, 3, 0]), np.array([8, 3, 0]))
    assert bonus.tolist() == [3.5, -5, 0]
