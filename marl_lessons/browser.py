"""Where the course runs in a browser, in Pyodide: no threads, no processes, no stop button, integers of 32 bits."""

import functools
import importlib.util
import logging
import sys
import types
from pathlib import Path

DRIVE = Path("/drive")  # JupyterLite's own folder, which is still there after a reload


def is_browser():
    """Tell whether this Python runs in a browser."""
    return sys.platform == "emscripten"


class NotLoaded(ImportError):
    """The browser did not get a library, in one sentence, which a notebook shows alone."""

    def _render_traceback_(self):  # IPython's way to ask an error for its own form
        return [str(self)]


def require_libraries(names=("numpy", "scipy", "matplotlib")):
    """Raise NotLoaded where a library is missing: the page then could not get it, and no `%pip install` would help."""
    missing = [name for name in names if importlib.util.find_spec(name) is None]
    if missing:
        what = " and ".join(missing)
        raise NotLoaded(f"{what} could not be loaded into your browser. Look at your network, then reload the page.")


def stand_in_for_processes():
    """Let libraries that could start processes be imported; gymnasium is one. None of ours starts any in the browser.

    Pyodide has no `_multiprocessing`, and `multiprocessing.synchronize` reads these two while it is imported. Whoever
    makes a lock for processes gets an OSError, as on any system without them; tqdm then does without.
    """
    stand_in = types.ModuleType("_multiprocessing", "Stands in for a module that a browser's Python lacks.")
    stand_in.SemLock = type("SemLock", (), {"SEM_VALUE_MAX": 0, "__init__": _refuse_lock})
    stand_in.sem_unlink = None
    sys.modules.setdefault("_multiprocessing", stand_in)


def _refuse_lock(lock, *arguments, **options):
    raise OSError("there are no processes in a browser, so no locks between them")


def let_numpy_count():
    """Let `np.bincount` take what `rng.integers` makes: integers of 64 bits, which it refuses where indices have 32."""
    import numpy as np

    bincount = np.bincount

    @functools.wraps(bincount)
    def bincount_of_any_integers(x, *arguments, **options):
        x = np.asarray(x)
        return bincount(x.astype(np.intp) if x.dtype == np.int64 else x, *arguments, **options)

    np.bincount = bincount_of_any_integers


def keep_font_list_quiet():
    """Keep Matplotlib from saying, in red, that it lists the fonts: in a browser it does so in every kernel."""
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
