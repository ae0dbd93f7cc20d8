"""Every lesson runs from top to bottom in the browser's Python, and shows what it shows on a computer."""

import json
import re

import pytest

from tests.web.browser_python import ROOT, run_notebook

pytestmark = pytest.mark.web

SOLUTIONS = sorted((ROOT / "solutions").glob("[0-9][0-9]_*.ipynb"))
UNTOUCHED = [ROOT / "notebooks" / f"{stem}.ipynb" for stem in ("00_start_here", "01_games", "02_markov_games")]
CARD = re.compile(r"^Exercise (\d+\.\d+),.*?[:?] (PASSED|INCORRECT|NOT ATTEMPTED|ERROR)$", re.MULTILINE)
SMALLER = re.compile(r"^(?P<all>\w+ = [\d_]+)  # .*\bin a browser (?P<fewer>[\d_]+) ", re.MULTILINE)


def stem(path):
    return path.stem


def read_cells(path):
    return json.loads(path.read_text("utf-8"))["cells"]


def find_smaller_batch(path):
    """Return the assignment by which a lesson offers a smaller batch in the browser, and the smaller one, or None."""
    found = SMALLER.search("\n".join("".join(cell["source"]) for cell in read_cells(path)))
    return found and (found["all"], found["all"].partition("=")[0] + f"= {found['fewer']}")


def read_outputs(cell):
    """Return what a cell shows in the committed notebook, in plain form."""
    return "".join(
        "".join(output["text"]) if "text" in output else "".join(output["data"]["text/plain"]) + "\n"
        for output in cell["outputs"]
        if output.get("name") != "stderr"
    )


def find_cards(cells):
    """Find the verdict on each exercise: {"1.1": "PASSED", …}."""
    return dict(card for cell in cells for card in CARD.findall(cell["text"]))


def assert_ran_whole(path, cells):
    assert [cell["error"] for cell in cells if cell["error"]] == []
    assert [cell["id"] for cell in cells] == [cell["id"] for cell in read_cells(path) if cell["cell_type"] == "code"]


@pytest.mark.parametrize("path", SOLUTIONS, ids=stem)
def test_a_solved_lesson_shows_in_the_browser_what_it_shows_elsewhere(runtime, path):
    cells = run_notebook(runtime, path)
    assert_ran_whole(path, cells)
    expected = {
        cell["id"]: read_outputs(cell)
        for cell in read_cells(path)
        if "nbval-check-output" in cell["metadata"].get("tags", [])
    }
    assert expected
    assert {cell["id"]: cell["text"] for cell in cells if cell["id"] in expected} == expected
    cards = find_cards(cells)
    assert cards
    assert set(cards.values()) == {"PASSED"}


@pytest.mark.parametrize("path", UNTOUCHED, ids=stem)
def test_an_untouched_lesson_runs_to_its_end(runtime, path):
    cells = run_notebook(runtime, path)
    assert_ran_whole(path, cells)
    assert set(find_cards(cells).values()) == {"NOT ATTEMPTED"}


@pytest.mark.parametrize("path", [path for path in SOLUTIONS if find_smaller_batch(path)], ids=stem)
def test_a_lesson_that_offers_a_smaller_batch_runs_with_it(runtime, path):
    cells = run_notebook(runtime, path, [find_smaller_batch(path)])
    assert_ran_whole(path, cells)
    assert set(find_cards(cells).values()) == {"PASSED"}
