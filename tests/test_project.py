"""The project's files agree with one another and hold what a newcomer's machine needs."""

import re
import shutil
import stat
import subprocess
import sys
import tomllib

import nbformat
import pytest
import yaml
from packaging.requirements import Requirement
from rattler import MatchSpec

import marl_lessons
from tools.build_notebooks import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
ENVIRONMENT = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
CONDA_SPECS = [spec for spec in ENVIRONMENT["dependencies"] if isinstance(spec, str)]

# Character classes keep the patterns from matching themselves.
MACHINE_PATH = re.compile(r"(?<![\w.+/])/(?:wor[k]|tm[p]|roo[t]|hom[e]|User[s])/\w")
REGISTRY = re.compile(r"pypi\.or[g]|pythonhoste[d]|npmjs\.or[g]|debian\.or[g]|index-ur[l]|/opt/pyp[i]")

needs_git = pytest.mark.skipif(
    not (ROOT / ".git").exists() or shutil.which("git") is None, reason="not a git repository"
)
needs_make = pytest.mark.skipif(shutil.which("make") is None, reason="no make on this machine")


def read(name):
    return (ROOT / name).read_text(encoding="utf-8")


def run(*command):
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600)


def find_make_targets():
    return set(re.findall(r"^([a-z]+):", read("Makefile"), re.MULTILINE))


def find_readme_commands():
    blocks = re.findall(r"^```bash\n(.*?)^```", read("README.md"), re.MULTILINE | re.DOTALL)
    return [line.strip() for block in blocks for line in block.splitlines()]


def is_for_a_computer(package):
    """Tell whether a requirement is for a computer, where conda is, and not for a browser's Python."""
    return package.marker is None or package.marker.evaluate({"extra": "", "sys_platform": "linux"})


def test_conda_gets_the_same_packages_as_pip():
    here = [package for package in map(Requirement, PROJECT["dependencies"]) if is_for_a_computer(package)]
    pip = {package.name: str(package.specifier) for package in here}
    conda = {spec.name.normalized: str(spec.version) for spec in map(MatchSpec, CONDA_SPECS)}
    assert {name: spec for name, spec in conda.items() if name not in ("python", "pip")} == pip


@pytest.mark.parametrize("spec", CONDA_SPECS)
def test_a_conda_spec_is_well_formed(spec):
    MatchSpec(spec, strict=True)


def test_binder_gets_one_exact_python_that_the_project_allows():
    # repo2docker reads "python=3.12" and ignores ranges.
    (python,) = (spec for spec in CONDA_SPECS if spec.startswith("python"))
    assert re.fullmatch(r"python=3\.\d+", python)
    assert Requirement(f"python{PROJECT['requires-python']}").specifier.contains(python.removeprefix("python="))


def test_conda_installs_the_course_itself_from_the_repository():
    assert ENVIRONMENT["dependencies"][-1] == {"pip": ["-e ."]}


def test_the_version_is_the_same_everywhere():
    newest = re.search(r"^## \[?v?(\d+\.\d+\.\d+)", read("CHANGELOG.md"), re.MULTILINE)[1]
    citation = yaml.safe_load(read("CITATION.cff"))
    assert {PROJECT["version"], marl_lessons.__version__, citation["version"]} == {newest}
    assert {"cff-version", "message", "title", "authors"} <= set(citation)


def test_the_readme_names_only_commands_that_exist():
    commands = find_readme_commands()
    assert {"make lab", "make test"} <= set(commands)
    named = {target for line in commands for target in re.findall(r"^make ([a-z]+)", line)}
    assert named <= find_make_targets()


def test_continuous_integration_runs_the_command_of_the_readme():
    assert re.search(r"^make test\b", read(".ci/run"), re.MULTILINE)
    assert (ROOT / ".ci/run").stat().st_mode & stat.S_IXUSR


@needs_make
def test_make_alone_lists_every_command():
    listed = set(re.findall(r"^make ([a-z]+)", run("make").stdout, re.MULTILINE))
    assert listed == find_make_targets()


@needs_make
@pytest.mark.parametrize(
    ("script", "message"),
    [
        (None, "was not found: install Python 3.11 or newer"),
        ("exit 1", "needs Python 3.11 or newer"),
        ('case "$2" in *ensurepip*) exit 1;; esac', "lacks venv: install it"),
    ],
)
def test_a_machine_without_what_the_course_needs_is_told_so(tmp_path, script, message):
    python = tmp_path / "python3"
    if script:
        python.write_text(f"#!/bin/sh\n{script}\n")
        python.chmod(0o755)
    made = run("make", "lab", f"VENV={tmp_path / 'venv'}", f"PYTHON={python}")
    assert message in made.stdout
    assert made.returncode != 0
    assert not (tmp_path / "venv").exists()


@needs_git
def test_no_file_names_a_registry_or_a_path_of_one_machine():
    names = run("git", "ls-files", "--cached", "--others", "--exclude-standard").stdout.splitlines()
    files = {name: (ROOT / name).read_bytes().decode(errors="replace") for name in names if (ROOT / name).exists()}
    assert "pyproject.toml" in files
    hits = {name: MACHINE_PATH.search(text) or REGISTRY.search(text) for name, text in files.items()}
    assert {name: hit[0] for name, hit in hits.items() if hit} == {}


@needs_git
@pytest.mark.parametrize("name", ["uv.lock", ".venv/bin/python", ".venv-scale/bin/python", "dist/x.whl"])
def test_what_a_machine_makes_for_itself_is_ignored(name):
    assert run("git", "check-ignore", "--quiet", name).returncode == 0


def test_no_two_test_files_share_a_name():
    names = [path.name for path in (ROOT / "tests").rglob("test_*.py")]  # pytest takes one of them for the other
    assert len(names) == len(set(names)), {name for name in names if names.count(name) > 1}


def test_cells_after_one_that_timed_out_fail(tmp_path):
    # nbval would count them as expected failures, and a notebook that hangs would look half green.
    shutil.copy(ROOT / "conftest.py", tmp_path)
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    cells = [nbformat.v4.new_code_cell(code) for code in ("import time; time.sleep(30)", "1 / 0", "1")]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), tmp_path / "hangs.ipynb")
    options = ["--nbval-lax", "--nbval-current-env", "--nbval-cell-timeout=1", "-p", "no:cacheprovider"]
    tested = run(sys.executable, "-m", "pytest", *options, str(tmp_path))
    assert "3 failed" in tested.stdout
