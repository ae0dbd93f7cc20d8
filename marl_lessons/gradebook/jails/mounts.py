"""What a jailed process sees of this machine: the system's libraries, Python, the course without its checks."""

import os
import site
import sys
from pathlib import Path

SYSTEM = ("/usr", "/bin", "/lib", "/lib32", "/lib64", "/etc/ld.so.cache", "/etc/alternatives")
DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")
PYTHON = os.path.abspath(sys.executable)
PACKAGE = Path(__file__).parents[2]
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
    "PYTHONUSERBASE": site.getuserbase(),
    "TMPDIR": HOME,
    "TQDM_DISABLE": "1",
    "USER": "student",
}


def list_folders():
    """Map each place inside to the folder or file of this machine that lies there, read-only."""
    prefixes = {os.path.abspath(prefix) for prefix in (sys.prefix, sys.base_prefix)}
    prefixes |= {os.path.realpath(prefix) for prefix in prefixes}
    # Only these parts: an environment may be made around the course, or hold other work.
    python = [os.path.join(prefix, part) for prefix in prefixes for part in ("bin", "lib", "lib64", "pyvenv.cfg")]
    own = [site.getusersitepackages()] if site.ENABLE_USER_SITE else []
    here = {Path(path): Path(path) for path in (*SYSTEM, *python, *own) if os.path.exists(path)}
    return here | {COURSE / "marl_lessons": PACKAGE}


def list_masks(hidden=()):
    """List the places inside that are to look empty: the checks, and what is `hidden` but lies in a visible folder.

    A clone of the course is hidden with all that it holds; the package itself is visible at `COURSE`.
    """
    clone = [PACKAGE.parent] if (PACKAGE.parent / "pyproject.toml").exists() else []
    checks = [PACKAGE / "checks", *(Path(folder, "marl_lessons", "checks") for folder in sys.path)]  # several copies
    secret = [Path(path).resolve() for path in (*hidden, *clone, *checks)]
    return {
        inside / path.relative_to(source.resolve())
        for inside, source in list_folders().items()  # one folder may lie in several places
        for path in secret
        if path.is_dir() and source.resolve() in path.parents
    }


def in_order(folders, masks):
    """Sort the places from the outermost to the innermost: pairs of the place inside and its source, None for a mask.

    So a mask hides what lies around it, and a folder inside of a mask is visible again.
    """
    return sorted((folders | dict.fromkeys(masks)).items(), key=lambda pair: pair[0].parts)
