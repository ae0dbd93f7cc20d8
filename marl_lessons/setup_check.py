"""Lesson 00's look at the machine: what the course needs, what is there, and how to mend what is missing."""

import sys
from importlib import metadata

from marl_lessons.browser import is_browser
from marl_lessons.display import show, to_html

MINIMAL_PYTHON = (3, 11)
IN_BROWSER = """You are working in your browser. This is different from a course on a computer:
– To take your work home, click a notebook in the list of files with the right button and choose Download.
– ■ stops nothing. A cell that never ends: restart the kernel with ⟳. In an answer, the course stops an endless loop.
– Python is two to eight times slower. It starts anew in each lesson and after a reload, which takes up to a minute."""
ON_DRIVE = (
    "– What you write and your progress (progress.json in the list of files; let it stand there) are kept by this "
    "browser alone, until you clear its data for this site."
)
NO_DRIVE = (
    "this page got none in your browser, so your progress ends with it. Open the course in an ordinary window, not a "
    "private one; its address has to begin with https or with http://localhost."
)


def check_setup():
    """Show what the course needs and whether it is here; for each thing that is missing, show the remedy."""
    findings = [_check_python(), *_check_packages(), _check_progress_file()]
    missing = sum(remedy != "" for _, remedy in findings)
    verdict = "Everything is here. You can start." if not missing else f"{missing} to mend; then restart the kernel."
    lines = [f"{'✗' if remedy else '✓'} {name}" + (f": {remedy}" if remedy else "") for name, remedy in findings]
    if is_browser():
        lines += [*IN_BROWSER.split("\n"), *([ON_DRIVE] if _is_on_drive() else [])]
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
    from packaging.requirements import Requirement

    requirements = [Requirement(line) for line in needed]
    return [_check_package(requirement) for requirement in requirements if _is_needed(requirement)]


def _is_needed(requirement):
    """Tell whether a requirement holds for this system, without any of the extras."""
    return requirement.marker is None or requirement.marker.evaluate({"extra": "", "sys_platform": sys.platform})


def _check_package(requirement):
    name = f"{requirement.name}{requirement.specifier}"
    remedy = f'run `%pip install "{name}"` in a cell.'
    try:
        installed = metadata.version(requirement.name)
    except metadata.PackageNotFoundError:
        return name, f"not installed; {remedy}"
    if requirement.specifier.contains(installed, prereleases=True):
        return name, ""
    return name, f"version {installed} is too old; {remedy}"


def _check_progress_file():
    from marl_lessons.exercises import progress_file

    name, notes = "a place to keep your progress", progress_file.change(lambda progress: None).notes
    return name, NO_DRIVE if is_browser() and not _is_on_drive() else " ".join(notes)


def _is_on_drive():
    from marl_lessons.exercises import progress_file

    return progress_file.locate().parent == progress_file.DRIVE
