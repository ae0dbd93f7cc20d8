"""What travels between the judge and a student's process comes through whole, and nothing else is let in."""

import contextlib
import inspect
import json
import math
import os
import pickle
import threading
from collections import deque
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from marl_lessons.gradebook.wire import channel as wire
from marl_lessons.gradebook.wire import values
from marl_lessons.gradebook.wire.channel import ENDED, LENGTHS, Channel, Gone, TooLarge
from marl_lessons.gradebook.wire.mirror import Mirror
from marl_lessons.gradebook.wire.reading import READERS, Malformed, Reader
from marl_lessons.gradebook.wire.values import Writer

NUMBERS = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.complex_numbers())
KEYS = st.one_of(NUMBERS, st.text(), st.binary(), st.fractions(), st.decimals(allow_nan=False))
ARRAYS = hnp.arrays(
    st.one_of(hnp.scalar_dtypes(), hnp.unicode_string_dtypes(max_len=4), hnp.byte_string_dtypes(max_len=4)),
    hnp.array_shapes(min_dims=0, min_side=0, max_side=3),
)
LEAVES = st.one_of(KEYS, ARRAYS, ARRAYS.map(lambda array: array.ravel()[0] if array.size else array))
VALUES = st.recursive(
    LEAVES,
    lambda parts: st.one_of(
        st.lists(parts, max_size=4),
        st.lists(parts, max_size=4).map(tuple),
        st.dictionaries(KEYS, parts, max_size=4),
        st.sets(KEYS, max_size=4),
        st.frozensets(KEYS, max_size=4),
    ),
    max_leaves=12,
)
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.sampled_from(sorted(READERS))),
    lambda parts: st.one_of(
        st.lists(parts),
        st.dictionaries(st.text(), parts),
        st.tuples(st.sampled_from(sorted(READERS)), parts).map(list),
        st.tuples(st.sampled_from(sorted(READERS)), parts, parts).map(list),
        st.tuples(st.sampled_from(sorted(READERS)), parts, parts, parts).map(list),
    ),
)


def carry(value, writing=None, reading=None):
    """Writes a value, sends it through JSON and reads it."""
    writer = Writer(writing)
    node = json.loads(json.dumps(writer.write(value)))
    return Reader(b"".join(writer.blobs), list(map(len, writer.blobs)), reading).read(node)


def is_equal(one, other):
    """Tells whether two values are of the same type and the same, with nan the same as nan."""
    if type(one) is not type(other):
        return False
    if isinstance(one, np.ndarray):
        return one.dtype == other.dtype and one.shape == other.shape and one.tobytes() == other.tobytes()
    if isinstance(one, np.generic):
        return one.dtype == other.dtype and (one.tobytes() == other.tobytes() or (one != one and other != other))
    if isinstance(one, (list, tuple)):
        return len(one) == len(other) and all(map(is_equal, one, other))
    if isinstance(one, dict):
        return is_equal(list(one.items()), list(other.items()))
    if isinstance(one, (set, frozenset)):
        return is_equal(sorted(map(repr, one)), sorted(map(repr, other)))
    return one == other or repr(one) == repr(other)


@pytest.mark.parametrize("mirrors", [(None, None), (0, 1)])
@given(value=VALUES)
@settings(max_examples=60, deadline=None)
def test_a_value_comes_through_as_it_is(mirrors, value):
    writing, reading = (None if first is None else Mirror(first) for first in mirrors)
    assert is_equal(carry(value, writing, reading), value)


@given(node=JSON, blob=st.binary(max_size=8))
@settings(max_examples=100, deadline=None)
def test_whatever_comes_is_a_value_or_malformed(node, blob):
    with contextlib.suppress(Malformed):
        Reader(blob, [len(blob)], Mirror(1)).read(node)


@pytest.mark.parametrize(
    "value",
    [
        *(2**5000, -(10**300), -0.0, math.inf, np.longdouble("0.1"), Fraction(1, 3), Decimal("0.10")),
        *(..., range(3, 9, 2), slice(1), "\udc80"),
    ],
)
def test_numbers_and_the_like_come_through(value):
    assert is_equal(carry(value), value)


def test_a_number_of_any_length_travels_whole_or_not_at_all():
    assert carry(10**5000) == 10**5000
    assert type(carry(Fraction(2**20_000, 3))).__name__ == "Fraction"
    with pytest.raises(TooLarge):
        Writer().write(1 << 2**23)


