"""Notebooks in real JupyterLab, in a real browser: what no test of the kernel alone can see.

The tests follow one learner through one notebook, in this order, so that JupyterLab starts only once.
"""

import os
import re

import nbformat
import pytest
from nbconvert import HTMLExporter
from playwright.sync_api import expect

from tests.browser.lab import NO_BROWSER, find_browser, open_lab
from tools.build_notebooks import make_solution

LESSON = """\
# %%
from marl_lessons import environments, exercise, plotting, predict, progress
from marl_lessons.learners import RandomPolicy

# %%
predict("1.a")

# %%
predict("1.a", reveal=True)

# %%
@exercise("1.2")
def action_values(payoffs, partner_policy):
    raise NotImplementedError("Write your code here.")

# %%
def draw(slope):
    return plotting.plot_curves([0, 1], {"line": [0, slope]}, "x", "y", f"A line of slope {slope:g}.")

plotting.show_live(draw, slope=(0.0, 1.0, 0.1, 0.5))

# %%
plotting.watch(environments.Dispatch(horizon=4), RandomPolicy(num_actions=3))

# %%
progress()
"""
CHOICE, REVEAL, ANSWER, FIGURE, FILM, DASHBOARD = (
    'predict("1.a")',
    'predict("1.a", reveal=True)',
    '@exercise("1.2")',
    "plotting.show_live(",
    "plotting.watch(",
    "progress()",
)
SOURCE = """\
@exercise("1.2")
def action_values(payoffs, partner_policy):
    print(payoffs)
    return {}
"""
# The contrast of each piece of text with what lies below it, as WCAG 2.2 defines it.
CONTRASTS = """card => {
    const parse = color => color.match(/[\\d.]+/g).map(Number).concat(1).slice(0, 4);
    const mix = (above, below) => [0, 1, 2].map(i => above[3] * above[i] + (1 - above[3]) * below[i]).concat(1);
    const ground = element => {
        if (!element) return [255, 255, 255, 1];
        const color = parse(getComputedStyle(element).backgroundColor);
        return color[3] === 1 ? color : mix(color, ground(element.parentElement));
    };
    const linear = share => share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    const luminance = color => [0.2126, 0.7152, 0.0722].reduce((sum, w, i) => sum + w * linear(color[i] / 255), 0.05);
    const contrast = element => {
        const below = ground(element);
        const [one, two] = [mix(parse(getComputedStyle(element).color), below), below].map(luminance);
        return Math.max(one, two) / Math.min(one, two);
    };
    const isText = node => node.nodeType === Node.TEXT_NODE && node.textContent.trim();
    const all = [...card.querySelectorAll("*")].filter(element => [...element.childNodes].some(isText));
    return all.filter(element => element.tagName !== "STYLE").map(element => [element.textContent, contrast(element)]);
}"""


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    if find_browser() is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(NO_BROWSER)
    with open_lab(tmp_path_factory.mktemp("lab")) as lab:
        nbformat.write(make_solution(LESSON, "lesson"), lab.folder / "lesson.ipynb")
        lab.open("lesson.ipynb")
        lab.run_all()
        yield lab


def answer(lab, result):
    lab.set_cell(ANSWER, SOURCE.format(result))
    lab.run_cell(ANSWER)


def expect_twins_alone(area):
    """The two widgets are not to be seen, and neither is an error in their place; their twins are."""
    expect(area.locator("body")).not_to_contain_text("Loading widget")
    expect(area.get_by_alt_text("A line of slope 0.5.").filter(visible=True)).to_have_count(1)
    expect(area.get_by_text("If there are no sliders below it, run this cell again.")).to_be_visible()
    expect(area.get_by_text("You predicted a; the first choice counts.").filter(visible=True)).to_have_count(1)
    for dead in (
        area.locator(".jupyter-widgets").get_by_role("slider"),
        area.get_by_role("radio"),
        area.get_by_text("Error displaying widget"),
    ):
        expect(dead.filter(visible=True)).to_have_count(0)


