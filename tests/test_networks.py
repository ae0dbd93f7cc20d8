"""Networks of many runs at once: right gradients, runs that do not touch one another, Adam as it was published."""

import pickle

import numpy as np
import pytest
from autograd import grad

from marl_lessons.networks import Adam, apply_layers, init_layers, map_arrays, shorten
from tests.finite_differences import differentiate


def make(runs=3, sizes=(2, 5, 4, 3), batch=6, seed=0):
    rng = np.random.default_rng(seed)
    layers = [(weights, bias + rng.normal(size=bias.shape)) for weights, bias in init_layers(runs, sizes, rng)]
    return layers, rng.normal(size=(runs, batch, sizes[0])), rng.normal(size=(runs, batch, sizes[-1]))


def loss(layers, inputs, targets):
    return ((apply_layers(layers, inputs) - targets) ** 2).sum()


def test_each_run_uses_its_own_layers():
    layers, inputs, _ = make()
    outputs = apply_layers(layers, inputs)
    assert outputs.shape == (3, 6, 3)
    for run in range(3):
        hidden = inputs[run]
        for weights, bias in layers[:-1]:
            hidden = np.maximum(hidden @ weights[run] + bias[run], 0)
        weights, bias = layers[-1]
        np.testing.assert_allclose(outputs[run], hidden @ weights[run] + bias[run])
    np.testing.assert_allclose(apply_layers(layers, inputs[0])[0], outputs[0])  # a batch that all runs share


@pytest.mark.parametrize("layer", [0, 1, 2])
@pytest.mark.parametrize("part", [0, 1])
def test_gradients_are_those_of_finite_differences(layer, part):
    layers, inputs, targets = make()

    def with_part(array):
        parts = [list(one) for one in layers]
        parts[layer][part] = array
        return loss(parts, inputs, targets)

    gradients = grad(loss)(layers, inputs, targets)
    np.testing.assert_allclose(gradients[layer][part], differentiate(with_part, layers[layer][part]), atol=1e-6)


def test_a_run_learns_the_same_whatever_the_other_runs_are():
    layers, inputs, targets = make(runs=3)

    def learn(chosen):
        own, seen, wanted = map_arrays(lambda array: array[chosen], [layers, inputs, targets])
        adam = Adam(0.05, max_norm=0.5)
        for _ in range(20):
            own = adam.step(own, grad(loss)(own, seen, wanted))
        return own

    alone, together = learn(slice(1, 2)), learn(slice(0, 3))
    map_arrays(lambda one, all_of_them: np.testing.assert_allclose(one[0], all_of_them[1], rtol=1e-9), alone, together)


def test_layers_begin_at_the_scale_that_is_asked_for():
    layers = init_layers(200, [50, 40, 3], np.random.default_rng(0), last_scale=0.01, dtype=np.float32)
    assert [weights.shape for weights, _ in layers] == [(200, 50, 40), (200, 40, 3)]
    assert [bias.shape for _, bias in layers] == [(200, 1, 40), (200, 1, 3)]
    assert {array.dtype for layer in layers for array in layer} == {np.dtype(np.float32)}
    assert layers[0][0].std() == pytest.approx(np.sqrt(2 / 50), rel=0.01)
    assert layers[1][0].std() == pytest.approx(0.01 * np.sqrt(2 / 40), rel=0.02)
    plain = init_layers(200, [50, 40, 3], np.random.default_rng(0))
    assert plain[1][0].std() == pytest.approx(np.sqrt(2 / 40), rel=0.02)


def test_adam_is_adam():
    """The first step has length α in each direction; the second is worked out by hand from the definition."""
    adam = Adam(0.1)
    first = adam.step(np.array([[1.0, 2.0]]), np.array([[3.0, -4.0]]))
    np.testing.assert_allclose(first, [[0.9, 2.1]])
    second = adam.step(first, np.array([[1.0, 0.0]]))
    means = np.array([0.9 * 0.3 + 0.1 * 1, 0.9 * -0.4]) / (1 - 0.9**2)
    squares = np.array([0.999 * 0.009 + 0.001 * 1, 0.999 * 0.016]) / (1 - 0.999**2)
    np.testing.assert_allclose(second, first - 0.1 * means / np.sqrt(squares), rtol=1e-6)


def test_adam_changes_nothing_in_place_keeps_the_kind_and_follows_a_schedule():
    start = [(np.ones((2, 3), np.float32), [np.ones((2, 1), np.float32)])]
    adam = Adam(lambda step: 0.5 if step else 0.25)
    once = adam.step(start, start)
    twice = adam.step(once, start)
    assert isinstance(once[0], tuple)
    assert isinstance(once[0][1], list)
    assert once[0][0].dtype == np.float32
    np.testing.assert_allclose(start[0][0], 1)
    np.testing.assert_allclose(once[0][0], 0.75)
    np.testing.assert_allclose(twice[0][0], 0.25, atol=1e-6)


def test_adam_goes_on_after_it_was_saved():
    adam, parameters = Adam(0.1), np.ones((2, 3))
    parameters = adam.step(parameters, parameters)
    saved = pickle.loads(pickle.dumps(adam))
    np.testing.assert_array_equal(adam.step(parameters, parameters), saved.step(parameters, parameters))


def test_only_runs_with_long_gradients_are_shortened():
    gradients = [np.array([[3.0], [0.3]]), (np.array([[[4.0]], [[0.4]]]),)]  # lengths 5 and 0.5
    first, (second,) = shorten(gradients, 1.0)
    np.testing.assert_allclose(first, [[0.6], [0.3]])
    np.testing.assert_allclose(second, [[[0.8]], [[0.4]]])
    assert (shorten([np.zeros((2, 3))], 1.0)[0] == 0).all()
