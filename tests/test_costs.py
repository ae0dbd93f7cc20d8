"""A meter sees what a process that was started in its block costs."""

import subprocess
import sys

from marl_lessons.costs import Meter

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
