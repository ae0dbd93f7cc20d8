"""What holds of a notebook as a whole, judged after its last cell, from the one run that nbval makes of it anyway."""

import re

import pytest
from nbval.plugin import IPyNbFile

from marl_lessons.exercises import progress_file
from marl_lessons.exercises.registry import find_exercise

EXERCISE = re.compile(r"""\b(?:exercise|check)\(["']([\d.]+)["']""")
NOT_ATTEMPTED_CARD = re.compile(r"Exercise ([\d.]+), [^\n]*?[:?] NOT ATTEMPTED")
PATIENCE = 120  # seconds to wait for what a cell has printed already, however busy the machine is


class ExecutedNotebook(IPyNbFile):
    """A notebook of the course: nbval's cells, and after them the statements about all of it."""

    def collect(self):
        self.cells = list(super().collect())
        for cell in self.cells:
            cell.output_timeout = PATIENCE
        yield from self.cells
        for name, statement in STATEMENTS[self.path.parent.name].items():
            yield Statement.from_parent(self, name=name, statement=statement)

    def find_exercises(self):
        """Return the numbers of the exercises that the notebook asks for: {"1.1", …}."""
        return {number for cell in self.cells for number in EXERCISE.findall(cell.cell.source)}

    def find_passed(self):
        """Return the numbers of the exercises that the run has passed."""
        progress = progress_file.read()
        return {number for number in self.find_exercises() if progress.record(find_exercise(number)).passed}


class Statement(pytest.Item):
    """One statement about a notebook that has just been executed."""

    def __init__(self, *, statement, **options):
        super().__init__(**options)
        self.statement = statement

    def runtest(self):
        self.statement(self.parent)

    def reportinfo(self):
        return self.path, 0, f"{self.parent.name}: {self.name}"


def expect_no_attempt(notebook):
    """Every card says "not attempted", and nothing counts as passed."""
    shown = "\n".join(str(cell.test_outputs) for cell in notebook.cells)
    assert set(NOT_ATTEMPTED_CARD.findall(shown)) == notebook.find_exercises()
    assert notebook.find_passed() == set()


def expect_all_passed(notebook):
    """Every exercise that the notebook asks for is passed."""
    assert notebook.find_passed() == notebook.find_exercises()


STATEMENTS = {  # by folder
    "notebooks": {"every card of the untouched copy says not attempted": expect_no_attempt},
    "solutions": {"the solution passes every exercise": expect_all_passed},
}
