"""What a browser's Python lacks has something in its place; `tests/web` proves the same where it is needed."""

import logging
import subprocess
import sys
import types
from pathlib import Path

import numpy as np
import pytest

import marl_lessons
from marl_lessons import browser

BLOCKED = "import sys; sys.modules['_multiprocessing'] = None; "
STAND_IN = "from marl_lessons import browser; del sys.modules['_multiprocessing']; browser.stand_in_for_processes(); "


def run(code):
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=Path(marl_lessons.__file__).parents[1]
    )


def test_this_is_no_browser():
    assert not browser.is_browser()


def test_pyodide_is_one(monkeypatch):
    monkeypatch.setattr(sys, "platform", "emscripten")
    assert browser.is_browser()


@pytest.mark.parametrize(("preparation", "is_importable"), [(BLOCKED, False), (BLOCKED + STAND_IN, True)])
def test_games_of_others_can_be_imported_without_processes(preparation, is_importable):
    finished = run(preparation + "import marl_lessons.pettingzoo_api")
    assert (finished.returncode == 0) is is_importable, finished.stderr


def test_a_progress_bar_counts_without_processes():
    finished = run(BLOCKED + STAND_IN + "from tqdm import tqdm; list(tqdm(range(3), disable=False))")
    assert finished.returncode == 0, finished.stderr
    assert "3/3" in finished.stderr


def test_a_lock_between_processes_is_refused_as_on_any_system_without_them():
    finished = run(BLOCKED + STAND_IN + "import multiprocessing; multiprocessing.RLock()")
    assert "OSError: there are no processes in a browser" in finished.stderr


def test_a_module_for_processes_that_is_there_stays(monkeypatch):
    there = types.ModuleType("_multiprocessing")
    monkeypatch.setitem(sys.modules, "_multiprocessing", there)
    browser.stand_in_for_processes()
    assert sys.modules["_multiprocessing"] is there


def test_a_library_that_the_page_could_not_get_is_named_with_what_to_do():
    browser.require_libraries(["numpy"])
    with pytest.raises(ImportError, match=r"one and another could not be loaded.*reload the page") as raised:
        browser.require_libraries(["numpy", "one", "another"])
    assert raised.value._render_traceback_() == [str(raised.value)]


def test_the_libraries_that_a_browser_fetches_are_all_asked_for(monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(ImportError, match="numpy and scipy and matplotlib could not"):
        browser.require_libraries()


@pytest.fixture
def bincount_of_32_bits(monkeypatch):
    """NumPy's function as it is where indices have 32 bits: it refuses those that have 64."""
    plain = np.bincount

    def bincount(x, *arguments, **options):
        if np.asarray(x).dtype == np.int64:
            raise TypeError("Cannot cast array data from dtype('int64') to dtype('int32')")
        return plain(x, *arguments, **options)

    monkeypatch.setattr(np, "bincount", bincount)
    monkeypatch.setattr(np, "intp", np.int32)


def test_integers_of_64_bits_are_counted(bincount_of_32_bits):
    numbers = np.random.default_rng(0).integers(3, size=10)
    with pytest.raises(TypeError):
        np.bincount(numbers)
    browser.let_numpy_count()
    assert np.bincount(numbers, minlength=5).tolist() == [(numbers == number).sum() for number in range(5)]
    assert np.bincount([1, 1], weights=[0.5, 2]).tolist() == [0, 2.5]


def test_what_is_no_integer_is_still_not_counted(bincount_of_32_bits):
    browser.let_numpy_count()
    with pytest.raises(TypeError):
        np.bincount([0.5])


def test_a_list_of_fonts_is_made_without_a_word():
    logger = logging.getLogger("matplotlib.font_manager")
    before = logger.level
    try:
        browser.keep_font_list_quiet()
        assert not logger.isEnabledFor(logging.WARNING)
    finally:
        logger.setLevel(before)
