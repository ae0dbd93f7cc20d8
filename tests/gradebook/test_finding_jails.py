"""Which jail is found, what is said where none works, and what a jail is told."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from marl_lessons.gradebook.jails import bubblewrap, mounts
from marl_lessons.gradebook.jails.bubblewrap import Bubblewrap, find_closed
from marl_lessons.gradebook.jails.finding import NAMES, JailMissing, find_jail
from marl_lessons.gradebook.jails.prisoners import MEBIBYTE, Limits

LIMITS = Limits(processor_seconds=30, memory=1024 * MEBIBYTE)


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
    assert f"leave out --jail {name}" in str(raised.value)


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


def test_everything_imports_on_windows():
    names = ["resource", "fcntl", "pwd", "grp"]
    modules = ["finding", "bubblewrap", "containers", "prisoners", "trust"]
    code = f"""
import os, sys
sys.modules.update(dict.fromkeys({names}))
del os.sysconf, os.geteuid
from marl_lessons.gradebook.jails import {", ".join(modules)}"""
    subprocess.run([sys.executable, "-c", code], check=True, cwd=mounts.PACKAGE.parent)
