"""A jailed process sees and reaches nothing but itself, and what it starts ends with it."""

import contextlib
import json
import os
import pickle
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from marl_lessons.gradebook.jails import mounts
from marl_lessons.gradebook.jails.finding import JailMissing, find_jail
from marl_lessons.gradebook.jails.prisoners import MEBIBYTE, Limits

ROOT = Path(__file__).parents[2]
LIMITS = Limits(processor_seconds=60, wall_seconds=600, memory=1024 * MEBIBYTE, processes=20, disk=20 * MEBIBYTE)


def find_or_skip(name):
    try:
        return find_jail(name)
    except JailMissing as missing:
        if name == "bubblewrap" and os.environ.get("CI"):
            raise
        pytest.skip(str(missing).splitlines()[1])  # what is wrong with this one


@pytest.fixture(scope="module", params=["bubblewrap", "podman", "docker"])
def jail(request):
    return find_or_skip(request.param)


@pytest.fixture(scope="module")
def bubblewrap():
    return find_or_skip("bubblewrap")


def start(jail, code, limits=LIMITS):
    return jail.start(limits, [mounts.PYTHON, "-c", code])


def ask(jail, code, limits=LIMITS):
    """Run code that prints one JSON value, in the jail, and return the value."""
    with start(jail, code, limits) as prisoner:
        return json.loads(prisoner.stdout.readall())


def ask_which_exist(jail, paths):
    """Return those of the paths that exist inside of the jail."""
    return ask(jail, f"import json, os; print(json.dumps([p for p in {[*map(str, paths)]} if os.path.lexists(p)]))")


def ask_errors(jail, *statements):
    """Run each statement in the jail and return the name of what it raised, None for nothing."""
    code = f"""
import ctypes, json, os, socket
def attempt(statement):
    try:
        exec(statement)
    except Exception as error:
        return type(error).__name__
print(json.dumps([attempt(statement) for statement in {list(statements)}]))"""
    return ask(jail, code)


@contextlib.contextmanager
def ready(jail, code, limits=LIMITS):
    """Start code in the jail, and wait until it prints "ready"."""
    with start(jail, code + "\nprint('ready', flush=True)\nimport time; time.sleep(600)", limits) as prisoner:
        assert prisoner.stdout.read(6) == b"ready\n"
        yield prisoner


def wait_until(condition):
    """Wait for what happens on a slow machine too, if at all."""
    for _ in range(6000):
        if condition():
            return
        time.sleep(0.01)
    pytest.fail("nothing happened for a minute")


def is_running(pid):
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


# What it sees


def test_the_course_is_inside_and_its_checks_are_not(jail):
    code = """
import json, os, sys, marl_lessons, numpy
print(json.dumps([sys.prefix, marl_lessons.__file__, os.listdir("/course/marl_lessons/checks")]))"""
    assert ask(jail, code) == [sys.prefix, "/course/marl_lessons/__init__.py", []]
    assert ask_errors(jail, "from marl_lessons.checks import lesson_01") == ["ImportError"]


@pytest.mark.parametrize("part", ["solutions", "lessons", "tests", "notebooks", "marl_lessons"])
def test_nothing_else_of_the_clone_is_inside(jail, part):
    assert (ROOT / part).exists()
    assert ask_which_exist(jail, [ROOT / part, ROOT / ".git"]) == []


def test_other_submissions_and_the_caller_s_home_are_not_inside(jail, tmp_path):
    neighbor = tmp_path / "neighbor.ipynb"
    neighbor.write_text("{}")
    assert ask_which_exist(jail, [neighbor, Path.home() / ".bashrc", Path.home() / ".ssh", "/etc/shadow"]) == []


def test_submissions_in_a_folder_that_python_needs_are_hidden(bubblewrap, tmp_path, monkeypatch):
    (tmp_path / "submissions").mkdir()
    for name in ("library.py", "submissions/neighbor.ipynb"):
        (tmp_path / name).write_text("{}")
    tmp_path.chmod(0o755)
    monkeypatch.setattr(mounts, "SYSTEM", (*mounts.SYSTEM, str(tmp_path)))
    jail = find_jail("bubblewrap", hidden=[tmp_path / "submissions"])
    seen = ask_which_exist(jail, [tmp_path / "library.py", tmp_path / "submissions/neighbor.ipynb"])
    assert seen == [str(tmp_path / "library.py")]
    assert ask_errors(jail, f"open({str(tmp_path / 'submissions/new')!r}, 'w')") == ["OSError"]


