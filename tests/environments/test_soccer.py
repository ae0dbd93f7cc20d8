"""Soccer's rules, one by one, and its tables beside play."""

import numpy as np
import pytest

from marl_lessons import solvers
from marl_lessons.environments import Soccer
from marl_lessons.learners import FixedPolicy
from marl_lessons.markov_games import TabularMarkovGame
from marl_lessons.policies import joint_policy, uniform_policy
from marl_lessons.rollout import evaluate

NORTH, SOUTH, EAST, WEST, STAND = range(5)
GAME = Soccer()
LEFT_SCORES, RIGHT_SCORES, DRAWN = range(760, 763)


def after(left, right, ball, joint_action, first):
    """The state after one step, as in `states`."""
    return GAME.states[GAME.move(left, right, ball, joint_action, first)]


def mirror(state):
    """Swap the players and turn the pitch around."""
    if state >= 760:
        return {LEFT_SCORES: RIGHT_SCORES, RIGHT_SCORES: LEFT_SCORES, DRAWN: DRAWN}[state]
    left, right, ball = GAME.states[state]
    return GAME.number((right[0], 4 - right[1]), (left[0], 4 - left[1]), 1 - ball)


def test_there_are_760_states_and_three_ways_to_end():
    assert len(GAME.states) == len(set(GAME.states)) == 760
    assert GAME.num_observations == 763


def test_who_moves_into_the_other_s_square_stays_and_leaves_it_the_ball():
    assert after((1, 1), (1, 2), 0, (EAST, STAND), first=0) == ((1, 1), (1, 2), 1)
    assert after((1, 1), (1, 2), 0, (STAND, WEST), first=0) == ((1, 1), (1, 2), 0)


def test_the_order_of_moves_matters():
    """If the right player leaves first, the way is free."""
    assert after((1, 1), (1, 2), 0, (EAST, NORTH), first=1) == ((1, 2), (0, 2), 0)
    assert after((1, 1), (1, 2), 0, (EAST, NORTH), first=0) == ((1, 1), (0, 2), 1)


def test_walls_stop_a_player_and_the_own_goal_is_a_wall():
    assert after((0, 0), (3, 4), 0, (NORTH, SOUTH), first=0) == ((0, 0), (3, 4), 0)
    assert after((1, 0), (2, 4), 0, (WEST, EAST), first=0) == ((1, 0), (2, 4), 0)


@pytest.mark.parametrize("row", range(4))
def test_the_goals_are_as_high_as_the_two_middle_rows_and_need_the_ball(row):
    scores = row in (1, 2)
    assert (GAME.move((row, 4), (row, 0), 0, (EAST, WEST), first=0) == LEFT_SCORES) == scores
    assert (GAME.move((row, 4), (row, 0), 1, (EAST, WEST), first=0) == RIGHT_SCORES) == scores
    assert GAME.move((row, 4), (row, 0), 0, (STAND, WEST), first=0) < 760


def test_a_goal_pays_one_and_takes_one_and_ends_the_match():
    state = np.array([GAME.number((1, 4), (0, 0), 0)])
    next_state, rewards, terminated = GAME.step(state, np.array([[EAST, STAND]]), np.random.default_rng(0))
    assert next_state.tolist() == [LEFT_SCORES]
    assert rewards.tolist() == [[1, -1]]
    assert terminated.tolist() == [True]


def test_the_tables_are_those_of_the_mirrored_game_as_well():
    tabular = GAME.to_tabular()
    turned = np.array([mirror(state) for state in range(763)])
    as_mirrored = [NORTH, SOUTH, WEST, EAST, STAND]
    swapped = tabular.transitions[turned][:, as_mirrored][:, :, as_mirrored][..., turned].swapaxes(1, 2)
    np.testing.assert_array_equal(swapped, tabular.transitions)


def test_a_draw_ends_a_tenth_of_the_steps_without_a_goal():
    tabular = Soccer(draw=0.1).to_tabular()
    playing = tabular.transitions[:760]
    no_goal = 1 - playing[..., [LEFT_SCORES, RIGHT_SCORES]].sum(axis=-1)
    np.testing.assert_allclose(playing[..., DRAWN], 0.1 * no_goal)


def test_playing_on_with_probability_nine_tenths_is_worth_as_much_as_gamma_nine_tenths():
    uniform = joint_policy(uniform_policy(2, 115, 5))
    with_draws, without = (Soccer(2, 4, draw=draw).to_tabular() for draw in (0.1, 0))
    np.testing.assert_allclose(
        solvers.evaluate_joint_policy(with_draws, uniform, gamma=1),
        solvers.evaluate_joint_policy(without, uniform, gamma=0.9),
        atol=1e-12,
    )


def test_play_earns_what_the_tables_predict():
    game = Soccer(2, 4, draw=0.1)
    policies = np.random.default_rng(1).dirichlet(np.ones(5), size=(2, 115))
    tabular = game.to_tabular()
    predicted = solvers.evaluate_joint_policy(tabular, joint_policy(policies), 1) @ tabular.start
    returns = evaluate(game, FixedPolicy(policies), 20_000, np.random.default_rng(0))
    assert np.abs(returns.mean(axis=0) - predicted).max() < 4 * returns.std() / np.sqrt(20_000)
    assert (returns.sum(axis=1) == 0).all()


def test_each_player_has_the_first_ball_half_of_the_time():
    starts = GAME.reset(10_000, np.random.default_rng(0))
    assert {GAME.states[state][:2] for state in np.unique(starts)} == {((1, 1), (1, 3))}
    assert np.mean(starts == GAME.number((1, 1), (1, 3), 0)) == pytest.approx(0.5, abs=0.02)


def test_a_random_start_may_be_any_state():
    game = Soccer(2, 4, random_start=True)
    assert set(game.reset(5_000, np.random.default_rng(0))) == set(range(112))
    np.testing.assert_allclose(game.to_tabular().start, np.append(np.full(112, 1 / 112), [0, 0, 0]))


def test_the_tables_are_a_tabular_game_in_which_everybody_sees_the_state():
    assert isinstance(GAME.to_tabular(), TabularMarkovGame)
    assert GAME.observe(np.array([5, 7])).tolist() == [[5, 5], [7, 7]]


def test_a_pitch_that_is_too_small_is_refused():
    with pytest.raises(ValueError, match="rows must be at least 2 and columns 4, got 4 and 3"):
        Soccer(columns=3)
    with pytest.raises(ValueError, match="draw must lie in 0 … 1, got 2"):
        Soccer(draw=2)
