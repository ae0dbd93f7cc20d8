"""The command: what it writes, what it answers where it cannot, and that an interruption loses nothing."""

import csv
import functools
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

import marl_lessons
from marl_lessons.gradebook import __main__ as command
from marl_lessons.gradebook import grading, records
from marl_lessons.gradebook.jails.finding import JailMissing
from tests.gradebook.small_class import IDS, believe, write_notebook

ROOT = Path(__file__).parents[2]
# The command with a judge that believes what notebooks say of themselves.
BELIEVING = """import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background lets programs ignore it
from marl_lessons.gradebook.__main__ import main
from tests.gradebook.test_gradebook_command import find_believing_judge
sys.exit(main(sys.argv[1:], find_believing_judge))
"""


def find_believing_judge(options, seed):
    return functools.partial(believe, seed=seed)


def find_no_jail(options, seed):
    raise JailMissing("No jail works here: install bubblewrap.")


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write_notebook("submissions/ada.ipynb", dict.fromkeys(IDS, "passed"))
    write_notebook("submissions/bob/x.ipynb", {"1.2": "passed"})
    write_notebook("submissions/eve/x.ipynb", {}, notes=["A note."])
    return tmp_path


def run(*words, find_judge=find_believing_judge):
    return command.main(["submissions", "--lesson", "1", *words], find_judge)


def read_points(out="grades"):
    with open(f"{out}/grades.csv", encoding="utf-8-sig", newline="") as file:
        return {row["student"]: row["points"] for row in csv.DictReader(file)}


def read_all(out):
    """Return what a folder of grades holds, but for what judging took."""
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in Path(out).rglob("*") if path.is_file()}


def test_a_folder_becomes_grades(capsys):
    assert run("-j", "2") == command.GRADED
    assert read_points() == {"ada": "4", "bob": "1", "eve": "0"}
    written = set(read_all("grades"))
    assert {"grades.csv", "nbgrader.csv", "summary.html", "seed.txt"} < written
    assert {f"students/{name}.html" for name in ("ada", "bob", "eve")} < written
    assert len([name for name in written if name.startswith("records/")]) == 3
    said = capsys.readouterr().out
    assert "3 students, 3 with a notebook: 1.7 of 4 points on average; 0 need a look." in said
    assert "grades/summary.html" in said


def test_a_roster_adds_who_is_missing():
    Path("roster.csv").write_text("student,name,late_days\nada,Ada,1\nzed,Zed,\n")
    assert run("--roster", "roster.csv", "--late-penalty", "0.5") == command.GRADED
    with open("grades/grades.csv", encoding="utf-8-sig", newline="") as file:
        rows = {row["student"]: row for row in csv.DictReader(file)}
    assert (rows["ada"]["name"], rows["ada"]["score"], rows["zed"]["points"]) == ("Ada", "2", "0")
    with open("grades/nbgrader.csv", encoding="utf-8", newline="") as file:
        assert {row["student_id"]: row["score"] for row in csv.DictReader(file)}["ada"] == "2.0"
    assert "which leaves 2 points" in Path("grades/students/ada.html").read_text("utf-8")
    assert rows["bob"]["flags"].startswith("roster:")


def test_a_seed_is_drawn_once_and_kept(capsys):
    run()
    seed = int(Path("grades/seed.txt").read_text())
    assert f"Seed {seed}" in capsys.readouterr().out
    run()
    assert int(Path("grades/seed.txt").read_text()) == seed
    assert "0 judged now, 3 before" in capsys.readouterr().out
    assert {json.loads(path.read_text())["seed"] for path in Path("grades/records").iterdir()} == {seed}


def test_a_seed_is_drawn_from_so_many_that_nobody_tries_them_all(monkeypatch):
    asked = []
    monkeypatch.setattr(grading.secrets, "randbelow", lambda count: asked.append(count) or 0)
    assert grading.settle_seed(Path("grades"), None, None) == 0
    assert asked == [2**31]


def test_each_class_has_a_seed_of_its_own():
    for out in ("one", "two"):
        run("--out", out)
    assert Path("one/seed.txt").read_text() != Path("two/seed.txt").read_text()


def test_what_is_judged_is_judged_anew_where_that_is_asked_for(capsys):
    run()
    run("--again")
    assert "3 judged now, 0 before" in capsys.readouterr().out


