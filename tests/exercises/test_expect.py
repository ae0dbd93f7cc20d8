"""The sentences about answers: quiet where an answer is right, and helpful where it is not."""

import decimal
import fractions

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import given
from hypothesis.extra.numpy import array_shapes, arrays

from marl_lessons.exercises.calling import Submission
from marl_lessons.exercises.comparison import is_same
from marl_lessons.exercises.expect import expect_agreement
from marl_lessons.exercises.kinds import expect_array, expect_bool, expect_number
from marl_lessons.exercises.mistakes import Misconception, Mistake
from marl_lessons.exercises.showing import describe, show_value

NUMBERS = st.floats(-1e6, 1e6)
RAGGED = (np.array([0.5, 0.5]), np.array([0.2, 0.3, 0.5]))  # policies over two and over three actions


class Hostile:
    def fail(self, *others):
        raise RuntimeError

    __eq__ = __repr__ = __array__ = fail
    __hash__ = None


def add(first, second):
    return first + second


def as_submission(function):
    return Submission(function, add)


@given(arrays(float, array_shapes(max_dims=2, max_side=4), elements=st.floats()))
def test_an_array_is_the_same_as_itself_and_as_a_list(array):
    assert is_same(array, array.copy())
    assert is_same(array, array.tolist())


@given(NUMBERS, NUMBERS)
def test_numbers_are_the_same_up_to_rounding(first, second):
    gap = abs(first - second)
    assert is_same(first, second) == (gap <= 1e-6 + 1e-6 * abs(second))


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


@pytest.mark.parametrize(
    "value", [1, 1.5, np.float32(1), np.int64(3), np.array(2.0), fractions.Fraction(1, 2), decimal.Decimal("0.5")]
)
def test_a_number_is_expected(value):
    expect_number(value)


@pytest.mark.parametrize(
    ("value", "phrase"),
    [
        (None, "Did you forget `return`?"),
        (True, "Expected a number, got a bool: True."),
        (np.True_, "Expected a number"),
        ("1", "Expected a number, got a str: '1'."),
        (np.array([1.0]), "Expected a single number, got an array of shape (1,)."),
        (1j, "got complex ones (dtype complex128)"),
        (np.complex128(1), "Its imaginary part is 0: take `.real`."),
        (float("inf"), "The result is infinite (often 1/0): inf."),
        (10**400, "Expected a number that a float can hold"),
        ((0, 5), "A comma makes a tuple"),
        (np.nan, "often 0/0"),
    ],
)
def test_what_is_no_number_is_a_mistake(value, phrase):
    with pytest.raises(Mistake) as mistake:
        expect_number(value)
    assert phrase in str(mistake.value)


@pytest.mark.parametrize("array", [np.ones((2, 3)), np.ones((2, 3), dtype=int), np.ones((2, 3), dtype=np.float32)])
def test_an_array_of_the_shape_is_expected(array):
    expect_array(array, (2, 3), "runs, agents")


def test_a_wrong_shape_is_named_with_the_meaning_of_the_axes():
    with pytest.raises(Mistake, match=r"Expected shape \(2, 3\) \(runs, agents\), got shape \(3, 2\)\."):
        expect_array(np.ones((3, 2)), (2, 3), "runs, agents")


@pytest.mark.parametrize("value", [True, False, np.True_, np.array(True)])
def test_a_bool_is_expected(value):
    expect_bool(value)


@pytest.mark.parametrize("value", [0, 1.0, "True", None, np.array([True])])
def test_what_is_no_bool_is_a_mistake(value):
    with pytest.raises(Mistake):
        expect_bool(value)


def test_agreement_is_quiet():
    expect_agreement(as_submission(add), [(1, 2), (3, 4)], lambda first, second: second + first)


def test_a_tolerance_may_be_wide():
    almost = as_submission(lambda first, second: first + second + 1e-3)
    expect_agreement(almost, [(1, 2)], add, tolerance=1e-2)
    with pytest.raises(Mistake):
        expect_agreement(almost, [(1, 2)], add, tolerance=1e-4)


def test_a_misconception_is_named_only_where_all_the_cases_show_it():
    idea = [Misconception(lambda first, second: first * second, "You multiplied.")]
    multiply = as_submission(lambda first, second: first * second)
    with pytest.raises(Mistake, match=r"You multiplied\."):
        expect_agreement(multiply, [(2, 2), (2, 3)], add, idea)
    other = as_submission(lambda first, second: 6 if second == 3 else 0)
    with pytest.raises(Mistake, match=r"first = 2\nsecond = 2\nadd\(first, second\)\n# expected: 4\n# got:      0"):
        expect_agreement(other, [(2, 2), (2, 3)], add, idea)


def test_a_difference_behind_the_shown_digits_is_said_to_be_there():
    with pytest.raises(
        Mistake, match=r"# got:      300000\n# the difference is behind the shown digits: up to 0\.001\n"
    ):
        expect_agreement(as_submission(lambda first, second: first + second + 1e-3), [(1e5, 2e5)], add, tolerance=1e-9)


def test_inputs_are_given_as_copies():
    given_array = np.array([1.0, 2.0])
    result = as_submission(lambda first, second: first)(given_array, 0)
    result[0] = 99
    assert given_array[0] == 1


@pytest.mark.parametrize(
    ("value", "change"),
    [
        (np.zeros(2), lambda value: value.fill(1)),
        (np.zeros(2), lambda value: value.fill(1e-12)),
        ([1, 2], lambda value: value.append(3)),
        ({"a": 1}, lambda value: value.clear()),
        ((np.zeros(2), np.zeros(3)), lambda value: value[1].fill(1)),
        ({"a": np.zeros(2)}, lambda value: value["a"].fill(1)),
        ({1}, lambda value: value.add(2)),
    ],
)
def test_changing_an_input_is_a_mistake(value, change):
    with pytest.raises(Mistake, match="changed its input `second`"):
        as_submission(lambda first, second: change(second))(0, value)


@pytest.mark.parametrize("value", [RAGGED, None, "mixed", {"a": RAGGED}, [None, 1.0], object(), len, np.nan])
def test_an_input_left_alone_is_no_mistake(value):
    assert as_submission(lambda first, second: first)(7, value) == 7


def test_drawing_from_a_random_generator_is_no_mistake():
    rng = np.random.default_rng(1)
    draw = as_submission(lambda first, second: second.random())
    assert draw(0, rng) == draw(0, rng)  # each call gets a copy in the same state


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (np.ones((2, 3)), "an array of shape (2, 3)"),
        (1.23456, "a float: 1.235"),
        (3, "an int: 3"),
        ([1], "a list: [1]"),
        (Hostile(), "a Hostile: <Hostile instance>"),
        (int, "the class `int`"),
        (np.ma.array([1]), "a masked array of shape (1,)"),
        (len, "a function (did you forget to call it with parentheses?)"),
    ],
)
def test_a_value_is_described(value, words):
    assert describe(value) == words


@pytest.mark.parametrize("value", ["x" * 10_000, list(range(10_000)), np.arange(10_000), 10**4_000, {"a": "x" * 999}])
def test_a_value_is_shown_briefly(value):
    assert len(show_value(value)) <= 242


def test_a_shown_value_has_no_address():
    assert show_value(iter(range(3))) == "<range_iterator object>"
