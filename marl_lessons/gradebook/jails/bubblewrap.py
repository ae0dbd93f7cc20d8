"""The jail of Linux namespaces that bubblewrap makes: no network, a read-only system, processes of its own."""

import contextlib
import os
import shutil
import subprocess

from marl_lessons.gradebook.jails import mounts
from marl_lessons.gradebook.jails.prisoners import Prisoner
from marl_lessons.gradebook.jails.starting import STUDENT, limit, popen
from marl_lessons.gradebook.jails.syscalls import build_filter

NOBODY = 65534


class Bubblewrap:
    """A jail that starts in some milliseconds, without a service or special rights.

    It ends when the thread that started it does.
    """

    name = "bubblewrap"

    def __init__(self, hidden=()):
        self._mounts = mounts.in_order(mounts.list_folders(), mounts.list_masks(hidden))

    def start(self, limits, argv=STUDENT, stderr=subprocess.DEVNULL):
        """Start a jailed process and return it as a `Prisoner`."""
        with open_filter() as filtering:
            words = ("--seccomp", filtering) if filtering else ()
            command = [*self._become_nobody(), *self._jail(limits), *words, "--", *limit(limits), *argv]
            passed = (filtering,) if filtering else ()
            return Prisoner(popen(command, env=mounts.ENVIRONMENT, stderr=stderr, pass_fds=passed), limits)

    def _jail(self, limits):
        places = [word for inside, source in self._mounts for word in place(inside, source)]
        devices = [word for device in mounts.DEVICES for word in ("--dev-bind", device, device)]
        home = ("--size", limits.disk, "--tmpfs", mounts.HOME, "--chdir", mounts.HOME)
        closed = ["/", *(inside for inside, source in self._mounts if source is None)]
        return (
            *(shutil.which("bwrap"), "--unshare-all", "--unshare-user", "--die-with-parent", "--new-session"),
            *("--hostname", "jail", "--cap-drop", "ALL", "--proc", "/proc"),
            *(*home, *places, *devices, *(word for folder in closed for word in ("--remount-ro", folder))),
        )

    def _become_nobody(self):
        """Return the words that start the jail as nobody if root asks: root's processes have no limits.

        A folder that only root can enter is emptied for this first, and shows what the jail needs of it.
        """
        if os.geteuid() != 0:
            return ()
        nobody = (shutil.which("setpriv"), f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups")
        shown = [source for _, source in self._mounts if source and find_closed(source)]
        if not shown:
            return nobody
        emptied = [word for source in shown for word in ("--tmpfs", find_closed(source))]
        opened = [word for source in shown for word in open_way(source)]
        outer = (shutil.which("bwrap"), "--die-with-parent", "--unshare-pid", "--dev-bind", "/", "/")
        return (*outer, *emptied, *opened, "--", *nobody)


@contextlib.contextmanager
def open_filter():
    """Offer the filter of system calls as the number of an open file; None for a processor that has none."""
    program = build_filter()
    if program is None:
        yield None
        return
    reading, writing = os.pipe()
    with os.fdopen(reading, "rb"):
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(program)
        yield reading


def find_closed(path):
    """Return the outermost folder above `path` that others than its owner cannot enter; None if all are open."""
    return next((folder for folder in reversed(path.parents) if not folder.stat().st_mode & 0o001), None)


def open_way(path):
    """Return bubblewrap's words that show `path` again inside of a closed folder that was emptied."""
    between = [folder for folder in reversed(path.parents) if find_closed(path) in folder.parents]
    return (*(word for folder in between for word in ("--dir", folder)), "--ro-bind", path, path)


def place(inside, source):
    """Return bubblewrap's words for a folder, or for a mask where `source` is None."""
    return ("--tmpfs", inside) if source is None else ("--ro-bind", source, inside)