def test_what_was_judged_without_a_jail_is_judged_in_one_unless_all_are_trusted(capsys):
    run()
    for place in Path("grades/records").iterdir():
        place.write_text(json.dumps({**json.loads(place.read_text()), "jail": "trust"}))
    run("--trust")
    assert "0 judged now" in capsys.readouterr().out
    run()
    assert "3 judged now" in capsys.readouterr().out


def test_a_student_who_needs_a_look_for_two_reasons_is_one(capsys):
    write_notebook("submissions/zed.ipynb", flags=[{"kind": "many", "text": "."}, {"kind": "killed", "text": "."}])
    run()
    assert "1 needs a look" in capsys.readouterr().out


def test_the_page_of_a_name_that_a_roster_replaces_is_taken_away():
    write_notebook("submissions/kim_77_assignsubmission_file/x.ipynb")
    run()
    Path("grades/students/mine.html").write_text("<title>Lesson 01, my own: page</title>")
    before = set(read_all("grades"))
    Path("roster.csv").write_text("student\n77\nada\nbob\neve\n")
    run("--roster", "roster.csv")
    assert before - set(read_all("grades")) == {"students/kim_77.html"}
    assert "students/77.html" in read_all("grades")


def test_a_folder_of_many_notebooks_may_be_a_class(capsys):
    for number in range(12):
        write_notebook(f"submissions/course/{number}.ipynb")
    run()
    said = capsys.readouterr().out
    assert "course counts as one student, with 10 notebooks of this lesson; if that folder holds a class, name" in said
    assert "ada counts as one" not in said


def test_the_only_folder_with_two_notebooks_may_be_a_class(capsys):
    for name in ("ada", "bob"):
        write_notebook(f"wrapped/course/{name}.ipynb")
    assert command.main(["wrapped", "--lesson", "1"], find_believing_judge) == command.GRADED
    said = capsys.readouterr().out
    assert "course counts as one student, with 2 notebooks of this lesson" in said
    assert "1 student, 1 with a notebook: " in said


def test_a_part_says_what_comes_when_all_are_judged(capsys):
    run("--part", "1/2", "--seed", "7")
    assert "Once all parts are judged, the same command without --part writes the grades." in capsys.readouterr().out


def test_a_record_holds_for_its_lesson_its_seed_and_the_version_of_each_check():
    lesson = SimpleNamespace(number=3, exercises=[SimpleNamespace(id="3.1", version=2)])
    version = marl_lessons.__version__
    found = records.describe(lesson, 5)
    assert found == {"format": records.FORMAT, "lesson": 3, "seed": 5, "version": version, "checks": {"3.1": 2}}


def test_so_many_are_judged_at_a_time_as_is_asked_for(monkeypatch):
    asked = []
    monkeypatch.setattr(grading, "judge_all", lambda *words, **more: asked.append((words, more)))
    assert run("-j", "7") == command.INCOMPLETE  # nothing was judged
    (((_, _, workers), more),) = asked
    assert workers == 7
    assert more["preload"] == ["marl_lessons.gradebook.judging.judge", "marl_lessons.checks.lesson_01"]


def test_the_judge_is_told_what_the_command_line_says(monkeypatch):
    asked = []
    monkeypatch.setattr(command, "find_jail", lambda name, hidden: asked.append((name, hidden)) or "a jail")
    words = ["work", "--lesson", "6", "--out", "out", "--jail", "podman", "--seconds", "9"]
    judge = command.find_own_judge(command.read_arguments(words), seed=5)
    assert asked == [("podman", (Path("work"), Path("out")))]
    assert judge.keywords == {"lesson_number": 6, "seed": 5, "jail": "a jail", "seconds": 9}


def test_what_is_not_said_has_a_plain_meaning():
    options = command.read_arguments(["work", "--lesson", "0"])
    assert (options.out, options.seed, options.seconds, options.late_penalty) == (Path("grades"), None, 60, 0.0)
    assert (options.again, options.part, options.jail, options.roster) == (False, None, None, None)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    assert options.workers == cores


def test_the_ends_of_what_may_be_said_are_read():
    words = ["--trust", "--seed", "0", "--part", "8/8", "-j", "1", "--late-penalty", "1", "--roster", "r.csv"]
    options = command.read_arguments(["work", "--lesson", "0", *words])
    assert (options.jail, options.seed, options.part, options.late_penalty) == ("trust", 0, (8, 8), 1.0)


def test_another_seed_judges_anew(capsys):
    run("--seed", "1")
    run("--seed", "2")
    assert "3 judged now" in capsys.readouterr().out.splitlines()[-3]