def expect_widget_alone(figure):
    """The sliders and their one picture are to be seen, and their twin is not."""
    expect(figure.get_by_role("slider")).to_be_visible()
    expect(figure.get_by_alt_text("A line of slope 0.5.").filter(visible=True)).to_have_count(1)
    expect(figure.get_by_text("If there are no sliders below it, run this cell again.")).to_be_hidden()


def test_a_prediction_is_made_once_and_revealed_after_the_run(lab):
    question = lab.output(CHOICE)
    expect(question.get_by_text("To choose, run this cell again")).to_be_hidden()  # the twin of a living widget
    question.get_by_label("row a, with the 11").check()
    question.get_by_role("button", name="This is my prediction").click()
    expect(question).to_contain_text("Written down.")
    expect(question.get_by_role("radio")).to_have_count(0)
    expect(question.get_by_text("a) row a, with the 11").filter(visible=True)).to_have_count(1)
    lab.run_cell(REVEAL)
    expect(lab.output(REVEAL)).to_contain_text("You predicted a; what happens is c.")


def test_sliders_and_their_numbers_draw_the_figure_anew(lab):
    figure = lab.output(FIGURE)
    figure.get_by_role("slider").focus()
    lab.page.keyboard.press("ArrowRight")
    expect(figure.get_by_alt_text("A line of slope 0.6.")).to_be_visible()
    number = figure.get_by_role("spinbutton", name="slope")
    expect(number).to_have_value("0.6")
    number.fill("0.2")
    number.press("Enter")
    expect(figure.get_by_alt_text("A line of slope 0.2.")).to_be_visible()
    expect(figure.get_by_alt_text("A line of slope 0.5.")).to_be_hidden()


def test_a_card_checks_and_its_help_opens_with_the_keyboard(lab):
    card = lab.output(ANSWER)
    expect(card).to_contain_text("NOT ATTEMPTED")
    answer(lab, "payoffs.mean(axis=1)")
    expect(card).to_contain_text("INCORRECT")
    expect(card).to_contain_text("The solution opens after 3 attempts (1 so far).")
    expect(card.get_by_role("progressbar", name="Lesson 01: 0 of 4 exercises passed")).to_be_visible()

    lab.page.keyboard.press("Escape")
    lab.press_tab_until(card.get_by_text("Hint 1 of 3"))
    expect(card.get_by_text("Exercise 1.1 did this for one row.")).to_be_hidden()
    lab.page.keyboard.press("Enter")
    expect(card.get_by_text("Exercise 1.1 did this for one row.")).to_be_visible()
    lab.press_tab_until(card.get_by_text("Hint 2 of 3"))
    lab.page.keyboard.press("Space")
    expect(card.get_by_text("Hint 3 of 3")).to_be_visible()


def expect_film(place):
    """One step at a time is to be seen, and the buttons and arrow keys lead from step to step, without a kernel."""
    sentence = place.locator("figcaption").filter(visible=True)
    expect(sentence).to_contain_text("Step 0 of 4.")
    expect(place.locator("figure").filter(visible=True)).to_have_count(1)
    place.get_by_role("button", name="forward").click()
    expect(sentence).to_contain_text("Step 1 of 4.")
    place.get_by_role("button", name="forward").press("ArrowRight")
    expect(sentence).to_contain_text("Step 2 of 4.")
    place.get_by_role("button", name="forward").press("ArrowLeft")
    expect(sentence).to_contain_text("Step 1 of 4.")
    place.get_by_role("slider", name="step").press("End")
    expect(sentence).to_contain_text("Step 4 of 4.")
    expect(place.get_by_role("button", name="forward")).to_be_disabled()
    place.get_by_role("slider", name="step").press("Home")


def test_a_film_is_watched_step_by_step_with_the_keyboard(lab):
    expect_film(lab.output(FILM))


