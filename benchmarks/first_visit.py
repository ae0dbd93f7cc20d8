"""What a first visit to the browser edition loads, and how long it takes to the lesson, to Python, and to a picture."""

from pathlib import Path
from time import perf_counter

from tests.browser.lab import NO_BROWSER, Lab, find_browser
from tests.web.browsing import Quiet, open_browser, serve
from web.lite.edition import SITE

LESSON, FIGURE = "00_start_here.ipynb", "plotting.show_live("


def print_first_visit(edition: Path = SITE) -> None:
    """Print megabytes and seconds of a visit to lesson 00 by a browser that has never been there."""
    print(f"\n{'The browser edition, from this machine':44}{'MB':>9}{'seconds':>9}")
    if not (edition / "lab/index.html").exists():
        print("  skipped: build/site/lite is not there; make lite WHEELS=build/wheels")
    elif not find_browser():
        print(f"  skipped: {NO_BROWSER}")
    else:
        print(f"{'all its files':44}{sum_sizes(path for path in edition.rglob('*') if path.is_file()):9.1f}")
        for what, (megabytes, seconds) in visit(edition).items():
            print(f"{what:44}{megabytes:9.1f}{seconds:9.1f}", flush=True)


def visit(edition: Path) -> dict[str, tuple[float, float]]:
    """Open lesson 00 and run it as far as its picture; return what was loaded, and seconds since the start, on the way.

    Files of other machines, where the edition asks for some, cannot be had here and are not counted.
    """
    asked, found = set(), {}

    class Counting(Quiet):
        def translate_path(self, path):
            asked.add(Path(file := super().translate_path(path)))
            return file

    with serve(edition, Counting) as address, open_browser(address) as (page, _):
        lab, started = Lab(page, address + "lab/index.html?path={}", edition / "files"), perf_counter()

        def note(what):
            found[what] = sum_sizes(path for path in asked if path.is_file()), perf_counter() - started

        page.goto(lab.address.format(LESSON), wait_until="commit")
        page.locator(".jp-Notebook .jp-Cell").first.wait_for()
        note("until lesson 00 can be read")
        lab.wait_until_idle()
        note("until Python is there")
        lab.read_sources(LESSON)
        lab.run_cell(FIGURE)
        lab.output(FIGURE).get_by_role("img").first.wait_for()
        note("until its first picture is drawn")
    return found


def sum_sizes(paths) -> float:
    """Return the megabytes of some files."""
    return sum(path.stat().st_size for path in paths) / 1e6


if __name__ == "__main__":
    print_first_visit()
