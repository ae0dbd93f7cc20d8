"""Writes files so that nobody ever finds half of one, and names them so that nobody's name leads elsewhere."""

import hashlib
import os
import platform
import re
import unicodedata
from pathlib import Path

LONGEST = 60  # letters that are kept of a name
PLAIN = re.compile(rf"(?!.*-[0-9a-f]{{8}}$)[a-z0-9][a-z0-9_.@+-]{{0,{LONGEST - 1}}}")
UNSAFE = re.compile(r"[^A-Za-z0-9_@+-]+")


def name_file(name):
    """Name a file after a student or another file.

    A plain name stays as it is. From any other one, what a file system or an address may not hold is taken out, and the
    end tells it apart from all others, capitals aside.
    """
    if PLAIN.fullmatch(name):
        return name
    ascii_letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    readable = UNSAFE.sub("_", ascii_letters).strip("_-")[:LONGEST]
    digest = hashlib.sha256(name.encode(errors="surrogatepass")).hexdigest()[:8]
    return f"{readable or 'student'}-{digest}"


def write_text(path, text):
    """Write a text in UTF-8 into a file all at once: whoever reads it finds the old one or the new one."""
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    # Several machines may write into one folder.
    temporary = path.with_name(f".{path.name}.{platform.node()}.{os.getpid()}.part")
    try:
        temporary.write_text(text, encoding="utf-8", errors="replace", newline="\n")
        os.replace(temporary, path)
    except OSError as error:
        error.filename = str(path)  # a full disk does not say where
        raise
    finally:
        temporary.unlink(missing_ok=True)
