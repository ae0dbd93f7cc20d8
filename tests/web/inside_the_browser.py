"""Runs a notebook in Pyodide with the kernel that JupyterLite uses; `browser_python` calls it there, see README."""

import json
import time
from pathlib import Path


async def run_notebook(path, result_path, replace=()):
    """Run the cells of a notebook in order, up to the first that raises, and write what each of them showed.

    Parameters:
        path: the notebook.
        result_path: where to write the list of cells in JSON: "id", "text", what was printed, displayed and returned in
            its plain form, "error" and "seconds".
        replace: pairs (old, new) of text to be replaced in the cells.
    """
    from pyodide_kernel import ipython_shell, kernel_instance

    results = []
    for cell in json.loads(Path(path).read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] != "code":
            continue
        source = "".join(cell["source"])
        for old, new in replace:
            source = source.replace(old, new)
        shown = _collect_outputs(ipython_shell)
        started = time.perf_counter()
        outcome = await kernel_instance.run(source)
        seconds = time.perf_counter() - started
        error = "\n".join(outcome["traceback"]) if outcome["status"] == "error" else ""
        results.append({"id": cell["id"], "text": "".join(shown), "error": error, "seconds": seconds})
        Path(result_path).write_text(json.dumps(results), encoding="utf-8")
        if error:
            return


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
