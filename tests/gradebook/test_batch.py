"""Each notebook has a judge and a record of its own, and nothing that happens to one touches another."""

import json
import multiprocessing
import os
import signal
import sys
import threading
import time
from types import SimpleNamespace

import pytest

from marl_lessons.gradebook import batch
from marl_lessons.gradebook.batch import judge_all
from marl_lessons.gradebook.grading import choose_part
from marl_lessons.gradebook.judging.sitting import STATEMENT_SECONDS, WALL_TOTAL
from marl_lessons.gradebook.records import Records, Work, describe, find_lesson
from tests.gradebook.small_class import LESSON, SEED, believe, write_notebook


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "submissions"


@pytest.fixture
def records(folder, tmp_path):
    return Records(folder, tmp_path / "grades", describe(LESSON, SEED))


def hand_in(folder, **said):
    """Write a notebook for each name; what it says may be metadata for the judge. Returns {file: student}."""
    for name, about in said.items():
        write_notebook(folder / f"{name}.ipynb", **about)
    return {f"{name}.ipynb": name for name in said}


def run(records, files, workers=2, **options):
    """Judge what is open and return the files that were judged."""
    works = records.find_open(files)
    judge_all(works, believe, workers, **options)
    return [work.about["file"] for work in works]


def test_each_notebook_gets_a_record_with_its_name(folder, records):
    files = hand_in(folder, ada={"said": {"1.1": "passed"}}, bob={})
    assert run(records, files) == ["ada.ipynb", "bob.ipynb"]
    ada = records.read("ada.ipynb")
    assert (ada["student"], ada["file"], ada["exercises"][0]["outcome"]) == ("ada", "ada.ipynb", "passed")
    assert records.read("bob.ipynb")["exercises"][0]["outcome"] == "missing"


def test_what_is_judged_is_not_judged_again(folder, records, tmp_path):
    counter = tmp_path / "counter"
    files = hand_in(folder, ada={"counter": str(counter)}, bob={"counter": str(counter)})
    run(records, files)
    assert run(records, files) == []
    write_notebook(folder / "bob.ipynb", {"1.1": "passed"}, counter=str(counter))
    assert run(records, files) == ["bob.ipynb"]
    assert sorted(counter.read_text().split()) == ["ada.ipynb", "bob.ipynb", "bob.ipynb"]
    assert len(records.find_open(files, again=True)) == 2


@pytest.mark.parametrize("key", ["format", "lesson", "seed", "version", "checks", "sha256", "file"])
def test_a_record_of_other_circumstances_does_not_count(folder, records, key):
    files = hand_in(folder, ada={"flags": [{"kind": "killed", "text": "It was another file."}]})
    run(records, files)
    place = records.locate("ada.ipynb")
    place.write_text(json.dumps({**json.loads(place.read_text()), key: "another"}))
    assert records.read("ada.ipynb") is None
    assert records.read_any("ada.ipynb", "ada")["flags"] == [{"kind": "judge", "text": "It has not been judged yet."}]


@pytest.mark.parametrize("content", ["", "{", "[]", "null", '{"flags": 3}', '{"flags": [5]}', "\udcff"])
def test_a_broken_record_does_not_count(folder, records, content):
    hand_in(folder, ada={})
    records.locate("ada.ipynb").parent.mkdir(parents=True)
    records.locate("ada.ipynb").write_text(content, errors="surrogateescape")
    assert records.read("ada.ipynb") is None
    assert records.read_any("ada.ipynb", "ada")["flags"] == [{"kind": "judge", "text": "It has not been judged yet."}]


@pytest.mark.parametrize("content", ["", "{", "[]", "null", "{}", '{"lesson": "one"}', '{"lesson": null}', "\udcff"])
def test_the_lesson_of_a_folder_of_grades_is_that_of_any_record_that_is_whole(tmp_path, content):
    (tmp_path / "records").mkdir()
    (tmp_path / "records/ada.json").write_text(content, errors="surrogateescape")
    (tmp_path / "records/._bob.json").write_text('{"lesson": 2}')  # as macOS leaves beside a file
    assert find_lesson(tmp_path) is None
    (tmp_path / "records/eve.json").write_text('{"lesson": 1}')
    assert find_lesson(tmp_path) == 1


