"""Expects a function to agree with its definition, and says where and why it does not."""

from dataclasses import dataclass

from marl_lessons.exercises.judging.code_reading import compares_by_identity
from marl_lessons.exercises.judging.comparison import TOLERANCE
from marl_lessons.exercises.judging.diagnosis import diagnose, name_unread, name_variables
from marl_lessons.exercises.judging.errors import name_error
from marl_lessons.exercises.judging.memory import diagnose_memory, name_kept
from marl_lessons.exercises.judging.mistakes import Mistake
from marl_lessons.exercises.judging.trials import find_simplest, order_cases, take_expected, try_all

IDENTITY_NOTE = (
    "Your code compares with `is`, which asks whether two things are the same *object*; "
    "numbers, words and NumPy's True and False that are equal need not be. Use `==`, or a plain `if`."
)


def expect_agreement(
    answer,
    cases,
    definition,
    misconceptions=(),
    tolerance=TOLERANCE,
    adapt=take_expected,
    explain=lambda trial: "",
    evidence=tuple,
):
    """Expect `answer(*case)` to equal `definition(*case)` on every case, in kind, shape and numbers, at every call.

    adapt: where several results are right, `adapt(expected, result)` returns the one of them nearest to a result.
    explain: says of the case that is shown what its numbers mean.
    evidence: a function that draws further cases. They are tried where an answer is wrong, for the sake of what is said
    of it: on the cases of one check alone, two mistakes may look alike.

    The cases are tried from the smallest to the largest. Where the answers are those of a known misconception on all
    of them, its message is given; else a mistake that recurs in all exercises is looked for. What follows is the
    smallest case that differs, to be pasted and tried.
    """
    trials = try_all(answer, cases, definition, tolerance, adapt)
    wrong = [trial for trial in trials if not trial.is_right]
    if not wrong:
        _expect_no_memory(answer, trials[0])
        answer.expect_new_arrays()
        return
    shown, stop = find_simplest(wrong), _find_stop(answer, cases, trials)
    case = _show_trial(answer, shown), explain(shown)  # before the answer is asked anew
    seen = trials + _try_more(answer, evidence(), definition, tolerance, adapt)
    known = name_misconception(seen, misconceptions, stop)
    diagnosis = _note_identity(answer) or known or diagnose(answer, seen, shown, definition)
    lines = [
        " ".join(filter(None, [diagnosis, _name_source(answer, diagnosis), name_kept(answer, diagnosis)])),
        *_count(wrong, trials, None if known and _is_arithmetic(stop) else stop, diagnosis),
        *case,
    ]
    raise Mistake("\n".join(line for line in lines if line))


def name_misconception(trials, misconceptions, stop=None):
    """Return the message of the misconception that gives all the results, or an empty string.

    Where two misconceptions give them and say different things, neither is claimed. stop: see `_find_stop`.
    """
    fitting = {
        misconception.message
        for misconception in misconceptions
        if all(_fits(misconception, trial) for trial in trials) and _stops_too(misconception, stop)
    }
    return fitting.pop() if len(fitting) == 1 else ""


@dataclass(frozen=True)
class Stop:
    """Where an error ended the trials: the case, and the error."""

    case: tuple
    error: Exception


def _find_stop(answer, cases, trials):
    """Return the `Stop` at which an error ended the trials, or None where all the cases were tried."""
    if len(trials) == len(cases):
        return None
    case = order_cases(cases)[len(trials)]
    try:
        answer(*case)
    except Exception as error:
        return Stop(case, error)
    return None  # another call, another outcome: what a function keeps is looked for elsewhere


def _is_arithmetic(stop):
    """Tell whether it is a number that ended the trials, as where a wrong formula divides by zero."""
    return stop is not None and isinstance(stop.error, ArithmeticError)


def _stops_too(misconception, stop):
    """Tell whether somebody with a misconception meets an error where the answer did."""
    if stop is None:
        return True
    try:
        misconception.function(*stop.case)
    except Exception:
        return True
    return False


def _try_more(answer, cases, definition, tolerance, adapt):
    """Return the trials of further cases; an error in one of them is told where it is asked for."""
    try:
        return try_all(answer, cases, definition, tolerance, adapt)
    except Exception:
        return []


def _name_source(answer, said):
    """Say which parameter an answer ignores while it reads variables of the notebook, unless it is said already."""
    unread = name_unread(answer) if name_variables(answer) else ""
    return "" if unread in said else unread


def _fits(misconception, trial):
    try:
        known = trial.case.ask(misconception.function)
        return trial.are_same(trial.result, trial.adapt(known, trial.result))
    except Exception:  # the wrong idea does not work here, where the answer did
        return False


def _expect_no_memory(answer, first):
    """Ask the first question once more: an answer that keeps something between calls gives itself away."""
    again = answer(*first.case)
    if not first.accepts(again):
        message = diagnose_memory(answer, first.result, again)
        raise Mistake(message + "\n" + answer.show_call(first.case, expected=(first.expected,), got=(again,)))


def _count(wrong, trials, stop, diagnosis):
    """Two lines: in how many cases an answer is right, and what the block below them shows, and what it is for."""
    advice = "work it out by hand" + ("" if diagnosis else ", and print the parts of your code until one differs")
    stopped = f" Then your code raised `{name_error(stop.error)}`." if stop else ""
    if len(trials) == 1:
        return (f"Wrong in the first case.{stopped} This was asked:" if stop else "This was asked:"), ""
    if len(wrong) == len(trials):
        return f"Wrong in all {len(trials)} cases tried.{stopped}", f"The smallest of them; {advice}:"
    return (
        f"Right in {len(trials) - len(wrong)} of {len(trials)} cases tried.{stopped}",
        f"The smallest of the others; {advice}:",
    )


def _show_trial(answer, trial):
    return answer.show_call(trial.case, expected=(trial.expected,), got=(trial.result,))


def _note_identity(answer):
    return IDENTITY_NOTE if compares_by_identity(answer.function) else ""
