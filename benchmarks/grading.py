"""What grading takes: a class whose answers are drawn from the bank, graded by the command, in processor seconds."""

import json
import os
import random
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import mean

from marl_lessons.costs import Meter
from marl_lessons.exercises.registry import find_exercise, load_lesson
from tests.bank.bank import Cell, load_answers, write_cell
from tools.build_notebooks import ROOT

LESSONS = (1, 6, 12)
STUDENTS = 20  # of each lesson; `python -m benchmarks.grading 200` takes more
PROMISED_HOURS = 6  # of a processor, for 10,000 notebooks
SHARES = (0.2, 0.5, 0.3)  # of exercises left as they are, answered rightly, answered wrongly


def make_class(lesson_number, students, folder, seed=0):
    """Write the notebooks of a class: each exercise of a lesson untouched, or with an answer of the bank."""
    draw, bank = random.Random(seed), load_answers()
    untouched = next(Path(ROOT, "notebooks").glob(f"{lesson_number:02d}_*.ipynb")).read_text("utf-8")
    for student in range(students):
        notebook = json.loads(untouched)
        for exercise in load_lesson(lesson_number).exercises:
            kind = draw.choices(("untouched", "right", "wrong"), SHARES)[0]
            if kind != "untouched":
                _answer(notebook, exercise.id, draw.choice(list(getattr(bank[exercise.id], kind))))
        Path(folder, f"student_{student:05d}.ipynb").write_text(json.dumps(notebook), "utf-8")


def _answer(notebook, exercise_id, text):
    """Put an answer of the bank into the cell of an exercise."""
    exercise = find_exercise(exercise_id)
    cell = next(cell for cell in notebook["cells"] if re.search(rf'(exercise|check)\("{exercise_id}"', _read(cell)))
    source = write_cell(exercise, text)
    if not exercise.asks_for_function:
        source += f'\ncheck("{exercise_id}", answer)'
    elif not isinstance(text, Cell):
        source = f'@exercise("{exercise_id}")\n{source}'
    elif f'exercise("{exercise_id}")' not in text:
        source += f'\nexercise("{exercise_id}")({exercise.reference.__name__})'
    cell["source"] = source


def _read(cell):
    return "".join(cell["source"]) if cell["cell_type"] == "code" else ""


def grade_class(lesson_number, students):
    """Grade a class by the command; returns processor seconds a notebook, megabytes of all processes, and seconds."""
    with tempfile.TemporaryDirectory() as folder:
        submissions, out = Path(folder, "submissions"), Path(folder, "grades")
        submissions.mkdir()
        make_class(lesson_number, students, submissions)
        command = [sys.executable, "-m", "marl_lessons.gradebook", submissions, "--lesson", lesson_number, "--out", out]
        before = measure_children()
        with Meter() as meter:  # for the memory: what ends between two looks, it does not count
            subprocess.run([*map(str, command), "--seed", "1"], check=True, capture_output=True)
        records = [json.loads(path.read_text("utf-8")) for path in Path(out, "records").glob("*.json")]
    judging = sum(record["seconds"]["processor"] for record in records)
    return (judging + measure_children() - before) / students, meter.peak_memory / 1e6, meter.seconds


def measure_children():
    """Return the processor seconds of the processes that this one started and waited for."""
    times = os.times()
    return times.children_user + times.children_system


def print_grading(students=STUDENTS):
    """Print a row for each lesson, and what 10,000 notebooks would take."""
    print(f"\nGrading {students} notebooks of a lesson, with answers of the bank")
    print(f"{'':12}{'processor s each':>18}{'MB in all':>12}{'seconds':>10}{'hours for 10,000':>20}")
    hours = []
    for lesson_number in LESSONS:
        processor, largest, seconds = grade_class(lesson_number, students)
        hours.append(processor * 10_000 / 3_600)
        print(f"lesson {lesson_number:02d}   {processor:18.2f}{largest:12.0f}{seconds:10.0f}{hours[-1]:20.1f}")
    verdict = "✓" if mean(hours) <= PROMISED_HOURS else "✗ MISSED"
    print(f"  on average {mean(hours):.1f} processor hours (promised: at most {PROMISED_HOURS}) {verdict}")


if __name__ == "__main__":
    print_grading(*map(int, sys.argv[1:]))
