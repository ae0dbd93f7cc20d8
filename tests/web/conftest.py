"""The site and the browser edition, built once for all tests that look at them."""

import os
import subprocess
import sys

import pytest
from bs4 import BeautifulSoup

from web.lite.edition import build as build_lite
from web.lite.runtime import write_runtime
from web.lite.wheels import FOLDER, fetch, find_needed, read_lock
from web.site.links import ROOT


@pytest.fixture(scope="session")
def wheels():
    """Return the folder of Pyodide's wheels."""
    try:
        fetch(FOLDER, find_needed(read_lock()["packages"]))
    except (SystemExit, subprocess.CalledProcessError) as error:
        pytest.skip(f"no wheels for a browser's Python ({error}); its parts are tested natively")
    return FOLDER


@pytest.fixture(scope="session")
def runtime(tmp_path_factory, wheels):
    """Return the folder from which Node loads the browser's Python and the course."""
    folder = tmp_path_factory.mktemp("runtime") / "pyodide"
    write_runtime(folder, wheels)
    return folder


@pytest.fixture(scope="session")
def lite(tmp_path_factory, wheels):
    """Return the folder of a browser edition that needs no network."""
    folder = tmp_path_factory.mktemp("browser-edition") / "lite"
    build_lite(folder, wheels)
    return folder


def build_site(folder, **variables):
    """Build the site into a folder, as the command does; return the finished process."""
    command = [sys.executable, "-m", "web.site", "--to", str(folder)]
    return subprocess.run(command, env=os.environ | variables, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """Return the folder of a site that was built where another one, and a browser edition, had been."""
    folder = tmp_path_factory.mktemp("build") / "site"
    (folder / "lite").mkdir(parents=True)
    (folder / "lite" / "kept.txt").write_text("the browser edition")
    (folder / "16_gone.html").write_text("a lesson that is no more")
    process = build_site(folder)
    assert process.returncode == 0, process.stderr
    return folder


@pytest.fixture(scope="session")
def pages(site):
    """Return every page of the site, parsed, by the name of its file."""
    return {path.name: BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser") for path in site.glob("*.html")}
