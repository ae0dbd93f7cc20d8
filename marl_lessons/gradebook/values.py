"""Writes values as JSON and bytes and reads them again: numbers, arrays, lists, and what stands for others.

A value is itself in JSON if it is None, True, False, a whole number of at most 64 bits, a float or a text. All else is
a list that begins with a word: what kind of thing it is. The bytes of arrays travel beside the JSON, each with its
number in the list of blobs.
"""

import collections
import decimal
import fractions

import numpy as np

from marl_lessons.gradebook import generators, stand_ins
from marl_lessons.gradebook.wire import MOST_BYTES, TooLarge

DEEPEST = 60  # values inside of values
MOST_PARTS = 1_000_000  # in a message
LONGEST_LIST = 200_000  # parts; of a longer one only the length is told
LONGEST_TEXT = 1_000_000  # letters, and as many bytes
PLAIN = "biufcSUmM"  # kinds of arrays whose bytes say all
AS_IT_IS = frozenset([type(None), bool, float])


class Malformed(ValueError):
    """What came is no value."""


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
        if kind in AS_IT_IS:
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
    if -(2**63) <= value < 2**63:
        return value
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
    set: _write_set,
    dict: _write_dict,
    bytes: lambda writer, value: ["bytes", value[:LONGEST_TEXT].hex()],
    complex: lambda writer, value: ["complex", value.real, value.imag],
    range: lambda writer, value: ["range", *writer.write_all([value.start, value.stop, value.step])],
    slice: _write_slice,
    type(...): lambda writer, value: ["..."],
    fractions.Fraction: lambda writer, value: ["fraction", *writer.write_all([value.numerator, value.denominator])],
    decimal.Decimal: lambda writer, value: ["decimal", str(value)[:LONGEST_TEXT]],
    np.ndarray: _write_array,
    np.matrix: lambda writer, value: ["matrix", _write_array(writer, np.asarray(value))],
    np.ma.MaskedArray: _write_masked,
    np.random.Generator: _write_generator,
}
FAMILIES = (  # of classes that are made of these
    (np.generic, _write_scalar),
    (np.ndarray, lambda writer, value: _write_array(writer, np.asarray(value))),
    ((list, collections.deque), stand_ins.write_like(list)),
    *((base, stand_ins.write_like(base)) for base in (tuple, dict, set, frozenset, int, float, str, complex)),
)


def _find_writer(value):
    kind = type(value)  # not `isinstance`, which an object may answer itself
    return next((write for base, write in FAMILIES if issubclass(kind, base)), Writer.write_stand_in)


class Reader:
    """Reads the values of one message.

    Parameters:
        blob: the bytes beside the message. sizes: the lengths of the blobs in it.
        mirror: the `Mirror` that knows the lists and arrays of both sides.
        find_handle: a function that gives what a handle stands for.
    """

    def __init__(self, blob=b"", sizes=(), mirror=None, find_handle=None):
        self.mirror, self.find_handle, self.generators = mirror, find_handle, []
        self._blob, self._places = blob, _find_places(sizes, len(blob))

    def read(self, node):
        """Return the value that a node in JSON describes. Raises Malformed."""
        try:
            return self._read(node)
        except MemoryError:
            raise
        except Exception as error:
            raise Malformed(f"no value: {error}"[:200]) from None

    def _read(self, node):
        if type(node) is not list:
            if type(node) is dict:
                raise Malformed("a dictionary is no value")
            return node
        return READERS[node[0]](self, *node[1:])

    def read_all(self, nodes):
        """Return the values of a list of nodes."""
        return [self._read(node) for node in _expect(nodes, list)]

    def read_pairs(self, nodes):
        """Return the dictionary of a list of keys and values."""
        return dict(self.read_all(pair) for pair in _expect(nodes, list))

    def take_blob(self, number):
        """Return the bytes of a blob."""
        start, end = self._places[_expect(number, int)]
        return memoryview(self._blob)[start:end]

    def read_array(self, dtype, shape, number):
        """Return an array of its own from the bytes of a blob."""
        flat = np.frombuffer(self.take_blob(number), read_dtype(dtype))
        return flat.reshape(read_shape(shape)).copy()