def test_what_was_judged_without_a_jail_counts_only_where_that_is_wanted(folder, records):
    files = hand_in(folder, ada={})
    run(records, files)
    place = records.locate("ada.ipynb")
    place.write_text(json.dumps({**json.loads(place.read_text()), "jail": "trust"}))
    assert records.read("ada.ipynb") is None
    assert Records(records.folder, records.out, records.expected, trusts=True).read("ada.ipynb")


def test_no_more_are_judged_at_a_time_than_is_asked_for(folder, records, tmp_path):
    lock = str(tmp_path / "lock")
    files = hand_in(folder, ada={"alone": lock}, bob={"alone": lock}, eve={"alone": lock})
    run(records, files, workers=1)
    assert all(records.read(file) for file in files)


@pytest.mark.parametrize(
    ("behavior", "words"),
    [("fails", "The judge failed: ZeroDivisionError: division by zero"), ("dies", "The judge ended with exit code 9.")],
)
def test_a_judge_that_fails_or_dies_costs_one_notebook(folder, records, behavior, words):
    files = hand_in(folder, ada={}, bob={"judge": behavior}, eve={}, zed={})
    run(records, files)
    assert all(records.read(f"{name}.ipynb") for name in ("ada", "eve", "zed"))
    assert records.read("bob.ipynb") is None
    failed = records.read_any("bob.ipynb", "bob")
    assert failed["flags"] == [{"kind": "judge", "text": words}]
    assert (failed["student"], failed["exercises"]) == ("bob", [])


@pytest.mark.skipif(os.name == "nt", reason="no process is killed by a signal here")
def test_a_judge_that_the_system_killed_asks_for_memory(tmp_path):
    work = Work(tmp_path / "x.ipynb", tmp_path / "x.json", {})
    judge_all([work], kill_this_process, 1)
    (flag,) = json.loads(work.place.read_text("utf-8"))["flags"]
    assert flag["text"] == "The judge ended with exit code -9; was there memory for so many at a time (-j)?"


def kill_this_process(path):
    os.kill(os.getpid(), signal.SIGKILL)


def test_where_a_judge_failed_the_record_tells_whoever_mends_it(folder, records):
    run(records, hand_in(folder, ada={"judge": "fails"}))
    details = json.loads(records.locate("ada.ipynb").read_text("utf-8"))["details"]
    assert "in believe" in details
    assert "ZeroDivisionError" in details


def test_where_a_record_cannot_be_written_the_run_ends_with_the_error(tmp_path):
    (tmp_path / "records").write_text("a file")
    with pytest.raises(OSError, match="records"):
        judge_all([Work(tmp_path / "x.ipynb", tmp_path / "records/x.json", {})], measure, 1)


def test_a_judge_that_hangs_is_ended(folder, records):
    run(records, hand_in(folder, ada={"judge": "hangs"}), longest=0)
    assert records.read_any("ada.ipynb", "ada")["flags"][0]["text"] == "The judge took too long and was ended."
    assert multiprocessing.active_children() == []


def test_a_judge_s_own_limits_end_long_before():
    assert batch.LONGEST_SECONDS > 2 * WALL_TOTAL * STATEMENT_SECONDS


def test_a_judge_that_ends_at_the_last_moment_has_judged(tmp_path):
    reading, writing = os.pipe()
    os.close(writing)  # as when a process ends
    work = Work(tmp_path / "x.ipynb", tmp_path / "x.json", {})
    ended = SimpleNamespace(exitcode=0, join=lambda: None)
    running = {reading: (ended, work, time.monotonic() - 1)}
    assert batch._settle(running) == 1
    assert (running, [*tmp_path.iterdir()]) == ({}, [])
    os.close(reading)


def interrupt(number, is_time=multiprocessing.active_children):
    """Send this process a signal while a judge is at work."""
    while not is_time():
        time.sleep(0.01)
    os.kill(os.getpid(), number)


