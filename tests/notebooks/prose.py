"""The marked numbers of a lesson's text, and what its cells have printed."""

import re
from typing import NamedTuple

import jupytext

from tools.lesson_source import MARKED_NUMBER

PRINTED_NUMBER = re.compile(r"(?<![\w.])[-+]?\d[\d,]*(?:\.\d+)?(?: ?%)?")


class Mark(NamedTuple):
    """A number of the text: as it is shown, how far the printed one may be off, and the words that stand before it."""

    shown: str
    margin: float | None
    label: str | None
    cell: int  # the position of the text cell in the notebook


def find_marks(source):
    """List the marks of a lesson's source, in order."""
    return [
        Mark(mark["shown"], float(mark["margin"]) if mark["margin"] else None, mark["label"], position)
        for position, cell in enumerate(jupytext.reads(source, fmt="py:percent").cells)
        for mark in MARKED_NUMBER.finditer(cell.source)
    ]


def find_printed(mark, cells):
    """Return the cell that a mark speaks of, and the numbers there that it may mean.

    It is the last cell above that printed anything or, where the mark has a label, that printed the label; then only
    the first number after the label counts.
    """
    for cell in reversed(cells[: mark.cell]):
        text = read_printed(cell)
        if mark.label is None and text:
            return cell, PRINTED_NUMBER.findall(text)
        if mark.label and mark.label in text:
            return cell, PRINTED_NUMBER.findall(text.split(mark.label, 1)[1])[:1]
    raise AssertionError(f"no cell above has printed what the text calls {mark.shown}")


def read_printed(cell):
    """Return what a cell has printed."""
    return "".join(output.text for output in cell.get("outputs", []) if output.output_type == "stream")


def agrees(mark, printed):
    """Say whether a printed number, rounded as the text rounds it, is the marked one."""
    shown, is_percent = read_number(mark.shown)
    value, was_percent = read_number(printed)
    if is_percent and not was_percent:
        value *= 100
    decimals = len(mark.shown.strip(" %").partition(".")[2])
    margin = 0.5 * 10**-decimals if mark.margin is None else mark.margin
    return abs(value - shown) <= margin + 1e-9


def read_number(text):
    """Return the value of "1,133", "−0.5" or "37.5 %", and whether it is a percentage."""
    return float(text.strip(" %").replace("−", "-").replace(",", "")), text.endswith("%")
