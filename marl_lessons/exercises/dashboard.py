"""The dashboard: what is passed, tried and still ahead, lesson by lesson, and the learner's own scores."""

from marl_lessons.display import show, to_html
from marl_lessons.exercises import progress_file
from marl_lessons.exercises.calls import refuse_inside_answer
from marl_lessons.exercises.card import count_passed, write_progress_bar
from marl_lessons.exercises.kept_scores import write_boards
from marl_lessons.exercises.registry import load_lessons
from marl_lessons.notebook import stoppable

LIST_STYLE = "list-style-type:none;padding-left:1em;margin:4px 0 12px"  # each row begins with a mark of its own


@stoppable
def progress():
    """Show your progress in every lesson of the course, your own scores, and where both are kept."""
    refuse_inside_answer("progress")
    known = progress_file.read()
    lessons = load_lessons()
    below = [*write_boards(known), *known.notes, f"Kept in {progress_file.locate()}"]
    text = [line for lesson in lessons for line in _write_lesson(lesson, known)]
    show("\n".join([*text, *below]), _write_html(lessons, known, below))


def _write_lesson(lesson, known):
    passed, total = count_passed(lesson, known)
    yield f"Lesson {lesson.number:02d} {lesson.title}: {passed} of {total} exercises passed"
    for exercise in lesson.exercises:
        mark, state = _find_state(known.record(exercise))
        again = "; passed in an earlier version, and asked again" if known.is_asked_again(exercise) else ""
        yield f"  {mark} {exercise.id} {exercise.title} ({state}{again})"


def _find_state(record):
    if record.passed:
        return "✓", "passed"
    return ("✗", f"not passed yet, attempts: {record.attempts}") if record.attempts else ("–", "not attempted yet")


def _write_html(lessons, known, below):
    parts = []
    for lesson in lessons:
        heading, *rows = _write_lesson(lesson, known)
        items = "".join(f"<li>{to_html(row.strip())}</li>" for row in rows)
        parts.append(
            write_progress_bar(heading, *count_passed(lesson, known)) + f'<ul style="{LIST_STYLE}">{items}</ul>'
        )
    notes = "".join(f"<div><em>{to_html(note)}</em></div>" for note in below)
    return "".join(parts) + notes
