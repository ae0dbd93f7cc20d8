"""A student's process describes its answer, calls it as often as it is asked, and keeps the limits of a notebook."""

import copy
import random
from types import SimpleNamespace

import numpy as np
import pytest

from marl_lessons.exercises import evaluation
from marl_lessons.exercises.limits import Limits
from marl_lessons.gradebook.inside import handles, serving
from marl_lessons.gradebook.wire import generators, values
from marl_lessons.gradebook.wire.channel import Channel
from marl_lessons.markov_games import MarkovGame
from tests.gradebook.scripted import Script

BEGIN, VERDICT = {"begin": True, "name": "answer"}, {"verdict": "own"}


def call(*nodes):
    return {"call": list(nodes), "options": [], "sizes": []}


def serve(answer, *messages):
    """Serves an answer to a judge that says this; returns what the name then holds, and all that the judge heard."""
    script = Script(*messages)
    with script:
        held = serving.serve(Channel(script.stdout, script.stdin), "0.1", answer)
    return held, script.heard


def define(source, **namespace):
    """Returns the `answer` that some lines define."""
    exec(source, namespace)
    return namespace["answer"]


def test_the_name_holds_the_answer_or_what_the_verdict_says():
    assert serve(len, VERDICT)[0] is len
    assert serve(3, {"verdict": "value", "value": ["tuple", [1, 2]], "sizes": []})[0] == (1, 2)
    reference, _ = serve(len, {"verdict": "reference", "name": "action_values"})
    assert reference.__name__ == "action_values"


def test_a_process_has_less_patience_than_its_judge():
    assert serving.LIMITS.wall < evaluation.LIMITS.wall


def test_an_answer_that_draws_its_numbers_from_chance_is_told_the_same_each_time():
    def answer():
        return random.random(), float(np.random.random())  # noqa: NPY002

    first, second = (serve(answer, BEGIN, call(), VERDICT)[1][2]["result"] for _ in range(2))
    assert first == second


def test_an_answer_that_calls_itself_calls_itself_and_not_what_its_name_holds():
    source = "def answer(n):\n    return 1 if n == 0 else n * answer(n - 1)"
    answer = define(source)
    answer.__globals__["answer"] = None
    assert serve(answer, BEGIN, call(4), VERDICT)[1][2]["result"] == 24


def test_what_is_too_large_is_an_error_and_what_was_not_sent_of_it_is_sent_later(monkeypatch):
    monkeypatch.setattr(values, "MOST_PARTS", 10)
    kept, large = [1], []

    def answer():
        large.append(0)
        return [kept, *([] for _ in range(20))] if len(large) == 1 else kept

    _, heard = serve(answer, BEGIN, call(), call(), VERDICT)
    assert (heard[2]["error"]["kind"], heard[2]["error"]["text"]) == ("limit", serving.LARGE)
    assert heard[3]["result"][:2] == ["list", [1]]
    _, (submitted, *_) = serve([[] for _ in range(20)], VERDICT)
    assert (submitted["kind"], submitted["error"]["text"]) == ("error", serving.LARGE)


def test_what_an_answer_does_not_keep_is_forgotten_before_the_next_call():
    kept = []
    lists = [call(["list", [number], 2 * number]) for number in range(3)]
    _, heard = serve(lambda rows: kept.append(rows) if rows == [1] else None, BEGIN, *lists, VERDICT)
    assert [reply["forgotten"] for reply in heard[2:]] == [[], [0], []]


@pytest.mark.parametrize("source", ["def answer():\n    raise Endless", "def answer():\n    return Endless()"])
def test_who_looks_at_a_thing_that_never_lets_go_is_stopped(source, monkeypatch):
    class Endless(Exception):
        def __str__(self):
            while True:
                pass

        __repr__ = __str__

    monkeypatch.setattr(serving, "LIMITS", Limits(processor=0.1))
    _, heard = serve(define(source, Endless=Endless), BEGIN, call(), VERDICT)
    assert heard[2]["error"]["kind"] == "limit"


def test_an_answer_that_never_lets_go_of_who_looks_at_it_is_stopped(monkeypatch):
    class Endless:
        @property
        def __signature__(self):
            while True:
                pass

        def __call__(self):
            pass

    monkeypatch.setattr(serving, "LIMITS", Limits(processor=0.1))
    _, (submitted, *_) = serve(Endless(), VERDICT)
    assert (submitted["kind"], submitted["error"]["kind"]) == ("error", "limit")


