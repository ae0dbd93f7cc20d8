"""Keeps what a learner's code prints, displays and draws off the screen, and the first lines of it for the card."""

import contextlib
import io
import os
import sys

from IPython import get_ipython
from IPython.core.displaypub import CapturingDisplayPublisher

LINES_SHOWN, LINE_WIDTH = 5, 120  # lines, characters
KEPT = 2 * LINES_SHOWN * LINE_WIDTH  # characters that are kept at all


class Printed(io.TextIOBase):
    """A stream that keeps the beginning of what is written to it, and counts the lines, however many there are."""

    def __init__(self):
        self.beginning, self.line_ends, self.last_line = "", 0, 0  # last_line: of those in which something can be seen
        self.is_over = False  # who has kept the stream, such as `logging`, writes to the screen from then on

    def write(self, text):
        if self.is_over:
            return sys.stdout.write(text)
        self.beginning += text[: KEPT - len(self.beginning)]
        if text.strip():
            self.last_line = self.line_ends + text.rstrip().count("\n") + 1
        self.line_ends += text.count("\n")
        return len(text)

    def reconfigure(self, **options):
        """Take what a notebook's own stream takes; it changes nothing here."""

    @property
    def buffer(self):
        """The stream for those who write bytes."""
        return _PrintedBytes(self)

    def fileno(self):
        """The file of a process that is told to write here; what it writes is not kept."""
        return 1

    @property
    def text(self):
        """The first lines, and how many more there were; empty where nothing can be seen."""
        lines = [_shorten(line) for line in self.beginning.rstrip("\n").split("\n")[: min(self.last_line, LINES_SHOWN)]]
        more = self.last_line - len(lines)
        return "\n".join([*lines, f"… and {more:,} {'line' if more == 1 else 'lines'} more"] if more > 0 else lines)


class _PrintedBytes(io.BufferedIOBase):
    """What is `sys.stdout.buffer` where `Printed` is `sys.stdout`."""

    def __init__(self, printed):
        self.printed = printed

    def write(self, data):
        self.printed.write(bytes(data).decode("utf-8", errors="replace"))
        return len(data)


@contextlib.contextmanager
def capture_output():
    """Catch prints, errors, displays, bars and figures of the code inside. Yields what was `Printed`."""
    printed = Printed()
    with (
        _end(printed),
        contextlib.redirect_stdout(printed),
        contextlib.redirect_stderr(printed),
        _divert(1),
        _divert(2),
        _print_displays(get_ipython()),
        _close_figures(),
    ):
        yield printed


@contextlib.contextmanager
def _end(printed):
    try:
        yield
    finally:
        printed.is_over = True


@contextlib.contextmanager
def _divert(descriptor):
    """Send nowhere what goes past `sys.stdout`, to file 1 or 2 of the process: from C, or from a program it starts."""
    stream = (sys.__stdout__, sys.__stderr__)[descriptor - 1]
    _flush(stream)
    try:
        before = os.dup(descriptor)
    except OSError:  # the process has no such file, or may open no more
        yield
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, descriptor)
    os.close(nowhere)
    try:
        yield
    finally:
        _flush(stream)
        os.dup2(before, descriptor)
        os.close(before)


def _flush(stream):
    with contextlib.suppress(AttributeError, OSError, ValueError):  # there is none, or it is closed
        stream.flush()


def _shorten(line):
    line = line.rstrip("\r").rpartition("\r")[2]  # a progress bar draws over itself
    return line if len(line) <= LINE_WIDTH else f"{line[:LINE_WIDTH]} …"


class _PrintingPublisher(CapturingDisplayPublisher):
    def publish(self, data, *arguments, **options):
        print(data.get("text/plain", ""))

    def set_parent(self, parent):
        """Take what an Output widget tells a notebook's own publisher; nothing is sent from here."""


@contextlib.contextmanager
def _print_displays(shell):
    """Print the plain form of what is displayed. No other form is made: to draw 60 figures takes seconds."""
    if shell is None:
        yield
        return
    publisher, types = shell.display_pub, shell.display_formatter.active_types
    shell.display_pub, shell.display_formatter.active_types = _PrintingPublisher(), ["text/plain"]
    try:
        yield
    finally:
        shell.display_pub, shell.display_formatter.active_types = publisher, types


@contextlib.contextmanager
def _close_figures():
    """Close the figures that the code inside opened, which would appear at the end of the cell."""
    before = _list_figures()
    try:
        yield
    finally:
        for number in _list_figures() - before:
            sys.modules["matplotlib.pyplot"].close(number)


def _list_figures():
    pyplot = sys.modules.get("matplotlib.pyplot")
    return set(pyplot.get_fignums()) if pyplot else set()
