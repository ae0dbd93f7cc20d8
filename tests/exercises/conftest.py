"""What the tests of the exercises share."""

import pytest

from marl_lessons.exercises import card, dashboard, progress_file, registry
from marl_lessons.exercises.specification import Lesson
from tests.exercises.small_course import LESSON


def teach(monkeypatch, *exercises):
    """Makes lesson 7 the whole course, with these exercises."""
    lesson = Lesson(LESSON.number, LESSON.title, exercises, LESSON.predictions)
    monkeypatch.setattr(registry, "load_lesson", lambda number: lesson)
    monkeypatch.setattr(card, "load_lesson", lambda number: lesson)
    monkeypatch.setattr(dashboard, "load_lessons", lambda: [lesson])


@pytest.fixture
def course(monkeypatch):
    """The tests' own course instead of the real one; call it with exercises to change what is taught."""
    teach(monkeypatch, *LESSON.exercises)
    return lambda *exercises: teach(monkeypatch, *exercises)


@pytest.fixture(autouse=True)
def progress_path(tmp_path, monkeypatch):
    """The path of a progress file that does not exist yet."""
    path = tmp_path / "data" / "progress.json"
    monkeypatch.setenv(progress_file.VARIABLE, str(path))
    monkeypatch.setattr(progress_file, "_pending", {})
    return path
