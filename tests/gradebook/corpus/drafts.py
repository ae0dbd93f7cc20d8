"""Writes submissions: the course's own notebooks, edited cell by cell as a student would, with the points they deserve.

    draft().solve("1.1").answer("1.2", "return payoffs.mean(axis=1)", "incorrect")

is lesson 01 with the course's own answer to 1.1, a wrong one to 1.2, and the rest untouched. Text may hold `@HOME@` and
the like: places that only the run knows; `Place` lists them.
"""

import json
import os
import textwrap
from dataclasses import dataclass, field
from pathlib import Path

from marl_lessons.exercises.registry import load_lesson

ROOT = Path(__file__).parents[3]
STUB = '    raise NotImplementedError("Write your code here.")'
REFUSED = {"incorrect", "error", "not attempted"}  # a cheat that got nothing: how that looks is of no matter
ASKS = ("@exercise(", "check(")


@dataclass
class Place:
    """What a hostile notebook would know of the machine on which it is judged."""

    submissions: Path
    home: Path
    out: Path
    outside: Path  # where nothing may ever be written
    port: int  # of a listener
    mark: str  # in the command line of whatever a notebook leaves running

    def fill(self, text):
        """Put the places into a text."""
        for name, value in (vars(self) | {"repository": ROOT}).items():
            text = text.replace(f"@{name.upper()}@", str(value))
        return text


@dataclass
class Draft:
    """A submission in the making; all methods but `write` change it and return it.

    expected: the outcome of each exercise, or a set of outcomes; flags: the kinds that have to be raised; file: its
    name; beside: texts of other files in the same folder; raw: the file's bytes, where it is no notebook.
    """

    lesson: int
    notebook: dict
    expected: dict
    flags: tuple = ()
    file: str = ""
    beside: dict = field(default_factory=dict)
    raw: bytes | None = None
    link: str = ""  # what the file points to, where it is a link
    is_pipe: bool = False  # from which a reader would wait for ever

    def __post_init__(self):
        self.asking = {exercise_id: find_cell(self.cells, exercise_id) for exercise_id in self.expected}

    @property
    def cells(self):
        """All the cells, as they are written in the file."""
        return self.notebook["cells"]

    def find(self, exercise_id):
        """Return the place of an exercise's cell."""
        return next(k for k, cell in enumerate(self.cells) if cell is self.asking[exercise_id])

    def text(self, exercise_id):
        """Return the text of an exercise's cell."""
        return read(self.asking[exercise_id])

    def solve(self, *exercise_ids):
        """Put in the course's own answers, to all exercises where none is named."""
        solutions = {cell["id"]: cell for cell in load(self.lesson, "solutions")["cells"]}
        for exercise_id in exercise_ids or self.expected:
            cell = self.asking[exercise_id]
            cell["source"] = solutions[cell["id"]]["source"]
            self.expected[exercise_id] = "passed"
        return self

    def answer(self, exercise_id, body, outcome="passed"):
        """Put code in the place of a function's stub, or of the line with `...`."""
        lines = self.text(exercise_id).splitlines()
        text = "\n".join(line for line in lines if "= ..." not in line)
        body = textwrap.dedent(body).strip()
        stubbed = text.replace(STUB, textwrap.indent(body, "    "))
        return self.cell(exercise_id, stubbed if stubbed != text else f"{body}\n{text}", outcome)

    def cell(self, exercise_id, source, outcome="passed"):
        """Write an exercise's cell anew."""
        self.asking[exercise_id]["source"] = split(source)
        self.expected[exercise_id] = outcome
        return self

    def above(self, exercise_id, source):
        """Add a cell above that of an exercise."""
        self.cells.insert(self.find(exercise_id), code(source))
        return self

    def below(self, exercise_id, source):
        """Add a cell below that of an exercise."""
        self.cells.insert(self.find(exercise_id) + 1, code(source))
        return self

    def first(self, source):
        """Add a cell above all others."""
        self.cells.insert(0, code(source))
        return self

    def keep(self, is_kept):
        """Delete all cells but those of which `is_kept(type, text)` is true."""
        self.notebook["cells"] = [cell for cell in self.cells if is_kept(cell["cell_type"], read(cell))]
        return self

    def edit(self, change):
        """Change the notebook, a dict, in any way."""
        change(self.notebook)
        return self

    def expect(self, outcome, *exercise_ids):
        """Say what exercises deserve."""
        self.expected |= dict.fromkeys(exercise_ids or self.expected, outcome)
        return self

    def flag(self, *kinds):
        """Say which kinds of flags have to be raised."""
        self.flags += kinds
        return self

    def write(self, folder, place):
        """Write the submission into a student's folder."""
        folder.mkdir(parents=True)
        path = folder / (self.file or file_name(self.lesson))
        if self.is_pipe:
            os.mkfifo(path)
        elif self.link:
            path.symlink_to(place.fill(self.link))
        else:
            text = json.dumps(self.notebook, indent=1)
            path.write_bytes(place.fill(text).encode() if self.raw is None else self.raw)
        for name, content in self.beside.items():
            (folder / name).write_text(place.fill(content), encoding="utf-8")


def draft(lesson=1, **options):
    """Return the untouched notebook of a lesson."""
    expected = {exercise.id: "not attempted" for exercise in load_lesson(lesson).exercises}
    return Draft(lesson, load(lesson, "notebooks"), expected, **options)


def find_cell(cells, exercise_id):
    """Return the cell that asks for an exercise, in an untouched notebook."""
    calls = [f'{ask}"{exercise_id}"' for ask in ASKS]
    return next(cell for cell in cells if any(call in read(cell) for call in calls))


def load(lesson, folder):
    """Read a notebook of the course, as a dict."""
    return json.loads((ROOT / folder / file_name(lesson)).read_text(encoding="utf-8"))


def file_name(lesson):
    """Return the name of a lesson's notebook."""
    return next((ROOT / "notebooks").glob(f"{lesson:02d}_*.ipynb")).name


def read(cell):
    """Return a cell's text."""
    return "".join(cell["source"])


def code(source):
    """Return a new code cell."""
    return {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": [], "source": split(source)}


def split(source):
    """Return a text, without the indentation that it has here, as the lines that a file holds."""
    return textwrap.dedent(source).strip("\n").splitlines(keepends=True)
