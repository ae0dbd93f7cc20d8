"""Judges an answer: `evaluate` turns an answer into a `Report` and touches neither the screen nor the disk."""

import inspect
import linecache
import traceback
from dataclasses import dataclass, replace
from enum import Enum

import numpy as np

from marl_lessons.display import to_text
from marl_lessons.exercises.expect import Mistake, Submission, describe
from marl_lessons.exercises.limits import LimitReached, Limits
from marl_lessons.exercises.registry import find_exercise
from marl_lessons.exercises.sandbox import InputRefused, sandbox
from marl_lessons.exercises.specification import Exercise

LIMITS = Limits()  # for all the checks of one answer
ERROR_LIMIT = 400  # characters of an error that a card repeats


class Outcome(Enum):
    """How an answer was judged."""

    PASSED = "passed"
    INCORRECT = "incorrect"
    NOT_ATTEMPTED = "not attempted"
    ERROR = "error"


@dataclass(frozen=True)
class CheckResult:
    """One check's verdict: passed is True, False, or None where an earlier failure kept it from being reached."""

    name: str
    passed: bool | None
    message: str = ""


@dataclass(frozen=True)
class Report:
    """What became of one answer: the outcome, a sentence, the single checks and what the learner's code printed."""

    exercise: Exercise
    outcome: Outcome
    checks: tuple[CheckResult, ...] = ()
    message: str = ""
    printed: str = ""

    @property
    def text(self):
        """The report in words, one line a check and, where there are any, further lines indented below it."""
        parts = [to_text(self.message)] if self.message else []
        for check in self.checks:
            parts.append(state_check(check) + (f": {to_text(check.message)}" if check.message else ""))
        separator = "\n" if "\n" in self.printed else " "
        parts += [f"Your code printed:{separator}{self.printed}"] if self.printed else []
        title = f"Exercise {self.exercise.id}, {self.exercise.title}: {self.outcome.value.upper()}"
        return "\n".join([title, *("  " + part.replace("\n", "\n    ") for part in parts)])


MARKS = {True: "✓", False: "✗", None: "–"}  # passed, failed, not reached


def state_check(check):
    """Write a check's mark and statement; what a dash means, a screen reader does not say."""
    return f"{MARKS[check.passed]} {check.name}{' (not reached)' if check.passed is None else ''}"


def evaluate(exercise_id, answer):
    """Judge an answer to an exercise.

    Parameters: exercise_id, such as "1.2"; answer, the learner's function or value.
    Returns a `Report`. Raises ValueError where there is no such exercise; whatever the answer does is in the report.
    """
    exercise = find_exercise(exercise_id)
    if not exercise.asks_for_function:
        return _judge_value(exercise, answer)
    misfit = _find_misfit(exercise, answer)
    if misfit:
        return Report(exercise, Outcome.INCORRECT, message=misfit)
    submission = Submission(answer, exercise.reference)
    own_names = {exercise.reference.__name__: answer}
    return _run_checks(exercise, submission, getattr(answer, "__globals__", {}), own_names)


def _judge_value(exercise, answer):
    if answer is ...:
        return Report(exercise, Outcome.NOT_ATTEMPTED, message="Replace `...` by your answer and run the cell again.")
    if answer is None:
        return Report(exercise, Outcome.INCORRECT, message=NONE_NOTICE)
    return _run_checks(exercise, answer, {}, {})


def _find_misfit(exercise, answer):
    """Say why an answer cannot be called as the exercise calls it, or return an empty string."""
    name = exercise.reference.__name__
    if not callable(answer):
        return f"This exercise asks for the function `{name}`, got {describe(answer)}."
    if isinstance(answer, type) or getattr(answer, "__name__", name) != name:
        return f"This exercise asks for the function `{name}`; yours is called `{answer.__name__}`. Keep the name."
    expected = list(inspect.signature(exercise.reference).parameters)
    try:
        signature = inspect.signature(answer)
    except ValueError:  # some built-in functions tell no signature
        return ""
    if _takes(signature, expected):
        return ""
    return f"Keep the parameters `{name}({', '.join(expected)})`; yours are `{name}{signature}`."


def _takes(signature, expected):
    """Tell whether arguments can be passed in the expected order, and no two parameters were swapped."""
    try:
        signature.bind(*expected)
    except TypeError:
        return False
    names = list(signature.parameters)
    return names == expected or set(names) != set(expected)


