"""The box moves only if both push the same way, and its ends pay."""

import numpy as np
import pytest

from marl_lessons import shaping, solvers
from marl_lessons.environments import Push
from marl_lessons.markov_games import Snapshot

RNG = np.random.default_rng(0)


def push(game, cell, first, second):
    next_state, rewards, terminated = game.step(np.array([cell]), np.array([[first, second]]), RNG)
    return game.name_state(int(next_state[0])), rewards[0].tolist(), bool(terminated[0])


@pytest.mark.parametrize(
    ("cell", "actions", "outcome"),
    [
        (0, (1, 1), ("cell 1", [0, 0], False)),
        (1, (0, 0), ("cell 0", [0, 0], False)),
        (0, (0, 1), ("cell 0", [0, 0], False)),
        (1, (1, 0), ("cell 1", [0, 0], False)),
        (0, (0, 0), ("left end", [0.5, 0.5], True)),
        (1, (1, 1), ("right end", [1, 1], True)),
    ],
)
def test_what_follows_from_two_pushes(cell, actions, outcome):
    assert push(Push(2), cell, *actions) == outcome


def test_an_end_without_a_prize_is_a_wall():
    assert push(Push(2, prizes=(None, 1.0)), 0, 0, 0) == ("cell 0", [0, 0], False)
    assert push(Push(2, prizes=(0.5, None)), 1, 1, 1) == ("cell 1", [0, 0], False)


@pytest.mark.parametrize(("cells", "best"), [(1, 1.0), (2, 0.9), (4, 0.729), (8, 0.5)])
def test_the_right_end_is_best_as_long_as_it_is_near_enough(cells, best):
    assert solvers.value_iteration(Push(cells), 0.9).values[0] == pytest.approx(best)


def test_a_corridor_without_cells_is_refused():
    with pytest.raises(ValueError, match="cells must be at least 1"):
        Push(0)


def test_it_tells_itself():
    game = Push(2)
    step = Snapshot(np.int64(1), np.array([1, 1]), np.array([1.0, 1.0]), np.int64(3))
    assert game.tell(step) == "cell 1: agent 0 right and agent 1 right; the box moves to right end; rewards 1, 1."
    assert game.tell(Snapshot(np.int64(2))) == "The box is at the left end."


@pytest.mark.parametrize(("gamma", "pushes"), [(0.79, True), (0.81, False)])
def test_with_one_cell_and_a_wall_it_is_the_push_game_that_the_bonus_flips(gamma, pushes):
    """Row 19."""
    game = shaping.add_bonus(Push(1, prizes=(None, 1.0)), shaping.diversity_bonus)
    optimum = solvers.value_iteration(game, gamma)
    assert (optimum.joint_actions[0].tolist() == [1, 1]) == pushes
    assert optimum.values[0] == pytest.approx(max(1.0, 0.2 / (1 - gamma)))


def test_with_one_cell_and_two_prizes_a_potential_of_an_end_buys_the_worse_one():
    """Row 20."""
    for zero_at_end, (left, right) in {False: (5.0, 1.0), True: (0.5, 1.0)}.items():
        shaped = shaping.add_potential(Push(1), [0, 5, 0], 0.9, zero_at_end)
        assert np.diag(shaped.rewards[0, 0]).tolist() == [left, right]