def test_an_answer_that_keeps_what_cannot_be_looked_at_is_called_all_the_same():
    class Exit:
        def __repr__(self):
            raise SystemExit

    def answer():
        return 1

    answer.kept = Exit()
    _, heard = serve(answer, BEGIN, VERDICT)
    assert heard[1] == {"ready": True, "state": None, "sizes": []}


def test_a_child_of_an_answer_does_not_answer_too():
    answer = define("import os\ndef answer():\n    os.fork()\n    return 1")
    _, heard = serve(answer, BEGIN, call(), call(), VERDICT)
    assert [reply.get("result") for reply in heard[2:]] == [1, 1]


def test_an_answer_that_keeps_what_never_lets_go_is_stopped_before_it_is_called(monkeypatch):
    class Endless:
        def __repr__(self):
            while True:
                pass

    def answer():
        return 1

    answer.kept = Endless()
    monkeypatch.setattr(serving, "LIMITS", Limits(processor=0.1))
    assert serve(answer, BEGIN, VERDICT)[1][1]["state"] is None


def test_the_lock_of_a_sandbox_is_open_while_its_answer_asks_the_judge():
    class Watched(Channel):
        def ask(self, message, blobs=()):
            held.append(self.inside.locked())
            return super().ask(message, blobs)

    held = []
    with Script(BEGIN, call(), {"result": 5}, VERDICT) as script:
        channel = Watched(script.stdout, script.stdin)
        serving.serve(channel, "0.1", lambda: handles.Asker(channel).ask({"ask": "0.0"}, (), {}))
    assert held == [False]
    assert script.heard[3]["result"] == 5


def test_a_handle_asks_the_judge_for_whatever_is_done_with_it():
    asked = []
    asker = SimpleNamespace(ask=lambda *request: asked.append(request))
    handle = handles.Asker.make_handle(asker, 3, "Team", "", ["act"], ["size"])
    handle.act(1, by=2), handle.size, copy.copy(handle), copy.deepcopy(handle)
    assert asked == [
        ({"use": 3, "call": "act"}, (1,), {"by": 2}),
        ({"use": 3, "get": "size"}, (), {}),
        ({"use": 3, "copy": False}, (), {}),
        ({"use": 3, "copy": True}, (), {}),
    ]
    assert (repr(handle), handle.act.__name__, type(handle).__name__) == ("<Team>", "act", "Team")
    assert type(handles.Asker.make_handle(asker, 4, "Team", "", ["act"], ["size"])) is type(handle)


def test_a_handle_is_of_the_course_s_kind_that_the_judge_tells():
    handle = handles.Asker.make_handle(None, 3, "MyGame", "MarkovGame", [], [])
    assert isinstance(handle, MarkovGame)
    assert not isinstance(handles.Asker.make_handle(None, 3, "MyTeam", "", [], []), MarkovGame)


def test_handles_and_generators_travel_to_the_judge_and_generators_come_back_as_they_stand():
    rng, drawn = np.random.default_rng(3), np.random.default_rng(3)
    drawn.random(5)
    handle, sent = handles.Asker.make_handle(None, 3, "Team", "", [], []), []
    reply = {"result": None, "generators": [generators.write_state(drawn)]}
    channel = SimpleNamespace(ask=lambda message, blobs: (sent.append(message["arguments"]), (reply, b""))[1])
    handles.Asker(channel).ask({"ask": "1.2"}, (handle, rng), {})
    assert sent[0][0] == ["handle", 3]
    assert rng.random() == drawn.random()


def test_nothing_interrupts_who_asks_the_judge():
    class Lock:
        holds = True

        def locked(self):
            return self.holds

        def acquire(self):
            self.holds = True

        def release(self):
            self.holds = False

    lock, held = Lock(), []
    channel = SimpleNamespace(inside=lock, ask=lambda *message: (held.append(lock.holds), ({"result": 1}, b""))[1])
    for holds in (True, False):
        lock.holds = holds
        assert handles.Asker(channel).ask({"ask": "1.2"}, (), {}) == 1
        assert lock.holds is holds
    assert held == [False, False]