def test_of_a_very_long_text_the_beginning_travels():
    assert carry("x" * 2_000_000) == "x" * 1_000_000
    assert carry(b"x" * 2_000_000) == b"x" * 1_000_000


def test_the_entries_of_an_array_of_objects_come_through():
    value = np.array([[1, None], [Fraction(1, 2), "a"]], dtype=object)
    assert carry(value).tolist() == value.tolist()


def test_an_array_that_has_come_can_be_changed_and_may_hold_empty_texts():
    carried = carry(np.zeros(2))
    carried[0] = 1
    assert carry(np.ndarray((2,), "U0")).tolist() == ["", ""]


def test_matrices_and_masks_stay_what_they_are():
    matrix, masked = carry(np.array([[1, 2]]).view(np.matrix)), carry(np.ma.array([1, 2], mask=[False, True]))
    assert type(matrix) is np.matrix
    assert masked.mask.tolist() == [False, True]


@pytest.mark.parametrize("bits", ["PCG64", "PCG64DXSM", "SFC64", "Philox", "MT19937"])
def test_a_generator_goes_on_and_spawns_as_the_first_one_does(bits):
    rng = np.random.Generator(getattr(np.random, bits)(7))
    rng = rng.spawn(2)[1]
    rng.random(3), rng.spawn(1)
    carried = carry(rng)
    assert carried.random(5).tolist() == rng.random(5).tolist()
    assert carried.spawn(1)[0].random() == rng.spawn(1)[0].random()


def test_a_generator_without_seeds_goes_on_too():
    rng = np.random.Generator(np.random.RandomState(7)._bit_generator)
    assert carry(rng).random() == rng.random()


class OwnBits(np.random.PCG64):
    """A learner's own source of bits."""


@pytest.mark.parametrize("pos", [10**6, -1, 0.5, None])
def test_a_generator_that_would_read_beyond_its_memory_is_malformed(pos):
    for bits, find in [
        (np.random.MT19937(7), lambda state: (state["state"], "pos")),
        (np.random.Philox(7), lambda state: (state, "buffer_pos")),
    ]:
        node = Writer().write(np.random.Generator(bits))
        place, name = find(node[2])
        place[name] = pos
        with pytest.raises(Malformed):
            Reader().read(node)


@pytest.mark.parametrize("seeds", [[[7], [], 65, 0], [[7], [], 4, -1], [["x"], [], 4, 0], [[7], []]])
def test_a_generator_with_seeds_that_make_no_sense_is_malformed(seeds):
    node = Writer().write(np.random.default_rng(7))
    with pytest.raises(Malformed):
        Reader().read([*node[:3], seeds])


class Point(tuple):
    """A class of a learner's own."""

    def __repr__(self):
        return "Point!"


class Liar:
    """An object that says it is a number of NumPy's."""

    __class__ = np.float64


def generate():
    yield 1


@pytest.mark.parametrize(
    "value",
    [
        *(Point((1, 2)), carry, len, np, object(), lambda: 1, Exception("x"), type(carry), Liar()),
        *(np.zeros(2, [("a", float)]), np.zeros(2, [("a", float)])[0], np.random.Generator(OwnBits(7))),
    ],
    ids=range(12),  # two processes of pytest have to call them the same
)
def test_what_cannot_travel_has_its_name_and_its_words(value):
    carried = carry(value)
    if isinstance(value, type):
        assert carried.__name__ == value.__name__
    else:
        assert (type(carried).__name__, repr(carried)) == (type(value).__name__, repr(value))
    assert callable(carried) == callable(value)


async def wait():
    pass


@pytest.mark.parametrize("value", [generate(), wait()], ids=["generator", "coroutine"])
def test_a_generator_or_a_coroutine_keeps_its_name_and_gives_nothing(value):
    carried = carry(value)
    assert (type(carried), carried.__qualname__) == (type(value), value.__qualname__)
    assert list(carried) == [None] if type(carried) is type(generate()) else carried.cr_frame is None


def test_a_coroutine_for_which_nobody_waits_is_closed():
    waiting = wait()
    carry(waiting)
    assert inspect.getcoroutinestate(waiting) == "CORO_CLOSED"


class Unsure(list):
    """A list that does not know its length."""

    def __len__(self):
        raise ValueError


