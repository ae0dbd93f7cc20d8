"""Each notebook has a judge and a record of its own, and nothing that happens to one touches another."""

import json
import multiprocessing
import os
import signal
import sys
import threading
import time

import pytest

from marl_lessons.gradebook.batch import judge_all
from marl_lessons.gradebook.grading import choose_part
from marl_lessons.gradebook.records import Records, Work, describe
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
    files = hand_in(folder, ada={})
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


def test_a_judge_that_hangs_is_ended(folder, records):
    run(records, hand_in(folder, ada={"judge": "hangs"}), longest=0)
    assert records.read_any("ada.ipynb", "ada")["flags"][0]["text"] == "The judge took too long and was ended."


def interrupt(number):
    """Send this process a signal while a judge is at work."""
    while not multiprocessing.active_children():
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


@pytest.mark.skipif(os.name == "nt", reason="signals are sent otherwise here")
def test_who_ignores_a_signal_is_not_stopped_by_it(folder, records, tmp_path):
    files = hand_in(folder, ada={"alone": str(tmp_path / "lock")})
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # as a shell does for what runs in its background
    try:
        threading.Thread(target=interrupt, args=[signal.SIGINT]).start()
        assert run(records, files) == ["ada.ipynb"]
    finally:
        signal.signal(signal.SIGINT, before)
    assert records.read("ada.ipynb")


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


def measure_depth(path):
    return {"depth": sys.getrecursionlimit()}


def test_a_judge_may_read_code_as_deep_as_a_notebook_may_run_it(tmp_path):
    work = Work(tmp_path / "x.ipynb", tmp_path / "x.json", {})
    judge_all([work], measure_depth, 1)
    assert json.loads(work.place.read_text("utf-8"))["depth"] == 3_000
