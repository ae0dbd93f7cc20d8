"""Actor-critics and REINFORCE move as their equations say, each beside a plain loop."""

import numpy as np
import pytest

from marl_lessons import games
from marl_lessons.environments import Dispatch, TwoStep
from marl_lessons.learners import REINFORCE, ActorCritic, ClippedActorCritic, NaturalActorCritic
from marl_lessons.policies import softmax
from marl_lessons.policy_gradients import lambda_returns, log_gradient
from marl_lessons.rollout import play, train

OPTIONS = {"critic_alpha": 0.5, "entropy": 0.0}


def record_episode(game, learner, seed=0):
    """Play one episode in two runs and let the learner learn; return the transitions."""
    rng, transitions = np.random.default_rng(seed), []
    for transition in play(game, learner, 2, rng):
        learner.update(transition, rng)
        transitions.append(transition)
        if (transition.terminated | transition.truncated).all():
            return transitions


def test_one_step_by_hand():
    """A payoff of 11 where the critic foretold 1: δ = 10; at even chances the gradient is half of that, up and down."""
    game = games.common_payoff([[11, 11], [11, 11]])
    learner = ActorCritic(game, alpha=0.1, gamma=0.9, initial=1.0, **OPTIONS)
    (transition,) = record_episode(game, learner)
    expected = 0.1 * 10 * (np.eye(2)[transition.actions] - 0.5)
    np.testing.assert_allclose(learner.preference_table[:, :, 0], expected)
    np.testing.assert_allclose(learner.value_table, 6.0)


def test_the_entropy_pulls_preferences_together():
    game = games.common_payoff(np.zeros((2, 2)))
    learner = ActorCritic(game, 0.1, 0.0, entropy=1.0, preferences=[2.0, 0.0])
    train(game, learner, 500, 3, np.random.default_rng(0))
    assert np.ptp(learner.preference_table, axis=-1).max() < 0.1


@pytest.mark.parametrize("game", [TwoStep(), Dispatch("own")], ids=["terminates", "is truncated"])
def test_reinforce_moves_once_by_the_returns_of_the_episode(game):
    start = np.random.default_rng(1).normal(size=(game.num_agents, game.num_observations, game.num_actions))
    learner = REINFORCE(game, 0.1, 0.9, initial=2.0, preferences=start, **OPTIONS)
    steps = record_episode(game, learner)
    expected, values = np.tile(start, (2, 1, 1, 1)), np.full(learner.value_table.shape, 2.0)
    rewards = np.stack([step.rewards for step in steps])
    ends = [np.stack([getattr(step, name) for step in steps])[..., None] for name in ("terminated", "truncated")]
    returns = lambda_returns(rewards, np.full_like(rewards, 2), np.full_like(rewards, 2), *ends, 0.9, trace=1)
    for step, gains in zip(steps, returns, strict=True):
        for run, agent in np.ndindex(2, game.num_agents):
            seen, action = step.observations[run, agent], step.actions[run, agent]
            better = gains[run, agent] - 2.0
            expected[run, agent, seen] += 0.1 * better * log_gradient(softmax(start[agent, seen]), action)
            values[run, agent, seen] += 0.5 * better
    np.testing.assert_allclose(learner.preference_table, expected)
    np.testing.assert_allclose(learner.value_table, values)


def test_reinforce_moves_nothing_before_the_end_and_forgets_what_was_cut_short():
    game = Dispatch()
    learner = REINFORCE(game, 0.1, 0.9)
    train(game, learner, steps=19, runs=4, rng=np.random.default_rng(0))
    assert (learner.preference_table == 0).all()
    learner.begin(np.array([True, False, False, False]))
    trace = learner._traces[0]
    assert (trace[0] == 0).all()
    assert (trace[1:] != 0).any()


def test_a_batch_of_one_step_without_a_limit_is_the_plain_actor_critic():
    game = Dispatch("own")
    plain = ActorCritic(game, 0.1, 0.9)
    clipped = ClippedActorCritic(game, 0.1, 0.9, batch=1, epochs=1, clip=1e9)
    for learner in (plain, clipped):
        train(game, learner, 200, 5, np.random.default_rng(0))
    np.testing.assert_allclose(clipped.preference_table, plain.preference_table, atol=1e-9)
    np.testing.assert_allclose(clipped.value_table, plain.value_table, atol=1e-9)


def test_a_clipped_batch_hardly_moves_further_when_it_is_learned_more_often():
    """One state, one batch: without a limit a hundred epochs make the policy certain."""
    game = games.common_payoff([[1, 1], [0, 0]])
    moved = {}
    for clip in (0.2, 1e9):
        learner = ClippedActorCritic(game, 0.01, 0.0, batch=50, epochs=100, clip=clip, entropy=0.0)
        train(game, learner, 50, 4, np.random.default_rng(0))
        moved[clip] = learner.probabilities(np.zeros((4, 2), int))[:, 0, 0]
    assert (moved[0.2] < 0.65).all()
    assert (moved[1e9] > 0.9).all()


def test_natural_steps_are_larger_where_an_action_is_rare():
    game = games.common_payoff(np.ones((2, 2)))
    learners = [kind(game, 0.1, 0.0, preferences=[2.0, 0.0], **OPTIONS) for kind in (NaturalActorCritic, ActorCritic)]
    for learner in learners:
        record_episode(game, learner)
    natural, plain = (np.ptp(learner.preference_table - [2.0, 0.0], axis=-1) for learner in learners)
    assert (natural > plain).all()


def test_without_exploring_the_likeliest_action_is_taken_and_while_learning_any():
    game = games.coordination()
    learner = ActorCritic(game, 0.1, 0.0, preferences=[1.0, 0.0])
    seen, rng = np.zeros((1_000, 2), int), np.random.default_rng(0)
    assert (learner.act(seen, rng, explore=False) == 0).all()
    assert learner.act(seen, rng).mean() == pytest.approx(1 / (1 + np.e), abs=0.03)
    np.testing.assert_allclose(learner.probabilities(seen)[0, 0], softmax(np.array([1.0, 0.0])))


@pytest.mark.parametrize("kind", [ActorCritic, REINFORCE, NaturalActorCritic, ClippedActorCritic])
def test_a_team_learns_a_plain_game(kind):
    game = games.common_payoff([[2, 1], [1, 0]])
    step_size = {NaturalActorCritic: 0.05, ClippedActorCritic: 0.02}.get(kind, 0.2)
    learner = kind(game, step_size, 0.0)
    train(game, learner, 1_000, 20, np.random.default_rng(0))
    assert (learner.preference_table.argmax(axis=-1) == 0).mean() > 0.97


@pytest.mark.parametrize("kind", [ActorCritic, REINFORCE, ClippedActorCritic])
def test_log_gradients_are_asked_for_row_by_row(kind):
    """A learner's own function, for policies (K, A) and actions (K,), learns the same."""

    def of_rows(policies, actions):
        rows, _ = policies.shape
        assert actions.shape == (rows,)
        return log_gradient(policies, actions)

    game, tables = Dispatch().to_tabular(), []
    for function in (log_gradient, of_rows):
        learner = kind(game, 0.1, 0.9)
        learner.log_gradient = function
        train(game, learner, 200, 3, np.random.default_rng(0))
        tables.append(learner.preference_table)
    np.testing.assert_array_equal(*tables)