def test_of_an_environment_made_around_the_course_only_python_is_inside(monkeypatch):
    monkeypatch.setattr(sys, "prefix", str(ROOT))
    folders = mounts.list_folders()
    assert ROOT not in folders
    assert {inside for inside in folders if ROOT in inside.parents}.isdisjoint({ROOT / "solutions", ROOT / "tests"})


def test_the_checks_are_hidden_wherever_a_copy_of_the_course_is_installed(tmp_path, monkeypatch):
    (tmp_path / "lib/python3/site-packages/marl_lessons/checks").mkdir(parents=True)
    (tmp_path / "lib64").symlink_to("lib")
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    monkeypatch.setattr(sys, "path", [*sys.path, str(tmp_path / "lib64/python3/site-packages")])
    places = ["lib/python3/site-packages/marl_lessons/checks", "lib64/python3/site-packages/marl_lessons/checks"]
    assert {tmp_path / place for place in places} < mounts.list_masks()


def test_the_checks_and_a_clone_are_hidden_wherever_python_finds_the_course(tmp_path, monkeypatch):
    package = tmp_path / "clone/marl_lessons"
    (package / "checks").mkdir(parents=True)
    monkeypatch.setattr(mounts, "SYSTEM", (str(tmp_path),))
    monkeypatch.setattr(mounts, "PACKAGE", package)
    monkeypatch.setattr(sys, "path", [])  # an editable installation may be found otherwise
    checks = {package / "checks", mounts.COURSE / "marl_lessons/checks"}
    assert mounts.list_masks() == checks  # beside the package may lie all others, in a folder of packages
    (tmp_path / "clone/pyproject.toml").write_text("")
    assert mounts.list_masks() == {*checks, tmp_path / "clone"}


def test_a_mask_lies_around_what_it_must_leave_visible():
    folders = {Path("/usr"): Path("/usr"), Path("/usr/course/.venv"): Path("/usr/course/.venv")}
    order = mounts.in_order(folders, {Path("/usr/course")})
    assert [str(inside) for inside, _ in order] == ["/usr", "/usr/course", "/usr/course/.venv"]
    assert [source is None for _, source in order] == [False, True, False]


def test_the_caller_s_environment_stays_outside(jail, monkeypatch):
    monkeypatch.setenv("MARL_LESSONS_SECRET", "swordfish")
    code = """
import json, pathlib
print(json.dumps([path.read_text() for path in pathlib.Path("/proc").glob("[0-9]*/environ")]))"""
    seen = ask(jail, code)
    assert any("MPLBACKEND=agg" in environment for environment in seen)
    assert "swordfish" not in str(seen)


def test_it_sees_no_process_of_the_machine(jail):
    code = "import json, os; print(json.dumps([int(name) for name in os.listdir('/proc') if name.isdigit()]))"
    assert max(ask(jail, code)) < 20  # the machine's ids are larger


def test_nothing_of_the_machine_is_written_through_proc_and_sys(jail):
    places = ["/proc/sys/kernel/hostname", "/proc/sys/vm/drop_caches", "/proc/sysrq-trigger", "/sys/power/state"]
    assert None not in ask_errors(jail, *(f"open({place!r}, 'w').write('1')" for place in places))


def test_it_has_no_rights_and_gains_none(jail):
    code = """
import json
status = dict(line.split(":", 1) for line in open("/proc/self/status"))
print(json.dumps({name: int(status[name], 16) for name in ["CapEff", "CapBnd", "CapPrm", "NoNewPrivs"]}))"""
    assert ask(jail, code) == {"CapEff": 0, "CapBnd": 0, "CapPrm": 0, "NoNewPrivs": 1}


# What it reaches


def test_nobody_on_this_machine_is_reached(jail):
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket(socket.AF_UNIX) as abstract:
        abstract.bind("")  # Linux chooses a name that belongs to no file
        abstract.listen()
        for listener in (server, abstract):
            listener.setblocking(False)
        address, name = server.getsockname(), abstract.getsockname()
        errors = ask_errors(
            jail,
            f"socket.create_connection({address!r}, timeout=5)",
            f"socket.socket(socket.AF_UNIX).connect({name!r})",
            "socket.create_connection(('192.0.2.1', 80), timeout=5)",
            "socket.getaddrinfo('example.org', 80)",
        )
        assert None not in errors
        for listener in (server, abstract):
            with pytest.raises(BlockingIOError):
                listener.accept()


def test_nothing_can_be_written_but_in_the_temporary_folder(jail):
    code = """
import json, os
written = []
for folder, folders, _ in os.walk("/"):
    if folder == "/proc":
        folders.clear()
        continue
    try:
        open(folder + "/new", "w").close()
        written.append(folder)
    except OSError:
        pass
print(json.dumps(written))"""
    small = {"/dev/shm", "/dev/mqueue"} if jail.name != "bubblewrap" else set()
    assert {folder for folder in ask(jail, code) if not folder.startswith("/tmp")} == small


