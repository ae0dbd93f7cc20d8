"""What a process uses is read with all that it started, whatever it calls itself, and only while it is this process."""

import mmap
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace

import pytest

from marl_lessons.gradebook.jails.prisoners import (
    MEBIBYTE,
    TICKS_PER_SECOND,
    Limits,
    Prisoner,
    is_inside,
    list_family,
    read_memory,
    read_ticks,
)

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are read in /proc")


@pytest.fixture
def child():
    with subprocess.Popen(["sleep", "600"]) as process:
        yield process
        process.kill()


@pytest.mark.parametrize("name", ["python", "x) S 1 (y", ") ) )"])
def test_processor_time_is_read_whatever_a_process_calls_itself(name):
    place = Path("/proc/self/comm")
    own = place.read_text("utf-8")
    place.write_text(name, "utf-8")
    try:
        before = sum(os.times()[:4])
        seconds = read_ticks(os.getpid()) / TICKS_PER_SECOND
        after = sum(os.times()[:4])
    finally:
        place.write_text(own, "utf-8")
    assert before - 0.001 <= seconds <= after + 0.001


def test_what_a_thread_started_belongs_to_the_family():
    with ThreadPoolExecutor(1) as thread, thread.submit(subprocess.Popen, ["sleep", "600"]).result() as process:
        assert process.pid in list_family(os.getpid())
        process.kill()


def test_memory_that_may_be_shared_counts_once():
    before = read_memory(os.getpid())
    with mmap.mmap(-1, 64 * MEBIBYTE) as shared:
        shared.write(bytes(1) * len(shared))
        after = read_memory(os.getpid())
    assert 64 * MEBIBYTE <= after - before < 96 * MEBIBYTE


def test_a_process_of_this_machine_is_in_no_jail(child):
    assert not is_inside(child.pid)


def test_a_process_that_ended_is_not_killed_nor_read_as_its_number_may_be_another_s(child):
    ended = SimpleNamespace(pid=child.pid, returncode=0, stdin=None, stdout=None, stderr=None, wait=lambda: 0)
    prisoner = Prisoner(ended, Limits())
    assert prisoner.list_processes() == []
    prisoner.kill()
    assert child.poll() is None
