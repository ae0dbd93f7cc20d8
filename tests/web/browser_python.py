"""Runs Python in Pyodide as a browser does, but in Node: one piece of code, a notebook, or tests."""

import importlib.util
import json
import resource
import shutil
import subprocess
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
RUNNER = Path(__file__).with_name("pyodide_runner.mjs")
PACKAGES = ["marl-lessons", "pyodide-kernel", "ipykernel", "sqlite3", "ssl", "jedi", "ipython"]  # as JupyterLite loads
TESTING = ["pytest", "_pytest", "py", "pluggy", "iniconfig"]  # of this machine's own Python, since they are pure
VARIABLES = {"MARL_LESSONS_PROGRESS": "progress.json", "TQDM_DISABLE": "1", "PYTHONHASHSEED": "0"}
BOUND = 1_800  # seconds; only bounds what hangs


class BrowserError(Exception):
    """What Python in Node said before it failed."""


def run_python(runtime, code, mounts=None):
    """Run code in a new Python in Node.

    Parameters:
        runtime: the folder that `web.lite.runtime.write_runtime` wrote.
        code: Python; it may use `await`.
        mounts: dictionary from folders inside to folders of this machine.
    Returns:
        What it printed.
    Raises:
        BrowserError: it failed; with all that it printed.
    """
    request = {"runtime": str(runtime), "packages": PACKAGES, "variables": VARIABLES, "code": code}
    request["mounts"] = {inside: str(outside) for inside, outside in (mounts or {}).items()}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "request.json")
        path.write_text(json.dumps(request), encoding="utf-8")
        command = ["node", str(RUNNER), str(path)]
        finished = subprocess.run(command, capture_output=True, text=True, timeout=BOUND)
    if finished.returncode:
        raise BrowserError(_shorten(finished.stdout + finished.stderr))
    return finished.stdout


def _shorten(said):
    """Leave out what Node quotes of Pyodide: lines of a million characters."""
    return "\n".join(line[:500] for line in said.splitlines())


def run_notebook(runtime, notebook, replace=()):
    """Run a notebook's cells with JupyterLite's kernel.

    Parameters:
        runtime: as for `run_python`.
        notebook: the path of a notebook of the course.
        replace: pairs (old, new) of text to be replaced in the cells.
    Returns:
        List of a dictionary for each cell that ran: "id", "text", what it showed in plain form, "error" (empty where
        there is none), and "seconds".
    """
    with tempfile.TemporaryDirectory() as results:
        code = f"""
            import sys
            sys.path.insert(0, "/inside")
            from inside_the_browser import run_notebook
            await run_notebook("/notebooks/{notebook.name}", "/results/cells.json", {list(replace)!r})
        """
        mounts = {"/notebooks": notebook.parent, "/results": results, "/inside": Path(__file__).parent}
        run_python(runtime, code, mounts)
        return json.loads(Path(results, "cells.json").read_text("utf-8"))


def run_tests(runtime, *arguments):
    """Run pytest, without the fixtures of the whole project, in the browser's Python, and return what it printed."""
    with tempfile.TemporaryDirectory() as folder:
        for name in TESTING:
            _copy_package(name, Path(folder))
        options = ["-q", "--noconftest", "--capture=sys", "-p", "no:cacheprovider", "--rootdir=/course"]
        options += ["-c", "/dev/null"]
        code = f"""
            import os, sys
            sys.path[:0] = ["/testing", "/course"]
            os.chdir("/course")
            import pytest
            status = pytest.main({[*options, *arguments]!r})
            assert status == 0, "tests failed, see above"
        """
        return run_python(runtime, code, {"/testing": folder, "/course": ROOT})


def _copy_package(name, folder):
    place = Path(importlib.util.find_spec(name).origin)
    if place.name == "__init__.py":
        shutil.copytree(place.parent, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        shutil.copy(place, folder)


def measure_processor_seconds(function, *arguments):
    """Return what a function returns, and the processor seconds of the processes that it started."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    result = function(*arguments)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return result, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
