"""The pages and files for instructors agree with the course, and do what they say."""

import re
import runpy
import subprocess
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest
import yaml

from marl_lessons.gradebook.__main__ import DESCRIPTION, main
from marl_lessons.gradebook.jails.prisoners import MEBIBYTE, Limits
from marl_lessons.gradebook.records import FAILED
from tests.gradebook.small_class import believe, write_notebook
from tools.build_notebooks import ROOT

TEACHING = ROOT / "teaching"
PAGES = sorted(TEACHING.glob("*.md"))
CHECK = yaml.safe_load((TEACHING / "check_course.yml").read_text(encoding="utf-8"))


def read(name):
    return (TEACHING / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_to_a_file(page):
    links = re.findall(r"\]\((?!https:)([^)#]+)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (TEACHING / link).exists()] == []


def test_the_first_page_names_every_other_file():
    files = {path.name for path in TEACHING.iterdir() if path.is_file()}
    assert set(re.findall(r"\]\(([^):/]+)\)", read("README.md"))) == files - {"README.md"}


@pytest.mark.parametrize("name", ["grade.yml", "check_course.yml"])
def test_a_workflow_says_when_and_what_it_runs_and_may_only_read(name):
    workflow = yaml.safe_load(read(name))
    assert workflow[True]  # YAML takes the word `on` for true
    assert workflow["permissions"] == {"contents": "read"}
    for job in workflow["jobs"].values():
        assert job["runs-on"].startswith("ubuntu-")
        assert all(("run" in step) != ("uses" in step) for step in job["steps"])


def test_the_check_of_the_course_is_the_command_of_the_page():
    install, check = (step["run"] for step in CHECK["jobs"]["check"]["steps"] if "run" in step)
    assert install in read("README.md").splitlines()
    assert check.removeprefix("python -m ") in read("README.md").splitlines()


def test_the_check_of_the_course_runs_its_notebooks():
    command = CHECK["jobs"]["check"]["steps"][-1]["run"]
    folders = command.split()[-2:]
    assert folders == ["notebooks", "solutions"]
    one_each = [f"{folder}/00_start_here.ipynb" for folder in folders]
    words = [sys.executable, *command.split()[1:-2], "-p", "no:cacheprovider", *one_each]
    ran = subprocess.run(words, cwd=ROOT, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout
    assert re.search(r"\d+ passed", ran.stdout)


class MissingEntry(Exception):
    """What nbgrader raises."""


class Book:
    """As much of nbgrader's database as `into_nbgrader.py` uses: Ada has handed in, and was read by hand."""

    def __init__(self, name):
        assert name == "sqlite:///gradebook.db"
        self.grades = {"exercises": SimpleNamespace(manual_score=None, needs_manual_grade=True)}
        self.db = SimpleNamespace(commit=lambda: Book.saved.append(self.grades))

    def __enter__(self):
        return self

    def __exit__(self, *raised):
        pass

    def find_assignment(self, name):
        assert name == "lesson01"
        return SimpleNamespace(notebooks=[SimpleNamespace(name="01_games")])

    def find_grade(self, cell, notebook, assignment, student):
        assert (notebook, assignment) == ("01_games", "lesson01")
        if student != "ada":
            raise MissingEntry
        return self.grades[cell]


@pytest.mark.parametrize(("others", "absent"), [((), "nobody"), (("bob", "eve"), "bob, eve")])
def test_scores_go_into_nbgraders_database(tmp_path, monkeypatch, capsys, others, absent):
    Book.saved = []
    module = ModuleType("nbgrader.api")
    module.Gradebook, module.MissingEntry = Book, MissingEntry
    monkeypatch.setitem(sys.modules, "nbgrader", ModuleType("nbgrader"))
    monkeypatch.setitem(sys.modules, "nbgrader.api", module)
    table = tmp_path / "grades.csv"
    rows = [*(f"{student},0,0,0" for student in others), "ada,1,3,2.7"]  # Ada's score comes after who is absent
    table.write_text("\n".join(["\ufeffstudent,1.1,points,score", *rows, ""]), encoding="utf-8")
    monkeypatch.setattr(sys, "argv", ["into_nbgrader.py", str(table), "1"])
    runpy.run_path(str(TEACHING / "into_nbgrader.py"), run_name="__main__")
    assert capsys.readouterr().out == f"Not in nbgrader: {absent}\n"
    assert vars(Book.saved[0]["exercises"]) == {"manual_score": 2.7, "needs_manual_grade": False}


def test_the_limits_are_those_that_the_page_names():
    limits = Limits()
    memory, files = limits.memory // (1024 * MEBIBYTE), limits.disk // MEBIBYTE
    words = f"{memory} GB of memory, {limits.processes} processes and threads, {files} MB of temporary files."
    assert words in " ".join(read("grading.md").split())
    assert limits.file <= limits.disk


def test_every_page_goes_back_into_a_folder_as_moodle_named_it(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("Ada Lovelace_12_assignsubmission_file/x.ipynb", "Bob_7_assignsubmission_file_y.ipynb", "eve.ipynb"):
        write_notebook(tmp_path / "submissions" / name)
    main(["submissions", "--lesson", "1"], find_judge=lambda options, seed: believe)
    (code,) = re.findall(r"```python\n(.*?)```", read("handing_out.md"), re.DOTALL)
    exec(code, {})
    folders = ["Ada Lovelace_12_assignsubmission_file", "Bob_7_assignsubmission_file"]
    assert sorted(path.name for path in Path("feedback").iterdir()) == folders
    for folder, name in zip(folders, ("Ada Lovelace_12", "Bob_7"), strict=True):
        assert f"<strong>{name}</strong>" in Path("feedback", folder, "feedback.html").read_text(encoding="utf-8")


def test_every_flag_is_explained():
    gradebook = ROOT / "marl_lessons" / "gradebook"
    code = "".join(path.read_text(encoding="utf-8") for path in gradebook.rglob("*.py"))
    raised = {*re.findall(r'flag(?:s|)\("(\w+)"', code), FAILED}
    assert raised == set(re.findall(r"^\| `(\w+)` \|", read("grading.md"), re.MULTILINE))


def test_the_shortest_way_is_the_same_on_every_page():
    command = "python -m marl_lessons.gradebook submissions --lesson 1 --out grades"
    for page in (TEACHING / "README.md", TEACHING / "grading.md", ROOT / "README.md"):
        assert command in page.read_text(encoding="utf-8")
    assert command in DESCRIPTION
