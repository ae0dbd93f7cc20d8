"""Serves an answer to the judge, in the student's process: calls it when asked, and keeps its limits."""

import random

import numpy as np

from marl_lessons.exercises.judging.calling import end_children
from marl_lessons.exercises.judging.code_reading import find_function
from marl_lessons.exercises.limits import LimitReached, Limits
from marl_lessons.exercises.sandbox import sandbox
from marl_lessons.gradebook.inside.describing import StateWatch, describe, describe_error, is_stub
from marl_lessons.gradebook.inside.handles import Asker
from marl_lessons.gradebook.wire.channel import TooLarge
from marl_lessons.gradebook.wire.mirror import Mirror
from marl_lessons.gradebook.wire.reading import Reader
from marl_lessons.gradebook.wire.values import Writer

LIMITS = Limits(wall=45)  # before the judge's own patience ends
LARGE = "Your function gave more than 64 MiB, or 400,000 values, which is too much to be judged."


def serve(channel, exercise_id, answer):
    """Submit an answer, serve the judge until there is a verdict, and return what the name in the notebook is to hold.

    Parameters: channel, the `Channel` to the judge; exercise_id, such as "1.2"; answer, whatever was handed in.
    """
    channel.send(*_submit(exercise_id, answer))
    message, blob = channel.receive_all()
    if "begin" in message:
        message, blob = _serve_calls(channel, answer, message)
    verdict = message["verdict"]
    if verdict == "value":
        return Reader(blob, message.get("sizes", ())).read(message["value"])
    if verdict == "reference":
        return Asker(channel).make_reference(exercise_id, message.get("name") or "reference")
    return answer


def _submit(exercise_id, answer):
    """Write what is submitted; to look at a learner's object may run its own code."""
    writer = Writer()
    try:
        with sandbox(LIMITS, {}, {}) as (_, inside), inside:
            message = describe(answer, writer)
    except BaseException as error:
        writer = Writer()
        error = LimitReached(LARGE) if isinstance(error, TooLarge) else error
        message = {"kind": "error", "error": describe_error(error, {}, writer)}
    return message | {"submits": exercise_id, "sizes": list(map(len, writer.blobs))}, writer.blobs


def _serve_calls(channel, answer, begin):
    """Answer calls until something else is asked, and return that."""
    function = find_function(answer)
    namespace = function.__globals__ if function else {}
    random.seed(0)  # for answers that draw their numbers from there: twice the same report
    np.random.seed(0)  # noqa: NPY002
    with sandbox(LIMITS, namespace, {begin["name"]: answer}) as (printed, inside):
        channel.inside = inside
        server = _Server(channel, answer, namespace, printed, inside)
        channel.send(*server.begin())
        while True:
            message, blob = channel.receive_all()
            if "call" not in message:
                return message, blob
            channel.send(*server.call(message, blob))


class _Server:
    """Calls one answer."""

    def __init__(self, channel, answer, namespace, printed, inside):
        self.answer, self.namespace, self.printed, self.inside = answer, namespace, printed, inside
        self.asker, self.mirror, self.state = Asker(channel), Mirror(1), StateWatch(answer)
        self.known = []  # tokens of the things that the judge knows

    def begin(self):
        """Return the first message: what the answer keeps before it is called."""
        writer = Writer()
        try:
            with self.inside:
                state = self.state.write_news(writer)
        except BaseException:  # a learner's object may fail when it is looked at
            writer, state = Writer(), None
        return {"ready": True, "state": state, "sizes": list(map(len, writer.blobs))}, writer.blobs

    def call(self, message, blob):
        """Call the answer and return the reply and its bytes."""
        forgotten = self.mirror.forget_unheld()
        try:
            writer, reply = self._call(message, blob)
        except BaseException as error:
            self.mirror.forget([token for token in self.mirror.list_tokens() if token not in self.known])
            writer, reply = self._report(LimitReached(LARGE) if isinstance(error, TooLarge) else error)
        reply |= {"forgotten": forgotten, "sizes": list(map(len, writer.blobs))}
        if self.printed.line_ends or self.printed.beginning:
            reply["printed"] = self.printed.beginning, self.printed.line_ends, self.printed.last_line
        return reply, writer.blobs

    def _call(self, message, blob):
        reader, writer = Reader(blob, message["sizes"], self.mirror, self.asker.make_handle), Writer(self.mirror)
        arguments, options = reader.read_all(message["call"]), reader.read_pairs(message["options"])
        self.known = self.mirror.list_tokens()
        with self.inside:
            with end_children():
                result = self.answer(*arguments, **options)
            reply = {"result": writer.write(result), "changes": self.mirror.write_changes(writer, self.known)}
            return writer, reply | {"state": self.state.write_news(writer)}

    def _report(self, error):
        """Return a writer and what tells of an error; to look at a learner's own error may fail, or never end."""
        if type(error) is not LimitReached:
            writer = Writer()
            try:
                with self.inside:
                    node = describe_error(error, self.namespace, writer) | {"is_stub": is_stub(error, self.answer)}
                    return writer, {"error": node, "state": self.state.write_news(writer)}
            except BaseException as another:
                error = another if type(another) is LimitReached else RuntimeError("it could not be read")
        writer = Writer()
        return writer, {"error": describe_error(error, self.namespace, writer)}
