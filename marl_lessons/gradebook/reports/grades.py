"""Turns the records of a student's notebooks into a grade: of several answers to an exercise, the best one counts."""

from dataclasses import dataclass

from marl_lessons.gradebook.records import BEST_FIRST, MISSING, has_failed
from marl_lessons.gradebook.roster import Student

NOT_THERE = "No answer to this exercise was found in what you handed in."
NOT_JUDGED = "This has not been judged yet."


@dataclass(frozen=True)
class Grade:
    """What one student gets for a lesson.

    exercises: as in a record, one for each exercise of the lesson, with the `file` that it stands in. flags:
    `{"kind", "text"}`, for the instructor. notes: sentences for the student. records: of all their notebooks.
    """

    student: Student
    exercises: tuple[dict, ...]
    flags: tuple[dict, ...]
    notes: tuple[str, ...]
    records: tuple[dict, ...]

    @property
    def points(self):
        """How many exercises are passed."""
        return sum(exercise["outcome"] == "passed" for exercise in self.exercises)

    def score(self, late_penalty=0.0):
        """Return the points without the share `late_penalty` for each late day, never below 0."""
        return round(self.points * max(0.0, 1 - late_penalty * self.student.late_days), 4)


def grade_students(students, records, lesson):
    """Return a `Grade` for each student; records: {file: record}."""
    return [_grade(student, records, lesson) for student in students]


def _grade(student, records, lesson):
    submission = student.submission
    own = [records[file] for file in submission.files] if submission else []
    exercises = tuple(_pick_best(exercise, own) for exercise in lesson.exercises)
    flags = [*(submission.flags if submission else ())]
    notes = [*(submission.notes if submission else ["Nothing was handed in."])]
    for record in own:
        prefix = f"{record['file']}: " if len(own) > 1 else ""
        flags += [{**flag, "text": prefix + flag["text"]} for flag in record["flags"]]
        notes += [prefix + note for note in record["notes"]]
    return Grade(student, exercises, tuple(flags), tuple(notes), tuple(own))


def _pick_best(exercise, records):
    found = [
        {**entry, "file": record["file"]}
        for record in records
        for entry in record["exercises"]
        if entry["id"] == exercise.id
    ]
    message = NOT_JUDGED if any(has_failed(record) for record in records) else NOT_THERE
    nothing = {"id": exercise.id, "title": exercise.title, "outcome": MISSING, "message": message, "file": ""}
    nothing |= {"checks": [], "printed": "", "cell": None}
    return min(found, key=lambda entry: BEST_FIRST.index(entry["outcome"]), default=nothing)
