"""The site and the browser edition, built once for all tests that look at them."""

import subprocess

import pytest

from web.lite.edition import build as build_lite
from web.lite.runtime import write_runtime
from web.lite.wheels import FOLDER, fetch, find_needed, read_lock


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
