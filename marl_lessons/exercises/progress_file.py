"""Keeps what a learner has done in one JSON file. A problem with the file costs a note, never an exception."""

import json
import os
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime
from pathlib import Path

VARIABLE = "MARL_LESSONS_PROGRESS"  # environment variable that names another file
FORMAT = 1
LOCK_TIMEOUT = 3.0  # seconds to wait for another notebook


@dataclass
class Record:
    """What is known of one exercise, under one version of its checks."""

    passed: bool = False  # stays true once it is true
    attempts: int = 0
    hints: int = 0  # levels opened
    outcome: str = ""  # of the last answer
    text: str = ""  # the last report, in words


@dataclass
class Progress:
    """Everything that is known of a learner, and notes about the file itself, to be shown with it."""

    exercises: dict[str, Record] = field(default_factory=dict)  # by Exercise.key
    predictions: dict[str, str] = field(default_factory=dict)  # by Prediction.key: the chosen option
    notes: list[str] = field(default_factory=list)

    def record(self, exercise):
        """Return the `Record` of an exercise, a new one where there is none."""
        return self.exercises.setdefault(exercise.key, Record())


_pending = {}  # path -> edits of this kernel that could not be written yet


def locate():
    """Return the path of the progress file: the variable's, or one in the user's data directory."""
    if os.environ.get(VARIABLE):
        return Path(os.path.expanduser(os.environ[VARIABLE]))  # Path's own raises where there is no such user
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
    edits = _pending.get(path, [])
    try:
        with _lock(path):
            progress = _apply(edits, _load(path))
            if edits:
                _write(path, progress)
    except OSError as error:
        progress = _apply(edits, _load_or_start(path))
        progress.notes.append(
            f"Your progress could not be saved in {path} ({error.strerror or error}). It counts until this notebook's "
            f"kernel stops. Free the file, or set the environment variable {VARIABLE} to a path that you can write."
        )
    else:
        _pending.pop(path, None)
    return progress


def _lock(path):
    import filelock

    path.parent.mkdir(parents=True, exist_ok=True)
    return filelock.FileLock(f"{path}.lock", timeout=LOCK_TIMEOUT)


def _apply(edits, progress):
    for edit in edits:
        edit(progress)
    return progress


def _load(path):
    """Read the file; a corrupt one is kept aside. Raises OSError where it cannot be read or is not ours to change."""
    if not path.exists():
        return Progress()
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        made_by = content["format"]
        if made_by == FORMAT:
            return _parse(content)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return Progress(notes=[_keep_aside(path)])
    raise OSError(f"it has format {made_by!r} of another version of the course")


def _load_or_start(path):
    try:
        return _load(path)
    except OSError:
        return Progress()


def _parse(content):
    """Turn the file's content into a Progress; raises where a part has the wrong form."""
    progress = Progress()
    for key, values in content["exercises"].items():
        known = {name.name: values[name.name] for name in fields(Record) if name.name in values}
        if any(type(value) is not type(getattr(Record, name)) for name, value in known.items()):
            raise ValueError(f"the record of {key} has the wrong types")
        progress.exercises[key] = Record(**known)
    progress.predictions.update({key: str(choice) for key, choice in content["predictions"].items()})
    return progress


def _keep_aside(path):
    aside = path.with_name(f"{path.stem}.corrupt-{datetime.now():%Y%m%d-%H%M%S-%f}{path.suffix}")
    path.rename(aside)
    return f"The progress file could not be understood. It is kept as {aside}, and a new one begins."


def _write(path, progress):
    """Replace the file in one step: a crash leaves the old file or the new one, never half of one."""
    content = {"format": FORMAT, "exercises": {key: asdict(record) for key, record in progress.exercises.items()}}
    content["predictions"] = progress.predictions
    temporary = path.with_name(f"{path.name}.new")  # ours alone while we hold the lock
    with temporary.open("w", encoding="utf-8") as file:
        json.dump(content, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    os.replace(temporary, path)
