"""What `make lite` writes: the course's notebooks, a lock with the checksum of every wheel, and nothing needless."""

import json
import shutil
import zipfile

import pytest

from tests.web.browsing import open_browser, serve
from tools.build_notebooks import ROOT
from web.lite.edition import build
from web.lite.wheels import hash_bytes

pytestmark = pytest.mark.web

PHONE = {"width": 393, "height": 852}


def read_json(path):
    return json.loads(path.read_text("utf-8"))


def test_the_notebooks_are_untouched_but_for_the_kernel(lite):
    assert len(list((lite / "files").iterdir())) == len(list((ROOT / "notebooks").glob("*.ipynb")))
    for path in (ROOT / "notebooks").glob("*.ipynb"):
        handed_out, own = read_json(lite / "files" / path.name), read_json(path)
        assert handed_out["metadata"].pop("kernelspec")["name"] == "python"
        del own["metadata"]["kernelspec"]
        assert handed_out == own


def test_every_wheel_is_there_with_the_checksum_of_the_lock(lite):
    packages = read_json(lite / "static/pyodide/pyodide-lock.json")["packages"]
    assert {"numpy", "scipy", "matplotlib", "marl-lessons", "ipywidgets", "pyodide-kernel"} <= set(packages)
    for entry in packages.values():
        assert hash_bytes((lite / "static/pyodide" / entry["file_name"]).read_bytes()) == entry["sha256"]


def test_the_same_course_makes_the_same_lock(lite, runtime):
    assert (lite / "static/pyodide/pyodide-lock.json").read_bytes() == (runtime / "pyodide-lock.json").read_bytes()


def test_the_settings_name_the_lock_with_its_checksum_and_look_nothing_up(lite):
    lock = (lite / "static/pyodide/pyodide-lock.json").read_bytes()
    settings = read_json(lite / "jupyter-lite.json")["jupyter-config-data"]["litePluginSettings"]
    kernel = settings["@jupyterlite/pyodide-kernel-extension:kernel"]
    assert kernel["loadPyodideOptions"]["lockFileURL"].endswith(f"?{hash_bytes(lock)[:12]}")
    assert kernel["disablePyPIFallback"] is True
    assert kernel["pyodideUrl"] == "./static/pyodide/pyodide.js"


def test_nothing_needless_is_published(lite):
    assert list(lite.rglob("*.map")) == []
    assert not (lite / "repl").exists()
    assert len(list(lite.glob("extensions/@*/*"))) == 2


def test_the_course_s_wheel_holds_the_whole_module(lite):
    (wheel,) = (lite / "static/pyodide").glob("marl_lessons-*.whl")
    inside = {name for name in zipfile.ZipFile(wheel).namelist() if name.startswith("marl_lessons/")}
    files = [path for path in (ROOT / "marl_lessons").rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    assert inside == {path.relative_to(ROOT).as_posix() for path in files}


def test_a_spoilt_wheel_is_named_and_what_was_built_before_stays(tmp_path, wheels):
    before = tmp_path / "lite"
    before.mkdir()
    spoilt = shutil.copytree(wheels, tmp_path / "wheels")
    next(spoilt.glob("numpy-*")).write_bytes(b"no wheel")
    with pytest.raises(SystemExit, match=r"numpy-.* has the checksum"):
        build(before, spoilt)
    assert before.exists()


def test_on_a_phone_the_lesson_has_the_room_and_nothing_leads_sideways(lite):
    with serve(lite) as address, open_browser(address, viewport=PHONE) as (page, _):
        page.goto(address)
        page.wait_for_function("window.jupyterapp?.shell.currentWidget?.sessionContext?.kernelDisplayStatus === 'idle'")
        page.wait_for_function("document.querySelector('.jp-Notebook').clientWidth > 300")
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
        assert page.evaluate("window.jupyterapp.shell.currentPath") == "00_start_here.ipynb"
        page.get_by_role("tab", name="File Browser").click()
        page.get_by_role("listitem", name="01_games.ipynb").wait_for()
