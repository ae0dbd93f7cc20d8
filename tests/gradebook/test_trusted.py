"""What is left without a jail: a process in an empty folder, with limits, that ends with all that it started."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from marl_lessons.gradebook.jails import mounts
from marl_lessons.gradebook.jails.finding import find_jail
from marl_lessons.gradebook.jails.prisoners import MEBIBYTE, Limits

LIMITS = Limits(processor_seconds=30, memory=1024 * MEBIBYTE)


def run_trusted(code, limits=LIMITS):
    with find_jail("trust").start(limits, [sys.executable, "-c", code]) as prisoner:
        return prisoner.stdout.readall().decode().strip(), prisoner.process.wait()


def test_a_trusted_process_runs_in_an_empty_folder_that_ends_with_it():
    code = "import os; assert os.listdir() == []; open('new', 'w'); print(os.getcwd(), flush=True)"
    with find_jail("trust").start(LIMITS, [sys.executable, "-c", code]) as prisoner:
        home = Path(prisoner.stdout.readall().decode().strip())
        assert [path.name for path in home.iterdir()] == ["new"]
    assert not home.exists()


def test_a_trusted_process_gets_the_course_and_not_the_caller_s_environment(monkeypatch):
    monkeypatch.setenv("MARL_LESSONS_SECRET", "swordfish")
    code = "import os, marl_lessons; print(os.environ.get('MARL_LESSONS_SECRET'), marl_lessons.__file__)"
    assert run_trusted(code)[0] == f"None {mounts.PACKAGE / '__init__.py'}"


@pytest.mark.skipif(sys.platform != "linux", reason="times are read in /proc")
def test_what_a_process_used_is_known_after_it_ended():
    busy = "import time\nwhile time.process_time() < 0.3: pass"
    with find_jail("trust").start(LIMITS, [sys.executable, "-c", busy]) as prisoner:
        while prisoner.returncode is None:
            time.sleep(0.01)
    assert prisoner.processor_seconds() >= 0.2  # counted in hundredths


@pytest.mark.skipif(sys.platform != "linux", reason="processes are listed in /proc")
def test_a_trusted_process_is_killed_with_all_that_it_started():
    busy = "import os, time\nwhile time.process_time() < 0.3: pass\nos.fork() and print('ready', flush=True)"
    code = [sys.executable, "-c", f"{busy}\ntime.sleep(600)"]
    with find_jail("trust").start(LIMITS, code, stderr=subprocess.PIPE) as prisoner:
        assert prisoner.stdout.read(6) == b"ready\n"
        _, child = prisoner.list_processes()
    assert prisoner.returncode == -signal.SIGKILL
    assert prisoner.processor_seconds() >= 0.2  # read before it was killed
    assert [stream.closed for stream in (prisoner.stdin, prisoner.stdout, prisoner.process.stderr)] == [True] * 3
    while Path(f"/proc/{child}/stat").exists() and " Z " not in Path(f"/proc/{child}/stat").read_text():
        time.sleep(0.01)


def test_two_runs_are_the_same_where_code_asks_for_hashes():
    assert run_trusted("print(hash('a'))") == run_trusted("print(hash('a'))")


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's limits")
@pytest.mark.parametrize("code", ["while True: pass", "bytearray(2 * 2**30)", "open('f', 'wb').write(bytes(2**21))"])
def test_a_trusted_process_is_limited(code):
    assert run_trusted(code, Limits(processor_seconds=1, memory=1024 * MEBIBYTE, file=MEBIBYTE))[1] != 0


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's limits")
def test_how_many_processes_a_trusted_one_may_start_is_the_user_s_own_limit():
    limit = "import resource; print(resource.getrlimit(resource.RLIMIT_NPROC))"
    assert run_trusted(limit)[0] == subprocess.check_output([sys.executable, "-c", limit], text=True).strip()


def test_home_and_temporary_files_of_a_trusted_process_are_in_its_folder():
    code = "import os, tempfile; print(os.getcwd(), tempfile.gettempdir(), os.path.expanduser('~'))"
    home, *others = run_trusted(code)[0].split()
    assert others == [home, home]


@pytest.mark.skipif(os.name == "nt", reason="no sessions")
def test_what_interrupts_the_judge_does_not_reach_the_process():
    assert run_trusted("import os; print(os.getsid(0) == os.getpid())")[0] == "True"
