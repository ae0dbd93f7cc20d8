"""What an update does with each file follows from three versions of it."""

import os
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marl_lessons.update import UpdateError
from marl_lessons.update.handed_out import File
from marl_lessons.update.placing import carry_out, suggest_names
from marl_lessons.update.planning import Plan, is_same_work, make_plan
from tests.update.small_course import GAMES, RUN, TODAY, make_notebook, read_all

VERSIONS = st.none() | st.sampled_from([b"one", b"two", b"three\n", b"three\r\n"])
PATHS = ["README.md", GAMES, "marl_lessons/games.py"]
FILES = st.fixed_dictionaries({path: st.tuples(VERSIONS, VERSIONS, VERSIONS) for path in PATHS})


def notebook(*sources, **options):
    return make_notebook(*sources, **options).encode()


@given(FILES)
def test_whatever_a_learner_wrote_is_somewhere_after_an_update(tmp_path_factory, files):
    course = tmp_path_factory.mktemp("course")
    for path, (_, mine, _) in files.items():
        if mine is not None:
            (course / path).parent.mkdir(exist_ok=True)
            (course / path).write_bytes(mine)
    old = {path: File(one) for path, (one, _, _) in files.items() if one is not None}
    new = {path: File(one) for path, (_, _, one) in files.items() if one is not None}
    carry_out(course, make_plan(course, old, new).steps, TODAY)
    after = read_all(course)
    for path, (was, mine, comes) in files.items():
        is_own = mine is not None and all(one is None or not is_same_work(path, mine, one) for one in (was, comes))
        assert not is_own or mine in after.values()
        assert after.get(path) in {comes, mine}
        assert was == comes or comes is None or after[path] == comes
        assert comes is None or path in after


def test_a_notebook_that_was_merely_run_holds_no_work():
    assert is_same_work(GAMES, notebook("answer = ..."), notebook("answer = ...", **RUN))


def test_of_what_was_merely_run_and_does_not_change_nothing_is_said(tmp_path):
    (tmp_path / "notebooks").mkdir()
    (tmp_path / GAMES).write_bytes(notebook("answer = ...", **RUN))
    course = {GAMES: File(notebook("answer = ..."))}
    assert make_plan(tmp_path, course, course) == Plan()


def test_what_takes_a_place_is_on_the_disk_before(tmp_path, monkeypatch):
    done = []

    def note(function):
        return lambda *arguments: (done.append(function.__name__), function(*arguments))

    monkeypatch.setattr(os, "fsync", note(os.fsync))
    monkeypatch.setattr(os, "replace", note(os.replace))
    (tmp_path / "notebooks").mkdir()
    (tmp_path / GAMES).write_bytes(notebook("answer = 2"))
    carry_out(tmp_path, make_plan(tmp_path, {}, {GAMES: File(b"new")}).steps, TODAY)
    assert done == ["fsync", "replace", "fsync", "replace"]  # the learner's own beside it, then the new one


def test_the_empty_cell_that_jupyterlab_adds_is_no_work():
    assert is_same_work(GAMES, notebook("answer = ..."), notebook("answer = ...", ""))


@pytest.mark.parametrize("sources", [("answer = 2",), ("answer = ...", "2"), ("2", "answer = ..."), ()])
def test_a_cell_that_says_something_else_is_work(sources):
    assert not is_same_work(GAMES, notebook("answer = ..."), notebook(*sources))


def test_a_picture_pasted_into_a_cell_is_work():
    pasted = notebook("a picture").replace(b'"metadata": {}', b'"metadata": {}, "attachments": {"a.png": {}}', 1)
    assert not is_same_work(GAMES, notebook("a picture"), pasted)


@pytest.mark.parametrize("broken", [b"", b"<<<<<<< HEAD", b"[]", b'{"cells": [3]}', b"\xff", b"[" * 100_000])
def test_what_is_no_notebook_any_more_is_work(broken):
    assert not is_same_work(GAMES, notebook("answer = ..."), broken)
    assert not is_same_work(GAMES, broken, broken + b" ")


def test_line_ends_are_no_work():
    assert is_same_work("README.md", b"one\ntwo\n", b"one\r\ntwo\r\n")


def test_a_notebook_s_copy_lies_beside_it_and_another_file_s_in_a_folder_of_copies():
    names = suggest_names(GAMES, date(2026, 1, 2))
    assert next(names) == "notebooks/01_games (mine, 2026-01-02).ipynb"
    assert next(names) == "notebooks/01_games (mine, 2026-01-02, 2).ipynb"
    assert next(suggest_names("marl_lessons/games.py", date(2026, 1, 2))) == "kept/2026-01-02/marl_lessons/games.py"


@pytest.mark.parametrize(("mine", "comes"), [("data", "data/x.csv"), ("data/x.csv", "data")])
def test_a_file_and_a_folder_of_one_name_are_for_the_learner_to_part(tmp_path, mine, comes):
    (tmp_path / mine).parent.mkdir(exist_ok=True)
    (tmp_path / mine).write_text("mine")
    with pytest.raises(UpdateError, match="give it another name"):
        make_plan(tmp_path, {}, {comes: File(b"new")})
