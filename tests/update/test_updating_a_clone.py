"""A course that git knows: an update brings what is new, and loses nothing of a learner's."""

import os
import shutil

import pytest

from marl_lessons.update.clone import Clone
from tests.update.small_course import (
    COURSE,
    GAMES,
    MARKOV,
    MY_GAMES,
    RUN,
    Repository,
    learner,
    make_notebook,
    read_all,
    run_update,
    teacher,
)

__all__ = ["learner", "teacher"]  # fixtures
MINE, NEW = make_notebook("answer = 2"), make_notebook("answer = ...", "print(answer)")
pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="no git on this machine")


def test_an_unedited_course_follows(teacher, learner):
    newest = teacher.commit({GAMES: NEW, "notebooks/03_new.ipynb": NEW, MARKOV: None})
    assert run_update() == 0
    assert learner.git("rev-parse", "HEAD") == newest
    assert learner.list_changes() == []
    assert read_all(learner.folder) == read_all(teacher.folder)


def test_an_edited_notebook_is_kept_beside_the_new_one(teacher, learner, capsys):
    learner.write({GAMES: MINE})
    teacher.commit({GAMES: NEW})
    assert run_update() == 0
    assert learner.read(GAMES) == NEW
    assert learner.read(MY_GAMES) == MINE
    assert f"Yours is kept: {MY_GAMES} is what you had in {GAMES}." in capsys.readouterr().out


def test_an_earlier_copy_is_never_overwritten(teacher, learner):
    for answer in ("answer = 1", "answer = 2"):
        learner.write({GAMES: make_notebook(answer)})
        teacher.commit({GAMES: make_notebook("answer = ...", f"# after {answer}")})
        assert run_update() == 0
    assert learner.read(MY_GAMES) == make_notebook("answer = 1")
    assert learner.read("notebooks/01_games (mine, 2026-11-27, 2).ipynb") == make_notebook("answer = 2")


def test_an_edited_notebook_that_the_update_does_not_change_stays(teacher, learner, capsys):
    learner.write({GAMES: MINE})
    teacher.commit({MARKOV: NEW})
    assert run_update() == 0
    assert (learner.read(GAMES), learner.read(MARKOV)) == (MINE, NEW)
    assert f"Stays as you have it: {GAMES}." in capsys.readouterr().out


def test_a_notebook_that_was_merely_run_follows_and_leaves_no_copy(teacher, learner):
    learner.write({GAMES: make_notebook("answer = ...", **RUN)})
    teacher.commit({GAMES: NEW})
    assert run_update() == 0
    assert learner.read(GAMES) == NEW
    assert learner.list_changes() == []


def test_a_notebook_that_was_merely_run_keeps_its_outputs_where_nothing_is_new(teacher, learner):
    run_once = make_notebook("answer = ...", **RUN)
    learner.write({GAMES: run_once})
    assert run_update() == 0
    assert learner.read(GAMES) == run_once


def test_new_outputs_of_a_solution_arrive(teacher, learner):
    path = "solutions/01_games.ipynb"
    teacher.commit({path: make_notebook("answer = 2")})
    run_update()
    teacher.commit({path: make_notebook("answer = 2", **RUN)})
    assert run_update() == 0
    assert learner.read(path) == make_notebook("answer = 2", **RUN)


def test_deleted_files_come_back(teacher, learner):
    learner.write({GAMES: None, "marl_lessons/games.py": None})
    assert run_update() == 0
    assert learner.list_changes() == []


def test_an_untracked_file_that_stands_in_the_way_is_kept_aside(teacher, learner):
    learner.write({"notebooks/03_new.ipynb": MINE, "notes.txt": "mine"})
    teacher.commit({"notebooks/03_new.ipynb": NEW, "notes.txt": "theirs"})
    assert run_update() == 0
    assert learner.read("notebooks/03_new.ipynb") == NEW
    assert learner.read("notebooks/03_new (mine, 2026-11-27).ipynb") == MINE
    assert learner.read("kept/2026-11-27/notes.txt") == "mine"


def test_other_untracked_files_are_left_alone(teacher, learner):
    learner.write({"notebooks/my own.ipynb": MINE})
    teacher.commit({GAMES: NEW})
    assert run_update() == 0
    assert learner.list_changes() == ['?? "notebooks/my own.ipynb"']


def test_an_edited_notebook_that_left_the_course_stays(teacher, learner, capsys):
    learner.write({GAMES: MINE})
    teacher.commit({GAMES: None, "notebooks/01_play.ipynb": NEW})
    assert run_update() == 0
    assert learner.read(GAMES) == MINE
    assert f"yours stays: {GAMES}" in capsys.readouterr().out


