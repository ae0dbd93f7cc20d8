"""Pyodide with the course in it: one folder with the runtime, the course's wheel, pure ones, and a lock for all."""

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from web.lite.wheels import ROOT, RUNTIME, fetch_pinned_wheels, find_needed, hash_bytes, normalize, read_lock, verify

FILES = ["pyodide.js", "pyodide.mjs", "pyodide.asm.js", "pyodide.asm.wasm", "python_stdlib.zip"]
# JupyterLite's kernel: the extension, and in it the wheels that stand in for the native kernel and run the cells.
KERNEL_EXTENSION = Path(sys.prefix, "share/jupyter/labextensions/@jupyterlite/pyodide-kernel-extension")
WIDGETS = "jupyterlab-widgets"  # draws in JupyterLab what ipywidgets says in Python; no part of Python itself
KERNEL = ["ipykernel", "piplite", "pyodide_kernel"]
# Where Pyodide publishes the wheels of its lock. A browser takes them from here, and refuses any other checksum.
NETWORK = "https://cdn.jsdelivr.net/pyodide/v{version}/full/"


def write_runtime(folder: Path, wheels: Path | None = None) -> None:
    """Write a folder from which a browser, or Node, loads Python and the course.

    Parameters:
        folder: a folder that does not exist yet.
        wheels: a folder of Pyodide's own wheels; without one, the lock says where in the network they are.
    Raises:
        SystemExit: the folder of wheels lacks a file, or has another one of its name.
    """
    lock = read_lock()
    needed = find_needed(lock["packages"])
    if wheels:
        verify(wheels, needed)
    folder.mkdir(parents=True)
    for name in FILES:
        shutil.copy(RUNTIME / name, folder)
    place = "" if wheels else NETWORK.format(version=lock["info"]["version"])
    packages = {name: entry | {"file_name": place + entry["file_name"]} for name, entry in needed.items()}
    if wheels:
        for entry in needed.values():
            shutil.copy(wheels / entry["file_name"], folder)
    pinned = [path for name, path in fetch_pinned_wheels().items() if name != WIDGETS]
    pure = [_add_wheel(path, folder, []) for path in [*pinned, *_find_kernel_wheels()]]
    names = [*needed, *(entry["name"] for entry in pure)]
    course = build_course_wheel(folder, depends=[name for name in names if name not in map(normalize, KERNEL)])
    lock["packages"] = packages | {entry["name"]: entry for entry in [*pure, course]}
    (folder / "pyodide-lock.json").write_text(json.dumps(lock, indent=1), encoding="utf-8")


def _find_kernel_wheels():
    return [next(KERNEL_EXTENSION.glob(f"static/pypi/{name}-*.whl")) for name in KERNEL]


def build_course_wheel(folder: Path, depends: list[str]) -> dict:
    """Build the course's own wheel into the folder, with its checksum in its name, and return its entry of the lock.

    The version alone would not do: a browser may still hold a wheel of the same version that the lock refuses.
    """
    options = ["--quiet", "--disable-pip-version-check", "--no-deps", "--no-build-isolation"]
    with tempfile.TemporaryDirectory() as built:
        subprocess.run([sys.executable, "-m", "pip", "wheel", *options, "--wheel-dir", built, str(ROOT)], check=True)
        (wheel,) = Path(built).glob("*.whl")
        name, version, tags = wheel.name.split("-", 2)
        build_tag = f"0_{hash_bytes(wheel.read_bytes())[:12]}"
        wheel = wheel.rename(wheel.with_name("-".join([name, version, build_tag, tags])))
        return _add_wheel(wheel, folder, depends)


def _add_wheel(path, folder, depends):
    """Copy a pure wheel into the folder and return its entry of the lock."""
    shutil.copy(path, folder)
    name, version = path.name.split("-")[:2]
    return {
        "depends": depends,
        "file_name": path.name,
        "imports": [name],
        "install_dir": "site",
        "name": normalize(name),
        "package_type": "package",
        "sha256": hash_bytes(path.read_bytes()),
        "unvendored_tests": False,
        "version": version,
    }
