"""A hands-on course in multi-agent reinforcement learning: reference code and self-checking exercises.

Names load when they are first used, so `import marl_lessons` is quick and pulls in no plotting, widget or environment
library.
"""

import importlib
import os

from marl_lessons import browser

__version__ = "0.2.0"

# Small matrices run several times faster with one BLAS thread on a shared laptop CPU. NumPy reads these variables when
# it is first imported, so the lessons import marl_lessons first.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")

if browser.is_browser():
    browser.require_libraries()
    browser.stand_in_for_processes()
    browser.let_numpy_count()
    browser.keep_font_list_quiet()

_HOMES = {
    "exercise": "marl_lessons.exercises",
    "check": "marl_lessons.exercises",
    "predict": "marl_lessons.exercises",
    "progress": "marl_lessons.exercises",
    "hint": "marl_lessons.exercises",
    "solution": "marl_lessons.exercises",
    "keep_scores": "marl_lessons.exercises",
    "kept_scores": "marl_lessons.exercises",
    "train": "marl_lessons.rollout",
    "check_setup": "marl_lessons.setup_check",
}
__all__ = ["__version__", *_HOMES]


def __getattr__(name):
    if name not in _HOMES:
        raise AttributeError(f"module 'marl_lessons' has no attribute {name!r}")
    return getattr(importlib.import_module(_HOMES[name]), name)


def __dir__():
    return sorted([*globals(), *_HOMES])
