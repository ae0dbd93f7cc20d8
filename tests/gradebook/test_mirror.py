"""Lists and arrays are the same on both sides: what is changed, shared or handed out again here, is so there too."""

import json

import numpy as np
import pytest
from numpy.lib.stride_tricks import sliding_window_view

from marl_lessons.gradebook.wire import mirror, values
from marl_lessons.gradebook.wire.channel import TooLarge
from marl_lessons.gradebook.wire.mirror import Mirror
from marl_lessons.gradebook.wire.reading import Malformed, Reader
from marl_lessons.gradebook.wire.values import Writer


class Sides:
    """Two sides: this one writes, and the other one reads and tells what it has changed."""

    def __init__(self):
        self.here, self.there = Mirror(0), Mirror(1)

    def carry(self, value):
        """Returns what the other side has then, and what traveled."""
        writer = Writer(self.here)
        node = json.loads(json.dumps(writer.write(value)))
        return read(writer, self.there).read(node), node

    def update(self):
        """Lets this side know what has changed on the other one; returns what traveled."""
        writer = Writer(self.there)
        nodes = json.loads(json.dumps(self.there.write_changes(writer, self.there.list_tokens())))
        self.here.read_changes(read(writer, self.here), nodes)
        return nodes


def read(writer, mirror):
    return Reader(b"".join(writer.blobs), list(map(len, writer.blobs)), mirror)


@pytest.fixture
def sides():
    return Sides()


@pytest.mark.parametrize("thing", [[1], {1}, {1: 2}, np.ones(2), np.ones(0), np.ones((0, 3))], ids=repr)
def test_one_thing_that_is_handed_out_twice_is_one(sides, thing):
    (first, second), _ = sides.carry((thing, thing))
    again, node = sides.carry(thing)
    assert first is second is again
    assert "same" in str(node)


@pytest.mark.parametrize(
    ("thing", "change"),
    [
        ([1, 2], lambda thing: thing.pop()),
        ([1, [2]], lambda thing: thing[1].append(3)),
        ({1, 2}, lambda thing: thing.remove(1)),
        ({1: 2, 3: 4}, lambda thing: thing.pop(1)),
        (np.ones((2, 3)), lambda thing: np.negative(thing, out=thing)),
        (np.ones((2, 3), order="F"), lambda thing: thing.__setitem__((0, 1), 7)),
        (np.ones((2, 3)), lambda thing: setattr(thing, "shape", (3, 2))),
        (np.ones((2, 3)), lambda thing: setattr(thing, "dtype", np.int64)),
        (np.ones((2, 3)), lambda thing: thing.resize((3, 3), refcheck=False)),
        (np.ones((2, 3)), lambda thing: thing.resize((0, 3), refcheck=False)),
    ],
)
def test_what_is_changed_there_changes_here(sides, thing, change):
    theirs, _ = sides.carry(thing)
    change(theirs)
    sides.update()
    assert repr(thing) == repr(theirs)
    assert sides.update() == []


def test_what_is_changed_and_put_back_is_told_both_times(sides):
    thing = [1]
    theirs, _ = sides.carry(thing)
    for value in (2, 1):
        theirs[0] = value
        sides.update()
        assert thing == [value]


def test_a_change_through_a_view_is_seen_in_its_owner(sides):
    owner = np.zeros((3, 4))
    (_, view), _ = sides.carry((owner, owner[::-1, 1:3]))
    view[0] = 7
    sides.update()
    assert owner.tolist() == [[0, 0, 0, 0], [0, 0, 0, 0], [0, 7, 7, 0]]


@pytest.mark.parametrize(
    "make", [lambda array: sliding_window_view(array, 2), lambda array: np.asarray(array.view(np.matrix))]
)
def test_what_looks_at_a_known_array_by_detours_travels_as_a_view(sides, make):
    array = np.arange(6.0)
    (theirs, seen), _ = sides.carry((array, make(array)))
    assert seen.tolist() == make(array).tolist()
    assert np.shares_memory(theirs, seen)


@pytest.mark.parametrize(
    "array",
    [
        sliding_window_view(np.arange(5), 2),
        np.zeros(3, [("a", float), ("b", int)])["a"],
        np.broadcast_to(np.arange(3), (4, 3)),
        np.arange(24.0).reshape(2, 3, 4).transpose(1, 0, 2),
        np.frombuffer(b"abcdefgh", np.uint8)[::-2],
        np.ones((2, 0, 3))[:, :, 1:],
    ],
)
def test_a_view_of_any_kind_comes_through(sides, array):
    seen, _ = sides.carry(array)
    assert (seen.dtype, seen.tolist()) == (array.dtype, array.tolist())


def test_a_small_part_of_a_large_array_travels_alone(sides, monkeypatch):
    monkeypatch.setattr(mirror, "LARGEST_OWNER", 64)
    writer = Writer(sides.here)
    writer.write(np.ones(9)[:2])
    assert list(map(len, writer.blobs)) == [16]


def test_what_nobody_holds_is_forgotten_and_what_somebody_does_is_not(sides):
    theirs, _ = sides.carry([[1], [2]])
    held = theirs[1]
    del theirs
    gone = sides.there.forget_unheld()
    assert [sides.there.find(token) for token in sides.there.list_tokens()] == [held] == [[2]]
    assert len(gone) == 2


def test_what_is_forgotten_travels_anew(sides):
    thing = [1]
    sides.carry(thing)
    sides.there.forget(sides.there.list_tokens())
    sides.here.forget(sides.here.list_tokens())
    assert sides.carry(thing)[1][0] == "list"


def test_what_was_too_large_to_be_written_can_be_forgotten(sides, monkeypatch):
    monkeypatch.setattr(values, "MOST_PARTS", 3)
    with pytest.raises(TooLarge):
        sides.carry([[], [[], []]])
    sides.here.forget(sides.here.list_tokens())
    assert sides.here.list_tokens() == []


def test_both_sides_hand_out_tokens_and_no_two_are_the_same(sides):
    for value in ([1], [2], [3]):
        sides.carry(value)
        read(Writer(), sides.here).read(Writer(sides.there).write([value]))
    assert sorted(sides.here.list_tokens()) == sorted(sides.there.list_tokens())
    assert len(sides.here.list_tokens()) == 9


def test_of_very_many_things_that_are_held_some_are_forgotten(sides, monkeypatch):
    monkeypatch.setattr(mirror, "MOST", 3)
    held, _ = sides.carry([[], [], [], [], []])
    sides.there.forget_unheld()
    assert len(sides.there.list_tokens()) == 3
    assert len(held) == 5


def test_a_token_is_a_number_and_given_once(sides):
    reader = Reader(mirror=sides.there)
    reader.read(["list", [], 2])
    for token in (2, "2", 2.5):
        with pytest.raises(Malformed):
            reader.read(["list", [], token])
