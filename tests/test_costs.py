"""A meter sees what a process that was started in its block costs, and a call is measured by itself."""

import subprocess
import sys
import tracemalloc
from types import SimpleNamespace

import numpy as np
import psutil
import pytest

from marl_lessons import costs
from marl_lessons.costs import Meter, measure_cost

WORK = """
import sys, time
while time.process_time() < 0.5: pass
held = bytearray(100_000_000)
print("done", flush=True)
sys.stdin.read()
"""


def test_a_meter_counts_processes_that_were_started_in_its_block():
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with Meter(interval=60) as meter, subprocess.Popen([sys.executable, "-c", WORK], **pipes) as child:
        assert child.stdout.readline() == b"done\n"
        meter.look()
        child.stdin.close()
    assert meter.processor_seconds > 0.45
    assert meter.peak_memory > 100e6


def test_a_meter_starts_at_0_and_stops_at_the_end():
    with Meter() as meter:
        pass
    assert 0 <= meter.processor_seconds < 0.5
    assert meter.seconds == meter.seconds


class FakeProcess:
    """Stands in for a process that has worked for so many seconds and holds so much memory, until it ends."""

    def __init__(self, user, system, own, shared=0, children=()):
        self.user, self.system, self.own, self.shared, self.below = user, system, own, shared, list(children)
        self.has_ended = False

    def children(self, recursive=False):
        return [*self.below, *(one for child in self.below for one in child.children(True) if recursive)]

    def cpu_times(self):
        if self.has_ended:
            raise psutil.NoSuchProcess(1)
        return SimpleNamespace(user=self.user, system=self.system)

    def memory_full_info(self):
        return SimpleNamespace(rss=self.own + self.shared, pss=self.own + self.shared / 2)


def test_a_meter_adds_up_all_generations_and_keeps_what_those_used_that_have_ended(monkeypatch):
    me = FakeProcess(10.0, 1.0, own=100, shared=40)
    monkeypatch.setattr(psutil, "Process", lambda: me)
    with Meter(interval=60) as meter:
        assert (meter.processor_seconds, meter.peak_memory) == (0, 120)
        grandchild = FakeProcess(3.0, 0.5, own=1_000, shared=40)
        me.below, me.user = [FakeProcess(2.0, 0.25, own=10, children=[grandchild])], 11.0
        meter.look()
        assert (meter.processor_seconds, meter.peak_memory) == (1 + 2.25 + 3.5, 120 + 10 + 1_020)
        grandchild.has_ended = True
    assert (meter.processor_seconds, meter.peak_memory) == (1 + 2.25 + 3.5, 120 + 10 + 1_020)


def test_a_meter_looks_every_half_second_by_default():
    assert Meter().interval == 0.5


# measure_cost


def test_memory_is_the_most_that_was_held_at_one_time():
    def hold():
        for _ in range(3):
            np.ones(2_000_000)  # 16 MB, three times one after the other

    _, megabytes = measure_cost(hold)
    assert megabytes == pytest.approx(16, abs=0.5)


def test_what_was_there_before_and_an_earlier_peak_do_not_count():
    measure_cost(lambda: np.ones(4_000_000))
    kept = np.ones(1_000_000)
    assert measure_cost(lambda: np.ones(1_000_000))[1] == pytest.approx(8, abs=0.5)
    assert len(kept)


def test_tracing_ends_unless_it_was_on_before():
    measure_cost(lambda: None)
    assert not tracemalloc.is_tracing()
    tracemalloc.start()
    try:
        measure_cost(lambda: None)
        assert tracemalloc.is_tracing()
    finally:
        tracemalloc.stop()


def test_seconds_are_processor_seconds():
    seconds, _ = measure_cost(lambda: None)
    assert seconds >= 0


def test_an_error_comes_through_and_ends_the_tracing():
    with pytest.raises(ZeroDivisionError):
        measure_cost(lambda: 1 / 0)
    assert not tracemalloc.is_tracing()


def test_a_browser_which_knows_no_processor_time_tells_seconds(monkeypatch):
    monkeypatch.setattr("sys.platform", "emscripten")
    monkeypatch.setattr(costs, "process_time", lambda: 0.0)  # as there
    assert measure_cost(lambda: sum(range(10_000)))[0] > 0
