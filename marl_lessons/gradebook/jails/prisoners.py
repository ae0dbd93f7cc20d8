"""A running jailed process: what it uses, together with its children, and how it ends."""

import contextlib
import os
import signal
import time
from dataclasses import dataclass
from pathlib import Path

from marl_lessons.gradebook.jails.mounts import HOME

MEBIBYTE = 2**20
BYTES_FOR_A_FILE = 1024  # what an empty file takes in the kernel's memory
TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


@dataclass(frozen=True)
class Limits:
    """What one jailed process may use, all its children included."""

    processor_seconds: float = 60
    wall_seconds: float = 180
    memory: int = 2048 * MEBIBYTE  # bytes
    processes: int = 128  # threads count
    file: int = 32 * MEBIBYTE  # bytes in one file
    disk: int = 64 * MEBIBYTE  # bytes in all temporary files

    def list_resources(self):
        """Map the names of resource limits, for the kernel, to their values: those of each single process."""
        seconds = max(1, round(self.processor_seconds))
        return {
            "cpu": seconds,
            "as": self.memory,
            "nproc": self.processes,
            "fsize": self.file,
            "core": 0,
            "nofile": 64,
        }


class Prisoner:
    """A jailed process; a context manager that kills it at the end.

    `stdin` and `stdout` are binary files without buffers. All processes of the jail descend from `process`. `home` is a
    temporary folder that ends with it.
    """

    def __init__(self, process, limits, home=None):
        self.process, self.limits = process, limits
        self.stdin, self.stdout = process.stdin, process.stdout
        self._home = home
        self._processor_seconds = 0.0
        self._started = time.monotonic()

    def __enter__(self):
        return self

    def __exit__(self, *raised):
        self.kill()

    @property
    def returncode(self):
        """How the process ended; None while it runs."""
        self.processor_seconds()  # while they can be read
        return self.process.poll()

    def kill(self):
        """End all of the jail's processes at once, whatever they do; return when none is left."""
        self.processor_seconds()
        if self.process.returncode is None:
            family = list_family(self.process.pid)
            # Where the processes have a namespace of their own, it ends with its first one, and the jail with it.
            inside = list(filter(is_inside, family))
            for pid in inside or family[1:]:
                with contextlib.suppress(OSError):
                    os.kill(pid, signal.SIGKILL)
            if not inside:
                self.process.kill()
        self.process.wait()
        for stream in (self.stdin, self.stdout, self.process.stderr):
            if stream:
                stream.close()
        if self._home:
            self._home.cleanup()

    def find_excess(self):
        """Name what is used beyond the limits: "processor time", "time", "memory", or "" for nothing."""
        used = {
            "processor time": self.processor_seconds() / self.limits.processor_seconds,
            "time": (time.monotonic() - self._started) / self.limits.wall_seconds,
            "memory": self.memory() / self.limits.memory,
        }
        return next((name for name, share in used.items() if share > 1), "")

    def list_processes(self):
        """List the ids of the jail's processes on this machine."""
        return list_family(self.process.pid) if self.process.returncode is None else []

    def processor_seconds(self):
        """Return the processor seconds of all the jail's processes, those that ended included."""
        ticks = sum(map(read_ticks, self.list_processes()))
        self._processor_seconds = max(self._processor_seconds, ticks / TICKS_PER_SECOND)
        return self._processor_seconds

    def memory(self):
        """Return the bytes of memory that all the jail's processes hold, files in their temporary folder included."""
        family = self.list_processes()
        return sum(map(read_memory, family)) + max((read_disk(pid, self.limits.disk) for pid in family), default=0)


def list_family(pid):
    """List a process and its descendants, parents first; empty where the machine has no /proc."""
    family = [pid] if Path(f"/proc/{pid}").exists() else []
    for member in family:
        with contextlib.suppress(OSError):
            for thread in Path(f"/proc/{member}/task").iterdir():
                family += map(int, (thread / "children").read_text().split())
    return family


def is_inside(pid):
    """Tell whether a process has an id in a namespace below this one, besides its id here."""
    with contextlib.suppress(OSError):
        status = Path(f"/proc/{pid}/status").read_text()
        return len(status.partition("NSpid:")[2].partition("\n")[0].split()) > 1
    return False


def read_ticks(pid):
    """Return the clock ticks of a process and of its children that ended."""
    with contextlib.suppress(OSError):
        after_name = Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()
        return sum(map(int, after_name[11:15]))
    return 0


def read_memory(pid):
    """Return the bytes of memory that a process holds for itself, without what it shares with files."""
    with contextlib.suppress(OSError):
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
        return sum(1024 * int(line.split()[1]) for line in lines if line.startswith(("RssAnon", "RssShmem", "VmSwap")))
    return 0


def read_disk(pid, limit):
    """Return the bytes of memory that files in a jailed process's temporary folder, no larger than `limit`, take."""
    with contextlib.suppress(OSError):
        place = os.statvfs(f"/proc/{pid}/root{HOME}")
        if place.f_blocks * place.f_frsize <= limit:  # a larger one belongs to this machine
            files = place.f_files - place.f_ffree
            return (place.f_blocks - place.f_bfree) * place.f_frsize + files * BYTES_FOR_A_FILE
    return 0
