"""The potential test says which added rewards come from a potential, and proves it where none does."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from marl_lessons import shaping
from marl_lessons.environments import Dispatch, Foraging, Push, TwoStep
from marl_lessons.shaping import find_shaping_potential, list_transitions

GAMMAS = st.sampled_from([0.5, 0.9, 1.0])


@st.composite
def transitions(draw):
    """Draw transitions between up to five states, of which the last one may be an end."""
    num_states = draw(st.integers(1, 5))
    pairs = draw(st.lists(st.tuples(*[st.integers(0, num_states - 1)] * 2), min_size=1, max_size=12))
    states, next_states = np.array(pairs).T
    ends = draw(st.booleans()) and num_states > 1
    terminated = (next_states == num_states - 1) & ends
    return states, next_states, terminated, num_states


def gain(states, next_states, terminated, potential, gamma):
    """The definition, one transition after the other."""
    return np.array(
        [
            (0 if end else gamma * potential[following]) - potential[state]
            for state, following, end in zip(states, next_states, terminated, strict=True)
        ]
    )


def check_proof(states, next_states, terminated, added, num_states, gamma, weights):
    """Any potential pays 0 in the mixture, also each that is 1 in one state; the added reward does not."""
    for state in range(num_states):
        paid = weights @ gain(states, next_states, terminated, np.eye(num_states)[state], gamma)
        assert paid == pytest.approx(0, abs=1e-7)
    assert abs(weights @ added) > 1e-7
    assert np.abs(weights).max() == pytest.approx(1)


@given(transitions(), GAMMAS, st.data())
def test_what_comes_from_a_potential_is_accepted(drawn, gamma, data):
    *moves, num_states = drawn
    potential = np.array(data.draw(st.lists(st.integers(-5, 5), min_size=num_states, max_size=num_states)))
    added = gain(*moves, potential, gamma)
    found = find_shaping_potential(*moves, added, num_states, gamma)
    assert found.weights is None
    np.testing.assert_allclose(gain(*moves, found.potential, gamma), added, atol=1e-7)


@given(transitions(), GAMMAS, st.data())
def test_what_is_refused_comes_with_a_proof_that_holds(drawn, gamma, data):
    *moves, num_states = drawn
    count = len(moves[0])
    added = np.array(data.draw(st.lists(st.integers(-5, 5), min_size=count, max_size=count)), dtype=float)
    found = find_shaping_potential(*moves, added, num_states, gamma)
    if found.potential is None:
        check_proof(*moves, added, num_states, gamma, found.weights)
    else:
        np.testing.assert_allclose(gain(*moves, found.potential, gamma), added, atol=1e-7)


@given(transitions(), GAMMAS, st.integers(1, 5))
def test_two_transitions_alike_that_are_paid_differently_are_always_refused(drawn, gamma, extra):
    states, next_states, terminated, num_states = drawn
    moves = [np.append(array, array[0]) for array in (states, next_states, terminated)]
    added = gain(*moves, np.arange(num_states), gamma)
    added[-1] += extra
    found = find_shaping_potential(*moves, added, num_states, gamma)
    assert found.potential is None
    check_proof(*moves, added, num_states, gamma, found.weights)


def test_without_discount_the_proof_is_a_cycle():
    """Around 0 → 1 → 2 → 0 the added reward pays 3; the way back and forth between 0 and 3 pays 0 and is left out."""
    states, next_states = np.array([0, 1, 2, 0, 3]), np.array([1, 2, 0, 3, 0])
    added = np.array([1, 1, 1, 2, -2])
    found = find_shaping_potential(states, next_states, np.zeros(5, bool), added, 4, 1.0)
    np.testing.assert_allclose(found.weights / found.weights[0], [1, 1, 1, 0, 0], atol=1e-9)


def test_with_discount_the_steps_of_the_cycle_count_less_the_later_they_come():
    """Aᵀ y = 0 says γ y(in) = y(out) in every state; only a cycle that is paid twice differently closes."""
    states, next_states = np.array([0, 0, 1, 1]), np.array([1, 1, 2, 2])
    added = np.array([0.0, 1.0, 0.0, 0.0])
    found = find_shaping_potential(states, next_states, np.zeros(4, bool), added, 3, 0.9)
    np.testing.assert_allclose(np.abs(found.weights), [1, 1, 0, 0], atol=1e-9)
    assert found.weights[0] == pytest.approx(-found.weights[1])


def test_a_potential_is_found_again_up_to_a_constant_without_discount():
    states, next_states = np.array([0, 1, 2, 0]), np.array([1, 2, 3, 3])
    potential = np.array([1.0, 4.0, -2.0, 7.0])
    added = gain(states, next_states, np.zeros(4, bool), potential, 1.0)
    found = find_shaping_potential(states, next_states, np.zeros(4, bool), added, 4, 1.0).potential
    np.testing.assert_allclose(found - found[0], potential - potential[0])


@pytest.mark.parametrize("game", [Push(2), TwoStep(), Dispatch().to_tabular()])
@pytest.mark.parametrize("gamma", [0.9, 1.0])
def test_the_article_s_bonus_comes_from_no_potential(game, gamma):
    moves = list_transitions(game)
    added = shaping.diversity_bonus(moves.actions)[:, 0]
    arguments = moves.states, moves.next_states, moves.terminated, added, game.num_states, gamma
    found = find_shaping_potential(*arguments)
    assert found.potential is None
    check_proof(*arguments, found.weights)
    assert (np.abs(found.weights) > 1e-9).sum() <= 4


@pytest.mark.parametrize(
    ("gamma", "expected"), [(0.9, [(1.0, 0, 0, 0.2), (-0.1, 0, 2, 0.0)]), (1.0, [(1.0, 0, 0, 0.2)])]
)
def test_in_push_the_proof_is_a_box_that_stays_and_discounted_also_one_that_leaves(gamma, expected):
    """By hand: to stay says γΦ - Φ = .2, so Φ = -2 at γ = .9; to leave at the left says -Φ = 0."""
    moves = list_transitions(Push(2))
    added = shaping.diversity_bonus(moves.actions)[:, 0]
    weights = find_shaping_potential(moves.states, moves.next_states, moves.terminated, added, 4, gamma).weights
    rows = zip(weights, moves.states, moves.next_states, added, strict=True)
    used = sorted((row for row in rows if abs(row[0]) > 1e-9), key=lambda row: -row[0])
    np.testing.assert_allclose(used, expected, atol=1e-9)


def test_the_bonus_comes_from_no_potential_in_foraging_either():
    game = Foraging(3)
    states = np.repeat(np.arange(game.num_playing), 36)
    next_states = game.outcomes.ravel()
    actions = np.tile(np.indices((6, 6)).reshape(2, -1).T, (game.num_playing, 1))
    added = shaping.diversity_bonus(actions)[:, 0]
    terminated = next_states == game.num_playing
    found = find_shaping_potential(states, next_states, terminated, added, game.num_playing + 1, 0.95)
    assert found.potential is None
    assert (np.abs(found.weights) > 1e-9).sum() <= 4


@given(st.integers(1, 4), GAMMAS)
def test_of_a_game_s_tables_the_potential_is_found_that_was_added(cells, gamma):
    assume(gamma < 1)
    game = Push(cells)
    potential = np.append(np.arange(cells) + 1.0, [0, 0])
    moves = list_transitions(game)
    added = gain(moves.states, moves.next_states, moves.terminated, potential, gamma)
    found = find_shaping_potential(moves.states, moves.next_states, moves.terminated, added, game.num_states, gamma)
    np.testing.assert_allclose(found.potential, potential, atol=1e-7)


def test_the_transitions_of_a_game_are_those_that_its_tables_allow():
    game = TwoStep()
    moves = list_transitions(game)
    assert len(moves.states) == 12  # four joint actions in three states, and none after the end
    assert moves.terminated.tolist() == [False] * 4 + [True] * 8
    for state, actions, following in zip(moves.states, moves.actions, moves.next_states, strict=True):
        assert game.transitions[(state, *actions, following)] == 1


def test_arrays_of_other_lengths_are_refused():
    with pytest.raises(ValueError, match="shaping must have shape"):
        find_shaping_potential(np.array([0]), np.array([0]), np.array([False]), np.zeros(2), 1, 0.9)
