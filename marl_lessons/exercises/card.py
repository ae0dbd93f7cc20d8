"""The card that appears below an exercise: a report to read, and buttons for hints and the solution.

The report is plain HTML, so that a saved notebook keeps it; the buttons live as long as the kernel, and are made anew
from the progress file when the cell runs again.
"""

from marl_lessons.display import is_in_kernel, show, to_html
from marl_lessons.exercises import progress_file
from marl_lessons.exercises.evaluation import MARKS, Outcome
from marl_lessons.exercises.registry import load_lesson

ATTEMPTS_BEFORE_SOLUTION = 3
COLORS = {  # of the Okabe-Ito palette; the word beside it says the same
    Outcome.PASSED: "#009E73",
    Outcome.INCORRECT: "#D55E00",
    Outcome.NOT_ATTEMPTED: "#0072B2",
    Outcome.ERROR: "#CC79A7",
}
BOX_STYLE = "border-left:5px solid {color};padding:4px 0 4px 12px;max-width:52em"
FALLBACK_NOTICE = "Until it passes, the notebook goes on with the course's own solution."
TAKEOVER_NOTICE = "From here on, the lesson runs on your code."


def show_card(report, progress):
    """Show a report with the lesson's progress, then the buttons."""
    record = progress.record(report.exercise)
    notices = [write_notice(report, record), *progress.notes]
    show(write_card_text(report, record, progress, notices), write_card_html(report, progress, notices))
    if is_in_kernel():
        _show_controls(report.exercise, record)


def write_notice(report, record):
    """Say whose code the notebook uses from here on, and that an earlier pass still counts."""
    if report.outcome is Outcome.PASSED:
        return TAKEOVER_NOTICE if report.exercise.asks_for_function else ""
    earlier = " You have passed this exercise before, and that still counts." if record.passed else ""
    return FALLBACK_NOTICE + earlier


def write_card_text(report, record, progress, notices):
    """The card in words: the report, the notices, how to get help without buttons, and the lesson's progress."""
    number, levels = report.exercise.id, len(report.exercise.hints)
    lines = [report.text, *(f"  {notice}" for notice in notices if notice)]
    if report.outcome is not Outcome.PASSED:
        lines.append(f'  Hints: {record.hints} of {levels} open; hint("{number}") opens one more.')
    lines.append(f'  Solution: solution("{number}") {write_solution_condition(record)}.')
    return "\n".join([*lines, f"  {write_lesson_progress(report.exercise, progress)}"])


def write_card_html(report, progress, notices):
    """The card as HTML, in the colors of the reader's theme."""
    rows = "".join(_write_check_row(check) for check in report.checks)
    color = COLORS[report.outcome]
    parts = [
        f'<div style="font-weight:600"><span style="color:{color}">{report.outcome.value.upper()}</span> '
        f"&nbsp;Exercise {report.exercise.id} · {to_html(report.exercise.title)}</div>",
        f"<div>{to_html(report.message)}</div>" if report.message else "",
        f'<div style="margin:4px 0">{rows}</div>' if rows else "",
        f"<div>Your code printed: <code>{to_html(report.printed)}</code></div>" if report.printed else "",
        *(f'<div style="opacity:.8"><em>{to_html(notice)}</em></div>' for notice in notices if notice),
        _write_progress_bar(report.exercise, progress),
    ]
    return f'<div style="{BOX_STYLE.format(color=color)}">{"".join(parts)}</div>'


def write_lesson_progress(exercise, progress):
    """Count the lesson's passed exercises: "Lesson 01: 2 of 6 exercises passed"."""
    lesson = load_lesson(exercise.lesson)
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
    """The hints opened so far, in words."""
    total = len(exercise.hints)
    return "\n".join(f"Hint {level} of {total}: {text}" for level, text in enumerate(exercise.hints[: record.hints], 1))


def is_solution_unlocked(record):
    """Tell whether the solution may be shown: after a pass, or after three attempts."""
    return record.passed or record.attempts >= ATTEMPTS_BEFORE_SOLUTION


def write_solution_condition(record):
    """Say when the solution opens."""
    if is_solution_unlocked(record):
        return "is open"
    return f"opens after {ATTEMPTS_BEFORE_SOLUTION} attempts ({record.attempts} so far)"


def write_solution(exercise, record):
    """The solution and why it is right, in words, or when it opens."""
    if not is_solution_unlocked(record):
        return f"The solution of exercise {exercise.id} {write_solution_condition(record)}."
    return f"{exercise.solution.rstrip()}\n\n{exercise.explanation}"


def _write_check_row(check):
    color = {True: COLORS[Outcome.PASSED], False: COLORS[Outcome.INCORRECT], None: "inherit"}[check.passed]
    message = f'<div style="margin-left:1.6em">{to_html(check.message)}</div>' if check.message else ""
    mark = f'<span style="color:{color};display:inline-block;width:1.6em;font-weight:700">{MARKS[check.passed]}</span>'
    return f"<div>{mark}{to_html(check.name)}{message}</div>"


def _write_progress_bar(exercise, progress):
    passed, total = count_passed(load_lesson(exercise.lesson), progress)
    return (
        f'<div style="margin-top:6px;font-size:90%"><progress value="{passed}" max="{total}" '
        f'style="width:9em;vertical-align:middle"></progress> {write_lesson_progress(exercise, progress)}</div>'
    )


def _show_controls(exercise, record):
    """Show the Hint and Show solution buttons, in the state that the record says."""
    import ipywidgets as widgets

    hint_button = widgets.Button(icon="lightbulb-o")
    solution_button = widgets.Button(description="Show solution", icon="key")
    hints, shown_solution = widgets.HTML(), widgets.HTML()

    def refresh(record):
        done = record.hints >= len(exercise.hints)
        hint_button.description = "All hints are open" if done else f"Hint {record.hints + 1} of {len(exercise.hints)}"
        hint_button.disabled = done
        solution_button.disabled = not is_solution_unlocked(record)
        solution_button.tooltip = write_solution_condition(record)
        hints.value = to_html(write_hints(exercise, record))

    def on_solution(_):
        code, explanation = to_html(exercise.solution), to_html(exercise.explanation)
        shown_solution.value = f"<pre>{code}</pre>{explanation}"

    hint_button.on_click(lambda _: refresh(open_hint(exercise)))
    solution_button.on_click(on_solution)
    refresh(record)
    box = widgets.VBox([widgets.HBox([hint_button, solution_button]), hints, shown_solution])
    show("", widget=box)
