"""Keeps what a learner has done in one JSON file. A problem with the file costs a note, never an exception."""

import contextlib
import json
import os
import shutil
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path

from marl_lessons.browser import DRIVE, is_browser

VARIABLE = "MARL_LESSONS_PROGRESS"  # environment variable that names another file
FORMAT = 1
LOCK_TIMEOUT = 3.0  # seconds to wait for another notebook


@dataclass
class Record:
    """What is known of one exercise, under one version of its checks."""

    passed: bool = False  # stays true once it is true
    attempts: int = 0
    hints: int = 0  # levels opened with `hint`
    outcome: str = ""  # of the last answer
    text: str = ""  # the last report, in words
    unknown: dict = field(default_factory=dict)  # what another version of the course keeps here


@dataclass
class Progress:
    """Everything that is known of a learner, and notes about the file itself, to be shown with it."""

    exercises: dict[str, Record] = field(default_factory=dict)  # by Exercise.key
    predictions: dict[str, str] = field(default_factory=dict)  # by Prediction.key: the chosen option
    scores: dict[str, dict] = field(default_factory=dict)  # by scoreboard: name -> entry, see kept_scores
    notes: list[str] = field(default_factory=list)
    unknown: dict = field(default_factory=dict)  # what another version of the course keeps at the top

    def record(self, exercise):
        """Return the `Record` of an exercise, a new one where there is none."""
        return self.exercises.setdefault(exercise.key, Record())

    def is_asked_again(self, exercise):
        """Tell whether an exercise was passed under earlier checks, and not yet under those of today."""
        earlier = [self.exercises[key] for key in exercise.earlier if key in self.exercises]
        return any(record.passed for record in earlier) and not self.record(exercise).passed

    def choice(self, prediction):
        """Return the label of the option that was chosen, or None."""
        chosen = self.predictions.get(prediction.key)
        return chosen if isinstance(chosen, str) and chosen in prediction.options else None


_pending = {}  # path -> edits of this kernel that could not be written yet


def _find_start():
    with contextlib.suppress(OSError):  # the folder may be gone
        return Path.cwd()
    return Path()


_STARTED_IN = _find_start()  # a relative path means the same whatever a cell does with os.chdir


def locate():
    """Return the path of the progress file: the variable's, or one in the user's data directory.

    In a browser that directory ends with the kernel, and the drive stays. Where the page got no service worker, as in
    some private windows, the drive is listed and answers nothing: os.path takes that for none, where Path's raises.
    """
    if os.environ.get(VARIABLE):
        # os.path's leaves ~nobody as it is where Path's raises.
        return _STARTED_IN / os.path.expanduser(os.environ[VARIABLE])
    if is_browser() and os.path.isdir(DRIVE):
        return DRIVE / "progress.json"
    import platformdirs

    return Path(platformdirs.user_data_dir("marl-lessons", appauthor=False)) / "progress.json"


def read():
    """Return the `Progress` so far."""
    return _synchronize(locate())


def change(edit):
    """Apply `edit(progress)` to what is on disk now, writes the result in one step, and returns it."""
    path = locate()
    _pending.setdefault(path, []).append(edit)
    return _synchronize(path)


def _synchronize(path):
    """Bring the file and this kernel's edits together, under a lock, so that two notebooks never undo each other.

    Where that fails, the edits stay pending: they count in this kernel, and are written when a later call succeeds.
    """
    edits, target = _pending.get(path, []), Path(os.path.realpath(path))  # a link stays, and its target is replaced
    try:
        with _lock(target) as refusal:
            progress = _apply(edits, _load(target))
            if edits:
                _write(target, progress)
                progress.notes += refusal
    except OSError as error:
        progress = _apply(edits, _load_or_start(target))
        progress.notes.append(
            f"Your progress could not be saved in {path} ({error.strerror or error}). It counts until this notebook's "
            f"kernel stops. Free the file, or set the environment variable {VARIABLE} to a path that you can write."
        )
    else:
        _pending.pop(path, None)
    return progress


