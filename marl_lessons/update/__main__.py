"""`python -m marl_lessons.update`: the course as it is handed out today, with all that a learner has written."""

import builtins
import re
import sys
from argparse import ArgumentParser, ArgumentTypeError, RawDescriptionHelpFormatter
from datetime import date
from pathlib import Path, PurePosixPath

import marl_lessons
from marl_lessons.browser import is_browser
from marl_lessons.update import UpdateError
from marl_lessons.update.clone import Clone, is_clone
from marl_lessons.update.handed_out import LESSON
from marl_lessons.update.placing import KEPT, carry_out
from marl_lessons.update.planning import make_plan
from marl_lessons.update.unpacked import Unpacked

DONE, FAILED, INTERRUPTED = 0, 2, 130
DESCRIPTION = """Bring the course up to date, and lose nothing that you have written. Save your notebooks first.

  python -m marl_lessons.update              everything as it is handed out today
  python -m marl_lessons.update --fresh 1    lesson 01 as it was handed out

A notebook that you changed, and that the update changes too, is kept beside the new one as
`01_games (mine, 2026-11-27).ipynb`. In a cell of a notebook write:

  %run -m marl_lessons.update
  %run -m marl_lessons.update -- --fresh 1"""
OPEN_NOTEBOOKS = (
    "Where one of these is open, JupyterLab still shows the old one: in its menu File, Reload Notebook from Disk. "
    "If it asks, Revert takes the new one, and Overwrite puts back what is open."
)
PROGRESS_STAYS = "Your progress stays as it is."
INSTALL = {  # what says which packages the course needs, and how to get them
    "pyproject.toml": "`make lab`, or `python -m pip install --editable .`",
    "environment.yml": "`conda env update --file environment.yml`",
    "requirements.txt": "`python -m pip install -r requirements.txt`",
}
IN_BROWSER = (
    "In the browser there is nothing to fetch: rename your notebook, and the one that is handed out today appears "
    "under the old name, beside yours."
)
FEW = 8  # files that are named one by one