class Endless(list):
    """A list that fails where it is read."""

    def __iter__(self):
        raise ValueError


def test_what_is_like_a_list_is_read_without_asking_for_its_length():
    assert list.__len__(carry(Unsure([1, 2]))) == 2
    assert not isinstance(carry(Endless([1, 2])), list)


def test_of_an_object_its_own_names_are_told_and_none_of_python_s():
    assert Writer().write(OneOfMany())[4] == ["name"]
    assert Writer().write(memoryview(b"ab"))[4] == []
    assert type(carry(type("x" * 300, (), {})())).__name__ == "x" * 200


def test_two_objects_of_one_class_are_so_on_the_other_side():
    one, other = carry([OneOfMany(), OneOfMany()])
    assert type(one) is type(other)
    assert hasattr(one, "name")
    assert not hasattr(one, "_name")
    assert not hasattr(one, "shape")


class OneOfMany:
    name = _name = shape = 1


def test_the_words_of_an_object_are_cut_in_their_middle():
    class Long:
        def __repr__(self):
            return "<" + 10**6 * "x" + ">"

    words = repr(carry(Long()))
    assert len(words) == 2_000
    assert words[0] + words[-1] == "<>"


def test_an_object_that_fails_in_its_repr_fails_in_it_again():
    class Silent:
        def __repr__(self):
            raise ValueError

    with pytest.raises(TypeError, match="no repr"):
        repr(carry(Silent()))


def test_a_list_that_holds_itself_does_so_on_the_other_side():
    value = [1]
    value.append(value)
    carried = carry(value, Mirror(0), Mirror(1))
    assert carried[1] is carried


def test_a_list_that_holds_itself_ends_somewhere_where_nothing_is_shared():
    value = [1]
    value.append(value)
    assert carry(value)[0] == 1


def test_a_list_of_lists_of_lists_that_branches_without_end_is_too_large(monkeypatch):
    monkeypatch.setattr(values, "MOST_PARTS", 1_000)
    value = [1]
    for _ in range(50):
        value = (value, value)
    with pytest.raises(TooLarge):
        Writer().write(value)


def test_of_a_very_long_list_and_a_very_large_array_the_size_alone_travels():
    assert Writer().write([0] * 300_000) == ["long", "list", 300_000]
    assert len(carry([0] * 300_000)) == 300_000
    assert carry(np.broadcast_to(0.0, (10_000, 10_000))).shape == (10_000, 10_000)


@pytest.mark.parametrize(
    "value", [(1, 2, 3), {1, 2, 3}, {1: 1, 2: 2, 3: 3}, frozenset([1, 2, 3]), deque([1, 2, 3]), np.array([1, 2, None])]
)
def test_for_what_is_long_its_words_stand(value, monkeypatch):
    monkeypatch.setattr(values, "LONGEST_LIST", 2)
    for carried in (carry(value), carry(value, Mirror(0), Mirror(1))):
        assert type(carried) is not type(value)
        assert repr(carried) == repr(value)


def wrap_in_array(value):
    array = np.empty(1, object)
    array[0] = value
    return array


@pytest.mark.parametrize(
    "wrap",
    [
        *(lambda value: [value], lambda value: (value,), lambda value: {0: value}, lambda value: frozenset([value])),
        *(lambda value: deque([value]), wrap_in_array, lambda value: Point((value,))),
    ],
)
def test_what_is_nested_very_deeply_ends_somewhere(wrap):
    value = 1
    for _ in range(1_000):
        value = wrap(value)
    assert type(carry(value)).__name__ == type(value).__name__


def test_all_arrays_of_a_message_together_have_a_limit(monkeypatch):
    monkeypatch.setattr(values, "MOST_BYTES", 40)
    with pytest.raises(TooLarge):
        Writer().write([np.zeros(2), np.zeros(2), np.zeros(2)])


def test_nothing_is_unpickled(tmp_path):
    class Bomb:
        def __reduce__(self):
            return os.mkdir, (str(tmp_path / "exploded"),)

    for node in (["array", "|O", [1], 0], ["object", pickle.dumps(Bomb()).hex(), "x", False], ["bits", "|O", "00"]):
        with pytest.raises(Malformed):
            Reader(pickle.dumps(Bomb()), [len(pickle.dumps(Bomb()))]).read(["tuple", [node, ["no such kind"]]])
    carry(Bomb()), carry(np.array([Bomb()], dtype=object))
    assert not (tmp_path / "exploded").exists()


