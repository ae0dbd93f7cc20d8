"""Writes the page that a student reads: what was found in each answer. It needs neither JavaScript nor a network."""

import html
import unicodedata

from marl_lessons.display import to_html
from marl_lessons.exercises import Outcome, Report
from marl_lessons.exercises.card import COLORS, write_badge, write_box, write_findings
from marl_lessons.exercises.evaluation import CheckResult
from marl_lessons.exercises.registry import find_exercise
from marl_lessons.gradebook.files import name_file
from marl_lessons.gradebook.records import MISSING

UNANSWERED = "No answer was written here."
ABOUT = """Cells are the code cells of your notebook, counted from the top: the first one is cell 1. Your code was run
anew, so a name is known only if a cell of the notebook defines it."""
# Nothing may run or be loaded, whatever a name or a message holds; both are escaped besides.
POLICY = "default-src 'none'; style-src 'unsafe-inline'"
STYLE = """
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 58rem; margin: 0 auto; padding: 1rem; overflow-wrap: anywhere; }
h1, h2, h3 { line-height: 1.25; }
h2 { font-size: 1.15rem; margin: 1.6rem 0 0.4rem; }
section { margin: 1.4rem 0; }
section h2 { margin: 0 0 0.4rem; }
code, pre { font-size: 0.95em; overflow-wrap: break-word; }
table { border-collapse: collapse; width: 100%; margin: 0.5rem 0 1rem; }
caption { text-align: left; padding: 0.3rem 0; }
th, td { text-align: left; vertical-align: top; padding: 0.3rem 0.8rem 0.3rem 0; border-bottom: 1px solid #8886; }
th { font-weight: 600; min-width: 5rem; }
tbody th { min-width: 7.5rem; }
.number { text-align: right; width: 5.5rem; white-space: nowrap; font-variant-numeric: tabular-nums; }
.bar { display: flex; gap: 2px; height: 0.7rem; margin: 0.4rem 0; }
.bar span, .square, h2 span { print-color-adjust: exact; }
.square { display: inline-block; width: 0.7em; height: 0.7em; margin-right: 0.3em; }
.word { white-space: nowrap; margin-right: 0.9em; }
@media print { pre { white-space: pre-wrap !important; } section { break-inside: avoid; } }
"""


def locate(grade):
    """Return where the page of a student lies in the folder of the grades."""
    return f"students/{name_file(grade.student.student)}.html"


def write_page(grade, lesson, late_penalty=0.0):
    """Write the page of one student as HTML: points, then each exercise with its checks."""
    student = grade.student
    title = _title(lesson)
    parts = [
        f"<h1>{to_html(title)}</h1>",
        f"<p><strong>{html.escape(student.name or student.student)}</strong>: {write_points(grade, late_penalty)}</p>",
        *(f"<p>{to_html(note)}</p>" for note in grade.notes),
        *(_write_exercise(entry, len(grade.records) > 1) for entry in grade.exercises),
        f"<p><small>{ABOUT}</small></p>" if grade.records else "",
    ]
    return write_document(f"{title}: {student.name or student.student}", "\n".join(parts))


def remove_others(out, grades, lesson):
    """Remove the pages of this lesson that nobody has any more: a roster may call a student by another name."""
    current = {locate(grade) for grade in grades}
    title = html.escape(_title(lesson))
    for path in (out / "students").glob("*.html"):
        if path.relative_to(out).as_posix() in current or not path.is_file():
            continue
        if f"<title>{title}: " in path.read_text("utf-8", errors="replace"):  # else somebody put it there
            path.unlink()


def write_points(grade, late_penalty=0.0):
    """Say how many exercises passed, and what lateness takes."""
    words = f"{grade.points} of {len(grade.exercises)} exercises passed"
    late = grade.student.late_days
    if not late:
        return f"{words}."
    score = f", which leaves {grade.score(late_penalty):g} points" if late_penalty else ""
    return f"{words}; {late:g} {'day' if late == 1 else 'days'} late{score}."


def write_document(title, body):
    """Write a whole HTML page around its body."""
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{html.escape(title)}</title>
<style>{STYLE}</style>
</head>
<body>
<main>
{body}
</main>
</body>
</html>
"""


def _title(lesson):
    return f"Lesson {lesson.number:02d}, {lesson.title}"


def _write_exercise(entry, has_several):
    report = read_report(entry)
    place = [f"Cell {entry['cell']}"] if entry["cell"] else []
    place += [entry["file"]] if has_several and entry["file"] else []
    parts = [
        f"<h2>{write_badge(report.outcome)} {to_html(f'{report.exercise.id} {report.exercise.title}')}</h2>",
        *write_findings(report),
        f"<div><small>{html.escape(', '.join(place))}</small></div>" if place else "",
    ]
    return f"<section>{write_box(COLORS[report.outcome], parts)}</section>"


def read_report(entry):
    """Turn what a record says of an exercise into a `Report` again; what is missing was not attempted.

    Where nothing was attempted, the card says what to do and to run the cell again; it is too late for that here.
    """
    exercise, message, printed = find_exercise(entry["id"]), _show(entry["message"]), _show(entry["printed"])
    if entry["outcome"] == MISSING:
        return Report(exercise, Outcome.NOT_ATTEMPTED, message=message)
    outcome = Outcome(entry["outcome"])
    if outcome is Outcome.NOT_ATTEMPTED:
        return Report(exercise, outcome, message=UNANSWERED, printed=printed)
    checks = tuple(CheckResult(check["name"], check["passed"], _show(check["message"])) for check in entry["checks"])
    return Report(exercise, outcome, checks, message, printed)


def _show(text):
    """Put a mark for each character that is not seen, such as one that turns the direction of what follows."""
    return "".join("\ufffd" if unicodedata.category(one)[0] == "C" and one not in "\n\t" else one for one in text)
