"""What is handed out: the files of the course in a zip or a folder, by path."""

import contextlib
import io
import os
import stat
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from marl_lessons.update import UpdateError

MADE_HERE = {".git", ".venv", ".venv-scale", "__pycache__", ".ipynb_checkpoints", "build", "dist"}
LESSON = "notebooks/[0-9][0-9]_*.ipynb"


class File(NamedTuple):
    """One file as it is handed out."""

    content: bytes
    is_program: bool = False  # may be executed


def read_handed_out(place):
    """Return {path: File} of a course in a zip or a folder, which may hold it in a folder of its own.

    Raises UpdateError where no course is found there.
    """
    place = Path(place).expanduser()
    if place.is_dir():
        files = _read_folder(place)
    elif zipfile.is_zipfile(place):
        files = read_zip(place.read_bytes())
    else:
        raise UpdateError(f"{place} is neither a folder nor a zip that can be read; download the course again.")
    lessons = [path for path in files if PurePosixPath(path).match(LESSON)]
    if not lessons:
        raise UpdateError(f"{place} holds no course: no {LESSON}; name the folder or the zip that holds notebooks/.")
    top = min((path.rpartition("notebooks/")[0] for path in lessons), key=len)
    return {path.removeprefix(top): file for path, file in files.items() if path.startswith(top)}


def read_zip(content):
    """Return {path: File} of a zip's bytes; raises UpdateError where a path leads out of its folder."""
    with _open_zip(content) as archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        for path in (PurePosixPath(entry.filename) for entry in entries):
            if path.is_absolute() or ".." in path.parts or ":" in path.parts[0]:
                raise UpdateError(f"The zip names a file outside of its folder, {path}: it is not the course's.")
        return {entry.filename: File(archive.read(entry), _is_program(entry.external_attr >> 16)) for entry in entries}


@contextlib.contextmanager
def _open_zip(content):
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            yield archive
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise UpdateError(f"The zip cannot be read ({error}); download the course again.") from None


def make_zip(files):
    """Return the bytes of a zip that `read_zip` understands."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, file in sorted(files.items()):
            entry = zipfile.ZipInfo(path)
            entry.external_attr = (stat.S_IFREG | (0o755 if file.is_program else 0o644)) << 16
            archive.writestr(entry, file.content, zipfile.ZIP_DEFLATED)
    return content.getvalue()


def _read_folder(folder):
    files = {}
    for place, inside, names in os.walk(folder):
        inside[:] = sorted(set(inside) - MADE_HERE)
        for path in (Path(place, name) for name in names):
            files[path.relative_to(folder).as_posix()] = File(path.read_bytes(), _is_program(path.stat().st_mode))
    return files


def _is_program(mode):
    return bool(mode & stat.S_IXUSR)
