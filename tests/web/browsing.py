"""A folder served on this machine, and a browser that reaches nothing else; what it asks for elsewhere is recorded."""

import functools
import os
import threading
from collections.abc import Callable
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect, sync_playwright

from tests.browser.lab import BROWSER_OPTIONS, NO_BROWSER, RUN_TIMEOUT, find_browser

OFFLINE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
DESKTOP = {"width": 1400, "height": 1000}


class Quiet(SimpleHTTPRequestHandler):
    """Serves files, and writes no line for each."""

    def log_message(self, *arguments):
        pass


@contextmanager
def serve(folder: Path, handler: type[Quiet] = Quiet):
    """Serve the folder on this machine; yield its address, which ends in a slash."""
    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(handler, directory=folder)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@contextmanager
def open_browser(address: str, answer: Callable[[Route], None] = Route.abort, viewport: dict = DESKTOP):
    """Open a browser that has never been here; yield a page, and the list of addresses that it asks for elsewhere.

    `answer` says what becomes of a request that leads elsewhere; by default there is no network.
    """
    if find_browser() is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(NO_BROWSER)
    outside = []

    def guard(route):
        if route.request.url.startswith(address):
            route.continue_()
        else:
            outside.append(route.request.url)
            answer(route)

    with sync_playwright() as playwright:
        options = [*BROWSER_OPTIONS, OFFLINE]
        browser = playwright.chromium.launch(executable_path=find_browser(), args=options)
        context = browser.new_context(viewport=viewport)
        context.route("**/*", guard)
        yield prepare_page(context.new_page()), outside
        browser.close()


def prepare_page(page: Page) -> Page:
    """Let nothing on the page wait for less than the longest time that anything may take."""
    page.set_default_timeout(RUN_TIMEOUT)
    expect.set_options(timeout=RUN_TIMEOUT)
    return page
