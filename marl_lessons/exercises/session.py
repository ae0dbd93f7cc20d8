"""Gives a learner's notebook its names back: a cell that redefines `check` must not break the cells after it."""

from IPython import get_ipython

from marl_lessons.display import show

_protected = {}  # name -> the course's object


def protect_names(**names):
    """From now on, restores each name before a cell runs, where the notebook has used it and a cell rebound it."""
    shell = get_ipython()
    if shell is None:
        return
    shell.events.register("pre_run_cell", _restore_names)  # once: IPython ignores a function that it has
    _protected.update({name: thing for name, thing in names.items() if shell.user_ns.get(name) is thing})


def _restore_names(info=None):
    namespace = get_ipython().user_ns
    for name, thing in _protected.items():
        if namespace.get(name) is not thing:
            if name in namespace:
                namespace[f"my_{name}"] = namespace[name]
            namespace[name] = thing
            show(f"A cell gave `{name}` a new value, but the course needs that name. Yours is now called `my_{name}`.")