def main(words=None, today=None):
    """Update, or hand out one lesson afresh, by what the command line says; returns the exit code."""
    options = read_arguments(words)
    today = today or date.today()
    try:
        origin = find_origin(find_course(Path.cwd()), options.archive)
        for line in refresh(origin, options.fresh, today) if options.fresh else update(origin, today):
            print(line)
    except UpdateError as error:
        print(error, file=sys.stderr)
        return FAILED
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        print(f"{where}{error.strerror}. Nothing is lost; once that is mended, run the command again.", file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        print("\nStopped. Nothing is lost; the same command goes on from here.", file=sys.stderr)
        return INTERRUPTED
    return DONE


def read_arguments(words=None):
    """Read the command line; a wrong one ends the program with a sentence."""
    parser = ArgumentParser(
        prog="python -m marl_lessons.update",
        description=DESCRIPTION,
        formatter_class=RawDescriptionHelpFormatter,
    )
    parser.add_argument("--fresh", type=_read_lesson, metavar="LESSON", help="a fresh copy of one lesson, such as 1")
    parser.add_argument(
        "--from",
        dest="archive",
        type=Path,
        metavar="ZIP",
        help="the new course, where yours came as a zip",
    )
    return parser.parse_args(words)


def find_course(start):
    """Return the folder of the course that `start` lies in, or else the one that the module came with."""
    if is_browser():
        raise UpdateError(IN_BROWSER)
    for folder in (start, *start.parents, Path(marl_lessons.__file__).resolve().parents[1]):
        if any(folder.glob(LESSON)) or all((folder / name).exists() for name in ("marl_lessons", "pyproject.toml")):
            return folder
    raise UpdateError("No course is here: go to the folder that holds notebooks/, and try again.")


def find_origin(course, archive):
    """Return where this course comes from: a Clone, or something Unpacked."""
    if not is_clone(course):
        return Unpacked(course, archive)
    if archive is not None:
        raise UpdateError(f"{course} is a clone, which knows where it comes from: leave out --from.")
    return Clone(course)


def update(origin, today):
    """Bring the whole course up to date; yields what there is to say, line by line, as soon as it is true."""
    given, coming = origin.read_both()
    plan = make_plan(origin.course, given, coming)
    kept = carry_out(origin.course, plan.steps, today)
    yield from tell_changes(plan, kept)
    yield from origin.settle(today, coming)
    yield from tell_what_is_left_to_do(origin.course.resolve(), {step.path for step in plan.steps})


def refresh(origin, lesson, today):
    """Put one lesson back as it was handed out; yields what there is to say, line by line."""
    given = origin.read_given()
    names = {path: PurePosixPath(path).stem for path in given if re.fullmatch(r"notebooks/[^/]*\.ipynb", path)}
    path = next((path for path, name in names.items() if lesson in (name, name.partition("_")[0])), None)
    if path is None:
        raise UpdateError(f"There is no lesson {lesson!r}; there are {', '.join(names.values())}.")
    plan = make_plan(origin.course, {}, {path: given[path]})
    kept = carry_out(origin.course, plan.steps, today)
    yield from [f"{path} is as it was handed out.", *_tell_kept(kept), PROGRESS_STAYS, OPEN_NOTEBOOKS]


def tell_changes(plan, kept):
    """Say what came, what was kept aside, and what of the learner's stayed in its place."""
    brought = [step.path for step in plan.steps if step.coming is not None]
    gone = [step.path for step in plan.steps if step.coming is None]
    lines = [f"New or changed: {_tell_paths(brought)}." if brought else "There is nothing new."]
    lines += [f"No longer part of the course, and taken away: {_tell_paths(gone)}."] if gone else []
    lines += _tell_kept(kept)
    lines += [f"Stays as you have it: {_tell_paths(plan.staying)}."] if plan.staying else []
    lines += [f"No longer part of the course; yours stays: {_tell_paths(plan.left)}."] if plan.left else []
    return lines


def tell_what_is_left_to_do(course, changed):
    """Say what an update cannot do itself: install, restart kernels, reload what is open."""
    lines = [f"The course may need other packages now: {INSTALL[name]}." for name in INSTALL if name in changed]
    if any(path.startswith("marl_lessons/") for path in changed):
        lines.append("The module changed: restart the kernels of open notebooks.")
        if not Path(marl_lessons.__file__).resolve().is_relative_to(course):
            lines.append(f"This Python has the module elsewhere, so install it anew: {INSTALL['pyproject.toml']}.")
    if any(path.startswith("notebooks/") for path in changed):
        lines += [PROGRESS_STAYS, OPEN_NOTEBOOKS]
    return lines


def _tell_kept(kept):
    notebooks = {path: name for path, name in kept.items() if path.endswith(".ipynb")}
    lines = [f"Yours is kept: {name} is what you had in {path}." for path, name in notebooks.items()]
    others = [name for path, name in kept.items() if path not in notebooks]
    return lines + ([f"Kept too, in the folder {KEPT}/: {_tell_paths(others)}."] if others else [])


def _tell_paths(paths):
    more = f" and {len(paths) - FEW} more" if len(paths) > FEW else ""
    return ", ".join(paths[:FEW]) + more


def _read_lesson(word):
    if re.fullmatch(r"\d{1,2}", word):
        return f"{int(word):02d}"
    if re.fullmatch(r"\w+(\.ipynb)?", word):
        return word.removesuffix(".ipynb")
    raise ArgumentTypeError(f"a lesson is told by its number, such as 1, or its name, such as 01_games; got {word!r}")


if __name__ == "__main__":
    code = main()
    if not hasattr(builtins, "__IPYTHON__"):  # a notebook would show a traceback below the sentence
        sys.exit(code)
