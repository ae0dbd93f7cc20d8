"""A problem with the progress file costs a note, never an exception and never what is in the file."""

import json
import multiprocessing
import os
import shutil
import stat
import sys
from pathlib import Path

import filelock
import pytest

from marl_lessons.exercises import progress_file
from marl_lessons.exercises.progress_file import FORMAT, VARIABLE, Progress, Record
from tests.exercises.small_course import FUNCTION_EXERCISE, PREDICTION, VALUE_EXERCISE

NUM_NOTEBOOKS, NUM_CHANGES = 2, 20


def add_attempt(progress):
    progress.record(FUNCTION_EXERCISE).attempts += 1


def count_attempts(progress):
    return progress.record(FUNCTION_EXERCISE).attempts


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def find_kept_aside(path):
    return [other for other in path.parent.iterdir() if "corrupt" in other.name]


def assert_counts_without_the_file(path):
    """Changes count in this notebook, with a note that says how to keep them."""
    first, second = progress_file.change(add_attempt), progress_file.change(add_attempt)
    assert (count_attempts(first), count_attempts(second), count_attempts(progress_file.read())) == (1, 2, 2)
    assert f"could not be saved in {path}" in second.notes[0]
    assert VARIABLE in second.notes[0]


def test_without_a_file_nothing_is_known():
    assert progress_file.read() == Progress()


def test_reading_writes_no_file(progress_path):
    progress_file.read()
    assert not progress_path.exists()


def test_what_is_changed_is_read_again(progress_path):
    def edit(progress):
        progress.exercises[FUNCTION_EXERCISE.key] = Record(True, 2, 1, "passed", "what was said: ✓ \ud800")
        progress.predictions["7.a@1"] = "b"

    written = progress_file.change(edit)
    assert progress_file.read() == written
    assert json.loads(progress_path.read_text(encoding="utf-8"))["format"] == FORMAT
    assert sorted(path.name for path in progress_path.parent.iterdir()) == ["progress.json", "progress.json.lock"]


def test_records_are_kept_by_exercise():
    progress_file.change(add_attempt)
    assert progress_file.read().record(VALUE_EXERCISE) == Record()


def test_the_variable_names_the_file(monkeypatch):
    monkeypatch.setenv("HOME", os.sep + "someone")
    monkeypatch.setenv(VARIABLE, "~/mine.json")
    assert progress_file.locate() == Path(os.sep, "someone", "mine.json")


def test_a_variable_with_an_unknown_user_is_no_error(monkeypatch, tmp_path):
    monkeypatch.setattr(progress_file, "_STARTED_IN", tmp_path)
    monkeypatch.setenv(VARIABLE, "~nobody-of-this-name/mine.json")
    assert count_attempts(progress_file.change(add_attempt)) == 1


def test_without_the_variable_the_file_is_in_the_users_data_directory(monkeypatch, tmp_path):
    monkeypatch.delenv(VARIABLE)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    path = progress_file.locate()
    assert path.name == "progress.json"
    assert path.parent.name == "marl-lessons"


@pytest.fixture
def drive(monkeypatch, tmp_path):
    """A browser's Python, and its drive."""
    monkeypatch.setattr(sys, "platform", "emscripten")
    monkeypatch.setattr(progress_file, "DRIVE", tmp_path)
    monkeypatch.delenv(VARIABLE)
    return tmp_path


def test_in_a_browser_the_file_is_on_the_drive_without_a_lock(drive):
    assert count_attempts(progress_file.change(add_attempt)) == 1
    assert count_attempts(progress_file.read()) == 1
    assert [path.name for path in drive.iterdir()] == ["progress.json"]


def test_in_a_browser_whose_drive_does_not_answer_the_file_is_where_it_is_elsewhere(drive, monkeypatch):
    plain = os.stat

    def stat(path, **options):
        if path == drive:
            raise OSError(28, "Invalid argument", str(path))
        return plain(path, **options)

    monkeypatch.setattr(os, "stat", stat)
    assert progress_file.locate().parent.name == "marl-lessons"


