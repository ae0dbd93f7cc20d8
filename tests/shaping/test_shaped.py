"""The same game for learners, with something added to the rewards of each step."""

import numpy as np
import pytest

from marl_lessons import shaping
from marl_lessons.environments import Dispatch, Foraging, Push, TwoStep
from marl_lessons.learners import IQL, RandomPolicy
from marl_lessons.rollout import play, train

RNG = np.random.default_rng(0)


def follow(game, runs=200, steps=60, seed=0):
    """Play at random, and return the transitions."""
    transitions = play(game, RandomPolicy(game.num_actions), runs, np.random.default_rng(seed))
    return [next(transitions) for _ in range(steps)]


def test_a_bonus_is_what_is_added_times_its_strength():
    game = Foraging(4)
    for plain, shaped in zip(follow(game), follow(shaping.WithBonus(game, shaping.diversity_bonus, 3.0)), strict=True):
        np.testing.assert_array_equal(plain.next_state, shaped.next_state)
        expected = plain.rewards + 3 * shaping.diversity_bonus(plain.actions)
        np.testing.assert_allclose(shaped.rewards, expected)


@pytest.mark.parametrize("game", [Push(4), TwoStep(), Dispatch().to_tabular()])
def test_steps_pay_on_average_what_the_tables_with_the_same_potential_say(game):
    potential = RNG.normal(size=game.num_states)
    tables = shaping.add_potential(game, potential, 0.9)
    for transition in follow(shaping.WithPotential(game, potential, 0.9), steps=20):
        state, following = transition.state, transition.next_state
        after = np.where(transition.terminated, 0.0, potential[following])
        plain = game.rewards[:, state, transition.actions[:, 0], transition.actions[:, 1]].T
        np.testing.assert_allclose(transition.rewards, plain + (0.9 * after - potential[state])[:, None])
    state, joint_action = 0, (0, 0)
    drawn = shaping.WithPotential(game, potential, 0.9).step(
        np.full(20_000, state), np.tile(joint_action, (20_000, 1)), np.random.default_rng(1)
    )[1]
    assert drawn[:, 0].mean() == pytest.approx(tables.rewards[(0, state, *joint_action)], abs=0.05)


def test_the_end_keeps_its_potential_only_where_that_is_asked_for():
    game, potential = Push(1), np.array([0.0, 5.0, 3.0])
    both_left = np.zeros(1, dtype=int), np.array([[0, 0]]), RNG
    assert shaping.WithPotential(game, potential, 0.9).step(*both_left)[1].tolist() == [[0.5, 0.5]]
    assert shaping.WithPotential(game, potential, 0.9, zero_at_end=False).step(*both_left)[1].tolist() == [[5.0, 5.0]]


def test_a_potential_of_another_size_is_refused():
    with pytest.raises(ValueError, match="potential must have shape"):
        shaping.WithPotential(Push(2), np.zeros(3), 0.9)


def test_the_difference_reward_is_what_the_team_would_have_missed():
    """By hand, for a = b = 2, h = 1: both at A serve two, of which one without me; one at A and one alone at H: -1."""
    game = shaping.WithDifferences(Dispatch())
    state = np.tile([2, 2, 1], (4, 1))
    actions = np.array([[0, 0], [0, 2], [2, 2], [2, 0]])
    rewards = game.step(state, actions, RNG)[1]
    assert rewards.tolist() == [[1, 1], [1, -2], [6, 6], [-2, 1]]


def test_taking_the_rest_away_leaves_what_an_agent_gains_by_another_action():
    game = Dispatch()
    for transition in follow(game, runs=50, steps=20):
        for agent in (0, 1):
            others = transition.actions.copy()
            others[:, agent] = (others[:, agent] + 1) % 3
            gains = [
                played.step(transition.state, others, RNG)[1]
                - played.step(transition.state, transition.actions, RNG)[1]
                for played in (game, shaping.WithDifferences(game))
            ]
            np.testing.assert_allclose(gains[1][:, agent], gains[0][:, agent])


def test_a_game_that_cannot_leave_somebody_out_is_refused():
    with pytest.raises(ValueError, match="reward_without"):
        shaping.WithDifferences(Push(2))


@pytest.mark.parametrize("seed", range(3))
def test_shaping_is_the_same_as_beginning_at_the_potential(seed):
    """Row 17: the same actions from the same seed, over 3,000 steps, and Q = Φ + Q of the shaped one."""
    game, potential = Push(4), np.array([0.25, 0.5, 0.75, 1.0, 0, 0])
    shaped = IQL(shaping.WithPotential(game, potential, 0.9), 0.1, 0.9, 0.2)
    begun = IQL(game, 0.1, 0.9, 0.2, initial=potential[:, None])
    actions = []
    for played, learner in ((shaping.WithPotential(game, potential, 0.9), shaped), (game, begun)):
        rng, chosen = np.random.default_rng(seed), []
        for _, transition in zip(range(3_000), play(played, learner, 20, rng), strict=False):
            learner.update(transition, rng)
            chosen.append(transition.actions)
        actions.append(np.array(chosen))
    np.testing.assert_array_equal(*actions)
    inside = ~game.terminal
    np.testing.assert_allclose(
        (shaped.q_table + potential[:, None])[:, :, inside], begun.q_table[:, :, inside], atol=1e-9
    )


def test_the_views_can_be_trained_on_and_watched():
    game = shaping.WithBonus(Push(2), shaping.diversity_bonus)
    history = train(game, IQL(game, 0.1, 0.9, 0.1), 50, 3, np.random.default_rng(0))
    assert history.rewards.shape == (50, 3, 2)
    assert game.name_state(0) == "cell 0"


def test_a_potential_needs_states_that_are_numbers():
    game = shaping.WithPotential(Dispatch(), np.zeros(18), 0.9)
    with pytest.raises(
        ValueError, match=r"a whole number as its state, got int64 of shape \(3,\); train on its tables"
    ):
        train(game, RandomPolicy(3), 5, 2, np.random.default_rng(0))
