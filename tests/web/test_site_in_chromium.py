"""The site in a real browser: from a server and from a folder, on a laptop and on a phone, light and dark."""

import os
import unicodedata

import pytest
from playwright.sync_api import expect

from tests.browser.lab import NO_BROWSER, RUN_TIMEOUT, find_browser
from tests.browser.test_browser import CONTRASTS
from tests.web.browsing import serve
from tests.web.visits import PHONE, Visit, open_browser

pytestmark = [
    pytest.mark.web,
    pytest.mark.skipif(not find_browser() and "CI" not in os.environ, reason=NO_BROWSER),
]
FILM_LESSON = "03_the_best_a_team_can_do.html"
ENOUGH = 4.5  # WCAG 2.2, level AA, for text
FAINT = ("#", "◀ back")  # the link to a heading, which shows where the mouse is, and a button that is disabled
# What is seen of a page but cannot be reached by scrolling down: how many pixels, and the widest element at fault.
OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
BROKEN_PICTURES = "() => [...document.images].filter(picture => !picture.naturalWidth).map(picture => picture.alt)"
# Formulas that are not drawn, or in which a glyph is missing.
BROKEN_MATHEMATICS = """() => [...document.querySelectorAll(".math")].filter(formula => {
    const glyphs = [...formula.querySelectorAll("use")].map(use => use.getAttribute("xlink:href"));
    return !formula.querySelector("svg") || glyphs.some(glyph => !document.querySelector(glyph));
}).map(formula => formula.textContent)"""

SCROLLING = "found => found.filter(part => part.scrollWidth > part.clientWidth).map(part => part.textContent)"
COPIED = "element => (getSelection().selectAllChildren(element), getSelection().toString())"
PAPER = {"width": 700, "height": 1000}


@pytest.fixture(scope="module")
def browser():
    expect.set_options(timeout=RUN_TIMEOUT)
    with open_browser() as browser:
        yield browser


@pytest.fixture(scope="module")
def address(site):
    with serve(site) as address:
        yield address


@pytest.fixture(scope="module")
def folder(site):
    return f"{site.as_uri()}/"


def visit_all(visit, pages):
    """Open every page; return what is wrong with its pictures and its mathematics."""
    faults = []
    for name in pages:
        page = visit.open(name)
        faults += [(name, alt) for alt in page.evaluate(BROKEN_PICTURES)]
        faults += [(name, formula) for formula in page.evaluate(BROKEN_MATHEMATICS)]
    return faults


@pytest.mark.parametrize("place", ["address", "folder"])
def test_every_page_is_whole_and_asks_for_nothing_outside(browser, pages, place, request):
    visit = Visit(browser, request.getfixturevalue(place))
    assert not visit_all(visit, pages)
    assert len(visit.asked) > len(pages)
    assert not visit.outside
    assert not visit.complaints


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_on_a_phone_no_page_scrolls_sideways_and_all_text_can_be_read(browser, pages, address, theme):
    visit = Visit(browser, address, PHONE, theme)
    for name in pages:
        page = visit.open(name)
        assert page.evaluate("document.documentElement.dataset.theme") == theme
        assert page.evaluate(OVERFLOW) <= 0, name
        texts = page.locator("article, .bd-search-container").first.evaluate(CONTRASTS)
        pale = [(text[:40], ratio) for text, ratio in texts if ratio < ENOUGH and text not in FAINT]
        assert not pale, name


@pytest.mark.parametrize("place", ["address", "folder"])
def test_the_search_finds_words_of_the_text_and_none_of_code(browser, place, request):
    visit = Visit(browser, request.getfixturevalue(place))
    for word, lessons in {"exploitability": {"05_competition.html"}, "linspace": set(), "png": set()}.items():
        page = visit.open("index.html")
        page.keyboard.press("Control+k")
        page.locator("#pst-search-dialog input").fill(word)
        page.keyboard.press("Enter")
        outcome = "found" if lessons else "did not match any"
        expect(page.locator("#search-results p.search-summary")).to_contain_text(outcome)
        found = {link.split("/")[-1].split("?")[0].split("#")[0] for link in list_results(page)}
        assert lessons <= found, word
        assert bool(lessons) == bool(found), word
    assert not visit.outside
    assert not visit.complaints


