"""The browser edition without Pyodide's wheels in it: the browser asks for exactly those of the lock, and compares."""

import json

import pytest
from playwright.sync_api import expect

from tests.browser.lab import Lab
from tests.web.browsing import open_browser, serve
from web.lite.edition import build

pytestmark = pytest.mark.web

FIRST_CELL = "check_setup()"
ANY_PAGE_MAY_READ = {"Access-Control-Allow-Origin": "*"}


@pytest.fixture(scope="module")
def edition(tmp_path_factory):
    folder = tmp_path_factory.mktemp("edition") / "lite"
    build(folder)
    return folder


def hand_out(wheels, spoilt="no wheel"):
    """Return what stands in for Pyodide's network: it hands out the wheels, one of them spoilt."""

    def answer(route):
        path = wheels / route.request.url.rpartition("/")[2]
        body = path.read_bytes()
        body = body[:-1] + bytes([body[-1] ^ 1]) if path.name.startswith(spoilt) else body
        route.fulfill(body=body, headers=ANY_PAGE_MAY_READ)

    return answer


def run_first_cell(edition, answer):
    """Open lesson 00 as a new visitor, run its first cell, and return its output and what was asked elsewhere."""
    with serve(edition) as address, open_browser(address, answer) as (page, outside):
        lab = Lab(page, address + "lab/index.html?path={}", edition / "files")
        lab.open("00_start_here.ipynb")
        lab.run_cell(FIRST_CELL)
        expect(lab.output(FIRST_CELL)).to_contain_text(".")
        return lab.output(FIRST_CELL).inner_text(), outside


def list_public_addresses(edition):
    lock = json.loads((edition / "static/pyodide/pyodide-lock.json").read_text("utf-8"))
    names = [entry["file_name"] for entry in lock["packages"].values()]
    return sorted(name for name in names if name.startswith("https://"))


def test_the_browser_asks_for_exactly_the_addresses_of_the_lock(edition, wheels):
    shown, outside = run_first_cell(edition, hand_out(wheels))
    assert "Everything is here. You can start." in shown
    assert sorted(outside) == list_public_addresses(edition)
    assert len(outside) == len(list(wheels.iterdir()))


def test_a_wheel_with_another_checksum_is_refused_and_the_learner_is_told(edition, wheels):
    shown, _ = run_first_cell(edition, hand_out(wheels, spoilt="numpy-"))
    assert "numpy" in shown
    assert "reload the page" in shown
