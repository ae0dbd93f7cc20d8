"""One life of a student's process: it runs the statements of a plan, and each answer is judged as it comes."""

import math
import time
from dataclasses import dataclass

from marl_lessons.exercises import Outcome, Report
from marl_lessons.gradebook.jails.prisoners import Limits
from marl_lessons.gradebook.judging.lending import LendingChannel
from marl_lessons.gradebook.judging.remote import judge_answer
from marl_lessons.gradebook.wire.channel import Gone
from marl_lessons.gradebook.wire.values import Writer

STATEMENT_SECONDS = 60  # of a processor: a team of lesson 15 trains in a third of it
WALL_FACTOR = 15  # on the wall a statement may take this many times as long
IDLE_SECONDS, IDLE_FACTOR = 30, 5  # that a process may do nothing at all: so many times those of a statement at most
START = 60  # seconds that a process has on the wall at least: a busy machine is slow to start it
ROUND = 0.2  # seconds from one look at a process to the next
WORDS_KEPT = 500  # letters of an error that a student's process tells
MANY_ANSWERS = 10  # to one exercise; the further ones are not judged
TOTAL = 5  # a process may take this many times the seconds of a statement in all
WALL_TOTAL = 30  # on the wall all processes of a notebook may take this many times the seconds of a statement


@dataclass(frozen=True)
class Answer:
    """One answer to an exercise: the statement that handed it in, and what `evaluate` says of it."""

    exercise_id: str
    statement: int
    report: Report


class Sitting:
    """Runs a plan in a process of its own.

    Parameters: notebook; plan, which statements to run; exercises, {id: Exercise} that may be answered; seed, of the
    random inputs; jail; seconds, of a processor that one statement may take; known, the answers that are judged
    already, {(statement, how many before it): Answer}; end, when all must be over, by `time.monotonic`.

    After `run`: answers, all of them; failures, {statement: what it raised}; lost, in words why the process ended
    early, else empty; at, the statement that it was in; was_answering, whether that was inside of an answer; refused,
    ids of exercises that were answered again when that counted no more; withheld, ids of those whose wrong answer stood
    in the notebook as it was, because another one was still to come; processor_seconds of all its
    processes, and memory, the most bytes that they were seen to hold.
    """

    def __init__(self, notebook, plan, exercises, seed, jail, seconds=STATEMENT_SECONDS, known=(), end=math.inf):
        self.plan, self.exercises, self.seed, self.jail, self.seconds = plan, exercises, seed, jail, seconds
        self.cells, self.end = {cell.file: cell.source for cell in notebook.cells}, end
        self.order = [part.index for part in plan.statements]
        self.answers, self.failures = dict(known), {}
        self.refused, self.withheld = set(), set()
        self.at, self.lost, self.was_answering, self.processor_seconds = None, "", False, 0.0
        self._submitted = {}  # statement -> how many answers came from it

    def run(self):
        """Run the plan to its end, or until the process is lost."""
        seconds = TOTAL * self.seconds
        wall_seconds = min(seconds * WALL_FACTOR, max(START, self.end - time.monotonic()))
        with self.jail.start(Limits(processor_seconds=seconds, wall_seconds=wall_seconds)) as prisoner:
            guard = Guard(prisoner, self.seconds)
            channel = LendingChannel(prisoner.stdout, prisoner.stdin, guard)
            try:
                channel.send(self._write_task())
                while not self._handle(channel.receive_all(), channel):
                    pass
            except Gone as gone:
                self.lost = str(gone)
            self.processor_seconds = prisoner.processor_seconds()
            self.memory = max(guard.peak, prisoner.memory())
        return self

    def _write_task(self):
        statements = [
            {"index": part.index, "file": part.file, "line": part.line, "source": part.source}
            for part in self.plan.statements
        ]
        return {"statements": statements, "cells": self.cells}

    def _handle(self, submitted, channel):
        """Take one message and its bytes; returns whether it was the last one."""
        message = submitted[0]
        if message.get("at") in self._find_next():
            self.at = message["at"]
            channel.guard.begin(self.seconds)
        elif "failed" in message and self.at is not None:
            self.failures[self.at] = _read_error(message.get("error"))
        elif "submits" in message and self.at is not None:
            self._take_answer(submitted, channel)
        elif "over" not in message:
            channel.end()
        return "over" in message

    def _find_next(self):
        """Return the statements that have not begun, in their order; a process may claim no other."""
        return self.order if self.at is None else self.order[self.order.index(self.at) + 1 :]

    def _take_answer(self, submitted, channel):
        exercise = self._find_exercise(submitted[0]["submits"])
        if exercise is None:
            channel.send({"verdict": "own"})
            return
        key = self.at, self._submitted.get(self.at, 0)
        self._submitted[self.at] = key[1] + 1
        if key not in self.answers:
            if exercise.id in channel.desk.handed_out or self._count(exercise.id) >= MANY_ANSWERS:
                self.refused.add(exercise.id)
                channel.send({"verdict": "own"})
                return
            report = judge_answer(channel, exercise, submitted, self.seed, self.cells)
            self.answers[key] = Answer(exercise.id, self.at, report)
            if channel.is_gone:
                self.was_answering = True
                raise Gone(report.message)
        channel.guard.begin(self.seconds)
        self._send_verdict(exercise, self.answers[key], channel)

    def _find_exercise(self, exercise_id):
        """Return an exercise of this lesson, or None: those of others could tell what is right in this one."""
        return self.exercises.get(exercise_id) if isinstance(exercise_id, str) else None

    def _count(self, exercise_id):
        return sum(answer.exercise_id == exercise_id for answer in self.answers.values())

    def _send_verdict(self, exercise, answer, channel):
        """Say what the name is to hold: the student's own, or, once no more answers can come, the course's."""
        is_withheld = answer.report.outcome is not Outcome.PASSED and self._is_answered_later(exercise.id)
        self.withheld |= {exercise.id} if is_withheld else set()
        if answer.report.outcome is Outcome.PASSED or is_withheld:
            channel.send({"verdict": "own"})
            return
        channel.desk.handed_out.add(exercise.id)
        if exercise.asks_for_function:
            channel.send({"verdict": "reference", "name": exercise.reference.__name__})
            return
        writer = Writer()
        verdict = {"verdict": "value", "value": writer.write(exercise.reference)}
        channel.send(verdict | {"sizes": list(map(len, writer.blobs))}, writer.blobs)

    def _is_answered_later(self, exercise_id):
        return any(exercise_id in self.plan.exercises.get(index, ()) for index in self._find_next())


