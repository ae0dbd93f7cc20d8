"""Judges an answer: `evaluate` turns an answer into a `Report` and touches neither the screen nor the disk."""

from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

import numpy as np

from marl_lessons.browser import is_browser
from marl_lessons.display import to_text
from marl_lessons.exercises.calls import refuse_inside_answer
from marl_lessons.exercises.judging.calling import Submission, find_misfit
from marl_lessons.exercises.judging.code_reading import is_plain
from marl_lessons.exercises.judging.diagnosis import name_unread
from marl_lessons.exercises.judging.errors import is_stub, locate_error, name_error, name_type, say_again
from marl_lessons.exercises.judging.memory import name_kept
from marl_lessons.exercises.judging.mistakes import Mistake
from marl_lessons.exercises.judging.remedies import find_remedy
from marl_lessons.exercises.limits import LimitReached, Limits
from marl_lessons.exercises.registry import find_exercise
from marl_lessons.exercises.sandbox import InputRefused, sandbox
from marl_lessons.exercises.specification import Exercise

# For all the checks of one answer. A browser is slower, and its seconds may be those of another page.
LIMITS = Limits(processor=20.0) if is_browser() else Limits()


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
        colon = "" if self.exercise.title.endswith("?") else ":"
        title = f"Exercise {self.exercise.id}, {self.exercise.title}{colon} {self.outcome.value.upper()}"
        return "\n".join([title, *("  " + part.replace("\n", "\n    ") for part in parts)])


MARKS = {True: "✓", False: "✗", None: "–"}  # passed, failed, not reached


def state_check(check):
    """Write a check's mark and statement; what a dash means, a screen reader does not say."""
    return f"{MARKS[check.passed]} {check.name}{' (not reached)' if check.passed is None else ''}"


def evaluate(exercise_id, answer, seed=0):
    """Judge an answer to an exercise.

    Parameters: exercise_id, such as "1.2"; answer, the learner's function or value; seed, of the random inputs: the
    same seed gives the same report.
    Returns a `Report`. Raises ValueError where there is no such exercise; whatever the answer does is in the report.
    """
    refuse_inside_answer("evaluate")
    exercise = find_exercise(exercise_id)
    if not exercise.asks_for_function:
        return _judge_value(exercise, answer, seed)
    submission = Submission(answer, exercise.reference, exercise.by_keyword, exercise.domain, exercise.returns_new)
    look = _look(exercise, submission)
    if look.error is not None:  # an object's own methods may fail, or never end
        return _report_error(Report(exercise, Outcome.ERROR), look.error)
    misfit, _ = look.result
    if misfit:
        return Report(exercise, Outcome.INCORRECT, message=misfit)
    return _judge(exercise, submission, seed, submission)


def _look(exercise, submission):
    """Say whether an answer can be called at all; a plain `def` is looked at without a sandbox, since no code runs."""
    answer = submission.function
    if is_plain(answer):
        return _Run((find_misfit(exercise, answer), submission.namespace), "")
    return _run_in_sandbox(lambda: (find_misfit(exercise, answer), submission.namespace))


def _judge_value(exercise, answer, seed):
    if answer is ...:
        return Report(exercise, Outcome.NOT_ATTEMPTED, message=f"Replace `...` by your answer and {say_again()}.")
    if answer is None:
        return Report(exercise, Outcome.INCORRECT, message=NONE_NOTICE)
    return _judge(exercise, answer, seed)


def _judge(exercise, answer, seed, submission=None):
    """Run the checks on an answer and sum up what they found; submission: the answer, where it is a function."""
    results = []
    run = _run_in_sandbox(lambda: _run_checks(exercise, answer, seed, results), submission)
    results += [CheckResult(check.name, None) for check in exercise.checks[len(results) :]]
    report = Report(exercise, Outcome.PASSED, tuple(_shorten(results)), printed=run.printed)
    if run.error is not None:
        return _report_error(report, run.error, submission)
    if any(result.passed is False for result in results):
        return replace(report, outcome=Outcome.INCORRECT)
    return report


