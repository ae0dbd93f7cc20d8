"""What the tests of the lessons share."""

import ast

import jupytext
import numpy as np

from marl_lessons.exercises.registry import find_exercise, find_prediction
from tools.build_notebooks import read_lesson


def solve(number, *arguments):
    """Call the course's own solution of an exercise."""
    return find_exercise(number).reference(*arguments)


def read_text(lesson):
    """Return the text of a lesson, without its code, in one line."""
    cells = jupytext.reads(read_lesson(lesson), fmt="py:percent").cells
    return " ".join(" ".join(cell.source for cell in cells if cell.cell_type == "markdown").split())


def read_code(lesson):
    """Return the source of a lesson, text included, in one line."""
    return " ".join(read_lesson(lesson).split())


def listen_to(lesson):
    """Return `says`, which says whether the text of the lesson has all the phrases that it is given."""
    text = read_text(lesson)
    return lambda *phrases: all(phrase in text for phrase in phrases)


def answered(prediction_id):
    """Return the text of the option that comes true."""
    prediction = find_prediction(prediction_id)
    return prediction.options[prediction.answer].text


def standard_error(samples):
    """Return the standard error of the mean of samples (R,)."""
    return samples.std(ddof=1) / np.sqrt(len(samples))


def take_from_lesson(lesson, *names, **other_globals):
    """Return functions or classes of a lesson's source, with what it imports and defines; name its other globals.

    Constants, such as `STEPS = 30_000`, are known to them too.
    """
    kinds = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.ClassDef)
    parts = [part for part in ast.parse(read_lesson(lesson)).body if isinstance(part, kinds) or _is_constant(part)]
    for part in parts:
        part.decorator_list = []  # an exercise would be judged and show its card
    namespace = {}
    exec(compile(ast.Module(parts, []), lesson, "exec"), namespace)
    namespace |= other_globals
    return [namespace[name] for name in names]


def _is_constant(part):
    return isinstance(part, ast.Assign) and isinstance(part.targets[0], ast.Name) and part.targets[0].id.isupper()
