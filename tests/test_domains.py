"""What the checks ask is what the docstrings allow, and all of it: recorded from what answers really receive."""

import functools
import itertools
import re

import pytest

from marl_lessons.exercises import Outcome, evaluate
from marl_lessons.exercises.judging.showing import write_code
from marl_lessons.exercises.registry import load_lessons
from tests.bank.bank import SEEDS

EXERCISES = {
    exercise.id: exercise for lesson in load_lessons() for exercise in lesson.exercises if exercise.asks_for_function
}
every_exercise = pytest.mark.parametrize("exercise_id", EXERCISES)


@functools.cache
def record_calls(exercise_id, seed):
    """Returns the arguments of every call that the checks make of the reference."""
    exercise, calls = EXERCISES[exercise_id], []
    names = [parameter.name for parameter in exercise.domain.parameters]

    @functools.wraps(exercise.reference)
    def recorded(*arguments, **named):
        calls.append((*arguments, *(named[name] for name in names[len(arguments) :])))
        return exercise.reference(*arguments, **named)

    assert evaluate(exercise_id, recorded, seed).outcome is Outcome.PASSED
    return calls


@every_exercise
def test_a_domain_names_the_parameters_of_the_reference(exercise_id):
    exercise = EXERCISES[exercise_id]
    code = exercise.reference.__code__
    assert [parameter.name for parameter in exercise.domain.parameters] == list(code.co_varnames[: code.co_argcount])


@every_exercise
@pytest.mark.parametrize("seed", SEEDS)
def test_every_call_is_legal(exercise_id, seed):
    domain = EXERCISES[exercise_id].domain
    illegal = [(domain.find_illegal(case), case) for case in record_calls(exercise_id, seed)]
    assert not [found for found in illegal if found[0]]


def count_digits(case):
    """Returns the number of digits of the longest fraction in a case, as a card would show it."""
    shown = " ".join(map(write_code, case))
    return max((len(number.replace(".", "").strip("0")) for number in re.findall(r"\d+\.\d+", shown)), default=0)


@every_exercise
@pytest.mark.parametrize("seed", SEEDS)
def test_every_call_is_written_with_few_digits(exercise_id, seed):
    if exercise_id in ("4.1", "6.2"):
        pytest.skip("It asks about the last digits: of payoffs that computers have rounded, or of a small lead.")
    assert max(map(count_digits, record_calls(exercise_id, seed))) <= 6


@every_exercise
@pytest.mark.parametrize("seed", SEEDS)
def test_every_corner_is_visited_and_left(exercise_id, seed):
    calls = record_calls(exercise_id, seed)
    corners = EXERCISES[exercise_id].domain.all_corners
    visits = {corner: sum(map(bool, itertools.starmap(test, calls))) for corner, test in corners.items()}
    assert {corner for corner, count in visits.items() if count == 0} == set()
    assert {corner for corner, count in visits.items() if count == len(calls)} == set()
