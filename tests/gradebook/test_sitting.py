"""One life of a student's process: what it says is believed as far as it can be, and its limits are watched."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from marl_lessons.exercises import Outcome
from marl_lessons.exercises.registry import load_lesson
from marl_lessons.gradebook.judging import sitting
from marl_lessons.gradebook.judging.sitting import Guard, Sitting
from marl_lessons.gradebook.wire.channel import ENDED, GARBLED, Gone
from tests.gradebook.scripted import Script

EXERCISES = {exercise.id: exercise for exercise in load_lesson(1).exercises}
NOTEBOOK = SimpleNamespace(cells=[SimpleNamespace(file="cell 1", source="answer = 2.0")])
FUNCTION = {"kind": "function", "name": None, "type": "function", "signature": None, "code": None, "sizes": []}


def submit(value, exercise_id="1.1"):
    return {"submits": exercise_id, "kind": "value", "value": value, "sizes": []}


def sit(script, exercises=None, seconds=10, known=()):
    """Runs a plan of two statements, of which the first one answers 1.1 if nothing else is said."""
    statements = [SimpleNamespace(index=index, file="cell 1", line=1, source="") for index in (0, 1)]
    plan = SimpleNamespace(statements=statements, exercises=exercises or {0: ("1.1",)})
    return Sitting(NOTEBOOK, plan, EXERCISES, 7, script, seconds, known).run()


BOTH = {0: ("1.1",), 1: ("1.1",)}
AT, OVER = {"at": 0}, {"over": True}


def verdicts(script):
    return [message["verdict"] for message in script.heard[1:]]


@pytest.mark.parametrize(
    ("value", "exercises", "verdict"),
    [(2.0, None, "own"), (2.0, BOTH, "own"), (1.0, None, "value"), (1.0, BOTH, "own")],
)
def test_a_name_holds_the_course_s_own_once_no_other_answer_can_come(value, exercises, verdict):
    script = Script(AT, submit(value), OVER)
    done = sit(script, exercises)
    assert verdicts(script) == [verdict]
    assert done.withheld == ({"1.1"} if value == 1.0 and exercises else set())
    assert not done.lost


def test_of_very_many_answers_in_one_statement_the_first_ones_are_judged():
    script = Script(AT, *[submit(1.0)] * 12, OVER)
    done = sit(script, BOTH)
    assert (len(done.answers), done.refused, verdicts(script)) == (10, {"1.1"}, ["own"] * 12)


def test_once_the_course_s_value_was_handed_out_no_answer_counts():
    script = Script(AT, submit(1.0), submit(2.0), OVER)
    done = sit(script)
    assert (len(done.answers), done.refused, verdicts(script)) == (1, {"1.1"}, ["value", "own"])


@pytest.mark.parametrize("exercise_id", ["12.3", "9.9", [], {}, None, 1.1])
def test_what_is_no_exercise_of_the_lesson_stays_the_student_s_own(exercise_id):
    script = Script(AT, submit(2.0, exercise_id), OVER)
    done = sit(script)
    assert (done.answers, verdicts(script), done.lost) == ({}, ["own"], "")


@pytest.mark.parametrize(
    "messages",
    [
        [submit(2.0)],
        [{"failed": 0, "error": {"words": "an error"}}],
        [{"at": 5}],
        [{"at": []}],
        [{"at": 1}, {"at": 0}],
        [{"at": 0}, {"at": 0}],
        [AT, {"hello": 1}],
    ],
)
def test_what_a_process_cannot_mean_ends_it(messages):
    done = sit(Script(*messages, OVER))
    assert (done.lost, done.answers, done.was_answering) == (GARBLED, {}, False)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        ({"words": "KeyError: 3"}, "KeyError: 3"),
        ({"words": "x" * 10**4}, "x" * 500),
        ({"words": 3}, "an error"),
        ({}, "an error"),
        ([], "an error"),
        (None, "an error"),
    ],
)
def test_what_a_statement_raised_is_a_short_text_whatever_is_sent(error, words):
    assert sit(Script(AT, {"failed": 0, "error": error}, OVER)).failures == {0: words}


def test_a_process_that_ends_in_an_answer_is_lost_there():
    done = sit(Script(AT, FUNCTION | {"submits": "1.2"}))
    assert (done.lost, done.at, done.was_answering) == (ENDED, 0, True)
    assert done.answers[0, 0].report.outcome is Outcome.ERROR


def test_a_process_that_ends_in_a_statement_is_lost_there():
    done = sit(Script(AT))
    assert (done.lost, done.at, done.was_answering) == (ENDED, 0, False)


def test_verdicts_that_are_known_are_not_asked_for_again(monkeypatch):
    first = sit(Script(AT, submit(1.0), submit(2.0), OVER))
    monkeypatch.setattr(sitting, "judge_answer", None)
    script = Script(AT, submit(1.0), OVER)
    assert sit(script, known=first.answers).answers == first.answers
    assert verdicts(script) == ["value"]


def test_an_answer_is_judged_with_the_seed_and_the_text_of_its_cell(monkeypatch):
    asked = []
    report = sit(Script(AT, submit(2.0), OVER)).answers[0, 0].report

    def judge_answer(channel, exercise, submitted, seed, cells):
        asked.append((exercise.id, seed, cells))
        return replace(report, outcome=Outcome.INCORRECT)

    monkeypatch.setattr(sitting, "judge_answer", judge_answer)
    sit(Script(AT, submit(2.0), OVER))
    assert asked == [("1.1", 7, {"cell 1": "answer = 2.0"})]


def test_the_whole_process_may_take_five_times_what_a_statement_may():
    script = Script(OVER)
    script.used, script.held = 3.0, 9
    done = sit(script, seconds=4)
    assert (script.limits.processor_seconds, script.limits.wall_seconds) == (20, 300)
    assert (done.processor_seconds, done.memory) == (3.0, 9)


def test_seconds_are_counted_anew_with_each_statement_and_after_each_answer(monkeypatch):
    begun = []

    class Counting(Guard):
        def begin(self, seconds):
            begun.append(seconds)
            super().begin(seconds)

    monkeypatch.setattr(sitting, "Guard", Counting)
    sit(Script(OVER))
    assert len(begun) == 1
    sit(Script(AT, submit(2.0), {"at": 1}, OVER))
    assert begun == [10] * 5


@pytest.fixture
def watched(monkeypatch):
    """A process, its guard, and the time, which stands still."""
    now = SimpleNamespace(time=0.0)
    monkeypatch.setattr(sitting.time, "monotonic", lambda: now.time)
    process = Script()
    with process:
        yield process, Guard(process, 10), now


def test_the_guard_lets_a_process_work_that_keeps_its_limits(watched):
    process, guard, now = watched
    for _ in range(9):
        now.time, process.used = now.time + 1, process.used + 1
        guard()


@pytest.mark.parametrize(
    ("seconds", "used", "excess", "words"),
    [
        (11, 10.5, "", "Your code computed for more than 10 s and was stopped."),
        (31, 0.0, "", "Your code waited for something that did not come, and was stopped."),
        (1, 0.5, "memory", "Your code used too much memory and was stopped."),
    ],
)
def test_the_guard_says_which_limit_was_reached(watched, seconds, used, excess, words):
    process, guard, now = watched
    now.time, process.used, process.excess = seconds, used, excess
    with pytest.raises(Gone, match=words):
        guard()


def test_the_guard_stops_what_trickles_on_for_very_long(watched):
    process, guard, now = watched
    for _ in range(150):
        now.time, process.used = now.time + 1, process.used + 0.001
        guard()
    now.time = 151
    with pytest.raises(Gone, match="waited"):
        guard()


def test_the_guard_counts_anew_for_each_statement(watched):
    process, guard, now = watched
    for _ in range(5):
        now.time, process.used = now.time + 9, process.used + 9
        guard()
        guard.begin(10)


def test_the_guard_remembers_the_most_memory(watched):
    process, guard, now = watched
    for held in (5, 9, 2):
        now.time, process.held = now.time + 1, held
        guard()
    assert guard.peak == 9


def test_the_guard_looks_only_now_and_then(watched):
    process, guard, now = watched
    for _ in range(5):
        guard()
    assert process.looks == 1
    now.time += 1
    guard()
    assert process.looks == 2


def test_the_shorter_a_statement_may_compute_the_shorter_a_process_may_wait(watched):
    process, _, now = watched
    guard = Guard(process, 1)
    now.time = 4.5
    guard()
    now.time = 5.5
    with pytest.raises(Gone, match="waited"):
        guard()
