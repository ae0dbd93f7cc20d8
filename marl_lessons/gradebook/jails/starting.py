"""How every jail starts its process."""

import subprocess

from marl_lessons.gradebook.jails.mounts import PYTHON

STUDENT = (PYTHON, "-P", "-m", "marl_lessons.gradebook.inside.student")


def limit(limits, but=""):
    """Return the words that put the kernel's limits, without the one called `but`, onto the command after them.

    They stand inside of the jail, because the number of processes counts there for itself (since Linux 5.14).
    """
    values = {name: value for name, value in limits.list_resources().items() if name != but}
    return ("prlimit", *(f"--{name}={value}:{value}" for name, value in values.items()), "--")


def popen(command, **options):
    """Start a command with unbuffered pipes to its input and output, in a session of its own."""
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "bufsize": 0}
    return subprocess.Popen([*map(str, command)], start_new_session=True, **pipes, **options)
