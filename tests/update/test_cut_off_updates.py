"""Whatever stops an update, at whatever step: nothing of a learner's is lost, and the same command goes on."""

import errno
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from marl_lessons.update import UpdateError, clone
from tests.update.small_course import GAMES, MARKOV, MY_GAMES, learner, make_notebook, read_all, run_update, teacher

__all__ = ["learner", "teacher"]  # fixtures
MINE, NEW = make_notebook("answer = 2"), make_notebook("answer = ...", "print(answer)")
COMING = {GAMES: NEW, MARKOV: NEW, "marl_lessons/games.py": "PRICE = 2\n", "notebooks/03_new.ipynb": NEW}
WRITTEN = {GAMES: MINE, "marl_lessons/games.py": "PRICE = 3  # mine\n", "notes.txt": "mine"}
LAST_STEP = 60  # more than an update of this course takes
ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="no git on this machine")

# The command in a process that is killed, as a power cut would, before its N-th step.
KILLED = """import os, signal, sys
from tests.update.test_cut_off_updates import Steps
steps = Steps(int(sys.argv[1]), lambda: os.kill(os.getpid(), signal.SIGKILL))
steps.watch(setattr)
from tests.update.small_course import run_update
sys.exit(run_update())
"""


class Steps:
    """Counts what an update does to the disk, and lets something happen before one of these steps."""

    def __init__(self, number, happen):
        self.number, self.happen, self.done = number, happen, 0

    def watch(self, replace):
        """Count every write, sync, replacement, removal and git command from now on."""
        for owner, name in [
            (os, "fsync"),
            (os, "replace"),
            (Path, "open"),
            (Path, "unlink"),
            (clone.subprocess, "run"),
        ]:
            replace(owner, name, self.count(getattr(owner, name)))

    def count(self, function):
        def counted(*arguments, **options):
            self.done += 1
            if self.done == self.number:
                self.happen()
            return function(*arguments, **options)

        return counted


class PowerCutError(BaseException):
    """Nothing that runs after it; no handler of the course catches it."""


def cut_power():
    raise PowerCutError


def fill_disk():
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.fixture
def course(teacher, learner):
    """An update that brings, replaces, keeps and saves commits is waiting."""
    learner.commit({"notes.txt": "mine"})
    learner.write(WRITTEN)
    teacher.commit(COMING | {"notebooks/00_start_here.ipynb": None})
    return learner


def expect_nothing_lost(course):
    there = {content.decode() for content in read_all(course.folder).values()}
    assert set(WRITTEN.values()) <= there


def expect_updated(course, first_commit):
    """The course is new, what was written lies beside it, once, and nothing is left over."""
    files = read_all(course.folder)
    kept = {MY_GAMES: MINE, "kept/2026-11-27/marl_lessons/games.py": WRITTEN["marl_lessons/games.py"]}
    wanted = COMING | kept | {"notes.txt": "mine", "pyproject.toml": "[project]\n"}
    assert {path: content.decode() for path, content in files.items()} == wanted
    assert course.git("rev-parse", "main") == course.git("rev-parse", "origin/main")
    assert course.git("rev-parse", "mine-2026-11-27") == first_commit
    assert course.git("diff", "--cached") == ""


@pytest.mark.parametrize("stride", [5, pytest.param(1, marks=pytest.mark.canon)])
@pytest.mark.parametrize("happen", [cut_power, fill_disk])
def test_an_update_can_stop_at_any_step(course, tmp_path, happen, stride, capsys):
    backup, number = tmp_path / "backup", 0
    shutil.copytree(course.folder, backup)
    is_whole = False
    while not is_whole:
        number += stride
        assert number < LAST_STEP
        shutil.rmtree(course.folder)
        shutil.copytree(backup, course.folder)
        os.chdir(course.folder)
        first_commit, before = course.git("rev-parse", "HEAD"), read_all(course.folder)
        is_whole = stop_before(number, happen)
        expect_nothing_lost(course)
        if happen is fill_disk and not is_whole and not has_begun_to_move(course):
            assert before.items() <= read_all(course.folder).items()
            assert not [path for path in read_all(course.folder) if path.endswith(".new")]
        assert run_update() == 0, capsys.readouterr().err
        expect_updated(course, first_commit)
    assert number > 20  # it was stopped, again and again


def stop_before(number, happen):
    """Run an update that something happens to before its step; tell whether it ended before that."""
    with pytest.MonkeyPatch.context() as patch:
        steps = Steps(number, happen)
        steps.watch(patch.setattr)
        try:
            code = run_update()
        except PowerCutError:
            return False
    return code == 0 and steps.done < number


def has_begun_to_move(course):
    return any((course.folder / path).exists() and course.read(path) == new for path, new in COMING.items())


@pytest.mark.skipif(sys.platform == "win32", reason="no such signal")
@pytest.mark.parametrize("number", [15, 25, 33])
def test_a_process_that_is_killed_loses_nothing(course, number):
    first_commit = course.git("rev-parse", "HEAD")
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    killed = subprocess.run([sys.executable, "-P", "-c", KILLED, str(number)], cwd=course.folder, env=environment)
    assert killed.returncode == -9
    expect_nothing_lost(course)
    assert run_update() == 0
    expect_updated(course, first_commit)


def test_git_cut_off_between_its_index_and_its_branch_is_recognized(course):
    first_commit = course.git("rev-parse", "HEAD")
    course.git("fetch", "--quiet")
    course.git("read-tree", "origin/main")
    assert run_update() == 0
    expect_updated(course, first_commit)


def test_what_was_kept_is_told_though_git_fails_after_it(course, capsys, monkeypatch):
    def fail(self, today, coming):
        raise UpdateError("git says no")

    monkeypatch.setattr(clone.Clone, "settle", fail)
    assert run_update() == 2
    told = capsys.readouterr()
    assert f"Yours is kept: {MY_GAMES}" in told.out
    assert told.err == "git says no\n"


def test_ctrl_c_ends_an_update_with_a_sentence_and_it_goes_on_later(course, capsys):
    def press_ctrl_c():
        raise KeyboardInterrupt

    first_commit = course.git("rev-parse", "HEAD")
    assert stop_before(30, press_ctrl_c) is False
    assert "the same command goes on from here" in capsys.readouterr().err
    assert run_update() == 0
    expect_updated(course, first_commit)


def test_a_notebook_that_is_saved_while_the_update_runs_is_not_replaced(course, capsys):
    def save():
        course.write({MARKOV: MINE})

    with pytest.MonkeyPatch.context() as patch:
        replace = os.replace

        def replace_and_save(source, target):
            replace(source, target)
            save()

        patch.setattr(os, "replace", replace_and_save)
        assert run_update() == 2
    assert "was saved while the update ran" in capsys.readouterr().err
    assert course.read(MARKOV) == MINE
    assert run_update() == 0
    assert course.read("notebooks/02_markov_games (mine, 2026-11-27).ipynb") == MINE
