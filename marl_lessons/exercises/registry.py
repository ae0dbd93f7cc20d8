"""Finds exercises and predictions by their number. Lesson NN keeps its own in `marl_lessons/checks/lesson_NN.py`."""

import functools
import importlib
import pkgutil
import re

from marl_lessons.display import Misuse

CHECKS_PACKAGE = "marl_lessons.checks"


def load_lesson(number):
    """Return the `Lesson` with this number. Raises ValueError where the course has no such lesson."""
    name = f"lesson_{number:02d}"
    if name not in _lesson_modules():
        numbers = ", ".join(name.removeprefix("lesson_") for name in _lesson_modules())
        raise Misuse(f"There is no lesson {number}; the lessons are {numbers}.")
    return importlib.import_module(f"{CHECKS_PACKAGE}.{name}").LESSON


def load_lessons():
    """Return every `Lesson` of the course, in order."""
    return [load_lesson(int(name.removeprefix("lesson_"))) for name in _lesson_modules()]


def find_exercise(exercise_id):
    """Return the `Exercise` with an id such as "1.2". Raises ValueError with the ids that exist."""
    lesson = load_lesson(_lesson_number(exercise_id, "[0-9]{1,3}", "an exercise", '"1.2"'))
    return _pick(exercise_id, lesson.exercises)


def find_prediction(prediction_id):
    """Return the `Prediction` with an id such as "1.a". Raises ValueError with the ids that exist."""
    lesson = load_lesson(_lesson_number(prediction_id, "[a-z]", "a prediction", '"1.a"'))
    return _pick(prediction_id, lesson.predictions)


@functools.cache
def _lesson_modules():
    package = importlib.import_module(CHECKS_PACKAGE)
    return sorted(module.name for module in pkgutil.iter_modules(package.__path__))


def _lesson_number(identifier, part, kind, example):
    if not isinstance(identifier, str) or not re.fullmatch(rf"[0-9]{{1,3}}\.{part}", identifier):
        raise Misuse(f"{kind.capitalize()} has an id in quotes such as {example}, got {identifier!r:.60}.")
    return int(identifier.split(".")[0])


def _pick(identifier, entries):
    for entry in entries:
        if entry.id == identifier:
            return entry
    known = ", ".join(entry.id for entry in entries) or "none"
    raise Misuse(f"There is no {identifier!r} in this lesson; it has {known}.")
