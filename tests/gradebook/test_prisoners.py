"""What a process uses is read with all that it started, whatever it calls itself, and only while it is this process."""

import mmap
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace

import pytest

from marl_lessons.gradebook.jails import prisoners
from marl_lessons.gradebook.jails.prisoners import (
    MEBIBYTE,
    TICKS_PER_SECOND,
    Limits,
    Prisoner,
    is_inside,
    list_family,
    read_disk,
    read_memory,
    read_ticks,
)

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are read in /proc")


@pytest.fixture
def child():
    with subprocess.Popen(["sleep", "600"]) as process:
        try:
            yield process
        finally:
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
        family = list_family(os.getpid())
        process.kill()
    assert process.pid in family


def test_memory_that_may_be_shared_counts_once():
    before = read_memory(os.getpid())
    with mmap.mmap(-1, 64 * MEBIBYTE) as shared:
        shared.write(bytes(1) * len(shared))
        after = read_memory(os.getpid())
    assert 64 * MEBIBYTE <= after - before < 96 * MEBIBYTE


def test_files_of_a_jail_count_once_and_those_of_this_machine_not_at_all(monkeypatch):
    assert read_disk(os.getpid(), limit=0) == 0
    monkeypatch.setattr(prisoners, "list_family", lambda pid: [pid, 2, 3])
    monkeypatch.setattr(prisoners, "read_memory", lambda pid: 10)
    monkeypatch.setattr(prisoners, "read_disk", lambda pid, limit: 100 if pid == 3 else 50)
    running = SimpleNamespace(pid=1, returncode=None, stdin=None, stdout=None)
    assert Prisoner(running, Limits()).memory() == 130


def test_what_is_used_up_is_named_as_soon_as_there_is_more(monkeypatch):
    limits = Limits(memory=100)
    prisoner = Prisoner(SimpleNamespace(pid=1, returncode=0, stdin=None, stdout=None), limits)
    for used, excess in ((100, ""), (101, "memory")):
        monkeypatch.setattr(prisoner, "memory", lambda used=used: used)
        assert prisoner.find_excess() == excess
    monkeypatch.setattr(prisoner, "processor_seconds", lambda: 1.1 * limits.processor_seconds)
    assert prisoner.find_excess() == "processor time"


def test_a_process_of_this_machine_is_in_no_jail(child):
    assert not is_inside(child.pid)


def test_a_process_that_ended_is_not_killed_nor_read_as_its_number_may_be_another_s(child):
    ended = SimpleNamespace(pid=child.pid, returncode=0, stdin=None, stdout=None, stderr=None, wait=lambda: 0)
    prisoner = Prisoner(ended, Limits())
    assert prisoner.list_processes() == []
    prisoner.kill()
    assert child.poll() is None
