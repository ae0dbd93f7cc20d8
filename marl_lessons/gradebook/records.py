"""The records of notebooks, a JSON file for each: what the judge writes, and what all reports are made of."""

import contextlib
import hashlib
import json
import tempfile
from dataclasses import dataclass
from pathlib import Path

import marl_lessons
from marl_lessons.gradebook.files import name_file

FORMAT = 1
MISSING = "missing"  # the outcome where a notebook holds no answer to an exercise
BEST_FIRST = ["passed", "incorrect", "error", "not attempted", MISSING]  # outcomes
FAILED = "judge"  # the kind of a flag: the judge itself failed


def describe(lesson, seed):
    """Return what a record must hold to count for this lesson, seed and version of the course."""
    checks = {exercise.id: exercise.version for exercise in lesson.exercises}
    version = marl_lessons.__version__
    return {"format": FORMAT, "lesson": lesson.number, "seed": seed, "version": version, "checks": checks}


@dataclass(frozen=True)
class Work:
    """A notebook that is to be judged: where it is, where its record goes, and what the record says of it besides."""

    path: Path
    place: Path
    about: dict  # "student" and "file"


class Records:
    """The records of a folder of grades, a JSON file for each notebook.

    Parameters: folder, of the notebooks; out, of the grades; expected, what a record must hold to be kept: "lesson",
    "seed", "version", "checks"; trusts, whether records count that were made without a jail.
    """

    def __init__(self, folder, out, expected, trusts=False):
        self.folder, self.out, self.expected, self.trusts = Path(folder), Path(out), expected, trusts

    def open(self):
        """Make the folder of the records; raises OSError where nothing can be written into it."""
        folder = self.out / "records"
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass

    def locate(self, file):
        """Return the path of the record of a notebook, which depends on nothing but its name."""
        return self.out / "records" / f"{name_file(file)}.json"

    def read(self, file):
        """Return the record of a notebook, or None where there is none that holds for it."""
        try:
            record = json.loads(self.locate(file).read_text("utf-8"))
            kept = {key: record[key] for key in (*self.expected, "file", "sha256")}
            is_sound = self.trusts or record["jail"] != "trust"
            is_current = kept == {**self.expected, "file": file, "sha256": hash_file(self.folder / file)}
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return record if is_current and is_sound else None

    def read_any(self, file, student):
        """Return the record that `read` returns, or one that says why there is none."""
        if record := self.read(file):
            return record
        try:
            failed = json.loads(self.locate(file).read_text("utf-8"))
            text = next(flag["text"] for flag in failed["flags"] if flag["kind"] == FAILED)
        except (OSError, ValueError, LookupError, TypeError, StopIteration):
            text = "It has not been judged yet."
        return describe_failure({"student": student, "file": file}, text)

    def find_open(self, students, again=False):
        """List the `Work` that is left; students: {file: student}."""
        return [
            Work(self.folder / file, self.locate(file), {"student": student, "file": file})
            for file, student in students.items()
            if again or self.read(file) is None
        ]


def find_lesson(out):
    """Return the number of the lesson whose records a folder of grades holds, or None where it holds none."""
    for place in Path(out, "records").glob("[!.]*.json"):
        with contextlib.suppress(OSError, ValueError, LookupError, TypeError):
            return int(json.loads(place.read_text("utf-8"))["lesson"])
    return None


def hash_file(path):
    """Return the SHA-256 of a file."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def describe_failure(about, text):
    """Return what stands in for a record where the judge failed."""
    return {**about, "exercises": [], "flags": [{"kind": FAILED, "text": text}], "notes": []}


def has_failed(record):
    """Tell whether the judge failed on this notebook."""
    return any(flag["kind"] == FAILED for flag in record["flags"])
