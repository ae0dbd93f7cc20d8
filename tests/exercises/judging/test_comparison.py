"""Two values are the same up to rounding, whatever they are, or they are not."""

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given
from hypothesis.extra.numpy import array_shapes, arrays

from marl_lessons.exercises.judging.comparison import TOLERANCE, is_same
from tests.exercises.small_course import RAGGED, Hostile

NUMBERS = st.floats(-1e6, 1e6)


@given(arrays(float, array_shapes(max_dims=2, max_side=4), elements=st.floats()))
def test_an_array_is_the_same_as_itself_and_as_a_list(array):
    assert is_same(array, array.copy())
    assert is_same(array, array.tolist())


@given(NUMBERS, NUMBERS)
def test_numbers_are_the_same_up_to_rounding(first, second):
    gap = abs(first - second)
    assert is_same(first, second) == (gap <= TOLERANCE + TOLERANCE * abs(second))


@given(arrays(float, (3,), elements=NUMBERS), st.integers(0, 2))
def test_one_number_that_differs_makes_an_array_another(array, index):
    other = array.copy()
    other[index] += 1 + abs(other[index])
    assert not is_same(array, other)


@pytest.mark.parametrize(
    "value",
    [
        RAGGED,
        ["cooperative", "mixed"],
        (0.1 + 0.2, "mixed"),
        None,
        [None, 1.0],
        {1, 2},
        [],
        {"agent_0": np.array([1.0, 2.0]), "agent_1": RAGGED},
        [{"agent_0": np.ones(2)}, {"agent_0": np.ones(2)}],
        float("nan"),
    ],
)
def test_values_of_any_kind_are_the_same_as_themselves(value):
    assert is_same(value, value)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ([1.0, 2.0], 1.0),
        (np.ones((2, 1)), np.ones((1, 2))),
        (RAGGED, RAGGED[::-1]),
        (RAGGED, RAGGED[:1]),
        ("mixed", "cooperative"),
        ("1", 1),
        (None, 0),
        ({"agent_0": 1.0}, {"agent_1": 1.0}),
        ({"agent_0": 1.0}, [("agent_0", 1.0)]),
        (["a", "a"], "a"),
        (float("nan"), 0.0),
        (Hostile(), 1.0),
        (1.0, Hostile()),
        ([Hostile()], [1.0]),
    ],
)
def test_values_that_differ_are_not_the_same(first, second):
    assert not is_same(first, second)


@pytest.mark.parametrize("size", [1.0, 1e5, 1e30])
def test_float32_is_measured_by_the_largest_number_beside_it(size):
    exact = size * np.array([1.0, 1 / 3, 1e-9])
    assert is_same(exact.astype(np.float32) + np.float32(size * 1e-6), exact)
    assert not is_same((exact * 1.001).astype(np.float32), exact)


def test_digits_that_large_numbers_lose_may_be_allowed_for():
    assert not is_same(1.0, 1.01)
    assert is_same(1.0, 1.01, absolute=0.02)
    assert not is_same(1.0, 1.01, tolerance=0)
