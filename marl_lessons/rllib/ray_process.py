"""Ray itself: whether it is installed, and how it starts and ends."""

import logging
import os
import sys
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from math import ceil
from threading import Event, Thread

NEEDED = {"ray": "ray[rllib]", "tree": "ray[rllib]", "torch": "torch"}  # what is imported: what brings it
# Ray waits 15 s for its own processes, and no setting makes it wait longer (ray-project/ray, issue 65983). Where a
# machine is busy, or reads Ray's files for the first time, another try is what helps.
STARTS = 3


def explain_missing():
    """Say in one sentence what has to be installed before RLlib can train; "" if nothing is missing."""
    missing = sorted({package for name, package in NEEDED.items() if find_spec(name) is None})
    if not missing:
        return ""
    return (
        f"RLlib cannot train here, because {' and '.join(missing)} {'is' if len(missing) == 1 else 'are'} not "
        "installed: `make scale` or pip install '.[scale]' brings what is missing, and no lesson needs it."
    )


@contextmanager
def run_ray(address, cpus, gpus):
    """Start Ray, or find it at its address, and leave no process of our own behind."""
    import ray

    try:
        _start_ray(address, cpus)
        there = ray.cluster_resources()
        for name, needed in {"CPU": cpus, "GPU": gpus}.items():
            if there.get(name, 0) < needed:
                raise ValueError(f"Ray has {there.get(name, 0):g} {name}, and {needed:g} are needed; ask for fewer.")
        yield
    finally:
        ray.shutdown()


def _start_ray(address, cpus):
    import ray

    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    logging.getLogger("ray.rllib").setLevel(logging.ERROR)
    quiet = {"log_to_driver": False, "logging_level": "ERROR"}
    if address:
        ray.init(address, **quiet)
        return
    own = {"num_cpus": max(os.cpu_count(), ceil(cpus)), "include_dashboard": False}
    for attempt in range(1, STARTS + 1):
        try:
            with _ending_children_on_failure():
                ray.init("local", **own, **quiet)
            return
        except Exception:
            if attempt == STARTS:
                raise
            print("Ray did not start in time, as happens on a busy machine; trying again.", file=sys.stderr)


@contextmanager
def _ending_children_on_failure():
    """End what a block has started if it fails, also what has lost its parent meanwhile, which Ray would leave."""
    import psutil  # JupyterLab brings it, and so does Ray
    import ray

    me, is_over = psutil.Process(), Event()
    before, seen = set(me.children(recursive=True)), set()

    def look():
        while not is_over.wait(0.2):
            seen.update(me.children(recursive=True))

    watcher = Thread(target=look, daemon=True)
    watcher.start()
    try:
        yield
    except BaseException:
        ray.shutdown()
        seen.update(me.children(recursive=True))
        for process in seen - before:
            with suppress(psutil.NoSuchProcess):  # it may have ended by itself
                process.kill()
        raise
    finally:
        is_over.set()
        watcher.join()
