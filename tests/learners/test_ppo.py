"""IPPO and MAPPO: the loss and its gradient, what critics see, and that nothing but that tells them apart."""

import numpy as np
import pytest
from autograd import grad

from marl_lessons import games
from marl_lessons.environments import Dispatch, Drift, Foraging, Relay, TwoStep
from marl_lessons.leaks import find_leaks
from marl_lessons.learners import IPPO, MAPPO
from marl_lessons.networks import apply_layers, init_layers
from marl_lessons.policies import softmax
from marl_lessons.policy_gradients import clipped_weights, entropy_gradient, generalized_advantages, log_gradient
from marl_lessons.rollout import play, train
from marl_lessons.surrogate import Batch, clipped_loss, log_softmax
from marl_lessons.views import OneHot
from tests.finite_differences import differentiate

both = pytest.mark.parametrize("kind", [IPPO, MAPPO])


def draw_batch(copies=2, steps=7, seed=0):
    """Draw networks and a batch in double precision, with ratios on both sides of the limits."""
    rng = np.random.default_rng(seed)
    networks = tuple(init_layers(copies, [3, 4, outputs], rng) for outputs in (2, 1))
    inputs, views, chosen = (
        rng.normal(size=(copies, steps, 3)),
        rng.normal(size=(copies, steps, 3)),
        rng.integers(2, size=(copies, steps)),
    )
    log_chances = rng.normal(-0.7, 0.3, size=(copies, steps))
    advantages, targets = rng.normal(size=(2, copies, steps))
    return networks, Batch(inputs, views, np.eye(2)[chosen], log_chances, advantages, targets)


@pytest.mark.parametrize("which", [0, 1])
@pytest.mark.parametrize("layer", [0, 1])
def test_the_gradient_of_the_loss_agrees_with_finite_differences(which, layer):
    networks, batch = draw_batch()
    found = grad(clipped_loss)(networks, batch, 0.2, 0.3)[which][layer][0]

    def loss(weights):
        changed = [list(layers) for layers in networks]
        changed[which][layer] = (weights, networks[which][layer][1])
        return clipped_loss(changed, batch, 0.2, 0.3)

    np.testing.assert_allclose(found, differentiate(loss, networks[which][layer][0]), atol=1e-7)


def test_by_the_last_bias_the_gradient_is_the_one_of_lesson_10():
    """The bias of the outputs is a table of preferences: weights w of clipped log-gradients, and the entropy's."""
    networks, batch = draw_batch(copies=1)
    found = grad(clipped_loss)(networks, batch, 0.2, 0.3)[0][-1][1][0, 0]  # (A,)
    policies = softmax(apply_layers(networks[0], batch.inputs)[0])  # (B, A)
    actions = batch.actions[0].argmax(axis=-1)
    ratios = np.take_along_axis(policies, actions[:, None], axis=-1)[:, 0] / np.exp(batch.log_chances[0])
    weights = clipped_weights(ratios, batch.advantages[0], 0.2)
    uphill = weights[:, None] * log_gradient(policies, actions) + 0.3 * entropy_gradient(policies)
    np.testing.assert_allclose(found, -uphill.mean(axis=0), atol=1e-12)


def test_the_loss_by_hand():
    networks, batch = draw_batch(copies=2)
    policies = softmax(apply_layers(networks[0], batch.inputs))
    ratios = (policies * batch.actions).sum(axis=-1) / np.exp(batch.log_chances)
    gains = np.minimum(ratios * batch.advantages, np.clip(ratios, 0.8, 1.2) * batch.advantages)
    entropies = -(policies * np.log(policies)).sum(axis=-1)
    misses = (apply_layers(networks[1], batch.views)[..., 0] - batch.targets) ** 2 / 2
    expected = (-gains - 0.3 * entropies + misses).mean(axis=1)  # of each copy
    assert clipped_loss(networks, batch, 0.2, 0.3) == pytest.approx(expected.sum())


def test_the_logarithm_of_a_softmax_of_large_numbers_is_finite():
    np.testing.assert_allclose(
        log_softmax(np.array([[1000.0, 0.0], [-1000.0, -1000.0]])), [[0, -1000], [-np.log(2)] * 2]
    )


def flatten(networks):
    return np.concatenate([array.ravel() for layers in networks for layer in layers for array in layer])


@pytest.mark.parametrize("shared", [True, False])
@pytest.mark.parametrize("game", [TwoStep(), Dispatch().to_tabular()], ids=["two-step", "dispatch"])
def test_with_the_full_view_and_a_common_reward_both_learn_the_same_to_the_last_bit(game, shared):
    learned = []
    for kind in (IPPO, MAPPO):
        learner = kind(game, 0.01, 0.9, batch=20, shared=shared)
        train(game, learner, 200, 3, np.random.default_rng(0))
        learned.append(flatten(learner.networks))
    np.testing.assert_array_equal(*learned)


