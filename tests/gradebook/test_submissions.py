"""Every submission gets the points that it deserves, from the command itself, and none changes anything outside."""

import csv
import functools
import hashlib
import io
import json
import os
import re
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from marl_lessons.gradebook.jails.finding import JailMissing, find_jail
from tests.gradebook.corpus.drafts import ROOT, Place
from tests.gradebook.corpus.packing import indent
from tests.gradebook.corpus.stealing import HOLDS, STRIKES
from tests.gradebook.submissions import SUBMISSIONS

SECONDS = {15: 60}  # that a statement may compute, 2 where nothing trains: what needs more never ends
LESSONS = sorted({made.lesson for made in SUBMISSIONS.values()})


def find_missing_jail():
    """Return why there is no jail here, or nothing where there is one."""
    try:
        find_jail()
    except JailMissing as error:
        return str(error)
    return ""


class Listener:
    """Counts who calls: over TCP, UDP, and the kind of socket that has a name and no file."""

    def __init__(self, mark):
        self.calls = []
        self.sockets = [socket.socket(), socket.socket(socket.AF_INET, socket.SOCK_DGRAM)]
        self.sockets[0].bind(("127.0.0.1", 0))
        self.port = self.sockets[0].getsockname()[1]
        self.sockets[1].bind(("127.0.0.1", self.port))
        if sys.platform == "linux":
            self.sockets.append(socket.socket(socket.AF_UNIX))
            self.sockets[-1].bind("\0" + mark)
        for each in self.sockets:
            threading.Thread(target=self.wait, args=(each,), daemon=True).start()

    def wait(self, each):
        while True:
            if each.type == socket.SOCK_DGRAM:
                self.calls.append(each.recv(100))
            else:
                each.listen()
                self.calls.append(each.accept())


class Graded:
    """One run of the command over all submissions to a lesson."""

    def __init__(self, lesson, folder):
        self.place = make_place(folder)
        self.listener = Listener(self.place.mark)
        self.place.port = self.listener.port
        for name, made in SUBMISSIONS.items():
            if made.lesson == lesson:
                made.write(self.place.submissions / name, self.place)
        self.before = self.look()
        self.finished = self.grade(lesson)
        self.after = self.look()
        records = [json.loads(path.read_text("utf-8")) for path in self.place.out.glob("records/**/*.json")]
        self.records = {record["student"]: record for record in records}
        with (self.place.out / "grades.csv").open(encoding="utf-8-sig", newline="") as table:
            self.rows = {row["student"].removeprefix("'"): row for row in csv.DictReader(table)}

    def outcomes(self, name):
        """Map the numbers of the exercises to what a student's answers came to."""
        if name not in self.records:  # no notebook was found
            return dict.fromkeys(SUBMISSIONS[name].expected, "missing")
        return {entry["id"]: entry["outcome"] for entry in self.records[name]["exercises"]}

    def explain(self, name):
        """Tell all that is known of a student."""
        record = self.records.get(name, {"exercises": [], "flags": [], "notes": []})
        lines = [f"{entry['id']}: {entry['outcome']}. {entry['message']}" for entry in record["exercises"]]
        lines += [check["message"] for entry in record["exercises"] for check in entry["checks"] if check["message"]]
        return "\n".join([*lines, *(f"{flag['kind']}: {flag['text']}" for flag in record["flags"]), *record["notes"]])

    def grade(self, lesson):
        place = self.place
        words = [
            place.submissions,
            "--lesson",
            lesson,
            "--out",
            place.out,
            "--seed",
            12345,
            "--seconds",
            SECONDS.get(lesson, 2),
        ]
        own = {"HOME": place.home, "MARL_LESSONS_PROGRESS": place.home / "progress.json", "MARL_CANARY": "1"}
        return subprocess.run(
            [sys.executable, "-m", "marl_lessons.gradebook", *map(str, words)],
            env=os.environ | {name: str(value) for name, value in own.items()} | {"PYTHONPATH": str(ROOT)},
            cwd=place.outside,
            capture_output=True,
            text=True,
            timeout=3_000,
        )

    def look(self):
        """Name what must not change: all files, with what they hold and who may read them."""
        place = self.place
        folders = place.submissions, place.home, place.outside, ROOT / "marl_lessons", ROOT / "notebooks"
        paths = [path for folder in folders for path in folder.rglob("*") if "__pycache__" not in path.parts]
        return {str(path): (path.lstat().st_mode, read_digest(path)) for path in paths}


def make_place(folder):
    names = ("submissions", "home", "out", "outside")
    place = Place(**{name: folder / name for name in names}, port=0, mark=f"86399.{os.getpid()}{folder.name[-4:]}")
    for name in names:
        getattr(place, name).mkdir()
    for name in ("home", "outside"):
        (getattr(place, name) / "canary").write_text("a secret", encoding="utf-8")
    (place.home / "progress.json").write_text('{"exercises": {"1.2": {"passed": true}}}', encoding="utf-8")
    return place


