"""What a misconception says holds for what was tried: another one, that says something else, gives other results."""

import contextlib
import itertools

import numpy as np
import pytest

from marl_lessons.exercises.judging import expect
from marl_lessons.exercises.judging.calling import Submission
from marl_lessons.exercises.registry import load_lessons
from tests.bank.bank import SEEDS

EXERCISES = {
    exercise.id: exercise for lesson in load_lessons() for exercise in lesson.exercises if exercise.asks_for_function
}


CHECKS = [(exercise_id, check) for exercise_id, exercise in EXERCISES.items() for check in exercise.checks]


def spoil(right):
    return not right if isinstance(right, (bool, str)) else -12345 * right


@pytest.fixture
def ask(monkeypatch):
    """Lets a check judge an answer that is wrong nearly everywhere; returns the trials and the known misconceptions."""
    questions = []
    monkeypatch.setattr(
        expect, "name_misconception", lambda trials, ideas, stop=None: questions.append((trials, ideas))
    )
    monkeypatch.setattr(expect, "diagnose", lambda *question: "")

    def ask(exercise, check, seed):
        questions.clear()
        answer = Submission(lambda *case: spoil(exercise.reference(*case)), exercise.reference)
        with contextlib.suppress(Exception):  # mostly a Mistake
            check.test(answer, np.random.default_rng(seed))
        return questions

    return ask


def try_idea(idea, trials):
    """Returns what a misconception gives in each case, up to the first error, and whether it is wrong anywhere."""
    results = []
    for trial in trials:
        try:
            results.append(idea.function(*trial.case))
        except Exception:
            return [*results, None], True
    return results, not all(trial.accepts(result) for trial, result in zip(trials, results, strict=True))


def look_alike(first, second, trials):
    return len(first) == len(second) and all(
        one is other is None or trial.are_same(one, trial.adapt(other, one))
        for one, other, trial in zip(first, second, trials, strict=False)
    )


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(
    ("exercise_id", "check"), CHECKS, ids=lambda value: value if isinstance(value, str) else value.name
)
def test_no_two_misconceptions_look_alike_and_say_different_things(ask, exercise_id, check, seed):
    for trials, ideas in ask(EXERCISES[exercise_id], check, seed):
        tried = [(idea, *try_idea(idea, trials)) for idea in ideas]
        wrong = [(idea.message, results) for idea, results, is_wrong in tried if is_wrong]
        for (message, results), (other, others) in itertools.combinations(wrong, 2):
            assert message == other or not look_alike(results, others, trials), f"{message} | {other}"
