"""How time and memory grow with the number of agents: the crowd, from ten agents to a million.

Each measurement has a process of its own, whose largest memory is what it ever held, Python and NumPy included.
"""

import json
import subprocess
import sys
from pathlib import Path
from time import process_time

import numpy as np

from benchmarks.memory import find_peak
from marl_lessons.environments import Crowd
from marl_lessons.learners import IQL, MeanFieldQ
from marl_lessons.policies import linear_schedule
from marl_lessons.rollout import train

SIZES = [10, 100, 1_000, 10_000, 100_000, 1_000_000]
PLAYS = 100
STEP_SIZES = {100: 0.2, 1_000: linear_schedule(0.4, 0.05, 1_000)}  # by plays: only many of them let it fall
KINDS = ("own tables", "shared table")
PROMISES = [  # agents, plays, processor seconds, MB
    (10_000, 1_000, 1.0, 1_000),
    (1_000_000, 100, 60.0, 1_000),
]


def print_crowds():
    """Print seconds, memory and what is learned against the number of agents, and whether the promises are kept."""
    print(f"\n{f'The crowd, {PLAYS} plays':32}{'processor s':>12}{'peak MB':>10}{'of the best G':>15}")
    for kind in KINDS:
        for num_agents in SIZES:
            _print_measured(f"{kind}, N = {num_agents:,}", measure_apart(kind, num_agents, PLAYS))
    for num_agents, plays, seconds, megabytes in PROMISES:
        measured = measure_apart(KINDS[0], num_agents, plays)
        print_promise(f"N = {num_agents:,}, {plays:,} plays", measured, seconds, megabytes)


def print_promise(name, measured, seconds, megabytes):
    """Print what was measured beside what the course promises; memory that no one could measure breaks no promise."""
    is_kept = measured["seconds"] <= seconds and (measured["megabytes"] or 0) <= megabytes
    _print_measured(name, measured, f"  {'✓' if is_kept else '✗'} promised: {seconds:g} s, {megabytes:,} MB")


def measure_apart(kind, num_agents, plays):
    """Call `measure` in a new process, so that nobody else's memory is counted."""
    command = [sys.executable, "-m", "benchmarks.crowds", kind, str(num_agents), str(plays)]
    root = Path(__file__).parents[1]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True, cwd=root).stdout)


def measure(kind, num_agents, plays):
    """Let a crowd learn, and return what it took.

    Parameters:
        kind: "own tables" of Q-learners who explore less and less, or a "shared table" played by its softmax.
        num_agents, plays: N, and how often they play.
    Returns:
        Dictionary with processor "seconds", "megabytes" (None where the system does not tell), and the "share" of
        the best G that it has learned to reach.
    """
    crowd = Crowd(num_agents, capacity=num_agents / 20, reward="difference")
    if kind == "own tables":
        learner = IQL(crowd, STEP_SIZES.get(plays, 0.2), 0.0, linear_schedule(0.3, 0.0, plays))
    else:
        learner = MeanFieldQ(crowd, 0.05, 0.0, temperature=0.02)
    rng, started = np.random.default_rng(0), process_time()
    train(crowd, learner, plays, 1, rng, per_agent=False)
    seconds = process_time() - started
    nights = learner.act(crowd.observe(crowd.reset(1, rng)), rng, explore=False)  # (1, N)
    worth = crowd.worth(crowd.count_guests(nights)).sum()
    share = worth / crowd.find_best_counts()[1]
    return {"seconds": seconds, "megabytes": find_peak(), "share": float(share)}


def _print_measured(name, measured, verdict=""):
    peak = "?" if measured["megabytes"] is None else f"{measured['megabytes']:.0f}"
    print(f"{name:32}{measured['seconds']:12.2f}{peak:>10}{measured['share']:15.3f}{verdict}")


if __name__ == "__main__":
    print(json.dumps(measure(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))))
