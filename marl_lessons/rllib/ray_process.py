"""Ray itself: whether it is installed, and how it starts and ends."""

import logging
import os
import sys
from contextlib import contextmanager
from importlib.util import find_spec

NEEDED = {"ray": "ray[rllib]", "tree": "ray[rllib]", "torch": "torch"}  # what is imported: what brings it
STARTS = 3  # Ray gives up after 15 to 30 s if the machine is busy; the next time its files lie in memory


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
    for attempt in range(STARTS):
        try:
            ray.init("local", num_cpus=max(os.cpu_count(), cpus), include_dashboard=False, **quiet)
            return
        except Exception:
            ray.shutdown()
            if attempt == STARTS - 1:
                raise
            print("Ray did not start in time, as happens on a busy machine; trying again.", file=sys.stderr)
