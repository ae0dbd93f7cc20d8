"""No jail, for code that you would run yourself, or a machine on which no jail works."""

import contextlib
import os
import subprocess
import tempfile
from functools import partial

from marl_lessons.gradebook.jails import mounts
from marl_lessons.gradebook.jails.prisoners import Prisoner
from marl_lessons.gradebook.jails.starting import STUDENT, popen

try:
    import resource
except ImportError:  # Windows
    resource = None


class Trust:
    """A process of the caller's own, with the limits that the system offers, in an empty temporary folder."""

    name = "trust"

    def __init__(self, hidden=()):
        """Nothing can be hidden."""

    def start(self, limits, argv=STUDENT, stderr=subprocess.DEVNULL):
        """Start a process and return it as a `Prisoner`."""
        home = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        places = dict.fromkeys(("HOME", "MPLCONFIGDIR", "TEMP", "TMPDIR", "USERPROFILE"), home.name)
        system = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
        environment = mounts.ENVIRONMENT | places | system | {"PYTHONPATH": str(mounts.PACKAGE.parent)}
        set_limits = partial(limit_this_process, limits) if resource else None
        process = popen(argv, env=environment, cwd=home.name, stderr=stderr, preexec_fn=set_limits)
        return Prisoner(process, limits, home)


def limit_this_process(limits):
    """Put the kernel's limits onto this process, but for the number of processes, which counts all of the user's."""
    for name, value in limits.list_resources().items():
        if name != "nproc":
            with contextlib.suppress(ValueError, OSError):  # macOS does not know all
                resource.setrlimit(getattr(resource, f"RLIMIT_{name.upper()}"), (value, value))
