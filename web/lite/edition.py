"""The browser edition as a folder of files for any web server: JupyterLite, Pyodide, and the course's notebooks."""

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from web.lite.runtime import KERNEL_EXTENSION, WIDGETS, fetch_pinned_wheels, write_runtime
from web.lite.wheels import ROOT, hash_bytes

HERE = Path(__file__).parent
SITE = ROOT / "build/site/lite"
SETTINGS = "jupyter-lite.json"
# Loaded while the kernel starts, so that no cell waits and nothing is looked up by name. The kernel itself asks for
# all but the last one, in this spelling.
PACKAGES = ["micropip", "piplite", "ssl", "sqlite3", "ipykernel", "comm", "pyodide_kernel", "jedi", "ipython"]
PACKAGES += ["marl-lessons"]


def build(output: Path, wheels: Path | None = None) -> None:
    """Build the edition into `output`, which is replaced; `wheels` as in `write_runtime`."""
    with tempfile.TemporaryDirectory() as work:
        source, built = Path(work, "source"), Path(work, "built")
        write_runtime(source / "static/pyodide", wheels)
        copy_notebooks(ROOT / "notebooks", source / "files")
        write_settings(source)
        run_jupyterlite(source, built)
        add_own_pages(built)
        shutil.rmtree(output, ignore_errors=True)
        shutil.copytree(built, output)


def add_own_pages(built: Path) -> None:
    """Let the front page lead to JupyterLab, and JupyterLab open the notebook of last time and fit a phone."""
    for name in ("index.html", "start.js", "narrow.css"):
        shutil.copy(HERE / name, built)
    page = built / "lab/index.html"
    before, end, after = page.read_text("utf-8").partition("  </head>\n")
    ours = '    <script src="../start.js"></script>\n    <link rel="stylesheet" href="../narrow.css" />\n'
    page.write_text(before + ours + end + after, encoding="utf-8")


def copy_notebooks(notebooks: Path, folder: Path) -> None:
    """Copy the notebooks as they are, except for the name of the kernel."""
    folder.mkdir(parents=True)
    for path in sorted(notebooks.glob("*.ipynb")):
        notebook = json.loads(path.read_text("utf-8"))
        notebook["metadata"]["kernelspec"] |= {"name": "python", "display_name": "Python (Pyodide)"}
        text = json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"
        (folder / path.name).write_text(text, encoding="utf-8")


def write_settings(source: Path) -> None:
    """Write JupyterLite's settings: the project's own, and which lock and packages the kernel loads."""
    checksum = hash_bytes((source / "static/pyodide/pyodide-lock.json").read_bytes())
    settings = json.loads((HERE / SETTINGS).read_text("utf-8"))
    settings["jupyter-config-data"]["litePluginSettings"] = {
        "@jupyterlite/pyodide-kernel-extension:kernel": {
            "disablePyPIFallback": True,
            "loadPyodideOptions": {
                # With its checksum, or a browser may use the lock of an earlier edition with this one's wheels.
                "lockFileURL": f"./static/pyodide/pyodide-lock.json?{checksum[:12]}",
                "packages": PACKAGES,
            },
        }
    }
    (source / SETTINGS).write_text(json.dumps(settings, indent=1), encoding="utf-8")
    shutil.copy(HERE / "overrides.json", source)


def run_jupyterlite(source: Path, built: Path) -> None:
    """Let JupyterLite build a site of JupyterLab alone, with the two extensions that the notebooks use."""
    options = {
        "apps": ["lab"],
        "no_sourcemaps": True,
        "no_unused_shared_packages": True,
        "ignore_sys_prefix": True,  # the extensions of whoever builds
        "federated_extensions": [str(KERNEL_EXTENSION), str(fetch_pinned_wheels()[WIDGETS])],
        "contents": [str(source / "files")],
        "output_dir": str(built),
    }
    (source / "jupyter_lite_config.json").write_text(json.dumps({"LiteBuildConfig": options}), encoding="utf-8")
    command = [sys.executable, "-m", "jupyterlite_core", "build"]
    done = subprocess.run(command, cwd=source, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"JupyterLite could not build:\n{done.stdout}{done.stderr}")
