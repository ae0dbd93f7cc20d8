"""Judges one notebook: what its answers need runs in a jail, and what `evaluate` says of them becomes a record."""

import time

from marl_lessons.exercises import Outcome
from marl_lessons.exercises.registry import load_lesson
from marl_lessons.gradebook.code import slicing
from marl_lessons.gradebook.code.notebooks import NotebookError, read_notebook
from marl_lessons.gradebook.code.tampering import find_borrowed, find_tampering
from marl_lessons.gradebook.judging.sitting import STATEMENT_SECONDS, TOTAL, WALL_TOTAL, Sitting
from marl_lessons.gradebook.records import BEST_FIRST, MISSING, describe, hash_file

LIVES, LIVES_ALONE = 12, 2  # processes that the answers of a notebook may use up together, and then each alone
SHORT = 10  # seconds of a statement; below, what a process takes to start counts for more
MOST_PROBLEMS = 10  # cells that do not compile, in the notes
USED_UP = "The notebook used up its time before all of its answers were judged."


def judge_notebook(path, lesson_number, seed, jail, seconds=STATEMENT_SECONDS):
    """Judge the answers of a notebook to the exercises of one lesson.

    Parameters: path, of the notebook; lesson_number; seed, of the random inputs, an integer from 0 up; jail, a `Jail`
    in which the student's code runs; seconds, of a processor, that one statement of theirs may take.
    Returns a record, a dictionary that can be written as JSON. Whatever stands in the notebook is in the record;
    raises OSError where the file cannot be read, and ValueError where the course has no such lesson.
    """
    started, computed = time.monotonic(), time.process_time()
    lesson = load_lesson(lesson_number)
    record = describe(lesson, seed) | {"sha256": hash_file(path), "jail": jail.name}
    case = Case(lesson, seed, jail, seconds)
    try:
        case.judge(read_notebook(path))
    except NotebookError as error:
        case.flag("unreadable", str(error))
        case.notes.append(f"The notebook could not be graded: it {error}")
    processor = time.process_time() - computed + case.processor_seconds
    seconds = {"processor": round(processor, 3), "wall": round(time.monotonic() - started, 3)}
    return record | {
        "exercises": [case.sum_up(exercise) for exercise in lesson.exercises],
        "flags": case.flags,
        "notes": case.notes,
        "seconds": seconds,
        "memory": case.memory,
    }