@pytest.mark.skipif(os.name == "nt", reason="signals are sent otherwise here")
def test_an_interruption_leaves_no_judge(folder, records):
    files = hand_in(folder, ada={"judge": "hangs"})
    threading.Thread(target=interrupt, args=[signal.SIGTERM]).start()
    before = signal.getsignal(signal.SIGTERM)
    with pytest.raises(KeyboardInterrupt):
        run(records, files)
    assert multiprocessing.active_children() == []
    assert signal.getsignal(signal.SIGTERM) == before


def hold_open(path):
    try:
        path.with_name("open").touch()
        time.sleep(10**6)
    finally:
        path.with_name("open").unlink()


def hear_nothing(path):
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    path.with_name("open").touch()
    time.sleep(10**6)


@pytest.mark.skipif(os.name == "nt", reason="signals are sent otherwise here")
@pytest.mark.parametrize(("judge", "is_left"), [(hold_open, False), (hear_nothing, True)])
def test_a_judge_that_listens_leaves_in_order_and_no_other_is_left(tmp_path, monkeypatch, judge, is_left):
    if judge is hear_nothing:
        monkeypatch.setattr(batch, "FAREWELL_SECONDS", 0)
    threading.Thread(target=interrupt, args=[signal.SIGTERM, (tmp_path / "open").exists]).start()
    with pytest.raises(KeyboardInterrupt):
        judge_all([Work(tmp_path / "x.ipynb", tmp_path / "x.json", {})], judge, 1)
    assert multiprocessing.active_children() == []
    assert (tmp_path / "open").exists() == is_left


@pytest.mark.skipif(os.name == "nt", reason="signals are sent otherwise here")
def test_who_ignores_a_signal_is_not_stopped_by_it(folder, records, tmp_path):
    files = hand_in(folder, ada={"alone": str(tmp_path / "lock")}, bob={})
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # as a shell does for what runs in its background
    try:
        threading.Thread(target=interrupt, args=[signal.SIGINT]).start()
        run(records, files, workers=1)  # the first one is at work while the signal comes, and the second one follows
    finally:
        signal.signal(signal.SIGINT, before)
    assert records.read("bob.ipynb")


def test_a_notebook_that_the_judge_failed_on_is_tried_again(folder, records):
    files = hand_in(folder, ada={"judge": "dies"})
    run(records, files)
    assert run(records, files) == ["ada.ipynb"]


def test_a_notebook_that_was_not_reached_says_so(folder, records):
    hand_in(folder, ada={})
    assert records.read_any("ada.ipynb", "ada")["flags"][0]["text"] == "It has not been judged yet."


def test_no_name_of_a_notebook_leads_out_of_the_records(records):
    for file in ("../../x.ipynb", "/etc/passwd", "a/../../b.ipynb", "\udcff.ipynb"):
        assert records.locate(file).parent == records.out / "records"


@pytest.mark.parametrize("count", [1, 2, 3, 7, 10])
def test_parts_have_every_notebook_once_and_are_of_one_size(count):
    files = {f"{number:02d}.ipynb": str(number) for number in range(7)}
    parts = [choose_part(files, (part, count)) for part in range(1, count + 1)]
    assert sorted(file for part in parts for file in part) == sorted(files)
    sizes = [len(part) for part in parts]
    assert max(sizes) - min(sizes) <= 1
    assert choose_part(dict(reversed(files.items())), (1, count)) == parts[0]


def measure(path):
    return {"depth": sys.getrecursionlimit(), "hears": signal.getsignal(signal.SIGINT) is not signal.SIG_IGN}


def test_a_judge_may_read_code_as_deep_as_a_notebook_may_run_it_and_leaves_control_c_to_who_started_it(tmp_path):
    work = Work(tmp_path / "x.ipynb", tmp_path / "x.json", {})
    judge_all([work], measure, 1)
    assert json.loads(work.place.read_text("utf-8")) == {"depth": 3_000, "hears": False}
