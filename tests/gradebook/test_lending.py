"""A student's process gets what is offered of the judge's objects and of the course's references, and no more."""

import json

import gymnasium
import numpy as np
import pytest

from marl_lessons.exercises.limits import LimitReached
from marl_lessons.exercises.registry import find_exercise
from marl_lessons.gradebook.judging import lending
from marl_lessons.gradebook.judging.lending import Desk
from marl_lessons.gradebook.wire.generators import write_state
from marl_lessons.gradebook.wire.raised import make_error
from marl_lessons.gradebook.wire.reading import Reader
from marl_lessons.gradebook.wire.values import Writer


class Team:
    """Something to lend, with a secret."""

    def __init__(self):
        self.shown, self.secret = [1], 2

    def grow(self):
        self.shown.append(len(self.shown))
        return self.shown

    def draw(self, rng):
        return rng.random()

    def leave(self):
        raise SystemExit("left")


OFFERS = ("shown", "grow", "draw", "leave", "not there")


@pytest.fixture
def desk():
    """A desk that has lent a team, as number 0."""
    desk = Desk()
    desk.lend(Team(), OFFERS)
    return desk


def serve(desk, message, arguments=(), options=()):
    """Returns the reply, and a reader of its values; a handle is read as its number and its details."""
    writer = Writer()
    nodes = {"arguments": writer.write_all(arguments), "options": writer.write_pairs(dict(options))}
    message |= json.loads(json.dumps(nodes | {"sizes": list(map(len, writer.blobs))}))
    reply, blobs = desk.serve(message, b"".join(writer.blobs))
    reply = json.loads(json.dumps(reply))
    return reply, Reader(b"".join(blobs), reply["sizes"], find_handle=lambda *details: details)


def ask(desk, message, *arguments, **options):
    """Returns what the reply holds, or raises it."""
    reply, reader = serve(desk, message, arguments, options)
    if "error" in reply:
        raise make_error(reader, reply["error"])
    return reader.read(reply["result"])


def test_a_handle_tells_what_is_offered_and_there():
    assert Desk().lend(Team(), OFFERS) == ["handle", 0, "Team", "", ["grow", "draw", "leave"], ["shown"]]
    assert Desk().lend(Team(), ()) is None
    assert Desk().lend(Team(), ["not there"]) is None


def test_a_handle_tells_of_which_of_the_course_s_kinds_it_is():
    game = type("MyGame", (type("MarkovGame", (), {"play": Team.grow}),), {})()
    assert Desk().lend(game, ["play"])[2:4] == ["MyGame", "MarkovGame"]


def test_of_a_space_its_size_and_a_sample_are_lent_whatever_is_offered():
    methods, attributes = Desk().lend(gymnasium.spaces.Discrete(3), ["play"])[4:]
    assert (methods, attributes) == (["sample", "contains"], ["n", "start", "shape"])


def test_so_many_objects_are_lent_and_no_more(desk, monkeypatch):
    monkeypatch.setattr(lending, "MOST_LENT", 2)
    assert desk.lend(Team(), OFFERS)[1] == 1
    assert desk.lend(Team(), OFFERS) is None


def test_what_is_offered_can_be_had_and_nothing_else(desk):
    assert ask(desk, {"use": 0, "get": "shown"}) == [1]
    assert ask(desk, {"use": 0, "call": "grow"}) == [1, 1]
    for name in ("secret", "__class__", "__dict__", None):
        for word in ("get", "call"):
            with pytest.raises(AttributeError, match="'Team' object has no attribute"):
                ask(desk, {"use": 0, word: name})


def test_what_was_lent_for_another_answer_is_not_to_be_had(desk):
    desk.begin("1.4")
    with pytest.raises(KeyError):
        ask(desk, {"use": 0, "get": "shown"})


@pytest.mark.parametrize(("is_deep", "shown"), [(True, [1]), (False, [1, 1])])
def test_a_copy_is_as_deep_as_it_should_be_and_offers_the_same(desk, is_deep, shown):
    number, _, _, methods, _ = ask(desk, {"use": 0, "copy": is_deep})
    ask(desk, {"use": number, "call": "grow"})
    assert (methods, ask(desk, {"use": 0, "get": "shown"})) == (["grow", "draw", "leave"], shown)
    assert ask(desk, {"use": number, "get": "shown"}) == [1, 1]


def test_a_generator_that_was_drawn_from_comes_back_as_it_stands_then(desk):
    rng = np.random.default_rng(7)
    reply, _ = serve(desk, {"use": 0, "call": "draw"}, [rng])
    assert reply["result"] == rng.random()
    assert reply["generators"] == [write_state(rng)]


def test_an_exit_is_an_error_of_who_asked(desk):
    reply, _ = serve(desk, {"use": 0, "call": "leave"})
    assert (reply["error"]["is"], reply["error"]["text"]) == ("SystemExit", "left")


@pytest.mark.parametrize(
    ("judged", "asked", "is_had"),
    [
        *((None, "1.2", True), ("1.4", "1.2", True), ("1.4", "1.1", False)),
        *(("1.2", "1.2", False), ("1.1", "1.2", False), ("2.4", "1.2", False)),
    ],
)
def test_a_reference_is_lent_once_it_is_handed_out_to_later_exercises_of_its_lesson(judged, asked, is_had):
    desk = Desk()
    desk.handed_out.add("1.2")
    desk.begin(judged)
    payoffs, policy = np.eye(2), np.array([0.25, 0.75])
    if is_had:
        expected = find_exercise("1.2").reference(payoffs, policy).tolist()
        assert ask(desk, {"ask": asked}, payoffs, partner_policy=policy).tolist() == expected
    else:
        with pytest.raises(RuntimeError, match="is not to be had here"):
            ask(desk, {"ask": asked}, payoffs, policy)


def test_the_limit_of_an_answer_that_is_judged_ends_it_and_is_an_error_else(desk, monkeypatch):
    def reach(self):
        raise LimitReached("too long")

    monkeypatch.setattr(Team, "grow", reach)
    reply, _ = serve(desk, {"use": 0, "call": "grow"})
    assert reply["error"]["text"] == "too long"
    desk.begin("12.4")
    desk.lend(Team(), OFFERS)
    with pytest.raises(LimitReached, match="too long"):
        serve(desk, {"use": 0, "call": "grow"})
