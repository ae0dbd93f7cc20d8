"""Lesson 00's look at the machine: what the course needs, what is there, and how to mend what is missing."""

import sys
from importlib import metadata

from marl_lessons.display import show, to_html

MINIMAL_PYTHON = (3, 11)


def check_setup():
    """Show what the course needs and whether it is here; for each thing that is missing, show the remedy."""
    findings = [_check_python(), *_check_packages(), _check_progress_file()]
    missing = sum(remedy != "" for _, remedy in findings)
    verdict = "Everything is here. You can start." if not missing else f"{missing} to mend; then restart the kernel."
    lines = [f"{'✗' if remedy else '✓'} {name}" + (f": {remedy}" if remedy else "") for name, remedy in findings]
    show("\n".join([*lines, verdict]), "<br>".join(to_html(line) for line in lines) + f"<p><b>{verdict}</b></p>")


def _check_python(version=None):
    version = version or sys.version_info[:2]
    name = f"Python {MINIMAL_PYTHON[0]}.{MINIMAL_PYTHON[1]} or newer"
    if version >= MINIMAL_PYTHON:
        return name, ""
    return name, f"this is {version[0]}.{version[1]}; install a newer one, then run `make lab` again."


def _check_packages():
    """Compare what is installed with what the course asks for in pyproject.toml."""
    try:
        needed = metadata.requires("marl-lessons")
    except metadata.PackageNotFoundError:
        return [("marl-lessons", "run `%pip install -e ..` in a cell of this notebook.")]
    return [_check_package(line) for line in needed if "extra ==" not in line]


def _check_package(requirement_line):
    from packaging.requirements import Requirement

    requirement = Requirement(requirement_line)
    remedy = f'run `%pip install "{requirement}"` in a cell.'
    try:
        installed = metadata.version(requirement.name)
    except metadata.PackageNotFoundError:
        return str(requirement), f"not installed; {remedy}"
    if requirement.specifier.contains(installed, prereleases=True):
        return str(requirement), ""
    return str(requirement), f"version {installed} is too old; {remedy}"


def _check_progress_file():
    from marl_lessons.exercises import progress_file

    return "a place to keep your progress", " ".join(progress_file.change(lambda progress: None).notes)
