"""The files by which other places run and publish the course name what there is; no such place is asked here."""

import json
import re
import shutil
import subprocess
from urllib.parse import unquote

import pytest
import yaml
from packaging.requirements import Requirement

from tests.test_project import PROJECT, find_make_targets, needs_git, needs_make
from tools.build_notebooks import ROOT
from web.site.links import VARIABLE
from web.site.pages import fit_to_repository

WORKFLOW = yaml.safe_load((ROOT / ".github/workflows/publish.yml").read_text(encoding="utf-8"))
CONTAINER = json.loads((ROOT / ".devcontainer/devcontainer.json").read_text(encoding="utf-8"))
OTHER_WAYS = (ROOT / "web/site/pages/other_ways.md").read_text(encoding="utf-8")
STEPS = [step for job in WORKFLOW["jobs"].values() for step in job["steps"]]
COMMANDS = [step["run"] for step in STEPS if "run" in step]


def find_step(action):
    (step,) = (step for step in STEPS if step.get("uses", "").startswith(f"actions/{action}@"))
    return step


def test_the_site_is_published_at_each_push_to_main_or_by_hand_one_at_a_time():
    assert WORKFLOW[True] == {"push": {"branches": ["main"]}, "workflow_dispatch": None}  # YAML takes `on` for true
    assert WORKFLOW["concurrency"] == {"group": "pages", "cancel-in-progress": False}


def test_only_the_job_that_publishes_may_do_more_than_read():
    assert WORKFLOW["permissions"] == {"contents": "read"}
    build, publish = WORKFLOW["jobs"]["build"], WORKFLOW["jobs"]["publish"]
    assert "permissions" not in build
    assert publish["permissions"] == {"pages": "write", "id-token": "write"}
    assert (publish["needs"], publish["environment"]["name"]) == ("build", "github-pages")
    assert publish["environment"]["url"] == "${{ steps.publish.outputs.page_url }}"
    assert [step["uses"].partition("@")[0] for step in publish["steps"]] == ["actions/deploy-pages"]
    assert publish["steps"][0]["id"] == "publish"


def test_every_action_is_pinned_to_a_major_version():
    used = [step["uses"] for step in STEPS if "uses" in step]
    assert [action for action in used if not re.fullmatch(r"actions/[a-z-]+@v\d+", action)] == []


@needs_make
def test_the_workflow_builds_then_tests_then_uploads_what_was_built():
    assert COMMANDS == ["make site", "make lite", "make webtest"]
    assert {command.removeprefix("make ") for command in COMMANDS} <= find_make_targets()
    uploading = STEPS.index(find_step("upload-pages-artifact"))
    assert all(STEPS.index(step) < uploading for step in STEPS if "run" in step)
    assert find_step("upload-pages-artifact")["with"] == {"path": "build/site"}
    for command in COMMANDS:  # in a shell that ends at the first error, as there
        ran = subprocess.run(["bash", "-e", "-c", f"{command} --dry-run"], cwd=ROOT, capture_output=True, text=True)
        assert ran.returncode == 0, ran.stderr
        assert "web" in ran.stdout


def test_the_site_learns_its_own_address_and_so_its_buttons():
    assert WORKFLOW["env"] == {VARIABLE: "${{ github.repository }}"}


@pytest.mark.parametrize("version", [find_step("setup-python")["with"]["python-version"], CONTAINER["image"]])
def test_other_places_run_a_python_that_the_course_allows(version):
    assert Requirement(f"python{PROJECT['requires-python']}").specifier.contains(version.rpartition(":")[2])


def test_the_dev_container_installs_the_course_and_opens_the_first_lesson():
    assert CONTAINER["postCreateCommand"].startswith("python -m pip install --editable . && ")
    (opened,) = CONTAINER["customizations"]["codespaces"]["openFiles"]
    assert (ROOT / opened).is_file()


@needs_git
def test_progress_in_the_dev_container_stays_in_the_workspace_and_out_of_git():
    path = CONTAINER["remoteEnv"]["MARL_LESSONS_PROGRESS"]
    folder, name = path.rsplit("/", 1)
    assert folder == "${containerWorkspaceFolder}"
    for file in (name, f"{name}.lock"):
        assert subprocess.run(["git", "check-ignore", "--quiet", file], cwd=ROOT).returncode == 0


@pytest.mark.parametrize("repository", ["", "ada/course"])
def test_the_page_of_other_ways_names_the_course_s_own_address_where_it_is_known(repository):
    page = fit_to_repository(OTHER_WAYS, repository)
    assert ("https://codespaces.new/ada/course" in page) == bool(repository)
    assert ("mybinder.org/v2/gh/ada/course/main" in page) == bool(repository)
    assert "OWNER/NAME" not in page
    assert "\n%" not in page.replace("\n%run", "").replace("\n%env", "").replace("\n%pip", "")


def test_the_links_of_other_ways_open_a_lesson_that_is_there():
    opened = re.findall(r"urlpath=lab%2Ftree%2F([^\"&]+)", OTHER_WAYS)
    assert [path for path in map(unquote, opened) if not (ROOT / path).exists()] == []
    assert opened


def test_every_command_of_other_ways_is_one_of_the_course():
    targets = set(re.findall(r"^make ([a-z]+)", OTHER_WAYS, re.MULTILINE))
    assert targets == {"update", "fresh"}
    assert targets <= find_make_targets()
    assert set(re.findall(r"-m (marl_lessons[.\w]*)", OTHER_WAYS)) == {"marl_lessons.update"}


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash on this machine")
def test_what_the_dev_container_runs_is_a_line_that_a_shell_reads():
    command = CONTAINER["postCreateCommand"]
    assert subprocess.run(["bash", "-n", "-c", command], capture_output=True).returncode == 0
    assert subprocess.run(["bash", "-n", "-c", f"{command} &&"], capture_output=True).returncode != 0