@pytest.mark.parametrize(
    "node",
    [
        ["view", ["array", "<f8", [2], 0, 1], "<f8", [3], [8], 0],
        ["view", ["array", "<f8", [2], 0, 1], "<f8", [2], [8], -8],
        ["view", ["array", "<f8", [2], 0, 1], "<f8", [2], [2**62], 0],
        ["view", ["array", "<f8", [2], 0, 1], "<f8", [2**61], [0], 8],
        ["view", ["array", "<f8", [2], 0, 1], "<f8", [5], [2**62], 0],  # NumPy takes 4 * 2**62 for 0
        ["view", ["array", "<f8", [2], 0, 1], "<f8", [5], [-(2**62)], 8],
        ["view", ["array", "<f8", [2], 0, 1], "<f8", [2], [8, 8], 0],
        ["view", ["array", "<f8", [2], 0, 1], "<f8", [1], [8.0], 0],
        ["view", ["array", "<f8", [2], 0, 1], "<f8", [1], [8], 8.0],
        ["view", ["list", [], 1], "<f8", [2], [8], 0],
        ["same", 5],
        ["array", "<f8", [3], 0],
        ["huge", "<f8", [2**61, 2**61]],
        ["huge", "<U99999999", [1]],
        ["long", "list", -1],
        ["view", ["array", "<f8", [2], 0, 1], "|O", [2], [8], 0],
        ["array", "|V8", [2], 0],
        ["array", None, [2], 0],
        ["huge", "|O", [2]],
        ["array", "<f8", [-1], 0],
        ["array", "<f8", [True, 2], 0],
        {"a": 1},
    ],
)
def test_an_array_beyond_its_memory_is_malformed(node):
    with pytest.raises(Malformed):
        Reader(bytes(16), [16], Mirror(0)).read(node)


@pytest.mark.parametrize(
    "node",
    [
        ["fraction", ["int", "0x1" + 5_000 * "0"], 3],
        ["fraction", 1, 0],
        ["int", 5],
        ["decimal", "no number"],
        ["long", "list", 2**70],
        ["like", "list", "Mine", "", ["range", 0, 10**12, 1]],
        ["object", "Mine", 3, False],
        ["generator", "generator", 3, "x"],
        ["handle", 3],
        ["rng", "RandomState", {}, None],
    ],
    ids=lambda node: node[0],
)
def test_what_makes_no_sense_or_takes_long_to_make_is_malformed(node):
    with pytest.raises(Malformed):
        Reader().read(node)


@pytest.mark.parametrize("sizes", [[8], [24, -8], [8.0, 8], "16"])
def test_lengths_that_do_not_add_up_are_malformed(sizes):
    with pytest.raises(Malformed):
        Reader(bytes(16), sizes)


def test_an_object_that_is_read_has_none_of_python_s_own_methods_and_few_of_its_own():
    names = ["fine", "__array__", "_private", "no name", *(f"name_{number}" for number in range(200))]
    made = Reader().read(["object", "A\0class", "its words", False, names])
    assert hasattr(made, "fine")
    assert not hasattr(made, "__array__")
    assert not hasattr(made, "_private")
    assert not hasattr(made, "name_150")
    assert type(made).__name__ == "object"


def test_memory_that_runs_out_is_not_the_fault_of_what_came(monkeypatch):
    def fail(reader):
        raise MemoryError

    monkeypatch.setitem(READERS, "...", fail)
    with pytest.raises(MemoryError):
        Reader().read(["..."])


@pytest.fixture
def pipe():
    """A channel that reads what is written into a file."""
    read, write = os.pipe()
    with open(read, "rb", buffering=0) as reading, open(write, "wb", buffering=0) as writing:
        yield Channel(reading, os.open(os.devnull, os.O_WRONLY)), writing


def frame(text, blob=b""):
    return LENGTHS.pack(len(text), len(blob)) + text + blob


def test_a_message_comes_with_its_bytes(pipe):
    channel, writing = pipe
    writing.write(frame(b'{"a": [1]}', b"xyz"))
    assert channel.receive_all() == ({"a": [1]}, b"xyz")


