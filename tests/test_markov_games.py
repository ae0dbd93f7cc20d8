"""The tables of a Markov game are checked, and stepping it draws from them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from marl_lessons.environments import Dispatch, Drift, Relay
from marl_lessons.markov_games import TabularMarkovGame


def two_rooms(**changes):
    """Agents 0 and 1 leave room 0 with probability ½ if both choose action 1; room 1 is the end."""
    transitions = np.zeros((2, 2, 2, 2))
    transitions[0] = [[[1, 0], [1, 0]], [[1, 0], [0.5, 0.5]]]
    transitions[1] = [0, 1]
    rewards = np.arange(16.0).reshape(2, 2, 2, 2)
    tables = {"transitions": transitions, "rewards": rewards, "start": [1, 0], "terminal": [False, True]}
    return TabularMarkovGame(**(tables | changes))


def test_every_agent_sees_the_state():
    observations = two_rooms().observe(np.array([0, 1, 0]))
    assert observations.tolist() == [[0, 0], [1, 1], [0, 0]]


def test_rewards_are_looked_up_at_the_joint_action_of_each_run():
    game = two_rooms()
    actions = np.array([[0, 1], [1, 0]])
    _, rewards, _ = game.step(np.array([0, 0]), actions, np.random.default_rng(0))
    assert rewards.tolist() == [[1, 9], [2, 10]]  # rewards[agent, 0, a_0, a_1] = 8·agent + 2·a_0 + a_1


def test_next_states_are_drawn_with_their_probabilities():
    actions = np.ones((40_000, 2), dtype=int)
    next_state, _, terminated = two_rooms().step(np.zeros(40_000, int), actions, np.random.default_rng(0))
    assert next_state.mean() == pytest.approx(0.5, abs=4 * 0.5 / 200)
    assert (terminated == (next_state == 1)).all()


@given(st.integers(0, 2**32 - 1))
def test_only_possible_states_follow_and_each_cell_has_its_own(seed):
    rng = np.random.default_rng(seed)
    weights = rng.random((4, 2, 2, 4)) * (rng.random((4, 2, 2, 4)) < 0.4) + np.eye(4)[:, None, None]
    transitions = weights / weights.sum(axis=-1, keepdims=True)
    game = TabularMarkovGame(transitions, np.zeros((2, 4, 2, 2)), start=[1, 0, 0, 0])
    state, actions = rng.integers(4, size=200), rng.integers(2, size=(200, 2))
    next_state, _, _ = game.step(state, actions, rng)
    assert (transitions[(state, *actions.T, next_state)] > 0).all()


def test_start_states_are_drawn_with_their_probabilities():
    game = two_rooms(start=[0.25, 0.75], terminal=None)
    assert game.reset(40_000, np.random.default_rng(0)).mean() == pytest.approx(0.75, abs=0.01)


def test_a_step_leaves_the_state_as_it_was():
    state = np.zeros(50, dtype=int)
    two_rooms().step(state, np.ones((50, 2), int), np.random.default_rng(0))
    assert not state.any()


def test_a_game_without_terminal_states_never_terminates():
    game = two_rooms(terminal=None)
    assert not game.step(np.zeros(9, int), np.ones((9, 2), int), np.random.default_rng(0))[2].any()


def test_with_rewards_changes_the_rewards_and_nothing_else():
    game = two_rooms(horizon=7, state_names=["in", "out"], action_names=["stay", "go"])
    other = game.with_rewards(game.rewards + 1)
    assert (other.rewards == game.rewards + 1).all()
    for name in ["transitions", "start", "terminal", "horizon", "state_names", "action_names"]:
        assert np.array_equal(getattr(other, name), getattr(game, name))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"transitions": np.full((2, 2, 2, 2), 0.4)}, r"transitions\[0\]\[0\]\[0\] must sum to 1, got 0.8; divide"),
        ({"transitions": np.full((2, 2, 2), 0.5)}, r"transitions must have shape \(2, 2, 2, 2\), got \(2, 2, 2\)"),
        ({"rewards": np.zeros((2, 2, 2))}, r"rewards must have shape \(2, 2, 2, 2\), got \(2, 2, 2\)"),
        ({"rewards": np.full((2, 2, 2, 2), np.nan)}, "rewards must be finite"),
        ({"start": [0.5, 0.4]}, r"start must sum to 1, got 0.9"),
        ({"start": [2, -1]}, "start must hold finite probabilities of at least 0"),
        ({"start": [0.5, 0.5]}, "start must give terminal states probability 0, got 0.5"),
        ({"terminal": [True]}, r"terminal must have shape \(2,\), got \(1,\)"),
        ({"state_names": ["in"]}, "state_names must hold 2 names, got 1"),
        ({"action_names": ["a", "b", "c"]}, "action_names must hold 2 names, got 3"),
    ],
)
def test_a_wrong_table_is_named_with_what_is_wrong(changes, message):
    with pytest.raises(ValueError, match=message):
        two_rooms(**changes)


def test_unless_a_game_knows_better_a_critic_sees_everybody_s_observations_side_by_side():
    state = np.array([[0, 2, 1], [1, 0, 0]])
    assert Dispatch(view="own").global_view(state).tolist() == [[1, 5], [2, 0]]
    features = np.array([[1.0, 2, 3, 4]])
    assert Drift().global_view(features).tolist() == [[1, 2, 3, 4] * 3]


class OfItsOwn(Dispatch):
    """A game that shows a critic something of its own, and does not say how many values it takes."""

    def global_view(self, state):
        return state


@pytest.mark.parametrize(
    ("game", "sizes"),
    [
        (Dispatch(view="own"), (6, 6)),
        (two_rooms(), (2,)),
        (Relay(delay=1, day=1.0), (2, 3, 3, 2)),
        (Drift(), None),
        (OfItsOwn(), None),
    ],
    ids=["side by side", "tables", "relay", "features", "not said"],
)
def test_a_global_view_of_whole_numbers_says_how_many_values_each_column_takes(game, sizes):
    assert game.view_sizes == sizes
    if sizes is not None:
        view = game.global_view(game.reset(20, np.random.default_rng(0)))
        assert ((view >= 0) & (view < sizes)).all()


def test_in_tables_a_critic_sees_the_state_once():
    assert two_rooms().global_view(np.array([0, 1])).tolist() == [[0], [1]]
