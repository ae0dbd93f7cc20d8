"""Build the two notebooks of each lesson from its source, a jupytext percent script.

    lessons/NN_topic.py  ->  solutions/NN_topic.ipynb   the full text, executed, with outputs
                             notebooks/NN_topic.ipynb   the learner's copy: stubs and no outputs

and the glossary, whose links follow the cells of the lessons (see `tools.glossary`).

A solution stands between the lines `# BEGIN SOLUTION` and `# END SOLUTION`. Inside a function it becomes
`raise NotImplementedError("Write your code here.")`; at the left margin each answer becomes `name = ...`. What stands
as comments below a line `# OTHERWISE`, inside the two, takes its place: code to begin with.
"""

import argparse
import copy
import os
import re
import sys
import tempfile
from pathlib import Path

import jupytext
import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellControlSignal, DeadKernelError

from tools import glossary
from tools.lesson_source import (
    LessonError,
    check_source,
    find_cells,
    keep_solution,
    replace_solutions,
    require,
    show_marked_numbers,
    write_stub,
)

ROOT = Path(__file__).resolve().parent.parent
CELL_TIMEOUT = 600  # seconds; only bounds what hangs
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"  # holds a random model id
MEMORY_ADDRESS = re.compile(r"\bat 0x[0-9a-f]+")
ENVIRONMENT = {  # every build prints the same, and small matrices run faster with one BLAS thread
    "TQDM_DISABLE": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "PYTHONHASHSEED": "0",
}
NOTEBOOK_METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def make_solution(source: str, stem: str) -> nbformat.NotebookNode:
    """Return the notebook with every solution in place, not yet executed."""
    check_source(source)
    return to_notebook(replace_solutions(source, keep_solution), stem, find_cells(source))


def make_learner_copy(source: str, stem: str) -> nbformat.NotebookNode:
    """Return the notebook with a stub in place of every solution."""
    check_source(source)
    return to_notebook(replace_solutions(source, write_stub), stem, find_cells(source))


def to_notebook(script: str, stem: str, cell_lines: list[int]) -> nbformat.NotebookNode:
    """Convert a percent script without markers; `cell_lines` says where its cells begin in the lesson."""
    notebook = jupytext.reads(show_marked_numbers(script), fmt="py:percent")
    notebook.metadata = nbformat.from_dict(NOTEBOOK_METADATA)
    notebook.nbformat_minor = 5  # the first version with cell ids
    count = len(notebook.cells)
    message = f"{len(cell_lines)} cells became {count}; is there a '# %%' inside a string?"
    require(count == len(cell_lines), 1, message)
    for number, (cell, line) in enumerate(zip(notebook.cells, cell_lines, strict=True)):
        cell.id = f"{stem}-{number:03d}"
        cell.metadata = {"tags": cell.metadata["tags"]} if "tags" in cell.metadata else {}
        if cell.cell_type == "code":
            check_compiles(cell.source, line)
    nbformat.validate(notebook)
    return notebook


def check_compiles(code: str, line: int) -> None:
    """Raise LessonError unless the code of a cell, solution or stub, is valid Python."""
    try:
        compile(code, "cell", "exec")
    except SyntaxError as error:
        message = f"the cell that begins here does not compile with this code: {error}\n{code}"
        raise LessonError(line, message) from error


def execute(notebook: nbformat.NotebookNode, progress_file: Path, root: Path = ROOT) -> nbformat.NotebookNode:
    """Run a notebook from the notebooks folder and return it with outputs that repeat byte for byte.

    Raises RuntimeError with the cell id if a cell raises, runs too long or prints a memory address.
    """
    executed = copy.deepcopy(notebook)
    started = []
    client = NotebookClient(
        executed,
        kernel_name="python3",
        timeout=CELL_TIMEOUT,
        record_timing=False,
        extra_arguments=["--log-level=ERROR"],  # the kernel warns of TCP, which stays on this machine
        coalesce_streams=True,
        resources={"metadata": {"path": str(root / "notebooks")}},
        on_cell_start=lambda cell, cell_index: started.append(cell.id),
    )
    try:
        client.execute(env=os.environ | ENVIRONMENT | {"MARL_LESSONS_PROGRESS": str(progress_file)})
    except (CellControlSignal, DeadKernelError) as error:
        raise RuntimeError(f"cell {started[-1]} failed: {error}") from error
    return hide_path(tidy(executed), progress_file)


