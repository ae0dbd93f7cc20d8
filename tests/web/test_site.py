"""The site says what the solved lessons say, leads to the right places, and spoils nothing."""

import re
from itertools import pairwise
from urllib.parse import unquote, urlsplit

import nbformat
import pytest
from bs4 import BeautifulSoup

from tests.web.conftest import build_site
from web.site.links import LINK, ROOT, name_target

pytestmark = pytest.mark.web

SOLUTIONS = {path.stem: nbformat.read(path, as_version=4) for path in sorted((ROOT / "solutions").glob("*.ipynb"))}
LESSONS = [stem for stem in SOLUTIONS if stem != "glossary"]
LITE = re.compile(r"lite/lab/index\.html\?path=(?P<file>\d\d_\w+\.ipynb)")


def find_outputs(notebook):
    """Return the HTML of every output of a notebook, as one document."""
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    return BeautifulSoup("".join(output.get("data", {}).get("text/html", "") for output in outputs), "html.parser")


def squeeze(text):
    """Return a text without white space: HTML breaks lines elsewhere."""
    return re.sub(r"\s", "", text)


def find_cells(page):
    """Return the visible code of every cell of a page with its element."""
    return [(cell.select_one(".cell_input").get_text(), cell) for cell in page.select("div.cell")]


def find_exercises(stem):
    """Return the code of the learner's and of the solved cell for every exercise of a lesson."""
    learners = {cell.id: cell for cell in nbformat.read(ROOT / "notebooks" / f"{stem}.ipynb", as_version=4).cells}
    pairs = [(learners[cell.id].source, cell.source) for cell in SOLUTIONS[stem].cells]
    return [(stub, solution) for stub, solution in pairs if stub != solution]


def test_a_new_build_takes_the_place_of_the_old_one_beside_the_browser_edition(site):
    assert (site / "lite" / "kept.txt").exists()
    assert not (site / "16_gone.html").exists()