@pytest.mark.parametrize("place", ["address", "folder"])
def test_the_search_leads_first_to_the_place_that_defines_a_word(browser, pages, place, request):
    visit = Visit(browser, request.getfixturevalue(place))
    places = {"COMA": "12_central_critics", "REINFORCE": "10_policy_gradients", "coordinator": "14_hierarchies"}
    for word, lesson in places.items():
        page = visit.open(f"search.html?q={word}")
        expect(page.locator("#search-results p.search-summary")).to_contain_text("found")
        assert f"/{lesson}.html" in list_results(page)[0], word
    assert not visit.complaints


def test_nothing_lies_on_what_is_searched_for(browser, address):
    form = Visit(browser, address).open("search.html?q=COMA").locator("form.bd-search:visible").first
    icon, box = form.locator(".fa-magnifying-glass").bounding_box(), form.locator("input[name=q]").bounding_box()
    assert 0 < icon["x"] + icon["width"] <= box["x"]


def list_results(page):
    """Return the addresses that a search has found."""
    return page.locator("#search-results ul.search li a").evaluate_all("links => links.map(link => link.href)")


@pytest.mark.parametrize("place", ["address", "folder"])
def test_an_episode_can_be_watched(browser, place, request):
    page = Visit(browser, request.getfixturevalue(place)).open(FILM_LESSON)
    film = page.locator(".marl-film").first
    expect(film).to_contain_text("Step 0 of 4")
    film.get_by_role("button", name="forward").click()
    expect(film.locator("figcaption:visible")).to_contain_text("Step 1 of 4")
    film.get_by_role("button", name="play").click()
    expect(film.locator("figcaption:visible")).to_contain_text("Step 4 of 4")
    expect(film.get_by_role("button", name="forward")).to_be_disabled()


def test_a_fold_opens_with_the_keyboard(browser, address):
    visit = Visit(browser, address)
    page = visit.page
    page.goto(address + "01_games.html")
    fold = page.get_by_text("Show the course's solution").first
    card = page.get_by_text("PASSED", exact=True).first
    expect(card).to_be_hidden()
    fold.locator("xpath=ancestor::summary").press("Enter")
    expect(card).to_be_visible()


def test_a_formula_is_copied_as_text_and_is_no_stop_of_the_tab_key(browser, address):
    page = Visit(browser, address).open("01_games.html")
    copied = page.locator("article p:has(.math)").first.evaluate(COPIED)
    assert "written π" in " ".join(unicodedata.normalize("NFKC", copied).split())
    assert page.locator("span.math").evaluate_all(SCROLLING) == []


def test_on_paper_no_code_is_cut_off_and_no_button_is_left(browser, address):
    page = Visit(browser, address).open(FILM_LESSON)
    page.set_viewport_size(PAPER)
    assert page.locator(".cell_input pre").evaluate_all(SCROLLING)
    page.emulate_media(media="print")
    assert page.locator(".cell_input pre").evaluate_all(SCROLLING) == []
    for button in page.locator("article :is(button, .run-button)").all():
        expect(button).to_be_hidden()


def test_opened_from_a_folder_a_page_says_that_running_it_needs_a_server(browser, address, folder):
    note = "needs a web server: in a terminal in that folder python -m http.server"
    for name in ("01_games.html", "index.html"):
        from_folder, served = Visit(browser, folder).open(name), Visit(browser, address).open(name)
        expect(from_folder.get_by_text(note)).to_be_visible()
        expect(from_folder.locator(".run-button")).to_have_count(0)
        expect(served.get_by_text(note)).to_be_hidden()
        expect(served.locator(".run-button")).to_be_visible()


def test_a_reader_can_choose_light_or_dark_and_keeps_it(browser, address):
    visit = Visit(browser, address)
    page = visit.open("01_games.html")
    chosen = page.evaluate("document.documentElement.dataset.theme")
    assert chosen == "light"
    page.get_by_role("button", name="Color mode").click()
    page.get_by_role("button", name="Dark").or_(page.get_by_text("Dark", exact=True)).first.click()
    page = visit.open("02_markov_games.html")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_on_a_phone_the_list_of_lessons_opens_and_leads_on(browser, address):
    page = Visit(browser, address, PHONE).open("01_games.html")
    lesson = page.get_by_role("link", name="02 · Markov games").filter(visible=True)
    page.locator("button.primary-toggle:visible").first.click()
    lesson.first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("02 · Markov games")
