"""Which jail is found, what is said where none works, and what is left without one."""

import os
import signal
import struct
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from marl_lessons.gradebook.jails import bubblewrap, mounts
from marl_lessons.gradebook.jails.bubblewrap import Bubblewrap, find_closed
from marl_lessons.gradebook.jails.finding import NAMES, JailMissing, find_jail
from marl_lessons.gradebook.jails.prisoners import MEBIBYTE, Limits
from marl_lessons.gradebook.jails.syscalls import ARCHITECTURES, build_filter

LIMITS = Limits(processor_seconds=30, memory=1024 * MEBIBYTE)


def run_trusted(code, limits=LIMITS):
    with find_jail("trust").start(limits, [sys.executable, "-c", code]) as prisoner:
        return prisoner.stdout.readall().decode().strip(), prisoner.process.wait()


def pretend_program(folder, name, script):
    """Put a program on an otherwise unchanged PATH."""
    program = folder / name
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    folder.chmod(0o755)


@pytest.fixture
def pretend_bubblewrap(tmp_path, monkeypatch):
    def pretend(complaint):
        pretend_program(tmp_path, "bwrap", f"echo 'bwrap: {complaint}' >&2; exit 1")
        monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
        with pytest.raises(JailMissing) as raised:
            find_jail("bubblewrap")
        return str(raised.value)

    return pretend


# None


