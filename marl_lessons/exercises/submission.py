"""What a cell calls: judge an answer, keep the result, show the card, and hand back a function that works."""

from marl_lessons.display import Misuse, block_to_html, show, to_html, to_text
from marl_lessons.exercises import card, progress_file
from marl_lessons.exercises.calls import refuse_inside_answer
from marl_lessons.exercises.evaluation import Outcome, evaluate
from marl_lessons.exercises.judging.errors import say_again
from marl_lessons.exercises.registry import find_exercise
from marl_lessons.exercises.session import protect_names
from marl_lessons.notebook import Stopped, stoppable


@stoppable
def exercise(exercise_id):
    """Decorate the answer to an exercise: running the cell is the check.

        @exercise("1.2")
        def action_values(payoffs, partner_policy):
            ...

    The name then holds your function once it passes, and until then the course's reference, so that the rest of the
    notebook runs. Raises ValueError where there is no such exercise.
    """
    if callable(exercise_id):
        raise Misuse('Write the number of the exercise behind the name: @exercise("1.2").')
    specification = find_exercise(exercise_id)
    return lambda answer: _submit(specification, answer)


@stoppable
def check(exercise_id, answer):
    """Check a value, and return it once it passes, until then the course's reference.

        price = check("1.1", price)

    Raises ValueError where there is no such exercise.
    """
    return _submit(find_exercise(exercise_id), answer)


@stoppable
def hint(exercise_id):
    """Open the next hint of an exercise, in words: for a terminal, or where a card shows none."""
    refuse_inside_answer("hint")
    specification = find_exercise(exercise_id)
    record = card.open_hint(specification)
    _say(card.write_hints(specification, record))


@stoppable
def solution(exercise_id):
    """Show the solution of an exercise in words, once it is passed or has been tried often enough."""
    refuse_inside_answer("solution")
    specification = find_exercise(exercise_id)
    record = progress_file.read().record(specification)
    if not card.is_solution_unlocked(record):
        _say(f"The solution of exercise {specification.id} {card.write_solution_condition(record)}.")
        return
    show(specification.solution, block_to_html(specification.solution), is_code=True)
    _say(specification.explanation)


def _say(message):
    show(to_text(message), to_html(message))


def _submit(specification, answer):
    came_to = "was stopped before it was judged"
    try:
        protect_names(exercise=exercise, check=check, hint=hint, solution=solution)
        refuse_inside_answer("exercise" if specification.asks_for_function else "check")
        report = evaluate(specification.id, answer)
        came_to = f"was judged ({report.outcome.value}), and stopped before its card appeared"
        progress = progress_file.change(lambda progress: _enter(report, progress.record(specification)))
        card.show_card(report, progress)
    except KeyboardInterrupt:
        raise Stopped(f"Exercise {specification.id} {came_to}. {say_again().capitalize()}.") from None
    return answer if report.outcome is Outcome.PASSED else specification.reference


def _enter(report, record):
    """Write a report into the record of its exercise; a pass is kept for good."""
    record.outcome, record.text = report.outcome.value, report.text
    if report.outcome is not Outcome.NOT_ATTEMPTED:
        record.attempts += 1
    record.passed |= report.outcome is Outcome.PASSED
