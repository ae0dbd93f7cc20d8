"""Decides what happens to each file: it compares what was handed out, what the learner has, and what comes."""

import json
from dataclasses import dataclass, field

from marl_lessons.update import UpdateError
from marl_lessons.update.handed_out import File


@dataclass(frozen=True)
class Step:
    """A file that the update brings, replaces or takes away."""

    path: str
    mine: bytes | None  # what the learner has, None where there is no such file
    coming: File | None  # what takes its place, None where the course has it no more
    is_kept: bool = False  # the learner's own is kept aside first


@dataclass
class Plan:
    """What an update does."""

    steps: list[Step] = field(default_factory=list)
    staying: list[str] = field(default_factory=list)  # edited, and the update does not change them
    left: list[str] = field(default_factory=list)  # edited, and no longer part of the course


def make_plan(course, given, coming):
    """Return the Plan that brings the folder `course` from what was handed out to what comes, both {path: File}.

    A file is the learner's own where it says something else than both of them. Where nobody knows what was handed out,
    `given` is empty. Raises UpdateError where a folder and a file stand in each other's way.
    """
    plan = Plan()
    for path in sorted(given.keys() | coming.keys()):
        mine, old, new = read_mine(course, path), given.get(path), coming.get(path)
        is_own = mine is not None and not any(is_same_work(path, mine, one.content) for one in (old, new) if one)
        if mine == (new.content if new else None):
            continue
        if new is None:
            _add_leaving(plan, Step(path, mine, None), is_own)
        elif mine is not None and old is not None and old.content == new.content:
            plan.staying += [path] if is_own else []
        else:
            plan.steps.append(Step(path, mine, new, is_own))
    return plan


def _add_leaving(plan, step, is_own):
    if is_own:
        plan.left.append(step.path)
    else:
        plan.steps.append(step)


def read_mine(course, path):
    """Return the bytes of the learner's file, or None where there is none."""
    place = course / path
    in_the_way = next((folder for folder in place.parents if folder.exists() and not folder.is_dir()), None)
    if in_the_way or place.is_dir():
        raise UpdateError(f"{in_the_way or place} stands where the course has {path}; give it another name, try again.")
    return place.read_bytes() if place.exists() else None


def is_same_work(path, one, other):
    """Tell whether two versions of a file hold the same work; the outputs of a notebook are nobody's work."""
    if one.replace(b"\r\n", b"\n") == other.replace(b"\r\n", b"\n"):
        return True
    return path.endswith(".ipynb") and read_work(one) is not None and read_work(one) == read_work(other)


def read_work(content):
    """Return what a person has written into a notebook, cell by cell, or None where it is no notebook.

    Outputs, counts and metadata come by running it, and so does the empty cell that JupyterLab adds at the end.
    """
    try:
        cells = [
            (cell["cell_type"], "".join(cell["source"]), cell.get("attachments") or {})
            for cell in json.loads(content)["cells"]
        ]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    return [cell for cell in cells if cell[1].strip()]