def _find_places(sizes, length):
    places, start = [], 0
    for size in _expect(list(sizes), list):
        if _expect(size, int) < 0:
            raise Malformed("a length is negative")
        places.append((start, start + size))
        start += size
    if start != length:
        raise Malformed("the lengths do not add up")
    return places


def _expect(value, kind):
    if type(value) is not kind:
        raise Malformed(f"expected {kind.__name__}, got {type(value).__name__}")
    return value


def read_dtype(text):
    """Return a type of NumPy's own whose bytes say all."""
    dtype = np.dtype(_expect(text, str))
    if dtype.kind not in PLAIN or dtype.names or dtype.subdtype:
        raise Malformed(f"no plain dtype: {text[:40]}")
    return dtype


def read_shape(shape):
    """Return a shape as a tuple of whole numbers from 0 up."""
    return tuple(_expect_natural(size) for size in _expect(shape, list))


def _expect_natural(size):
    if not 0 <= _expect(size, int) < 2**62:
        raise Malformed("no size")
    return size


def _read_objects(reader, shape, nodes):
    values = reader.read_all(nodes)
    array = np.empty(len(values), dtype=object)
    for index, value in enumerate(values):
        array[index] = value
    return array.reshape(read_shape(shape))


def _read_huge(reader, dtype, shape):
    return np.broadcast_to(np.zeros((), read_dtype(dtype)), read_shape(shape))


def _read_masked(reader, data, mask):
    return np.ma.MaskedArray(reader._read(data), reader._read(mask))


def _read_handle(reader, *details):
    if reader.find_handle is None:
        raise Malformed("there are no handles here")
    return reader.find_handle(*details)


def _read_generator(reader, *details):
    reader.generators.append(generators.read(*details))
    return reader.generators[-1]


def _read_list(reader, nodes, token=None):
    return reader.mirror.read_list(reader, nodes, token) if token is not None else reader.read_all(nodes)


def _read_dict(reader, nodes, token=None):
    return reader.mirror.read_dict(reader, nodes, token) if token is not None else reader.read_pairs(nodes)


def _read_set(reader, nodes, token=None):
    return reader.mirror.read_set(reader, nodes, token) if token is not None else set(reader.read_all(nodes))


def _read_array(reader, dtype, shape, number, token=None):
    array = reader.read_array(dtype, shape, number)
    return array if token is None else reader.mirror.keep(token, array)


READERS = {
    "int": lambda reader, text: int(_expect(text, str), 16),
    "list": _read_list,
    "tuple": lambda reader, nodes: tuple(reader.read_all(nodes)),
    "frozenset": lambda reader, nodes: frozenset(reader.read_all(nodes)),
    "set": _read_set,
    "dict": _read_dict,
    "bytes": lambda reader, text: bytes.fromhex(text),
    "complex": lambda reader, real, imaginary: complex(real, imaginary),
    "range": lambda reader, *ends: range(*reader.read_all(list(ends))),
    "slice": lambda reader, nodes: slice(*reader.read_all(nodes)),
    "...": lambda reader: ...,
    "fraction": lambda reader, *parts: fractions.Fraction(*reader.read_all(list(parts))),
    "decimal": lambda reader, text: decimal.Decimal(_expect(text, str)),
    "array": _read_array,
    "view": lambda reader, *details: reader.mirror.read_view(reader, *details),
    "same": lambda reader, token: reader.mirror.find(token),
    "objects": _read_objects,
    "huge": _read_huge,
    "scalar": lambda reader, dtype, value: read_dtype(dtype).type(value),
    "bits": lambda reader, dtype, text: np.frombuffer(bytes.fromhex(text), read_dtype(dtype))[0],
    "matrix": lambda reader, node: reader._read(node).view(np.matrix),
    "masked": _read_masked,
    "rng": _read_generator,
    "handle": _read_handle,
    "long": lambda reader, name, length: stand_ins.make_long(name, length),
    "like": lambda reader, base, name, text, node: stand_ins.make_like(base, name, text, reader._read(node)),
    "object": lambda reader, *details: stand_ins.make(*details),
    "class": lambda reader, name: stand_ins.make_class(name),
    "generator": lambda reader, *details: stand_ins.make_generator(*details),
}
