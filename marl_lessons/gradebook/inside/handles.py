"""What stands in a student's process for the judge's own objects and references: whatever is asked, the judge does."""

import contextlib
import functools
import sys

from marl_lessons.gradebook.wire import generators
from marl_lessons.gradebook.wire.raised import make_error
from marl_lessons.gradebook.wire.reading import Reader
from marl_lessons.gradebook.wire.values import Writer

KINDS = {  # what `isinstance` says of a handle, where the student's code has imported that
    "ParallelEnv": ("pettingzoo", "ParallelEnv"),
    "MarkovGame": ("marl_lessons.markov_games", "MarkovGame"),
}


class Asker:
    """Asks the judge to use one of its objects, or a reference of the course.

    Parameter: channel, the `Channel` to the judge. While an answer runs in a sandbox, `channel.inside` is its lock: it
    is given back while the judge works, because nothing may interrupt a conversation in its middle.
    """

    def __init__(self, channel):
        self.channel = channel

    def ask(self, message, arguments, options):
        """Send a request, its arguments, and generators that the judge is to draw from; return the result."""
        writer = Writer(lend=_write_handle)
        message |= {"arguments": writer.write_all(arguments), "options": writer.write_pairs(options)}
        message["sizes"] = list(map(len, writer.blobs))
        with _let_go(getattr(self.channel, "inside", None)):
            reply, blob = self.channel.ask(message, writer.blobs)
        reader = Reader(blob, reply.get("sizes", ()), find_handle=self.make_handle)
        for generator, state in zip(writer.generators, reply.get("generators", ()), strict=False):
            generators.set_state(generator, state)
        if "error" in reply:
            raise make_error(reader, reply["error"])
        return reader.read(reply["result"])

    def make_handle(self, number, name, kind, methods, attributes):
        """Make the handle of one of the judge's objects."""
        handle = object.__new__(_make_type(name, kind, tuple(methods), tuple(attributes)))
        handle.__dict__.update(_asker=self, _number=number)
        return handle

    def make_reference(self, exercise_id, name):
        """Make the function that asks for the course's reference of an exercise."""

        def reference(*arguments, **options):
            return self.ask({"ask": exercise_id}, arguments, options)

        reference.__name__ = reference.__qualname__ = name
        return reference


@contextlib.contextmanager
def _let_go(lock):
    if lock is None or not lock.locked():
        yield
        return
    lock.release()
    try:
        yield
    finally:
        lock.acquire()


class Handle:
    """One of the judge's objects, of which some methods and attributes can be asked for."""

    def __repr__(self):
        return f"<{type(self).__name__}>"

    def __copy__(self):
        return self._asker.ask({"use": self._number, "copy": False}, (), {})

    def __deepcopy__(self, memo):
        return self._asker.ask({"use": self._number, "copy": True}, (), {})


def _write_handle(value):
    if issubclass(type(value), Handle):
        return ["handle", value.__dict__["_number"]]
    return None


@functools.lru_cache(maxsize=50)
def _make_type(name, kind, methods, attributes):
    parts = {method: _make_method(method) for method in methods}
    parts |= {attribute: property(functools.partial(_look_up, name=attribute)) for attribute in attributes}
    if kind in KINDS:
        parts["__class__"] = property(functools.partial(_find_class, kind=kind))
    return type(name, (Handle,), parts)


def _make_method(name):
    def method(self, *arguments, **options):
        return self._asker.ask({"use": self._number, "call": name}, arguments, options)

    method.__name__ = name
    return method


def _look_up(handle, name):
    return handle._asker.ask({"use": handle._number, "get": name}, (), {})


def _find_class(handle, kind):
    module, name = KINDS[kind]
    return getattr(sys.modules.get(module), name, type(handle))