def test_two_builds_are_the_same_byte_for_byte(site, tmp_path):
    again = tmp_path / "elsewhere" / "site"
    assert build_site(again, PYTHONHASHSEED="7").returncode == 0
    first, second = (
        {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        for folder in (site, again)
    )
    del first[(site / "lite" / "kept.txt").relative_to(site)]
    assert first.keys() == second.keys()
    assert not [str(path) for path in first if first[path] != second[path]]


def test_every_lesson_has_a_page_and_every_page_one_title(pages):
    others = {"index", "glossary", "instructors", "licenses", "other_ways", "search"}
    assert {name.removesuffix(".html") for name in pages} == {*LESSONS, *others}
    for name, page in pages.items():
        assert len(page.select("main h1")) == 1, name
        assert page.title.get_text().strip(), name


def test_lessons_follow_each_other_by_next_and_previous(pages):
    for before, after in pairwise(LESSONS):
        assert pages[f"{before}.html"].select_one("a.right-next")["href"] == f"{after}.html"
        assert pages[f"{after}.html"].select_one("a.left-prev")["href"] == f"{before}.html"


def test_no_link_is_dead(pages, site):
    for name, page in pages.items():
        for element in page.select("[href], [src]"):
            address = element.get("href") or element.get("src")
            parts = urlsplit(address)
            if parts.scheme in ("https", "http", "data") or address == "#":
                continue
            if edition := LITE.fullmatch(address):
                assert (ROOT / "notebooks" / edition["file"]).exists(), (name, address)
                continue
            target = site / unquote(parts.path or name)
            assert target.is_file(), (name, address)
            if parts.fragment and target.suffix == ".html":
                assert pages[target.name].find(id=unquote(parts.fragment)), (name, address)


def test_every_lesson_can_be_run_in_the_browser_from_its_first_lines(pages):
    for stem in LESSONS:
        title, button = pages[f"{stem}.html"].h1, pages[f"{stem}.html"].select_one("a.run-button")
        assert button["href"] == f"lite/lab/index.html?path={stem}.ipynb"
        assert button in title.find_all_next(limit=8)


def test_the_glossary_leads_to_the_cell_that_defines_a_term(pages):
    cells = {cell.id: cell for notebook in SOLUTIONS.values() for cell in notebook.cells}
    text = "".join(cell.source for cell in SOLUTIONS["glossary"].cells)
    asked = [link["anchor"].removeprefix("cell-id=") for link in LINK.finditer(text) if link["anchor"]]
    hrefs = [link["href"] for link in pages["glossary.html"].select("article a.internal") if "#cell" in link["href"]]
    assert len(hrefs) == len(asked) > 100
    for cell, href in zip(asked, hrefs, strict=True):
        page, _, anchor = href.partition("#")
        assert page == f"{cell.rpartition('-')[0]}.html"
        words = re.sub(r"[^A-Za-z ]", " ", cells[cell].source.strip().splitlines()[0]).split()[:4]
        found = pages[page].find(id=anchor)
        behind = "".join([found.get_text(), *(part.get_text() for part in found.find_all_next(limit=4))])
        assert all(word in behind for word in words), (cell, href)
        assert name_target(cell).replace("_", "-").lower() == anchor


def test_every_picture_is_there_with_the_words_that_describe_it(pages):
    for stem, solution in SOLUTIONS.items():
        described = [picture["alt"] for picture in find_outputs(solution).select("img")]
        shown = pages[f"{stem}.html"].select(".cell_output img")
        assert [picture["alt"] for picture in shown] == described
        assert all(int(picture["width"]) > 0 and int(picture["height"]) > 0 for picture in shown)


def test_a_solution_is_folded_behind_the_cell_that_learners_find(pages):
    for stem in LESSONS:
        visible = find_cells(pages[f"{stem}.html"])
        for stub, solution in find_exercises(stem):
            [(_, cell)] = [(code, cell) for code, cell in visible if squeeze(code) == squeeze(stub)]
            folded = cell.find_next("details")
            assert not cell.find_parent("details")
            assert folded.summary.get_text(" ", strip=True).startswith("Show the course's solution")
            assert not folded.summary.get("aria-label")
            assert squeeze(solution) in squeeze(folded.get_text())
            assert "PASSED" in folded.get_text() or "@exercise" not in stub


def test_nothing_but_exercises_hides_its_code(pages):
    for stem in LESSONS:
        hidden = [cell for _, cell in find_cells(pages[f"{stem}.html"]) if cell.select_one("details .cell_input")]
        assert len(hidden) == len(find_exercises(stem))


def test_what_happens_is_folded_until_the_reader_has_predicted(pages):
    for stem in LESSONS:
        awaited = False
        for code, cell in find_cells(pages[f"{stem}.html"]):
            asked = re.match(r'predict\("[^"]+"(?P<reveal>, reveal=True)?\)', code.strip())
            for output in cell.select(".cell_output") if awaited and not asked else []:
                assert output.find_parent("details"), (stem, code)
            awaited = not asked["reveal"] if asked else awaited
            if asked and asked["reveal"]:
                [answer] = cell.select_one(".cell_output .output").find_all(recursive=False)
                assert answer.name == "details"
        assert not awaited


def test_no_box_is_empty_and_nothing_speaks_of_what_a_page_cannot_do(pages):
    for name, page in pages.items():
        for output in page.select(".cell_output .output"):
            assert output.get_text(strip=True) or output.select_one("img"), name
        text = page.get_text(" ")
        for phrase in ("To choose, run", "then run this cell", "You made no prediction", "If there are no sliders"):
            assert phrase not in text, (name, phrase)


def test_the_text_of_every_lesson_is_on_its_page(pages):
    for stem, solution in SOLUTIONS.items():
        shown = set(re.findall(r"[A-Za-z]{4,}", pages[f"{stem}.html"].article.get_text(" ")))
        texts = [cell.source for cell in solution.cells if cell.cell_type == "markdown"]
        plain = re.sub(r"\$+[^$]*\$+|\]\([^)]*\)|`[^`]*`", " ", "\n".join(texts), flags=re.DOTALL)
        assert not set(re.findall(r"[A-Za-z]{4,}", plain)) - shown, stem


def test_every_page_says_its_license_and_mentions_no_dollar_that_mathematics_left_behind(pages):
    for name, page in pages.items():
        assert "CC BY 4.0" in page.select_one(".bd-footer-content").get_text(), name
        dollars = page.main.find_all(string=lambda text: "$" in text)
        assert not [text for text in dollars if not text.find_parent(["pre", "code"])], name


def test_with_a_known_repository_lessons_can_be_run_elsewhere_too_and_without_it_nothing_leads_there(pages, tmp_path):
    assert build_site(tmp_path / "site", MARL_LESSONS_REPOSITORY="ada/course").returncode == 0
    page = (tmp_path / "site" / "01_games.html").read_text(encoding="utf-8")
    assert "https://mybinder.org/v2/gh/ada/course/main?urlpath=lab%2Ftree%2Fnotebooks%2F01_games.ipynb" in page
    assert "https://codespaces.new/ada/course" in page
    others = BeautifulSoup((tmp_path / "site" / "other_ways.html").read_text(encoding="utf-8"), "html.parser")
    hub = "repo=https://github.com/ada/course&branch=main&urlpath=lab/tree/course/notebooks/00_start_here.ipynb"
    assert hub in others.get_text()
    for name, page in pages.items():
        places = [link["href"] for link in page.select("a[href^=https]")]
        assert not [place for place in places if "mybinder.org/v2" in place or "codespaces.new" in place], name


def test_where_a_page_cannot_be_built_the_old_site_stays(tmp_path):
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text("old")
    process = build_site(tmp_path / "site", MARL_LESSONS_REPOSITORY="no address")
    assert process.returncode
    assert "must be the owner and name" in process.stderr
    assert [path.name for path in (tmp_path / "site").iterdir()] == ["index.html"]
