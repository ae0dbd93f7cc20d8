"""Judges answers in another process, one after the other, for tests."""

import itertools
import subprocess
import sys
from pathlib import Path

from marl_lessons.exercises.registry import find_exercise
from marl_lessons.gradebook.judging.lending import LendingChannel
from marl_lessons.gradebook.judging.remote import judge_answer
from tests.bank.bank import write_cell

ROOT = Path(__file__).parents[2]


class Student:
    """A process that runs cells and serves the answers in them."""

    def __init__(self, guard=None):
        command = [sys.executable, "-m", "tests.gradebook.plain_student"]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT)
        self.channel = LendingChannel(self.process.stdout, self.process.stdin, guard)
        self._numbers = itertools.count(1)

    def judge(self, exercise_id, text, seed=0):
        """Returns the `Report` on an answer that is given as text, as `tests.bank.bank.judge` does."""
        report = self.submit(exercise_id, text, seed)
        if not self.channel.is_gone:
            self.tell({"verdict": "own"})
        return report

    def submit(self, exercise_id, text, seed=0, **more):
        """Returns the `Report` on an answer that waits for a verdict. more: {"then": a cell that uses what is held}."""
        exercise = find_exercise(exercise_id)
        cell = write_cell(exercise, text)
        self.channel.send({"exercise": exercise_id, "cell": cell, "seed": seed, **more})
        cells = {f"<cell {next(self._numbers)}>": cell}
        return judge_answer(self.channel, exercise, self.channel.receive_all(), seed, cells)

    def tell(self, verdict):
        """Gives a verdict, and returns what the name then holds."""
        self.channel.send(verdict)
        answer = self.channel.receive()
        next(self._numbers) if answer["gives"] else None
        return answer

    def end(self):
        """Ends the process."""
        self.process.kill()
        self.process.wait()
        self.process.stdin.close()
        self.process.stdout.close()
