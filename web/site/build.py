"""Build the site from the solved lessons, the pages beside this file and what the project says of itself.

The source is prepared in a folder of its own, Sphinx turns it into HTML, and only a build without a warning takes the
place of the one before. What lies in build/site/lite stays: `python -m web.lite` makes that.
"""

import os
import shutil
import sys
import tempfile
from pathlib import Path

from sphinx.cmd.build import build_main

from web.site.lessons import write_lessons
from web.site.links import ROOT, read_repository
from web.site.pages import write_pages

HERE = Path(__file__).resolve().parent
SITE = ROOT / "build" / "site"
KEPT = "lite"
EXTRA = "extra"  # goes to the site as it is
MATHJAX = ROOT / "web" / "node_modules" / "mathjax" / "es5" / "tex-svg.js"
UNUSED = (  # what the theme brings and no page asks for
    "*.map",
    "fontawesome*",
    "webpack-macros.html",
    "sbt-webpack-macros.html",
    "locales",
    "logo_*",
    "searchindex.js.orig",
)


def build_site(target: Path = SITE, mathjax: Path = MATHJAX) -> None:
    """Write the site into `target`; raise SystemExit, with the old one untouched, where that fails."""
    if not mathjax.exists():
        sys.exit(f"{mathjax} is missing; run `npm ci --ignore-scripts` in web/, which `make site` does.")
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="site-", dir=target.parent) as folder:
        source, html = Path(folder) / "source", Path(folder) / "html"
        write_source(source, mathjax)
        run_sphinx(source, html)
        remove_unused(html)
        exchange(html, target)


def write_source(source: Path, mathjax: Path) -> None:
    """Write all that Sphinx reads."""
    source.mkdir()
    repository = read_repository()
    write_lessons(source, source / EXTRA, repository)
    write_pages(source, repository)
    static = source / EXTRA / "_static"
    static.mkdir(parents=True)
    shutil.copy(mathjax, static / "mathjax.js")


def run_sphinx(source: Path, html: Path) -> None:
    """Turn the source into HTML; a warning is an error."""
    options = ["-b", "html", "-c", str(HERE), "-d", str(html.parent / "doctrees"), "-q", "-W", "--keep-going"]
    extra = ["-D", f"html_extra_path={source / EXTRA}"]
    if build_main([*options, *extra, str(source), str(html)]):
        sys.exit("The site was not built; mend what Sphinx says above.")


def remove_unused(html: Path) -> None:
    """Remove what no page loads: it would only make the site heavier."""
    for name in (".buildinfo", "objects.inv", ".doctrees"):
        (html / name).unlink(missing_ok=True)
    for pattern in UNUSED:
        for path in [*html.joinpath("_static").rglob(pattern)]:
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def exchange(html: Path, target: Path) -> None:
    """Put the new site in the place of the old one, beside the browser edition."""
    target.mkdir(exist_ok=True)
    for old in target.iterdir():
        if old.name != KEPT:
            shutil.rmtree(old) if old.is_dir() else old.unlink()
    for new in sorted(html.iterdir()):
        os.replace(new, target / new.name)


def main() -> int:
    """Build the site and say where it is."""
    build_site()
    print(f"The site is in {SITE.relative_to(ROOT)}: open index.html there, or serve it:")
    print(f"  python -m http.server -d {SITE.relative_to(ROOT)}")
    if not (SITE / KEPT).exists():
        print("Its buttons “Run this lesson in your browser” lead to lite/, which `make lite` builds.")
    return 0
