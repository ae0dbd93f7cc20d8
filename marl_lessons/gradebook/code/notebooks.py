"""Reads a notebook that anybody may have written, by anything: its code cells, and what is wrong with them."""

import itertools
import json
import re
from dataclasses import dataclass
from pathlib import Path

from marl_lessons.gradebook.code.magics import LONGEST, blank_strings, clear_magics
from marl_lessons.gradebook.code.statements import BAD_SOURCE, Statement, cut, parse_cell

MOST_BYTES = 50_000_000
MOST_VALUES = 5_000_000  # that a notebook may be made of: many small ones fill the memory
MOST_CODE = 300_000  # characters in all cells together; a lesson has 20,000, and the longest beyond are left out
MOST_STATEMENTS = 2_000  # a lesson has 100
_ANSWERED = re.compile(r"""(?:\b(?:exercise|check)|@[\w.]+)\s*\(\s*(["'])(\d{1,3}\.\d{1,3})\1""")
_PERCENT = re.compile(r"^# ?%%(.*)\r?$", re.MULTILINE)


class NotebookError(ValueError):
    """Says in one sentence why nothing in a file can be graded."""


@dataclass(frozen=True)
class Problem:
    """What keeps a cell from being run: one sentence, and the ids of the exercises that it answers."""

    file: str
    line: int
    text: str
    exercises: tuple[str, ...]


@dataclass(frozen=True)
class Cell:
    """One code cell: its number among them from 1, its text as plain Python, and the magics that were in it."""

    number: int
    source: str
    statements: tuple[Statement, ...] = ()
    magics: tuple[str, ...] = ()

    @property
    def file(self):
        """How tracebacks and reports name the cell."""
        return f"cell {self.number}"


@dataclass(frozen=True)
class Notebook:
    """The code cells of a notebook in their order, and the problems of those that do not compile."""

    cells: tuple[Cell, ...]
    problems: tuple[Problem, ...]


def read_notebook(path):
    """Return the `Notebook` in a file: .ipynb of format 3 or 4, or a script, cut at lines that begin with `# %%`.

    Outputs are never looked at. Raises NotebookError where there is no code to be found.
    """
    cells, problems, index = [], [], 0
    sources = _read_sources(Path(path))
    too_long = _find_too_long(sources)
    for number, text in enumerate(sources, 1):
        cell, problem = _leave_out(number, text) if number in too_long else _read_cell(number, text, index)
        index += len(cell.statements)
        cells.append(cell)
        problems += [problem] if problem else []
    if index > MOST_STATEMENTS:
        raise NotebookError(f"holds more than {MOST_STATEMENTS:,} statements.")
    return Notebook(tuple(cells), tuple(problems))


def find_exercise_ids(path):
    """Return the numbers of all exercises, of any lesson, that a notebook seems to answer. Raises NotebookError."""
    return {exercise_id for text in _read_sources(Path(path)) for exercise_id in _find_ids(text)}


def _find_ids(text):
    return tuple(dict.fromkeys(found[2] for found in _ANSWERED.finditer(blank_strings(text[:LONGEST]))))


def _read_cell(number, text, first_index):
    """Return a `Cell`, and the `Problem` that keeps it from being run, or None."""
    source, magics = text, ()
    try:
        try:
            tree = parse_cell(source)
        except SyntaxError:
            if len(text) > LONGEST:
                raise
            source, magics = clear_magics(text)
            tree = parse_cell(source)
        statements = cut(tree, source, number, first_index)
    except BAD_SOURCE as error:
        return Cell(number, text), _describe(number, text, error)
    if not source.strip() and (ids := _find_ids(text)):
        sentence = f"Cell {number} begins with %%{magics[-1]}, so it is not run as Python."
        return Cell(number, source, (), magics), Problem(f"cell {number}", 1, sentence, ids)
    return Cell(number, source, statements, magics), None


def _find_too_long(sources):
    """Return the numbers of the longest cells, without which the others have no more code than may be read."""
    by_length = sorted(range(1, len(sources) + 1), key=lambda number: len(sources[number - 1]))
    totals = itertools.accumulate(len(sources[number - 1]) for number in by_length)
    return {number for number, total in zip(by_length, totals, strict=True) if total > MOST_CODE}


def _leave_out(number, text):
    """Return an empty `Cell` and the `Problem` that it is too long."""
    sentence = f"Cell {number} was left out: it holds {len(text):,} characters, too many in one notebook."
    return Cell(number, ""), Problem(f"cell {number}", 1, sentence, _find_ids(text))


def _describe(number, text, error):
    line = getattr(error, "lineno", None) or 1
    reason = getattr(error, "msg", None) or "it is too long or too deep, or holds what is no text"
    sentence = f"Cell {number} does not compile: {type(error).__name__} in line {line}, {reason:.200}."
    return Problem(f"cell {number}", line, sentence, _find_ids(text))


def _read_sources(path):
    """Return the texts of all code cells, with plain line ends."""
    text = _read_text(path)
    sources = _split_script(text) if path.suffix == ".py" else _find_sources(_load(text))
    return [_clean(source) for source in sources]


def _clean(source):
    """Give a text plain line ends, and a question mark for each half of a character."""
    return source.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "replace").decode()


def _read_text(path):
    try:
        if not path.is_file():
            raise NotebookError("is a folder or no ordinary file." if path.exists() else "is not there.")
        if path.stat().st_size > MOST_BYTES:
            raise NotebookError(f"is larger than {MOST_BYTES // 1_000_000} MB; its outputs can be cleared.")
        data = path.read_bytes()
    except OSError as error:
        raise NotebookError(f"cannot be read: {error.strerror}.") from None
    if not data.strip():
        raise NotebookError("is empty.")
    return data.decode(json.detect_encoding(data), "replace").removeprefix("\ufeff")


def _load(text):
    if sum(map(text.count, "{[,")) > MOST_VALUES:
        raise NotebookError("holds too many values; its outputs can be cleared.")
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise NotebookError("is no notebook: it is not JSON.") from None


def _find_sources(content):
    """Return the texts of the code cells of format 4, or of format 3, which has its cells in worksheets."""
    if not isinstance(content, dict):
        raise NotebookError("is no notebook: it has no cells.")
    sheets = [content, *_as_list(content.get("worksheets"))]
    found = [sheet["cells"] for sheet in sheets if isinstance(sheet, dict) and isinstance(sheet.get("cells"), list)]
    if not found:
        raise NotebookError("is no notebook: it has no cells.")
    return [_source_of(cell) for cells in found for cell in cells if _is_code(cell)]


def _is_code(cell):
    return isinstance(cell, dict) and (
        cell.get("cell_type") == "code" or ("cell_type" not in cell and "outputs" in cell)
    )


def _source_of(cell):
    source = cell.get("source", cell.get("input", ""))
    if isinstance(source, list):
        return "".join(part for part in source if isinstance(part, str))
    return source if isinstance(source, str) else ""


def _as_list(value):
    return value if isinstance(value, list) else []


def _split_script(text):
    """Return the code cells of a script in jupytext's percent form, or the whole of a plain one."""
    head, *rest = _PERCENT.split(text)
    cells = [
        source.removeprefix("\n") for mark, source in zip(rest[::2], rest[1::2], strict=True) if not _is_text(mark)
    ]
    return [source for source in [head, *cells] if source.strip()]


def _is_text(mark):
    return "[" in mark.split("tags=")[0]  # [markdown], [md] or [raw]; tags are a list too