def tidy(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Remove, in place, what differs from run to run; raise RuntimeError where it cannot be removed."""
    notebook.metadata = nbformat.from_dict(NOTEBOOK_METADATA)  # the run added widget states and a version
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            output.get("data", {}).pop(WIDGET_VIEW, None)
            if address := MEMORY_ADDRESS.search(str(output)):
                raise RuntimeError(f"cell {cell.id} shows a memory address ({address[0]}); do not display it.")
    return notebook


def hide_path(notebook: nbformat.NotebookNode, path: Path) -> nbformat.NotebookNode:
    """Return the notebook with the bare name of a file wherever its path was shown."""
    return nbformat.reads(to_text(notebook).replace(str(path), path.name), as_version=4)


def without_outputs(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Return a copy without outputs and execution counts: what the source alone decides."""
    bare = copy.deepcopy(notebook)
    for cell in bare.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return bare


def to_text(notebook: nbformat.NotebookNode) -> str:
    """Return the bytes of the notebook's file, as text."""
    return nbformat.writes(notebook) + "\n"


def find_lessons(root: Path = ROOT) -> list[str]:
    """Return the names of all lessons, in order: "00_start_here", …"""
    return sorted(path.stem for path in (root / "lessons").glob("[0-9][0-9]_*.py"))


def add_glossary(stems: list[str], root: Path = ROOT) -> list[str]:
    """Return the names with that of the glossary behind them, if there is one."""
    has_glossary = find_source(glossary.NAME, root).exists()
    return [*(stem for stem in stems if stem != glossary.NAME), *[glossary.NAME] * has_glossary]


def find_source(stem: str, root: Path = ROOT) -> Path:
    """Return the path of the source of a lesson, or of the glossary."""
    return root / "lessons" / (f"{stem}.md" if stem == glossary.NAME else f"{stem}.py")


def read_lesson(stem: str, root: Path = ROOT) -> str:
    """Return the source of a lesson; that of the glossary follows from its own and all lessons'."""
    source = find_source(stem, root).read_text(encoding="utf-8")
    if stem != glossary.NAME:
        return source
    return glossary.write_script(source, {lesson: read_lesson(lesson, root) for lesson in find_lessons(root)})


def build(stem: str, root: Path = ROOT) -> None:
    """Write both notebooks of a lesson, or of the glossary."""
    source = read_lesson(stem, root)
    solution, learner_copy = make_solution(source, stem), make_learner_copy(source, stem)
    for folder in ("notebooks", "solutions"):
        (root / folder).mkdir(exist_ok=True)
    if any(cell.cell_type == "code" for cell in solution.cells):
        with tempfile.TemporaryDirectory() as folder:
            solution = execute(solution, Path(folder) / "progress.json", root)
    (root / "notebooks" / f"{stem}.ipynb").write_text(to_text(learner_copy), encoding="utf-8")
    (root / "solutions" / f"{stem}.ipynb").write_text(to_text(solution), encoding="utf-8")


def is_in_step(path: Path, expected: nbformat.NotebookNode) -> bool:
    """Tell whether the file at `path` is the expected notebook, outputs aside."""
    if not path.exists():
        return False
    return without_outputs(nbformat.read(path, as_version=4)) == without_outputs(expected)


def find_out_of_step(stem: str, root: Path = ROOT) -> list[str]:
    """Return the notebooks of a lesson that no longer follow from its source."""
    source, name = read_lesson(stem, root), f"{stem}.ipynb"
    expected = {
        f"notebooks/{name}": make_learner_copy(source, stem),
        f"solutions/{name}": make_solution(source, stem),
    }
    return [file for file, notebook in expected.items() if not is_in_step(root / file, notebook)]


def main(arguments: list[str] | None = None, root: Path = ROOT) -> int:
    """Build the named lessons, or all of them, and the glossary; with --check only compare. Return the exit code."""
    parser = argparse.ArgumentParser("python -m tools.build_notebooks", description=__doc__.split("\n")[0])
    parser.add_argument("lessons", nargs="*", help="such as 01_games, or glossary; all if none is named")
    parser.add_argument("--check", action="store_true", help="write nothing; only compare")
    options = parser.parse_args(arguments)
    stale = []
    for stem in add_glossary(options.lessons or find_lessons(root), root):
        try:
            if options.check:
                stale += find_out_of_step(stem, root)
            else:
                build(stem, root)
        except LessonError as error:
            sys.exit(f"lessons/{find_source(stem).name}:{error.line}: {error}")
        except (RuntimeError, FileNotFoundError) as error:
            sys.exit(f"lessons/{find_source(stem).name}: {error}")
    for file in stale:
        print(f"{file} is out of step with lessons/; run `make notebooks`.")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
