"""What a jailed process sees of this machine: the system's libraries, Python, the course without its checks."""

import os
import sys
from pathlib import Path

SYSTEM = ("/usr", "/bin", "/lib", "/lib32", "/lib64", "/etc/ld.so.cache", "/etc/alternatives")
DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")
PYTHON = os.path.abspath(sys.executable)
PACKAGE = Path(__file__).parents[1]
COURSE = Path("/course")  # where the package lies inside
HOME = "/tmp"  # the only place that can be written, gone when the process ends

ENVIRONMENT = {
    "HOME": HOME,
    "LANG": "C.UTF-8",
    "LOGNAME": "student",
    "MPLBACKEND": "agg",
    "MPLCONFIGDIR": HOME,
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "PATH": f"{os.path.dirname(PYTHON)}:/usr/bin:/bin",
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONHASHSEED": "0",
    "PYTHONPATH": str(COURSE),
    "TMPDIR": HOME,
    "TQDM_DISABLE": "1",
    "USER": "student",
}


def list_folders():
    """Map each place inside to the folder or file of this machine that lies there, read-only."""
    python = {os.path.abspath(prefix) for prefix in (sys.prefix, sys.base_prefix)}
    python |= {os.path.realpath(prefix) for prefix in python}
    here = {Path(path): Path(path) for path in (*SYSTEM, *python) if os.path.exists(path)}
    return here | {COURSE / "marl_lessons": PACKAGE}


def list_masks(hidden=()):
    """List the places inside that are to look empty: the checks, and what is `hidden` but lies in a visible folder.

    A clone of the course is hidden with all that it holds; the package itself is visible at `COURSE`.
    """
    folders = list_folders()
    clone = [PACKAGE.parent] if (PACKAGE.parent / "pyproject.toml").exists() else []
    secret = [Path(os.path.realpath(path)) for path in (*hidden, *clone, PACKAGE / "checks")]
    masks = {path for path in secret if path.is_dir() and not folders.keys().isdisjoint(path.parents)}
    return masks | {COURSE / "marl_lessons" / "checks"}


def in_order(folders, masks):
    """Sort the places from the outermost to the innermost: pairs of the place inside and its source, None for a mask.

    So a mask hides what lies around it, and a folder inside of a mask is visible again.
    """
    return sorted((folders | dict.fromkeys(masks)).items(), key=lambda pair: pair[0].parts)