def test_where_the_critic_sees_more_they_differ():
    learned = []
    for kind in (IPPO, MAPPO):
        learner = kind(Relay(), 0.01, 1.0, batch=20)
        train(Relay(), learner, 200, 3, np.random.default_rng(0))
        learned.append(learner.probabilities(Relay().observe(Relay().states[:3])))
    assert np.abs(learned[0] - learned[1]).max() > 1e-3


UNSEEN = {
    "own": Dispatch("own"),
    "full": Dispatch(),
    "foraging": Foraging(size=3, horizon=6),
    "features": Drift(horizon=9),
    "one-hot": OneHot(Dispatch("own")),
    "relay with sensors": Relay(delay=1, day=1.0, sensors=3),
    "three": games.common_payoff(np.zeros((4, 4, 4))),
    "four": games.all_agree(4),
}


@both
@pytest.mark.parametrize("shared", [True, False])
@pytest.mark.parametrize("game", UNSEEN.values(), ids=UNSEEN)
def test_any_game_can_be_played(kind, shared, game):
    learner = kind(game, 0.01, 0.9, batch=5, shared=shared, hidden=(8, 8))
    rng = np.random.default_rng(0)
    train(game, learner, 20, 4, rng)
    observations = next(play(game, learner, 4, rng)).observations
    assert learner.policies(observations).shape == (4, game.num_agents, game.num_actions)
    np.testing.assert_allclose(learner.probabilities(observations).sum(axis=-1), 1)
    assert np.isfinite(flatten(learner.networks)).all()


@both
@pytest.mark.parametrize("shared", [True, False])
@pytest.mark.parametrize("game", [Dispatch("own"), OneHot(Dispatch("own"))], ids=["numbers", "features"])
def test_nothing_that_a_critic_sees_reaches_an_actor(kind, shared, game):
    learner, rng = kind(game, 0.01, 0.9, batch=20, shared=shared), np.random.default_rng(0)
    train(game, learner, 100, 16, rng)
    assert find_leaks(learner, game, rng, runs=16, steps=25) == []


def test_whole_numbers_and_the_same_ones_as_features_are_learned_alike():
    learned = []
    for game in (Dispatch("own"), OneHot(Dispatch("own"))):
        learner = IPPO(game, 0.01, 0.9, batch=10)
        train(game, learner, 40, 3, np.random.default_rng(0))
        learned.append(flatten(learner.networks))
    np.testing.assert_allclose(*learned, atol=1e-6)


@both
def test_runs_are_independent(kind):
    """One run's parameters move by its own steps alone, whatever the others saw."""
    game, learned = Dispatch("own"), []
    for factor in (1, 10):
        learner = kind(game, 0.01, 0.9, batch=10)
        rng = np.random.default_rng(0)
        for transition, _ in zip(play(game, learner, 3, rng), range(10), strict=False):
            transition.rewards[1:] *= factor
            learner.update(transition, rng)
        learned.append([layer[0] for layers in learner.networks for layer in layers])
    for once, again in zip(*learned, strict=True):
        np.testing.assert_array_equal(once[0], again[0])
        assert (once[1] != again[1]).any()


@both
@pytest.mark.parametrize("shared", [True, False])
def test_a_team_learns_which_action_pays(kind, shared):
    game = games.common_payoff([[0, 1], [1, 2]])
    learner = kind(game, 0.02, 0.0, batch=20, shared=shared, spread=0.01)
    train(game, learner, 600, 10, np.random.default_rng(0))
    assert (learner.policies(np.zeros((10, 2), int))[..., 1]).mean() > 0.97


def test_with_shared_parameters_agents_may_still_differ():
    """They must do different things, and a 1 among zeros tells them whose turn it is."""
    game = games.common_payoff([[0, 1], [0, 0]])
    learner = IPPO(game, 0.02, 0.0, batch=20, spread=0.01)
    train(game, learner, 1_000, 10, np.random.default_rng(0))
    assert learner.policies(np.zeros((10, 2), int)).argmax(axis=-1).tolist() == [[0, 1]] * 10