def test_parts_judged_apart_and_merged_are_the_same_as_one_run(folder):
    run("--seed", "5", "--out", "whole")
    for part in ("1/2", "2/2"):
        assert run("--seed", "5", "--part", part, "--out", f"part{part[0]}") == command.GRADED
        assert {name.split("/")[0] for name in read_all(f"part{part[0]}")} == {"records", "seed.txt"}
    (folder / "merged/records").mkdir(parents=True)
    for record in [*Path("part1/records").iterdir(), *Path("part2/records").iterdir()]:
        record.rename(folder / "merged/records" / record.name)
    assert run("--seed", "5", "--out", "merged", find_judge=find_no_jail) == command.GRADED  # none is needed to merge
    assert read_all("merged") == read_all("whole")


def test_parts_need_a_seed_that_is_given(capsys):
    assert run("--part", "1/2") == command.MISUSED
    assert "--seed" in capsys.readouterr().err
    assert not Path("grades").exists()


@pytest.mark.parametrize("seed", [b"", b"seven", b"-1", b"1 2", b"1" * 19, b"\xff"])
def test_a_kept_seed_that_is_none_is_said_to_be_so(capsys, seed):
    Path("grades").mkdir()
    Path("grades/seed.txt").write_bytes(seed)
    assert run() == command.MISUSED
    assert "must hold a whole number" in capsys.readouterr().err


def test_a_kept_seed_is_enough_for_parts():
    Path("grades").mkdir()
    Path("grades/seed.txt").write_text("5\n")
    assert run("--part", "1/3") == command.GRADED
    assert len([*Path("grades/records").iterdir()]) == 1


def test_a_folder_that_cannot_be_written_is_said_to_be_so(capsys):
    Path("grades").write_text("a file")
    assert run() == command.MISUSED
    said = capsys.readouterr()
    assert "grades is a file; name a folder with --out." in said.err
    assert "Seed" not in said.out


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root writes everywhere")
def test_where_no_record_can_be_written_nothing_is_judged(capsys, folder):
    Path("grades/records").mkdir(parents=True)
    Path("grades/records").chmod(0o500)
    assert run("--seed", "5", find_judge=find_no_jail) == command.MISUSED
    assert "once that is mended, the same command goes on" in capsys.readouterr().err


def test_where_the_records_would_lie_in_a_file_nothing_is_judged(capsys):
    Path("grades").mkdir()
    Path("grades/records").write_text("a file")
    assert run("--seed", "5", find_judge=find_no_jail) == command.MISUSED
    said = capsys.readouterr().err
    assert "records: " in said
    assert "once that is mended" in said


def test_a_folder_that_takes_no_file_is_found_before_anything_is_judged(capsys, monkeypatch):
    def refuse(**_):
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(records.tempfile, "TemporaryFile", refuse)  # root writes where others may not
    assert run("--seed", "5", find_judge=find_no_jail) == command.MISUSED
    assert capsys.readouterr().err.startswith("Read-only file system; once that is mended")


