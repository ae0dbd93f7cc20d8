"""The answer in a student's process, as `evaluate` sees it: a function that asks that process."""

import inspect
import sys
import types
from dataclasses import replace

from marl_lessons.exercises.evaluation import Outcome, Report, evaluate
from marl_lessons.exercises.limits import LimitReached
from marl_lessons.exercises.output import Printed
from marl_lessons.exercises.sandbox import InputRefused
from marl_lessons.gradebook.judging import twins
from marl_lessons.gradebook.wire import stand_ins
from marl_lessons.gradebook.wire.channel import Gone
from marl_lessons.gradebook.wire.mirror import Mirror
from marl_lessons.gradebook.wire.raised import make_error
from marl_lessons.gradebook.wire.reading import Reader
from marl_lessons.gradebook.wire.values import Writer

MOST_LINES = 10**12  # that code can have printed


def judge_answer(channel, exercise, submitted, seed=0, cells=None):
    """Judge an answer that lives in another process, by the unmodified `evaluate`.

    Parameters: channel, the `Channel` to that process, whose `desk` lends; exercise, the `Exercise`; submitted, the
    message in which the process describes the answer, and its bytes; seed, of the random inputs, which the process
    never learns; cells, {file: text} of the notebook, by which lines are shown.
    Returns the `Report`. Where the process is lost, that is what the report says, and `channel.is_gone` is True.
    """
    cells = cells or {}
    try:
        with twins.shown(cells):
            report = _judge(channel, exercise, submitted, seed, cells)
    except Gone as gone:
        return Report(exercise, Outcome.ERROR, message=str(gone))
    if channel.is_gone:
        return replace(report, outcome=Outcome.ERROR, message=channel.words)
    channel.is_gone = channel.is_owed  # the judge's own limit came in the middle of a conversation
    return report


def _judge(channel, exercise, submitted, seed, cells):
    desk = channel.desk
    desk.begin(exercise.id)
    try:
        return evaluate(exercise.id, _make_answer(channel, exercise, submitted, cells), seed)
    finally:
        desk.begin()


def _make_answer(channel, exercise, submitted, cells):
    """Return what `evaluate` is to judge. Raises Gone where the description is none."""
    message, blob = submitted
    try:
        reader = Reader(blob, message["sizes"])
        kind = message["kind"]
        if kind == "value":
            return reader.read(message["value"])
        if kind == "class":
            return stand_ins.make_class(message["name"])
        if kind == "error":
            return _make_failing(_make_raised(reader, message["error"], {}, {}))
        if not exercise.asks_for_function:
            return stand_ins.make(message["type"], f"<{message['type']}>", True)
        name, wanted = message["name"], exercise.reference.__name__
        if name is not None and name != wanted:
            return twins.make_harmless(name)
        answer = _make_function(channel, message, cells, exercise)
    except Exception:  # whatever can be wrong with what came
        channel.end()
    answer._line.begin(wanted)
    return answer


def _make_failing(error):
    """Return a function that fails as the answer does, when it is looked at: asked for its parameters, or called."""

    def fail(function, *arguments, **options):
        raise error

    return type("function", (RemoteFunction,), {"__signature__": property(fail), "__call__": fail})(None)


def _make_function(channel, message, cells, exercise):
    """Return the `RemoteFunction` of an answer, of a class of its own on which its twin is found."""
    parts = {}
    if message["code"] is not None:
        parts["__wrapped__"] = twins.make_twin(message["code"], cells, bool(message["is_partial"]))
    if message["signature"] is not None:
        parts["__signature__"] = twins.make_signature(message["signature"])
    kind = type("function", (RemoteFunction,), parts)
    line = _Line(channel, kind, cells, exercise)
    line.answer = kind(line)
    return line.answer


class RemoteFunction:
    """A function that lives in a student's process. Its `__dict__` holds the attributes of that, and nothing else."""

    __slots__ = ("__dict__", "_line")

    def __init__(self, line):
        self._line = line

    def __call__(self, *arguments, **options):
        return self._line.call(arguments, options)