def read_digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() and not path.is_symlink() else ""


@pytest.fixture(scope="session")
def grade(tmp_path_factory):
    """Returns a function from a lesson to its `Graded`, which is run once."""
    missing = find_missing_jail()
    assert not missing or "CI" not in os.environ, missing
    if missing:
        pytest.skip(missing)
    return functools.cache(lambda lesson: Graded(lesson, tmp_path_factory.mktemp(f"lesson{lesson:02d}")))


@pytest.mark.parametrize("name", SUBMISSIONS)
def test_a_submission_gets_the_points_that_it_deserves(name, grade):
    made, graded = SUBMISSIONS[name], grade(SUBMISSIONS[name].lesson)
    expected = {number: {each} if isinstance(each, str) else each for number, each in made.expected.items()}
    outcomes = graded.outcomes(name)
    assert outcomes.keys() == expected.keys()
    assert [number for number in expected if outcomes[number] not in expected[number]] == [], graded.explain(name)
    row = graded.rows[name]
    assert {number: row[number] for number in expected} == {n: str(int(outcomes[n] == "passed")) for n in expected}


@pytest.mark.parametrize("name", [name for name, made in SUBMISSIONS.items() if made.flags])
def test_the_instructor_is_told_who_needs_a_look(name, grade):
    graded = grade(SUBMISSIONS[name].lesson)
    kinds = set(re.findall(r"(?:^|; )([a-z]+): ", graded.rows[name]["flags"]))
    assert kinds >= set(SUBMISSIONS[name].flags), graded.explain(name)


@pytest.mark.parametrize("lesson", LESSONS)
def test_the_command_grades_them_all(lesson, grade):
    graded = grade(lesson)
    assert graded.finished.returncode == 0, graded.finished.stderr[-2_000:]
    assert {name for name, made in SUBMISSIONS.items() if made.lesson == lesson} == graded.rows.keys()


@pytest.mark.parametrize("lesson", LESSONS)
def test_nothing_outside_has_changed(lesson, grade):
    before, after = grade(lesson).before, grade(lesson).after
    assert {path for path in before | after if before.get(path) != after.get(path)} == set()


def test_nobody_reached_the_network(grade):
    assert grade(1).listener.calls == []


def test_no_process_is_left(grade):
    mark = grade(1).place.mark.encode()
    commands = [read_command(path) for path in Path("/proc").glob("[0-9]*/cmdline")]
    assert [command for command in commands if mark in command] == []


def read_command(path):
    try:
        return path.read_bytes()
    except OSError:  # it has ended
        return b""


def test_the_grades_stay_small(grade):
    sizes = {path: path.stat().st_size for path in grade(1).place.out.rglob("*") if path.is_file()}
    assert max(sizes.values()) < 2**20
    assert sum(sizes.values()) < 100_000 * len(SUBMISSIONS)


def test_no_page_and_no_table_runs_what_a_student_wrote(grade):
    out = grade(1).place.out
    pages = [path.read_text("utf-8") for path in out.rglob("*.html")]
    assert len(pages) > 100
    assert [page for page in pages if "<script>alert" in page] == []
    tables = [path.read_text("utf-8-sig") for path in out.rglob("*.csv")]
    rows = [row for table in tables for row in csv.reader(io.StringIO(table, newline=""))]
    assert [cell for row in rows for cell in row if cell.startswith(("=", "@", "+", "-"))] == []


THEFTS = ["files of the course", "modules of the course", "the course's registry", "the course's evaluate", "solution"]
THEFTS += ["neighbor", "home", "outside", "earlier grades", "environment", "functions in memory"]


def test_without_a_jail_thieves_would_find_something(tmp_path):
    place = make_place(tmp_path)
    for folder in (place.out, place.submissions / "ada"):
        folder.mkdir(exist_ok=True)
        (folder / "01_games.ipynb").write_text("something to steal", encoding="utf-8")
    code = f"from marl_lessons import *\n{HOLDS}\n"
    for theft in THEFTS:
        code += f"def strike():\n{indent(place.fill(STRIKES[theft]))}\nprint(bool(strike()))\n"
    words = {"MARL_CANARY": "1", "PYTHONPATH": str(ROOT), "MARL_LESSONS_PROGRESS": str(tmp_path / "progress.json")}
    command = [sys.executable, "-c", code]
    # In a folder among the submissions: beside the test's own lie those of other tests, and a pipe in one of them waits
    # for ever to be read.
    folder = place.submissions / "ada"
    finished = subprocess.run(command, env=os.environ | words, cwd=folder, capture_output=True, text=True)
    assert finished.stdout.split() == ["True"] * len(THEFTS), finished.stderr
