"""Print the tables: environment steps per second of every contestant, ratios, and what a learner waits for.

In each round every contestant plays for about the same time, so that all share whatever else the machine is doing, and
a row shows the median of the rounds. A step is one joint step of all agents in one run.
"""

import os

os.environ |= {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}  # before NumPy is imported

from functools import partial
from statistics import median
from time import perf_counter

import numpy as np

from benchmarks import article_loop, browser, crowds, first_visit, grading, lessons, meeting, single_runs, web
from marl_lessons.environments import Drift
from marl_lessons.learners import IQL
from marl_lessons.rollout import train
from marl_lessons.views import Tiled

ROUNDS = 7
SECONDS = 0.4  # for each contestant in each round
REMEDY = 'pip install -e ".[bench]"'


def prepare_ours(game, runs):
    """Return a function that trains our IQL in batches of `runs` for about a number of steps in all."""
    rng = np.random.default_rng(0)
    learner = IQL(game, meeting.ALPHA, meeting.GAMMA, meeting.EPSILON)
    return lambda steps: train(game, learner, max(1, steps // runs), runs, rng)


def measure(contestants):
    """Time all contestants in turn, round after round.

    Parameters:
        contestants: dictionary from names to functions that play a number of steps.
    Returns:
        Dictionary from names to the median steps per second.
    """
    steps = {name: _find_steps(play) for name, play in contestants.items()}
    speeds = {name: [] for name in contestants}
    for _ in range(ROUNDS):
        for name, play in contestants.items():
            speeds[name].append(steps[name] / _time(play, steps[name]))
    return {name: median(values) for name, values in speeds.items()}


def _find_steps(play):
    steps = 2_000
    while (seconds := _time(play, steps)) < SECONDS / 4:
        steps *= 2
    return int(steps * SECONDS / seconds)


def _time(play, steps):
    started = perf_counter()
    play(steps)
    return perf_counter() - started


def prepare_those_installed(prepare):
    """Prepare the contestants whose package is there, and say which one is missing.

    Parameters:
        prepare: dictionary from names to functions without arguments that prepare a contestant.
    """
    ready = {}
    for name, prepare_one in prepare.items():
        try:
            ready[name] = prepare_one()
        except ModuleNotFoundError as error:
            print(f"  skipped: {name} needs the package {error.name}; {REMEDY}")
    return ready


def print_speeds(title, speeds, reference):
    """Print one row for each contestant with its speed as a multiple of the reference."""
    print(f"\n{title}\n{'':40}{'steps/s':>12}{'ratio':>10}")
    for name, speed in speeds.items():
        print(f"{name:40}{speed:12,.0f}{speed / speeds[reference]:10.2f}")


def print_verdict(what, ratio, target):
    """Print one ratio beside what the course promises."""
    print(f"  {what}: {ratio:.3g}× (promised: at least {target:g}×) {'✓' if ratio >= target else '✗ MISSED'}")


def compare_on_drift():
    """Print the first table: the article's own environment."""
    game = Tiled(Drift(), edges=np.linspace(-3, 3, 25))
    contestants = {"the article's kind of loop": article_loop.prepare_article_loop()}
    contestants |= {f"ours, {runs} runs": prepare_ours(game, runs) for runs in (100, 1_000)}
    speeds = measure(contestants)
    article, *ours = speeds
    print_speeds("The article's environment, 3 agents; ours sees x₀ in 26 tiles", speeds, article)
    print_verdict(f"ours at best against: {article}", max(speeds[name] for name in ours) / speeds[article], 100)


def compare_on_meeting():
    """Print the second table: one small tabular game."""
    game = meeting.build_meeting()
    rivals = prepare_those_installed(
        {
            "OpenSpiel's tabular Q-learner": partial(single_runs.prepare_open_spiel, game),
            "dictionary loop": partial(single_runs.prepare_dictionaries, game),
            "numba loop, one thread": partial(single_runs.prepare_numba, game),
        }
    )
    ours = {f"ours, {runs} runs": prepare_ours(game, runs) for runs in (1, 10, 30, 100, 300, 1_000)}
    speeds = measure(rivals | ours)
    print_speeds("Meeting on a ring: 3 agents, 125 states, 27 joint actions", speeds, "dictionary loop")
    best = max(speeds[name] for name in ours)
    for rival, target in [
        ("dictionary loop", 5),
        ("OpenSpiel's tabular Q-learner", 50),
        ("numba loop, one thread", 0.2),
    ]:
        if rival in speeds:
            print_verdict(f"ours at best against: {rival}", best / speeds[rival], target)


if __name__ == "__main__":
    compare_on_drift()
    compare_on_meeting()
    crowds.print_crowds()
    lessons.print_lessons()
    lessons.print_slowest_check()
    grading.print_grading()
    browser.print_lessons_in_the_browser()
    web.print_site()
    first_visit.print_first_visit()
