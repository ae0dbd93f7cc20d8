"""What a lesson costs, from a cold kernel to its last cell: seconds and memory; each live figure; the slowest check.

Processor seconds are what counts, since they hardly depend on what else the machine is doing. Memory is the most that
the kernel's process ever held, Python and all libraries included.
"""

import copy
import json
import os
import re
import tempfile
from pathlib import Path
from time import perf_counter, process_time

from benchmarks.memory import find_peak

PROMISED_LESSON = 15  # processor seconds
PROMISED_MEMORY = 1_000  # megabytes
PROMISED_FIGURE = 1.0
PROMISED_CHECK = 1.0
LIVE_FIGURE = "show_live("
IN_THE_KERNEL = "import sys; sys.path.insert(0, '..'); from benchmarks import lessons; lessons."
MEASURED = re.compile(r"^measured (\{.*\})$", re.MULTILINE)


def print_lessons():
    """Print the seconds and the memory of every solution notebook, and the seconds of the live figures in it."""
    import nbformat

    print(f"\n{'Solution notebooks and their live figures':44}{'seconds':>9}{'processor':>11}{'peak MB':>9}")
    for path in sorted((Path(__file__).parents[1] / "solutions").glob("[0-9][0-9]_*.ipynb")):
        notebook = nbformat.read(path, as_version=4)
        used = measure_notebook(notebook)
        print_row(path.stem, used["seconds"], used["processor"], PROMISED_LESSON, used["megabytes"])
        for figure in time_figures(notebook):
            name = f"  {figure['name']}, slowest position"
            print_row(name, figure["seconds"], figure["processor"], PROMISED_FIGURE)


def measure_notebook(notebook):
    """Run a notebook in a new kernel.

    Returns:
        Dictionary with "seconds" of the whole run, and of the kernel's process, and those that it started, "processor"
        seconds and "megabytes", the kernel's most (None where the system does not tell).
    """
    started = perf_counter()
    (used,) = _run_and_read(notebook, "print_used()", position=len(notebook.cells))
    return {"seconds": perf_counter() - started} | used


def time_figures(notebook):
    """Run a notebook once more and return, for each live figure in it, its name and its slowest position's seconds."""
    if not any(LIVE_FIGURE in cell.source for cell in notebook.cells):
        return []
    return _run_and_read(notebook, "measure_figures()", position=0)


def print_used():
    """Print what this process, the kernel, has used until now."""
    started = os.times()  # on Windows these are 0
    processor = process_time() + started.children_user + started.children_system
    _print_measured({"processor": processor, "megabytes": find_peak()})


def measure_figures():
    """From now on, in this kernel, draw each live figure at both ends of its sliders too, and print the slowest."""
    from marl_lessons import plotting

    show_live = plotting.show_live

    def show_and_measure(draw, **sliders):
        low, high, start = ({name: slider[which] for name, slider in sliders.items()} for which in (0, 1, 3))
        seconds, processor = map(max, zip(*(_time(draw, position) for position in (low, high, start)), strict=True))
        _print_measured({"name": draw.__name__, "seconds": seconds, "processor": processor})
        return show_live(draw, **sliders)

    plotting.show_live = show_and_measure


def print_slowest_check():
    """Print which right answer of the bank takes longest to be judged."""
    from tests.bank.bank import judge, load_answers

    times = {}
    for number, answers in load_answers().items():
        for text in answers.right:
            seconds, processor = _time(judge, {"exercise_id": number, "text": text})
            times[number] = max(times.get(number, (0.0, 0.0)), (processor, seconds))
    slowest = max(times, key=times.get)
    print(f"\n{'Checks':44}{'seconds':>9}{'processor':>11}")
    print_row(f"exercise {slowest}, the slowest of {len(times)}", times[slowest][1], times[slowest][0], PROMISED_CHECK)


def print_row(name, seconds, processor, promised, megabytes=None):
    """Print what took how long and, if that is known, what it held at most, and whether the promises are kept."""
    broken = [f"{promised:g} s"] if processor > promised else []
    broken += [f"{PROMISED_MEMORY:,} MB"] if (megabytes or 0) > PROMISED_MEMORY else []
    verdict = f"✗ promised: {', '.join(broken)}" if broken else "✓"
    peak = "" if megabytes is None else f"{megabytes:.0f}"
    print(f"{name:44}{seconds:9.2f}{processor:11.2f}{peak:>9}  {verdict}", flush=True)


def _run_and_read(notebook, call, position):
    """Run a notebook that calls a function of this module in a new cell, and return what was measured there."""
    import nbformat

    from tools.build_notebooks import execute

    measured = copy.deepcopy(notebook)
    measured.cells.insert(position, nbformat.v4.new_code_cell(IN_THE_KERNEL + call))
    with tempfile.TemporaryDirectory() as folder:
        executed = execute(measured, Path(folder, "progress.json"))
    printed = "".join(output.get("text", "") for cell in executed.cells for output in cell.get("outputs", []))
    return [json.loads(found) for found in MEASURED.findall(printed)]


def _print_measured(measured):
    print("measured", json.dumps(measured), flush=True)


def _time(function, options):
    started, used = perf_counter(), process_time()
    function(**options)
    return perf_counter() - started, process_time() - used