@contextlib.contextmanager
def _lock(path):
    """Keep other notebooks out. Yields the notes that it costs: one where the file system refuses to lock."""
    _require_regular(path)  # before anything is written beside it
    path.parent.mkdir(parents=True, exist_ok=True)
    if is_browser():  # which has no locks, and where a file that stands for one may stay behind
        yield []
        return
    import filelock

    lock, refusal = filelock.FileLock(f"{path}.lock", timeout=LOCK_TIMEOUT), []
    try:
        lock.acquire()
    except filelock.Timeout:
        raise OSError(f"another notebook, or a program that was not closed, holds {path}.lock") from None
    except (OSError, NotImplementedError):
        refusal = [f"{path} could not be locked: work in one notebook at a time, or the two may undo each other."]
    try:
        yield refusal
    finally:
        lock.release()


def _require_regular(path):
    """Raise OSError where something else than a file stands: a folder, a device or a pipe would be ruined."""
    if os.path.lexists(path) and not path.is_file():
        raise OSError("it is not a regular file")


def _apply(edits, progress):
    for edit in edits:
        edit(progress)
    return progress


def _load(path):
    """Read the file; a corrupt one is kept aside. Raises OSError where it cannot be read or is not ours to change."""
    _require_regular(path)
    if not path.exists():
        return Progress()
    try:
        content = json.loads(path.read_text(encoding="utf-8-sig"))  # some editors begin a file with a mark
        made_by = content["format"]
        if made_by == FORMAT:
            progress, unreadable = _parse(content)
            return _mend(path, progress, unreadable) if unreadable else progress
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return Progress(notes=[_keep_aside(path)])
    raise OSError(f"it has format {made_by!r:.20} of another version of the course")


def _load_or_start(path):
    try:
        return _load(path)
    except OSError:
        return Progress()


def _parse(content):
    """Turn the file's content into a Progress, and name what in it has a wrong form; raises where the whole has one."""
    known = ("format", "exercises", "predictions", "scores")
    unknown = {name: value for name, value in content.items() if name not in known}
    records = {key: _parse_record(values) for key, values in content["exercises"].items()}
    exercises = {key: record for key, record in records.items() if record is not None}
    unreadable = [f"exercise {key.partition('@')[0]}" for key, record in records.items() if record is None]
    scores, unreadable_boards = _parse_boards(content.get("scores", {}))
    predictions = dict(content["predictions"].items())
    return Progress(exercises, predictions, scores, unknown=unknown), unreadable + unreadable_boards


def _parse_boards(boards):
    """Turn the content of the scoreboards into those of a right form, and list the others."""
    if not isinstance(boards, dict):
        return {}, ["all scoreboards"]
    readable = {board: entries for board, entries in boards.items() if isinstance(entries, dict)}
    return readable, [f"scoreboard {board}" for board in boards if board not in readable]


def _parse_record(values):
    """Turn one record's content into a Record, or return None where it has a wrong form."""
    defaults = asdict(Record())
    del defaults["unknown"]
    if not isinstance(values, dict):
        return None
    known = {name: value for name, value in values.items() if name in defaults}
    if any(type(value) is not type(defaults[name]) for name, value in known.items()):
        return None
    known = {name: max(value, 0) if type(value) is int else value for name, value in known.items()}
    return Record(**known, unknown={name: value for name, value in values.items() if name not in defaults})


def _mend(path, progress, unreadable):
    """Keep a copy of a file in which something cannot be read, and go on with the rest."""
    aside = _name_aside(path)
    shutil.copy2(path, aside)
    _write(path, progress)
    what = ", ".join(unreadable)
    progress.notes.append(f"Of {what} the progress file could not be understood. All of it is kept as {aside}.")
    return progress


def _keep_aside(path):
    aside = _name_aside(path)
    path.rename(aside)
    return f"The progress file could not be understood. It is kept as {aside}, and a new one begins."


def _name_aside(path):
    return path.with_name(f"{path.stem}.corrupt-{datetime.now():%Y%m%d-%H%M%S-%f}{path.suffix}")


def _write(path, progress):
    """Replace the file in one step: a crash leaves the old file or the new one, never half of one."""
    records = {key: asdict(record) for key, record in progress.exercises.items()}
    exercises = {key: record.pop("unknown") | record for key, record in records.items()}
    content = progress.unknown | {"format": FORMAT, "exercises": exercises, "predictions": progress.predictions}
    if progress.scores:
        content["scores"] = progress.scores
    temporary = path.with_name(f"{path.name}.new")  # ours alone while we hold the lock
    temporary.unlink(missing_ok=True)  # of a crash; or a link, which would be followed, or a pipe, which would wait
    with temporary.open("x", encoding="utf-8") as file:
        json.dump(content, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    os.replace(temporary, path)
