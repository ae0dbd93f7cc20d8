"""What a cluster or GitHub's machines judge in parts is what one machine judges: the files in teaching/, run here."""

import re
import shutil

import nbformat
import pytest
import yaml

from tests.gradebook.other_machines import Machine, run_job
from tools.build_notebooks import ROOT

TEACHING = ROOT / "teaching"
SEED = "20260"
SETUP = "import numpy as np\nfrom marl_lessons import check, exercise"
VALUES = '@exercise("1.2")\ndef action_values(payoffs, partner_policy):\n    '
ANSWERS = {
    "ada": ['check("1.1", 2.0)', f"{VALUES}return payoffs @ partner_policy"],
    "bob": ['check("1.1", 4.0)', f"{VALUES}return payoffs.sum(axis=1)"],
    "cleo": ['check("1.1", 0.5 * 4)'],
    "dan": [f"{VALUES}return np.dot(payoffs, partner_policy)"],
    "eve": ['check("1.1", 2)', f"{VALUES}raise KeyError"],
}


@pytest.fixture(scope="module")
def small_class(tmp_path_factory):
    """A folder with submissions/: a notebook of each student with answers to two exercises of lesson 01."""
    folder = tmp_path_factory.mktemp("class")
    for student, cells in ANSWERS.items():
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in (SETUP, *cells)])
        place = folder / "submissions" / student
        place.mkdir(parents=True)
        nbformat.write(notebook, place / "01_games.ipynb")
    return folder


@pytest.fixture(scope="module")
def tables(small_class, tmp_path_factory):
    """The tables of a single run on one machine."""
    machine = Machine(tmp_path_factory.mktemp("alone") / "machine")
    submissions = small_class / "submissions"
    machine.run(f"python -m marl_lessons.gradebook {submissions} --lesson 1 --seed {SEED} --out grades")
    return read_tables(machine.folder / "grades")


def read_tables(folder):
    return {name: (folder / name).read_text(encoding="utf-8-sig") for name in ("grades.csv", "nbgrader.csv")}


@pytest.fixture
def cluster(tmp_path, small_class):
    """A machine with the class and the files for instructors."""
    machine = Machine(tmp_path / "cluster")
    shutil.copytree(small_class, machine.folder, dirs_exist_ok=True)
    shutil.copytree(TEACHING, machine.folder / "teaching")
    return machine


def read_block(command):
    """Returns the lines of many_machines.md in which a command stands, with the seed of the tests."""
    page = (TEACHING / "many_machines.md").read_text(encoding="utf-8")
    (lines,) = (block for block in re.findall(r"^```bash\n(.*?)^```", page, re.M | re.S) if command in block)
    return lines.replace("secrets.randbelow(2**31)", SEED)


def test_a_single_run_grades_the_class(tables):
    points = [line.split(",")[:6] for line in tables["grades.csv"].splitlines()]
    assert points == [
        ["student", "1.1", "1.2", "1.3", "1.4", "points"],
        ["ada", "1", "1", "0", "0", "2"],
        ["bob", "0", "0", "0", "0", "0"],
        ["cleo", "1", "0", "0", "0", "1"],
        ["dan", "0", "1", "0", "0", "1"],
        ["eve", "1", "0", "0", "0", "1"],
    ]


@pytest.mark.canon
def test_a_cluster_finds_the_grades_of_a_single_run(cluster, tables):
    printed = cluster.run(read_block("sbatch"), FIRST="0", STEP="1", COUNT="3")
    assert "5 notebooks: 0 judged now, 5 before" in printed
    assert read_tables(cluster.folder / "grades") == tables


@pytest.mark.canon
def test_what_a_task_left_is_judged_by_the_command_that_merges(cluster, tables):
    prepare, submit, merge = read_block("sbatch").split("\n", 2)[0], *read_block("sbatch").splitlines()[2:]
    cluster.run(f"{prepare}\necho {SEED} > grades/seed.txt\n{submit}", FIRST="1", STEP="1", COUNT="2")
    next((cluster.folder / "grades/records").iterdir()).unlink()
    printed = cluster.run(merge, job="4711")
    assert "5 notebooks: 1 judged now, 4 before" in printed
    assert read_tables(cluster.folder / "grades") == tables


@pytest.mark.parametrize(("first", "step"), [("0", "1"), ("1", "1"), ("10", "5")])
def test_tasks_may_be_counted_from_any_number(tmp_path, first, step):
    machine = Machine(tmp_path / "cluster", python='#!/bin/sh\necho "$*" >> "$CALLS/python"\n')
    machine.run(f"sbatch {TEACHING}/grade.slurm submissions 3 grades", FIRST=first, STEP=step, COUNT="4")
    command = "-m marl_lessons.gradebook submissions --lesson 3 --out grades -j 1 --part"
    assert machine.read_calls("python") == [f"{command} {part}/4" for part in (1, 2, 3, 4)]


def test_the_script_asks_for_an_array_cores_memory_and_time():
    options = re.findall(r"^#SBATCH (--[a-z-]+)=", (TEACHING / "grade.slurm").read_text(encoding="utf-8"), re.M)
    assert {"--array", "--cpus-per-task", "--mem", "--time"} <= set(options)


@pytest.mark.canon
def test_machines_of_github_find_the_grades_of_a_single_run(tmp_path, small_class, tables):
    workflow = yaml.safe_load((TEACHING / "grade.yml").read_text(encoding="utf-8"))
    judge, merge = workflow["jobs"]["judge"], workflow["jobs"]["merge"]
    assert merge["needs"] == "judge"
    parts, artifacts = judge["strategy"]["matrix"]["part"], tmp_path / "artifacts"
    values = {"inputs.lesson": 1, "secrets.GRADING_SEED": SEED, "strategy.job-total": len(parts)}
    for part in parts:
        runner = Machine(tmp_path / f"runner {part}")
        run_job(runner, workflow, judge, values | {"matrix.part": part}, small_class, artifacts)
    runner = Machine(tmp_path / "last runner")
    printed = run_job(runner, workflow, merge, values, small_class, artifacts)
    assert "5 notebooks: 0 judged now, 5 before" in printed
    assert read_tables(artifacts / "grades") == tables
    assert "apt-get install --yes bubblewrap" in runner.read_calls("sudo")
    assert runner.read_calls("pip") == [f"install {workflow['env']['COURSE']}"]
