"""Runs notebooks and judges the bank in Pyodide, with the kernel that JupyterLite uses; `browser_python` calls it."""

import itertools
import json
from pathlib import Path


async def run_notebook(path, result_path, replace=()):
    """Run the cells of a notebook in order, up to the first that raises, and write what each of them showed.

    Parameters:
        path: the notebook.
        result_path: where to write the list of cells in JSON: "id", "text", what was printed, displayed and returned in
            its plain form, "error" and processor "seconds".
        replace: pairs (old, new) of text to be replaced in the cells.
    """
    from pyodide_kernel import ipython_shell, kernel_instance

    _lift_time_limit()
    results = []
    for cell in json.loads(Path(path).read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] != "code":
            continue
        source = "".join(cell["source"])
        for old, new in replace:
            source = source.replace(old, new)
        shown = _collect_outputs(ipython_shell)
        started = read_clock()
        outcome = await kernel_instance.run(source)
        seconds = read_clock() - started
        error = "\n".join(outcome["traceback"]) if outcome["status"] == "error" else ""
        results.append({"id": cell["id"], "text": "".join(shown), "error": error, "seconds": seconds})
        Path(result_path).write_text(json.dumps(results), encoding="utf-8")
        if error:
            return


def read_clock():
    """Return the processor seconds of Node's process; Python itself is not told any there."""
    from js import process

    used = process.cpuUsage()
    return (used.user + used.system) / 1e6


def _collect_outputs(shell):
    """Let what the next cell shows be appended to the list that is returned."""
    from pyodide_kernel import stderr_stream, stdout_stream

    shown = []

    def keep(data, *arguments):
        shown.append(data.get("text/plain", "") + "\n")

    stdout_stream.publish_stream_callback = lambda name, text: shown.append(text)
    stderr_stream.publish_stream_callback = lambda name, text: None
    shell.display_pub.display_data_callback = keep
    shell.displayhook.publish_execution_result = lambda count, data, metadata: keep(data)
    shell.send_comm = lambda *message: None  # a widget's messages: nobody listens
    return shown


def judge_bank(result_path, wrong):
    """Judge all right answers of the bank, and the first wrong ones of each exercise, under one seed.

    Parameters:
        result_path: where to write {"judged": how many, "surprises": the reports that are not as the bank says}.
        wrong: how many wrong ones for each exercise.
    """
    from tests.bank.bank import load_answers

    _lift_time_limit()
    surprises, judged = [], 0
    for number, answers in load_answers().items():
        todo = [*((text, None) for text in answers.right), *itertools.islice(answers.wrong.items(), wrong)]
        judged += len(todo)
        for text, told in todo:
            surprises += _find_surprise(number, text, told)
    Path(result_path).write_text(json.dumps({"judged": judged, "surprises": surprises}), encoding="utf-8")


def _lift_time_limit():
    """Let no answer fail because this machine is slow or busy."""
    from marl_lessons.exercises import evaluation
    from marl_lessons.exercises.limits import Limits

    evaluation.LIMITS = Limits(processor=600.0)


def _find_surprise(number, text, told):
    """Judge one answer and return a list of what is not as the bank says; told is None for a right one."""
    from marl_lessons.display import to_text
    from tests.bank.bank import Outcome, Told, is_killed, judge

    report = judge(number, text)
    if told is None:
        return [] if report.outcome is Outcome.PASSED else [f"right: {text}\n{report.text}"]
    told = Told(told, never=()) if isinstance(told, str) else told
    text = report.text.replace("int32", "int64")  # of the type that NumPy gives to whole numbers
    is_told = to_text(told.phrase) in text and not any(to_text(phrase) in text for phrase in told.never)
    return [] if is_killed(report) and is_told else [f"wrong, {told.phrase}: {text}\n{report.text}"]