def _report_error(report, error, submission=None):
    """Say in a report which error ended the checks, in a sandbox again: its name and its message may fail as well."""
    look = _run_in_sandbox(lambda: _explain_error(error, submission))
    message = look.result or f"Your code raised `{name_type(error)}`, and nothing more of it could be read."
    if message == STUB_NOTICE:
        return Report(report.exercise, Outcome.NOT_ATTEMPTED, message=f"{message}, and {say_again()}.")
    return replace(report, outcome=Outcome.ERROR, message=message)


@dataclass(frozen=True)
class _Run:
    """What came of code that was run: its result, what it printed, and the error that ended it."""

    result: Any
    printed: str
    error: BaseException | None = None


def _run_in_sandbox(work, submission=None):
    """Run what may call a learner's code, where that can do no harm."""
    namespace = submission.namespace if submission else {}
    own_names = {submission.name: submission.function} if submission else {}
    printed = None
    try:
        with sandbox(LIMITS, namespace, own_names) as (printed, inside), inside:
            result = work()
    except KeyboardInterrupt:  # the learner pressed stop
        raise
    except BaseException as error:
        return _Run(None, _read_printed(printed), error)
    return _Run(result, _read_printed(printed))


def _read_printed(printed):
    return printed.text.strip() if printed else ""


def _run_checks(exercise, answer, seed, results):
    """Append a result for each check, as far as they are reached: after the first one fails, the others are not."""
    with_seed = [seed, *(int(part) if part.isdigit() else ord(part) for part in exercise.id.split("."))]
    for check in exercise.checks:
        has_failed = any(result.passed is False for result in results)
        results.append(_run_check(check, answer, np.random.default_rng(with_seed), has_failed))
        if results[0].passed is False:
            return


def _run_check(check, answer, rng, has_failed):
    """Run one check; after another one has failed, an error is no more than one more failure."""
    try:
        check.test(answer, rng)
    except Mistake as mistake:
        return CheckResult(check.name, False, str(mistake))
    except Exception as error:
        if not has_failed:
            raise
        return CheckResult(check.name, False, f"Here your code raised `{name_error(error)}`.")
    return CheckResult(check.name, True)


def _shorten(results):
    """Show one block: where several checks fail, those after the first keep their sentence, once."""
    said = []
    for result in results:
        sentence = result.message.partition("\n")[0]
        if said and result.message:
            result = replace(result, message="The same mistake." if sentence in said else sentence)
        said += [sentence] if sentence else []
        yield result


def _explain_error(error, submission):
    """Say what stopped a learner's code, and at which of their own lines; no frame of ours is ever named."""
    if submission and is_stub(error, submission):
        return STUB_NOTICE
    where = locate_error(error, submission)
    if isinstance(error, LimitReached):
        what = str(error)
    elif isinstance(error, MemoryError):
        what = "Your code asked for too much memory (`MemoryError`): how many entries would that array or list have?"
    elif isinstance(error, InputRefused):
        what = "A check cannot answer `input()`; whatever your code needs to know comes in its arguments."
    elif isinstance(error, SystemExit):
        what = "Your code called `exit()`, which would end the notebook; use `return` to leave a function."
    elif isinstance(error, RecursionError):
        what = "Your function calls itself too often (`RecursionError`): without end, or once for each of many entries."
    elif not where:
        what = f"The answer could not be judged: `{name_error(error)}`."
    else:
        what = f"Your code raised `{name_error(error)}`."
    call = _show_call(submission) if isinstance(error, Exception) else ""
    return f"{what}{where}{find_remedy(error, submission)}{call}"


def _show_call(submission):
    """Say with what the check called a function, which of its parameters it ignores, and what it keeps."""
    if not submission or not submission.calls:
        return ""
    habits = "".join(f" {habit}" for habit in (name_unread(submission), name_kept(submission)) if habit)
    return f"{habits}\nThe check called it so:\n{submission.show_call()}"


NONE_NOTICE = "The result is `None`. `print`, for one, shows a value but gives none back: write the value itself."
STUB_NOTICE = "Take out the line with `raise NotImplementedError`, write your code in its place"
