"""The solved lessons as pages: solutions folded behind the learner's stub, predictions before what happens."""

import copy
import re
from pathlib import Path

import nbformat

from web.site.links import ROOT, find_linked_cells, lead_to_cells, name_target
from web.site.outputs import fit_outputs

SHOW_SOLUTION, HIDE_SOLUTION = "Show the course's solution", "Hide the course's solution"
SHOW_OUTCOME, HIDE_OUTCOME = "Show what happens", "Hide what happens"
PREDICTION = re.compile(r'^predict\("(?P<id>[^"]+)"(?P<reveal>, reveal=True)?\)', re.MULTILINE)
TITLE = re.compile(r"# .+\n")
BUTTONS = """
<p class="run-lesson"><a class="run-button" href="lite/lab/index.html?path={file}">Run this lesson in your browser</a>
{others}<a href="other_ways.html">Other ways to run it</a></p>
<p class="from-folder" hidden>You opened this page from a folder. It can be read like that, but the edition that runs
in your browser needs a web server: in a terminal in that folder <code>python -m http.server</code>, then
<a href="http://localhost:8000">localhost:8000</a>.</p>
"""
ELSEWHERE = """\
<a href="https://mybinder.org/v2/gh/{repository}/main?urlpath=lab%2Ftree%2Fnotebooks%2F{file}">On Binder</a>
<a href="https://codespaces.new/{repository}">In a codespace</a>
"""


def write_lessons(source: Path, extra: Path, repository: str) -> None:
    """Write every lesson and the glossary as a notebook that Sphinx can read; their pictures go into `extra`."""
    solved = {path.name: nbformat.read(path, as_version=4) for path in sorted((ROOT / "solutions").glob("*.ipynb"))}
    texts = (cell.source for notebook in solved.values() for cell in notebook.cells if cell.cell_type == "markdown")
    linked = set().union(*map(find_linked_cells, texts))
    for name, solution in solved.items():
        learners = nbformat.read(ROOT / "notebooks" / name, as_version=4)
        page = make_page(solution, learners, linked, extra)
        if any(cell.cell_type == "code" for cell in page.cells):
            add_buttons(page, name, repository)
        nbformat.write(page, source / name)


def make_page(solution, learners, linked: set[str], folder: Path):
    """Return a solved lesson as the notebook of its page; its pictures go into the folder."""
    page = copy.deepcopy(solution)
    stubs = {cell.id: cell.source for cell in learners.cells}
    page.cells = []
    awaited = None  # the prediction that has been asked and not yet revealed
    for cell in copy.deepcopy(solution.cells):
        if cell.id in linked:
            add_target(page, cell)
        if cell.cell_type == "markdown":
            cell.source = lead_to_cells(cell.source)
        else:
            awaited = follow_prediction(cell, awaited)
            fit_outputs(cell, folder)
            if cell.source != stubs[cell.id]:
                page.cells.append(make_stub(cell, stubs[cell.id]))
                fold(cell, "hide-cell", SHOW_SOLUTION, HIDE_SOLUTION)
        page.cells.append(cell)
    return page


def follow_prediction(cell, awaited: str | None) -> str | None:
    """Fold what a cell shows between a prediction and its reveal; return the prediction that is awaited behind it."""
    asked = PREDICTION.search(cell.source)
    if asked:
        return None if asked["reveal"] else asked["id"]
    if awaited and cell.outputs:
        fold(cell, "hide-output", SHOW_OUTCOME, HIDE_OUTCOME)
    return awaited


def make_stub(cell, source: str):
    """Return the learner's cell, to be shown before the solution."""
    stub = nbformat.v4.new_code_cell(source, id=f"{cell.id}-stub")
    stub.metadata = nbformat.from_dict({"tags": ["stub"]})
    return stub


def fold(cell, tag: str, show: str, hide: str) -> None:
    """Let a page show a cell, or what it prints, only when the reader asks for it."""
    prompts = {"code_prompt_show": show, "code_prompt_hide": hide}
    cell.metadata = nbformat.from_dict({"tags": [*cell.metadata.get("tags", []), tag], "mystnb": prompts})


def add_target(page, cell) -> None:
    """Put the place that a link leads to before a cell."""
    target = nbformat.v4.new_markdown_cell(f"({name_target(cell.id)})=", id=f"{cell.id}-target")
    if cell.cell_type == "markdown":
        cell.source = f"{target.source}\n{cell.source}"
    else:
        page.cells.append(target)


def add_buttons(page, name: str, repository: str) -> None:
    """Put below the title what runs the lesson."""
    first = page.cells[0]
    end = TITLE.search(first.source).end()
    others = ELSEWHERE.format(repository=repository, file=name) if repository else ""
    first.source = first.source[:end] + BUTTONS.format(file=name, others=others) + first.source[end:]
