"""Judges many notebooks, each in a process of its own, and writes a record of each.

A process of its own keeps one judge from all the others: what a notebook leaves in memory ends with it, and a judge
that dies or hangs costs one notebook. A pool of the standard library breaks for all of them when one of its processes
dies; these processes come from multiprocessing's server, which has loaded the judge already.
"""

import contextlib
import json
import multiprocessing
import signal
import sys
import time
import traceback
from multiprocessing.connection import wait

from tqdm import tqdm

from marl_lessons.exercises.hooks import DEEPEST
from marl_lessons.gradebook.files import write_text
from marl_lessons.gradebook.records import describe_failure

LONGEST_SECONDS = 7200  # on the wall, for one notebook; the judge has limits of its own and ends long before
KILLED = -9  # the exit code of a process that the system killed, most likely for its memory
FAREWELL_SECONDS = 20  # for a judge to end what it started


def judge_all(works, judge, workers, longest=LONGEST_SECONDS, preload=()):
    """Judge notebooks, `workers` of them at a time, and write their records.

    Parameters: works, a list of `Work`; judge, a function of a path that returns a record and can be pickled; preload,
    names of modules that it will need. Where a judge fails, dies or takes longer than `longest` seconds, the record
    says so. Raises KeyboardInterrupt after SIGINT or SIGTERM; whole records are left then, and no judge.
    """
    context = _find_context(preload)
    open_works, running = [*reversed(works)], {}
    with _hear_interrupts() as heard, tqdm(total=len(works), desc="Judging", unit="notebook", disable=None) as bar:
        try:
            while open_works or running:
                if heard:
                    raise KeyboardInterrupt
                while open_works and len(running) < workers:
                    work = open_works.pop()
                    process = context.Process(target=_judge_one, args=(judge, work), daemon=True)
                    process.start()
                    running[process.sentinel] = process, work, time.monotonic() + longest
                bar.update(_settle(running))
        finally:
            _end(process for process, _, _ in running.values())


@contextlib.contextmanager
def _hear_interrupts():
    """Yield a list that holds the signals to stop that came: none may fall between a judge's start and its entry."""
    heard, before = [], {}
    for number in (signal.SIGINT, signal.SIGTERM):
        if signal.getsignal(number) is not signal.SIG_IGN:
            before[number] = signal.signal(number, lambda number, frame: heard.append(number))
    try:
        yield heard
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _find_context(preload):
    if "forkserver" not in multiprocessing.get_all_start_methods():  # Windows
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__, *preload])
    return context


def _settle(running):
    """Wait until a judge has ended or is to be ended, and return how many were taken off `running`."""
    ended = wait(running, timeout=1.0)
    overdue = [key for key, (_, _, deadline) in running.items() if key not in ended and time.monotonic() > deadline]
    for key in [*ended, *overdue]:
        process, work, _ = running.pop(key)
        if key in overdue:
            _end([process])
            _write_failure(work, "The judge took too long and was ended.")
            continue
        process.join()
        if process.exitcode:
            remedy = "; was there memory for so many at a time (-j)?" if process.exitcode == KILLED else "."
            _write_failure(work, f"The judge ended with exit code {process.exitcode}{remedy}")
    return len(ended) + len(overdue)


def _end(processes):
    """End judges: at once those that listen, and then the others."""
    processes = [*processes]
    for process in processes:
        process.terminate()
    for process in processes:
        process.join(FAREWELL_SECONDS)
        if process.is_alive():
            process.kill()
            process.join()


def _judge_one(judge, work):
    """Judge one notebook; this is the whole life of a process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent hears it too, and decides
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # every `with` is left in order
    sys.setrecursionlimit(DEEPEST)  # as in a notebook: somebody may write an `elif` for each of 500 cases
    try:
        record = judge(work.path)
        write_text(work.place, json.dumps({**work.about, **record}, indent=1))
    except KeyboardInterrupt:
        sys.exit(1)
    except Exception as error:
        try:
            _write_failure(work, f"The judge failed: {type(error).__name__}: {error}", traceback.format_exc())
        except OSError:  # such as a full disk; who started this process finds the same, and says it
            sys.exit(1)


def _write_failure(work, text, details=""):
    """Write a record that says that there is none; the next run judges the notebook again."""
    write_text(work.place, json.dumps({**describe_failure(work.about, text), "details": details}, indent=1))
