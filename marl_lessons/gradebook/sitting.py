"""One life of a student's process: it runs the statements of a plan, and each answer is judged as it comes."""

import time
from dataclasses import dataclass

from marl_lessons.exercises import Outcome, Report
from marl_lessons.exercises.registry import find_exercise
from marl_lessons.gradebook.remote import judge_answer
from marl_lessons.gradebook.wire import Channel, Gone

STATEMENT_SECONDS = 60  # of a processor: a team of lesson 15 trains in a third of it
LONGEST_SECONDS = 900  # on the wall, for whatever a statement does
IDLE_SECONDS = 30  # that a process may do nothing at all
WORDS_KEPT = 500  # letters of an error that a student's process tells
MANY_ANSWERS = 10  # to one exercise; the further ones are not judged


@dataclass(frozen=True)
class Answer:
    """One answer to an exercise: the statement that handed it in, and what `evaluate` says of it."""

    exercise_id: str
    statement: int
    report: Report


class Sitting:
    """Runs a plan in a process of its own.

    Parameters: notebook; plan, which statements to run; seed, of the random inputs; jail; known, the answers that are
    judged already, {(statement, how many before it): Answer}.

    After `run`: answers, all of them; failures, {statement: what it raised}; lost, in words why the process ended
    early, else empty; at, the statement that it was in; was_answering, whether that was inside of an answer; refused,
    ids of exercises that were answered again when that counted no more; processor_seconds of all its processes.
    """

    def __init__(self, notebook, plan, seed, jail, known=()):
        self.notebook, self.plan, self.seed, self.jail = notebook, plan, seed, jail
        self.answers, self.failures, self.refused = dict(known), {}, set()
        self.at, self.lost, self.was_answering, self.processor_seconds = None, "", False, 0.0
        self._submitted = {}  # statement -> how many answers came from it

    def run(self):
        """Run the plan to its end, or until the process is lost."""
        with self.jail.start() as prisoner:
            guard = Guard(prisoner)
            channel = Channel(prisoner.stdout, prisoner.stdin, guard)
            channel.handed_out = set()
            try:
                channel.send(self._write_task())
                while not self._handle(channel.receive(), channel):
                    pass
            except Gone as gone:
                self.lost = str(gone)
            self.processor_seconds = prisoner.processor_seconds()
        return self

    def _write_task(self):
        statements = [
            {"index": part.index, "file": part.file, "line": part.line, "source": part.source}
            for part in self.plan.statements
        ]
        return {"statements": statements, "cells": {cell.file: cell.source for cell in self.notebook.cells}}

    def _handle(self, message, channel):
        """Take one message; returns whether it was the last one."""
        if message.get("at") in self._indices:
            self.at = message["at"]
            channel.guard.begin(STATEMENT_SECONDS, LONGEST_SECONDS)
        elif "failed" in message:
            self.failures[self.at] = _read_error(message.get("error"))
        elif "submits" in message:
            self._take_answer(message, channel)
        elif "over" not in message:
            raise Gone("talked to the judge on its own, and was stopped")
        return "over" in message

    @property
    def _indices(self):
        return {part.index for part in self.plan.statements}

    def _take_answer(self, message, channel):
        exercise = _find(message["submits"])
        if exercise is None:
            channel.send({"verdict": "own"})
            return
        key = self.at, self._submitted.get(self.at, 0)
        self._submitted[self.at] = key[1] + 1
        if key not in self.answers:
            if exercise.id in channel.handed_out or self._count(exercise.id) >= MANY_ANSWERS:
                self.refused.add(exercise.id)
                channel.send({"verdict": "own"})
                return
            self.answers[key] = Answer(exercise.id, self.at, judge_answer(channel, exercise, message, self.seed))
            if channel.is_gone:
                self.was_answering = True
                raise Gone(self.answers[key].report.message)
        channel.send(self._write_verdict(exercise, self.answers[key], channel))

    def _count(self, exercise_id):
        return sum(answer.exercise_id == exercise_id for answer in self.answers.values())

    def _write_verdict(self, exercise, answer, channel):
        """Say what the name is to hold: the student's own, or, once no more answers can come, the course's."""
        if answer.report.outcome is Outcome.PASSED or self._is_answered_later(exercise.id):
            return {"verdict": "own"}
        channel.handed_out.add(exercise.id)
        if exercise.asks_for_function:
            return {"verdict": "reference"}
        return {"verdict": "value", "value": exercise.reference}

    def _is_answered_later(self, exercise_id):
        order = [part.index for part in self.plan.statements]
        later = order[order.index(self.at) + 1 :]
        return any(exercise_id in self.plan.exercises.get(index, ()) for index in later)


class Guard:
    """Watches a student's process from outside; called while the judge waits, it raises Gone where a limit is reached."""

    def __init__(self, prisoner):
        self.prisoner = prisoner
        self.begin(STATEMENT_SECONDS, LONGEST_SECONDS)

    def begin(self, processor, wall):
        """Count anew: seconds of a processor, and on the wall."""
        self.allowed = processor
        self.computed = self.until_now = self.prisoner.processor_seconds()
        self.moved = time.monotonic()  # when it last did anything
        self.end = self.moved + wall

    def __call__(self):
        now, computed = time.monotonic(), self.prisoner.processor_seconds()
        if computed > self.until_now:
            self.until_now, self.moved = computed, now
        if computed - self.computed > self.allowed:
            raise Gone(f"computed for more than {self.allowed:g} s and was stopped")
        if now - self.moved > IDLE_SECONDS or now > self.end:
            raise Gone("waited for something that did not come, and was stopped")
        if self.prisoner.memory() > self.prisoner.limits.memory:
            raise Gone("took too much memory and was stopped")


def _find(exercise_id):
    """Return an exercise, or None where a student's process names one that does not exist."""
    try:
        return find_exercise(exercise_id)
    except ValueError:
        return None


def _read_error(error):
    """Return what a student's process tells of an error, as a short text, whatever it sends."""
    text = error.get("text") if isinstance(error, dict) else None
    return text[:WORDS_KEPT] if isinstance(text, str) else "an error"
