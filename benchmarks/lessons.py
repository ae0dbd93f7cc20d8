"""What a learner waits for: each lesson from a cold kernel to its last cell, each live figure, and the slowest check.

Processor seconds are what counts, since they hardly depend on what else the machine is doing.
"""

import copy
import json
import os
import re
import tempfile
from pathlib import Path
from time import perf_counter, process_time

PROMISED_LESSON = 15  # processor seconds
PROMISED_FIGURE = 1.0
PROMISED_CHECK = 1.0
LIVE_FIGURE = "show_live("
MEASURE_FIGURES = (
    "import sys; sys.path.insert(0, '..'); from benchmarks.lessons import measure_figures; measure_figures()"
)
MEASURED = re.compile(r"^live figure (\{.*\})$", re.MULTILINE)


def print_lessons():
    """Print the seconds of every solution notebook and of the live figures in it."""
    import nbformat

    print(f"\n{'Solution notebooks and their live figures':44}{'seconds':>9}{'processor':>11}")
    for path in sorted((Path(__file__).parents[1] / "solutions").glob("*.ipynb")):
        notebook = nbformat.read(path, as_version=4)
        seconds, processor, _ = time_notebook(notebook)
        print_row(path.stem, seconds, processor, PROMISED_LESSON)
        for figure in time_figures(notebook):
            name = f"  {figure['name']}, slowest position"
            print_row(name, figure["seconds"], figure["processor"], PROMISED_FIGURE)


def time_notebook(notebook):
    """Run a notebook in a new kernel; return its seconds, its processor seconds and the executed notebook."""
    from tools.build_notebooks import execute

    started, used = perf_counter(), _processor_seconds_of_children()
    with tempfile.TemporaryDirectory() as folder:
        executed = execute(notebook, Path(folder, "progress.json"))
    return perf_counter() - started, _processor_seconds_of_children() - used, executed


def time_figures(notebook):
    """Run a notebook once more and return, for each live figure in it, its name and its slowest position's seconds."""
    if not any(LIVE_FIGURE in cell.source for cell in notebook.cells):
        return []
    _, _, executed = time_notebook(_insert_measurement(notebook))
    printed = "".join(output.get("text", "") for cell in executed.cells for output in cell.get("outputs", []))
    return [json.loads(figure) for figure in MEASURED.findall(printed)]


def measure_figures():
    """From now on, in this kernel, draw each live figure at both ends of its sliders too, and print the slowest."""
    from marl_lessons import plotting

    show_live = plotting.show_live

    def show_and_measure(draw, **sliders):
        low, high, start = ({name: slider[which] for name, slider in sliders.items()} for which in (0, 1, 3))
        seconds, processor = map(max, zip(*(_time(draw, position) for position in (low, high, start)), strict=True))
        print("live figure", json.dumps({"name": draw.__name__, "seconds": seconds, "processor": processor}))
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


def print_row(name, seconds, processor, promised):
    """Print what took how long, and whether its processor seconds keep the promise."""
    verdict = "✓" if processor <= promised else f"✗ promised: {promised:g}"
    print(f"{name:44}{seconds:9.2f}{processor:11.2f}  {verdict}")


def _insert_measurement(notebook):
    import nbformat

    measured = copy.deepcopy(notebook)
    measured.cells.insert(0, nbformat.v4.new_code_cell(MEASURE_FIGURES))
    return measured


def _time(function, options):
    started, used = perf_counter(), process_time()
    function(**options)
    return perf_counter() - started, process_time() - used


def _processor_seconds_of_children():
    spent = os.times()  # of children that have ended; on Windows always 0
    return spent.children_user + spent.children_system
