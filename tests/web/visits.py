"""A reader's visit to the site in a real browser, and what the browser asked for on the way."""

from contextlib import contextmanager

from playwright.sync_api import sync_playwright

from tests.browser.lab import BROWSER_OPTIONS, RUN_TIMEOUT, find_browser

LAPTOP, PHONE = {"width": 1280, "height": 900}, {"width": 393, "height": 852}


@contextmanager
def open_browser():
    """Start a browser that has never seen the site."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=BROWSER_OPTIONS)
        yield browser
        browser.close()


class Visit:
    """One reader's pages; whatever they ask for outside of the site is refused and written down."""

    def __init__(self, browser, address: str, viewport=LAPTOP, theme="light"):
        self.address, self.asked, self.outside, self.complaints = address, [], [], []
        context = browser.new_context(viewport=viewport, color_scheme=theme)
        context.set_default_timeout(RUN_TIMEOUT)
        context.route("**/*", self._let_through_or_refuse)
        self.page = context.new_page()
        self.page.on("console", self._listen)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("requestfailed", lambda request: self.complaints.append(f"failed: {request.url}"))

    def _let_through_or_refuse(self, route):
        url = route.request.url
        is_inside = url.startswith((self.address, "data:"))
        (self.asked if is_inside else self.outside).append(url)
        route.continue_() if is_inside else route.abort()

    def _listen(self, message):
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def open(self, name: str):
        """Open a page of the site, with every fold open and every picture loaded; return it."""
        self.page.goto(self.address + name, wait_until="load")
        self.page.evaluate("document.querySelectorAll('details').forEach(fold => (fold.open = true))")
        self.page.evaluate("document.querySelectorAll('img').forEach(picture => (picture.loading = 'eager'))")
        self.page.wait_for_function("[...document.images].every(picture => picture.complete)")
        return self.page