def test_commits_of_one_s_own_stay_on_a_branch(teacher, learner, capsys):
    mine = learner.commit({GAMES: MINE, "notes.txt": "mine"})
    newest = teacher.commit({GAMES: NEW})
    assert run_update() == 0
    assert learner.git("rev-parse", "main", "mine-2026-11-27").split() == [newest, mine]
    assert "git log mine-2026-11-27" in capsys.readouterr().out
    assert (learner.read(GAMES), learner.read(MY_GAMES), learner.read("notes.txt")) == (NEW, MINE, "mine")


def test_each_batch_of_commits_gets_a_branch(teacher, learner):
    branches = ["mine-2026-11-27", "mine-2026-11-27-2"]
    mine = []
    for number in range(2):
        mine.append(learner.commit({"notes.txt": str(number)}))
        teacher.commit({GAMES: make_notebook(f"answer = ...  # {number}")})
        assert run_update() == 0
    assert learner.git("rev-parse", *branches).split() == mine


def test_commits_stay_where_they_are_if_nothing_is_new(teacher, learner):
    mine = learner.commit({GAMES: MINE})
    assert run_update() == 0
    assert learner.git("rev-parse", "main") == mine
    assert learner.git("branch", "--list", "mine*") == ""
    assert learner.read(GAMES) == MINE


def test_a_rewritten_history_of_the_course_makes_no_copies(teacher, learner):
    teacher.git("commit", "--quiet", "--amend", "--message", "Rewritten")
    teacher.commit({GAMES: NEW})
    before = learner.git("rev-parse", "HEAD")
    assert run_update() == 0
    assert learner.read(GAMES) == NEW
    assert learner.list_changes() == []
    assert learner.git("rev-parse", "mine-2026-11-27") == before


def test_a_shallow_clone_is_as_good(teacher, learner, monkeypatch):
    teacher.commit({MARKOV: NEW})
    shallow = Repository(learner.folder.with_name("shallow"))
    teacher.git("clone", "--quiet", "--depth=1", f"file://{teacher.folder}", str(shallow.folder))
    teacher.commit({GAMES: NEW, MARKOV: make_notebook("steps = 3")})
    monkeypatch.chdir(shallow.folder / "notebooks")
    shallow.write({GAMES: MINE})
    assert run_update() == 0
    assert (shallow.read(GAMES), shallow.read(MY_GAMES)) == (NEW, MINE)
    assert len(shallow.list_changes()) == 1


def test_line_ends_of_windows_are_no_edits(teacher, learner):
    learner.git("config", "core.autocrlf", "true")
    learner.git("rm", "--quiet", "--cached", "-r", ".")
    learner.git("reset", "--quiet", "--hard")
    assert b"\r\n" in (learner.folder / GAMES).read_bytes()
    teacher.commit({GAMES: NEW})
    assert run_update() == 0
    assert learner.list_changes() == []
    assert (learner.folder / GAMES).read_bytes() == NEW.replace("\n", "\r\n").encode()


def test_a_program_stays_a_program(teacher, learner):
    teacher.write({"run": "#!/bin/sh\n"})
    (teacher.folder / "run").chmod(0o755)
    teacher.commit({})
    assert run_update() == 0
    assert os.access(learner.folder / "run", os.X_OK)
    assert learner.list_changes() == []


def test_an_update_that_changes_the_module_says_what_is_left_to_do(teacher, learner, capsys):
    teacher.commit({"marl_lessons/games.py": "PRICE = 2\n", "pyproject.toml": "[project]\nname = 'x'\n"})
    assert run_update() == 0
    told = capsys.readouterr().out
    assert "restart the kernels" in told
    assert "`make lab`" in told


def test_a_second_update_has_nothing_to_do(teacher, learner, capsys):
    learner.write({GAMES: MINE})
    teacher.commit({GAMES: NEW})
    run_update()
    before = read_all(learner.folder)
    capsys.readouterr()
    assert run_update() == 0
    assert "There is nothing new." in capsys.readouterr().out
    assert read_all(learner.folder) == before


def stage(learner):
    learner.write({MARKOV: MINE})
    learner.git("add", MARKOV)


def detach(learner):
    learner.git("checkout", "--quiet", "--detach")


def leave_a_merge_open(learner):
    learner.git("switch", "--quiet", "--create", "other")
    learner.commit({"other.txt": "x"})
    learner.git("switch", "--quiet", "main")
    learner.git("merge", "--quiet", "--no-ff", "--no-commit", "other")


def leave_a_lock(learner):
    (learner.folder / ".git/index.lock").touch()


def cut_the_network(learner):
    learner.git("remote", "set-url", "origin", "file:///nowhere")