class Case:
    """What is found out about one notebook: answers, failures, flags for the instructor, and notes for the student."""

    def __init__(self, lesson, seed, jail, seconds):
        self.exercises = {exercise.id: exercise for exercise in lesson.exercises}
        self.seed, self.jail, self.seconds = seed, jail, seconds
        self.notebook, self.answering = None, {}  # statement -> ids of the exercises that it answers
        self.answers, self.failures, self.left_out = {}, {}, {}  # by statement; left_out: why
        self.flags, self.notes = [], []
        self.processor_seconds, self.memory, self.lives = 0.0, 0, LIVES
        self.refused, self.withheld = set(), set()
        self.end = time.monotonic() + WALL_TOTAL * max(seconds, SHORT)  # to sleep takes no processor

    def flag(self, kind, text):
        """Let the instructor look at something, once."""
        if {"kind": kind, "text": text} not in self.flags:
            self.flags.append({"kind": kind, "text": text})

    def judge(self, notebook):
        """Judge all answers on what they need, and those once more that may pass on something else."""
        self.notebook = notebook
        ids = list(self.exercises)
        plan = self._sit(ids)
        for exercise_id in ids:
            is_open = self._is_there(exercise_id) and not self._list_answers(exercise_id)
            if self.lives <= 0 and is_open and not self._is_late():  # alone, it may need nothing that does harm
                self.lives = LIVES_ALONE
                self._sit([exercise_id])
        open_ids = [exercise_id for exercise_id in ids if self._may_pass_yet(exercise_id) and not self._is_late()]
        if any(self.failures or exercise_id in plan.skipped_may_matter for exercise_id in open_ids):
            self._sit(open_ids, wide=True)
        elif self.withheld:  # what failed beside a wrong answer is judged beside the course's own, as in the notebook
            self._sit([exercise_id for exercise_id in open_ids if exercise_id not in self.withheld])
        self._list_flags(plan)

    def _sit(self, ids, wide=False):
        """Judge exercises, again without each statement that ends the process; returns the last plan."""
        known = {key: answer for key, answer in self.answers.items() if answer.exercise_id not in ids}
        while ids:
            plan = slicing.plan(self.notebook, ids, without=frozenset(self.left_out), wide=wide)
            self.answering |= plan.exercises
            limits = self.seconds, known, self.end
            sitting = Sitting(self.notebook, plan, self.exercises, self.seed, self.jail, *limits).run()
            known = sitting.answers
            self._take_over(sitting)
            if not sitting.lost:
                return plan
            if self.lives <= 0 or self._is_late():
                self.flag("limits", USED_UP)
                return plan

    def _is_late(self):
        """Tell whether the time for this notebook is used up."""
        return self.processor_seconds > TOTAL * self.seconds or time.monotonic() > self.end

    def _take_over(self, sitting):
        """Keep what came of one life of the student's process."""
        self.answers |= sitting.answers
        self.failures |= sitting.failures
        self.refused |= sitting.refused
        self.withheld |= sitting.withheld
        self.processor_seconds += sitting.processor_seconds
        self.memory = max(self.memory, sitting.memory)
        self.lives -= 1
        if sitting.lost and sitting.at is None:
            raise RuntimeError(f"The student's process did not start: {sitting.lost}")
        if sitting.lost and sitting.was_answering:
            self.flag("killed", f"An answer in cell {self._find_cell(sitting.at)} was given up: {sitting.lost}")
        elif sitting.lost:
            self.left_out[sitting.at] = sitting.lost
            self.flag("killed", f"Cell {self._find_cell(sitting.at)} was left out: {sitting.lost}")

    def _may_pass_yet(self, exercise_id):
        """Tell whether an exercise was tried, and did not pass."""
        outcomes = {answer.report.outcome for answer in self._list_answers(exercise_id)}
        if outcomes:
            return Outcome.PASSED not in outcomes and outcomes != {Outcome.NOT_ATTEMPTED}
        return self._is_there(exercise_id)

    def _is_there(self, exercise_id):
        """Tell whether the notebook has a statement that answers an exercise."""
        return any(exercise_id in ids for ids in self.answering.values())

    def _list_answers(self, exercise_id):
        return [answer for answer in self.answers.values() if answer.exercise_id == exercise_id]

    def sum_up(self, exercise):
        """Return what a record says of one exercise: its best answer, or why there is none."""
        entry = {"id": exercise.id, "title": exercise.title, "checks": [], "printed": "", "cell": None}
        answers = self._list_answers(exercise.id)
        if not answers:
            return entry | self._explain_missing(exercise.id)
        best = min(reversed(answers), key=lambda answer: BEST_FIRST.index(answer.report.outcome.value))
        report = best.report
        checks = [{"name": check.name, "passed": check.passed, "message": check.message} for check in report.checks]
        found = {"outcome": report.outcome.value, "message": report.message, "checks": checks}
        return entry | found | {"printed": report.printed, "cell": self._find_cell(best.statement)}

    def _explain_missing(self, exercise_id):
        """Say why no answer to an exercise came: its cell failed, ended the process, or is not there."""
        for problem in self.notebook.problems if self.notebook else ():
            if exercise_id in problem.exercises:
                return {"outcome": Outcome.ERROR.value, "message": problem.text}
        for index, ids in self.answering.items():
            if exercise_id in ids and index in self.left_out:
                return {"outcome": Outcome.ERROR.value, "message": self.left_out[index]}
            if exercise_id in ids and index in self.failures:
                return {"outcome": Outcome.ERROR.value, "message": f"Its cell raised `{self.failures[index]}`."}
        if self._is_there(exercise_id) and {"kind": "limits", "text": USED_UP} in self.flags:
            return {"outcome": Outcome.ERROR.value, "message": USED_UP}
        return {"outcome": MISSING, "message": "No answer to this exercise was found in the notebook."}

    def _find_cell(self, index):
        statements = (part for cell in self.notebook.cells for part in cell.statements)
        return next((part.cell for part in statements if part.index == index), 0)

    def _list_flags(self, plan):
        for flag in find_tampering(self.notebook.cells) + find_borrowed(plan, self.exercises.values()):
            self.flag(**flag)
        self.notes += [problem.text for problem in self.notebook.problems[:MOST_PROBLEMS]]
        for name in plan.added:
            self.notes.append(f"The notebook never imports {name}; it was judged with `{slicing.USUAL_IMPORTS[name]}`.")
        for index, error in self.failures.items():
            self.notes.append(f"Cell {self._find_cell(index)} raised `{error}`.")
        for exercise_id in sorted(self.refused):
            self.flag("many", f"{exercise_id} was answered again when that counted no more.")
        for exercise_id in self.exercises:
            outcomes = [answer.report.outcome for answer in self._list_answers(exercise_id)]
            tries = len(outcomes) - outcomes.count(Outcome.NOT_ATTEMPTED)
            if tries > 1:
                self.flag("many", f"{exercise_id} was answered {tries} times; the best answer counts.")