def test_in_a_browser_without_a_drive_the_file_is_where_it_is_elsewhere(drive, monkeypatch):
    monkeypatch.setattr(progress_file, "DRIVE", drive / "missing")
    assert progress_file.locate().parent.name == "marl-lessons"


def test_a_directory_that_is_deleted_is_made_again(progress_path):
    progress_file.change(add_attempt)
    shutil.rmtree(progress_path.parent)
    assert count_attempts(progress_file.change(add_attempt)) == 1
    assert progress_path.exists()


def test_a_file_where_the_directory_should_be_costs_a_note(progress_path):
    write(progress_path.parent, "in the way")
    assert_counts_without_the_file(progress_path)
    assert progress_path.parent.read_text() == "in the way"


def test_a_directory_where_the_file_should_be_costs_a_note(progress_path):
    progress_path.mkdir(parents=True)
    assert_counts_without_the_file(progress_path)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
@pytest.mark.parametrize("make", [os.mkfifo, lambda path: os.mknod(path, 0o600 | stat.S_IFSOCK)])
def test_what_is_no_file_costs_a_note_and_stays(make, progress_path):
    progress_path.parent.mkdir()
    make(progress_path)
    before = progress_path.stat()
    assert_counts_without_the_file(progress_path)
    assert "it is not a regular file" in progress_file.read().notes[0]
    assert progress_path.stat().st_ino == before.st_ino
    assert list(progress_path.parent.iterdir()) == [progress_path]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such devices")
def test_a_device_stays_a_device(monkeypatch):
    monkeypatch.setenv(VARIABLE, os.devnull)
    monkeypatch.setattr(os, "replace", None)  # never gets that far
    assert_counts_without_the_file(os.devnull)
    assert Path(os.devnull).is_char_device()
    assert not Path(f"{os.devnull}.lock").exists()


def test_a_link_stays_and_its_target_is_updated(progress_path):
    target = progress_path.parent / "far" / "away.json"
    progress_path.parent.mkdir()
    progress_path.symlink_to(target)
    for _ in range(2):  # the first makes the target
        progress_file.change(add_attempt)
    assert progress_path.is_symlink()
    assert not target.is_symlink()
    assert json.loads(target.read_text())["exercises"][FUNCTION_EXERCISE.key]["attempts"] == 2


def test_a_link_to_itself_costs_a_note(progress_path):
    progress_path.parent.mkdir()
    progress_path.symlink_to(progress_path)
    assert_counts_without_the_file(progress_path)
    assert progress_path.is_symlink()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pipes")
@pytest.mark.parametrize(
    "make",
    [
        lambda path, other: path.write_text("half of a file"),  # which a crash left behind
        lambda path, other: path.symlink_to(other),
        lambda path, other: os.mkfifo(path),
    ],
)
def test_what_stands_where_the_new_file_is_prepared_is_replaced(make, progress_path, tmp_path):
    other = tmp_path / "other.txt"
    other.write_text("somebody's")
    progress_path.parent.mkdir(parents=True)
    make(progress_path.with_name("progress.json.new"), other)
    assert progress_file.change(add_attempt).notes == []
    assert count_attempts(progress_file.read()) == 1
    assert other.read_text() == "somebody's"
    assert not progress_path.is_symlink()


def test_a_relative_path_means_the_same_in_another_folder(monkeypatch, tmp_path):
    monkeypatch.setenv(VARIABLE, "mine.json")
    monkeypatch.setattr(progress_file, "_STARTED_IN", tmp_path)
    progress_file.change(add_attempt)
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert count_attempts(progress_file.change(add_attempt)) == 2
    assert (tmp_path / "mine.json").exists()