def test_a_film_plays_to_its_end(lab):
    film = lab.output(FILM)
    film.get_by_role("button", name="play").click()
    expect(film.locator("figcaption").filter(visible=True)).to_contain_text("Step 4 of 4.")
    expect(film.get_by_role("button", name="play")).to_be_visible()  # again, in the place of "pause"
    film.get_by_role("slider", name="step").press("Home")


@pytest.mark.parametrize("theme", ["JupyterLab Dark", "JupyterLab Light"])
def test_everything_can_be_read_in_both_themes(lab, theme):
    lab.set_theme(theme)
    for cell in (CHOICE, ANSWER, REVEAL, DASHBOARD):
        contrasts = lab.output(cell).evaluate(CONTRASTS)
        assert len(contrasts) >= 5
        assert [(text, contrast) for text, contrast in contrasts if contrast < 4.5] == []


def test_a_pass_opens_the_solution(lab):
    answer(lab, "payoffs @ partner_policy")
    card = lab.output(ANSWER)
    expect(card).to_contain_text("PASSED")
    card.get_by_text("Solution", exact=True).click()
    expect(card.locator("pre").last).to_contain_text("return payoffs @ partner_policy")
    expect(card.locator("pre").last).to_be_visible()


def test_widgets_live_on_after_a_reload_and_not_after_a_restart(lab):
    lab.reload()
    lab.output(FIGURE).get_by_role("slider").focus()
    lab.page.keyboard.press("ArrowRight")
    expect(lab.output(FIGURE).get_by_alt_text("A line of slope 0.3.")).to_be_visible()
    lab.restart_kernel()
    expect_twins_alone(lab.page)


def test_a_kernel_that_died_leaves_the_twins(lab):
    lab.run_all()
    expect_widget_alone(lab.output(FIGURE))
    for status in ("dead", "unknown"):
        with lab.kernel_shown_as(status):
            expect_twins_alone(lab.page)
        expect_widget_alone(lab.output(FIGURE))


def test_a_kernel_that_is_shut_down_leaves_the_twins_also_when_another_one_starts(lab):
    lab.shut_kernel_down()
    expect_twins_alone(lab.page)
    lab.start_kernel()
    expect_twins_alone(lab.page)


def test_a_notebook_that_is_opened_again_says_the_same(lab):
    lab.save()
    (lab.folder / "again.ipynb").write_bytes((lab.folder / "lesson.ipynb").read_bytes())
    lab.open("again.ipynb")
    expect(lab.output(ANSWER)).to_contain_text("PASSED")
    expect_twins_alone(lab.page)
    expect_film(lab.output(FILM))


def test_a_notebook_that_is_not_trusted_says_the_same(lab):
    notebook = nbformat.read(lab.folder / "lesson.ipynb", as_version=4)
    notebook.metadata["changed_by"] = "somebody else"
    nbformat.write(notebook, lab.folder / "foreign.ipynb")
    lab.open("foreign.ipynb")
    expect(lab.output(ANSWER).locator(".jp-mod-trusted")).to_have_count(0)
    expect_twins_alone(lab.page)
    expect(lab.output(FILM).locator("figcaption").filter(visible=True)).to_have_count(5)  # no script: all in a column
    expect(lab.output(FILM).get_by_role("button")).to_have_count(0)
    lab.output(ANSWER).get_by_text("Solution", exact=True).click()
    expect(lab.output(ANSWER).locator("pre").last).to_be_visible()
    expect(lab.output(ANSWER).get_by_role("progressbar", name=re.compile("1 of 4"))).to_be_visible()


def test_an_exported_page_says_the_same(lab):
    page, _ = HTMLExporter().from_filename(lab.folder / "lesson.ipynb")
    (lab.folder / "lesson.html").write_text(page, encoding="utf-8")
    lab.page.goto((lab.folder / "lesson.html").as_uri(), wait_until="domcontentloaded")
    expect_twins_alone(lab.page)
    lab.page.get_by_text("Solution", exact=True).press("Enter")
    expect(lab.page.locator("details pre")).to_be_visible()
    expect_film(lab.page.locator(".marl-film"))