@pytest.mark.parametrize(
    "garbage",
    [
        b"\x80\x04\x95" * 50,
        frame(b"[1]"),
        frame(b"\xff\xfe"),
        frame(b"{"),
        frame(b"[" * 50_000),
        frame(b'{"a": ' + b"9" * 10_000 + b"}"),
        LENGTHS.pack(2**31, 0),
        LENGTHS.pack(2, 2**31) + b"{}",
        LENGTHS.pack(10, 0) + b"{}",
        b"",
    ],
)
def test_garbage_ends_the_conversation_for_good(pipe, garbage):
    channel, writing = pipe
    writing.write(garbage)
    writing.close()
    with pytest.raises(Gone) as first:
        channel.receive()
    with pytest.raises(Gone, match=str(first.value)):
        channel.receive()
    assert channel.is_gone
    with pytest.raises(Gone):
        channel.send({})


def test_a_frame_that_breaks_off_is_the_end_of_the_process(pipe):
    channel, writing = pipe
    writing.write(frame(b"{}")[:-1])
    writing.close()
    with pytest.raises(Gone, match=ENDED):
        channel.receive()


@pytest.mark.parametrize("lengths", [(2**31, 0), (2, 2**31)])
def test_nobody_waits_for_the_rest_of_a_frame_that_is_too_large(lengths):
    def guard():
        looks.append(1)
        if len(looks) > 1:
            raise Gone("It waited.")

    read, write = os.pipe()
    looks, channel = [], Channel(read, write, guard)
    os.write(write, LENGTHS.pack(*lengths) + b"{}")
    with pytest.raises(Gone, match="could not be read"):
        channel.receive()
    os.close(read), os.close(write)


def test_who_writes_to_a_process_that_has_ended_is_told_so():
    read, write = os.pipe()
    os.close(read)
    with pytest.raises(Gone, match=ENDED):
        Channel(write, write).send({})
    os.close(write)


@given(garbage=st.binary(max_size=60))
@settings(max_examples=40, deadline=None)
def test_any_garbage_is_a_message_or_ends_the_conversation(garbage):
    read, write = os.pipe()
    with open(read, "rb", buffering=0) as reading, open(write, "wb", buffering=0) as writing:
        writing.write(garbage)
        writing.close()
        channel, received = Channel(reading, 1), []
        with contextlib.suppress(Gone):
            while True:
                received.append(channel.receive())
    assert channel.is_gone
    assert all(isinstance(message, dict) for message in received)


def test_what_is_too_large_is_not_sent(pipe, monkeypatch):
    channel, _ = pipe
    monkeypatch.setattr(wire, "MOST_BYTES", 10)
    with pytest.raises(TooLarge):
        channel.send({}, [bytes(11)])
    monkeypatch.setattr(wire, "MOST_TEXT", 10)
    with pytest.raises(TooLarge):
        channel.send({"text": "longer"})
    assert not channel.is_gone


def test_a_service_answers_while_a_reply_is_awaited(pipe):
    channel, writing = pipe
    asked = []
    channel.services["ask"] = lambda message, blob: (asked.append(message["ask"]), ({}, ()))[1]
    writing.write(frame(b'{"ask": 1}') + frame(b'{"ask": 2}') + frame(b'{"result": 3}'))
    assert channel.receive() == {"result": 3}
    assert asked == [1, 2]


@pytest.mark.parametrize("is_read", [True, False])
def test_the_guard_ends_a_process_that_neither_speaks_nor_listens(is_read):
    def guard():
        raise Gone("It took too long.")

    read, write = os.pipe()
    channel = Channel(read, write, guard)
    try:
        for _ in range(2):
            with pytest.raises(Gone, match="too long"):
                channel.receive() if is_read else channel.send({"text": "x" * 10**6})
        assert channel.is_gone
    finally:
        os.close(read), os.close(write)


def test_the_guard_looks_at_a_process_that_never_stops_speaking():
    def guard():
        raise Gone("It took too long.")

    read, write = os.pipe()
    os.write(write, frame(b"{}") * 3)
    with pytest.raises(Gone, match="too long"):
        Channel(read, write, guard).receive()
    os.close(read), os.close(write)


def test_a_large_message_gets_through_a_narrow_pipe():
    read, write = os.pipe()
    channel, text = Channel(read, write, guard=lambda: None), "x" * 10**6
    got = []
    thread = threading.Thread(target=lambda: got.append(Channel(read, write).receive()))
    thread.start()
    channel.send({"text": text})
    thread.join()
    os.close(read), os.close(write)
    assert got == [{"text": text}]