def test_values_begin_at_initial_and_approach_what_is_earned():
    game = games.common_payoff(np.full((2, 2), 7.0))
    learner = IPPO(game, 0.02, 0.0, batch=10, initial=5.0)
    asked = []

    def watch(rewards, values, next_values, terminated, truncated, gamma, trace):
        asked.append(values)
        return generalized_advantages(rewards, values, next_values, terminated, truncated, gamma, trace)

    learner.find_advantages = watch
    train(game, learner, 1_000, 3, np.random.default_rng(0))
    assert asked[0].shape == (10, 6)
    np.testing.assert_allclose(asked[0], 5.0, atol=0.1)
    np.testing.assert_allclose(asked[-1], 7.0, atol=0.1)


def test_a_batch_that_was_cut_short_is_dropped():
    game, learner = Dispatch("own", horizon=5), None
    learner = IPPO(game, 0.01, 0.9, batch=10)
    train(game, learner, 3, 2, np.random.default_rng(0))
    assert len(learner._steps) == 3
    train(game, learner, 6, 2, np.random.default_rng(0))
    assert len(learner._steps) == 6


def test_another_number_of_runs_is_refused():
    learner = IPPO(Dispatch(), 0.01, 0.9)
    learner.policies(np.zeros((3, 2), int))
    with pytest.raises(ValueError, match="3 runs"):
        learner.policies(np.zeros((4, 2), int))


@pytest.mark.parametrize("shared", [True, False])
def test_advantages_are_asked_for_with_both_ends_of_each_run_its_rewards_and_the_trace(shared):
    game, rng, asked, seen = Foraging(size=3, horizon=4), np.random.default_rng(0), [], []
    learner = IPPO(game, 0.01, 0.9, batch=12, trace=0.3, shared=shared)

    def watch(rewards, values, next_values, *others):
        asked.append((rewards, *others))
        return generalized_advantages(rewards, values, next_values, *others)

    learner.find_advantages = watch
    for transition, _ in zip(play(game, learner, 40, rng), range(12), strict=False):
        seen.append(transition)
        learner.update(transition, rng)
    rewards, terminated, truncated, gamma, trace = asked[0]
    np.testing.assert_array_equal(rewards, [step.rewards.ravel() for step in seen])
    np.testing.assert_array_equal(terminated, [np.repeat(step.terminated, 2) for step in seen])
    np.testing.assert_array_equal(truncated, [np.repeat(step.truncated, 2) for step in seen])
    assert terminated.any()
    assert truncated.any()
    assert (gamma, trace) == (0.9, 0.3)


@pytest.mark.parametrize("shared", [True, False])
def test_normalized_advantages_have_mean_0_and_spread_1_in_each_run(shared):
    game, rng = Dispatch("own"), np.random.default_rng(0)
    learner = IPPO(game, 0.01, 0.9, batch=100, normalizes=True, shared=shared)
    for transition, _ in zip(play(game, learner, 3, rng), range(40), strict=False):
        transition.rewards[:] *= np.array([1, 10, 100])[:, None]
        learner.update(transition, rng)
    by_run = learner._collect().advantages.reshape(3, -1)
    np.testing.assert_allclose(by_run.mean(axis=1), 0, atol=1e-5)
    np.testing.assert_allclose(by_run.std(axis=1), 1, rtol=1e-4)


def test_it_learns_as_often_as_it_is_told_and_its_entropy_follows_the_steps():
    asked = []
    learner = IPPO(TwoStep(), 0.01, 1.0, batch=10, epochs=3, entropy=lambda step: asked.append(step) or 0.01)
    train(TwoStep(), learner, 20, 2, np.random.default_rng(0))
    assert asked == [10, 20]
    assert learner._adam.count == 6


def test_the_settings_that_the_lessons_leave_out():
    learner = IPPO(TwoStep(), 0.01, 1.0)
    settings = learner.batch, learner.epochs, learner.clip, learner.trace, learner.hidden, learner.spread
    assert settings == (200, 4, 0.2, 0.9, (32,), 2.0)
    assert (learner.shared, learner.normalizes, learner.entropy) == (True, False, 0.01)


def test_the_first_weights_are_those_of_the_seed():
    first = []
    for seed in (0, 0, 1):
        learner = IPPO(TwoStep(), 0.01, 1.0, seed=seed)
        learner.policies(np.zeros((2, 2), int))
        first.append(flatten(learner.networks))
    np.testing.assert_array_equal(first[0], first[1])
    assert (first[0] != first[2]).any()


def test_a_batch_is_dropped_where_a_run_starts_whose_episode_has_not_ended():
    game, rng = Dispatch("own"), np.random.default_rng(0)
    learner = IPPO(game, 0.01, 0.9)
    transition = next(play(game, learner, 2, rng))
    transition.truncated[:] = [True, False]
    learner.update(transition, rng)
    learner.begin(np.array([True, False]))
    assert len(learner._steps) == 1
    learner.begin(np.array([True, True]))
    assert not learner._steps
