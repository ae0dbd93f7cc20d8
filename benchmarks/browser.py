"""What a lesson costs in the browser's Python, which Node runs here, beside what it costs on this machine."""

import tempfile
from pathlib import Path

from benchmarks.lessons import measure_notebook

TOLD = 60  # processor seconds: a lesson that takes more says so at its head


def print_lessons_in_the_browser():
    """Print the processor seconds of every solution notebook, here and in the browser's Python."""
    import nbformat

    from tests.web.browser_python import ROOT, measure_processor_seconds, run_notebook
    from web.lite.runtime import write_runtime
    from web.lite.wheels import FOLDER

    print(f"\n{'Solution notebooks: processor seconds':44}{'here':>9}{'browser':>9}{'its cells':>11}")
    if not FOLDER.is_dir():
        print("  skipped: build/wheels is not there; make wheels")
        return
    with tempfile.TemporaryDirectory() as folder:
        runtime = Path(folder, "pyodide")
        write_runtime(runtime, FOLDER)
        for path in sorted((ROOT / "solutions").glob("[0-9][0-9]_*.ipynb")):
            here = measure_notebook(nbformat.read(path, as_version=4))["processor"]
            cells, browser = measure_processor_seconds(run_notebook, runtime, path)
            own = sum(cell["seconds"] for cell in cells)
            told = "  offers a smaller batch" if own > TOLD else ""
            print(f"{path.stem:44}{here:9.1f}{browser:9.1f}{own:11.1f}{told}", flush=True)


if __name__ == "__main__":
    print_lessons_in_the_browser()
