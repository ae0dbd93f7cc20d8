"""Build the site from the solved lessons, the pages beside this file and what the project says of itself.

The source is prepared in a folder of its own, Sphinx turns it into HTML, and only a build without a warning takes the
place of the one before. What lies in build/site/lite stays: `python -m web.lite` makes that.
"""

import argparse
import os
import shutil
import sys
import tempfile
from pathlib import Path

from web.site.lessons import write_lessons
from web.site.links import read_repository
from web.site.mathematics import MATHJAX, check_tools, draw_mathematics
from web.site.pages import write_pages

HERE = Path(__file__).resolve().parent
SITE = Path("build", "site")
KEPT = "lite"
EXTRA = "extra"  # goes to the site as it is
UNUSED = (  # what the theme brings and no page asks for
    "*.map",
    "fontawesome*",
    "webpack-macros.html",
    "sbt-webpack-macros.html",
    "locales",
    "logo_*",
)


def build_site(target: Path = SITE, mathjax: Path = MATHJAX) -> None:
    """Write the site into `target`; raise SystemExit, with the old one untouched, where that fails."""
    target = target.resolve()
    check_tools(mathjax)
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="site-", dir=target.parent) as folder:
        source, html = Path(folder) / "source", Path(folder) / "html"
        write_source(source)
        run_sphinx(source, html)
        draw_mathematics(html)
        remove_unused(html)
        exchange(html, target)


def write_source(source: Path) -> None:
    """Write all that Sphinx reads."""
    source.mkdir()
    repository = read_repository()
    write_lessons(source, source / EXTRA, repository)
    write_pages(source, repository)


def run_sphinx(source: Path, html: Path) -> None:
    """Turn the source into HTML; a warning is an error."""
    from sphinx.cmd.build import build_main  # slow to load, and not there where nobody builds

    options = ["-b", "html", "-c", str(HERE), "-d", str(html.parent / "doctrees"), "-q", "-W", "--keep-going"]
    extra = ["-D", f"html_extra_path={source / EXTRA}"]
    if build_main([*options, *extra, str(source), str(html)]):
        sys.exit("The site was not built; mend what Sphinx says above.")


def remove_unused(html: Path) -> None:
    """Remove what no page loads: it would only make the site heavier."""
    for name in (".buildinfo", "objects.inv"):
        (html / name).unlink(missing_ok=True)
    shutil.rmtree(html / "_sources")
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


def main(arguments: list[str] | None = None) -> int:
    """Build the site and say where it is."""
    parser = argparse.ArgumentParser("python -m web.site", description=__doc__.split("\n")[0])
    parser.add_argument("--to", type=Path, default=SITE, metavar="FOLDER", help="where the site goes (build/site)")
    target = parser.parse_args(arguments).to
    try:
        build_site(target)
    except ValueError as error:
        sys.exit(f"The site was not built: {error}")
    print(f"The site is in {target}: open index.html there, or serve it with\n  python -m http.server -d {target}")
    if not (target / KEPT).exists():
        print("Its buttons “Run this lesson in your browser” lead to lite/, which `make lite` builds.")
    return 0
