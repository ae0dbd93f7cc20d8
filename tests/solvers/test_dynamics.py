"""Fictitious play and gradient ascent, beside a plain loop and the exact motion."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marl_lessons import games
from marl_lessons.games import MatrixGame
from marl_lessons.solvers import dynamics


@settings(max_examples=20)
@given(st.integers(0, 10_000))
def test_fictitious_play_is_what_a_plain_loop_does(seed):
    rng = np.random.default_rng(seed)
    game = MatrixGame(rng.integers(-3, 4, size=(2, 2, 3)))
    plays = [(1, 2)]
    for _ in range(20):
        frequencies = [np.bincount([play[i] for play in plays], minlength=2 + i) / len(plays) for i in (0, 1)]
        # Frequencies carry rounding errors, so ties are decided on rounded values.
        plays.append(tuple(int(game.action_values(i, frequencies).round(9).argmax()) for i in (0, 1)))
    rows, columns = dynamics.fictitious_play(game, steps=21, first_actions=[1, 2])
    np.testing.assert_allclose(rows[-1], np.bincount([play[0] for play in plays], minlength=2) / 21)
    np.testing.assert_allclose(columns[-1], np.bincount([play[1] for play in plays], minlength=3) / 21)


def test_several_starts_are_played_as_each_alone():
    game, starts = games.rock_paper_scissors(), np.array([[0, 1], [2, 2]])
    rows, _ = dynamics.fictitious_play(game, steps=50, first_actions=starts)
    assert rows.shape == (50, 2, 3)
    for run, start in enumerate(starts):
        np.testing.assert_array_equal(rows[:, run], dynamics.fictitious_play(game, 50, start)[0])


def test_gradient_ascent_climbs_a_common_interest_to_the_corner():
    path = dynamics.gradient_ascent(games.coordination(), start=(0.6, 0.6), rate=0.1, steps=60)
    assert path.shape == (61, 2)
    np.testing.assert_allclose(path[1], [0.6 + 0.1 * 0.2] * 2)  # the gradient is 2·0.6 - 1
    assert path[-1].tolist() == [1, 1]


def test_only_a_losing_agent_takes_the_losing_rate():
    """At (.9, .2) in matching pennies, heads loses agent 0 money, while agent 1's tails win."""
    path = dynamics.gradient_ascent(games.matching_pennies(), (0.9, 0.2), rate=0.01, steps=1, losing_rate=0.04)
    gradient = np.array([4 * (0.2 - 0.5), -4 * (0.9 - 0.5)])
    np.testing.assert_allclose(path[1] - path[0], gradient * [0.04, 0.01])


def test_gradient_ascent_is_for_two_actions_each():
    with pytest.raises(ValueError, match=r"game.payoffs must have shape \(2, 2, 2\), got \(2, 3, 3\)"):
        dynamics.gradient_ascent(games.rock_paper_scissors(), (0.5, 0.5), 0.1, 1)


def improve_one_pair(payoffs, turns):
    """Let one pair improve in turns, by the definition; return whether it moved at each turn."""
    joint_action, moved = [0, 0], []
    for turn in range(turns):
        agent = turn % 2
        alternatives = [[*joint_action[:agent], action, *joint_action[agent + 1 :]] for action in range(3 - agent)]
        worth = [payoffs[(agent, *alternative)] for alternative in alternatives]
        moved.append(bool(max(worth) > payoffs[(agent, *joint_action)]))
        joint_action = alternatives[int(np.argmax(worth))] if moved[-1] else joint_action
    return moved


def test_improving_in_turns_is_what_a_plain_loop_does():
    payoffs = np.random.default_rng(0).integers(-3, 4, size=(200, 2, 3, 2))  # ties too
    moved = dynamics.improve_in_turns(payoffs, turns=7)
    assert moved.tolist() == [improve_one_pair(pair, 7) for pair in payoffs]


def test_in_an_equilibrium_nobody_moves_and_without_turns_nothing_is_told():
    assert not dynamics.improve_in_turns(games.coordination().payoffs[None], turns=3).any()
    assert dynamics.improve_in_turns(games.coordination().payoffs[None], turns=0).shape == (1, 0)


def test_payoffs_of_one_game_alone_are_turned_down():
    with pytest.raises(ValueError, match=r"payoffs must have shape \(G, 2, A, B\), got \(2, 2, 2\)"):
        dynamics.improve_in_turns(games.coordination().payoffs, turns=3)
