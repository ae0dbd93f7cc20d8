"""The button on a lesson's page opens that lesson in the edition that runs in the browser."""

import os

import pytest
from playwright.sync_api import expect

from tests.browser.lab import NO_BROWSER, RUN_TIMEOUT, find_browser
from tests.web.browsing import serve
from tests.web.visits import Visit, open_browser

pytestmark = [
    pytest.mark.web,
    pytest.mark.skipif(not find_browser() and "CI" not in os.environ, reason=NO_BROWSER),
]


@pytest.fixture
def published(site, lite, tmp_path):
    """Return a folder with both editions, as `make site` and `make lite` leave it."""
    for path in [path for path in site.iterdir() if path.name != "lite"]:
        (tmp_path / path.name).symlink_to(path)
    (tmp_path / "lite").symlink_to(lite)
    return tmp_path


def test_the_button_of_a_lesson_opens_its_notebook_without_a_request_elsewhere(published):
    with serve(published) as address, open_browser() as browser:
        expect.set_options(timeout=RUN_TIMEOUT)
        visit = Visit(browser, address)
        page = visit.open("01_games.html")
        page.get_by_role("link", name="Run this lesson in your browser").click()
        notebook = page.locator(".jp-NotebookPanel")
        expect(notebook.get_by_role("heading", name="01 · Games")).to_be_visible()
        expect(notebook.get_by_text('@exercise("1.2")')).to_be_attached()
        assert not visit.outside
