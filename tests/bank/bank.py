"""Right and wrong answers to the exercises, and what the checks make of them.

Each exercise has a file that holds `ANSWERS`, in the folder of its lesson. A wrong answer comes with a phrase that its
report must contain, and where another mistake looks alike, with phrases that it must not contain:

    ANSWERS = {
        "0.1": Answers(
            right=["return rewards.mean(axis=1)", …],
            wrong={
                "return rewards.mean(axis=0)": "You averaged over the runs",
                "return 2 * rewards.mean(axis=1)": Told("always 2 times the right one", never=("divided by 2",)),
            },
        ),
    }

An answer is written as the body of the exercise's function, or as an expression where the exercise asks for a value.
Where a learner would change more than that, it is a whole `Cell`, and the last name in it is the answer. All of them
may use `np`; a cell may begin its answer with `@exercise("0.1")`, as a learner does.

Each answer is judged under several seeds: what only the luck of one seed would catch is not caught.
"""

import builtins
import importlib
import inspect
import itertools
import linecache
import random
import textwrap
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from marl_lessons.exercises.evaluation import MARKS, Outcome, evaluate
from marl_lessons.exercises.registry import find_exercise

SEEDS = (0, 1, 2)
_cell_numbers = itertools.count(1)


class Cell(str):
    """The text of a whole cell."""


@dataclass(frozen=True)
class Told:
    """What the report on a wrong answer must contain, and what it must never say, because it is not so here."""

    phrase: str
    never: tuple[str, ...]


@dataclass(frozen=True)
class Answers:
    """The answers to one exercise: right ones written differently, and wrong ones with what their report must tell."""

    right: list[str]
    wrong: dict[str, str | Told]


def load_answers():
    """Returns the `Answers` of every lesson's bank, by exercise id."""
    here = Path(__file__).parent
    files = sorted([*here.glob("lesson_*.py"), *here.glob("lesson_*/*.py")])
    names = [".".join(path.relative_to(here).with_suffix("").parts) for path in files]
    banks = [importlib.import_module(f"{__package__}.{name}").ANSWERS for name in names]
    return {exercise_id: answers for bank in banks for exercise_id, answers in bank.items()}


def judge(exercise_id, text, seed=0):
    """Returns the `Report` on an answer that is given as text."""
    random.seed(seed)  # for answers that draw their numbers from there, so that a test never hangs on chance
    np.random.seed(seed)  # noqa: NPY002
    return evaluate(exercise_id, run_cell(write_cell(find_exercise(exercise_id), text)), seed)


@cache
def judge_under_seeds(exercise_id, text):
    """Returns the `Report` on an answer under each of the `SEEDS`, judged once in a session."""
    return [judge(exercise_id, text, seed) for seed in SEEDS]


def write_cell(exercise, text):
    """Returns the cell in which a learner would write this answer."""
    if isinstance(text, Cell):
        return textwrap.dedent(text)
    text = textwrap.dedent(text).strip()
    if not exercise.asks_for_function:
        return f"answer = {text}"
    head = f"def {exercise.reference.__name__}{inspect.signature(exercise.reference)}:\n"
    return head + textwrap.indent(text, "    ")


def run_cell(source, namespace=None):
    """Runs a cell as a notebook would, so that a traceback finds its lines, and returns the last thing it defines."""
    file_name = f"<cell {next(_cell_numbers)}>"
    linecache.cache[file_name] = (len(source), None, source.splitlines(keepends=True), file_name)
    namespace = {"np": np, "exercise": lambda number: lambda answer: answer} if namespace is None else namespace
    namespace["__builtins__"] = builtins
    exec(compile(source, file_name, "exec"), namespace)
    return list(namespace.values())[-1]


def is_killed(report):
    """Tells whether a report turns an answer down."""
    return report.outcome in (Outcome.INCORRECT, Outcome.ERROR)


def write_kill_matrix(exercise_id, answers):
    """Returns one exercise's table: a row for each wrong answer, a column for each check, ✗ where it fails."""
    exercise = find_exercise(exercise_id)
    reports = {text: judge_under_seeds(exercise_id, text)[0] for text in answers.wrong}
    passed = sum(judge_under_seeds(exercise_id, text)[0].outcome is Outcome.PASSED for text in answers.right)
    killed = sum(map(is_killed, reports.values()))
    lines = [
        f"Exercise {exercise_id}, {exercise.title}",
        f"{passed} of {len(answers.right)} right answers pass, {killed} of {len(reports)} wrong ones are killed",
        "  run  runs to its end, with the parameters that are asked for",
        *(f"  {number:>3}  {check.name}" for number, check in enumerate(exercise.checks, 1)),
        "  run" + "".join(f"{number:>4}" for number in range(1, len(exercise.checks) + 1)),
        *(_write_row(exercise, text, report) for text, report in reports.items()),
    ]
    return "\n".join(lines)


def _write_row(exercise, text, report):
    verdicts = [check.passed for check in report.checks] or [None] * len(exercise.checks)
    runs = not (report.message and is_killed(report))
    marks = "".join(f"{MARKS[verdict]:>4}" for verdict in verdicts)
    code = "; ".join(line.strip() for line in text.strip().splitlines())
    return f"  {MARKS[runs]:>3}{marks}  {textwrap.shorten(code, 70, placeholder=' …')}"
