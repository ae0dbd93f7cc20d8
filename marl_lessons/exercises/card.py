"""The card that appears below an exercise: a report to read, with the hints and the solution in it to be opened.

It is plain HTML without a widget, so it says the same live, in a saved notebook and in an exported page: what opens is
native to every browser and needs no kernel.
"""

from marl_lessons.display import block_to_html, show, to_html
from marl_lessons.exercises import progress_file
from marl_lessons.exercises.evaluation import Outcome, state_check
from marl_lessons.exercises.registry import load_lesson

ATTEMPTS_BEFORE_SOLUTION = 3
ASKED_AGAIN = "You passed this exercise in an earlier version of the course. It has changed since, and is asked again."
COLORS = {  # the Okabe-Ito palette, darker, so that white words on it can be read; the word itself says the same
    Outcome.PASSED: "#00664B",
    Outcome.INCORRECT: "#A34700",
    Outcome.NOT_ATTEMPTED: "#005C91",
    Outcome.ERROR: "#8F3D6B",
}
BADGE_COLOR = "#FFFFFF"


def show_card(report, progress):
    """Show a report with the lesson's progress and the help that is open to this learner."""
    record = progress.record(report.exercise)
    asked_again = ASKED_AGAIN if progress.is_asked_again(report.exercise) else ""
    notices = [notice for notice in (write_notice(report, record), asked_again, *progress.notes) if notice]
    show(write_card_text(report, record, progress, notices), write_card_html(report, record, progress, notices))


def write_notice(report, record):
    """Say whose answer the notebook uses from here on, and that an earlier pass still counts."""
    exercise = report.exercise
    subject = f"`{exercise.reference.__name__}`" if exercise.asks_for_function else "the value"
    if report.outcome is Outcome.PASSED:
        return f"From here on, {subject} is your own function." if exercise.asks_for_function else ""
    earlier = " You have passed this exercise before, and that still counts." if record.passed else ""
    return f"Until it passes, {subject} in this notebook is the course's own.{earlier}"


def write_card_text(report, record, progress, notices):
    """The card in words: the report, the notices, how to get help at a prompt, and the lesson's progress."""
    number, levels = report.exercise.id, len(report.exercise.hints)
    lines = [report.text, *(f"  {notice}" for notice in notices)]
    if report.outcome is not Outcome.PASSED:
        is_open = min(record.hints, levels)  # another version of the lesson may have had more
        more = "opens one more" if is_open < levels else "shows them"
        lines.append(f'  Hints: {is_open} of {levels} open; hint("{number}") {more}.')
    lines.append(f'  Solution: solution("{number}") {write_solution_condition(record)}.')
    return "\n".join([*lines, f"  {write_lesson_progress(report.exercise, progress)}"])


def write_card_html(report, record, progress, notices):
    """The card as HTML, in the colors of the reader's theme."""
    exercise = report.exercise
    parts = [
        f"<div>{write_badge(report.outcome)} <strong>Exercise {exercise.id} · {to_html(exercise.title)}</strong></div>",
        *write_findings(report),
        *(f"<div><em>{to_html(notice)}</em></div>" for notice in notices),
        "" if report.outcome is Outcome.PASSED else _write_hints_html(exercise, record),
        _write_solution_html(exercise, record),
        write_progress_bar(write_lesson_progress(exercise, progress), *count_passed(_lesson_of(exercise), progress)),
    ]
    return write_box(COLORS[report.outcome], parts)


def write_findings(report):
    """Write what a report says of an answer as parts in HTML: its sentence, each check, and what the code printed."""
    message = [f"<div>{to_html(report.message)}</div>"] if report.message else []
    printed = [f"<div>Your code printed:{block_to_html(report.printed)}</div>"] if report.printed else []
    return [*message, *map(_write_check_html, report.checks), *printed]


def write_box(color, parts):
    """Write a box with a colored edge around parts in HTML."""
    inside = "".join(part for part in parts if part)
    return f'<div style="border-left:5px solid {color};padding:4px 0 4px 12px;max-width:52em">{inside}</div>'


def write_badge(outcome):
    """Write an outcome as a word on a ground of its own, which reads the same in light and dark themes."""
    style = f"background-color:{COLORS[outcome]};color:{BADGE_COLOR};padding:1px 8px;border-radius:3px;font-weight:600"
    return f'<span style="{style}">{outcome.value.upper()}</span>'


def write_progress_bar(label, passed, total):
    """Write a progress bar; the label in words belongs to it, also for a screen reader."""
    bar = f'<progress value="{passed}" max="{total}" style="width:9em;vertical-align:middle"></progress>'
    return f"<div><label>{bar} {to_html(label)}</label></div>"


def write_lesson_progress(exercise, progress):
    """Count the lesson's passed exercises: "Lesson 01: 2 of 6 exercises passed"."""
    lesson = _lesson_of(exercise)
    passed, total = count_passed(lesson, progress)
    return f"Lesson {lesson.number:02d}: {passed} of {total} exercises passed"


def count_passed(lesson, progress):
    """Return how many exercises of a lesson are passed, and how many it has."""
    return sum(progress.record(exercise).passed for exercise in lesson.exercises), len(lesson.exercises)


def open_hint(exercise):
    """Open the next level of hints for good, and return the exercise's record."""

    def edit(progress):
        record = progress.record(exercise)
        record.hints = min(record.hints + 1, len(exercise.hints))

    return progress_file.change(edit).record(exercise)


def write_hints(exercise, record):
    """The hints opened so far, a line each."""
    total = len(exercise.hints)
    return "\n".join(f"Hint {level} of {total}. {text}" for level, text in enumerate(exercise.hints[: record.hints], 1))


def is_solution_unlocked(record):
    """Tell whether the solution may be shown: after a pass, or after three attempts."""
    return record.passed or record.attempts >= ATTEMPTS_BEFORE_SOLUTION


def write_solution_condition(record):
    """Say when the solution opens."""
    if is_solution_unlocked(record):
        return "is open"
    return f"opens after {ATTEMPTS_BEFORE_SOLUTION} attempts ({record.attempts} so far)"


def write_disclosure(summary, inside, is_open=False):
    """Write what a click, Enter or Space opens. It needs no kernel."""
    return f"<details{' open' if is_open else ''}><summary>{summary}</summary>{inside}</details>"


def _write_check_html(check):
    message = f'<div style="margin-left:1.6em">{to_html(check.message)}</div>' if check.message else ""
    return f"<div>{to_html(state_check(check))}{message}</div>"


def _write_hints_html(exercise, record):
    """Nest the hints, so that each shows only the next; those opened before in words are open."""
    html, total = "", len(exercise.hints)
    for level, text in reversed([*enumerate(exercise.hints, 1)]):
        inside = f'<div style="margin-left:1em">{to_html(text)}{html}</div>'
        html = write_disclosure(f"Hint {level} of {total}", inside, is_open=level <= record.hints)
    return html


def _write_solution_html(exercise, record):
    if not is_solution_unlocked(record):
        return f"<div>The solution {write_solution_condition(record)}.</div>"
    inside = block_to_html(exercise.solution) + f"<div>{to_html(exercise.explanation)}</div>"
    return write_disclosure("Solution", inside)


def _lesson_of(exercise):
    return load_lesson(exercise.lesson)
