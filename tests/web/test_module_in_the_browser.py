"""What the module needs of a browser's Python it gets there, or does without."""

import json

import pytest

from tests.web.browser_python import BrowserError, run_python, run_tests

pytestmark = pytest.mark.web

PASS = """
import os
del os.environ["MARL_LESSONS_PROGRESS"]
from marl_lessons.exercises import progress_file
from marl_lessons.exercises.registry import find_exercise

def mark(progress):
    progress.record(find_exercise("1.1")).passed = True

progress_file.change(mark)
"""
READ = """
import os
del os.environ["MARL_LESSONS_PROGRESS"]
from marl_lessons.exercises import progress_file
from marl_lessons.exercises.registry import find_exercise

progress = progress_file.read()
print(progress.record(find_exercise("1.1")).passed, progress.notes)
"""
RECURSE = """
import sys
from marl_lessons.exercises.limits import Limits
from marl_lessons.exercises.sandbox import sandbox

def count_down(number):
    sys.setrecursionlimit(10**6)
    return number and count_down(number - 1)

with sandbox(Limits(), {}, {}) as (printed, inside), inside:
    assert count_down(300) == 0
try:
    with sandbox(Limits(), {}, {}) as (printed, inside), inside:
        count_down(-1)
except RecursionError:
    open("/results/ended", "w").close()
"""
PIECES = {  # run one after the other in one Python, which takes long to start
    "count": """
import marl_lessons, numpy as np
numbers = np.random.default_rng(0).integers(3, size=10)
print(numbers.dtype, np.intp.__name__, np.bincount(numbers).sum())
""",
    "games": """
import gymnasium, pettingzoo
from marl_lessons.environments import Drift
from marl_lessons.pettingzoo_api import from_parallel_env, to_parallel_env
print(from_parallel_env(lambda: to_parallel_env(Drift()), Drift().horizon).num_agents)
""",
    "picture": """
from marl_lessons import plotting
import matplotlib.font_manager
print("drawn")
""",
    "limit": """
from marl_lessons.exercises import evaluation
print(evaluation.LIMITS.processor)
""",
    "check": """
import os
import marl_lessons
del os.environ["MARL_LESSONS_PROGRESS"]
marl_lessons.check_setup()
""",
}
RUN_PIECES = f"""
import contextlib, io, json
said = {{}}
for name, piece in {PIECES!r}.items():
    with contextlib.redirect_stdout(io.StringIO()) as printed, contextlib.redirect_stderr(printed):
        exec(piece, {{}})
    said[name] = printed.getvalue()
print(json.dumps(said))
"""


@pytest.fixture(scope="module")
def said(runtime, tmp_path_factory):
    """Return what each of the pieces printed."""
    return json.loads(run_python(runtime, RUN_PIECES, {"/drive": tmp_path_factory.mktemp("drive")}))


def test_the_time_limit_needs_no_threads(runtime):
    said = run_tests(runtime, "tests/exercises/test_clocks.py")
    assert "passed" in said
    assert "skipped" not in said


def test_what_fails_there_fails_here(runtime):
    with pytest.raises(BrowserError, match="ZeroDivisionError"):
        run_python(runtime, "1 / 0")


def test_progress_is_on_the_drive_and_is_still_there_in_the_next_kernel(runtime, tmp_path):
    run_python(runtime, PASS, {"/drive": tmp_path})
    assert [path.name for path in tmp_path.iterdir()] == ["progress.json"]
    assert json.loads((tmp_path / "progress.json").read_text("utf-8"))["exercises"]
    assert run_python(runtime, READ, {"/drive": tmp_path}) == "True []\n"


def test_an_answer_may_call_itself_for_each_of_300_entries_and_not_for_ever(runtime, tmp_path):
    run_python(runtime, RECURSE, {"/results": tmp_path})
    assert (tmp_path / "ended").exists()


def test_integers_of_64_bits_are_counted_where_indices_have_32(said):
    assert said["count"] == "int64 int32 10\n"


def test_games_of_others_need_no_processes(said):
    assert said["games"] == "3\n"


def test_fonts_are_listed_without_a_word(said):
    assert said["picture"] == "drawn\n"


def test_an_answer_has_twice_the_time_there(said):
    assert said["limit"] == "20.0\n"


def test_the_set_up_check_finds_everything_and_says_what_is_different(said):
    assert "✗" not in said["check"]
    assert "✓ matplotlib>=3.8\n" in said["check"]
    assert "jupyterlab" not in said["check"]
    assert "You are working in your browser." in said["check"]
    assert said["check"].endswith("Everything is here. You can start.\n")
