"""The command finds the course that it is given in, and is the same in a terminal, in a notebook, and by make."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import marl_lessons
from marl_lessons.update import UpdateError
from marl_lessons.update.__main__ import find_course, main
from tests.update.small_course import (
    COURSE,
    GAMES,
    MARKOV,
    learner,
    make_notebook,
    run_update,
    teacher,
    write,
)

__all__ = ["learner", "teacher"]  # fixtures
ROOT = Path(__file__).parents[2]
MINE, NEW = make_notebook("answer = 2"), make_notebook("answer = ...", "print(answer)")
needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="no git on this machine")
needs_make = pytest.mark.skipif(shutil.which("make") is None, reason="no make on this machine")


def test_the_course_is_the_folder_that_one_is_in(tmp_path):
    write(tmp_path, COURSE)
    assert find_course(tmp_path) == find_course(tmp_path / "notebooks") == tmp_path


def test_a_course_whose_notebooks_are_gone_is_still_found(tmp_path):
    write(tmp_path, {path: text for path, text in COURSE.items() if not path.startswith("notebooks/")})
    assert find_course(tmp_path) == tmp_path


def test_elsewhere_it_is_the_course_that_the_module_came_with(tmp_path):
    assert find_course(tmp_path) == ROOT


def test_where_no_course_is_one_is_told_where_to_go(tmp_path, monkeypatch):
    monkeypatch.setattr(marl_lessons, "__file__", str(tmp_path / "site-packages/marl_lessons/__init__.py"))
    with pytest.raises(UpdateError, match="go to the folder that holds notebooks/"):
        find_course(tmp_path)


@pytest.mark.parametrize("words", [[], ["--fresh", "1"]])
def test_in_the_browser_one_is_told_to_rename(monkeypatch, capsys, words):
    monkeypatch.setattr(sys, "platform", "emscripten")
    assert run_update(*words) == 2
    assert "rename your notebook" in capsys.readouterr().err


@pytest.mark.parametrize("word", ["", "1.2", "../01_games"])
def test_a_lesson_is_told_by_number_or_name(word, capsys):
    with pytest.raises(SystemExit):
        main(["--fresh", word])
    assert "a lesson is told by its number, such as 1" in capsys.readouterr().err


@needs_git
def test_many_files_are_not_named_one_by_one(teacher, learner, capsys):
    teacher.commit({f"marl_lessons/part_{number}.py": "" for number in range(20)})
    assert run_update() == 0
    assert "and 12 more" in capsys.readouterr().out


@needs_git
def test_every_line_can_be_shown_by_a_terminal_that_knows_ascii_alone(teacher, learner, capsys):
    learner.commit({"notes.txt": "mine"})
    learner.write({GAMES: MINE, "marl_lessons/games.py": "PRICE = 3\n"})
    teacher.commit({GAMES: NEW, "marl_lessons/games.py": "PRICE = 2\n", "pyproject.toml": "", MARKOV: None})
    assert run_update() == 0
    assert capsys.readouterr().out.isascii()


@needs_git
def test_a_module_that_lies_elsewhere_has_to_be_installed_anew(teacher, learner, capsys):
    teacher.commit({"marl_lessons/games.py": "PRICE = 2\n"})
    assert run_update() == 0
    assert "This Python has the module elsewhere" in capsys.readouterr().out


@needs_git
def test_a_cell_of_a_notebook_gives_the_same_command(teacher, learner):
    learner.write({GAMES: MINE})
    teacher.commit({GAMES: NEW})
    ran = run_in_cell("%run -m marl_lessons.update", learner.folder / "notebooks")
    assert "Yours is kept: notebooks/01_games (mine, " in ran.stdout, ran.stderr  # with the day on which the test runs
    assert learner.read(GAMES) == NEW


def test_a_cell_shows_what_went_wrong_in_a_sentence_alone(tmp_path):
    ran = run_in_cell("%run -m marl_lessons.update -- --fresh 99", tmp_path)
    assert "There is no lesson '99'" in ran.stderr
    assert "Traceback" not in ran.stdout + ran.stderr
    assert "SystemExit" not in ran.stdout + ran.stderr


def run_in_cell(line, folder):
    command = [sys.executable, "-m", "IPython", "--quick", "-c", line]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONSAFEPATH": "1"}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)


@needs_make
@pytest.mark.parametrize(
    ("words", "command"),
    [(["update"], "-m marl_lessons.update"), (["fresh", "LESSON=1"], "-m marl_lessons.update --fresh 1")],
)
def test_make_gives_the_same_command(words, command):
    shown = subprocess.run(
        ["make", "--no-print-directory", "--dry-run", *words], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert shown.stdout.splitlines()[-1].endswith(command)


@needs_make
def test_make_fresh_asks_which_lesson():
    made = subprocess.run(["make", "--dry-run", "fresh"], cwd=ROOT, capture_output=True, text=True)
    assert made.returncode != 0
    assert "LESSON=1" in made.stdout + made.stderr
