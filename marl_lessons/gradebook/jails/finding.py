"""Finds a jail that works on this machine: a process that runs what a student wrote, and can do no harm."""

import shutil
import subprocess
from functools import partial
from pathlib import Path

from marl_lessons.gradebook.jails.bubblewrap import Bubblewrap
from marl_lessons.gradebook.jails.containers import Container
from marl_lessons.gradebook.jails.mounts import PYTHON
from marl_lessons.gradebook.jails.prisoners import Limits
from marl_lessons.gradebook.jails.trust import Trust

JAILS = {"bubblewrap": Bubblewrap, "podman": partial(Container, "podman"), "docker": partial(Container, "docker")}
NAMES = (*JAILS, "trust")
PROGRAMS = {"bubblewrap": ("bwrap", "prlimit", "setpriv"), "podman": ("podman",), "docker": ("docker",)}
WORKS = (PYTHON, "-c", "import marl_lessons, numpy; print('works')")
# Says whether Ubuntu's AppArmor keeps programs from namespaces that no profile allows them.
RESTRICTED = Path("/proc/sys/kernel/apparmor_restrict_unprivileged_userns")

INSTALL = """Install bubblewrap and try again:
  Debian, Ubuntu: sudo apt-get install bubblewrap
  Fedora:         sudo dnf install bubblewrap
  Arch:           sudo pacman -S bubblewrap
  macOS, Windows: grade on Linux, such as in WSL or a virtual machine
Or run the students' code without any jail, as you would run your own: --trust"""
UBUNTU = """Ubuntu 24.04 and newer allow it by bubblewrap's own AppArmor profile:
  sudo apt-get install apparmor-profiles
  sudo cp /usr/share/apparmor/extra-profiles/bwrap-userns-restrict /etc/apparmor.d/
  sudo apparmor_parser -r /etc/apparmor.d/bwrap-userns-restrict
or, for a machine that only grades: sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0"""
NO_NAMESPACES = """This system lets only root make namespaces: sudo sysctl -w user.max_user_namespaces=10000, on older
Debian sudo sysctl -w kernel.unprivileged_userns_clone=1; in a container, start that with --privileged."""
OLD = "It is older than 0.7, which first limited the size of temporary folders."
UNREADABLE = """The jail runs as nobody, who cannot read this: run as an ordinary user, or install Python and the course
where all may read."""


class JailMissing(ValueError):
    """No jail works on this machine; the words say what to install."""


def find_jail(name=None, hidden=()):
    """Return the first jail that works here, or the one called `name`: one of `NAMES`.

    `hidden` are folders that are not to be seen inside, even if they lie in one that Python needs. Raises `JailMissing`
    with what to install.
    """
    if name == "trust":
        return Trust()
    problems = []
    for candidate in [name] if name else JAILS:
        jail = JAILS[candidate](hidden)
        problem = find_problem(jail)
        if not problem:
            return jail
        problems.append(f"{candidate}: {problem}")
    which = f"The jail {name} does not work" if name else "No jail for the students' code works"
    other = [f"Or leave out --jail {name}, and the first jail that works is taken."] if name else []
    raise JailMissing("\n".join([f"{which} on this machine.", *problems, INSTALL, *other]))


def find_problem(jail):
    """Say why a jail does not work here, and what would help; "" if it works."""
    missing = [program for program in PROGRAMS[jail.name] if shutil.which(program) is None]
    if missing:
        return f"{missing[0]} was not found."
    try:
        with jail.start(Limits(), WORKS, stderr=subprocess.PIPE) as prisoner:
            if prisoner.stdout.read() == b"works\n":
                return ""
            complaint = prisoner.process.stderr.read().decode(errors="replace").strip()
    except subprocess.CalledProcessError as error:
        complaint = error.stderr.decode(errors="replace").strip()
    return f"it does not start: {complaint[-300:]}{advise(jail, complaint)}"


def advise(jail, complaint):
    """Return the remedy that fits a jail's complaint, on a line of its own; "" if none is known."""
    if jail.name != "bubblewrap":
        return ""
    if "--size" in complaint:
        remedy = OLD
    elif RESTRICTED.exists() and RESTRICTED.read_text().strip() == "1":
        remedy = UBUNTU
    elif "namespace" in complaint or "uid map" in complaint:
        remedy = NO_NAMESPACES
    elif "ermission denied" in complaint:
        remedy = UNREADABLE
    else:
        return ""
    return f"\n{remedy}"
