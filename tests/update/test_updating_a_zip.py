"""A course that was unpacked from a zip: the new zip is named, and what differs is kept aside."""

import zipfile

import pytest

from marl_lessons.update import UpdateError
from marl_lessons.update.handed_out import File, make_zip, read_handed_out, read_zip
from tests.update.small_course import COURSE, GAMES, MARKOV, MY_GAMES, RUN, make_notebook, read_all, run_update, write

MINE, NEW = make_notebook("answer = 2"), make_notebook("answer = ...", "print(answer)")


@pytest.fixture
def course(tmp_path, monkeypatch):
    folder = tmp_path / "course"
    write(folder, COURSE)
    monkeypatch.chdir(folder / "notebooks")
    return folder


def pack(tmp_path, files, top="marl-lessons-main/"):
    """Pack files as a forge's download does, in a folder of their own."""
    path = tmp_path / "download.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in files.items():
            archive.writestr(top + name, text)
    return str(path)


def read(course, path):
    return (course / path).read_text(encoding="utf-8")


def test_the_first_update_keeps_all_that_differs(course, tmp_path):
    write(course, {GAMES: MINE})
    assert run_update("--from", pack(tmp_path, COURSE | {GAMES: NEW, "marl_lessons/games.py": "PRICE = 2\n"})) == 0
    assert (read(course, GAMES), read(course, MY_GAMES)) == (NEW, MINE)
    assert read(course, "kept/2026-11-27/marl_lessons/games.py") == COURSE["marl_lessons/games.py"]


def test_a_later_update_knows_what_was_handed_out(course, tmp_path):
    assert run_update("--from", pack(tmp_path, COURSE)) == 0
    write(course, {GAMES: MINE, "notebooks/00_start_here.ipynb": MINE, MARKOV: make_notebook("steps = ...", **RUN)})
    newest = COURSE | {GAMES: NEW, MARKOV: NEW, "marl_lessons/games.py": "PRICE = 2\n"}
    assert run_update("--from", pack(tmp_path, newest)) == 0
    written = {MY_GAMES: MINE, "notebooks/00_start_here.ipynb": MINE}
    files = {path: content.decode() for path, content in read_all(course).items() if path != ".handed_out.zip"}
    assert files == newest | written


def test_what_left_the_course_leaves_where_it_is_known_to_be_unedited(course, tmp_path):
    run_update("--from", pack(tmp_path, COURSE))
    write(course, {GAMES: MINE})
    left = {path: text for path, text in COURSE.items() if path not in (GAMES, MARKOV)}
    assert run_update("--from", pack(tmp_path, left)) == 0
    assert read(course, GAMES) == MINE
    assert not (course / MARKOV).exists()


def test_a_folder_is_as_good_as_a_zip(course, tmp_path):
    write(course, {GAMES: MINE})
    write(tmp_path / "unpacked/marl-lessons-main", COURSE | {GAMES: NEW, ".venv/bin/python": "x", "run": "y"})
    (tmp_path / "unpacked/marl-lessons-main/run").chmod(0o755)
    assert run_update("--from", str(tmp_path / "unpacked")) == 0
    assert (read(course, GAMES), read(course, MY_GAMES)) == (NEW, MINE)
    assert (course / "run").stat().st_mode & 0o100
    assert not (course / ".venv").exists()


def test_a_fresh_copy_comes_from_what_was_handed_out_or_from_the_zip(course, tmp_path):
    for words in (["--from", pack(tmp_path, COURSE)], []):
        write(course, {GAMES: MINE})
        assert run_update("--fresh", "1", *words) == 0
        assert (read(course, GAMES), read(course, MY_GAMES)) == (COURSE[GAMES], MINE)
        run_update("--from", pack(tmp_path, COURSE))


@pytest.mark.parametrize("words", [[], ["--fresh", "1"]])
def test_without_a_zip_the_remedy_is_to_get_one(course, capsys, words):
    assert run_update(*words) == 2
    assert "name it: --from FILE.zip" in capsys.readouterr().err


def test_a_course_inside_of_another_repository_is_no_clone(course, tmp_path, capsys):
    (tmp_path / ".git").mkdir()
    assert run_update() == 2
    assert "This folder is not a clone" in capsys.readouterr().err


@pytest.mark.parametrize("place", [".", "..", "../..", "../new"])
def test_one_s_own_folder_is_no_new_course(course, capsys, place):
    write(course, {"notebooks/my own.ipynb": MINE} | {f"new/{path}": text for path, text in COURSE.items()})
    before = read_all(course)
    assert run_update("--from", place) == 2
    assert "unpack the new one elsewhere" in capsys.readouterr().err
    assert read_all(course) == before


def make_nothing(path):
    """Make no file at all."""


def make_text(path):
    path.write_text("no zip")


def make_zip_of_something_else(path):
    path.write_bytes(make_zip({"README.md": File(b"")}))


@pytest.mark.parametrize(
    ("make", "remedy"),
    [(make_nothing, "download the course again"), (make_text, "again"), (make_zip_of_something_else, "no course")],
)
def test_what_is_no_course_is_refused_and_nothing_is_touched(course, tmp_path, capsys, make, remedy):
    make(tmp_path / "wrong.zip")
    before = read_all(course)
    assert run_update("--from", str(tmp_path / "wrong.zip")) == 2
    assert remedy in capsys.readouterr().err
    assert read_all(course) == before


@pytest.mark.parametrize("path", ["../escaped.py", "/escaped.py", "C:/escaped.py", "notebooks/../../escaped.py"])
def test_a_zip_writes_nothing_outside_of_the_course(path):
    with pytest.raises(UpdateError, match="outside of its folder"):
        read_zip(make_zip({path: File(b"")}))


def test_a_zip_that_is_cut_short_is_refused(tmp_path):
    whole = make_zip({GAMES: File(NEW.encode())})
    (tmp_path / "half.zip").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(UpdateError, match="download the course again"):
        read_handed_out(tmp_path / "half.zip")


def test_a_zip_with_a_broken_file_is_refused(tmp_path):
    whole = bytearray(make_zip({GAMES: File(NEW.encode())}))
    whole[60] ^= 0xFF
    (tmp_path / "broken.zip").write_bytes(whole)
    with pytest.raises(UpdateError, match="download the course again"):
        read_handed_out(tmp_path / "broken.zip")


def test_what_was_packed_comes_out_again():
    files = {"run": File(b"#!/bin/sh", True), GAMES: File(b"{}")}
    assert read_zip(make_zip(files)) == files
