"""`python -m marl_lessons.gradebook`: from a folder of notebooks to grades."""

import functools
import os
import re
import sys
from argparse import ArgumentParser, ArgumentTypeError, RawDescriptionHelpFormatter
from pathlib import Path

from marl_lessons.display import Misuse
from marl_lessons.gradebook.collecting import FolderError
from marl_lessons.gradebook.grading import SeedError, grade
from marl_lessons.gradebook.jails.finding import NAMES, JailMissing, find_jail
from marl_lessons.gradebook.roster import RosterError

GRADED, INCOMPLETE, MISUSED, NO_JAIL, INTERRUPTED = 0, 1, 2, 3, 130
DESCRIPTION = """Grade the notebooks of a class on one lesson. Their code runs in a jail; the judge stays outside.

  python -m marl_lessons.gradebook submissions --lesson 1 --out grades

A run that was interrupted goes on where it stopped. grades/ then holds grades.csv, nbgrader.csv, summary.html for you,
a page for each student in students/, and what was found out about each notebook in records/."""
ENDING = """exit codes: 0 graded; 1 some notebooks could not be judged, run it again; 2 it was called as it cannot be;
3 no jail was found; 130 interrupted"""


def main(words=None, find_judge=None):
    """Grade by what the command line says, or the words given instead; returns the exit code.

    find_judge: a function of options and a seed that returns what judges a notebook; the course's own by default.
    """
    options = read_arguments(words)
    try:
        is_complete = grade(options, functools.partial(find_judge or find_own_judge, options))
    except (FolderError, RosterError, SeedError, Misuse) as error:
        print(error, file=sys.stderr)
        return MISUSED
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        print(f"{where}{error.strerror}; once that is mended, the same command goes on from here.", file=sys.stderr)
        return MISUSED
    except JailMissing as error:
        print(error, file=sys.stderr)
        return NO_JAIL
    except KeyboardInterrupt:
        print("\nStopped; the same command goes on from here.", file=sys.stderr)
        return INTERRUPTED
    return GRADED if is_complete else INCOMPLETE


def find_own_judge(options, seed):
    """Return the judge of the course, with a jail; raises JailMissing where this machine has none."""
    from marl_lessons.gradebook.judging.judge import judge_notebook

    jail = find_jail(options.jail, hidden=(options.submissions, options.out))
    return functools.partial(
        judge_notebook, lesson_number=options.lesson, seed=seed, jail=jail, seconds=options.seconds
    )


def read_arguments(words=None):
    """Read the command line; a wrong one ends the program with a sentence."""
    parser = ArgumentParser(
        prog="python -m marl_lessons.gradebook",
        description=DESCRIPTION,
        epilog=ENDING,
        formatter_class=RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add("submissions", type=Path, metavar="SUBMISSIONS", help="the folder that holds a notebook or folder per student")
    add("--lesson", type=_read_lesson, required=True, metavar="N", help="the number of the lesson, such as 1")
    add("--out", type=Path, default=Path("grades"), metavar="FOLDER", help="where the grades go (default: grades)")
    add("--seed", type=_read_seed, metavar="S", help="of the random inputs, yours alone (default: drawn, and kept)")
    add("-j", dest="workers", type=_read_workers, default=_count_cores(), metavar="N", help="notebooks at a time")
    add("--roster", type=Path, metavar="CSV", help="columns student and, if you like, name, email, late_days")
    add("--late-penalty", type=_read_share, default=0.0, metavar="SHARE", help="lost for each late day, such as 0.1")
    add(
        "--seconds", type=_read_seconds, default=60, metavar="S", help="of a processor, for one statement (default: 60)"
    )
    add("--again", action="store_true", help="judge anew what is judged already")
    add("--part", type=_read_part, metavar="K/N", help="judge the K-th of N parts and write its records only")
    add = parser.add_mutually_exclusive_group().add_argument
    add("--jail", choices=NAMES, help="which jail their code runs in (default: the first that works here)")
    add("--trust", dest="jail", action="store_const", const="trust", help="no jail: their code may do what you may")
    options = parser.parse_args(words)
    if options.late_penalty and not options.roster:
        parser.error("--late-penalty takes the late days from a roster; name one with --roster")
    return options


def _read_lesson(word):
    return _read_number(word, 0, "a lesson is told by its number, such as 1")


def _read_seed(word):
    return _read_number(word, 0, "a seed is a whole number from 0 up")


def _read_workers(word):
    return _read_number(word, 1, "at least one notebook at a time")


def _read_seconds(word):
    return _read_number(word, 1, "a statement needs a second")


def _read_number(word, smallest, expected):
    if not re.fullmatch("[0-9]{1,18}", word) or int(word) < smallest:
        raise ArgumentTypeError(f"{expected}, got {word!r}")
    return int(word)


def _read_share(word):
    try:
        share = float(word)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise ArgumentTypeError(f"a share lies in 0 … 1, got {word!r}")
    return share


def _read_part(word):
    found = re.fullmatch("([0-9]{1,6})/([0-9]{1,6})", word)
    if not found or not 1 <= int(found[1]) <= int(found[2]):
        raise ArgumentTypeError(f"a part is written K/N with K in 1 … N, such as 2/8, got {word!r}")
    return int(found[1]), int(found[2])


def _count_cores():
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


if __name__ == "__main__":
    sys.exit(main())
