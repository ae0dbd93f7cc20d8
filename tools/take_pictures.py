"""Take the pictures of the README: lesson 01 in real JupyterLab, as a learner sees it.

python -m tools.take_pictures
"""

import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.lab import open_lab
from tools.build_notebooks import ROOT

LESSON = "01_markov_games.ipynb"
WRONG_ANSWER = """\
@exercise("1.2")
def action_values(payoffs, partner_policy):
    return payoffs.mean(axis=1)
"""


def main():
    """Write images/card.png and images/figure.png."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(ROOT / "notebooks" / LESSON, folder)
        with open_lab(Path(folder)) as lab:
            lab.page.set_viewport_size({"width": 1000, "height": 900})
            lab.open(LESSON)
            lab.command("application:toggle-left-area")
            lab.run_all()
            take_card(lab)
            lab.output("plotting.show_live(").screenshot(path=ROOT / "images" / "figure.png")


def take_card(lab):
    """Hand in a wrong answer, open a hint, and take the cell with its card."""
    cell = '@exercise("1.2")'
    lab.set_cell(cell, WRONG_ANSWER)
    lab.run_cell(cell)
    lab.output(cell).get_by_text("Hint 1 of 3").click()
    expect(lab.output(cell).get_by_text("Hint 2 of 3")).to_be_visible()
    lab.cell(cell).screenshot(path=ROOT / "images" / "card.png")


if __name__ == "__main__":
    main()