def test_a_mark_of_the_encoding_is_no_corruption(progress_path):
    write(progress_path, "\ufeff" + json.dumps({"format": FORMAT, "exercises": {}, "predictions": {"7.a@1": "b"}}))
    assert progress_file.read() == Progress(predictions={"7.a@1": "b"})


def test_what_another_version_keeps_in_the_file_survives(progress_path):
    record = {"passed": True, "mood": "happy"}
    content = {"format": FORMAT, "exercises": {"7.1@1": record}, "predictions": {"7.a@1": {"later": "b"}}, "theme": 3}
    write(progress_path, json.dumps(content))
    progress = progress_file.change(add_attempt)
    kept = json.loads(progress_path.read_text())
    assert progress.choice(PREDICTION) is None
    assert (kept["theme"], kept["predictions"]) == (3, {"7.a@1": {"later": "b"}})
    assert kept["exercises"]["7.1@1"] == {
        "mood": "happy", "passed": True, "attempts": 1, "hints": 0, "outcome": "", "text": ""
    }  # fmt: skip


@pytest.mark.parametrize(("scores", "what"), [(3, "all scoreboards"), ({"a": {}, "b": []}, "scoreboard b")])
def test_scoreboards_that_cannot_be_read_cost_themselves_alone_and_are_kept_aside(scores, what, progress_path):
    exercises = {"7.2@1": {"passed": True}}
    content = json.dumps({"format": FORMAT, "exercises": exercises, "predictions": {}, "scores": scores})
    write(progress_path, content)
    progress = progress_file.read()
    (aside,) = find_kept_aside(progress_path)
    assert aside.read_text() == content
    assert progress.notes == [f"Of {what} the progress file could not be understood. All of it is kept as {aside}."]
    assert progress_file.read().exercises == {"7.2@1": Record(passed=True)}


@pytest.mark.parametrize("refusal", [OSError(37, "No locks available"), NotImplementedError("no flock")])
def test_a_file_system_without_locks_costs_a_note_and_not_the_progress(refusal, progress_path, monkeypatch):
    def refuse(*arguments, **options):
        raise refusal

    monkeypatch.setattr(filelock.FileLock, "acquire", refuse)
    progress = progress_file.change(add_attempt)
    assert "could not be locked: work in one notebook at a time" in progress.notes[0]
    assert len(progress.notes) == 1
    assert progress_file.read() == Progress({FUNCTION_EXERCISE.key: Record(attempts=1)})


def test_a_disk_that_cannot_be_written_costs_a_note_and_not_the_file(progress_path, monkeypatch):
    write(progress_path, json.dumps({"format": FORMAT, "exercises": {}, "predictions": {"7.a@1": "b"}}))
    before = progress_path.read_text()

    def refuse(*paths):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "replace", refuse)
    assert_counts_without_the_file(progress_path)
    assert progress_file.read().predictions == {"7.a@1": "b"}
    assert "Permission denied" in progress_file.read().notes[0]
    assert progress_path.read_text() == before


def test_changes_that_waited_are_written_as_soon_as_they_can(progress_path):
    progress_path.mkdir(parents=True)
    progress_file.change(add_attempt)
    progress_file.change(add_attempt)
    progress_path.rmdir()
    assert progress_file.read().notes == []
    assert json.loads(progress_path.read_text())["exercises"][FUNCTION_EXERCISE.key]["attempts"] == 2
    assert count_attempts(progress_file.change(add_attempt)) == 3


@pytest.mark.parametrize(
    "content",
    [
        "",
        "not JSON",
        '{"format": 1, "exercises": {"7.1@1": {"pas',
        "[1, 2, 3]",
        "7",
        "null",
        "{}",
        '{"format": 1, "exercises": {}}',
        '{"format": 1, "exercises": [], "predictions": {}}',
        '{"format": 1, "exercises": {}, "predictions": []}',
        "[" * 100_000,
    ],
)
def test_a_corrupt_file_is_kept_aside(content, progress_path):
    write(progress_path, content)
    progress = progress_file.change(add_attempt)
    (aside,) = find_kept_aside(progress_path)
    assert aside.read_text() == content
    assert f"could not be understood. It is kept as {aside}" in progress.notes[0]
    assert count_attempts(progress) == 1
    assert progress_file.read().notes == []