class _Line:
    """What a `RemoteFunction` knows of its process: how to ask, and what both have in common."""

    def __init__(self, channel, kind, cells, exercise):
        self.channel, self.kind, self.cells, self.answer = channel, kind, cells, None
        self.twin = vars(kind).get("__wrapped__")
        self.namespace = self.twin.__globals__ if self.twin else {}
        self.mirror, self.calls, self.variables = Mirror(0), 0, ()
        parameters = exercise.domain.parameters if exercise.domain else ()
        self.offers = {parameter.name: parameter.offers for parameter in parameters}
        self.by_place = [
            name for name in inspect.signature(exercise.reference).parameters if name not in exercise.by_keyword
        ]

    def begin(self, name):
        """Tell the process that calls are to come, and take over what the answer keeps."""
        reply, blob = self.channel.ask({"begin": True, "name": name})
        self._take(lambda: self._take_state(reply, Reader(blob, reply["sizes"])))

    def call(self, arguments, options):
        """Ask for one call; raise what it raised."""
        self.calls += 1
        writer = Writer(self.mirror)
        named = [*zip(self.by_place, arguments, strict=False), *options.items()]
        nodes = [self._write(writer, name, value) for name, value in named]
        message = {"call": nodes[: len(arguments)], "options": list(zip(options, nodes[len(arguments) :], strict=True))}
        reply, blob = self.channel.ask(message | {"sizes": list(map(len, writer.blobs))}, writer.blobs)
        kind, result = self._take(lambda: self._read(reply, blob))
        if kind == "error":
            raise result
        return result

    def _write(self, writer, name, value):
        writer.lend = lambda thing: self.channel.desk.lend(thing, self.offers.get(name, ()))
        return writer.write(value)

    def _take(self, read):
        """Do what reads a reply; where it cannot be read, the process is lost."""
        try:
            return read()
        except MemoryError:
            raise
        except Exception:  # whatever can be wrong with what came
            self.channel.end()

    def _read(self, reply, blob):
        reader = Reader(blob, reply["sizes"], self.mirror)
        self.mirror.forget(reply["forgotten"])
        if "printed" in reply:
            _print(*reply["printed"])
        if "error" in reply:
            outcome = "error", self._make_error(reader, reply["error"])
        else:
            outcome = "result", reader.read(reply["result"])
            self.mirror.read_changes(reader, reply["changes"])
        self._take_state(reply, reader)
        return outcome

    def _take_state(self, reply, reader):
        state = reply.get("state")
        if not state:
            return
        parts = {part: {str(name): reader.read(node) for name, node in state[part]} for part in state}
        own = self.answer.__dict__
        own.clear()
        own.update(parts["attributes"])
        if self.twin:
            for name in self.variables:
                self.namespace.pop(name, None)
            self.variables = tuple(parts["variables"])
            self.namespace |= parts["variables"] | {"__builtins__": {}}
            if len(parts["defaults"]) <= self.twin.__code__.co_argcount:
                self.twin.__defaults__ = tuple(parts["defaults"].values())

    def _make_error(self, reader, node):
        error = _make_raised(reader, node, self.namespace, self.cells)
        if node.get("is_stub") is True and self.calls == 1 and self.twin:
            last = error.__traceback__
            while last.tb_next:
                last = last.tb_next
            self.kind.__wrapped__ = types.FunctionType(last.tb_frame.f_code, self.namespace)
        return error


def _make_raised(reader, node, namespace, cells):
    """Return the error that a student's code raised, with a traceback like its own."""
    if node["kind"] == "limit":
        error = LimitReached(str(node["text"])[:500])
    else:
        error = InputRefused() if node["kind"] == "input" else make_error(reader, node)
    return error.with_traceback(twins.make_traceback(node["frames"][:20], namespace, cells))


def _print(beginning, line_ends, last_line):
    """Let the stream that keeps what an answer prints hold what its own process has kept."""
    stream = sys.stdout
    numbers_fit = all(type(number) is int and 0 <= number < MOST_LINES for number in (line_ends, last_line))
    if not isinstance(stream, Printed) or not numbers_fit:
        return
    stream.write(beginning[len(stream.beginning) :])
    stream.line_ends, stream.last_line = line_ends, last_line
