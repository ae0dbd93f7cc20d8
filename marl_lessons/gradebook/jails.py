"""Jails: a process that runs what a student wrote, and can do no harm."""

import contextlib
import os
import subprocess
import sys
import tempfile
from functools import partial

from marl_lessons.gradebook import mounts
from marl_lessons.gradebook.prisoners import Limits, Prisoner

try:
    import resource
except ImportError:  # Windows
    resource = None

STUDENT = (sys.executable, "-P", "-m", "marl_lessons.gradebook.inside.student")
NOBODY = 65534


class JailMissing(ValueError):
    """No jail works on this machine; the words say what to install."""


class Bubblewrap:
    """Linux namespaces by bubblewrap: no network, a read-only system, processes of its own."""

    name = "bubblewrap"

    def __init__(self, hidden=()):
        self._mounts = mounts.in_order(mounts.list_folders(), mounts.list_masks(hidden))

    def start(self, limits, argv=STUDENT, stderr=subprocess.DEVNULL):
        """Start a jailed process and return it as a `Prisoner`."""
        command = [*self._become_nobody(), *self._jail(limits), *limit(limits), *argv]
        return Prisoner(popen(command, env=mounts.ENVIRONMENT, stderr=stderr), limits)

    def _jail(self, limits):
        places = [word for inside, source in self._mounts for word in place(inside, source)]
        masks = [word for inside, source in self._mounts if source is None for word in ("--remount-ro", inside)]
        devices = [word for device in mounts.DEVICES for word in ("--dev-bind", device, device)]
        home = ("--size", str(limits.disk), "--tmpfs", mounts.HOME, "--chdir", mounts.HOME)
        return (
            *("bwrap", "--unshare-all", "--unshare-user", "--die-with-parent", "--new-session"),
            *("--hostname", "jail", "--cap-drop", "ALL", "--proc", "/proc"),
            *(*places, *devices, *home, *masks, "--remount-ro", "/", "--"),
        )

    def _become_nobody(self):
        """Root's processes have no limits: let a nobody ask for the jail, who sees what only root could open."""
        if os.geteuid() != 0:
            return ()
        shown = [source for _, source in self._mounts if source and find_closed(source)]
        opened = [word for source in shown for word in ("--tmpfs", find_closed(source))]
        binds = [word for source in shown for word in open_way(source)]
        nobody = ("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups")
        return ("bwrap", "--die-with-parent", "--dev-bind", "/", "/", *opened, *binds, "--", *nobody)


class Trust:
    """No jail: a process of the caller's own, with the limits that the system offers, in an empty folder."""

    name = "trust"

    def __init__(self, hidden=()):
        """Nothing can be hidden."""

    def start(self, limits, argv=STUDENT, stderr=subprocess.DEVNULL):
        """Start a process and return it as a `Prisoner`."""
        home = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        places = {"HOME": home.name, "MPLCONFIGDIR": home.name, "TMPDIR": home.name, "TEMP": home.name}
        system = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
        environment = mounts.ENVIRONMENT | places | system | {"PYTHONPATH": str(mounts.PACKAGE.parent)}
        set_limits = partial(limit_this_process, limits) if resource else None
        process = popen(argv, env=environment, cwd=home.name, stderr=stderr, preexec_fn=set_limits)
        return Prisoner(process, limits, home=home)


def limit_this_process(limits):
    """Put the kernel's limits onto this process; the number of processes would count all of the user's."""
    for name, value in limits.list_resources().items():
        if name != "nproc":
            with contextlib.suppress(ValueError, OSError):  # macOS does not know all
                resource.setrlimit(getattr(resource, f"RLIMIT_{name.upper()}"), (value, value))


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


def limit(limits):
    """Return the words that put the kernel's limits onto the command after them."""
    return ("prlimit", *(f"--{name}={value}:{value}" for name, value in limits.list_resources().items()), "--")


def popen(command, **options):
    """Start a command with unbuffered pipes to its input and output, in a session of its own."""
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "bufsize": 0}
    return subprocess.Popen([*map(str, command)], start_new_session=True, **pipes, **options)


KINDS = {kind.name: kind for kind in (Bubblewrap, Trust)}


def find_jail(name=None, hidden=()):
    """Return the first jail that works here, or the one called `name`; `hidden` folders are not to be seen inside.

    Raises `JailMissing` if there is none.
    """
    for kind in [KINDS[name]] if name else [Bubblewrap]:
        jail = kind(hidden)
        with contextlib.suppress(OSError), jail.start(Limits(), [sys.executable, "-c", "print()"]) as prisoner:
            if prisoner.stdout.read():
                return jail
    raise JailMissing("No jail works here: install bubblewrap.")
