"""The rules of foraging, and its exact optimum beside a search of its own."""

from collections import deque

import numpy as np
import pytest

from marl_lessons.environments import Foraging
from marl_lessons.learners import FixedPolicy
from marl_lessons.policies import joint_policy
from marl_lessons.rollout import evaluate

STAY, NORTH, SOUTH, WEST, EAST, LOAD = range(6)
GAME = Foraging()
END = 4968


def find(first, second, food):
    """The number of a state."""
    return int(np.flatnonzero((GAME.squares == [first, second, food]).all(axis=(1, 2)))[0])


def after(first, second, food, joint_action):
    """Both agents' squares after one step, as pairs."""
    number = GAME.outcomes[(find(first, second, food), *joint_action)]
    return [tuple(square) for square in GAME.squares[number, :2].tolist()]


class ShortestWay:
    """Always takes a joint action after which the fewest steps are left."""

    def __init__(self):
        steps = np.append(GAME.count_fewest_steps(), 0)
        self.best = steps[GAME.outcomes].reshape(END, -1).argmin(axis=1)

    def act(self, observations, rng, explore=True):
        best = np.append(self.best, 0)[observations[:, 0]]  # at the end, any action will do
        return np.stack(np.unravel_index(best, (6, 6)), axis=-1)


def test_there_are_4968_states():
    """9 places for the food, and 24 · 23 for the agents."""
    assert GAME.num_playing == 9 * 24 * 23 == END
    assert len(np.unique(GAME.squares.reshape(END, 6), axis=0)) == END


def test_agents_move_in_four_directions_and_stop_at_walls():
    assert after((0, 0), (4, 4), (2, 2), (NORTH, SOUTH)) == [(0, 0), (4, 4)]
    assert after((0, 0), (4, 4), (2, 2), (SOUTH, NORTH)) == [(1, 0), (3, 4)]
    assert after((0, 0), (4, 4), (2, 2), (EAST, WEST)) == [(0, 1), (4, 3)]


def test_nobody_enters_the_food_s_square():
    assert after((1, 2), (2, 3), (2, 2), (SOUTH, WEST)) == [(1, 2), (2, 3)]


def test_agents_that_want_the_same_square_stay_but_may_pass_each_other():
    assert after((0, 0), (0, 2), (2, 2), (EAST, WEST)) == [(0, 0), (0, 2)]
    assert after((0, 0), (0, 1), (2, 2), (EAST, STAY)) == [(0, 0), (0, 1)]
    assert after((0, 0), (0, 1), (2, 2), (EAST, WEST)) == [(0, 1), (0, 0)]


@pytest.mark.parametrize(
    ("second", "joint_action", "is_loaded"),
    [((3, 2), (LOAD, LOAD), True), ((3, 2), (LOAD, STAY), False), ((3, 3), (LOAD, LOAD), False)],
)
def test_the_food_is_loaded_by_two_neighbors_who_load_together(second, joint_action, is_loaded):
    state = np.array([find((1, 2), second, (2, 2))])
    next_state, rewards, terminated = GAME.step(state, np.array([joint_action]), np.random.default_rng(0))
    assert terminated.tolist() == [is_loaded]
    assert rewards.tolist() == [[is_loaded, is_loaded]]
    assert (next_state[0] == END) == is_loaded


def test_the_fewest_steps_are_those_of_a_search_from_the_start():
    fewest = GAME.count_fewest_steps()

    def search(start):
        queue, seen = deque([(start, 0)]), {start}
        while queue:
            state, depth = queue.popleft()
            if state == END:
                return depth
            new = set(GAME.outcomes[state].ravel().tolist()) - seen
            seen |= new
            queue.extend((following, depth + 1) for following in new)

    for state in np.random.default_rng(0).integers(END, size=30).tolist():
        assert fewest[state] == search(state)


def test_the_team_that_takes_the_shortest_way_needs_as_many_steps_as_counted():
    gamma, rng = 0.95, np.random.default_rng(0)
    returns = evaluate(GAME, ShortestWay(), 4_000, rng, gamma=gamma)
    steps = np.log(returns[:, 0]) / np.log(gamma) + 1
    assert steps.mean() == pytest.approx(GAME.count_fewest_steps().mean(), abs=4 * steps.std() / np.sqrt(4_000))


def test_starts_are_uniform():
    starts = GAME.reset(100_000, np.random.default_rng(0))
    counts = np.bincount(starts, minlength=END)
    assert counts.std() == pytest.approx(np.sqrt(100_000 / END), rel=0.05)


def test_a_smaller_grid_is_the_same_game_with_fewer_states():
    small = Foraging(size=4)
    assert small.num_playing == 4 * 15 * 14
    assert small.squares[:, 2].min() == 1
    assert small.squares[:, 2].max() == 2
    assert small.count_fewest_steps().mean() < GAME.count_fewest_steps().mean()


def test_a_grid_without_an_inner_square_is_refused():
    with pytest.raises(ValueError, match="size must be at least 3"):
        Foraging(size=2)


def test_the_exact_value_of_a_policy_is_what_it_earns_on_average():
    small, rng = Foraging(size=3, horizon=10), np.random.default_rng(0)
    policies = rng.dirichlet(np.ones(6), size=(2, small.num_observations))  # (N, O, A)
    values = small.evaluate_policies(joint_policy(policies)[None], gamma=0.9)[0]
    returns = evaluate(small, FixedPolicy(policies), 20_000, rng, gamma=0.9)[:, 0]
    assert values.mean() == pytest.approx(returns.mean(), abs=4 * returns.std() / np.sqrt(20_000))


def test_the_shortest_way_is_worth_as_much_as_counted():
    small = Foraging(size=3)
    best = small.outcomes.reshape(small.num_playing, -1)
    steps = np.append(small.count_fewest_steps(), 0)
    policies = np.eye(36)[steps[best].argmin(axis=1)].reshape(1, -1, 6, 6)
    np.testing.assert_allclose(small.evaluate_policies(policies, 0.95)[0], 0.95 ** (steps[:-1] - 1))
