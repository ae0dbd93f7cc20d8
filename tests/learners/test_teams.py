"""A patient agent learns from one decision to the next."""

import numpy as np
import pytest

from marl_lessons.environments import Dispatch, Districts, TwoStep
from marl_lessons.groups import ByDistrict
from marl_lessons.learners import PatientQ, SharedQ
from marl_lessons.policies import linear_schedule
from marl_lessons.rollout import Transition, train
from marl_lessons.views import WithIdentity

NEVER = 99


def make_learner(num_agents=1, gamma=0.5, alpha=1.0, waiting=1):
    class Corridor:
        """Three observations: decide (0), wait (1), decide elsewhere (2)."""

        num_observations, num_actions = 3, 2

    Corridor.num_agents = num_agents
    return PatientQ(Corridor, alpha, gamma, epsilon=0.0, waiting=waiting)


def learn(learner, steps):
    """Feed steps (seen, did, reward, seen next, whether the game ended) of one run, a number for each agent."""
    for seen, did, reward, following, terminated in steps:
        seen, did, reward, following = (np.atleast_2d(numbers) for numbers in (seen, did, reward, following))
        ends = np.array([terminated])
        learner.update(Transition(seen, did, reward, following, ends, ends & False, None, None), None)
    return learner.q_table[0]


def test_what_it_earns_until_its_next_decision_counts_for_the_last_one():
    """1 + .5 · 4 + .25 · 8 and then .125 times what the next decision is worth: 0 so far."""
    table = learn(make_learner(), [(0, 1, 1.0, 1, False), (1, 0, 4.0, 1, False), (1, 0, 8.0, 2, False)])
    assert table.tolist() == [[0, 5], [0, 0], [0, 0]]


def test_the_next_decision_is_discounted_by_all_steps_between():
    learner = make_learner()
    learner._prepare(np.array([[0]]))
    learner.q_table[0, 2] = [16, 3]
    assert learn(learner, [(0, 0, 0.0, 1, False), (1, 0, 0.0, 2, False)])[0].tolist() == [4, 0]


def test_an_end_comes_without_what_would_have_followed():
    learner = make_learner()
    learner._prepare(np.array([[0]]))
    learner.q_table[0] = 100
    assert learn(learner, [(0, 0, 1.0, 1, False), (1, 0, 2.0, 1, True)])[0].tolist() == [2, 100]


def test_while_it_waits_nothing_changes():
    assert learn(make_learner(), [(0, 1, 1.0, 1, False), (1, 0, 4.0, 1, False)]).tolist() == [[0, 0]] * 3


def test_agents_that_decide_alike_move_their_entry_by_the_mean_and_others_wait():
    learner = make_learner(num_agents=3, gamma=0.0)
    table = learn(learner, [([0, 0, 0], [1, 1, 1], [2.0, 4.0, 30.0], [0, 2, 1], False)])
    assert table[0].tolist() == [0, 3]


@pytest.mark.parametrize("way", ["epsilon", "temperature"])
def test_who_never_waits_learns_as_with_a_shared_table(way):
    game = TwoStep()
    alpha, explores, initial = linear_schedule(0.5, 0.1, 200), linear_schedule(0.9, 0.1, 200), [3.0, 4.0]
    learners = [
        PatientQ(game, alpha, 0.9, waiting=NEVER, initial=initial, **{way: explores}),
        SharedQ(game, alpha, 0.9, initial=initial, **{way: explores}),
    ]
    for learner in learners:
        train(game, learner, 300, 4, np.random.default_rng(0))
    np.testing.assert_allclose(learners[0].q_table, learners[1].q_table)


def test_each_agent_may_look_ahead_as_far_as_it_likes():
    learner = make_learner(num_agents=2, gamma=np.array([0.0, 0.5]), waiting=[NEVER])
    learner._prepare(np.array([[0, 0]]))
    learner.q_table[0, 2] = 8
    table = learn(learner, [([0, 0], [0, 1], [1.0, 1.0], [2, 2], False)])
    assert table[0].tolist() == [1, 5]


def test_with_an_identity_each_waits_with_an_observation_of_its_own():
    game = ByDistrict(Districts(12, 2), 3)
    view = WithIdentity(game)
    waiting = game.waiting + game.num_observations * np.arange(game.num_agents)
    learner = PatientQ(view, 0.1, 0.9, 1.0, waiting=waiting)
    train(view, learner, 60, 2, np.random.default_rng(0))
    rows = learner.q_table.reshape(2, 3, game.num_observations, 5)
    assert not rows[:, :, game.waiting].any()
    assert rows[:, 2, 16:20].any()
    assert not rows[:, 2, :16].any()
    assert not rows[:, :2, 16:].any()


def test_a_coordinator_learns_to_move_workers():
    """Districts that never turn: half of them need more workers for ever, so that to stay is the worst choice."""
    game = ByDistrict(Districts(40, 4, switch=0.0), 5)
    schedule = linear_schedule(1.0, 0.05, 1_000)
    learner = PatientQ(game, linear_schedule(0.1, 0.01, 1_000), 0.9, schedule, waiting=game.waiting)
    train(game, learner, 1_500, 10, np.random.default_rng(0))
    values = learner.q_table[:, 19].mean(axis=0)  # (A,), where most is to be moved
    assert values[0] < values[1:].max()


def test_features_are_refused():
    with pytest.raises(ValueError, match="game must have integer observations"):
        PatientQ(Districts(4, 2, view="map"), 0.1, 0.9, 0.1, waiting=0)
    assert Dispatch().num_observations