def _run_checks(exercise, answer, namespace, own_names):
    """Run the checks in order and stop at the first failure of the first one, or at an error anywhere."""
    results, outcome, message = [], Outcome.PASSED, ""
    with_seed = [int(part) if part.isdigit() else ord(part) for part in exercise.id.split(".")]
    try:
        with sandbox(LIMITS, namespace, own_names) as printed:
            for check in exercise.checks:
                result = _run_check(check, answer, np.random.default_rng(with_seed))
                results.append(result)
                if result.passed is False:
                    outcome = Outcome.INCORRECT
                if results[0].passed is False:
                    break
    except NotImplementedError:
        return Report(exercise, Outcome.NOT_ATTEMPTED, message=STUB_NOTICE)
    except KeyboardInterrupt:  # the learner pressed stop
        raise
    except BaseException as error:
        outcome, message = Outcome.ERROR, _explain_error(error, namespace, answer)
    results += [CheckResult(check.name, None) for check in exercise.checks[len(results) :]]
    return Report(exercise, outcome, tuple(_say_once(results)), message, printed.text.strip())


def _say_once(results):
    """Shorten a message that repeats the one before it."""
    for before, result in zip([None, *results], results, strict=False):
        repeats = before is not None and result.message != "" and result.message == before.message
        yield replace(result, message="The same mistake.") if repeats else result


def _run_check(check, answer, rng):
    try:
        check.test(answer, rng)
    except Mistake as mistake:
        return CheckResult(check.name, False, str(mistake))
    return CheckResult(check.name, True)


def _explain_error(error, namespace, answer):
    """Say what stopped a learner's code, and at which of their own lines; no frame of ours is ever named."""
    line = _learner_line(error, namespace)
    if isinstance(error, LimitReached):
        what = str(error)
    elif isinstance(error, MemoryError):
        what = "Your code asked for too much memory (`MemoryError`): how many entries would that array or list have?"
    elif isinstance(error, InputRefused):
        what = "A check cannot answer `input()`; whatever your code needs to know comes in its arguments."
    elif isinstance(error, SystemExit):
        what = "Your code called `exit()`, which would end the notebook; use `return` to leave a function."
    elif isinstance(error, RecursionError):
        what = "Your function calls itself without end (`RecursionError`)."
    elif not line:
        return f"The answer could not be judged: `{_name_error(error)}`."
    else:
        what = f"Your code raised `{_name_error(error)}`."
    call = f" {answer.describe_call()}" if isinstance(answer, Submission) and isinstance(error, Exception) else ""
    return f"{what}{line}{call}{_find_remedy(error)}"


def _find_remedy(error):
    """Say what to do about an error, by its words where they tell more than its type."""
    told = (remedy for words, remedy in REMEDIES_BY_WORDS.items() if words in _name_error(error))
    return next(told, REMEDIES.get(type(error), ""))


def _name_error(error):
    """Write an error's type and message, as far as the message can be had and read."""
    try:
        return f"{type(error).__name__}: {error}"[:ERROR_LIMIT]
    except Exception:  # a learner's error may fail in its own str
        return type(error).__name__


NONE_NOTICE = "The result is `None`. `print`, for one, shows a value but gives none back: write the value itself."
STUB_NOTICE = (
    "Take out the line with `raise NotImplementedError`, write your code in its place, and run the cell again."
)
REMEDIES_BY_WORDS = {
    "truth value of an array": " `if`, `and` and `not` need one True or False, and this is an array of them. "
    "Ask for all at once with `.all()` or `np.allclose`, or decide entry by entry with `np.where`.",
    "core dimension": " `@` needs the last axis on its left to be as long as the first axis on its right.",
    "inhomogeneous": " The parts have different lengths. Is one of them from `np.where`? It gives a tuple: take `[0]`.",
}
REMEDIES = {
    NameError: " Is the name spelled as where it was defined, and was that cell run?",
    UnboundLocalError: " Give the name a value on every path before you use it.",
    IndexError: " Compare the index with the array's `.shape`.",
    np.exceptions.AxisError: " Axis 0 are the rows, axis 1 the columns.",
    np.linalg.LinAlgError: " The equations have no single solution: is the matrix the one that you meant?",
    TypeError: " Print the types of the things on that line.",
    ValueError: " Print the `.shape` of the arrays on that line, and ask which axes belong together.",
    AttributeError: " Print `type(...)` of the thing before the dot.",
    ZeroDivisionError: " Which case makes the divisor zero?",
}


def _learner_line(error, namespace):
    frames = [(frame, line) for frame, line in traceback.walk_tb(error.__traceback__) if frame.f_globals is namespace]
    if not frames:
        return ""
    frame, number = frames[-1]
    source = linecache.getline(frame.f_code.co_filename, number, frame.f_globals).strip()
    return f" It happened at line {number} of the cell" + (f": `{source}`." if source else ".")
