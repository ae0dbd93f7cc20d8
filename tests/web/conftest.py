"""The site and the browser edition, built once for all tests that look at them."""

import pytest

from web.lite.edition import build as build_lite
from web.lite.wheels import FOLDER, fetch, find_needed, read_lock


@pytest.fixture(scope="session")
def wheels():
    """Return the folder of Pyodide's wheels."""
    fetch(FOLDER, find_needed(read_lock()["packages"]))
    return FOLDER


@pytest.fixture(scope="session")
def lite(tmp_path_factory, wheels):
    """Return the folder of a browser edition that needs no network."""
    folder = tmp_path_factory.mktemp("browser-edition") / "lite"
    build_lite(folder, wheels)
    return folder
