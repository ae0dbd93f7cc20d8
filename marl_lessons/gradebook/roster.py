"""Reads who should have handed in, and finds each of them among those who did."""

import csv
import io
import math
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

from marl_lessons.gradebook.collecting import Submission, clean

COLUMNS = ("student", "name", "email", "late_days")


class RosterError(ValueError):
    """A roster cannot be used, in a sentence with the line and the remedy."""


@dataclass(frozen=True)
class Student:
    """One student: the line of the roster, where there is one, and what they handed in."""

    student: str
    name: str = ""
    email: str = ""
    late_days: float = 0.0
    submission: Submission | None = None


def read_roster(path):
    """Read a CSV file with a line for each student.

    Columns: student, as folders and files call them, or as Moodle's and Canvas' numbers and names do; and where you
    like name, email and late_days (0 where empty). Commas, semicolons or tabs separate; other columns are not read.
    Returns a list of `Student`. Raises RosterError.
    """
    rows, header = _read_rows(path)
    if "student" not in header:
        raise RosterError(f"{path} needs a column `student` in its first line, got {', '.join(header) or 'nothing'}.")
    students, seen = [], {}
    for line, row in rows:
        cells = dict(zip(header, map(clean_cell, row), strict=False))
        student = Student(**{name: cells.get(name, "") for name in COLUMNS})
        if not student.student:
            raise RosterError(f"{path}, line {line}: `student` is empty; name the student or take the line out.")
        if student.student in seen:
            where = f"line {line}: {student.student} stands in line {seen[student.student]} already"
            raise RosterError(f"{path}, {where}; take one of them out.")
        seen[student.student] = line
        students.append(replace(student, late_days=_read_days(student.late_days, f"{path}, line {line}")))
    return students


def clean_cell(text):
    """Write a cell as one line; an empty one stays empty."""
    return clean(text) if text.strip() else ""


def match(submissions, roster=None):
    """Return a `Student` for everyone who is in the roster or handed something in, sorted.

    Parameters: submissions, from `collect`; roster, from `read_roster`, or None where there is none.
    """
    if roster is None:
        return _sort(Student(submission.student, submission=submission) for submission in submissions)
    calls = Counter(label for submission in submissions for label in _labels(submission))
    spellings = [(name, student) for student in roster for name in _spell(student.name)]
    names = Counter(name for name, _ in spellings)
    open_lines = {name: student for name, student in spellings if names[name] == 1}
    open_lines |= {student.student: student for student in roster}
    found, strangers = {}, []
    for submission in submissions:
        lines = [open_lines[label] for label in _labels(submission) if calls[label] == 1 and label in open_lines]
        line = next((line for line in lines if line.student not in found), None)
        if line is None:
            submission.flag("roster", "Nobody in the roster goes by this name.")
            strangers.append(Student(submission.student, submission=submission))
        else:
            found[line.student] = submission
    students = [replace(student, submission=found.get(student.student)) for student in roster]
    return _sort([*students, *strangers])


def _sort(students):
    return sorted(students, key=lambda student: (student.student.casefold(), student.student))


def _spell(name):
    """List how platforms may write a name: `Lovelace, Ada` is `Ada Lovelace` in the names of their files."""
    last, comma, first = name.partition(",")
    return {name, clean_cell(f"{first} {last}")} if comma else {name}


def _labels(submission):
    """List what a student may be called, once each, the surest first."""
    return [*dict.fromkeys((submission.student, *submission.aliases))]


def _read_rows(path):
    """Return the lines of a table with their numbers, and the first one as the names of its columns."""
    try:
        text = Path(path).read_text("utf-8-sig")
    except OSError as error:
        raise RosterError(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise RosterError(f"{path} is not in UTF-8; save it as `CSV UTF-8`.") from error
    first = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count))
    try:
        rows = [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise RosterError(f"{path}, line {reader.line_num}: {error}; is a quotation mark never closed?") from error
    header = [clean_cell(name).lower().replace(" ", "_") for name in rows[0][1]] if rows else []
    return rows[1:], header


def _read_days(text, where):
    try:
        days = float(text.replace(",", ".") or 0)
    except ValueError:
        days = math.nan
    if not 0 <= days < math.inf:
        raise RosterError(f"{where}: `late_days` must be a number from 0 up, got {text!r}.")
    return days
