"""A link of the glossary opens the lesson where the term is defined, in JupyterLab as it comes."""

import os
import shutil

import pytest
from playwright.sync_api import expect

from tests.browser.lab import NO_BROWSER, NO_NEWS, find_browser, open_lab
from tools.build_notebooks import ROOT

SHOWN = ".jp-NotebookPanel:not(.lm-mod-hidden)"
# JupyterLab guesses how high the cells above are as long as it has not drawn them, and so may miss by half a page.
HAS_LEFT_THE_TOP = f"""() => document.querySelector("{SHOWN} .jp-WindowedPanel-outer").scrollTop > 3000"""


@pytest.mark.canon  # what it says is JupyterLab's; that the cells exist, tests/test_glossary.py says
def test_a_link_of_the_glossary_leads_to_the_definition(tmp_path):
    if find_browser() is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(NO_BROWSER)
    for name in ("glossary", "06_independent_q_learning"):
        shutil.copy(ROOT / "notebooks" / f"{name}.ipynb", tmp_path)
    with open_lab(tmp_path, NO_NEWS) as lab:
        lab.open("glossary.ipynb")
        term = lab.page.get_by_role("listitem").filter(has=lab.page.get_by_text("non-stationary", exact=True))
        link = term.get_by_role("link", name="The ground moves")
        link.click()
        lab.page.wait_for_function(HAS_LEFT_THE_TOP)
        lab.page.locator(".lm-TabBar-tab", has_text="glossary.ipynb").first.click()
        link.click()  # by now the cells are drawn
        definition = lab.page.locator(f"{SHOWN} strong:visible", has_text="non-stationary")
        expect(definition).to_be_in_viewport()
