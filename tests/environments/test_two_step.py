"""The two-step game leads where agent 0 says, pays once, and ends."""

import numpy as np
import pytest

from marl_lessons.environments import TwoStep


@pytest.mark.parametrize(
    ("first", "second", "reward"),
    [
        ((0, 0), (1, 0), 7),
        ((0, 1), (0, 0), 7),
        ((1, 0), (0, 0), 0),
        ((1, 1), (0, 1), 1),
        ((1, 0), (1, 1), 8),
    ],
)
def test_agent_0_chooses_the_branch_and_the_second_step_pays(first, second, reward):
    game, rng = TwoStep(), np.random.default_rng(0)
    state = game.reset(3, rng)
    assert {game.state_names[number] for number in state} == {"s1"}
    state, rewards, terminated = game.step(state, np.tile(first, (3, 1)), rng)
    assert {game.state_names[number] for number in state} == {"2A" if first[0] == 0 else "2B"}
    assert not rewards.any()
    assert not terminated.any()
    _, rewards, terminated = game.step(state, np.tile(second, (3, 1)), rng)
    assert (rewards == reward).all()
    assert terminated.all()