def test_no_device_is_there_but_those_that_do_nothing(bubblewrap):
    code = "import json, os; print(json.dumps(sorted(os.listdir('/dev'))))"
    assert ask(bubblewrap, code) == ["full", "null", "random", "urandom", "zero"]


def test_its_files_are_gone_in_the_next_jail(jail):
    code = """
import json, os
before = os.listdir()
open("kept", "w").close()
print(json.dumps([name for name in os.listdir() if name not in before]))"""
    assert ask(jail, code) == ask(jail, code) == ["kept"]


def test_system_calls_that_lead_around_the_limits_are_refused(bubblewrap):
    statements = (
        "socket.socket(socket.AF_VSOCK)",  # no namespace keeps it from the machine's host
        "socket.socket(socket.AF_INET)",
        "os.memfd_create('unseen')",
        "assert ctypes.CDLL(None).shmget(0, 4096, 0o1600) >= 0",
        "assert ctypes.CDLL(None).unshare(0x10000000) == 0",  # a namespace of users
        "assert ctypes.CDLL(None).ptrace(0, 0, 0, 0) == 0",
    )
    assert ask_errors(bubblewrap, *statements) == ["PermissionError"] * 3 + ["AssertionError"] * 3


def test_threads_children_and_pairs_of_sockets_work(jail):
    statements = (
        "import threading; thread = threading.Thread(target=int); thread.start(); thread.join()",
        "import subprocess; subprocess.run(['true'], check=True)",
        "socket.socketpair()",
    )
    assert ask_errors(jail, *statements) == [None, None, None]


# What it takes

FILL = """
import json, itertools
total = 0
try:
    for index in itertools.count():
        with open(str(index), "wb", buffering=0) as file:
            total += file.write(bytes(2**20))
except OSError as error:
    print(json.dumps([error.errno, total]))"""


def test_the_disk_fills_up_at_its_limit(jail):
    error, written = ask(jail, FILL)
    assert error == 28  # no space left on device
    assert written <= LIMITS.disk


