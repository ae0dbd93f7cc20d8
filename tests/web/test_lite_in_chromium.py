"""The browser edition as a learner meets it: in a browser that has never seen it, with and without the network.

The tests follow one learner, in this order, so that the edition is built and opened only once.
"""

import pytest
from playwright.sync_api import expect

from tests.browser.lab import Lab
from tests.web.browsing import open_browser, serve

pytestmark = pytest.mark.web

ANSWER = '@exercise("1.2")'
SOURCE = """\
@exercise("1.2")
def action_values(payoffs, partner_policy):
    {}
"""
TABLE, FIGURE, FILM = "plotting.plot_payoffs(boxes)", "plotting.show_live(draw_climbing", "plotting.watch("
SETUP = "from marl_lessons import check, exercise"


@pytest.fixture(scope="module")
def visit(lite):
    with serve(lite.parent) as address, open_browser(address) as (page, outside):  # below a site's own folder
        lab = Lab(page, address + "lite/lab/index.html?path={}", lite / "files")
        lab.open("01_games.ipynb")
        yield lab, outside


@pytest.fixture
def lab(visit):
    return visit[0]


def answer(lab, body):
    lab.set_cell(ANSWER, SOURCE.format(body))
    lab.run_cell(ANSWER)


def test_a_wrong_answer_gets_its_message_and_a_right_one_passes(lab):
    lab.run_cell(SETUP)
    answer(lab, "return payoffs.mean(axis=1)")
    card = lab.output(ANSWER)
    expect(card).to_contain_text("INCORRECT")
    expect(card).to_contain_text("The solution opens after 3 attempts (1 so far).")
    answer(lab, "return payoffs @ partner_policy")
    expect(card).to_contain_text("PASSED")


def test_an_endless_loop_is_stopped_with_a_message(lab):
    answer(lab, "while True: pass")
    expect(lab.output(ANSWER)).to_contain_text("was stopped; look for a loop that never ends")


def test_all_cells_run_and_a_slider_draws_its_figure_anew(lab):
    answer(lab, "return payoffs @ partner_policy")
    lab.run_all()
    figure = lab.output(FIGURE)
    figure.get_by_role("slider").focus()
    lab.page.keyboard.press("ArrowRight")
    expect(figure.get_by_alt_text("With a penalty of -29")).to_be_visible()


def test_a_pass_is_still_there_after_a_reload(lab):
    lab.reload()
    expect(lab.cell(ANSWER)).to_contain_text("return payoffs @ partner_policy")
    lab.run_cell(SETUP)
    lab.set_cell(TABLE, "from marl_lessons import progress\nprogress()")
    lab.run_cell(TABLE)
    expect(lab.output(TABLE)).to_contain_text("/drive/progress.json")
    expect(lab.output(TABLE)).to_contain_text("✓ 1.2")


def test_an_episode_is_watched_in_the_next_lesson(lab):
    lab.open("02_markov_games.ipynb")
    lab.run_cell("from marl_lessons import")
    lab.run_cell("environments.Drift(horizon=2)")
    film = lab.output("environments.Drift(horizon=2)")
    expect(film.locator("figure").filter(visible=True)).to_have_count(1)  # the others go once the player is there
    expect(film.locator("figcaption").filter(visible=True)).to_contain_text("Step 0 of 2.")
    film.get_by_role("button", name="forward").click()
    expect(film.locator("figcaption").filter(visible=True)).to_contain_text("Step 1 of 2.")


def test_nothing_was_asked_of_another_machine(visit):
    assert visit[1] == []
