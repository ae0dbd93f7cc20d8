"""Expects a function to agree with its definition, and says where and why it does not."""

from marl_lessons.exercises.judging.code_reading import compares_by_identity
from marl_lessons.exercises.judging.comparison import TOLERANCE
from marl_lessons.exercises.judging.diagnosis import diagnose, name_unread, name_variables
from marl_lessons.exercises.judging.memory import diagnose_memory, name_kept
from marl_lessons.exercises.judging.mistakes import Mistake
from marl_lessons.exercises.judging.trials import find_simplest, take_expected, try_all

IDENTITY_NOTE = (
    "Your code compares with `is`, which asks whether two things are the same *object*; "
    "numbers, words and NumPy's True and False that are equal need not be. Use `==`, or a plain `if`."
)


def expect_agreement(
    answer, cases, definition, misconceptions=(), tolerance=TOLERANCE, adapt=take_expected, explain=lambda trial: ""
):
    """Expect `answer(*case)` to equal `definition(*case)` on every case, in kind, shape and numbers, at every call.

    adapt: where several results are right, `adapt(expected, result)` returns the one of them nearest to a result.
    explain: says of the case that is shown what its numbers mean.

    The cases are tried from the smallest to the largest. Where the answers are those of a known misconception on all
    of them, its message is given; else a mistake that recurs in all exercises is looked for. What follows is the
    smallest case that differs, to be pasted and tried.
    """
    trials = try_all(answer, cases, definition, tolerance, adapt)
    wrong = [trial for trial in trials if not trial.is_right]
    if not wrong:
        _expect_no_memory(answer, trials[0])
        return
    shown = find_simplest(wrong)
    case = [*_count(wrong, trials), _show_trial(answer, shown), explain(shown)]  # before the answer is asked anew
    diagnosis = (
        _note_identity(answer)
        or name_misconception(trials, misconceptions)
        or diagnose(answer, trials, shown, definition)
    )
    lines = [
        " ".join(filter(None, [diagnosis, _name_source(answer, diagnosis), name_kept(answer, diagnosis)])),
        *case,
    ]
    raise Mistake("\n".join(line for line in lines if line))


def name_misconception(trials, misconceptions):
    """Return the message of the misconception that gives all the results, or an empty string."""
    for misconception in misconceptions:
        if all(_fits(misconception, trial) for trial in trials):
            return misconception.message
    return ""


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


def _count(wrong, trials):
    """Two lines: in how many cases an answer is right, and what the block below them shows."""
    if len(trials) == 1:
        return "This was asked:", ""
    if len(wrong) == len(trials):
        return f"Wrong in all {len(trials)} cases tried.", "The smallest of them; work it out by hand:"
    return (
        f"Right in {len(trials) - len(wrong)} of {len(trials)} cases tried.",
        "The smallest of the others; work it out by hand:",
    )


def _show_trial(answer, trial):
    return answer.show_call(trial.case, expected=(trial.expected,), got=(trial.result,))


def _note_identity(answer):
    return IDENTITY_NOTE if compares_by_identity(answer.function) else ""