def test_one_file_is_limited(jail):
    code = """
import json, signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
with open("large", "wb", buffering=0) as file:
    print(json.dumps(file.write(bytes(2**20))))"""
    assert ask(jail, code, Limits(file=MEBIBYTE // 2)) == MEBIBYTE // 2


def test_files_in_the_temporary_folder_count_as_memory(jail):
    empty = "for index in range(2000): open(str(index), 'w').close()"
    full = "open('file', 'wb').write(bytes(8 * 2**20))"
    with ready(jail, "") as nothing, ready(jail, empty) as many, ready(jail, full) as large:
        assert many.memory() > nothing.memory() + 2_000_000
        assert large.memory() > nothing.memory() + 8_000_000


def test_one_process_gets_no_more_memory_than_allowed(jail):
    assert ask_errors(jail, "bytearray(2 * 2**30)") == ["MemoryError"]


def test_the_memory_of_all_processes_is_added_up(jail):
    children = """
import os
for _ in range(5):
    if os.fork() == 0:
        kept = bytearray(b"1") * (100 * 2**20)
        break"""
    with start(jail, f"{children}\nimport time; time.sleep(600)", Limits(memory=400 * MEBIBYTE)) as prisoner:
        # Where the kernel counts for all together, it ends them itself.
        wait_until(lambda: prisoner.find_excess() == "memory" or jail.name != "bubblewrap")


def test_the_processor_time_of_one_process_ends_in_the_kernel(jail):
    stubborn = """
import signal
for name in ("SIGXCPU", "SIGTERM", "SIGINT", "SIGHUP"):
    signal.signal(getattr(signal, name), signal.SIG_IGN)
while True:
    pass"""
    with start(jail, stubborn, Limits(processor_seconds=1)) as prisoner:
        wait_until(lambda: prisoner.returncode is not None)
        assert prisoner.returncode in (137, -9)


def test_the_processor_time_of_all_processes_is_added_up(jail):
    busy = """
import os
for _ in range(3):
    os.fork()
while True:
    pass"""
    with start(jail, busy, Limits(processor_seconds=2)) as prisoner:
        wait_until(lambda: prisoner.find_excess() == "processor time")
        assert prisoner.returncode is None
    assert prisoner.processor_seconds() >= 2


def test_the_processor_time_of_ended_children_is_added_up(jail):
    child = """
import os, time
if os.fork() == 0:
    while time.process_time() < 0.5:
        pass
    os._exit(0)
os.wait()"""
    with ready(jail, child) as prisoner:
        assert prisoner.processor_seconds() >= 0.4  # counted in hundredths


def test_a_process_that_only_waits_exceeds_its_time(bubblewrap):
    with ready(bubblewrap, "", Limits(wall_seconds=0.001)) as prisoner:
        assert prisoner.find_excess() == "time"


def test_within_its_limits_nothing_is_exceeded(jail):
    with ready(jail, "") as prisoner:
        assert prisoner.find_excess() == ""


# How it ends

FORK = """
import os, time
made = 0
try:
    while True:
        if os.fork() == 0:
            time.sleep(600)
        made += 1
except OSError:
    pass"""


def test_a_fork_bomb_meets_its_limit_and_ends_with_all_its_processes(jail):
    with ready(jail, FORK) as prisoner:
        family = prisoner.list_processes()
        assert 15 <= len(family) <= LIMITS.processes + 5  # the jail's own ones stand above
        prisoner.kill()
        wait_until(lambda: not any(map(is_running, family)))


def test_a_fork_bomb_that_never_rests_is_killed(jail):
    bomb = "import os\nwhile True:\n    try: os.fork()\n    except OSError: pass"
    with start(jail, bomb) as prisoner:
        wait_until(lambda: len(prisoner.list_processes()) > 15)
        family = prisoner.list_processes()
        prisoner.kill()
        wait_until(lambda: not any(map(is_running, family)))


def test_when_a_jail_was_killed_nothing_of_it_is_left(bubblewrap):
    with ready(bubblewrap, FORK) as prisoner:
        family = prisoner.list_processes()
        prisoner.kill()
        assert not any(map(is_running, family))


def test_processes_of_one_jail_do_not_count_in_another(bubblewrap):
    with ready(bubblewrap, FORK), ready(bubblewrap, FORK) as second:
        assert len(second.list_processes()) >= 15


def test_a_child_that_left_its_parent_and_session_ends_too(jail):
    daemon = """
import os, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        time.sleep(600)
    os._exit(0)
os.wait()"""
    with ready(jail, daemon) as prisoner:
        family = prisoner.list_processes()
        prisoner.kill()
        wait_until(lambda: not any(map(is_running, family)))
    assert prisoner.returncode != 0


def test_children_end_with_the_process_that_started_them(jail):
    with start(jail, "import os, time\nif os.fork() == 0: time.sleep(600)") as prisoner:
        wait_until(lambda: prisoner.returncode is not None)
        assert prisoner.returncode == 0
        assert prisoner.list_processes() == []


def test_a_stopped_process_is_killed(jail):
    stopped = "import os, signal; print('ready', flush=True); os.kill(os.getpid(), signal.SIGSTOP)"
    with start(jail, stopped) as prisoner:
        assert prisoner.stdout.read(6) == b"ready\n"
    assert prisoner.returncode not in (0, None)


def test_a_container_ends_by_itself_if_nobody_is_left_to_end_it(jail):
    if jail.name == "bubblewrap":
        pytest.skip("ends with its judge")
    with start(jail, "import time; time.sleep(600)", Limits(wall_seconds=1)) as prisoner:
        wait_until(lambda: prisoner.returncode is not None)
        assert prisoner.returncode == 137


def test_the_jail_ends_with_its_judge(bubblewrap):
    judge = """
import time
from marl_lessons.gradebook.jails.bubblewrap import Bubblewrap
from marl_lessons.gradebook.jails.mounts import PYTHON
from marl_lessons.gradebook.jails.prisoners import Limits
sleep = "print('ready', flush=True); import time; time.sleep(600)"
prisoner = Bubblewrap().start(Limits(), [PYTHON, "-c", sleep])
assert prisoner.stdout.read(6) == b"ready\\n"
print(*prisoner.list_processes(), flush=True)
time.sleep(600)"""
    with subprocess.Popen([sys.executable, "-c", judge], stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        family = [*map(int, process.stdout.readline().split())]
        assert all(map(is_running, family))
        process.kill()
        wait_until(lambda: not any(map(is_running, family)))


def test_input_and_output_reach_the_process(jail):
    with start(jail, "print(input()[::-1])") as prisoner:
        prisoner.stdin.write(b"abc\n")
        assert prisoner.stdout.readall() == b"cba\n"


def test_a_jail_and_limits_travel_to_another_process(jail):
    assert ask(pickle.loads(pickle.dumps(jail)), "print(1)", pickle.loads(pickle.dumps(LIMITS))) == 1
