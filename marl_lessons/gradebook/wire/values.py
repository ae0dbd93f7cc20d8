"""Writes values as JSON and bytes: numbers, arrays, lists, what stands for others. `reading` reads them.

A value is itself in JSON if it is None, True, False, a whole number of at most 64 bits, a float or a text. All else is
a list that begins with a word: what kind of thing it is. The bytes of arrays travel beside the JSON, each with its
number in the list of blobs.
"""

import collections
import decimal
import fractions

import numpy as np

from marl_lessons.gradebook.wire import generators, stand_ins
from marl_lessons.gradebook.wire.channel import MOST_BYTES, TooLarge

DEEPEST = 60  # values inside of values
MOST_PARTS = 400_000  # in a message
LONGEST_LIST = 200_000  # parts; of a longer one only the length is told
LONGEST_TEXT = 1_000_000  # letters, and as many bytes
LARGEST_FRACTION = 2**14  # bits
PLAIN = "biufcSUmM"  # kinds of arrays whose bytes say all
AS_IT_IS = frozenset([type(None), bool, float])


class Writer:
    """Writes the values of one message.

    Parameters:
        mirror: the `Mirror` that knows which lists and arrays the other side has already; None for copies of all.
        lend: a function that writes what is no plain value, or returns None; for handles.
    Attributes:
        blobs: the bytes that go with what was written.
        generators: those that were written, in order.
    """

    def __init__(self, mirror=None, lend=None):
        self.mirror, self.lend = mirror, lend
        self.blobs, self.generators = [], []
        self._size = self._parts = self._depth = 0

    def write(self, value):
        """Return a value in JSON. Raises TooLarge."""
        kind = type(value)
        if kind in AS_IT_IS or (kind is int and -(2**63) <= value < 2**63):
            return value
        self._parts += 1
        if self._parts > MOST_PARTS:
            raise TooLarge(f"a message may hold {MOST_PARTS:,} values")
        write = WRITERS.get(kind) or _find_writer(value)
        return write(self, value)

    def write_all(self, values):
        """Return a list of values in JSON."""
        self._depth += 1
        try:
            return [self.write(value) for value in values]
        finally:
            self._depth -= 1

    def write_pairs(self, pairs):
        """Return the keys and values of a dictionary in JSON."""
        return [self.write_all(pair) for pair in pairs.items()]

    def add_blob(self, data):
        """Put bytes beside the message and return their number."""
        self._size += len(data)
        if self._size > MOST_BYTES:
            raise TooLarge(f"a message may hold {MOST_BYTES:,} bytes of arrays")
        self.blobs.append(data)
        return len(self.blobs) - 1

    def is_too_deep(self):
        """Tell whether no further value fits inside of this one."""
        return self._depth > DEEPEST

    def write_stand_in(self, value):
        """Write what stands for a value of which nothing but its type and its `repr` matters."""
        return (self.lend and self.lend(value)) or stand_ins.write(value)


def _write_int(writer, value):
    text = hex(value)
    if len(text) > LONGEST_TEXT:
        raise TooLarge("a whole number may have a million digits")
    return ["int", text]


def _write_list(writer, value):
    if writer.is_too_deep():
        return writer.write_stand_in(value)
    if len(value) > LONGEST_LIST:
        return ["long", "list", len(value)]
    return writer.mirror.write_list(writer, value) if writer.mirror else ["list", writer.write_all(value)]


def _write_dict(writer, value):
    if writer.is_too_deep() or len(value) > LONGEST_LIST:
        return writer.write_stand_in(value)
    return writer.mirror.write_dict(writer, value) if writer.mirror else ["dict", writer.write_pairs(value)]


def _write_group(word):
    def write(writer, value):
        if writer.is_too_deep() or len(value) > LONGEST_LIST:
            return writer.write_stand_in(value)
        return [word, writer.write_all(value)]

    return write


def _write_set(writer, value):
    if len(value) > LONGEST_LIST:
        return writer.write_stand_in(value)
    return writer.mirror.write_set(writer, value) if writer.mirror else ["set", writer.write_all(value)]


def _write_array(writer, array):
    if array.dtype.kind == "O" and not writer.is_too_deep() and array.size <= LONGEST_LIST:
        return ["objects", array.shape, writer.write_all(array.flat)]
    if array.dtype.kind not in PLAIN:
        return writer.write_stand_in(array)
    if array.nbytes > MOST_BYTES // 2:
        return ["huge", array.dtype.str, array.shape]
    if writer.mirror:
        return writer.mirror.write_array(writer, array)
    return ["array", array.dtype.str, array.shape, writer.add_blob(array.tobytes())]


def _write_scalar(writer, value):
    dtype = value.dtype
    if dtype.kind in "biu" or dtype.str in ("<f8", "<f4", "<f2"):
        return ["scalar", dtype.str, value.item()]
    if dtype.kind not in PLAIN:
        return writer.write_stand_in(value)
    return ["bits", dtype.str, value.tobytes().hex()]


def _write_masked(writer, value):
    return ["masked", _write_array(writer, np.asarray(value.data)), _write_array(writer, np.ma.getmaskarray(value))]


def _write_fraction(writer, value):
    if max(abs(value.numerator), value.denominator) >= 2**LARGEST_FRACTION:
        return writer.write_stand_in(value)
    return ["fraction", *writer.write_all([value.numerator, value.denominator])]


def _write_slice(writer, value):
    return ["slice", writer.write_all([value.start, value.stop, value.step])]


def _write_generator(writer, value):
    node = generators.write(value)
    if node is None:
        return writer.write_stand_in(value)
    writer.generators.append(value)
    return node


WRITERS = {
    int: _write_int,
    str: lambda writer, value: value[:LONGEST_TEXT],
    list: _write_list,
    tuple: _write_group("tuple"),
    frozenset: _write_group("frozenset"),
    collections.deque: _write_group("deque"),
    set: _write_set,
    dict: _write_dict,
    bytes: lambda writer, value: ["bytes", value[:LONGEST_TEXT].hex()],
    complex: lambda writer, value: ["complex", value.real, value.imag],
    range: lambda writer, value: ["range", *writer.write_all([value.start, value.stop, value.step])],
    slice: _write_slice,
    type(...): lambda writer, value: ["..."],
    fractions.Fraction: _write_fraction,
    decimal.Decimal: lambda writer, value: ["decimal", str(value)],
    np.ndarray: _write_array,
    np.matrix: lambda writer, value: ["matrix", _write_array(writer, np.asarray(value))],
    np.ma.MaskedArray: _write_masked,
    np.random.Generator: _write_generator,
    **dict.fromkeys([np.float64, np.float32, np.int64, np.int32, np.bool_], _write_scalar),
}
FAMILIES = (  # of classes that are made of these
    (np.generic, _write_scalar),
    (np.ndarray, lambda writer, value: _write_array(writer, np.asarray(value))),
    *((base, stand_ins.write_like(base)) for base in (list, tuple, dict, set, frozenset, int, float, str, complex)),
)


def _find_writer(value):
    kind = type(value)  # not `isinstance`, which an object may answer itself
    return next((write for base, write in FAMILIES if issubclass(kind, base)), Writer.write_stand_in)
