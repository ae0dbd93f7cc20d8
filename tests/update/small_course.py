"""A small course in a repository, a teacher who changes it, and a learner who has a clone and writes into it."""

import json
import os
import subprocess
from datetime import date
from pathlib import Path

import pytest

from marl_lessons.update.__main__ import main

TODAY = date(2026, 11, 27)
GAMES, MARKOV = "notebooks/01_games.ipynb", "notebooks/02_markov_games.ipynb"
MY_GAMES = "notebooks/01_games (mine, 2026-11-27).ipynb"
IDENTITY = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_AUTHOR_NAME": "Ada",
    "GIT_AUTHOR_EMAIL": "ada@example.org",
    "GIT_COMMITTER_NAME": "Ada",
    "GIT_COMMITTER_EMAIL": "ada@example.org",
}


def make_notebook(*sources, outputs=(), count=None, **metadata):
    """Return the text of a notebook with a code cell for each source."""
    cells = [
        {"cell_type": "code", "source": [source], "outputs": list(outputs), "execution_count": count, "metadata": {}}
        for source in sources
    ]
    return json.dumps({"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}, indent=1)


RUN = {"outputs": [{"output_type": "stream", "name": "stdout", "text": ["2\n"]}], "count": 3, "kernel": "python3"}
COURSE = {
    "pyproject.toml": "[project]\n",
    "marl_lessons/games.py": "PRICE = 1\n",
    "notebooks/00_start_here.ipynb": make_notebook("check_setup()"),
    GAMES: make_notebook("answer = ..."),
    MARKOV: make_notebook("steps = ..."),
}


def write(folder, files):
    """Write {path: text} below a folder; None deletes."""
    for path, text in files.items():
        if text is None:
            (folder / path).unlink()
            continue
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8", newline="")


def read_all(folder):
    """Return {path: bytes} of all that lies in a folder, but for what git keeps for itself."""
    paths = [path for path in folder.rglob("*") if path.is_file() and ".git" not in path.parts]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


class Repository:
    """A repository, and what its owner does there."""

    def __init__(self, folder):
        self.folder = Path(folder)

    def git(self, *words):
        ran = subprocess.run(["git", *words], cwd=self.folder, capture_output=True, text=True, check=True)
        return ran.stdout.strip()

    def write(self, files):
        write(self.folder, files)

    def read(self, path):
        return (self.folder / path).read_text(encoding="utf-8")

    def commit(self, files, message="Change"):
        self.write(files)
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", message)
        return self.git("rev-parse", "HEAD")

    def list_changes(self):
        return self.git("status", "--porcelain").splitlines()


@pytest.fixture
def teacher(tmp_path, monkeypatch):
    """The course's own repository."""
    for name, value in IDENTITY.items():
        monkeypatch.setenv(name, value)
    (tmp_path / "upstream").mkdir()
    teacher = Repository(tmp_path / "upstream")
    teacher.git("init", "--quiet", "--initial-branch=main")
    teacher.commit(COURSE)
    return teacher


@pytest.fixture
def learner(teacher, monkeypatch):
    """A clone of it, which a terminal stands in."""
    folder = teacher.folder.with_name("course")
    teacher.git("clone", "--quiet", f"file://{teacher.folder}", str(folder))
    monkeypatch.chdir(folder)
    return Repository(folder)


def run_update(*words):
    """Give the command on a certain day."""
    return main(list(words), TODAY)