def test_a_full_disk_is_said_with_the_file_that_did_not_fit(capsys, monkeypatch):
    def fill(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", fill)
    assert run("--seed", "5") == command.MISUSED
    assert "seed.txt: No space left on device; once that is mended" in capsys.readouterr().err
    assert [path for path in Path("grades").iterdir() if path.is_file()] == []


def test_grades_of_another_lesson_are_not_written_over(capsys):
    run()
    before = read_all("grades")
    write_notebook("others/ada.ipynb", ids=["6.1"])
    assert command.main(["others", "--lesson", "6"], find_believing_judge) == command.MISUSED
    assert "grades holds the grades of lesson 01" in capsys.readouterr().err
    assert read_all("grades") == before


def test_who_handed_in_another_lesson_keeps_nobody_else_from_points():
    write_notebook("submissions/zed.ipynb", ids=["6.1"])
    assert run() == command.GRADED
    assert read_points() == {"ada": "4", "bob": "1", "eve": "0", "zed": "0"}


def test_a_notebook_that_cannot_be_judged_is_told_by_the_exit_code(capsys):
    write_notebook("submissions/zed.ipynb", judge="dies")
    assert run() == command.INCOMPLETE
    assert read_points() == {"ada": "4", "bob": "1", "eve": "0", "zed": "0"}
    assert "zed" in Path("grades/summary.html").read_text("utf-8")
    assert "the same command judges it again" in capsys.readouterr().out


def test_without_a_jail_nothing_is_judged(capsys):
    assert run(find_judge=find_no_jail) == command.NO_JAIL
    assert "install bubblewrap" in capsys.readouterr().err
    assert not Path("grades/grades.csv").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("none", "--lesson", "1"), "none is not a folder"),
        (("submissions", "--lesson", "99"), "There is no lesson 99"),
        (("submissions", "--lesson", "1", "--out", "submissions/grades"), "--out"),
        (("submissions", "--lesson", "1", "--out", "grades/../submissions/grades"), "--out"),
        (("submissions", "--lesson", "1", "--roster", "none.csv"), "none.csv cannot be read"),
        (("submissions", "--lesson", "6"), "no notebook with an exercise of lesson 06, but others, such as ada.ipynb"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(capsys, words, said):
    assert command.main([*words], find_believing_judge) == command.MISUSED
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("submissions",),
        ("submissions", "--lesson", "one"),
        ("submissions", "--lesson", "1", "-j", "0"),
        ("submissions", "--lesson", "1", "--part", "3/2"),
        ("submissions", "--lesson", "1", "--part", "0/2"),
        ("submissions", "--lesson", "1", "-j", "two"),
        ("submissions", "--lesson", "1", "--seed", "-1"),
        ("submissions", "--lesson", "1", "--seed", "1" * 19),
        ("submissions", "--lesson", "1", "--seconds", "0"),
        ("submissions", "--lesson", "1", "--roster", "r.csv", "--late-penalty", "10"),
        ("submissions", "--lesson", "1", "--roster", "r.csv", "--late-penalty", "-0.1"),
        ("submissions", "--lesson", "1", "--roster", "r.csv", "--late-penalty", "half"),
        ("submissions", "--lesson", "1", "--roster", "r.csv", "--late-penalty", "nan"),
        ("submissions", "--lesson", "1", "--late-penalty", "0.1"),  # of which days?
        ("submissions", "--lesson", "1", "--jail", "bubblewrap", "--trust"),
        ("submissions", "--lesson", "1", "--jail", "prison"),
    ],
)
def test_a_wrong_word_ends_with_usage(capsys, words):
    with pytest.raises(SystemExit) as ended:
        command.main([*words])
    assert ended.value.code == command.MISUSED
    assert "usage: python -m marl_lessons.gradebook" in capsys.readouterr().err


def test_exit_codes_are_those_of_the_help():
    assert (command.GRADED, command.INCOMPLETE, command.MISUSED, command.NO_JAIL) == (0, 1, 2, 3)
    assert command.INTERRUPTED == 130
    words = [sys.executable, "-m", "marl_lessons.gradebook", "none", "--lesson", "1"]
    assert subprocess.run(words, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True).returncode == 2


def test_help_names_every_option_and_exit_code(capsys):
    with pytest.raises(SystemExit) as ended:
        command.main(["--help"])
    assert ended.value.code == 0
    said = capsys.readouterr().out
    for word in ("SUBMISSIONS", "--roster", "--late-penalty", "--part K/N", "--trust", "exit codes"):
        assert word in said


def wait_for_records(count, process):
    while len([*Path("grades/records").glob("[!.]*.json")]) < count:
        assert process.poll() is None, "it ended early"
        time.sleep(0.05)


@pytest.mark.skipif(os.name == "nt", reason="signals are sent otherwise here")
@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])  # as a cluster does where the time is over
def test_an_interruption_loses_nothing_and_the_next_run_goes_on(stop):
    write_notebook("submissions/zed.ipynb", judge="hangs")
    words = [sys.executable, "-c", BELIEVING, "submissions", "--lesson", "1", "--seed", "5", "-j", "1"]
    with subprocess.Popen(
        words, env={**os.environ, "PYTHONPATH": str(ROOT)}, stderr=subprocess.PIPE, text=True
    ) as process:
        wait_for_records(3, process)
        process.send_signal(stop)
        _, said = process.communicate()
    assert process.returncode == command.INTERRUPTED
    assert "goes on from here" in said
    assert "Traceback" not in said
    before = read_all("grades/records")
    write_notebook("submissions/zed.ipynb", {"1.1": "passed"})
    assert run("--seed", "5") == command.GRADED
    assert before.items() <= read_all("grades/records").items()
    assert read_points()["zed"] == "1"
