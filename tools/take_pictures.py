"""Take the pictures of the README: lessons 01 and 03 in real JupyterLab, as a learner sees them.

python -m tools.take_pictures
"""

import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.lab import open_lab
from tools.build_notebooks import ROOT

GAMES, BEST = "01_games.ipynb", "03_the_best_a_team_can_do.ipynb"
WRONG_ANSWER = """\
@exercise("1.2")
def action_values(payoffs, partner_policy):
    return payoffs.mean(axis=1)
"""


def main():
    """Write images/card.png, images/figure.png and images/film.png."""
    with tempfile.TemporaryDirectory() as folder:
        for notebook in (GAMES, BEST):
            shutil.copy(ROOT / "notebooks" / notebook, folder)
        with open_lab(Path(folder)) as lab:
            lab.page.set_viewport_size({"width": 1000, "height": 900})
            open_and_run(lab, GAMES)
            take_card(lab)
            open_and_run(lab, BEST)
            take(lab.output("plotting.show_live("), "figure.png")
            take_film(lab)


def open_and_run(lab, notebook):
    """Open a notebook with all the room for itself, and run it."""
    lab.open(notebook)
    lab.command("application:toggle-left-area")
    lab.run_all()


def take_card(lab):
    """Hand in a wrong answer, open a hint, and take the cell with its card."""
    cell = '@exercise("1.2")'
    lab.set_cell(cell, WRONG_ANSWER)
    lab.run_cell(cell)
    lab.output(cell).get_by_text("Hint 1 of 3").click()
    expect(lab.output(cell).get_by_text("Hint 2 of 3")).to_be_visible()
    take(lab.cell(cell), "card.png")


def take_film(lab):
    """Watch an episode for some steps, and take what is seen."""
    film = lab.output("plotting.watch(dispatch, {")
    for _ in range(3):
        film.get_by_role("button", name="forward").click()
    take(film, "film.png")


def take(place, name):
    """Take a picture of a place on the page."""
    place.screenshot(path=ROOT / "images" / name)


if __name__ == "__main__":
    main()
