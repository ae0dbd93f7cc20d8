"""Reads what `values` writes. Nothing in it is trusted: what is no value raises `Malformed`, and that is all."""

import collections
import decimal
import fractions

import numpy as np

from marl_lessons.gradebook.wire import generators, stand_ins
from marl_lessons.gradebook.wire.values import LARGEST_FRACTION, PLAIN

LARGEST_ENTRY = 2**16  # bytes of one entry of an array


class Malformed(ValueError):
    """What came is no value."""


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
        start, end = self._places[number]
        return memoryview(self._blob)[start:end]

    def read_array(self, dtype, shape, number):
        """Return an array of its own from the bytes of a blob."""
        dtype, data = read_dtype(dtype), self.take_blob(number)
        if dtype.itemsize == 0:  # of empty texts
            return np.zeros(read_shape(shape), dtype)
        return np.frombuffer(data, dtype).reshape(read_shape(shape)).copy()


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
    dtype = np.dtype(_expect(text, str)[:20])
    if dtype.kind not in PLAIN or dtype.itemsize > LARGEST_ENTRY:
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


def _read_fraction(reader, *parts):
    above, below = reader.read_all(list(parts))
    if max(_expect(above, int).bit_length(), _expect(below, int).bit_length()) > LARGEST_FRACTION:
        raise Malformed("a fraction too long")
    return fractions.Fraction(above, below)


def _read_bits(reader, dtype, text):
    dtype = read_dtype(dtype)
    return np.frombuffer(bytes.fromhex(text), dtype)[0] if dtype.itemsize else dtype.type()


READERS = {
    "int": lambda reader, text: int(text, 16),
    "list": _read_list,
    "tuple": lambda reader, nodes: tuple(reader.read_all(nodes)),
    "frozenset": lambda reader, nodes: frozenset(reader.read_all(nodes)),
    "deque": lambda reader, nodes: collections.deque(reader.read_all(nodes)),
    "set": _read_set,
    "dict": _read_dict,
    "bytes": lambda reader, text: bytes.fromhex(text),
    "complex": lambda reader, real, imaginary: complex(real, imaginary),
    "range": lambda reader, *ends: range(*reader.read_all(list(ends))),
    "slice": lambda reader, nodes: slice(*reader.read_all(nodes)),
    "...": lambda reader: ...,
    "fraction": _read_fraction,
    "decimal": lambda reader, text: decimal.Decimal(_expect(text, str)),
    "array": _read_array,
    "view": lambda reader, *details: reader.mirror.read_view(reader, *details),
    "same": lambda reader, token: reader.mirror.find(token),
    "objects": _read_objects,
    "huge": _read_huge,
    "scalar": lambda reader, dtype, value: read_dtype(dtype).type(value),
    "bits": _read_bits,
    "matrix": lambda reader, node: reader._read(node).view(np.matrix),
    "masked": _read_masked,
    "rng": _read_generator,
    "handle": lambda reader, *details: reader.find_handle(*details),
    "long": lambda reader, name, length: stand_ins.make_long(name, length),
    "like": lambda reader, base, name, text, node: stand_ins.make_like(base, name, text, reader._read(node)),
    "object": lambda reader, *details: stand_ins.make(*details),
    "class": lambda reader, name: stand_ins.make_class(name),
    "generator": lambda reader, *details: stand_ins.make_generator(*details),
}
