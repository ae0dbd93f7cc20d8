"""Make all the places of a new exercise, to be filled: `python -m tools.new_exercise 4.5 --function "share(needs)"`.

    lessons/04_….py                           its text, and the cell with its stub, above "What we saw"
    marl_lessons/checks/lesson_04/share.py    reference, definition, cases, checks, hints; entered in the lesson's list
    tests/bank/lesson_04/share.py             right and wrong answers

Every place that waits for you says FILL IN. Until all are filled, tests fail: `tests/test_new_exercise.py` lists the
places, `tests/test_bank.py`, `tests/test_domains.py` and `tests/lessons/test_solutions.py` prove what stands there.
CONTRIBUTING.md says what belongs where.
"""

import argparse
import ast
import keyword
import re
import string
import sys
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = Path(__file__).parent / "exercise_templates"
NUMBER = re.compile(r"(?P<lesson>0|[1-9]\d?)\.(?P<place>[1-9]\d?)")
TO_FILL = "FILL IN"
FILLED = ("lessons/*.py", "marl_lessons/checks/**/*.py", "tests/bank/**/*.py")  # where nothing may be left to fill
END = re.compile(r"^# %% \[markdown\]\n# ## (?:What we saw|Sources)$", re.MULTILINE)
IMPORT = re.compile(r"^(from marl_lessons import )([a-z_, ]*\bexercise\b[a-z_, ]*)$", re.MULTILINE)
LINE_WIDTH = 120


class NewExerciseError(ValueError):
    """The exercise cannot be made; the message says why, and what to do."""


class Request(NamedTuple):
    """What is asked for: the number, the name of the function or value, and the parameters of a function."""

    id: str
    name: str
    parameters: tuple[str, ...]  # empty for a value

    @property
    def lesson(self) -> str:
        """The lesson's number in two digits."""
        return f"{int(self.id.split('.')[0]):02d}"

    @property
    def kind(self) -> str:
        """Which templates fit."""
        return "function" if self.parameters else "value"


def read_request(number: str, function: str | None, value: str | None) -> Request:
    """Return what is asked for; raise NewExerciseError where it is not well-formed."""
    require(NUMBER.fullmatch(number), f"An exercise has a number such as 4.5: lesson, point, place; got {number!r}.")
    if value is not None:
        is_name = value.isidentifier() and not keyword.iskeyword(value)
        require(is_name, f"A value needs the name of a variable, such as most_votes; got {value!r}.")
        return Request(number, value, ())
    return Request(number, *read_signature(function or f"exercise_{number.replace('.', '_')}(x)"))


