"""The whole way from a folder of notebooks to grades, as the command line asks for it."""

import re
import secrets
from pathlib import Path

from marl_lessons.exercises.registry import load_lesson
from marl_lessons.gradebook.batch import judge_all
from marl_lessons.gradebook.collecting import MOST_NOTEBOOKS, FolderError, clean, collect
from marl_lessons.gradebook.files import write_text
from marl_lessons.gradebook.records import Records, describe, find_lesson, has_failed
from marl_lessons.gradebook.reports import pages, summary, tables
from marl_lessons.gradebook.reports.grades import grade_students
from marl_lessons.gradebook.roster import match, read_roster

SEEDS = 2**31


class SeedError(ValueError):
    """There is no seed that can be used, in a sentence with the remedy."""


def grade(options, find_judge):
    """Collect, judge what is not judged yet, and write the grades; returns whether every notebook could be judged.

    Parameters: options, of the command line; find_judge, a function of a seed that returns the judge, a function of a
    path. It is asked only where there is something to judge.
    """
    lesson = load_lesson(options.lesson)
    check_out(options.out, options.submissions, lesson)
    submissions = collect(options.submissions, lesson)
    check_lesson(submissions, options.submissions, lesson)
    ask_whether_student(submissions)
    students = match(submissions, read_roster(options.roster) if options.roster else None)
    seed = settle_seed(options.out, options.seed, options.part)
    records = Records(options.submissions, options.out, describe(lesson, seed), options.jail == "trust")
    files = {file: submission.student for submission in submissions for file in submission.files}
    files = choose_part(files, options.part)
    works = records.find_open(files, options.again)
    if works:
        records.open()
        preload = [f"{__package__}.judging.judge", f"marl_lessons.checks.lesson_{lesson.number:02d}"]
        judge_all(works, find_judge(seed), options.workers, preload=preload)
    found = {file: records.read_any(file, student) for file, student in files.items()}
    failed = [file for file, record in found.items() if has_failed(record)]
    total = summary.write_count(len(files), "notebook")
    print(f"{total}: {len(works)} judged now, {len(files) - len(works)} before, {len(failed)} failed.")
    if failed:
        print("What failed has no points yet, and its flag says why; the same command judges it again.")
    if options.part is None:
        write_grades(options, lesson, grade_students(students, found, lesson))
    else:
        print("Once all parts are judged, the same command without --part writes the grades.")
    return not failed


def check_out(out, submissions, lesson):
    """Raise FolderError where the grades would lie among the submissions, or over those of another lesson."""
    if out.exists() and not out.is_dir():
        raise FolderError(f"{clean(out)} is a file; name a folder with --out.")
    if out.resolve().is_relative_to(submissions.resolve()):
        raise FolderError("The grades would lie among the submissions; name another folder with --out.")
    other = find_lesson(out)
    if other not in (None, lesson.number):
        raise FolderError(f"{clean(out)} holds the grades of lesson {other:02d}; name another folder with --out.")


def check_lesson(submissions, folder, lesson):
    """Raise FolderError where all that was handed in belongs to other lessons."""
    others = [name for submission in submissions for name in submission.others]
    if others and not any(submission.files for submission in submissions):
        found = f"{clean(folder)} holds no notebook with an exercise of lesson {lesson.number:02d}"
        raise FolderError(f"{found}, but others, such as {clean(others[0])}; is --lesson right?")


def ask_whether_student(submissions):
    """Say whose folder may be a class: many an archive unpacks into one more folder."""
    for submission in submissions:
        is_alone = len(submissions) == 1 and len(submission.files) > 1
        if is_alone or len(submission.files) == MOST_NOTEBOOKS:
            who = f"{submission.student} counts as one student, with {len(submission.files)} notebooks of this lesson"
            print(f"{who}; if that folder holds a class, name it instead.")


def settle_seed(out, seed, part):
    """Return the seed that is given, else the one that was kept, else a new one; it is kept for the next run."""
    place = Path(out, "seed.txt")
    kept = _read_seed(place) if place.exists() else None
    if seed is None and kept is None and part is not None:
        raise SeedError("Each part needs the same seed: add --seed and a number that only you know.")
    is_drawn = seed is None and kept is None
    seed = secrets.randbelow(SEEDS) if is_drawn else kept if seed is None else seed
    if seed != kept:
        write_text(place, f"{seed}\n")
    if is_drawn:
        print(f"Seed {seed}, kept in {clean(place)}.")
    return seed


def _read_seed(place):
    text = place.read_text("utf-8", errors="replace").strip()
    if not re.fullmatch("[0-9]{1,18}", text):
        raise SeedError(f"{clean(place)} must hold a whole number from 0 up and no more; correct it or take it away.")
    return int(text)


def choose_part(files, part):
    """Choose the K-th of N parts of {file: student}: every N-th one in the order of their names; None means all."""
    first, step = (part[0] - 1, part[1]) if part else (0, 1)
    return {file: files[file] for file in sorted(files)[first::step]}


def write_grades(options, lesson, grades):
    """Write the tables, a page for each student, and the summary."""
    out = options.out
    tables.write_grades(out / "grades.csv", grades, lesson, options.late_penalty, bool(options.roster))
    tables.write_nbgrader(out / "nbgrader.csv", grades, lesson, options.late_penalty)
    for one in grades:
        write_text(out / pages.locate(one), pages.write_page(one, lesson, options.late_penalty))
    write_text(out / "summary.html", summary.write_summary(grades, lesson, options.late_penalty))
    pages.remove_others(out, grades, lesson)
    needy = sum(bool(one.flags) for one in grades)
    mean = sum(one.points for one in grades) / len(grades)
    who = f"{summary.write_count(len(grades), 'student')}, {sum(bool(one.records) for one in grades)} with a notebook"
    look = f"{needy} {'needs' if needy == 1 else 'need'} a look"
    print(f"{who}: {mean:.1f} of {len(lesson.exercises)} points on average; {look}.")
    print(f"Begin with {clean(out / 'summary.html')}; the points stand in {clean(out / 'grades.csv')}.")
