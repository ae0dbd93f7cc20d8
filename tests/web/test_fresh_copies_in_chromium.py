"""In the browser edition a fresh copy, and a new version, are to be had, and what a learner wrote stays."""

import json
import shutil

import pytest

from tests.web.browsing import open_browser, serve

pytestmark = pytest.mark.web

MINE, NEW = "# What I wrote", "# The new version"
GAMES, MARKOV = "01_games.ipynb", "02_markov_games.ipynb"
FILES = "window.jupyterapp.serviceManager.contents"
READ = f"async path => [(await {FILES}.get(path, {{content: true}})).content.cells[0].source].flat().join('')"
LIST = f"async () => (await {FILES}.get('', {{content: true}})).content.map(file => file.name)"
WRITE = f"""async ([path, text]) => {{
    const file = await {FILES}.get(path, {{content: true}});
    file.content.cells[0].source = text;
    await {FILES}.save(path, file);
}}"""
RENAME = f"async ([path, name]) => {{ await {FILES}.rename(path, name); }}"
DELETE = f"async path => {{ await {FILES}.delete(path); }}"


@pytest.fixture(scope="module")
def edition(lite, tmp_path_factory):
    """A copy of the edition that a test may change; no kernel is needed."""
    folder = tmp_path_factory.mktemp("changing") / "lite"
    shutil.copytree(lite, folder, ignore=shutil.ignore_patterns("pyodide"))
    return folder


@pytest.fixture
def page(edition):
    with serve(edition) as address, open_browser(address) as (page, _):
        page.address = address
        visit(page)
        yield page


def visit(page):
    page.goto(page.address + "lab/index.html")
    page.locator(".jp-DirListing-item").first.wait_for()


def begins(page, path):
    return page.evaluate(READ, path)


def test_a_renamed_lesson_stays_and_the_handed_out_one_appears(page):
    page.evaluate(WRITE, [GAMES, MINE])
    page.evaluate(RENAME, [GAMES, "mine.ipynb"])
    visit(page)
    assert begins(page, GAMES).startswith("# 01")
    assert begins(page, "mine.ipynb") == MINE
    assert {GAMES, "mine.ipynb"} <= set(page.evaluate(LIST))


def test_a_deleted_lesson_comes_back_as_it_was_handed_out(page):
    page.evaluate(WRITE, [GAMES, MINE])
    page.evaluate(DELETE, GAMES)
    visit(page)
    assert begins(page, GAMES).startswith("# 01")


def test_a_new_version_reaches_a_lesson_that_was_not_saved_and_leaves_one_that_was(page, edition):
    page.evaluate(WRITE, [GAMES, MINE])
    assert begins(page, MARKOV).startswith("# 02")
    for name in (GAMES, MARKOV):
        path = edition / "files" / name
        notebook = json.loads(path.read_text(encoding="utf-8"))
        notebook["cells"][0]["source"] = NEW
        path.write_text(json.dumps(notebook), encoding="utf-8")
    visit(page)
    assert begins(page, GAMES) == MINE
    assert begins(page, MARKOV) == NEW
    page.evaluate(RENAME, [GAMES, "mine.ipynb"])
    assert begins(page, GAMES) == NEW
