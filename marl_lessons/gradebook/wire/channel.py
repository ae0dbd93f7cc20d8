"""The line between the judge and a student's process: frames of JSON and of bytes, and nothing that is ever unpickled.

A frame is two lengths, a message in JSON, and the bytes of its arrays one behind the other. What comes from a student's
process is never trusted: a frame that is too large, or none at all, ends the conversation.
"""

import json
import os
import select
import struct
import time

LENGTHS = struct.Struct(">II")  # of the JSON text and of the bytes behind it
MOST_TEXT, MOST_BYTES = 2**24, 2**26  # what lists of lists take when they are read is some 25 times the text
ROUND = 0.25  # seconds from one look of the guard to the next
CHUNK = 2**16
_write_text = json.JSONEncoder(separators=(",", ":")).encode


class Gone(BaseException):
    """The other process is lost, in words for the student. Not an Exception, so that no check goes on without it."""


class TooLarge(ValueError):
    """What was to be sent is larger than a frame may be."""


ENDED = "Your code ended the process in which it was run."
GARBLED = "What your code's process sent could not be read."


class Channel:
    """One end of the line between two processes.

    Parameters:
        read, write: files or their descriptors.
        guard: called every 0.25 s while this side waits; it may raise Gone.
        services: functions that answer what the other side asks while it is working, by the key of the message; each
            takes the message and its bytes, and returns the same of the reply.
    Attributes:
        is_gone: nothing can be said any more; every further try raises Gone.
        words: why, for the student.
        is_owed: a question was sent whose answer has not come: whatever comes next is not what is expected.
    """

    def __init__(self, read, write, guard=None, services=None):
        self._read, self._write = _find_descriptor(read), _find_descriptor(write)
        self._buffer, self._looked = bytearray(), 0.0
        self.guard, self.services = guard, services or {}
        self.is_gone = self.is_owed = False
        self.words = ENDED
        if guard:  # a process that does not read must not hold up who writes to it
            os.set_blocking(self._write, False)

    def ask(self, message, blobs=()):
        """Send a message and return the reply and its bytes."""
        self.send(message, blobs)
        self.is_owed = True
        reply = self.receive_all()
        self.is_owed = False
        return reply

    def send(self, message, blobs=()):
        """Send a message with the bytes that belong to it. Raises TooLarge, and Gone."""
        text = _write_text(message).encode("ascii")
        size = sum(map(len, blobs))
        if len(text) > MOST_TEXT or size > MOST_BYTES:
            raise TooLarge(f"a message may hold {MOST_TEXT:,} letters and {MOST_BYTES:,} bytes of arrays")
        self._expect_alive()
        self._write_all(b"".join([LENGTHS.pack(len(text), size), text, *blobs]))

    def receive(self):
        """Return the next message, once all that is asked in between is answered. Raises Gone."""
        return self.receive_all()[0]

    def receive_all(self):
        """Return the next message and its bytes."""
        while True:
            message, blob = self._receive_one()
            service = next((self.services[key] for key in message if key in self.services), None)
            if service is None:
                return message, blob
            self.send(*service(message, blob))

    def end(self, words=GARBLED):
        """Say that the other side is lost, and why; raises Gone."""
        self.is_gone, self.words = True, words
        raise Gone(words)

    def _receive_one(self):
        self._expect_alive()
        length, size = LENGTHS.unpack(self._take(LENGTHS.size))
        if length > MOST_TEXT or size > MOST_BYTES:
            self.end()
        text, blob = self._take(length), self._take(size)
        try:
            message = json.loads(text)
        except (ValueError, RecursionError):  # also where it is no text
            self.end()
        if not isinstance(message, dict):
            self.end()
        return message, blob

    def _take(self, count):
        while len(self._buffer) < count:
            self._await(self._read, select.POLLIN)
            part = os.read(self._read, max(CHUNK, count - len(self._buffer)))
            if not part:
                self.end(ENDED)
            self._buffer += part
        taken = bytes(self._buffer[:count])
        del self._buffer[:count]
        return taken

    def _write_all(self, frame):
        rest = memoryview(frame)
        while rest:
            try:
                rest = rest[os.write(self._write, rest) :]
            except BlockingIOError:
                self._await(self._write, select.POLLOUT)
            except OSError:
                self.end(ENDED)

    def _await(self, descriptor, event):
        """Wait until a descriptor can be read or written, and let the guard look round now and then."""
        if not self.guard:
            return  # to read or to write waits itself
        poll = select.poll()
        poll.register(descriptor, event)
        is_ready = False
        while not is_ready:
            is_ready = poll.poll(1_000 * ROUND)
            if time.monotonic() > self._looked + ROUND:
                self._ask_guard()

    def _ask_guard(self):
        self._looked = time.monotonic()
        try:
            self.guard()
        except Gone as gone:
            self.end(str(gone))

    def _expect_alive(self):
        if self.is_gone:
            raise Gone(self.words)


def _find_descriptor(file):
    return file if isinstance(file, int) else file.fileno()