def read_signature(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the name and the parameters of "share(needs, num_workers)"."""
    message = f'A function is given as "share(needs, num_workers)", with one parameter or more; got {text!r}.'
    try:
        (function,) = ast.parse(f"def {text}: pass").body
    except (SyntaxError, ValueError) as error:
        raise NewExerciseError(message) from error
    parameters = tuple(parameter.arg for parameter in function.args.args)
    written = f"{function.name}({', '.join(parameters)})"
    require(parameters and written.replace(" ", "") == text.replace(" ", ""), message)
    return function.name, parameters


def require(condition: object, message: str) -> None:
    """Raise NewExerciseError unless the condition holds."""
    if not condition:
        raise NewExerciseError(message)


def make_exercise(request: Request, root: Path = ROOT) -> list[Path]:
    """Write all the places of an exercise and return their paths; write nothing where one of them is taken."""
    lesson, home = find_lesson(request, root), f"lesson_{request.lesson}"
    register = root / "marl_lessons/checks" / home / "__init__.py"
    require(register.exists(), f"marl_lessons/checks/{home}.py is one file: make it a folder, as other lessons have.")
    made, bank = register.with_name(f"{request.name}.py"), root / "tests/bank" / home / f"{request.name}.py"
    contents = {
        lesson: insert_cells(lesson.read_text(encoding="utf-8"), request),
        register: enter(register.read_text(encoding="utf-8"), request),
        made: fill(f"{request.kind}_checks", request),
        bank: fill("bank", request),
    }
    for path in (made, bank):
        require(not path.exists(), f"{path.relative_to(root)} exists; give the exercise another name.")
    bank.parent.mkdir(exist_ok=True)
    for path, text in contents.items():
        path.write_text(text, encoding="utf-8")
    return list(contents)


def find_lesson(request: Request, root: Path) -> Path:
    """Return the path of the lesson's source; raise NewExerciseError where the course has none."""
    lessons = {path.name[:2]: path for path in sorted((root / "lessons").glob("[0-9][0-9]_*.py"))}
    message = f"There is no lesson {request.lesson}; the lessons are {', '.join(lessons)}. Write its source first."
    require(request.lesson in lessons, message)
    return lessons[request.lesson]


def enter(source: str, request: Request) -> str:
    """Return the lesson's list of exercises with the new one at its end."""
    tree, home = ast.parse(source), f"marl_lessons.checks.lesson_{request.lesson}"
    (imported,) = (node for node in tree.body if isinstance(node, ast.ImportFrom) and node.module == home)
    (listed,) = (node.value for node in ast.walk(tree) if isinstance(node, ast.keyword) and node.arg == "exercises")
    entries = [ast.get_source_segment(source, entry) for entry in listed.elts]
    lesson, place = map(int, request.id.split("."))
    require(
        place > len(entries), f"There is an exercise {request.id} already; the next one is {lesson}.{len(entries) + 1}."
    )
    require(place == len(entries) + 1, f"The next exercise of lesson {request.lesson} is {lesson}.{len(entries) + 1}.")
    listed_now = write_tuple([*entries, f"{request.name}.EXERCISE"])
    source = source.replace(ast.get_source_segment(source, listed), listed_now)
    names = sorted([*(alias.name for alias in imported.names), request.name])
    return source.replace(ast.get_source_segment(source, imported), write_import(home, names))


def write_tuple(entries: list[str]) -> str:
    """Return a tuple as an argument of a call is written: an entry on each line, and a single one on the same."""
    lines = "".join(f"        {entry},\n" for entry in entries)
    return f"({entries[0]},)" if len(entries) == 1 else f"(\n{lines}    )"


def write_import(home: str, names: list[str]) -> str:
    """Return the line that imports the names, or the lines where one is too short."""
    line = f"from {home} import {', '.join(names)}"
    if len(line) <= LINE_WIDTH:
        return line
    return f"from {home} import (\n" + "".join(f"    {name},\n" for name in names) + ")"


def insert_cells(source: str, request: Request) -> str:
    """Return the lesson with the exercise's cells before its end."""
    end = END.search(source)
    require(end, "The lesson has no cell that begins with '## What we saw' or '## Sources', before which to put it.")
    above = source[: end.start()].rstrip("\n")
    blank = "\n" * (3 if above.endswith("    # END SOLUTION") else 2)  # two empty lines below a function
    asks = "exercise" if request.parameters else "check"
    above = IMPORT.sub(lambda line: f"{line[1]}{', '.join(sorted({asks, *line[2].split(', ')}))}", above, count=1)
    return f"{above}{blank}{fill(f'{request.kind}_cells', request)}{source[end.start() :]}"


def fill(template: str, request: Request) -> str:
    """Return a template's text with the number, the name and the parameters of the exercise."""
    text = (TEMPLATES / f"{template}.txt").read_text(encoding="utf-8")
    return string.Template(text).substitute(
        id=request.id,
        name=request.name,
        parameters=", ".join(request.parameters),
        first=next(iter(request.parameters), ""),
        count=len(request.parameters),
        domain=write_tuple([f'Parameter("{name}", is_array(None), NUMBERS)' for name in request.parameters]),
        described="\n".join(f"    {name}: FILL IN: array (A,), what it is." for name in request.parameters),
    )


def list_places(root: Path = ROOT) -> list[str]:
    """List every place of the course that is still to be filled, as "path:line: text"."""
    return [
        f"{path.relative_to(root)}:{number}: {line.strip()}"
        for pattern in FILLED
        for path in sorted(root.glob(pattern))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if TO_FILL in line
    ]


def main(arguments: list[str] | None = None, root: Path = ROOT) -> int:
    """Make the exercise that the command line asks for, and print where; return the exit code."""
    parser = argparse.ArgumentParser("python -m tools.new_exercise", description=__doc__.split("\n")[0])
    parser.add_argument("number", help="the lesson and the place in it, such as 4.5")
    kind = parser.add_mutually_exclusive_group()
    kind.add_argument("--function", metavar='"NAME(PARAMETERS)"', help="the function that is asked for")
    kind.add_argument("--value", metavar="NAME", help="the variable whose value is asked for")
    options = parser.parse_args(arguments)
    try:
        paths = make_exercise(read_request(options.number, options.function, options.value), root)
    except NewExerciseError as error:
        sys.exit(str(error))
    print(f"Made exercise {options.number}. Fill in what says FILL IN in:")
    for path in paths:
        print(f"  {path.relative_to(root)}")
    print(f"Until then this fails: python -m pytest tests -k '{options.number} or left_to_fill'. Then: make notebooks.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
