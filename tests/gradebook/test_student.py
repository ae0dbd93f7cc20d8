"""A student's process runs statements as a notebook does, and hands over what they answer; one process shows all."""

import json
import subprocess

import pytest

from marl_lessons.gradebook.jails.mounts import ENVIRONMENT, PACKAGE
from marl_lessons.gradebook.jails.starting import STUDENT
from marl_lessons.gradebook.wire.channel import LENGTHS
from marl_lessons.gradebook.wire.reading import Reader

CELL = "def answer(x):\n    return x  # as it stands in the cell\n"
SHOWN = {  # what a statement hands in, and what that has to be
    "the recursion limit": ("sys.getrecursionlimit()", 3_000),
    "its streams lead nowhere": ("[os.path.samestat(os.fstat(n), os.stat(os.devnull)) for n in range(3)]", [True] * 3),
    "what it prints is lost": ("print('x', flush=True)", None),
    "the text of a cell": ("inspect.getsource(answer)", CELL),
    "the name of its module": ("__name__", "__main__"),
    "an object that is pickled": ("pickle.loads(pickle.dumps(Own())).x", 5),
    "a note that is no name": ("noted.__annotations__", {"x": "Nowhere"}),
    "what was waited for": ("awaited", 7),
    "calls that answer nothing": ("{call('1.1') for call in CALLS} | {len(set(CALLS))}", {None, 1}),
    "no name but its own": ("'codeop' in globals()", False),
    "what the notebook shows": ("[display(3), get_ipython().run_line_magic('time', '')]", [None] * 2),
    "the course's names are put back": ("check is exercise", False),
}
BEFORE = [
    "from __future__ import annotations",
    "import inspect, os, pickle, sys, threading, time, asyncio",
    "from marl_lessons import hint, keep_scores, predict, progress, solution",
    "CALLS = [predict, hint, solution, progress, keep_scores]",
    "class Own:\n    x = 5",
    "def noted(x: Nowhere): pass",
    "awaited = await asyncio.sleep(0, 7)",
    "raise SystemExit",
    "1 /\\\n 0",
    "check = exercise = None",
    "child = os.fork()",
    "threading.Thread(target=time.sleep, args=(3600,)).start()",
]


def write_frames(*messages):
    texts = [json.dumps(message).encode() for message in messages]
    return b"".join(LENGTHS.pack(len(text), 0) + text for text in texts)


def read_frames(data):
    while data:
        length, size = LENGTHS.unpack_from(data)
        yield json.loads(data[LENGTHS.size :][:length]), data[LENGTHS.size + length :][:size]
        data = data[LENGTHS.size + length + size :]


@pytest.fixture(scope="module")
def said():
    """All that a process says which runs the statements above; a judge finds each answer right."""
    sources = [*BEFORE, *(f'check("1.1", {source})' for source, _ in SHOWN.values())]
    sources.append('exercise("1.2")(lambda: exercise("1.2"))')
    statements = [{"index": n, "file": "cell 9", "line": 4, "source": source} for n, source in enumerate(sources)]
    statements.insert(0, {"index": 99, "file": "cell 1", "line": 1, "source": CELL})
    own = {"verdict": "own"}
    questions = [{"begin": True, "name": "x"}, {"call": [], "options": [], "sizes": []}]
    task = {"statements": statements, "cells": {"cell 1": CELL}}
    environment = ENVIRONMENT | {"PYTHONPATH": str(PACKAGE.parent)}
    frames = write_frames(task, *[own] * len(SHOWN), *questions, own)
    done = subprocess.run(STUDENT, input=frames, capture_output=True, env=environment, check=True)
    return list(read_frames(done.stdout))


@pytest.mark.parametrize("name", SHOWN)
def test_a_statement_finds_what_it_finds_in_a_notebook(said, name):
    handed_in = [(message, blob) for message, blob in said if message.get("submits") == "1.1"]
    message, blob = handed_in[list(SHOWN).index(name)]
    assert Reader(blob, message["sizes"]).read(message["value"]) == SHOWN[name][1]


def test_each_statement_is_told_of_once_and_the_end_too(said):
    assert [message["at"] for message, _ in said if set(message) == {"at"}] == [
        99,
        *range(len(BEFORE) + len(SHOWN) + 1),
    ]
    assert [message for message, _ in said if "over" in message] == [{"over": True}]


def test_a_statement_that_fails_ends_itself_and_is_told_of_with_its_line(said):
    failed = {message["failed"]: message["error"] for message, _ in said if "failed" in message}
    assert {index: error["type"] for index, error in failed.items()} == {7: "SystemExit", 8: "ZeroDivisionError"}
    assert failed[8]["line"] == 4


def test_an_answer_that_hands_in_another_is_refused(said):
    (error,) = (message["error"] for message, _ in said if "error" in message and "forgotten" in message)
    assert "`exercise` was called inside an answer" in error["text"]
