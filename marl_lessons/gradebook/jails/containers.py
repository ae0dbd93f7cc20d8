"""The jail in podman or docker: an empty image into which this machine's Python is mounted, so nothing is fetched."""

import io
import os
import subprocess
import tarfile
import uuid

from marl_lessons.gradebook.jails import mounts
from marl_lessons.gradebook.jails.prisoners import Prisoner, list_family
from marl_lessons.gradebook.jails.starting import STUDENT, limit, popen

IMAGE = "marl-lessons-empty"


class Container:
    """A container of podman or docker: `program`."""

    def __init__(self, program, hidden=()):
        self.name = program
        self._mounts = mounts.in_order(mounts.list_folders(), mounts.list_masks(hidden))

    def _prepare(self):
        """Make the empty image unless it is there."""
        known = subprocess.run([self.name, "image", "inspect", IMAGE], capture_output=True)
        if known.returncode:
            subprocess.run([self.name, "import", "-", IMAGE], input=pack_image(), capture_output=True, check=True)

    def start(self, limits, argv=STUDENT, stderr=subprocess.DEVNULL):
        """Start a jailed process and return it as a `Prisoner`."""
        self._prepare()
        name = f"marl-lessons-{uuid.uuid4().hex}"
        end = ("timeout", "--signal=KILL", limits.wall_seconds)  # even if nobody is left to kill it
        command = [*self._run(limits), "--name", name, IMAGE, *end, *limit(limits, but="nproc"), *argv]
        return Contained(popen(command, stderr=stderr), limits, (self.name, name))

    def _run(self, limits):
        places = [self._place(inside, source) for inside, source in self._mounts]
        environment = [word for pair in mounts.ENVIRONMENT.items() for word in ("--env", "=".join(pair))]
        return (
            *(self.name, "run", "--rm", "--interactive", "--network=none", "--read-only", "--cap-drop=ALL"),
            *("--security-opt=no-new-privileges", "--hostname=jail", "--shm-size=1m", f"--user={self._choose_user()}"),
            *(f"--memory={limits.memory}", f"--memory-swap={limits.memory}", f"--pids-limit={limits.processes}"),
            # The machine's own limits may be lower than what podman sets.
            *("--ulimit=nofile=64:64", "--ulimit=nproc=4096:4096", "--ulimit=core=0:0"),
            f"--mount=type=tmpfs,destination={mounts.HOME},tmpfs-size={limits.disk},tmpfs-mode=1777",
            *(["--read-only-tmpfs=false"] if self.name == "podman" else []),
            *(*places, *environment, f"--workdir={mounts.HOME}"),
        )

    def _place(self, inside, source):
        """Return the word for a folder, or for a mask where `source` is None."""
        if source:
            return f"--mount=type=bind,source={source},destination={inside},readonly"
        mask = f"--mount=type=tmpfs,destination={inside},tmpfs-size=4096,tmpfs-mode=0555"
        return f"{mask},notmpcopyup" if self.name == "podman" else mask  # podman would copy there what is to be hidden

    def _choose_user(self):
        """Root becomes nobody; others stay who they are, whom podman calls root inside."""
        if os.geteuid() == 0:
            return "65534:65534"
        return "0:0" if self.name == "podman" else f"{os.geteuid()}:{os.getegid()}"


def pack_image():
    """Return a tar archive of the image's only folder, the temporary one, which anybody may write."""
    folder = tarfile.TarInfo(mounts.HOME.lstrip("/"))
    folder.type, folder.mode = tarfile.DIRTYPE, 0o1777
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        archive.addfile(folder)
    return packed.getvalue()


class Contained(Prisoner):
    """A process in a container: its processes descend from the container's first one, not from the one started here."""

    def __init__(self, process, limits, container):
        super().__init__(process, limits)
        self._container = container
        self._first = 0

    def list_processes(self):
        if not self._first:
            program, name = self._container
            asked = subprocess.run(
                [program, "inspect", "--format={{.State.Pid}}", name], capture_output=True, text=True
            )
            self._first = int(asked.stdout) if asked.returncode == 0 else 0
        return list_family(self._first) if self._first else []

    def kill(self):
        super().kill()  # first what would still start the container
        program, name = self._container
        subprocess.run([program, "rm", "--force", name], capture_output=True)
