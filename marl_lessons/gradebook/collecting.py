"""Finds out what each student handed in for a lesson, in whatever way it was collected.

Understood are, in one folder: a notebook a student (`ada.ipynb`, or as Canvas names it), a folder a student of any
depth (also as Moodle names it), and nbgrader's course folder with its `submitted/ada/lesson01/`. Which notebook belongs
to the lesson is told by the numbers of the exercises in it, never by its name.
"""

import os
import re
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

from marl_lessons.gradebook.code.notebooks import NotebookError, find_exercise_ids

MOODLE = re.compile(r"(?P<name>.+)_(?P<number>\d+)_assignsubmission_.*")  # a folder, or a file
CANVAS = re.compile(r"(?P<name>[^_]+)_(?:LATE_)?(?P<number>\d{3,})_\d{3,}_.+")  # a file
ARCHIVES = {".zip", ".tar", ".gz", ".tgz", ".7z", ".rar"}
NAMES_LISTED = 5
MOST_NOTEBOOKS = 10  # of one student
LONGEST = 500  # letters of what a flag says


class FolderError(ValueError):
    """There is nothing to be graded, in a sentence with the remedy."""


@dataclass
class Submission:
    """What one student handed in for a lesson.

    student: as the folder or the file calls them. aliases: what else a roster may call them. files: their notebooks of
    this lesson, relative to the folder of all submissions, with `/`. flags: `{"kind", "text"}`, for the instructor.
    notes: sentences for the student. others, archives: names of notebooks of other lessons, and of packed files.
    """

    student: str
    aliases: tuple[str, ...] = ()
    files: list[str] = field(default_factory=list)
    flags: list[dict] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    archives: list[str] = field(default_factory=list)

    def flag(self, kind, text):
        """Let the instructor look at something."""
        self.flags.append({"kind": kind, "text": text[:LONGEST]})


def collect(folder, lesson):
    """Return a `Submission` for each student.

    Parameters: folder, of all submissions; lesson, the `Lesson` to be graded.
    Raises FolderError where the folder is none, or holds nobody's work.
    """
    folder = Path(folder)
    if not folder.is_dir():
        remedy = "unpack it and name the folder" if folder.is_file() else "name the folder of the submissions"
        raise FolderError(f"{clean(folder)} is not a folder; {remedy}.")
    submissions = {}
    for path in _list(folder / "submitted" if (folder / "submitted").is_dir() else folder):
        if path.is_dir() or path.suffix.lower() in {".ipynb", *ARCHIVES}:
            student, aliases = name_student(path)
            submission = submissions.setdefault(student, Submission(student, aliases))
            try:
                for file in _walk(path):
                    _sort_in(submission, file, folder, {exercise.id for exercise in lesson.exercises})
            except OSError as error:
                submission.flag("unreadable", f"{clean(error.filename)}: {error.strerror}; not all of it was read.")
    if not submissions:
        raise FolderError(f"{clean(folder)} holds no notebook; it needs a notebook or a folder for each student.")
    # GitHub Classroom puts the name of the assignment before everyone's.
    assignment = "".join(os.path.commonprefix([*submissions]).rpartition("-")[:2])  # noqa: RUF071  letters, not folders
    for submission in submissions.values():
        submission.aliases += (submission.student.removeprefix(assignment),)
        _sum_up(submission, lesson)
    return [*submissions.values()]


def name_student(path):
    """Name the student whose folder or notebook this is, and what else a roster may call them."""
    name = clean(path.name if path.is_dir() else path.stem)
    found = MOODLE.fullmatch(name) or (not path.is_dir() and CANVAS.fullmatch(name))
    return (f"{found['name']}_{found['number']}", (found["number"], found["name"])) if found else (name, ())


def clean(name):
    """Write the name of a file or a person as one line that can be shown and compared, however a system stores it."""
    readable = os.fsencode(name).decode(errors="replace")  # a name may be no Unicode at all
    printable = "".join(letter if letter.isprintable() else " " for letter in unicodedata.normalize("NFC", readable))
    return " ".join(printable.split()) or "?"


def _list(folder):
    """List what lies in a folder, sorted, without what systems and editors hide there."""
    return [path for path in sorted(folder.iterdir()) if not path.name.startswith((".", "__MACOSX"))]


def _walk(path):
    """Yield a file, or the files in a folder and below. No link is followed; it is yielded itself."""
    found = [path]
    while found:  # no recursion: somebody may nest a thousand folders
        path = found.pop()
        if path.is_symlink() or not path.is_dir():
            yield path
            continue
        inside = _list(path)
        names = {other.name for other in inside}
        ours = "solutions" if "notebooks" in names else None  # in a copy of the course
        found += [other for other in reversed(inside) if other.name != ours]


def _sort_in(submission, path, folder, exercise_ids):
    """Put a file where it belongs: a notebook of the lesson, another one, a packed file, or something to look at."""
    file = path.relative_to(folder).as_posix()
    kind = path.suffix.lower()
    if path.is_symlink():
        if kind == ".ipynb" or path.is_dir():
            submission.flag("link", f"{clean(file)} is a link, which is not followed; ask for the file itself.")
    elif kind in ARCHIVES:
        submission.archives.append(file)
    elif kind == ".ipynb":
        try:
            is_of_lesson = not exercise_ids.isdisjoint(find_exercise_ids(path))
        except NotebookError as error:
            submission.flag("unreadable", f"{clean(file)} {error} Ask for another one.")
            submission.notes.append(f"{clean(file)} could not be graded: it {error}"[:LONGEST])
        else:
            (submission.files if is_of_lesson else submission.others).append(file)


def _sum_up(submission, lesson):
    """Say what was not found, and what was found more than once."""
    if submission.files:
        if len(submission.files) > 1:
            names = _enumerate(submission.files)
            submission.flag("notebooks", f"{len(submission.files)} notebooks: {names}; the best answer to each counts.")
        if len(submission.files) > MOST_NOTEBOOKS:
            submission.flag("limits", f"Only the first {MOST_NOTEBOOKS} notebooks are judged.")
            del submission.files[MOST_NOTEBOOKS:]
        return
    found = f" Found: {_enumerate(submission.others)}." if submission.others else ""
    submission.notes.append(f"No notebook with an exercise of lesson {lesson.number:02d} was handed in.{found}")
    if submission.archives:
        names = _enumerate(submission.archives)
        submission.flag("unreadable", f"Packed files are not opened; unpack and grade again: {names}.")
        submission.notes.append(f"Packed files are not opened: {names}.")


def _enumerate(files):
    listed = ", ".join(clean(file) for file in files[:NAMES_LISTED])
    return listed + (f" and {len(files) - NAMES_LISTED} more" if len(files) > NAMES_LISTED else "")
