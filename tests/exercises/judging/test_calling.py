"""A learner's function is called on copies of its inputs, which it has to leave alone."""

import os

import numpy as np
import pytest

from marl_lessons.exercises.judging.calling import Submission
from marl_lessons.exercises.judging.mistakes import Mistake
from tests.exercises.small_course import RAGGED, add


def as_submission(function):
    return Submission(function, add)


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


def tell_change(change, *arguments):
    """Returns what somebody is told whose function changes its second input."""
    with pytest.raises(Mistake) as mistake:
        as_submission(lambda first, second: change(second))(*arguments)
    return str(mistake.value)


@pytest.mark.parametrize("second", [np.array([3.0, 1.0, 2.0]), [3, 1]])
def test_the_block_of_a_changed_input_can_be_pasted_and_its_call_changes_it(second):
    names = {"np": np, "add": lambda first, second: second.sort()}
    exec(tell_change(lambda value: value.sort(), 7, second).split("```")[1], names)
    assert list(names["second"]) == sorted(second)


def test_of_an_array_the_first_changed_entry_is_shown_and_not_the_whole():
    table = np.arange(24.0).reshape(2, 3, 4)
    told = tell_change(lambda value: value[1].fill(5.25), 7, table)
    assert told.endswith("# after the call second[1, 0, 0] is 5.25, it was 12; 11 more entries have changed\n```")
    told = tell_change(lambda value: value[2:].__iadd__(1e-12), 7, np.ones(3))
    assert "# after the call second[2] is 1.000000000001, it was 1.0\n" in told


def test_a_copy_is_advised_of_what_has_one():
    assert "work on a copy (`second.copy()`) or build a new array." in tell_change(np.ndarray.sort, 0, np.array([2, 1]))
    assert "work on a copy (`second.copy()`).\n" in tell_change(list.clear, 0, [1])
    assert "work on a copy.\n" in tell_change(lambda pair: pair[0].fill(3), 0, (np.zeros(1), 2))


@pytest.mark.parametrize("value", [RAGGED, None, "mixed", {"a": RAGGED}, [None, 1.0], object(), len, np.nan])
def test_an_input_left_alone_is_no_mistake(value):
    assert as_submission(lambda first, second: first)(7, value) == 7


def test_drawing_from_a_random_generator_is_no_mistake():
    rng = np.random.default_rng(1)
    draw = as_submission(lambda first, second: second.random())
    assert draw(0, rng) == draw(0, rng)  # each call gets a copy in the same state


def fork_and_return(first, second):
    return os.fork()


def fork_and_fail(first, second):
    child = os.fork()
    return child if child else 1 / 0


@pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows has no forks")
@pytest.mark.parametrize("function", [fork_and_return, fork_and_fail])
def test_a_child_ends_where_the_function_ends(function):
    child = as_submission(function)(0, 0)
    if child == 0:
        os._exit(1)  # the child came so far
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


@pytest.mark.parametrize("kind", [np.random.PCG64, np.random.MT19937])
def test_a_random_generator_is_given_as_a_copy_that_draws_and_spawns_the_same(kind):
    def draw(first, rng):
        return [rng.random(), int(rng.integers(9, dtype=np.int32)), rng.spawn(1)[0].random(), rng.random()]

    rng = np.random.Generator(kind(3)).spawn(2)[1]
    draw(0, rng)
    assert as_submission(draw)(0, rng) == as_submission(draw)(0, rng) == draw(0, rng)


@pytest.mark.parametrize("hand_back", [lambda first, second: second, lambda first, second: second[:1]])
def test_where_a_new_array_is_promised_an_input_must_not_come_back(hand_back):
    value = np.array([1.0, 2.0])
    assert as_submission(hand_back)(0, value)[0] == 1
    submission = Submission(hand_back, add, returns_new=True)
    submission(0, value)
    with pytest.raises(Mistake, match="hands back its input `second` itself"):
        submission.expect_new_arrays()
    fresh = Submission(lambda first, second: second + 0, add, returns_new=True)
    fresh(0, value)
    fresh.expect_new_arrays()
