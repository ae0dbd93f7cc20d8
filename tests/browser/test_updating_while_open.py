"""A notebook is open in JupyterLab while the course is updated: what is written is safe, the new one to be had."""

import os
import shutil

import pytest
from playwright.sync_api import expect

from tests.browser.lab import NO_BROWSER, find_browser, open_lab
from tests.update.small_course import GAMES, MY_GAMES, learner, make_notebook, run_update, teacher

__all__ = ["learner", "teacher"]  # fixtures
PYTHON = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}  # JupyterLab would ask
FIRST, NEW, NEWER = (make_notebook("answer = ...", f"print('{name}')", **PYTHON) for name in ("first", "new", "newer"))
ASKED = "has changed on disk since the last time it was opened or saved"


@pytest.mark.canon  # what it says is JupyterLab's, and the update tells learners so
def test_jupyterlab_asks_before_it_overwrites_and_reloads_when_told(teacher, learner, capsys):
    if find_browser() is None or shutil.which("git") is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"no git, or {NO_BROWSER}")
    teacher.commit({GAMES: FIRST})
    run_update()
    with open_lab(learner.folder) as lab:
        lab.open(GAMES)
        lab.set_cell("answer", "answer = 2  # mine")
        lab.save()
        teacher.commit({GAMES: NEW})
        assert run_update() == 0
        assert "answer = 2  # mine" in learner.read(MY_GAMES)
        assert "Reload Notebook from Disk" in capsys.readouterr().out

        lab.set_cell("answer", "answer = 3  # not saved")
        lab.page.keyboard.press("ControlOrMeta+s")
        dialog = lab.page.locator(".jp-Dialog")
        expect(dialog).to_contain_text(ASKED)
        assert learner.read(GAMES) == NEW
        dialog.get_by_role("button", name="Revert").click()
        expect(lab.page.locator(".jp-Notebook .jp-Cell").nth(1)).to_contain_text("'new'")

        learner.write({GAMES: NEWER})
        lab.command("docmanager:reload")
        expect(lab.page.locator(".jp-Notebook .jp-Cell").nth(1)).to_contain_text("newer")
        assert lab.page.evaluate("window.jupyterapp.commands.label('docmanager:reload')") == "Reload Notebook from Disk"
