"""Writes grades as tables that spreadsheets and learning platforms read."""

import csv
import io
import re

from marl_lessons.gradebook.files import write_text
from marl_lessons.gradebook.reports.pages import locate

# A cell that begins so is a formula to a spreadsheet; names and messages come from students.
FORMULA = re.compile(r"[=+\-@＝＋－＠]")
# The columns of nbgrader's CsvExportPlugin, nbgrader/plugins/export.py in version 0.9.6.
NBGRADER = ("assignment", "duedate", "timestamp", "student_id", "last_name", "first_name", "email")
NBGRADER += ("raw_score", "late_submission_penalty", "score", "max_score")


def write_grades(path, grades, lesson, late_penalty=0.0, has_roster=False):
    """Write a line for each student: 1 for each exercise that is passed, points, flags, files, the page and more."""
    ids = [exercise.id for exercise in lesson.exercises]
    name = ["name"] if has_roster else []
    header = ["student", *name, *ids, "points", "out_of", "late_days", "score", "flags", "notes", "files", "page"]
    rows = [_write_row(grade, late_penalty, has_roster) for grade in grades]
    # The mark at the beginning lets Excel see that it is UTF-8.
    write_text(path, "\ufeff" + write_csv([header, *rows]))


def write_nbgrader(path, grades, lesson, late_penalty=0.0):
    """Write what `nbgrader export` writes, as far as it is known here: no dates."""
    rows = []
    for grade in grades:
        student, score = grade.student, grade.score(late_penalty)
        last_name, _, first_name = student.name.partition(",")
        who = (student.student, last_name, first_name, student.email)
        penalty = round(grade.points - score, 4)
        points = map(float, (grade.points, penalty, score, len(lesson.exercises)))
        rows.append((f"lesson{lesson.number:02d}", "", "", *who, *points))
    write_text(path, write_csv([NBGRADER, *rows]))


def write_csv(rows):
    """Write rows of text and numbers as CSV; text keeps to its line, and begins no formula."""
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerows([map(_defuse, row) for row in rows])
    return buffer.getvalue()


def _write_row(grade, late_penalty, has_roster):
    name = [grade.student.name] if has_roster else []
    passed = [int(exercise["outcome"] == "passed") for exercise in grade.exercises]
    numbers = (grade.points, len(passed), _shorten(grade.student.late_days), _shorten(grade.score(late_penalty)))
    flags = "; ".join(f"{flag['kind']}: {flag['text']}" for flag in grade.flags)
    files = "; ".join(record["file"] for record in grade.records)
    return [grade.student.student, *name, *passed, *numbers, flags, " ".join(grade.notes), files, locate(grade)]


def _shorten(number):
    return int(number) if number == int(number) else number


def _defuse(cell):
    if not isinstance(cell, str):
        return cell
    line = " ".join(cell.split())
    return f"'{line}" if FORMULA.match(line) else line
