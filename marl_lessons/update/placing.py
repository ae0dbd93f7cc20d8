"""Puts the files in their places. Whatever stops it, a power cut too, each of the learner's files is still somewhere.

First the learner's own are copied aside, then everything new is written beside its place, and only then do the new
files move in, one at a time and each in a single step of the file system. The same command goes on from anywhere.
"""

import contextlib
import itertools
import os
from pathlib import PurePosixPath

from marl_lessons.update import UpdateError
from marl_lessons.update.planning import read_mine

KEPT = "kept"  # the folder for what is no notebook


def carry_out(course, steps, today):
    """Do what the steps say; returns {path: path of the learner's own, kept aside}.

    Where it raises, what was written beside the files is cleared away. The copies are too, if no file has tried to move
    yet: some file systems report a failure of what they have done.
    """
    waiting, copies, kept = [], [], {}
    try:
        for step in steps:
            if step.is_kept:
                kept[step.path] = _keep_aside(course, step, today, copies)
        for step in steps:
            if step.coming is not None:
                waiting.append(_name_waiting(course / step.path))
                write_safely(waiting[-1], step.coming.content, step.coming.is_program)
        copies.clear()  # they stay from here on
        for step in steps:
            _move_in(course, step)
    except (OSError, UpdateError):
        for path in waiting + copies:
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)
        raise
    return kept


def _keep_aside(course, step, today, copies):
    """Copy the learner's file to a name that is free, or that holds the same already, from an earlier try."""
    for name in suggest_names(step.path, today):
        there = read_mine(course, name)
        if there is None:
            waiting = _name_waiting(course / name)
            copies += [waiting, course / name]
            write_safely(waiting, step.mine)
            os.replace(waiting, course / name)
        if there in (None, step.mine):
            return name
    raise AssertionError("names never end")


def suggest_names(path, today):
    """Yield names for the learner's own: a notebook's beside the new one, another file's in a folder of its own."""
    path = PurePosixPath(path)
    for count in itertools.count(1):
        when = f"{today:%Y-%m-%d}" + (f", {count}" if count > 1 else "")
        if path.suffix == ".ipynb":
            yield str(path.with_name(f"{path.stem} (mine, {when}){path.suffix}"))
        else:
            yield str(PurePosixPath(KEPT, when, path))


def write_safely(path, content, is_program=False):
    """Write a file, and return once it is on the disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    if is_program:
        path.chmod(path.stat().st_mode | 0o111)


def _name_waiting(place):
    return place.with_name(f".{place.name}.new")


def _move_in(course, step):
    """Let the new file take its place, unless the learner's has changed since the plan was made."""
    place = course / step.path
    if read_mine(course, step.path) != step.mine:
        raise UpdateError(f"{step.path} was saved while the update ran; close it, then run the same command again.")
    if step.coming is None:
        place.unlink()
    else:
        os.replace(_name_waiting(place), place)
