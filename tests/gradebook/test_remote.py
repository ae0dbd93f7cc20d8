"""What a student's process says of its answer becomes a report, and nothing that it says breaks the judge."""

import sys

import pytest

from marl_lessons.exercises import Outcome
from marl_lessons.exercises.limits import LimitReached
from marl_lessons.exercises.output import Printed
from marl_lessons.exercises.registry import find_exercise
from marl_lessons.gradebook.judging import remote
from marl_lessons.gradebook.judging.lending import Desk, LendingChannel
from marl_lessons.gradebook.judging.remote import judge_answer
from marl_lessons.gradebook.wire.channel import GARBLED
from marl_lessons.gradebook.wire.reading import READERS, Reader
from tests.gradebook.scripted import Script

CELLS = {"cell 1": "def average_over_team(rewards, scale=1):\n    return rewards * scale\n"}
CODE = {"file": "cell 1", "line": 1, "name": "average_over_team", "qualified": "", "parameters": ["rewards", "scale"]}
FUNCTION = {"kind": "function", "name": None, "type": "function", "signature": None, "code": CODE, "is_partial": False}
READY = {"ready": True, "state": None, "sizes": []}
FAILED = {"kind": "", "is": "ValueError", "type": "ValueError", "own": False, "text": "so", "frames": []}
REPLY = {"forgotten": [], "sizes": []}


def judge(*messages, exercise_id="0.1", submitted=FUNCTION):
    """Returns the report on an answer whose process says this, and the channel to it."""
    with Script(*messages) as script:
        channel = LendingChannel(script.stdout, script.stdin)
        report = judge_answer(channel, find_exercise(exercise_id), (submitted | {"sizes": []}, b""), cells=CELLS)
    return report, channel


def make_answer(**change):
    return remote._make_function(None, FUNCTION | change, CELLS, find_exercise("0.1"))


def test_an_error_of_the_answer_is_the_report_and_the_process_goes_on():
    report, channel = judge(READY, REPLY | {"error": FAILED})
    assert report.outcome is Outcome.ERROR
    assert "`ValueError: so`" in report.message
    assert not channel.is_gone


@pytest.mark.parametrize(
    "reply",
    [
        {"result": 1},
        {"verdict": "own"},
        {"passed": True},
        REPLY | {"result": ["same", 99], "changes": []},
        REPLY | {"result": None},
        REPLY | {"result": None, "changes": [["dict", [], 0]]},
        REPLY | {"result": None, "changes": [["array", "<f8", [10**9], 0, 0]]},
        REPLY | {"result": None, "changes": [], "forgotten": [99]},
        REPLY | {"result": None, "changes": [], "forgotten": 3},
        REPLY | {"result": None, "changes": [], "sizes": [7]},
        REPLY | {"result": None, "changes": [], "state": {"variables": [["x", {}]]}},
        REPLY | {"result": None, "changes": [], "state": 3},
        REPLY | {"result": None, "changes": [], "printed": [1, 2, 3]},
        REPLY | {"error": {"is": "Exception"}},
        REPLY | {"error": FAILED | {"is": "exec"}},
        REPLY | {"error": FAILED | {"frames": [["cell 1", "f", -5, 1]]}},
        REPLY | {"error": FAILED | {"is_stub": True}},
    ],
)
def test_a_reply_that_makes_no_sense_ends_the_process(reply):
    report, channel = judge(READY, reply)
    assert (report.outcome, report.message, channel.is_gone) == (Outcome.ERROR, GARBLED, True)


@pytest.mark.parametrize("ready", [{}, {"sizes": [3]}, READY | {"state": {"attributes": []}}, READY | {"state": 3}])
def test_a_beginning_that_makes_no_sense_ends_the_process(ready):
    report, channel = judge(ready)
    assert (report.message, channel.is_gone) == (GARBLED, True)


def test_memory_that_runs_out_while_a_reply_is_read_is_the_answer_s(monkeypatch):
    def fail(reader):
        raise MemoryError

    monkeypatch.setitem(READERS, "...", fail)
    report, channel = judge(READY, REPLY | {"result": ["..."], "changes": []})
    assert report.outcome is Outcome.ERROR
    assert "memory" in report.message.lower()
    assert not channel.is_gone


def test_a_limit_in_the_middle_of_a_conversation_ends_the_process(monkeypatch):
    def reach(desk, *request):
        raise LimitReached("Your code computed for too long.")

    monkeypatch.setattr(Desk, "_serve", reach)
    report, channel = judge(READY, {"ask": "0.0"})
    assert (report.outcome, channel.is_gone) == (Outcome.ERROR, True)
    assert "too long" in report.message


def test_a_function_where_a_value_is_asked_for_is_a_wrong_value():
    report, channel = judge(exercise_id="1.1")
    assert report.outcome is not Outcome.PASSED
    assert report.message != GARBLED
    assert not channel.is_gone


def test_of_a_partial_function_nothing_is_said_about_parameters_that_are_not_read():
    for is_partial in (True, False):
        assert ("locals" in make_answer(is_partial=is_partial).__wrapped__.__code__.co_names) is is_partial


def test_what_an_answer_keeps_is_there_as_long_as_it_keeps_it():
    answer = make_answer()
    state = {"attributes": [["count", 1]], "variables": [["scale", 2], ["__builtins__", 3]], "defaults": [["0", 5]]}
    answer._line._take_state({"state": state}, Reader())
    twin = answer.__wrapped__
    assert answer.__dict__ == {"count": 1}
    assert twin.__globals__ == {"__builtins__": {}, "scale": 2}
    assert twin.__defaults__ == (5,)
    many = [[str(number), number] for number in range(9)]
    answer._line._take_state({"state": {"attributes": [], "variables": [], "defaults": many}}, Reader())
    assert answer.__dict__ == {}
    assert twin.__globals__ == {"__builtins__": {}}
    assert twin.__defaults__ == (5,)  # nine defaults do not fit


def test_the_words_and_the_frames_of_a_limit_have_an_end():
    node = {"kind": "limit", "text": "x" * 10**6, "frames": [["cell 1", "f", 1, 1]] * 10**3}
    error, frames = remote._make_raised(Reader(), node, {}, CELLS), 0
    made = error.__traceback__
    while made:
        made, frames = made.tb_next, frames + 1
    assert (type(error), len(str(error)), frames) == (LimitReached, 500, 20)


def test_what_an_answer_prints_is_taken_over_as_it_grows(monkeypatch):
    stream = Printed()
    monkeypatch.setattr(sys, "stdout", stream)
    remote._print("one\n", 1, 1)
    remote._print("one\ntwo\n", 500, 500)
    for numbers in ((-1, 5), (5, 10**12), (5, 1.0), (None, 5)):
        remote._print("forged", *numbers)
    assert (stream.beginning, stream.line_ends, stream.last_line) == ("one\ntwo\n", 500, 500)


def test_what_an_answer_prints_outside_of_a_check_is_lost(capsys):
    remote._print("one\n", 1, 1)
    assert capsys.readouterr().out == ""