def go_to_a_branch_of_one_s_own(learner):
    learner.git("switch", "--quiet", "--create", "other", "--no-track")


def lose_the_first_commit(learner):
    learner.git("update-ref", "-d", "HEAD")


TROUBLE = {
    stage: "git restore --staged",
    detach: "git switch main",
    leave_a_merge_open: "git merge --abort",
    leave_a_lock: "index.lock",
    cut_the_network: "Try again with a network.\nfatal:",
    go_to_a_branch_of_one_s_own: "git branch --set-upstream-to=origin/main",
    lose_the_first_commit: "Mend that, then try again",
}


@pytest.mark.parametrize(("make_trouble", "remedy"), TROUBLE.items(), ids=lambda each: getattr(each, "__name__", ""))
def test_trouble_is_told_with_its_remedy_and_nothing_is_touched(teacher, learner, capsys, make_trouble, remedy):
    learner.write({GAMES: MINE})
    teacher.commit({GAMES: NEW})
    make_trouble(learner)
    before, head = read_all(learner.folder), learner.git("symbolic-ref", "-q", "HEAD") if make_trouble != detach else ""
    assert run_update() == 2
    assert remedy in capsys.readouterr().err
    assert read_all(learner.folder) == before
    assert make_trouble is detach or learner.git("symbolic-ref", "-q", "HEAD") == head


def test_without_git_a_clone_says_what_to_install(learner, monkeypatch, capsys):
    monkeypatch.setenv("PATH", "")
    assert run_update() == 2
    assert "git is not found here: install it" in capsys.readouterr().err


def test_a_clone_takes_no_zip(learner, capsys):
    assert run_update("--from", "course.zip") == 2
    assert "leave out --from" in capsys.readouterr().err


def test_the_variables_of_a_hook_do_not_lead_elsewhere(teacher, learner, monkeypatch):
    teacher.commit({GAMES: NEW})
    monkeypatch.setenv("GIT_DIR", str(teacher.folder / ".git"))
    assert run_update() == 0
    assert learner.read(GAMES) == NEW


@pytest.mark.parametrize("words", ["1", "01", "01_games", "01_games.ipynb"])
def test_a_fresh_copy_of_one_lesson_keeps_the_edited_one(learner, capsys, words):
    learner.write({GAMES: MINE, MARKOV: MINE})
    assert run_update("--fresh", words) == 0
    assert (learner.read(GAMES), learner.read(MY_GAMES), learner.read(MARKOV)) == (COURSE[GAMES], MINE, MINE)
    assert MY_GAMES in capsys.readouterr().out


def test_a_fresh_copy_needs_no_network_and_brings_nothing_else(teacher, learner):
    learner.write({GAMES: MINE})
    teacher.commit({GAMES: NEW})
    cut_the_network(learner)
    assert run_update("--fresh", "1") == 0
    assert learner.read(GAMES) == COURSE[GAMES]


def test_a_fresh_copy_is_as_it_was_handed_out_though_answers_were_committed(learner):
    learner.commit({GAMES: MINE})
    assert run_update("--fresh", "1") == 0
    assert (learner.read(GAMES), learner.read(MY_GAMES)) == (COURSE[GAMES], MINE)


def test_a_fresh_copy_clears_outputs_and_keeps_no_copy_of_a_notebook_that_was_merely_run(learner):
    learner.write({GAMES: make_notebook("answer = ...", **RUN)})
    assert run_update("--fresh", "1") == 0
    assert learner.list_changes() == []


def test_a_fresh_copy_brings_back_a_deleted_lesson(learner):
    learner.write({GAMES: None})
    assert run_update("--fresh", "1") == 0
    assert learner.read(GAMES) == COURSE[GAMES]


def test_a_fresh_copy_is_to_be_had_in_the_middle_of_a_merge(learner):
    leave_a_merge_open(learner)
    learner.write({GAMES: "<<<<<<< HEAD"})
    assert run_update("--fresh", "1") == 0
    assert (learner.read(GAMES), learner.read(MY_GAMES)) == (COURSE[GAMES], "<<<<<<< HEAD")


def test_an_unknown_lesson_is_told_with_those_that_there_are(learner, capsys):
    assert run_update("--fresh", "42") == 2
    assert "There is no lesson '42'; there are 00_start_here, 01_games" in capsys.readouterr().err


def test_git_asks_no_question_where_nobody_could_answer(learner, monkeypatch):
    monkeypatch.setattr("sys.stdin", None)  # as where a scheduler runs the command
    assert Clone(learner.folder).run("-c", "alias.ask=!echo $GIT_TERMINAL_PROMPT", "ask") == "0"
