"""The checks call a learner's function as the lesson calls it: by position, and by keyword where the lesson does."""

import ast
from pathlib import Path

import pytest

from marl_lessons.exercises.registry import load_lessons

LESSONS = Path(__file__).parents[1] / "lessons"
EXERCISES = [exercise for lesson in load_lessons() for exercise in lesson.exercises if exercise.asks_for_function]


def find_keywords(exercise):
    """Returns the parameters that the lesson's calls of an exercise's function name, a set for each call."""
    (path,) = LESSONS.glob(f"{exercise.lesson:02d}_*.py")
    calls = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)]
    named = [call for call in calls if getattr(call.func, "id", "") == exercise.reference.__name__]
    return [{keyword.arg for keyword in call.keywords} for call in named]


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.id)
def test_every_call_of_the_lesson_names_what_the_checks_name(exercise):
    assert all(keywords == set(exercise.by_keyword) for keywords in find_keywords(exercise))


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.id)
def test_what_is_named_comes_last(exercise):
    code = exercise.reference.__code__
    names = code.co_varnames[: code.co_argcount]
    assert names[len(names) - len(exercise.by_keyword) :] == exercise.by_keyword
