"""What the pages of the site weigh, and how long a reader waits for the first picture."""

import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

from tests.browser.lab import NO_BROWSER, find_browser
from tests.web.browsing import serve
from tests.web.visits import PHONE, Visit, open_browser
from web.site.build import SITE
from web.site.links import ROOT

# What developers' tools call slow 4G: milliseconds, and bytes per second.
SLOW = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 90_000}
FIRST_PICTURE = """() => {
    const first = [...document.querySelectorAll("article img")].find(picture => picture.checkVisibility());
    if (first?.complete && first.naturalWidth) return performance.now() / 1000;
    first?.scrollIntoView();
    return false;
}"""


def print_site(site: Path = ROOT / SITE) -> None:
    """Print what each lesson's page makes a browser load, and when its first picture is there."""
    print(f"\nThe site, on a phone that has never seen it: kB loaded, seconds to the first picture\n{'':34}", end="")
    print(f"{'page':>8}{'first screen':>14}{'whole':>8}{'s, this machine':>17}{'s, slow 4G':>12}")
    if not (site / "index.html").exists():
        print("  skipped: build/site is not there; make site")
    elif not find_browser():
        print(f"  skipped: {NO_BROWSER}")
    else:
        _print_pages(site)


def _print_pages(site):
    with serve(site) as address, open_browser() as browser:
        for page in sorted(path.name for path in site.glob("[0-9]*.html")):
            itself = (site / page).stat().st_size
            first, seconds = load(browser, site, address, page)
            whole, _ = load(browser, site, address, page, is_whole=True)
            _, slow = load(browser, site, address, page, network=SLOW)
            row = f"{itself / 1000:8,.0f}{first / 1000:14,.0f}{whole / 1000:8,.0f}{seconds:17.1f}{slow:12.1f}"
            print(f"{page:34}{row}")


def load(browser, site, address, page, is_whole=False, network=None):
    """Load a page in a browser that has never seen it.

    Returns the bytes of the files that it asked for, all pictures included if it is read as a whole, and the seconds to
    the first picture.
    """
    visit = Visit(browser, address, PHONE)
    if network:
        visit.page.context.new_cdp_session(visit.page).send("Network.emulateNetworkConditions", network)
    visit.page.goto(address + page, wait_until="commit")
    seconds = visit.page.wait_for_function(FIRST_PICTURE).json_value()
    visit.open(page) if is_whole else visit.page.wait_for_load_state("networkidle")
    paths = {unquote(urlsplit(url).path) for url in visit.asked if url.startswith(address)}
    visit.page.context.close()
    return sum((site / path.lstrip("/")).stat().st_size for path in paths), seconds


if __name__ == "__main__":
    print_site(Path(*sys.argv[1:]) if sys.argv[1:] else ROOT / SITE)