class Guard:
    """Watches a student's process from outside; called while the judge waits, it raises Gone where a limit is reached.

    Parameters: prisoner; seconds, of a processor that a statement may take.
    Attributes: peak, the most bytes of memory that all its processes were seen to hold.
    """

    def __init__(self, prisoner, seconds):
        self.prisoner, self.peak, self.next_look = prisoner, 0, 0.0
        self.begin(seconds)

    def begin(self, seconds):
        """Count anew: this many seconds of a processor, and more of them on the wall."""
        self.seconds = seconds
        self.before = self.latest = self.prisoner.processor_seconds()
        self.moved = time.monotonic()  # when it last did anything
        self.end = self.moved + WALL_FACTOR * seconds

    def __call__(self):
        now = time.monotonic()
        if now < self.next_look:  # to look takes a millisecond, and an answer is asked hundreds of times
            return
        self.next_look = now + ROUND
        self.peak, computed = max(self.peak, self.prisoner.memory()), self.prisoner.processor_seconds()
        if computed > self.latest:
            self.latest, self.moved = computed, now
        if computed - self.before > self.seconds:
            raise Gone(f"Your code computed for more than {self.seconds:g} s and was stopped.")
        if now - self.moved > min(IDLE_SECONDS, IDLE_FACTOR * self.seconds) or now > self.end:
            raise Gone("Your code waited for something that did not come, and was stopped.")
        excess = self.prisoner.find_excess()
        if excess:
            raise Gone(f"Your code used too much {excess} and was stopped.")


def _read_error(error):
    """Return what a student's process tells of an error, as a short text, whatever it sends."""
    words = error.get("words") if isinstance(error, dict) else None
    return words[:WORDS_KEPT] if isinstance(words, str) else "an error"
