"""What podman and docker are told, by programs of their names that only write down how they were called."""

import io
import os
import tarfile

import pytest

from marl_lessons.gradebook.jails import containers, mounts
from marl_lessons.gradebook.jails.prisoners import MEBIBYTE, Limits

LIMITS = Limits(processor_seconds=7, wall_seconds=9, memory=64 * MEBIBYTE, processes=5, disk=3 * MEBIBYTE)
CLOSED = {
    "--rm",
    "--interactive",
    "--network=none",
    "--read-only",
    "--cap-drop=ALL",
    "--security-opt=no-new-privileges",
    "--hostname=jail",
    "--shm-size=1m",
    f"--memory={64 * MEBIBYTE}",
    f"--memory-swap={64 * MEBIBYTE}",
    "--pids-limit=5",
    "--ulimit=nofile=64:64",
    "--ulimit=core=0:0",
    f"--mount=type=tmpfs,destination=/tmp,tmpfs-size={3 * MEBIBYTE},tmpfs-mode=1777",
    "--workdir=/tmp",
    "PYTHONPATH=/course",
}

pytestmark = pytest.mark.skipif(os.name == "nt", reason="no shell")


@pytest.fixture(params=["podman", "docker"])
def name(request):
    return request.param


@pytest.fixture
def call(name, tmp_path, monkeypatch):
    """Returns a function that runs a command in a container, and returns how the program was called, by its verb."""
    program, calls = tmp_path / name, tmp_path / "calls"
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)

    def run(fails=("inspect",)):
        program.write_text(f'#!/bin/sh\necho "$@" >> {calls}\ncase $1 in {"|".join(fails)}) exit 1;; esac\n')
        program.chmod(0o755)
        with containers.Container(name, hidden=[mounts.PACKAGE / "gradebook"]).start(LIMITS, ["true"]) as prisoner:
            prisoner.stdout.readall()
        lines = calls.read_text().splitlines()
        return {line.split()[0]: line.split() for line in lines}

    return run


def test_every_door_is_shut_and_everything_is_limited(name, call):
    words = call()["run"]
    assert set(words) >= CLOSED
    assert ("--read-only-tmpfs=false" in words) == (name == "podman")
    end = words.index("timeout")
    assert words[end:] == [
        *("timeout", "--signal=KILL", "9", "prlimit", "--cpu=7:7", f"--as={64 * MEBIBYTE}:{64 * MEBIBYTE}"),
        *(f"--fsize={32 * MEBIBYTE}:{32 * MEBIBYTE}", "--core=0:0", "--nofile=64:64", "--", "true"),
    ]


def test_what_is_mounted_is_read_only_and_what_is_masked_is_empty(name, call):
    places = [word.removeprefix("--mount=") for word in call()["run"] if word.startswith("--mount=")]
    bound = [place for place in places if place.startswith("type=bind")]
    assert f"type=bind,source={mounts.PACKAGE},destination=/course/marl_lessons,readonly" in bound
    assert all(place.endswith(",readonly") for place in bound)
    for folder in ("checks", "gradebook"):
        (mask,) = (place for place in places if f"destination=/course/marl_lessons/{folder}," in place)
        assert mask.startswith("type=tmpfs,")
        assert "tmpfs-size=4096,tmpfs-mode=0555" in mask
        assert mask.endswith(",notmpcopyup") == (name == "podman")  # else it copies there what is to be hidden


@pytest.mark.parametrize(("user", "inside"), [(0, {"65534:65534"}), (1000, {"0:0", f"1000:{os.getgid()}"})])
def test_nobody_is_root_of_this_machine_inside(name, call, monkeypatch, user, inside):
    monkeypatch.setattr(os, "geteuid", lambda: user)
    (told,) = (word.removeprefix("--user=") for word in call()["run"] if word.startswith("--user="))
    assert told in inside
    assert (told == "0:0") == (user == 1000 and name == "podman")  # whom podman calls root inside


def test_a_container_is_ended_by_its_name(call):
    called = call()
    own = called["run"][called["run"].index("--name") + 1]
    assert called["rm"] == ["rm", "--force", own]
    assert called["inspect"][-1] == own


def test_the_image_is_made_once(call):
    assert "import" not in call()
    assert call(fails=("inspect", "image"))["import"] == ["import", "-", "marl-lessons-empty"]


def test_the_image_holds_nothing_but_a_folder_that_anybody_may_write():
    with tarfile.open(fileobj=io.BytesIO(containers.pack_image())) as image:
        (folder,) = image.getmembers()
    assert (folder.name, folder.isdir(), folder.mode) == ("tmp", True, 0o1777)