@pytest.mark.parametrize("record", [3, None, {"attempts": "many"}, {"passed": 1}])
def test_a_record_that_cannot_be_read_costs_itself_alone_and_is_kept_aside(record, progress_path):
    exercises = {"7.1@1": record, "7.2@1": {"passed": True}}
    content = json.dumps({"format": FORMAT, "exercises": exercises, "predictions": {"7.a@1": "b"}, "theme": 3})
    write(progress_path, content)
    progress = progress_file.read()
    (aside,) = find_kept_aside(progress_path)
    assert aside.read_text() == content
    assert progress.notes == [
        f"Of exercise 7.1 the progress file could not be understood. All of it is kept as {aside}."
    ]
    again = progress_file.read()
    assert again == Progress({"7.2@1": Record(passed=True)}, {"7.a@1": "b"}, unknown={"theme": 3})


def test_a_number_below_zero_counts_as_zero(progress_path):
    record = {"passed": True, "attempts": -2, "hints": -3}
    write(progress_path, json.dumps({"format": FORMAT, "exercises": {"7.1@1": record}, "predictions": {}}))
    assert progress_file.read().exercises == {"7.1@1": Record(passed=True)}


def test_a_binary_file_is_kept_aside(progress_path):
    progress_path.parent.mkdir()
    progress_path.write_bytes(bytes(range(256)))
    progress_file.read()
    (aside,) = find_kept_aside(progress_path)
    assert aside.read_bytes() == bytes(range(256))


@pytest.mark.parametrize("version", [FORMAT + 1, "next", None])
def test_a_file_of_another_format_is_left_alone(version, progress_path):
    content = json.dumps({"format": version, "what": "we do not know"})
    write(progress_path, content)
    assert_counts_without_the_file(progress_path)
    assert f"it has format {version!r} of another version of the course" in progress_file.read().notes[0]
    assert progress_path.read_text() == content
    assert find_kept_aside(progress_path) == []


def test_a_lock_that_another_notebook_holds_costs_a_note(progress_path, monkeypatch):
    monkeypatch.setattr(progress_file, "LOCK_TIMEOUT", 0.05)
    progress_file.change(add_attempt)
    ready, release = multiprocessing.Event(), multiprocessing.Event()
    holder = multiprocessing.Process(target=hold_lock, args=(progress_path, ready, release))
    holder.start()
    assert ready.wait(10)
    waiting = progress_file.change(add_attempt)
    assert count_attempts(waiting) == 2
    assert "could not be saved" in waiting.notes[0]
    assert "another notebook, or a program that was not closed, holds" in waiting.notes[0]
    release.set()
    holder.join()
    assert progress_file.change(add_attempt) == Progress({FUNCTION_EXERCISE.key: Record(attempts=3)})


def hold_lock(path, ready, release):
    with filelock.FileLock(f"{path}.lock"):
        ready.set()
        release.wait(10)


def test_two_notebooks_at_once_lose_nothing(progress_path):
    notebooks = [multiprocessing.Process(target=work, args=(number,)) for number in range(NUM_NOTEBOOKS)]
    for notebook in notebooks:
        notebook.start()
    for notebook in notebooks:
        notebook.join()
    progress = progress_file.read()
    assert count_attempts(progress) == NUM_NOTEBOOKS * NUM_CHANGES
    assert len(progress.predictions) == NUM_NOTEBOOKS * NUM_CHANGES
    assert find_kept_aside(progress_path) == []


def work(number):
    for change in range(NUM_CHANGES):
        progress_file.change(add_attempt)
        progress_file.change(lambda progress, key=f"{number}-{change}": progress.predictions.update({key: "a"}))
