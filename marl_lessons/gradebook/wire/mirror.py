"""Keeps lists and arrays the same on both sides: what is changed, shared or handed out again here, is so there too.

Each of them has a token that both sides know. The side that runs a student's code tells after every call which of them
have changed, and before the next one forgets all that the student's code does not hold any more.
"""

import itertools
import sys

import numpy as np
from numpy.lib.array_utils import byte_bounds

from marl_lessons.gradebook.wire.reading import Malformed, read_dtype, read_shape

LARGEST_OWNER = 2**23  # bytes; a view of a larger array is copied
MOST = 3_000  # things that are kept


class Mirror:
    """The lists, dictionaries, sets and arrays that both sides know.

    Parameter: first, 0 on one side and 1 on the other, so that both can hand out tokens of their own.
    """

    def __init__(self, first):
        self._new_tokens = itertools.count(first, 2)
        self._things, self._tokens, self._content = {}, {}, {}

    def find(self, token):
        """Return the thing with a token."""
        return self._things[token]

    def keep(self, token, thing, content=None):
        """Remember a thing that came from the other side, and return it."""
        if type(token) is not int or token in self._things:
            raise Malformed("no new token")
        self._things[token], self._tokens[id(thing)] = thing, token
        self._content[token] = _describe_array(thing) if content is None else content
        return thing

    def _add(self, thing):
        token = next(self._new_tokens)
        self._things[token], self._tokens[id(thing)] = thing, token
        return token

    def write_list(self, writer, value):
        """Write a list, or that it is one which is known."""
        return self._write("list", writer.write_all, value)

    def write_set(self, writer, value):
        """Write a set, or that it is one which is known."""
        return self._write("set", writer.write_all, value)

    def write_dict(self, writer, value):
        """Write a dictionary, or that it is one which is known."""
        return self._write("dict", writer.write_pairs, value)

    def _write(self, word, write, value):
        known = self._tokens.get(id(value))
        if known is not None:
            return ["same", known]
        token = self._add(value)
        self._content[token] = []  # to write it may fail
        self._content[token] = write(value)
        return [word, self._content[token], token]

    def write_array(self, writer, array):
        """Write an array: a new one, one that is known, or a view of one of those."""
        known = self._tokens.get(id(array))
        if array.base is None and array.flags.c_contiguous:
            if known is None:
                return self._write_block(writer, array)
            return ["view", ["same", known], array.dtype.str, array.shape, array.strides, 0]
        owner = self._find_owner(array) if array.size else None
        if owner is None:
            return ["array", array.dtype.str, array.shape, writer.add_blob(array.tobytes())]
        known = self._tokens.get(id(owner))
        block = self._write_block(writer, owner) if known is None else ["same", known]
        offset = _find_start(array) - _find_start(owner)
        return ["view", block, array.dtype.str, array.shape, array.strides, offset]

    def _write_block(self, writer, owner):
        token, flat = self._add(owner), _flatten(owner)
        self._content[token] = _describe_array(owner)
        return ["array", owner.dtype.str, flat.shape, writer.add_blob(self._content[token][0]), token]

    def _find_owner(self, array):
        """Return the array in whose memory another one lies, if that is small and in one piece."""
        low, high = byte_bounds(array)
        for thing in self._things.values():
            if type(thing) is np.ndarray and _holds(thing, low, high):
                return thing
        owner = array
        while type(owner.base) is np.ndarray:
            owner = owner.base
        is_plain = owner.nbytes <= LARGEST_OWNER and owner.dtype.names is None
        is_whole = owner.flags.c_contiguous or owner.flags.f_contiguous
        return owner if is_plain and is_whole else None

    def read_list(self, reader, nodes, token):
        """Read a new list."""
        thing = self.keep(token, [], nodes)
        thing += reader.read_all(nodes)
        return thing

    def read_set(self, reader, nodes, token):
        """Read a new set."""
        thing = self.keep(token, set(), nodes)
        thing.update(reader.read_all(nodes))
        return thing

    def read_dict(self, reader, nodes, token):
        """Read a new dictionary."""
        thing = self.keep(token, {}, nodes)
        thing.update(reader.read_pairs(nodes))
        return thing

    def read_view(self, reader, node, dtype, shape, strides, offset):
        """Read an array that lies in the memory of another one."""
        block = reader.read(node)
        flat, dtype, shape, strides = _flatten(block), read_dtype(dtype), read_shape(shape), tuple(strides)
        if (offset, shape, strides, dtype) == (0, block.shape, block.strides, block.dtype):
            return block  # also an empty one
        _expect_inside(flat.nbytes, dtype, shape, strides, offset)
        return np.ndarray(shape, dtype, _view_bytes(flat), offset, strides)

    def write_changes(self, writer, tokens):
        """List what has changed of some things since the other side knew them."""
        return [node for token in tokens for node in self._write_change(writer, token)]

    def _write_change(self, writer, token):
        thing, before = self._things[token], self._content[token]
        if isinstance(thing, np.ndarray):
            now = _describe_array(thing)
            node = None if now == before else ["array", now[1], now[2], token, now[0]]
        else:
            now = writer.write_pairs(thing) if type(thing) is dict else writer.write_all(thing)
            node = None if now == before else [type(thing).__name__, now, token]
        self._content[token] = now
        if node and node[0] == "array":
            node[4] = writer.add_blob(node[4])
        return [node] if node else []

    def read_changes(self, reader, nodes):
        """Change the things of this side as those of the other side have changed."""
        for word, *details in nodes:
            if word == "array":
                self._change_array(reader, *details)
                continue
            content, token = details
            thing = self._things[token]
            new = reader.read_pairs(content) if word == "dict" else reader.read_all(content)
            thing.clear()
            thing.extend(new) if type(thing) is list else thing.update(new)

    def _change_array(self, reader, dtype, shape, token, number):
        block, data = self._things[token], reader.take_blob(number)
        shape, dtype = read_shape(shape), read_dtype(dtype)
        flat = _flatten(block)
        if len(data) != flat.nbytes:
            block.resize(len(data) // block.itemsize, refcheck=False)
            flat = block
        _view_bytes(flat)[:] = np.frombuffer(data, np.uint8)
        if (block.dtype, block.shape) != (dtype, shape) and block.flags.c_contiguous:
            block.dtype, block.shape = dtype, shape

    def list_tokens(self):
        """List the tokens of all things."""
        return list(self._things)

    def forget_unheld(self):
        """Forget what nobody else holds, or too much of what somebody does, and return the tokens."""
        gone = []
        for token in self.list_tokens():
            if sys.getrefcount(self._things[token]) <= UNHELD or len(self._things) > MOST:
                self.forget([token])
                gone.append(token)
        return gone

    def forget(self, tokens):
        """Forget things that the other side has forgotten."""
        for token in tokens:
            thing = self._things.pop(token)
            del self._tokens[id(thing)], self._content[token]


def _describe_array(array):
    """Return all that may change in an array: its bytes in the order of its memory, its type and its shape."""
    return _flatten(array).tobytes(), array.dtype.str, array.shape


def _flatten(array):
    """Return an array whose memory is in one piece with its axes in the order of the memory."""
    return array if array.flags.c_contiguous else array.T


def _view_bytes(flat):
    return flat.reshape(-1).view(np.uint8)


def _find_start(array):
    return array.__array_interface__["data"][0]


def _holds(block, low, high):
    start = _find_start(block)
    return start <= low and high <= start + block.nbytes


def _expect_inside(size, dtype, shape, strides, offset):
    """Expect that no entry of a view lies outside of the memory of its block; NumPy's own sums overflow."""
    reaches = [step * (length - 1) for step, length in zip(strides, shape, strict=True)]
    low = offset + sum(min(reach, 0) for reach in reaches)
    high = offset + sum(max(reach, 0) for reach in reaches) + dtype.itemsize
    if 0 in shape or low < 0 or high > size:
        raise Malformed("a view beyond its memory")


def _measure_unheld():
    """Return how many references to a thing are counted where a table alone holds it."""
    table = {0: []}
    return sys.getrefcount(table[0])


UNHELD = _measure_unheld()