def test_without_any_program_it_says_what_to_install(monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(JailMissing) as raised:
        find_jail()
    words = str(raised.value)
    for part in ("bwrap was not found", "podman was not found", "docker was not found", "apt-get install bubblewrap"):
        assert part in words
    for part in ("dnf install", "pacman -S", "WSL", "--trust"):
        assert part in words


def test_trust_is_never_found_by_itself(monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(ValueError, match="No jail"):
        find_jail()
    assert find_jail("trust").name == "trust"


def test_every_jail_can_be_named():
    assert NAMES == ("bubblewrap", "podman", "docker", "trust")


@pytest.mark.skipif(os.name == "nt", reason="programs have other names")
def test_bubblewrap_needs_two_programs_of_the_system_besides(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    for name, missing in (("bwrap", "prlimit"), ("prlimit", "setpriv")):
        pretend_program(tmp_path, name, "exit 1")
        with pytest.raises(JailMissing, match=f"bubblewrap: {missing} was not found"):
            find_jail("bubblewrap")


@pytest.mark.parametrize("name", ["podman", "docker"])
def test_a_program_that_does_not_work_is_not_used(tmp_path, monkeypatch, name):
    complaint = "x" * 400 + "\\377 the namespace sleeps"
    pretend_program(tmp_path, name, f"printf '{complaint}' >&2; exit 1")
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    with pytest.raises(
        JailMissing, match=f"The jail {name} does not work on this machine.\n.*x\ufffd the namespace sleeps"
    ) as raised:
        find_jail(name)
    assert "sysctl" not in str(raised.value)  # which helps bubblewrap only


def test_a_complaint_that_nobody_knows_is_repeated_and_no_more(pretend_bubblewrap):
    assert "bubblewrap: it does not start: bwrap: how odd\nInstall bubblewrap" in pretend_bubblewrap("how odd")


@pytest.mark.parametrize("complaint", ["setting up uid map: Permission denied", "No permissions to create a namespace"])
def test_bubblewrap_without_rights_says_what_gives_them(pretend_bubblewrap, complaint):
    words = pretend_bubblewrap(complaint)
    assert complaint in words
    assert "sudo sysctl -w" in words


def test_ubuntu_s_restriction_is_named_where_it_holds(pretend_bubblewrap, tmp_path, monkeypatch):
    restricted = tmp_path / "restricted"
    restricted.write_text("1\n")
    monkeypatch.setattr("marl_lessons.gradebook.jails.finding.RESTRICTED", restricted)
    assert "bwrap-userns-restrict" in pretend_bubblewrap("loopback: Failed RTM_NEWADDR: Operation not permitted")
    restricted.write_text("0\n")
    assert "bwrap-userns-restrict" not in pretend_bubblewrap("loopback: Failed RTM_NEWADDR: Operation not permitted")


def test_a_bubblewrap_that_is_too_old_is_named(pretend_bubblewrap):
    assert "older than 0.7" in pretend_bubblewrap("Unknown option --size")


def test_what_nobody_can_read_is_named(pretend_bubblewrap):
    assert "run as an ordinary user" in pretend_bubblewrap("execvp python: Permission denied")


# What a jail of root's has to open first


def test_the_outermost_folder_that_only_its_owner_enters_is_found():
    with tempfile.TemporaryDirectory() as name:  # pytest's own folder may be closed
        folder = Path(name)
        inner = folder / "closed" / "also closed" / "python"
        inner.mkdir(parents=True)
        for place, mode in ((folder, 0o755), (folder / "closed", 0o770), (inner.parent, 0o770)):
            place.chmod(mode)
        assert find_closed(inner) == (find_closed(folder / "file") or folder / "closed")


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="not Windows")
def test_root_asks_as_nobody_and_others_as_themselves(monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert Bubblewrap()._become_nobody() == ()
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert {"--reuid=65534", "--regid=65534", "--clear-groups"} < {*Bubblewrap()._become_nobody()}
    monkeypatch.setattr(bubblewrap, "find_closed", lambda path: None)
    assert len(Bubblewrap()._become_nobody()) == 4  # nothing has to be opened first


def test_bubblewrap_is_told_to_shut_every_door():
    words = [*map(str, Bubblewrap(hidden=[mounts.PACKAGE / "gradebook"])._jail(LIMITS))]
    assert {"--unshare-all", "--unshare-user", "--die-with-parent", "--new-session"} < {*words}
    assert "--bind" not in words
    told = " ".join(words)
    for part in (
        *("--hostname jail", "--cap-drop ALL", "--proc /proc", f"--size {LIMITS.disk} --tmpfs /tmp --chdir /tmp"),
        *(f"--ro-bind {mounts.PACKAGE} /course/marl_lessons", "--dev-bind /dev/null /dev/null", "--remount-ro /"),
        *("--tmpfs /course/marl_lessons/checks", "--remount-ro /course/marl_lessons/checks"),
        *("--tmpfs /course/marl_lessons/gradebook", "--remount-ro /course/marl_lessons/gradebook"),
    ):
        assert f"{part} " in f"{told} "


def test_a_limit_below_a_second_is_a_second_for_the_kernel():
    resources = Limits(processor_seconds=0.2).list_resources()
    assert (resources["cpu"], resources["core"], resources["nofile"]) == (1, 0, 64)


# The filter of system calls


def run_filter(program, architecture, number, argument=0):
    """Follow the filter as the kernel does, and return its verdict."""
    seen = {0: number, 4: architecture, 16: argument}
    steps = list(struct.iter_unpack("=HBBI", program))
    position = value = 0
    while True:
        code, skip, skip_else, constant = steps[position]
        position += 1
        if code == 0x06:
            return constant
        if code == 0x20:
            value = seen[constant]
        else:
            holds = {0x15: value == constant, 0x35: value >= constant, 0x45: bool(value & constant)}[code]
            position += skip if holds else skip_else


ALLOWED, REFUSED, KILLED, UNKNOWN = 0x7FFF0000, 0x00050001, 0x80000000, 0x00050026


@pytest.mark.parametrize(
    ("machine", "architecture", "calls"),
    [
        ("x86_64", 0xC000003E, {"read": 0, "socket": 41, "clone": 56, "unshare": 272, "memfd_create": 319}),
        ("aarch64", 0xC00000B7, {"read": 63, "socket": 198, "clone": 220, "unshare": 97, "memfd_create": 279}),
    ],
)
def test_the_filter_refuses_what_it_names_and_nothing_else(machine, architecture, calls):
    program = build_filter(machine)

    def verdict(call, argument=0):
        return run_filter(program, architecture, calls[call], argument)

    assert verdict("read") == ALLOWED
    assert verdict("memfd_create") == verdict("unshare") == REFUSED
    assert verdict("socket", 1) == ALLOWED  # AF_UNIX
    assert verdict("socket", 2) == verdict("socket", 40) == REFUSED  # AF_INET, AF_VSOCK
    assert verdict("clone", 0x003D0F00) == ALLOWED  # a thread
    assert verdict("clone", 0x10000011) == REFUSED  # with a namespace of users
    assert run_filter(program, architecture, 435) == UNKNOWN  # clone3, whose flags no filter can read
    assert run_filter(program, architecture, 0x40000000) == REFUSED
    assert run_filter(program, 0x40000003, 0) == KILLED  # a 32-bit call


# From the kernel's tables of calls: of x86_64, and of aarch64.
REACHING = {
    **{"semget": (64, 190), "shmget": (29, 194), "msgget": (68, 186), "memfd_create": (319, 279)},
    **{"ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271)},
    **{"setns": (308, 268), "unshare": (272, 97), "add_key": (248, 217), "request_key": (249, 218)},
    **{"keyctl": (250, 219), "bpf": (321, 280), "perf_event_open": (298, 241), "userfaultfd": (323, 282)},
    **{"open_by_handle_at": (304, 265), "syslog": (103, 116), "memfd_secret": (447, 447)},
    **{"io_uring_setup": (425, 425), "io_uring_enter": (426, 426), "io_uring_register": (427, 427)},
}
NAMESPACES = (0x80, 0x20000, 0x2000000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000)


@pytest.mark.parametrize("call", REACHING)
def test_a_call_that_reaches_out_is_refused_on_both_processors(call):
    for (machine, architecture), number in zip(ARCHITECTURES.items(), REACHING[call], strict=True):
        assert run_filter(build_filter(machine), architecture, number) == REFUSED


def test_no_process_is_made_with_a_namespace_of_its_own():
    for (machine, architecture), clone in zip(ARCHITECTURES.items(), (56, 220), strict=True):
        for flag in NAMESPACES:
            assert run_filter(build_filter(machine), architecture, clone, flag | 17) == REFUSED


def test_this_machine_s_own_filter_is_built_unless_another_is_asked_for(monkeypatch):
    for machine in ARCHITECTURES:
        monkeypatch.setattr("platform.machine", lambda machine=machine: machine)
        assert build_filter() == build_filter(machine)


def test_a_processor_that_the_filter_is_not_made_for_goes_without():
    assert build_filter("riscv64") is None


# Trust


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


def test_everything_imports_on_windows():
    names = ["resource", "fcntl", "pwd", "grp"]
    modules = ["finding", "bubblewrap", "containers", "prisoners", "trust"]
    code = f"""
import os, sys
sys.modules.update(dict.fromkeys({names}))
del os.sysconf, os.geteuid
from marl_lessons.gradebook.jails import {", ".join(modules)}"""
    subprocess.run([sys.executable, "-c", code], check=True, cwd=mounts.PACKAGE.parent)
